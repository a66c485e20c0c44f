"""What a report says when it is frozen: its parts in order, the whole plan, and who signs."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from reports.documents import report_content
from reports.enums import ReportKind, SectionKey
from reports.models import Report
from reports.sections import FIGURES
from teams.actions import give_post
from teams.enums import Role, Tier
from teams.models import PostHolding
from tests.factories import (
    Team,
    make_office,
    make_person,
    make_plan,
    make_post,
    make_progress,
    make_task,
    make_team,
)
from tests.reports.activities import make_activity
from tests.reports.build import make_report, report_of
from workplans.actions import delete_task
from workplans.models import WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

YEAR = "2026-2027"


@pytest.fixture
def team() -> Team:
    return make_team()


def frozen(report: Report) -> dict[str, Any]:
    """The content, after the way through JSON that freezing means."""
    content = report_content(Report.objects.get(pk=report.pk))
    assert json.loads(json.dumps(content)) == content
    return content


def content_of(plan: WorkPlan) -> dict[str, Any]:
    return frozen(report_of(plan, by=None))


def part(content: dict[str, Any], key: str) -> dict[str, Any]:
    return next(section for section in content["sections"] if section["key"] == key)


def plan_table_of(content: dict[str, Any], key: str = "plan") -> dict[str, Any]:
    (table,) = part(content, key)["tables"]
    assert table["kind"] == "plan"
    return table


def rows_of(table: dict[str, Any]) -> list[dict[str, str]]:
    return [row for group in table["groups"] for row in group["rows"]]


# --- The parts -------------------------------------------------------------------------------
def test_yearly_report_has_every_part_in_order_and_every_number(team: Team) -> None:
    content = frozen(make_report(team.office, by=team.head, period=YEAR))
    assert [section["key"] for section in content["sections"]] == SectionKey.values
    assert [section["number"] for section in content["sections"]][:3] == ["১", "২", "৩"]
    for section in content["sections"]:
        keys = [figure["key"] for figure in section["figures"]]
        assert keys == [kind.key for kind in FIGURES[section["key"]]]


@pytest.mark.parametrize(
    ("period", "kind"), [("2016", ReportKind.ANNUAL), ("2026-07..2026-12", ReportKind.HALF_YEARLY)]
)
def test_part_of_scores_is_for_years_that_have_them(
    team: Team, period: str, kind: ReportKind
) -> None:
    content = frozen(make_report(team.office, by=team.head, period=period, kind=kind))
    assert [one["key"] for one in content["sections"]] == [
        key for key in SectionKey.values if key != "scores"
    ]


def test_numbers_are_grouped_as_south_asia_does(team: Team) -> None:
    held_on = date(2026, 9, 5)
    make_activity(team.office, by=team.member, kind="funding", held_on=held_on, amount=12_34_567)
    finance = part(frozen(make_report(team.office, by=team.head, period=YEAR)), "finance")
    assert finance["figures"][0] == {
        "key": "funds",
        "label": "পাওয়া অর্থ",
        "unit": "টাকা",
        "value": "1234567.00",
        "text": "১২,৩৪,৫৬৭ টাকা",
        "reason": "",
    }
    assert finance["tables"][0]["rows"][0]["cells"][-1] == "১২,৩৪,৫৬৭"
    assert "মোট ১২,৩৪,৫৬৭ টাকা" in finance["paragraphs"][0]


# --- The plan --------------------------------------------------------------------------------
def test_plan_has_every_task_in_order_with_all_its_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=7)
    make_progress(plan.tasks.first(), by=team.head, percent=55)
    gone = make_task(plan, by=team.head, title="মুছে ফেলা কাজ")
    delete_task(task=gone, by=team.head)
    content = content_of(plan)
    table = plan_table_of(content)
    tasks = list(plan.tasks.kept().in_order().select_related("subject"))
    rows = rows_of(table)
    assert [row["key"] for row in rows] == [f"task:{task.pk}" for task in tasks]
    assert [row["title"] for row in rows] == [task.title for task in tasks]
    assert [row["serial"] for row in rows] == [str(number) for number in range(1, 8)]
    assert [group["subject"] for group in table["groups"]] == ["সেবা সহজীকরণ", "প্রশিক্ষণ"]
    for row, task in zip(rows, tasks, strict=True):
        assert (row["responsible"], row["expected_result"], row["measure"]) == (
            task.responsible_text,
            task.expected_result,
            task.measure,
        )
        assert (row["start"], row["end"]) == ("১ আগস্ট ২০২৬", "৩১ ডিসেম্বর ২০২৬")
    assert "৫৫%" in rows[0]["progress"]
    assert "মুছে ফেলা কাজ" not in str(content)


def test_plan_is_summed_up_by_state(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=4)
    first, *_ = plan.tasks.order_by("pk")
    make_progress(first, by=team.head, percent=100)
    make_task(plan, by=team.head, end_text="২০ নভেম্বর ২০২৬")
    section = part(content_of(plan), "plan")
    assert {one["key"]: one["text"] for one in section["figures"]} == {
        "tasks": "৫টি",
        "done": "১টি",
        "percent": "২০%",
        "late": "১টি",
    }
    states = [row["state"] for row in rows_of(section["tables"][0])]
    assert sorted(states) == ["at_risk", "at_risk", "at_risk", "done", "late"]


def test_plan_without_subjects_has_no_column_for_them(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0, form="combined")
    make_task(plan, by=team.head, subject="")
    columns = [column["key"] for column in plan_table_of(content_of(plan))["columns"]]
    assert "subject" not in columns
    assert columns[0] == "title"


def test_empty_plan_is_no_table(team: Team) -> None:
    section = part(content_of(make_plan(team.office, by=team.head, tasks=0)), "plan")
    assert section["tables"] == []
    assert section["paragraphs"] == ["প্রতিবেদনাধীন সময়ের কোনো কর্মপরিকল্পনা ছিল না।"]


def test_next_plan_has_one_column_for_the_time(team: Team) -> None:
    make_plan(team.office, by=team.head, tasks=3, period="2027-2028")
    content = frozen(make_report(team.office, by=team.head, period=YEAR))
    table = plan_table_of(content, "next_plan")
    columns = [column["key"] for column in table["columns"]]
    assert columns == ["title", "period", "responsible", "expected_result", "measure"]
    assert len(rows_of(table)) == 3


def test_half_yearly_report_has_the_tasks_of_its_half_and_then_those_of_the_rest(
    team: Team,
) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    for start, end in (
        ("১ জুলাই ২০২৬", "৩০ সেপ্টেম্বর ২০২৬"),
        ("১ ডিসেম্বর ২০২৬", "৩১ জানুয়ারি ২০২৭"),
        ("১ এপ্রিল ২০২৭", "৩০ জুন ২০২৭"),
    ):
        make_task(plan, by=team.head, title=start, start_text=start, end_text=end)
    half = make_report(
        team.office, by=team.head, period="2026-07..2026-12", kind=ReportKind.HALF_YEARLY
    )
    content = frozen(half)
    titles = [row["title"] for row in rows_of(plan_table_of(content))]
    assert titles == ["১ জুলাই ২০২৬", "১ ডিসেম্বর ২০২৬"]
    ahead = plan_table_of(content, "next_plan")
    assert [row["title"] for row in rows_of(ahead)] == ["১ ডিসেম্বর ২০২৬", "১ এপ্রিল ২০২৭"]
    assert part(content, "plan")["figures"][0]["text"] == "২টি"


# --- Who signs -------------------------------------------------------------------------------
def test_head_signs_with_name_and_post_and_no_address(team: Team) -> None:
    content = content_of(make_plan(team.office, by=team.head))
    assert content["signature"] == {
        "name": team.head.name_bn,
        "designation": "উপজেলা নির্বাহী অফিসার",
        "office": team.office.name_bn,
    }
    post = team.head.scope.main_post
    assert post.phone not in str(content)
    assert post.email not in str(content)


def test_signature_follows_the_transfer_of_the_head(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    PostHolding.objects.filter(person=team.head).update(ends_on=date(2026, 11, 20))
    assert content_of(plan)["signature"]["name"] == ""
    assert content_of(plan)["signature"]["designation"] == "উপজেলা নির্বাহী অফিসার"
    successor = make_person("নাসরিন সুলতানা")
    give_post(post=team.head.scope.main_post, person=successor, starts_on=date(2026, 11, 21))
    assert content_of(plan)["signature"]["name"] == "নাসরিন সুলতানা"


def test_office_without_a_head_post_leaves_the_line_open() -> None:
    office = make_office("small", "cabinet")
    member = make_person()
    make_post(office, Role.MEMBER, holder=member)
    plan = make_plan(office, by=member, tasks=0)
    signature = content_of(plan)["signature"]
    assert signature.pop("office") == office.name_bn
    assert set(signature.values()) == {""}


def test_content_is_in_bengali_whatever_the_language_of_the_page(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=2)
    with translation.override("en"):
        english = content_of(plan)
    assert english == content_of(plan)
    assert "বার্ষিক প্রতিবেদন" in english["title"]


def test_ministry_numbers_its_subjects_and_an_upazila_its_tasks(team: Team) -> None:
    ministry = make_office("ministry", Tier.MINISTRY, team.office)
    head = make_person()
    make_post(ministry, Role.HEAD, holder=head)
    below = make_team("below", parent=team.office)
    for office, by, numbered in ((ministry, head, "subject"), (below.office, below.head, "task")):
        content = content_of(make_plan(office, by=by, tasks=3))
        assert plan_table_of(content)["serial_by"] == numbered
