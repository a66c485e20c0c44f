"""What the calendar, and reports on their way, ask of somebody on the home page."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.actions import explain_no_meeting
from meetings.enums import MeetingStatus
from reports.models import Comment, Report
from teams.enums import Role
from teams.models import User
from tests.factories import Country, client_of, make_country, make_officer, make_plan
from tests.meetings.rows import make_meeting
from tests.pages import texts_of
from workplans.enums import PlanStatus
from workplans.periods import Period

pytestmark = pytest.mark.django_db

YEAR, LAST_YEAR = Period.parse("2026-2027"), Period.parse("2025-2026")


@pytest.fixture
def country() -> Country:
    return make_country()


def at(day: date, hour: int = 4) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


def items_of(person: User) -> list[tuple[str, str]]:
    page = client_of(User.objects.get(pk=person.pk)).get("/")
    chips, titles = texts_of(page, "ul.todo .chip"), texts_of(page, "ul.todo b")
    return list(zip(chips, titles, strict=True))


def make_row(country: Country, status: str, **fields: object) -> Report:
    """A report's row as the actions leave it."""
    now, head = timezone.now(), country["upazila.head"]
    stamps: dict[str, object] = {}
    if status != "draft":
        stamps = {"first_sent_at": now, "submitted_at": now, "submitted_by": head}
    if status == "returned":
        stamps |= {"returned_at": now, "returned_by": country["reviewer"]}
    return Report.objects.create(
        office=country.upazila,
        kind="annual",
        period_kind="fiscal",
        starts_on=LAST_YEAR.starts_on,
        ends_on=LAST_YEAR.ends_on,
        status=status,
        **stamps,
        **fields,
    )


def test_plan_and_reports_are_asked_of_those_who_lead_until_they_are_there(
    country: Country,
) -> None:
    plan, annual = "বাৎসরিক কর্মপরিকল্পনা, ২০২৬–২৭ অর্থবছর", "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর"
    officer, head = country["upazila.innovation_officer"], country["upazila.head"]
    with at(date(2026, 7, 10)):
        assert {("৩১ জুলাই", title) for title in (plan, annual)} <= set(items_of(officer))
        assert items_of(head) == items_of(officer)
        assert not {plan, annual} & {title for _chip, title in items_of(country["upazila.member"])}
        page = texts_of(client_of(officer).get("/"), "ul.todo li")
        assert any("শেষ তারিখ ৩১ জুলাই ২০২৬" in item for item in page)
        make_plan(country.upazila, by=head, status=PlanStatus.DRAFT)
        assert plan not in [title for _chip, title in items_of(officer)]  # the draft is an item
        make_row(country, "submitted")
        assert annual not in [title for _chip, title in items_of(officer)]


def test_half_year_is_asked_for_from_the_first_whole_one_of_the_system_on(
    country: Country,
) -> None:
    earlier = "অর্ধবার্ষিক প্রতিবেদন, জানুয়ারি–জুন ২০২৬"
    first = "অর্ধবার্ষিক প্রতিবেদন, জুলাই–ডিসেম্বর ২০২৬"
    head = country["upazila.head"]
    with at(date(2026, 8, 4)):
        assert earlier not in [title for _chip, title in items_of(head)]
    with at(date(2026, 11, 1)):
        assert first not in [title for _chip, title in items_of(head)]  # its time has not come
    with at(date(2027, 1, 10)):
        assert ("৩১ জানুয়ারি", first) in items_of(head)
    with at(date(2027, 2, 4)):
        assert ("৪ দিন দেরি", first) in items_of(head)


def test_last_second_of_the_due_day_is_in_time_by_the_clock_in_dhaka(country: Country) -> None:
    title = "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর"
    with time_machine.travel(datetime(2026, 7, 31, 17, 59, 59, tzinfo=UTC), tick=False):
        assert ("আজ", title) in items_of(country["upazila.head"])
    with time_machine.travel(datetime(2026, 7, 31, 18, 0, 0, tzinfo=UTC), tick=False):
        assert ("১ দিন দেরি", title) in items_of(country["upazila.head"])


