"""Reminders of plans, meetings and reports: what one letter says, to whom it goes, at what edge."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duties import tasks
from duties.actions import grant_extension, revoke_extension
from duties.models import Reminder, ReminderRule
from duties.overview import own_matters, rows
from duties.reminders import remind
from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import explain_no_meeting
from meetings.enums import MeetingStatus
from reports.actions import return_report
from reports.enums import ReportStatus
from reports.models import Report
from teams.enums import DueKind, Role, Tier
from teams.models import Office, Post, PostHolding, User
from tests.duties.nation import DAY, Nation, dhaka
from tests.factories import Country, make_country, make_plan
from tests.meetings.rows import make_meeting
from tests.races import at_once
from tests.reports.build import accept, make_report, take_report_to
from workplans.enums import PlanStatus

pytestmark = pytest.mark.django_db

PLAN = "বাৎসরিক কর্মপরিকল্পনা, ২০২৭–২৮ অর্থবছর"
OFFICER, HEAD, ABOVE = "upazila.innovation_officer", "upazila.head", "district.innovation_officer"
RACERS = 6


@pytest.fixture
def country() -> Country:
    """A country in which only the upazila owes anything, and of all kinds only its plan."""
    made = make_country()
    Office.objects.exclude(pk=made.upazila.pk).update(is_active=False)
    ReminderRule.objects.exclude(kind=DueKind.PLAN).delete()
    return made


def run_at(moment: datetime) -> dict[str, str]:
    """The letters one run writes: address and text."""
    before = set(Letter.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        tasks.remind()
    written = Letter.objects.filter(key__startswith="duties.reminder").exclude(pk__in=before)
    return {letter.to_address: letter.body for letter in written}


def run_on(day: date) -> dict[str, str]:
    return run_at(dhaka(day, 7))


def names(country: Country, letters: dict[str, str]) -> set[str]:
    known = {person.email: name for name, person in country.people.items()}
    return {known[address] for address in letters}


def mornings(country: Country, since: date, until: date) -> dict[str, set[str]]:
    """Who gets a letter on which morning."""
    days = [since + number * DAY for number in range((until - since).days + 1)]
    letters = {f"{day:%m-%d}": names(country, run_on(day)) for day in days}
    return {day: people for day, people in letters.items() if people}


# --- To whom and when --------------------------------------------------------------------
def test_plan_is_reminded_of_and_goes_up_step_by_step(country: Country) -> None:
    assert mornings(country, date(2027, 6, 25), date(2027, 9, 5)) == {
        "07-01": {OFFICER},
        "07-24": {OFFICER},
        "07-30": {OFFICER},
        "08-01": {OFFICER, HEAD},
        "08-07": {OFFICER, HEAD, ABOVE},
        "08-30": {OFFICER, HEAD, ABOVE},
    }


def test_letter_says_what_until_when_and_where(country: Country) -> None:
    letters = run_on(date(2027, 8, 7))
    own, head, above = (letters[country[name].email] for name in (OFFICER, HEAD, ABOVE))
    for words in (
        f"জনাব {country[OFFICER].name_bn}",
        "আপনার পদে যা বাকি",
        f"১. {PLAN}",
        "শেষ তারিখ: ৩১ জুলাই ২০২৭ (৭ দিন দেরি)",
        f"দপ্তর: {country.upazila.name_bn}",
        "খুলতে: http://localhost:8000/plans/",
    ):
        assert words in own
    assert "আপনার দপ্তরে যেগুলোর সময় পেরিয়ে গেছে" in head
    assert f"- {country.upazila.name_bn}: {PLAN} (৭ দিন দেরি)" in above
    subjects = set(Letter.objects.values_list("subject", flat=True))
    assert subjects == {f"মনে করিয়ে দেওয়া: {PLAN}"}


def test_superior_gets_one_line_for_each_office(country: Country) -> None:
    Office.objects.filter(pk=country.sibling.pk).update(is_active=True)
    ReminderRule.objects.create(
        kind=DueKind.HALF_YEAR,
        offset_days=7,
        reaches="superior",
        valid_from=date(2027, 7, 1),
        source="পরিপত্র",
    )
    above = run_on(date(2027, 8, 7))[country[ABOVE].email]
    lines = [line for line in above.splitlines() if line.startswith("- ")]
    half = "অর্ধবার্ষিক প্রতিবেদন, জানুয়ারি–জুন ২০২৭ (৭ দিন দেরি)"
    assert [line.partition(":")[0] for line in lines] == [
        f"- {office.name_bn}" for office in (country.sibling, country.upazila)
    ]
    assert all(f"{PLAN} (৭ দিন দেরি)" in line and half in line for line in lines)
    assert Letter.objects.get(to_address=country[ABOVE].email).subject.endswith("৪টি করণীয়")


def test_vacant_posts_part_goes_up_to_whoever_is_there(country: Country) -> None:
    for role, told in ((Role.INNOVATION_OFFICER, HEAD), (Role.HEAD, ABOVE)):
        PostHolding.objects.filter(post__office=country.upazila, post__role=role).update(
            ends_on=date(2027, 6, 30)
        )
        Reminder.objects.all().delete()
        Letter.objects.all().delete()
        letters = run_on(date(2027, 7, 1))
        assert names(country, letters) == {told}
    assert "অধীন দপ্তরে যা বাকি পড়ে আছে" in letters[country[ABOVE].email]
    # The nearest office above that has somebody.
    PostHolding.objects.filter(post__office=country.district).update(ends_on=date(2027, 7, 20))
    assert names(country, run_on(date(2027, 7, 24))) == {"division.innovation_officer"}


def test_office_without_any_such_post_owes_and_nobody_is_written_to(country: Country) -> None:
    posts = Post.objects.filter(office=country.upazila)
    posts.filter(role__in=(Role.HEAD, Role.INNOVATION_OFFICER)).update(is_active=False)
    assert mornings(country, date(2027, 7, 28), date(2027, 8, 10)) == {}


# --- Done, let off, put off ----------------------------------------------------------------
def test_nothing_is_written_once_the_plan_is_approved(country: Country) -> None:
    assert names(country, run_on(date(2027, 7, 24))) == {OFFICER}
    with time_machine.travel(dhaka(date(2027, 7, 29), 12), tick=False):
        head = User.objects.get(pk=country[HEAD].pk)
        make_plan(country.upazila, by=head, status=PlanStatus.SUBMITTED, period="2027-2028")
    assert names(country, run_on(date(2027, 7, 30))) == {OFFICER}  # not approved yet
    make_plan(
        country.upazila,
        by=User.objects.get(pk=country[HEAD].pk),
        status=PlanStatus.APPROVED,
        period="2027-07..2027-12",
    )
    assert mornings(country, date(2027, 7, 31), date(2027, 9, 5)) == {}


def test_month_counts_when_its_minutes_are_final_or_a_reason_is_given(country: Country) -> None:
    ReminderRule.objects.all().delete()
    ReminderRule.objects.create(
        kind=DueKind.MEETING, offset_days=1, valid_from=date(2026, 7, 1), source="পরিপত্র"
    )
    with time_machine.travel(dhaka(date(2027, 3, 20), 12), tick=False):
        head, office = User.objects.get(pk=country[HEAD].pk), country.upazila
        make_meeting(office, by=head, on=date(2027, 1, 12))
        make_meeting(office, by=head, on=date(2027, 2, 9), status=MeetingStatus.FINALISED)
        explain_no_meeting(office=office, month=date(2027, 3, 1), reason="ছুটি", by=head)
    told = mornings(country, date(2027, 1, 2), date(2027, 5, 2))
    assert list(told) == ["01-02", "02-01", "05-01"]  # of months before; of January; of April


def test_extension_begins_anew_and_exemption_ends_it(country: Country) -> None:
    assert names(country, run_on(date(2027, 7, 24))) == {OFFICER}
    grant = {
        "kind": DueKind.PLAN,
        "office": country.upazila,
        "starts_on": date(2027, 7, 1),
        "reason": "বন্যা",
        "by": country["reviewer"],
    }
    with time_machine.travel(dhaka(date(2027, 7, 28), 12), tick=False):
        extension = grant_extension(**grant, new_due_on=date(2027, 8, 31))
    told = mornings(country, date(2027, 7, 29), date(2027, 9, 2))
    # The thirtieth day before 31 August is 1 August.
    assert list(told) == ["08-01", "08-24", "08-30", "09-01"]
    with time_machine.travel(dhaka(date(2027, 9, 3), 12), tick=False):
        revoke_extension(extension=extension, by=country["reviewer"])
        grant_extension(**grant, new_due_on=None)
    assert mornings(country, date(2027, 9, 4), date(2027, 10, 5)) == {}


def test_letter_that_still_waits_is_taken_back_when_the_office_is_let_off(
    country: Country,
) -> None:
    run_on(date(2027, 7, 24))
    with time_machine.travel(dhaka(date(2027, 7, 24), 12), tick=False):
        grant_extension(
            kind=DueKind.PLAN,
            office=None,
            starts_on=date(2027, 7, 1),
            new_due_on=None,
            reason="নতুন পরিপত্র আসছে",
            by=country["reviewer"],
        )
        remind(today=date(2027, 7, 24))
    letter = Letter.objects.get(key__startswith="duties.reminder")
    assert letter.status == LetterStatus.EXPIRED


def test_report_is_followed_from_its_sending_to_its_acceptance(country: Country) -> None:
    """Through the real steps, each told of by whoever has to take the next one."""
    import_module("duties.migrations.0005_reminders_of_everything").add_rules(apps, None)
    followed = (DueKind.ANNUAL_REPORT, DueKind.REVIEW, DueKind.RESUBMISSION)
    ReminderRule.objects.exclude(kind__in=followed).delete()
    make_plan(country.upazila, by=country[HEAD], status=PlanStatus.APPROVED)

    def at_noon(day: date) -> time_machine.travel:
        return time_machine.travel(dhaka(day, 12), tick=False)

    def fresh(name: str) -> User:
        return User.objects.get(pk=country[name].pk)

    assert list(mornings(country, date(2027, 6, 29), date(2027, 7, 27))) == ["07-01", "07-24"]
    with at_noon(date(2027, 7, 27)):
        report = make_report(
            country.upazila, by=fresh(HEAD), status=ReportStatus.SUBMITTED, period="2026-2027"
        )
    assert mornings(country, date(2027, 7, 28), date(2027, 8, 12)) == {
        "08-04": {"reviewer"},  # fifteen days after it was sent is 11 August
        "08-10": {"reviewer"},
        "08-12": {"reviewer"},
    }
    with at_noon(date(2027, 8, 13)):
        return_report(
            report=report, by=fresh("reviewer"), reason="উৎস দিন", resubmit_by=date(2027, 8, 23)
        )
    assert mornings(country, date(2027, 8, 14), date(2027, 8, 22)) == {
        "08-16": {HEAD, OFFICER},
        "08-22": {HEAD, OFFICER},
    }
    with at_noon(date(2027, 8, 22)):
        take_report_to(report, ReportStatus.SUBMITTED, by=fresh(HEAD))
    assert mornings(country, date(2027, 8, 23), date(2027, 8, 30)) == {"08-30": {"reviewer"}}
    with at_noon(date(2027, 8, 31)):
        accept(Report.objects.get(), reviewer=fresh("reviewer"))
    assert mornings(country, date(2027, 9, 1), date(2027, 9, 20)) == {}


# --- The edge of the day -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "told", "words"),
    [
        (datetime(2027, 7, 31, 17, 59, 59, tzinfo=UTC), {OFFICER}, "(আজই শেষ দিন)"),
        (datetime(2027, 7, 31, 18, 0, 0, tzinfo=UTC), {OFFICER, HEAD}, "(১ দিন দেরি)"),
        (datetime(2027, 7, 31, 23, 59, 59, tzinfo=UTC), {OFFICER, HEAD}, "(১ দিন দেরি)"),
        (datetime(2027, 7, 30, 18, 0, 0, tzinfo=UTC), {OFFICER}, "(আজই শেষ দিন)"),
        (datetime(2027, 7, 30, 17, 59, 59, tzinfo=UTC), {OFFICER}, "(আর ১ দিন)"),
    ],
)
def test_days_change_at_midnight_in_dhaka(
    country: Country, moment: datetime, told: set[str], words: str
) -> None:
    letters = run_at(moment)
    assert names(country, letters) == told
    assert all(words in body for body in letters.values())
    expires = Letter.objects.filter(key__startswith="duties.reminder").first().expires_at
    midnight = moment.replace(hour=18, minute=0, second=0)
    assert expires == midnight + (timedelta(days=1) if moment.hour >= 18 else timedelta(0))


@pytest.mark.parametrize(("second", "is_late"), [(59, False), (60, True)])
def test_plan_approved_at_the_edge_is_in_time_or_late(
    country: Country, second: int, is_late: bool
) -> None:
    edge = datetime(2027, 7, 31, 17, 59, 0, tzinfo=UTC) + timedelta(seconds=second)
    with time_machine.travel(edge, tick=False):
        head = User.objects.get(pk=country[HEAD].pk)
        make_plan(country.upazila, by=head, status=PlanStatus.APPROVED, period="2027-2028")
        page = _own_row(country)
    assert page == ("দেরিতে হয়েছে" if is_late else "সময়মতো হয়েছে")


def _own_row(country: Country) -> str:
    today = date(2027, 8, 2)
    user = User.objects.get(pk=country[HEAD].pk)
    return next(row.chip for row in rows(own_matters(user, today), today) if row.title == PLAN)


# --- Many at once ----------------------------------------------------------------------------
def test_run_asks_as_often_for_a_hundred_offices_as_for_ten(country: Country) -> None:
    def cost(day: date) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            letters = run_on(day)
        Letter.objects.update(status=LetterStatus.SENT, sent_at=dhaka(day, 8))
        return len(queries), len(letters)

    def add(count: int, prefix: str) -> None:
        offices = Office.objects.bulk_create(
            Office(
                code=f"{prefix}{number}",
                tier=Tier.UPAZILA,
                parent=country.district,
                path=f"{country.district.path}{prefix}{number}/",
                name_bn=f"উপজেলা {prefix}{number}",
                name_en=f"U {number}",
            )
            for number in range(count)
        )
        people = User.objects.bulk_create(
            User(login=f"{office.code}@x.test", email=f"{office.code}@x.test", name_bn=office.code)
            for office in offices
        )
        posts = Post.objects.bulk_create(
            Post(office=office, role=Role.INNOVATION_OFFICER, designation_bn="ইনোভেশন অফিসার")
            for office in offices
        )
        PostHolding.objects.bulk_create(
            PostHolding(post=post, person=person, starts_on=date(2020, 1, 1))
            for post, person in zip(posts, people, strict=True)
        )

    add(10, "a")
    few, letters = cost(date(2027, 7, 1))
    assert letters == 11
    add(85, "b")
    many, letters = cost(date(2027, 7, 24))
    assert letters == 96
    assert many <= few + 2  # rows go in by the hundred


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_write_each_letter_once() -> None:
    nation = Nation(30)
    day = date(2027, 7, 1)
    with time_machine.travel(dhaka(day, 7), tick=False):
        nation.live_until(dhaka(day, 7))
        at_once([lambda: remind(today=day)] * RACERS)
    letters = Letter.objects.filter(key__startswith="duties.reminder")
    people = set(Reminder.objects.values_list("person", flat=True))
    assert letters.count() == len(people) >= 30
    assert set(Reminder.objects.values_list("letter", flat=True)) == set(
        letters.values_list("pk", flat=True)
    )
