"""The nation on one page: its figures, the lists behind them, who sees what, what it costs."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from reports.enums import ReportStatus
from reports.models import Report, ReportFigure, Review, Submission
from reports.nation.seeding import seed_nation
from reports.nation.tally import percent
from reports.nation.tiles import SHORT, rows
from teams.enums import Tier
from teams.models import Extension, Office
from teams.offices import read_offices
from tests.factories import client_of
from tests.pages import find, one_line, texts_of
from tests.reports.nation_world import YEAR, Nation, listed, make_nation, numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

DHAKA = ZoneInfo("Asia/Dhaka")
START = date(2025, 7, 1)
HEAVIEST = 300_000


@pytest.fixture(scope="module")
def nation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Nation]:
    """The seeded nation, once for the module; each test's own writes are undone."""
    noon = datetime(2026, 11, 21, 12, tzinfo=DHAKA)
    with django_db_blocker.unblock(), time_machine.travel(noon), transaction.atomic():
        yield make_nation()
        transaction.set_rollback(True)


def links_of(client: Client, address: str) -> list[tuple[str, str]]:
    """Every figure of the page that leads to a list: its text and the list's address."""
    page = client.get(address)
    return [
        (one_line(link), urljoin(address, link.get("href")))
        for link in find(page, "main a")
        if (link.get("href") or "").startswith("reports/?")
    ]


# --- Figures and their lists ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("by", "only"),
    [("tier", f"year={YEAR}"), ("ministry", "in=ministry:"), ("district", "in=district:")],
)
def test_every_figure_leads_to_exactly_what_was_counted(nation: Nation, by: str, only: str) -> None:
    client = client_of(nation.reviewer)
    address = f"{reverse('reports:nation')}?by={by}"
    links = [(text, url) for text, url in links_of(client, address) if only in url]
    assert len(links) > 30
    lists = {url: listed(client, url) for url in {url for _text, url in links}}
    for text, url in links:
        names, told, total = lists[url]
        assert len(names) == told, url
        shown = numbers(text)[-1]
        if "figure=" in url:
            assert shown == total, url
        elif "%" in text:
            everybody = re.sub(r"show=\w+", "show=due", url)
            if everybody not in lists:
                lists[everybody] = listed(client, everybody)
            assert shown == percent(told, lists[everybody][1]), url
        elif "show=scored" in url:
            scores = Review.objects.filter(
                submission__report__office__name_bn__in=names,
                submission__report__starts_on=START,
                submission__report__status__in=[ReportStatus.ACCEPTED, ReportStatus.PUBLISHED],
            ).values_list("score", flat=True)
            assert len(scores) == told
            assert abs(shown - sum(scores) / len(scores)) <= Decimal("0.05"), url
        elif "in=office:" in url:
            assert told == 1
        else:
            assert shown == told, url


def test_counts_are_those_of_the_records(nation: Nation) -> None:
    """Counted anew from the rows, in plain Python."""
    client = client_of(nation.reviewer)
    reports = {
        report.office.name_bn: report
        for report in Report.objects.filter(starts_on=START).select_related("office")
        if report.first_sent_at
    }
    let_off = set(
        Extension.objects.filter(starts_on=START, new_due_on=None).values_list(
            "office__name_bn", flat=True
        )
    )
    offices = set(Office.objects.values_list("name_bn", flat=True))
    on_time = {
        name
        for name, report in reports.items()
        if report.first_sent_at.astimezone(DHAKA).date() <= report.due_on
    }
    expected = {
        "due": offices - (let_off - reports.keys()),
        "sent": set(reports),
        "on_time": on_time,
        "late": set(reports) - on_time,
        "unsent": offices - let_off - reports.keys(),
        "exempt": let_off - reports.keys(),
    }
    for status in (ReportStatus.RETURNED, ReportStatus.ACCEPTED, ReportStatus.PUBLISHED):
        expected[status] = {name for name, r in reports.items() if r.status == status}
    lists = reverse("reports:nation_reports")
    for show, names in expected.items():
        assert listed(client, f"{lists}?year={YEAR}&show={show}")[0] == names, show
    assert all(expected[show] for show in ("sent", "on_time", "late", "unsent", "accepted"))


def test_sums_are_those_of_the_last_accepted_sendings(nation: Nation) -> None:
    client = client_of(nation.reviewer)
    newest = {}
    for submission in Submission.objects.filter(
        report__starts_on=START, report__status__in=["accepted", "published"]
    ).order_by("number"):
        newest[submission.report_id] = submission.pk
    # Of some reports an earlier sending has the figure too, and must not count.
    assert Submission.objects.filter(report__in=newest).count() > len(newest)
    for key in ("ideas.received", "training.participants", "projects.saved_taka"):
        expected = ReportFigure.objects.filter(key=key, submission__in=newest.values()).aggregate(
            total=Sum("value")
        )["total"]
        url = f"{reverse('reports:nation_reports')}?year={YEAR}&figure={key}"
        assert listed(client, url)[1:] == (len(newest), expected)
        shown = [numbers(text)[-1] for text, link in links_of(client, reverse("reports:nation"))
                 if link.endswith(f"year={YEAR}&figure={key}")]  # fmt: skip
        assert shown == [expected]


def test_map_has_every_district_once() -> None:
    on_map = [code for row in rows() for code in row if code]
    districts = {office.code for office in read_offices() if office.tier == Tier.DISTRICT}
    assert len(on_map) == 64
    assert set(on_map) == set(SHORT) == districts


def test_map_says_its_state_in_words(nation: Nation) -> None:
    page = client_of(nation.reviewer).get(reverse("reports:nation"))
    tiles = texts_of(page, ".district-map a")
    assert len(tiles) == 2
    assert any("gazipur এলাকা" in tile for tile in tiles)
    assert all(re.search("ভালো|মাঝারি|কম", tile) for tile in tiles)


# --- Who sees what -------------------------------------------------------------------------------
def test_district_sees_its_own_part(nation: Nation) -> None:
    client = client_of(nation.district_head)
    names, *_rest = listed(client, f"{reverse('reports:nation_reports')}?year={YEAR}")
    inside = set(
        Office.objects.filter(path__contains="/gazipur/").values_list("name_bn", flat=True)
    )
    assert names
    assert names <= inside
    page = client.get(reverse("reports:nation"))
    assert "নিজের ও নিচের দপ্তরের চিত্র" in texts_of(page, "h1")[0]
    assert "narsingdi" not in page.content.decode()
    for text, url in links_of(client, reverse("reports:nation")):
        if f"year={YEAR}" not in url:
            continue
        found, told, total = listed(client, url)
        assert found <= inside
        assert told == len(found)
        if total is not None:
            assert numbers(text)[-1] == total


def test_group_outside_is_not_named(nation: Nation) -> None:
    client = client_of(nation.district_head)
    page = client.get(reverse("reports:nation_reports") + "?in=district:narsingdi")
    assert page.status_code == 422
    assert "narsingdi এলাকা" not in page.content.decode()


# --- Seeding -------------------------------------------------------------------------------------
def test_seeding_again_adds_nothing_and_is_the_same_everywhere(nation: Nation) -> None:
    states = list(Report.objects.values_list("status", flat=True))
    assert nation.seeded.reports == len(states) > 60
    assert {"draft", "submitted", "accepted", "published"} <= set(states)
    again = seed_nation(teams=1000, years=5)
    assert (again.reports, again.people) == (0, 0)
    fingerprints = Submission.objects.values_list("fingerprint", flat=True)
    assert len(set(fingerprints)) == nation.seeded.submissions
