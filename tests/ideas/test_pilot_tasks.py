"""A pilot's work in the plan of the office; and what its pages cost."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.actions import RiskText, TaskRow, add_linked_tasks, add_risk, add_visit, stop_pilot
from ideas.models import LinkedTask, Pilot
from teams.enums import Role
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import (
    Team,
    client_of,
    make_office,
    make_plan,
    make_post,
    make_progress,
    make_team,
    take_plan_to,
)
from tests.ideas.pilots import PLAN, VISIT, make_pilot, measure, picture
from tests.pages import form_fields, texts_of
from tests.races import at_once
from workplans.actions import delete_task
from workplans.enums import PlanStatus
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ROW = TaskRow("সংশ্লিষ্টদের প্রশিক্ষণ", date(2026, 10, 1), date(2026, 10, 20))


@pytest.fixture
def pilot(team: Team) -> Pilot:
    owner = team.member.scope.main_post
    return make_pilot(team.office, by=team.head, plan=replace(PLAN, owner_post=owner))


def page(pilot: Pilot) -> str:
    return reverse("ideas:pilot_tasks", args=[pilot.pk])


def add(pilot: Pilot, plan: WorkPlan, *, by: object, key: object = None) -> list[Task]:
    return add_linked_tasks(
        of=pilot, plan=plan, subject="পাইলটিং", rows=[ROW], by=by, form_key=key or uuid4()
    )


# --- Into a plan ---------------------------------------------------------------------------
def test_member_writes_the_usual_tasks_into_the_draft(
    team: Team, pilot: Pilot, client: Client
) -> None:
    plan = make_plan(team.office, by=team.head, tasks=1)
    form = form_fields(client.get(page(pilot)))
    # Four rows are ticked; one is let go, one gets another name and end.
    form.pop("form-3-chosen")
    form |= {"form-1-title": "তিন ইউনিয়নে প্রশিক্ষণ", "form-1-ends_on": "২০ অক্টোবর ২০২৬"}
    for _ in range(2):
        assert client.post(page(pilot), form).status_code == 302
    tasks = Task.objects.filter(idea_link__pilot=pilot).order_by("pk")
    assert [task.title for task in tasks] == [
        f"পাইলটের প্রস্তুতি: {pilot.idea.title}",
        "তিন ইউনিয়নে প্রশিক্ষণ",
        f"পাইলট চালু ও পরিচালনা: {pilot.idea.title}",
    ]
    second = tasks[1]
    assert (second.starts_on, second.ends_on) == (PLAN.starts_on, date(2026, 10, 20))
    # Whoever owns the pilot owes its tasks.
    assert list(second.responsible.all()) == [team.member.scope.main_post]
    assert (second.plan, second.subject.name) == (plan, "উদ্ভাবনী উদ্যোগের পাইলটিং")
    shown = texts_of(client.get(pilot.get_absolute_url()), ".todo a")
    assert "তিন ইউনিয়নে প্রশিক্ষণ" in shown
    # Now that there are tasks, none is ticked beforehand.
    assert not form_fields(client.get(page(pilot)))["form-0-chosen"]


def test_head_adds_to_an_approved_plan_and_the_record_names_the_pilot(
    team: Team, pilot: Pilot
) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    lead = client_of(team.head)
    assert lead.post(page(pilot), form_fields(lead.get(page(pilot)))).status_code == 302
    assert plan.tasks.filter(idea_link__pilot=pilot).count() == 4
    entry = AuditEntry.objects.filter(action="task.decide").first()
    assert entry.after["reference"] == f"পাইলট: {pilot.idea.title}"


def test_member_adds_nothing_to_an_approved_plan(team: Team, pilot: Pilot, client: Client) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    answer = client.get(page(pilot), follow=True)
    assert any("কর্মপরিকল্পনা নেই" in words for words in texts_of(answer, ".alert"))
    with pytest.raises(PermissionDenied):
        add(pilot, plan, by=team.member)


@pytest.mark.parametrize("status", [PlanStatus.SUBMITTED, PlanStatus.CLOSED])
def test_plan_on_its_way_or_closed_takes_no_task(
    team: Team, pilot: Pilot, status: PlanStatus
) -> None:
    plan = make_plan(team.office, by=team.head, status=status)
    for person in (team.head, team.member):
        with pytest.raises(PermissionDenied):
            add(pilot, plan, by=person)


def test_plan_approved_while_a_member_writes_takes_nothing_from_the_old_page(
    team: Team, pilot: Pilot, client: Client
) -> None:
    plan = make_plan(team.office, by=team.head)
    form = form_fields(client.get(page(pilot)))
    stale = WorkPlan.objects.get(pk=plan.pk)
    take_plan_to(plan, PlanStatus.APPROVED, by=team.head)
    client.post(page(pilot), form)
    with pytest.raises(PermissionDenied):
        add(pilot, stale, by=team.member)
    assert not LinkedTask.objects.exists()


def test_plan_of_another_office_is_not_offered(team: Team, pilot: Pilot, client: Client) -> None:
    make_plan(team.office, by=team.head)
    other = make_team("other", team.office)
    theirs = make_plan(other.office, by=other.head)
    form = form_fields(client.get(page(pilot))) | {"plan": theirs.pk}
    assert client.post(page(pilot), form).status_code == 422
    with pytest.raises(PermissionDenied):
        add(pilot, theirs, by=team.head)


def test_stopped_pilot_gets_no_tasks(team: Team, pilot: Pilot) -> None:
    plan = make_plan(team.office, by=team.head)
    stop_pilot(pilot=pilot, lessons="না", by=team.head)
    pilot.refresh_from_db()
    with pytest.raises(WrongState):
        add(pilot, plan, by=team.head)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"form-0-title": " \u200b"}, "form-0-title"),
        ({"form-0-starts_on": ""}, "form-0-starts_on"),
        ({"form-0-ends_on": "১/১/২০২৬"}, "form-0-ends_on"),
        ({"form-0-starts_on": "শীতে"}, "form-0-starts_on"),
        ({"subject": ""}, "subject"),
        ({"subject": "ক" * 301}, "subject"),
        ({"plan": "০"}, "plan"),
        ({"form_key": "\x00"}, "form_key"),
    ],
)
def test_wrong_row_writes_nothing_and_keeps_the_words(
    team: Team, pilot: Pilot, client: Client, words: dict[str, str], wrong: str
) -> None:
    make_plan(team.office, by=team.head)
    form = form_fields(client.get(page(pilot))) | words
    form["form-1-title"] = "নিজের লেখা কাজ"
    answer = client.post(page(pilot), form)
    assert answer.status_code == 422
    form_errors = answer.context["form"].errors
    row_errors = answer.context["rows"].errors[0]
    assert {*form_errors, *(f"form-0-{name}" for name in row_errors)} == {wrong}
    assert form_fields(answer)["form-1-title"] == "নিজের লেখা কাজ"
    assert not LinkedTask.objects.exists()


def test_nothing_ticked_is_said(team: Team, pilot: Pilot, client: Client) -> None:
    make_plan(team.office, by=team.head)
    form = form_fields(client.get(page(pilot)))
    unticked = {name: words for name, words in form.items() if not name.endswith("-chosen")}
    answer = client.post(page(pilot), unticked | {"form-0-starts_on": "শীতে"})
    assert answer.status_code == 422
    assert texts_of(answer, ".alert-danger") == ["অন্তত একটি কাজে টিক দিন।"]


@pytest.mark.parametrize("total", ["", "x", "-1", "100000", "1e3"])
def test_broken_management_of_the_rows_is_no_fault(
    team: Team, pilot: Pilot, client: Client, total: str
) -> None:
    make_plan(team.office, by=team.head)
    form = form_fields(client.get(page(pilot))) | {"form-TOTAL_FORMS": total}
    assert client.post(page(pilot), form).status_code in {302, 422}


def test_deleted_task_leaves_the_pilots_page(team: Team, pilot: Pilot, client: Client) -> None:
    plan = make_plan(team.office, by=team.head)
    (task,) = add(pilot, plan, by=team.member)
    make_progress(task, by=team.member, percent=40)
    assert "৪০%" in " ".join(texts_of(client.get(pilot.get_absolute_url()), ".todo li"))
    delete_task(task=task, by=team.member)
    assert ROW.title not in texts_of(client.get(pilot.get_absolute_url()), ".todo a")


@pytest.mark.django_db(transaction=True)
def test_form_that_arrives_twice_at_once_makes_each_task_once() -> None:
    team = make_team()
    pilot = make_pilot(team.office, by=team.head)
    plan = make_plan(team.office, by=team.head)
    key = uuid4()
    results = at_once([lambda: add(pilot, plan, by=team.member, key=key)] * 2)
    assert not [result for result in results if isinstance(result, Exception)]
    assert plan.tasks.filter(idea_link__pilot=pilot).count() == 1


# --- What the pages cost -------------------------------------------------------------------
def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


FEW, MANY = 1, 100


def test_list_asks_as_often_for_a_hundred_pilots(team: Team, client: Client) -> None:
    make_post(make_office("second", parent=team.office), Role.MEMBER, holder=team.member)
    address = reverse("ideas:pilot_list")
    counts = []
    for number in range(1, MANY + 1):
        made = make_pilot(team.office, by=team.head)
        if number == FEW:
            measure(made, by=team.head)
            add_visit(pilot=made, words=VISIT, by=team.head)
            add_risk(pilot=made, words=RiskText("ঝুঁকি"), by=team.head)
        if number in (FEW, MANY):
            counts.append(asked(client, address))
    assert counts[0] == counts[1] <= 12


def test_pilot_asks_as_often_for_a_hundred_of_everything(
    team: Team, pilot: Pilot, client: Client
) -> None:
    plan = make_plan(team.office, by=team.head)
    measure(pilot, by=team.head)
    counts = []
    for number in range(1, MANY + 1):
        words = replace(VISIT, notes=f"দেখা {number}")
        pictures = [picture(f"#{number:06x}")] if number in (FEW, MANY) else []
        add_visit(pilot=pilot, words=words, pictures=pictures, by=team.head)
        add_risk(pilot=pilot, words=RiskText(f"ঝুঁকি {number}"), by=team.head)
        if number == FEW:
            add(pilot, plan, by=team.head)
            counts.append(asked(client, pilot.get_absolute_url()))
    add_linked_tasks(
        of=pilot,
        plan=plan,
        subject="পাইলটিং",
        rows=[replace(ROW, title=f"কাজ {number}") for number in range(MANY)],
        by=team.head,
        form_key=uuid4(),
    )
    counts.append(asked(client, pilot.get_absolute_url()))
    assert counts[0] == counts[1] <= 17
