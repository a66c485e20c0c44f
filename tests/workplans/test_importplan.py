"""`manage.py importplan`: a plan's file read, shown, and written if asked to."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from teams.models import AuditEntry
from tests.factories import PERIOD, Team, make_plan, make_team
from tests.workplans.importers.build import (
    FORM_2016,
    FORM_PROGRESS,
    as_docx,
    as_tsv,
    table,
)
from tests.workplans.rows import titles
from tests.workplans.tables import ROWS
from workplans.enums import PlanStatus
from workplans.models import PlanImport, ProgressEntry, WorkPlan
from workplans.models import Task as PlanTask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PUBLIC_KEYS = [
    "serial",
    "subject",
    "title",
    "starts_on",
    "ends_on",
    "schedule_text",
    "responsible",
    "expected_result",
    "measure",
    "progress",
    "doubts",
]


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "পরিকল্পনা.docx"
    path.write_bytes(as_docx(table(FORM_PROGRESS, ROWS)))
    return path


def import_plan(file: Path, *options: str, team: str = "kaliganj", period: str = PERIOD) -> str:
    said = StringIO()
    call_command(
        "importplan", str(file), f"--team={team}", f"--period={period}", *options, stdout=said
    )
    return said.getvalue()


def test_command_writes_the_plan(team: Team, plan_file: Path) -> None:
    said = import_plan(plan_file)
    assert said.splitlines()[-1] == "3টি সারি, 1টি লাইন বাদ।"
    plan = WorkPlan.objects.get()
    assert (plan.office, plan.period.code, plan.status) == (team.office, PERIOD, "draft")
    assert titles(plan) == [row.title for row in ROWS]
    assert ProgressEntry.objects.get().text == "নকশার খসড়া তৈরি হয়েছে"
    assert [entry.by for entry in AuditEntry.objects.all()] == [None] * AuditEntry.objects.count()


def test_command_twice_leaves_the_plan_as_after_once(team: Team, plan_file: Path) -> None:
    import_plan(plan_file)
    import_plan(plan_file)
    assert titles(WorkPlan.objects.get()) == [row.title for row in ROWS]


def test_command_dry_run_writes_nothing(team: Team, plan_file: Path) -> None:
    assert "হেল্প ডেস্ক স্থাপন" in import_plan(plan_file, "--dry-run")
    for model in (WorkPlan, PlanTask, PlanImport, AuditEntry):
        assert not model.objects.exists()


def test_command_json_has_the_documented_shape(team: Team, plan_file: Path) -> None:
    found = json.loads(import_plan(plan_file, "--dry-run", "--json"))
    assert list(found) == ["period", "rows", "skipped", "notes"]
    assert found["period"] == {
        "code": "2026-2027",
        "kind": "fiscal",
        "starts_on": "2026-07-01",
        "ends_on": "2027-06-30",
    }
    first = found["rows"][0]
    assert list(first)[: len(PUBLIC_KEYS)] == PUBLIC_KEYS
    assert {name: first[name] for name in PUBLIC_KEYS} == {
        "serial": "১",
        "subject": "সেবা সহজীকরণ",
        "title": ROWS[0].title,
        "starts_on": "2026-08-01",
        "ends_on": "2026-12-31",
        "schedule_text": "১ আগস্ট ২০২৬ – ৩১ ডিসেম্বর ২০২৬",
        "responsible": "সহকারী প্রোগ্রামার",
        "expected_result": ROWS[0].expected_result,
        "measure": "অনুমোদিত নকশা",
        "progress": "নকশার খসড়া তৈরি হয়েছে",
        "doubts": [],
    }
    assert len(found["rows"]) == 3
    assert [list(line) for line in found["skipped"]] == [["line", "reason"]]


def test_command_json_tells_doubts_by_field_and_reason(team: Team, tmp_path: Path) -> None:
    path = tmp_path / "plan.tsv"
    path.write_text(as_tsv(table(FORM_2016, ROWS)).replace("৩১ ডিসেম্বর ২০২৬", "৩১/০২/২০২৭"))
    doubts = json.loads(import_plan(path, "--dry-run", "--json"))["rows"][0]["doubts"]
    assert [list(doubt) for doubt in doubts] == [["field", "reason"]]
    assert doubts[0]["field"] == "ends_on"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"team": "no-such"}, "“no-such” কোডের কোনো দপ্তর নেই।"),
        ({"period": "2026-2028"}, "‘2026-2028’ কোনো সময়কাল নয়।"),
        ({"file": "absent.docx"}, "absent.docx ফাইলটি খোলা যায় না"),
        ({"file": "empty.docx"}, "ফাইল"),
        ({"file": "letter.txt"}, "কর্মপরিকল্পনার ছক পাওয়া যায়নি।"),
        ({"file": "untitled.tsv"}, "২ নম্বর সারিতে কাজের নাম লেখা নেই"),
        ({"file": "endless.tsv"}, "১ নম্বর সারির বিষয় বা তারিখের ঘরে লেখা অতিরিক্ত লম্বা"),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
def test_command_refuses_with_code_2_and_writes_nothing(
    team: Team, plan_file: Path, options: dict[str, str], said: str
) -> None:
    folder = plan_file.parent
    good = as_tsv(table(FORM_2016, ROWS))
    (folder / "empty.docx").write_bytes(b"")
    (folder / "letter.txt").write_text("প্রিয় মহোদয়")
    (folder / "untitled.tsv").write_text(good.replace("হেল্প ডেস্ক স্থাপন", ""))
    (folder / "endless.tsv").write_text(good.replace("১ আগস্ট ২০২৬", "১ আগস্ট ২০২৬ " + "তারপর " * 99))
    file = folder / options.pop("file", plan_file.name)
    with pytest.raises(CommandError) as refused:
        import_plan(file, **options)
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    for model in (WorkPlan, PlanTask, PlanImport):
        assert not model.objects.exists()


def test_command_refuses_an_approved_plan(team: Team, plan_file: Path) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    with pytest.raises(CommandError, match="অনুমোদিত") as refused:
        import_plan(plan_file)
    assert refused.value.returncode == 2
    assert plan.tasks.count() == 1
    assert not PlanImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_command_in_a_shell_ends_with_0_or_2_and_complains_on_stderr(
    plan_file: Path, process_env: dict[str, str]
) -> None:
    make_team()

    def run(team: str) -> subprocess.CompletedProcess[str]:
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "manage.py", "importplan", str(plan_file), "--json"]
        command += ["--dry-run", f"--team={team}", f"--period={PERIOD}"]
        return subprocess.run(
            command, cwd=root, env=process_env, capture_output=True, text=True, check=False
        )

    good, bad = run("kaliganj"), run("no-such")
    assert (good.returncode, good.stderr) == (0, "")
    assert len(json.loads(good.stdout)["rows"]) == 3
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.strip() == "CommandError: “no-such” কোডের কোনো দপ্তর নেই।"