def test_months_without_minutes_are_one_item(country: Country) -> None:
    head, office = country["upazila.head"], country.upazila
    with at(date(2026, 10, 20)):
        assert ("দেরি", "৩ মাসের সভার কার্যবিবরণী বাকি") in items_of(head)
        make_meeting(office, by=head, on=date(2026, 7, 9), status=MeetingStatus.FINALISED)
        assert ("দেরি", "২ মাসের সভার কার্যবিবরণী বাকি") in items_of(head)
        for month in (8, 9):
            explain_no_meeting(office=office, month=date(2026, month, 1), reason="বন্যা", by=head)
        assert not [title for _chip, title in items_of(head) if "কার্যবিবরণী বাকি" in title]


@pytest.mark.usefixtures("today")
def test_report_laid_before_the_head_waits_for_the_head_alone(country: Country) -> None:
    report = make_row(country, "draft")
    waits = ("আপনার অনুমোদন বাকি", str(report))
    assert waits not in items_of(country["upazila.head"])
    Report.objects.update(
        presented_at=timezone.now(), presented_by=country["upazila.innovation_officer"]
    )
    assert waits in items_of(country["upazila.head"])
    for name in ("upazila.innovation_officer", "sibling.head", "district.head", "reviewer"):
        assert waits not in items_of(country[name])


@pytest.mark.usefixtures("today")
def test_returned_report_waits_for_the_team_with_reason_day_and_comments(country: Country) -> None:
    report = make_row(
        country, "returned", resubmit_by=date(2026, 11, 25), return_reason="সংখ্যার উৎস দিন"
    )
    submission = report.submissions.create(
        number=1, content={}, fingerprint="0" * 64, receipt_number="1-1"
    )
    sent = {"sent_at": timezone.now(), "sent_by": country["reviewer"]}
    for text, fields in (("এক", sent), ("দুই", sent), ("খসড়া মন্তব্য", {})):
        Comment.objects.create(
            report=report, submission=submission, side="review", text=text, **fields
        )
    for name in ("upazila.head", "upazila.innovation_officer", "upazila.member"):
        assert ("২৫ নভেম্বর", f"ফেরত এসেছে: {report}") in items_of(country[name])
        page = client_of(country[name]).get("/")
        item = next(text for text in texts_of(page, "ul.todo li") if "ফেরত এসেছে" in text)
        assert "সংখ্যার উৎস দিন" in item
        assert "২টি মন্তব্যের জবাব বাকি" in item
    for name in ("sibling.head", "district.head"):
        assert not [title for _chip, title in items_of(country[name]) if "ফেরত" in title]


@pytest.mark.usefixtures("today")
def test_reviews_wait_for_whoever_took_them_on_and_the_rest_for_all(country: Country) -> None:
    report = make_row(country, "submitted")
    Report.objects.update(submitted_at=timezone.now() - timedelta(days=9))
    other = make_officer(country.root, Role.CABINET_REVIEWER)
    free = ("বণ্টন বাকি", "১টি প্রতিবেদনের পর্যালোচক ঠিক হয়নি")
    assert free in items_of(country["reviewer"])
    assert free in items_of(other)
    page = client_of(other).get("/")
    assert any("৯ দিন ধরে" in item for item in texts_of(page, "ul.todo li"))
    assert free not in items_of(country["district.head"])
    report.submissions.create(number=1, content={}, fingerprint="0" * 64, receipt_number="1-1")
    Report.objects.update(reviewer=other.scope.main_post)
    assert ("পর্যালোচনা বাকি", str(report)) in items_of(other)
    assert items_of(country["reviewer"]) == []


@pytest.mark.usefixtures("today")
def test_home_asks_as_often_for_many_reports_as_for_one(country: Country) -> None:
    post = country["reviewer"].scope.main_post

    def asked(person: User) -> int:
        client = client_of(User.objects.get(pk=person.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    def add(first_year: int, how_many: int) -> None:
        for year in range(first_year, first_year + how_many):
            period = Period.fiscal_year_of(date(year, 8, 1))
            for office in (country.upazila, country.sibling):
                Report.objects.create(
                    office=office,
                    kind="annual",
                    period_kind="fiscal",
                    starts_on=period.starts_on,
                    ends_on=period.ends_on,
                    status="submitted" if office == country.upazila else "returned",
                    first_sent_at=timezone.now(),
                    resubmit_by=date(2026, 12, 1),
                    reviewer=post if year % 2 else None,
                )

    add(1990, 2)
    people = (country["reviewer"], country["upazila.head"], country["sibling.head"])
    few = [asked(person) for person in people]
    add(1992, 30)
    assert [asked(person) for person in people] == few
