"""`manage.py importminutes`: old minutes read, shown, and taken in if asked to."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.enums import MeetingStatus
from meetings.models import AgendaItem, Decision, Meeting, MinutesImport
from teams.models import AuditEntry
from tests.factories import Team, make_team
from tests.meetings.importers.build import ITEMS, PLAIN, PLAIN_ITEMS, as_docx, as_text
from tests.meetings.old_papers import paper_of
from tests.meetings.rows import make_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PUBLIC_KEYS = [
    *("title", "chair", "place", "held_on", "time", "memo_number", "issued_on", "items"),
    *("copies", "doubts", "signatories", "attendance", "opening", "closing"),
]
WRITTEN = (Meeting, AgendaItem, Decision, MinutesImport, AuditEntry)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def minutes_file(tmp_path: Path) -> Path:
    path = tmp_path / "কার্যবিবরণী.docx"
    path.write_bytes(as_docx(replace(PLAIN, items=ITEMS)))
    return path


def import_minutes(file: Path, *options: str, team: str = "kaliganj") -> str:
    said = StringIO()
    call_command("importminutes", str(file), f"--team={team}", *options, stdout=said)
    return said.getvalue()


def test_command_takes_the_minutes_in_as_a_draft(team: Team, minutes_file: Path) -> None:
    said = import_minutes(minutes_file)
    meeting = Meeting.objects.get(office=team.office)
    assert (meeting.status, meeting.held_on) == (MeetingStatus.DRAFT, date(2022, 4, 26))
    assert [item.topic for item in meeting.items.order_by("position")] == [
        item.topic for item in ITEMS
    ]
    kept = MinutesImport.objects.get()
    assert (kept.meeting, kept.filename, kept.is_followed) == (meeting, minutes_file.name, False)
    assert (kept.applied_at is not None, kept.applied_by) == (True, None)
    assert "সেবা ডেস্ক চালু" in said
    assert "\t? discussion: আলোচ্য বিষয় ৩: সময় দেওয়া হয়েছে ১৫/০৩/২০২২ পর্যন্ত" in said
    assert "৩টি আলোচ্য বিষয়" in said


def test_command_follows_the_decisions_of_a_recent_meeting(team: Team, tmp_path: Path) -> None:
    path = tmp_path / "october.txt"
    path.write_text(as_text(paper_of(date(2026, 10, 20))))
    import_minutes(path)
    assert MinutesImport.objects.get().is_followed


def test_command_dry_run_writes_nothing(team: Team, minutes_file: Path) -> None:
    assert "সেবা ডেস্ক চালু" in import_minutes(minutes_file, "--dry-run")
    for model in WRITTEN:
        assert not model.objects.exists()


def test_command_json_has_the_documented_shape(team: Team, minutes_file: Path) -> None:
    found = json.loads(import_minutes(minutes_file, "--dry-run", "--json"))
    assert list(found) == PUBLIC_KEYS
    assert {key: found[key] for key in ("held_on", "time", "memo_number", "issued_on")} == {
        "held_on": "2022-04-26",
        "time": "14:30",
        "memo_number": "05.47.3100.019.06.004.20.88",
        "issued_on": "2022-04-27",
    }
    assert found["items"][0] == {
        "topic": PLAIN_ITEMS[0].topic,
        "discussion": PLAIN_ITEMS[0].discussion,
        "decision": PLAIN_ITEMS[0].decision,
        "implementer": PLAIN_ITEMS[0].implementer,
    }
    assert found["copies"][0] == "সচিব, পরিকল্পনা বিভাগ, ঢাকা।"
    assert [list(doubt) for doubt in found["doubts"]][-1] == ["field", "reason", "item"]


def test_command_json_is_the_same_when_the_minutes_are_taken_in(
    team: Team, minutes_file: Path
) -> None:
    dry = import_minutes(minutes_file, "--dry-run", "--json")
    assert import_minutes(minutes_file, "--json") == dry
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("absent.docx", "absent.docx ফাইলটি খোলা যায় না"),
        ("empty.docx", "ফাইল"),
        ("letter.txt", "কার্যবিবরণী পাওয়া যায়নি।"),
        ("undated.txt", "সভার তারিখ জানা নেই"),
        ("unnamed.txt", "আলোচ্য বিষয় ২-এর নাম লেখা নেই"),
    ],
)
def test_command_refuses_with_code_2_and_writes_nothing(
    team: Team, tmp_path: Path, file: str, said: str
) -> None:
    unnamed = [PLAIN_ITEMS[0], replace(PLAIN_ITEMS[1], topic="")]
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("প্রিয় মহোদয়")
    (tmp_path / "undated.txt").write_text(as_text(PLAIN).replace("২৬ এপ্রিল, ২০২২ খ্রি।", ""))
    (tmp_path / "unnamed.txt").write_text(as_text(paper_of(items=unnamed)))
    with pytest.raises(CommandError) as refused:
        import_minutes(tmp_path / file)
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    for model in WRITTEN:
        assert not model.objects.exists()


def test_command_refuses_an_unknown_team(team: Team, minutes_file: Path) -> None:
    with pytest.raises(CommandError, match="“no-such” কোডের কোনো দপ্তর নেই।") as refused:
        import_minutes(minutes_file, team="no-such")
    assert refused.value.returncode == 2


def test_command_refuses_a_month_that_has_its_minutes(team: Team, minutes_file: Path) -> None:
    make_meeting(team.office, by=team.head, on=date(2022, 4, 12))
    with pytest.raises(CommandError, match="আগে থেকেই লেখা আছে") as refused:
        import_minutes(minutes_file)
    assert refused.value.returncode == 2
    assert Meeting.objects.count() == 1
    assert not MinutesImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_command_in_a_shell_ends_with_0_or_2_and_complains_on_stderr(
    minutes_file: Path, process_env: dict[str, str]
) -> None:
    make_team()

    def run(team: str) -> subprocess.CompletedProcess[str]:
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "manage.py", "importminutes", str(minutes_file), "--json"]
        command += ["--dry-run", f"--team={team}"]
        return subprocess.run(
            command, cwd=root, env=process_env, capture_output=True, text=True, check=False
        )

    good, bad = run("kaliganj"), run("no-such")
    assert (good.returncode, good.stderr) == (0, "")
    assert len(json.loads(good.stdout)["items"]) == 3
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.strip() == "CommandError: “no-such” কোডের কোনো দপ্তর নেই।"
