"""Reporting progress, and where a task stands because of it."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from teams.models import AuditEntry
from tests.factories import PNG, Team, client_of, make_plan, make_progress, make_task, make_team
from tests.pages import form_fields, texts_of
from tests.races import at_once
from tests.workplans.files import seen_in
from workplans import perms
from workplans.actions import add_progress, close_workplan
from workplans.enums import PlanStatus, TaskState
from workplans.models import ProgressEntry, Task, WorkPlan
from workplans.table import plan_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def task(team: Team) -> Task:
    """A task of an approved plan: its text is settled, its progress goes on."""
    return make_plan(team.office, by=team.head, status=PlanStatus.APPROVED).tasks.get()


def report(team: Team, task: Task, **fields: object) -> HttpResponse:
    """Send the progress form as the page gives it, with these fields typed in."""
    client = client_of(team.member)
    form = form_fields(client.get(task.get_absolute_url()))
    form.pop("evidence", None)
    return client.post(reverse("workplans:progress_create", args=[task.pk]), {**form, **fields})


# --- The form --------------------------------------------------------------------------------
def test_form_offers_today(team: Team, task: Task) -> None:
    form = form_fields(client_of(team.member).get(task.get_absolute_url()))
    assert form["on"] == "২১ নভেম্বর ২০২৬"


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("৬০", 60), ("60", 60), ("৬০%", 60), (" ৬০ % ", 60), ("০", 0), ("0", 0), ("১০০", 100)],
)
def test_percent_is_read_in_either_script(team: Team, task: Task, typed: str, percent: int) -> None:
    response = report(team, task, percent=typed)
    assert response.url == task.get_absolute_url()
    entry = ProgressEntry.objects.get()
    assert (entry.percent, entry.on, entry.created_by) == (percent, date(2026, 11, 21), team.member)
    assert entry.by_post == team.member.scope.main_post
    assert AuditEntry.objects.filter(action="progress.add", object_id=entry.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("১০১", "শতাংশ ১০০-এর বেশি হয় না।"),
        ("-১", "শতাংশ ০-এর কম হয় না।"),
        ("ষাট", "শতাংশ ০ থেকে ১০০-এর মধ্যে একটি পূর্ণ সংখ্যা লিখুন, যেমন ৬০।"),
        ("৬০.৫", "শতাংশ ০ থেকে ১০০-এর মধ্যে একটি পূর্ণ সংখ্যা লিখুন, যেমন ৬০।"),
    ],
)
def test_percent_out_of_reason_is_refused_in_words(
    team: Team, task: Task, typed: str, said: str
) -> None:
    response = report(team, task, percent=typed, text="প্রথম ধাপ শেষ")
    assert response.status_code == 422
    assert said in texts_of(response, ".invalid-feedback")
    # What was typed is still there.
    assert form_fields(response)["text"].strip() == "প্রথম ধাপ শেষ"
    assert form_fields(response)["percent"] == typed
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("২২ নভেম্বর ২০২৬", "অগ্রগতির তারিখ আজকের পরে হতে পারে না।"),
        ("31/12/2026", "অগ্রগতির তারিখ আজকের পরে হতে পারে না।"),
        ("গতকাল", "“গতকাল” তারিখ হিসেবে পড়া গেল না। এভাবে লিখুন: ২১/১১/২০২৬।"),
        ("৩১/০২/২০২৬", "“৩১/০২/২০২৬” তারিখ হিসেবে পড়া গেল না। এভাবে লিখুন: ২১/১১/২০২৬।"),
    ],
)
def test_date_that_cannot_be_is_refused_in_words(
    team: Team, task: Task, typed: str, said: str
) -> None:
    response = report(team, task, percent="৫০", on=typed)
    assert response.status_code == 422
    assert texts_of(response, ".invalid-feedback") == [said]
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize("typed", ["২০/১১/২০২৬", "20.11.2026", "২০ নভেম্বর, ২০২৬", "2026-11-20"])
def test_date_is_read_in_any_usual_way(team: Team, task: Task, typed: str) -> None:
    report(team, task, percent="৫০", on=typed)
    assert ProgressEntry.objects.get().on == date(2026, 11, 20)


def test_empty_report_is_refused(team: Team, task: Task) -> None:
    response = report(team, task)
    assert response.status_code == 422
    assert "কী হয়েছে লিখুন, অথবা শতাংশ দিন।" in response.content.decode()


def test_words_alone_are_enough_and_leave_the_figure(team: Team, task: Task) -> None:
    report(team, task, percent="৪০")
    report(team, task, text="  মাঠ পর্যায়ের\r\nমতামত নেওয়া হয়েছে ")
    latest = Task.objects.with_progress().get(pk=task.pk)
    assert (latest.percent, latest.last_progress_text) == (
        40,
        "মাঠ পর্যায়ের\nমতামত নেওয়া হয়েছে",
    )


def test_evidence_is_kept_and_offered_to_those_who_see_the_plan(team: Team, task: Task) -> None:
    picture = SimpleUploadedFile("সভার ছবি.JPEG", PNG, "image/jpeg")
    report(team, task, percent="৫০", evidence=picture)
    entry = ProgressEntry.objects.get()
    # Named for what it is, whatever it was called.
    assert entry.evidence_name == "সভার ছবি.png"
    response = client_of(team.head).get(reverse("workplans:evidence", args=[entry.pk]))
    assert seen_in(b"".join(response.streaming_content)) == seen_in(PNG)
    assert response["Content-Type"] == "image/png"
    stranger = make_team("stranger", parent=team.office).head
    assert client_of(stranger).get(response.wsgi_request.path).status_code == 404


def test_evidence_that_is_no_picture_or_paper_is_refused(team: Team, task: Task) -> None:
    page = SimpleUploadedFile("ছবি.png", b"<html><script>alert(1)</script>", "image/png")
    response = report(team, task, percent="৫০", evidence=page)
    assert response.status_code == 422
    assert "এই ধরনের ফাইল নেওয়া হয় না।" in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_form_sent_twice_is_one_entry(team: Team, task: Task) -> None:
    client = client_of(team.member)
    form = {**form_fields(client.get(task.get_absolute_url())), "percent": "৫০"}
    form.pop("evidence", None)
    url = reverse("workplans:progress_create", args=[task.pk])
    for _ in range(2):
        assert client.post(url, form).url == task.get_absolute_url()
    assert ProgressEntry.objects.count() == 1
    assert AuditEntry.objects.filter(action="progress.add").count() == 1


def test_two_openings_of_the_form_are_two_entries(team: Team, task: Task) -> None:
    report(team, task, percent="৫০")
    report(team, task, percent="৫০")
    assert ProgressEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_form_sent_eight_times_at_once_is_one_entry() -> None:
    team = make_team()
    task = make_plan(team.office, by=team.head).tasks.get()
    key = uuid.uuid4()

    def send() -> int:
        return add_progress(task=task, by=None, on=date(2026, 11, 21), percent=50, form_key=key).pk

    assert at_once([send] * 8) == [ProgressEntry.objects.get().pk] * 8


def test_plan_closed_meanwhile_takes_no_progress(team: Team, task: Task) -> None:
    copy = Task.objects.select_related("plan__office").get(pk=task.pk)
    assert perms.can_add_progress(team.member, copy.plan)
    close_workplan(workplan=WorkPlan.objects.get(pk=task.plan_id), by=team.head)
    with pytest.raises(PermissionDenied):
        add_progress(task=copy, by=team.member, on=date(2026, 11, 21), text="দেরিতে এল")
    assert not ProgressEntry.objects.exists()


def test_closed_plan_takes_no_progress(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.CLOSED)
    task = plan.tasks.get()
    client = client_of(team.member)
    assert texts_of(client.get(task.get_absolute_url()), "#report") == []
    response = client.post(reverse("workplans:progress_create", args=[task.pk]), {"percent": "৫"})
    assert response.status_code == 403


def test_entries_are_shown_newest_first_with_who_and_how_far(team: Team, task: Task) -> None:
    report(team, task, percent="২০", on="১/১০/২০২৬", text="শুরু")
    report(team, task, percent="৫০", on="১/১১/২০২৬", achieved_value="২০ জনের মধ্যে ১০ জন")
    page = client_of(team.head).get(task.get_absolute_url())
    newest, oldest = texts_of(page, ".timeline li")
    assert newest.startswith("১ নভেম্বর ২০২৬ ৫০% ২০ জনের মধ্যে ১০ জন")
    assert oldest.startswith("১ অক্টোবর ২০২৬ ২০% শুরু")
    assert f"{team.member.name_bn}, সহকারী প্রোগ্রামার" in oldest


def test_older_entry_sent_later_does_not_turn_progress_back(team: Team, task: Task) -> None:
    report(team, task, percent="৭০", on="১/১১/২০২৬")
    report(team, task, percent="৩০", on="১/১০/২০২৬")
    assert Task.objects.with_progress().get(pk=task.pk).percent == 70


# --- Where a task stands ---------------------------------------------------------------------
TODAY = date(2026, 11, 21)


def in_days(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("start", "end", "percent", "recurrence", "state"),
    [
        # start and end in days from today
        (-100, 100, 100, "", TaskState.DONE),
        (-100, -1, 100, "", TaskState.DONE),
        (None, None, 100, "", TaskState.DONE),
        (-100, -1, 99, "", TaskState.LATE),
        (None, -1, None, "", TaskState.LATE),
        (-100, -1, None, "month/1/15/", TaskState.LATE),
        (-100, 0, 99, "", TaskState.AT_RISK),  # the last day itself is not late
        (-100, 7, 95, "", TaskState.AT_RISK),
        (-100, 8, 95, "", TaskState.RUNNING),
        (-50, 50, 19, "", TaskState.AT_RISK),  # half the time gone: 31 points behind
        (-50, 50, 20, "", TaskState.RUNNING),  # 30 points behind
        (0, 30, None, "", TaskState.RUNNING),
        (1, 30, None, "", TaskState.UPCOMING),
        (1, 3, None, "", TaskState.UPCOMING),
        (1, None, None, "", TaskState.UPCOMING),
        (1, 30, 0, "", TaskState.UPCOMING),
        (1, 30, 40, "", TaskState.RUNNING),  # begun before its day
        (0, 0, None, "", TaskState.AT_RISK),
        (None, 30, None, "", TaskState.RUNNING),
        (None, 7, None, "", TaskState.AT_RISK),
        (None, None, None, "", TaskState.UNDATED),
        (-10, None, None, "", TaskState.UNDATED),
        (-10, None, 10, "", TaskState.RUNNING),
        (None, None, 1, "", TaskState.RUNNING),
        (None, None, None, "month/1/15/", TaskState.RUNNING),
    ],
)
def test_state_follows_from_dates_and_progress(
    start: int | None, end: int | None, percent: int | None, recurrence: str, state: TaskState
) -> None:
    task = Task(starts_on=in_days(start), ends_on=in_days(end), recurrence=recurrence)
    task.percent = percent
    assert task.state(TODAY) == state


@pytest.mark.parametrize(
    ("moment", "state", "late_days"),
    [
        # 31 December 2026 ends in Dhaka at 18:00 UTC.
        (datetime(2026, 12, 31, 17, 59, 59, tzinfo=UTC), TaskState.AT_RISK, 0),
        (datetime(2026, 12, 31, 18, 0, 0, tzinfo=UTC), TaskState.LATE, 1),
        (datetime(2027, 1, 1, 17, 59, 59, tzinfo=UTC), TaskState.LATE, 1),
        (datetime(2027, 1, 1, 18, 0, 0, tzinfo=UTC), TaskState.LATE, 2),
        # and 1 August 2026 begins there at 18:00 UTC of the day before.
        (datetime(2026, 7, 31, 17, 59, 59, tzinfo=UTC), TaskState.UPCOMING, 0),
        (datetime(2026, 7, 31, 18, 0, 0, tzinfo=UTC), TaskState.RUNNING, 0),
    ],
)
def test_days_change_at_midnight_in_dhaka(
    team: Team, task: Task, moment: datetime, state: TaskState, late_days: int
) -> None:
    with time_machine.travel(moment, tick=False):
        page = client_of(team.member).get(task.plan.get_absolute_url())
        row = page.context["table"].rows[0]
        assert (row.state, row.late_days) == (state, late_days)


def test_progress_of_the_last_minute_of_a_day_belongs_to_that_day(team: Team, task: Task) -> None:
    with time_machine.travel(datetime(2026, 11, 21, 17, 59, 30, tzinfo=UTC)):
        report(team, task, percent="৫০")
    assert ProgressEntry.objects.get().on == date(2026, 11, 21)
    with time_machine.travel(datetime(2026, 11, 21, 18, 0, 30, tzinfo=UTC)):
        report(team, task, percent="৬০")
    assert ProgressEntry.objects.first().on == date(2026, 11, 22)


# --- Work that comes back --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "end_words", "days"),
    [
        ("প্রতি মাসের ১৫ তারিখ", "", [date(2026, 12, 15), date(2027, 1, 15)]),
        ("প্রতি মাসের ১ তারিখ", "পরবর্তী মাসের ৫ তারিখ", [date(2026, 12, 5), date(2027, 1, 5)]),
        # Quarters of the plan's own year: from July, whichever day it is today.
        ("প্রতি ত্রৈমাসিকের ১০ তারিখ", "", [date(2027, 1, 10), date(2027, 4, 10)]),
    ],
)
def test_next_occurrence_follows_the_words(
    team: Team, words: str, end_words: str, days: list[date]
) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, start_text=words, end_text=end_words)
    row = plan_table(plan, today=TODAY).rows[0]
    first, second = days
    assert row.task.next_occurrence(TODAY) == first
    assert row.task.next_occurrence(first) == first
    assert row.task.next_occurrence(first + timedelta(days=1)) == second


def test_next_occurrence_of_a_quarter_is_the_same_on_every_day_before_it(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, start_text="প্রতি ত্রৈমাসিকের ১০ তারিখ", end_text="")
    days = {task.next_occurrence(date(2026, 10, 11) + timedelta(days=n)) for n in range(92)}
    assert days == {date(2027, 1, 10)}


def test_next_occurrence_ends_with_the_plan(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    assert task.next_occurrence(date(2027, 6, 15)) == date(2027, 6, 15)
    assert task.next_occurrence(date(2027, 6, 16)) is None
    # What is due "in the next month" still counts for June.
    task.recurrence = "month/1//25+1"
    assert task.next_occurrence(date(2027, 6, 26)) == date(2027, 7, 25)
    assert task.next_occurrence(date(2027, 7, 26)) is None


def test_summary_counts_states_and_the_mean(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=4)
    done, half, *_ = plan.tasks.order_by("pk")
    make_progress(done, by=team.head, percent=100)
    make_progress(half, by=team.head, percent=50)
    summary = plan_table(plan, today=TODAY).summary
    assert (summary.tasks, summary.subjects, summary.percent) == (4, 2, 38)
    assert dict(summary.states) == {
        TaskState.DONE: 1,
        TaskState.RUNNING: 1,
        TaskState.AT_RISK: 2,
    }
