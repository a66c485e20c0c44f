"""Letters about the tasks of a plan: what is due and what is late, and of work in parts which."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duties.models import ReminderRule
from duties.reminders import remind
from jobs.models import Letter
from teams.enums import DueKind
from tests.duties.test_reminders import at_seven, leave
from tests.factories import RESPONSIBLE, Team, make_plan, make_task, make_team, take_plan_to
from workplans.actions import add_progress, close_workplan
from workplans.enums import PlanStatus
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "only_tasks")]

DUE_ON = date(2026, 12, 10)


@pytest.fixture
def only_tasks() -> None:
    """The rules that come with the system; tests/duties/test_reminders.py has the others."""
    ReminderRule.objects.exclude(kind=DueKind.TASK).delete()


@pytest.fixture
def team() -> Team:
    return make_team()


def plan_of(team: Team, *, status: str = PlanStatus.APPROVED, **cells: str) -> Task:
    """A plan with one task, due on DUE_ON unless its cells say something else."""
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, **{"end_text": "১০ ডিসেম্বর ২০২৬", **cells})
    take_plan_to(plan, status, by=team.head)
    task.refresh_from_db()
    return task


def run_on(day: date) -> list[Letter]:
    """The letters of a morning."""
    before = set(Letter.objects.values_list("pk", flat=True))
    with at_seven(day):
        remind(today=day)
    return list(Letter.objects.exclude(pk__in=before).order_by("pk"))


def test_letter_comes_before_and_after_and_at_last_to_the_head(team: Team) -> None:
    task = plan_of(team)
    got = {}
    for offset in range(-9, 12):
        for letter in run_on(DUE_ON + timedelta(days=offset)):
            got.setdefault(offset, []).append(letter)
    assert sorted(got) == [-7, -1, 1, 7]
    assert [letter.to_address for letter in got[-7] + got[-1] + got[1]] == [team.member.email] * 3
    assert {letter.to_address for letter in got[7]} == {team.member.email, team.head.email}
    body = got[1][0].body
    assert task.title[:40] in body
    assert "(১ দিন দেরি)" in body
    assert f"http://localhost:8000{task.get_absolute_url()}#report" in body
    to_head = next(one for one in got[7] if one.to_address == team.head.email)
    assert f"যাঁর করণীয়: {RESPONSIBLE}" in to_head.body


def test_each_occurrence_has_its_own_letters(team: Team) -> None:
    task = plan_of(team, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    add_progress(
        task=task,
        by=team.head,
        on=date(2026, 11, 21),
        part="2026-11-15",
        part_percent=100,
        with_earlier=True,
    )
    [coming] = run_on(date(2026, 12, 14))
    assert "১৫ ডিসেম্বর ২০২৬: কাজ 1" in coming.body
    assert f"{task.get_absolute_url()}?part=2026-12-15#report" in coming.body
    [late] = run_on(date(2026, 12, 16))
    assert "(১ দিন দেরি)" in late.body
    add_progress(
        task=task, by=team.head, on=date(2026, 12, 17), part="2026-12-15", part_percent=100
    )
    assert run_on(date(2026, 12, 22)) == []
    [january] = run_on(date(2027, 1, 8))
    assert "১৫ জানুয়ারি ২০২৭" in january.body


def test_weekly_work_is_not_reminded_of_while_the_week_before_is_due(team: Team) -> None:
    task = plan_of(team, start_text="প্রতি বৃহস্পতিবার", end_text="")
    add_progress(
        task=task,
        by=team.head,
        on=date(2026, 11, 20),
        part="2026-11-19",
        part_percent=100,
        with_earlier=True,
    )
    # 26 November and 3 December are Thursdays.
    assert len(run_on(date(2026, 11, 25))) == 1
    assert run_on(date(2026, 11, 26)) == []
    assert len(run_on(date(2026, 11, 27))) == 1


def test_one_letter_says_all_that_is_due_on_a_morning(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    for number in (1, 2, 3):
        make_task(plan, by=team.head, number=number, end_text="১০ ডিসেম্বর ২০২৬")
    take_plan_to(plan, PlanStatus.APPROVED, by=team.head)
    [letter] = run_on(DUE_ON - timedelta(days=1))
    assert letter.subject == "মনে করিয়ে দেওয়া: ৩টি করণীয়"
    assert all(f"কাজ {number}:" in letter.body for number in (1, 2, 3))


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.CLOSED])
def test_only_an_approved_plan_is_reminded_of(team: Team, status: str) -> None:
    plan_of(team, status=status)
    assert run_on(DUE_ON + timedelta(days=1)) == []


def test_done_and_closed_work_is_not_reminded_of(team: Team) -> None:
    task = plan_of(team)
    run_on(DUE_ON - timedelta(days=7))
    add_progress(task=task, by=team.head, on=date(2026, 11, 21), percent=100)
    assert run_on(DUE_ON - timedelta(days=1)) == []
    add_progress(task=task, by=team.head, on=date(2026, 11, 21), percent=90)
    close_workplan(workplan=WorkPlan.objects.get(), by=team.head)
    assert run_on(DUE_ON + timedelta(days=1)) == []


def test_task_of_a_vacant_post_falls_to_the_head(team: Team) -> None:
    plan_of(team)
    leave(team.member.scope.main_post, DUE_ON - timedelta(days=3))
    [letter] = run_on(DUE_ON - timedelta(days=1))
    assert letter.to_address == team.head.email
    assert "যে পদে এখন কেউ নেই" in letter.body


def test_person_on_both_posts_hears_once(team: Team) -> None:
    task = plan_of(team)
    task.responsible.add(team.head.scope.main_post)
    letters = run_on(DUE_ON - timedelta(days=1))
    assert sorted(one.to_address for one in letters) == sorted([team.member.email, team.head.email])
    assert all(one.body.count("শেষ তারিখ") == 1 for one in letters)


def test_run_asks_as_often_for_a_hundred_tasks(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)

    def queries(count: int, day: date) -> int:
        WorkPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
        for number in range(count):
            start = "প্রতি মাসের ১০ তারিখ" if number % 2 else "১ আগস্ট ২০২৬"
            end = "" if number % 2 else "১০ ডিসেম্বর ২০২৬"
            make_task(plan, by=team.head, number=number, start_text=start, end_text=end)
        WorkPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
        with CaptureQueriesContext(connection) as made, at_seven(day):
            assert remind(today=day)
        return len(made)

    queries(2, date(2026, 12, 3))  # from now on there are letters that may have to be taken back
    assert queries(0, date(2026, 12, 9)) == queries(98, date(2026, 12, 11))
