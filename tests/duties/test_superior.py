"""How the offices below stand: what those above see, and what they do not."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reports.enums import ReportStatus
from teams.enums import Role, TeamStatus, Tier
from teams.models import CompositionRule, Office, PostHolding, Team
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_plan,
    make_post,
)
from tests.pages import find, texts_of
from tests.reports.build import make_report
from workplans.enums import PlanStatus

pytestmark = pytest.mark.django_db

BELOW = reverse("duties:below")
TODAY = datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def district(country: Country) -> Client:
    return client_of(country["district.head"])


def form_team(office: Office, status: TeamStatus, *deviations: str) -> Team:
    """A team as its order leaves it; how one is formed is tested elsewhere."""
    formed_on = date(2025, 8, 3)
    rule = CompositionRule.objects.of(office.tier, formed_on) or CompositionRule.objects.create(
        tier=office.tier,
        leading_seat="leader",
        leader_bn="প্রধান",
        leader_en="Head",
        nominated_min=1,
        nominated_max=9,
        formed_by=office.tier,
        valid_from=date(2013, 1, 1),
        source="পরীক্ষা",
    )
    return Team.objects.create(
        office=office,
        issuing_office=office,
        status=status,
        rule=rule,
        formed_on=formed_on,
        deviations=list(deviations),
        deviation_reason="পদ শূন্য" if deviations else "",
        content=None if status == TeamStatus.DRAFT else {"title": "আদেশ"},
    )


def line_of(client: Client, office: Office, url: str = BELOW) -> str:
    """The line of an office, as read; "" when it is not listed."""
    page = client.get(url)
    assert page.status_code == 200
    rows = texts_of(page, "table.list tbody tr")
    return next((row for row in rows if office.name in row), "")


def test_line_tells_of_team_posts_log_in_plan_and_report(
    country: Country, district: Client
) -> None:
    head = country["upazila.head"]
    form_team(country.upazila, TeamStatus.ISSUED, "একজন শিক্ষক নেই")
    make_post(country.upazila, Role.MEMBER, "শূন্য পদের নাম")
    type(head).objects.filter(pk=head.pk).update(last_login=TODAY - timedelta(days=3))
    make_plan(country.upazila, by=head, status=PlanStatus.APPROVED)
    make_report(country.upazila, by=head, period="2025-2026", status=ReportStatus.SUBMITTED)
    line = line_of(district, country.upazila)
    for words in ("০৩ আগস্ট ২০২৫", "ব্যতিক্রম ১টি", "শূন্য ১", "১৮ নভেম্বর ২০২৬", "অনুমোদিত"):
        assert words.lstrip("০") in line, words
    assert "পর্যালোচক ঠিক হয়নি" in line


def test_what_is_being_written_looks_like_nothing(country: Country, district: Client) -> None:
    empty = line_of(district, country.sibling).replace(country.sibling.name, "")
    head = country["upazila.head"]
    form_team(country.upazila, TeamStatus.DRAFT)
    make_plan(country.upazila, by=head)
    make_report(country.upazila, by=head, period="2025-2026")
    assert line_of(district, country.upazila).replace(country.upazila.name, "") == empty
    for words in ("গঠিত হয়নি", "কখনো নয়", "জমা হয়নি", "পাঠায়নি"):
        assert words in empty, words


def test_post_without_a_head_is_told(country: Country, district: Client) -> None:
    PostHolding.objects.filter(person=country["upazila.head"]).update(ends_on=date(2026, 11, 20))
    assert "প্রধান নেই" in line_of(district, country.upazila)
    assert "প্রধান নেই" not in line_of(district, country.sibling)


@pytest.mark.parametrize(
    ("show", "listed"),
    [
        ("no_team", "sibling"),
        ("deviating", "upazila"),
        ("vacant", "upazila"),
        ("quiet", "sibling"),
        ("no_plan", "sibling"),
        ("no_report", "sibling"),
    ],
)
def test_question_lists_whom_it_concerns(
    country: Country, district: Client, show: str, listed: str
) -> None:
    head = country["upazila.head"]
    form_team(country.upazila, TeamStatus.ISSUED, "একজন শিক্ষক নেই")
    make_post(country.upazila, Role.MEMBER, "শূন্য")
    type(head).objects.filter(pk=head.pk).update(last_login=TODAY)
    make_plan(country.upazila, by=head, status=PlanStatus.SUBMITTED)
    make_report(country.upazila, by=head, period="2025-2026", status=ReportStatus.SUBMITTED)
    both = {"upazila": country.upazila, "sibling": country.sibling}
    found = {
        name for name, office in both.items() if line_of(district, office, f"{BELOW}?show={show}")
    }
    assert found == {listed}


def test_drilling_down_shows_one_level_and_its_sums(country: Country) -> None:
    form_team(country.upazila, TeamStatus.ISSUED)
    reviewer = client_of(country["reviewer"])
    assert line_of(reviewer, country.division)
    assert not line_of(reviewer, country.upazila)
    district = line_of(
        reviewer, country.district, reverse("duties:below_office", args=["division"])
    )
    assert "নিচে ২টি দপ্তর: টিম ১, পরিকল্পনা ০, প্রতিবেদন ০" in district


def test_question_goes_through_all_levels(country: Country) -> None:
    reviewer = client_of(country["reviewer"])
    for query in ("q=upazila", "tier=upazila", "show=no_team"):
        assert line_of(reviewer, country.upazila, f"{BELOW}?{query}"), query


def test_door_stands_only_where_it_opens(country: Country, district: Client) -> None:
    administrator = make_officer(country.root, Role.SYSTEM_ADMINISTRATOR)
    for client, opens in ((district, 200), (client_of(administrator), 404)):
        doors = find(client.get(reverse("teams:office_list")), "nav.sections a")
        assert (BELOW in {door.attrib["href"] for door in doors}) == (opens == 200)
        assert client.get(BELOW).status_code == opens


def test_upazila_is_told_that_nothing_stands_below(country: Country) -> None:
    page = client_of(country["upazila.member"]).get(BELOW)
    assert "কোনো দপ্তর নেই" in page.content.decode()


def test_file_has_what_the_page_lists(country: Country, district: Client) -> None:
    form_team(country.upazila, TeamStatus.ISSUED, "একজন শিক্ষক নেই")
    Office.objects.filter(pk=country.sibling.pk).update(name_bn="=1+1")
    answer = district.get(reverse("duties:below_xlsx", args=["district"]))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=6)}
    assert set(rows) == {country.upazila.name_bn, "=1+1"}
    assert rows["=1+1"][0].data_type == "s"
    upazila = [cell.value for cell in rows[country.upazila.name_bn]]
    assert upazila[2].date() == date(2025, 8, 3)
    assert upazila[3:6] == [1, 3, 0]


def test_questions_do_not_grow_with_offices(country: Country) -> None:
    reviewer = client_of(country["reviewer"])
    reviewer.get(BELOW)
    with CaptureQueriesContext(
        connection,
    ) as few:
        reviewer.get(f"{BELOW}?tier=upazila")
    for number in range(40):
        office = make_office(f"more-{number}", Tier.UPAZILA, country.district)
        make_post(office, Role.HEAD, holder=country["nobody"])
        form_team(office, TeamStatus.ISSUED)
    with CaptureQueriesContext(connection) as many:
        page = reviewer.get(f"{BELOW}?tier=upazila")
    assert len(texts_of(page, "table.list tbody tr")) == 42
    assert len(many) == len(few)
