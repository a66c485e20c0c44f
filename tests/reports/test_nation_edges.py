"""The nation on one page where it is odd: midnight, grants, closed offices, addresses, cost."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.enums import ReportStatus
from reports.models import Report, ReportFigure
from reports.nation.periods import Calendar
from reports.nation.seeding import seed_nation
from teams.enums import DueKind, Role, Tier
from teams.models import Extension, Office
from tests.factories import client_of, make_country, make_office, make_officer
from tests.pages import find, one_line, texts_of
from tests.reports.build import make_report
from tests.reports.nation_world import YEAR, listed
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

DHAKA = ZoneInfo("Asia/Dhaka")
START = date(2025, 7, 1)
HEAVIEST = 300_000


# --- Midnight, grants, states --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "show"),
    [
        (datetime(2026, 7, 31, 23, 59, 59, tzinfo=DHAKA), "on_time"),
        (datetime(2026, 8, 1, 0, 0, 0, tzinfo=DHAKA), "late"),
    ],
)
def test_midnight_in_dhaka_parts_on_time_from_late(sent: datetime, show: str) -> None:
    country = make_country()
    with time_machine.travel(sent):
        make_report(country.upazila, by=country["upazila.head"], status=ReportStatus.SUBMITTED)
    client = client_of(country["reviewer"])
    lists = f"{reverse('reports:nation_reports')}?year={YEAR}&show="
    assert listed(client, lists + show)[0] == {country.upazila.name_bn}
    other = {"on_time": "late", "late": "on_time"}[show]
    assert listed(client, lists + other)[1:] == (0, None)


def test_grants_count() -> None:
    country = make_country()
    grant = {
        "kind": DueKind.ANNUAL_REPORT,
        "starts_on": START,
        "reason": "বন্যা",
        "granted_by": country["reviewer"],
    }
    Extension.objects.create(office=country.upazila, **grant)
    Extension.objects.create(office=country.sibling, new_due_on=date(2026, 12, 31), **grant)
    client = client_of(country["reviewer"])
    page = client.get(reverse("reports:nation"))
    unsent = {
        texts_of_row[0]: texts_of_row[-1]
        for row in find(page, "main table tr")
        if (texts_of_row := [one_line(cell) for cell in row if cell.tag in {"th", "td"}])
    }
    assert unsent[country.sibling.name_bn] == "সময় আছে"
    assert unsent[country.district.name_bn] == "১১৩ দিন"
    assert country.upazila.name_bn not in unsent
    lists = f"{reverse('reports:nation_reports')}?year={YEAR}&show=exempt"
    assert listed(client, lists)[0] == {country.upazila.name_bn}


def test_closed_office_owes_nothing_but_what_it_sent_counts() -> None:
    country = make_country()
    make_report(country.upazila, by=country["upazila.head"], status=ReportStatus.SUBMITTED)
    Office.objects.filter(pk__in=[country.upazila.pk, country.sibling.pk]).update(is_active=False)
    client = client_of(country["reviewer"])
    names, *_rest = listed(client, f"{reverse('reports:nation_reports')}?year={YEAR}&show=due")
    assert country.upazila.name_bn in names
    assert country.sibling.name_bn not in names


def test_report_begun_and_report_not_begun_look_alike() -> None:
    """What a team is writing is its own: nobody learns whether it has begun."""
    country = make_country()
    client = client_of(country["reviewer"])
    address = reverse("reports:nation_reports") + "?show=unsent"
    before = texts_of(client.get(address), "main")
    make_report(country.upazila, by=country["upazila.head"])
    assert texts_of(client.get(address), "main") == before


def test_office_without_offices_below_has_no_page() -> None:
    root = make_office("root", Tier.CABINET)
    ministry = make_office("ministry", Tier.MINISTRY, root)
    agency = make_office("agency", Tier.AGENCY, ministry)
    for office, status in ((agency, 404), (ministry, 200)):
        client = client_of(make_officer(office, Role.INNOVATION_OFFICER))
        for name in ("reports:nation", "reports:nation_reports"):
            assert client.get(reverse(name)).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "year=যা-তা",
        "year=99999",
        "year=1990-1991",
        "year=2031-2032",
        "year=2016",
        "kind=weekly",
        "by=office",
        "by=%00",
        "kind=half_yearly&year=2025-2026",
    ],
)
def test_odd_address_of_the_page_is_told_in_words(query: str) -> None:
    root = make_office("root", Tier.CABINET)
    client = client_of(make_officer(root, Role.CABINET_REVIEWER))
    page = client.get(f"{reverse('reports:nation')}?{query}")
    if query == "year=2016":
        assert page.status_code == 200
    else:
        assert page.status_code == 422
        assert texts_of(page, ".alert")


@pytest.mark.parametrize(
    "query",
    ["show=all", "figure=x.y", "in=district:nowhere", "in=x:y", "in=%00:%00", "in=tier:upazila:x"],
)
def test_odd_address_of_a_list_is_told_in_words(query: str) -> None:
    root = make_office("root", Tier.CABINET)
    client = client_of(make_officer(root, Role.CABINET_REVIEWER))
    page = client.get(f"{reverse('reports:nation_reports')}?{query}")
    assert page.status_code == 422
    assert texts_of(page, ".alert")


# --- Periods -------------------------------------------------------------------------------------
def test_years_beside_each_other_follow_the_rules_of_the_year() -> None:
    calendar = Calendar("annual")
    codes = [year.code for year in calendar.beside(Period.parse("2018-2019"), 4)]
    assert codes == ["2018-2019", "2017-2018", "2016", "2015"]
    halves = Calendar("half_yearly")
    assert halves.last_over(date(2026, 11, 21)).code == "2026-01..2026-06"
    assert [half.code for half in halves.beside(Period.parse("2026-01..2026-06"), 2)] == [
        "2026-01..2026-06",
        "2025-07..2025-12",
    ]


# --- Cost ----------------------------------------------------------------------------------------
def cost(client: Client, address: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return len(asked), len(page.content)


def test_page_asks_as_often_for_many_years_of_many_offices() -> None:
    """One office with a report, then fifty with five years of them."""
    addresses = [
        *(f"{reverse('reports:nation')}?by={by}" for by in ("tier", "ministry", "district")),
        f"{reverse('reports:nation_reports')}?show=sent",
        f"{reverse('reports:nation_reports')}?figure=ideas.received",
    ]
    root = make_office("cabinet-division", Tier.CABINET)
    reviewer = make_officer(root, Role.CABINET_REVIEWER)
    head = make_officer(root, Role.HEAD)
    report = make_report(root, by=head, reviewer=reviewer, status=ReportStatus.ACCEPTED)
    submission = report.submissions.get()
    ReportFigure.objects.get_or_create(
        submission=submission, key="ideas.received", defaults={"value": 3}
    )
    client = client_of(reviewer)
    few = [cost(client, address)[0] for address in addresses]
    division = make_office("dhaka-division", Tier.DIVISION, root)
    for district in ("gazipur", "narsingdi", "dhaka", "tangail"):
        above = make_office(district, Tier.DISTRICT, division)
        for number in range(12):
            make_office(f"{district}-{number}", Tier.UPAZILA, above)
    assert seed_nation(teams=1000, years=5).reports > 150
    many = [cost(client, address) for address in addresses]
    assert [queries for queries, _size in many] == few
    assert max(few) <= 16
    assert all(size < HEAVIEST for _queries, size in many)


# --- Seeding ------------------------------------------------------------------------------------
def test_seeding_refuses_where_people_work() -> None:
    root = make_office("cabinet-division", Tier.CABINET)
    person = make_officer(root, Role.CABINET_REVIEWER)
    person.email = "selina@cabinet.gov.bd"
    person.save()
    with pytest.raises(CommandError, match="--force"):
        call_command("seednation", stdout=StringIO())
    assert not Report.objects.exists()
    told = StringIO()
    call_command("seednation", "--force", "--years=1", stdout=told)
    assert told.getvalue().startswith("nation: ")
