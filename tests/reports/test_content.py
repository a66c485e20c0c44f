"""What a report says: everything that is in the plan, and who signs."""

import json
from datetime import date

import pytest

from bangla.digits import to_bangla
from reports.documents import report_content
from teams.actions import give_post
from teams.enums import Role
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
from tests.reports.build import report_of
from workplans.actions import delete_task
from workplans.models import WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    return make_team()


def content_of(plan: WorkPlan) -> dict:
    """The frozen content, after the way through JSON that freezing means."""
    content = report_content(report_of(plan, by=None))
    assert json.loads(json.dumps(content)) == content
    return content


def test_content_has_every_task_in_order_with_all_its_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=7)
    make_progress(plan.tasks.first(), by=team.head, percent=55)
    gone = make_task(plan, by=team.head, title="মুছে ফেলা কাজ")
    delete_task(task=gone, by=team.head)
    content = content_of(plan)
    groups = content["table"]["groups"]
    rows = [row for group in groups for row in group["rows"]]
    tasks = list(plan.tasks.kept().in_order().select_related("subject"))
    assert [row["title"] for row in rows] == [task.title for task in tasks]
    assert [row["serial"] for row in rows] == [str(number) for number in range(1, 8)]
    assert [group["subject"] for group in groups] == ["সেবা সহজীকরণ", "প্রশিক্ষণ"]
    for row, task in zip(rows, tasks, strict=True):
        assert (row["responsible"], row["expected_result"], row["measure"]) == (
            task.responsible_text,
            task.expected_result,
            task.measure,
        )
        assert (row["start"], row["end"]) == ("১ আগস্ট ২০২৬", "৩১ ডিসেম্বর ২০২৬")
    assert "৫৫%" in rows[0]["progress"]
    assert "মুছে ফেলা কাজ" not in str(content)


def test_content_sums_up_by_state_and_subject(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=4)
    first, *_ = plan.tasks.order_by("pk")
    make_progress(first, by=team.head, percent=100)
    make_task(plan, by=team.head, end_text="২০ নভেম্বর ২০২৬")
    content = content_of(plan)
    assert (content["summary"]["tasks"], content["summary"]["percent"]) == ("৫", "২০")
    assert {state["label"]: state["count"] for state in content["summary"]["states"]} == {
        "সম্পন্ন": "১",
        "দেরি": "১",
        "ঝুঁকিতে": "৩",
    }
    assert content["subjects"] == [
        {"name": "সেবা সহজীকরণ", "tasks": "৩", "done": "১", "percent": "৩৩"},
        {"name": "প্রশিক্ষণ", "tasks": "২", "done": "০", "percent": "০"},
    ]


def test_head_signs_with_name_post_and_address(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    post = team.head.scope.main_post
    assert content_of(plan)["signature"] == {
        "name": team.head.name_bn,
        "designation": "উপজেলা নির্বাহী অফিসার",
        "office": team.office.name_bn,
        "phone": to_bangla(post.phone),
        "email": post.email,
    }


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


def test_plan_without_subjects_has_no_column_for_them(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0, form="combined")
    make_task(plan, by=team.head, subject="")
    content = content_of(plan)
    assert content["subjects"] == []
    assert "subject" not in [column["key"] for column in content["table"]["columns"]]


def test_empty_plan_is_a_report_of_nothing(team: Team) -> None:
    content = content_of(make_plan(team.office, by=team.head, tasks=0))
    assert content["table"]["groups"] == content["subjects"] == []
    assert content["summary"] == {"tasks": "০", "subjects": "০", "percent": "০", "states": []}


def test_content_is_in_bengali_whatever_the_language_of_the_page(team: Team) -> None:
    from django.utils import translation

    plan = make_plan(team.office, by=team.head)
    with translation.override("en"):
        english = content_of(plan)
    assert english == content_of(plan)
