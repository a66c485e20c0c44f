"""Feeds and site maps, as readers and search engines take them."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from reports.actions import withdraw_publication
from reports.models import Publication
from tests.factories import Country, make_country, make_plan
from tests.ideas.showcase import make_initiative
from tests.reports.publishing import released_plan
from workplans.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://localhost:8000"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plans(country: Country) -> list[Publication]:
    """A plan of the upazila and one of its sister."""
    return [
        released_plan(
            make_plan(office, by=head, status="approved", period="2024"),
            by=head,
        )
        for office, head in (
            (country.upazila, country["upazila.head"]),
            (country.sibling, country["sibling.head"]),
        )
    ]


def xml(address: str) -> ElementTree.Element:
    answer = Client().get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def links(feed: ElementTree.Element) -> list[str]:
    return [link.attrib["href"] for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")]


def locations(address: str) -> list[str]:
    return [str(loc.text) for loc in xml(address).iter(f"{MAP}loc")]


def test_national_feed_has_everything_newest_first(
    country: Country, plans: list[Publication]
) -> None:
    initiative = make_initiative(country.upazila, by=country["upazila.head"], status="published")
    feed = xml(reverse("open:feed"))
    assert links(feed) == [
        SITE + one.get_absolute_url() for one in (initiative, plans[1], plans[0])
    ]
    entry = feed.findall(f"{ATOM}entry")[1]
    assert entry.findtext(f"{ATOM}title") == "কর্মপরিকল্পনা, ২০২৪"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == country.sibling.name_bn
    assert str(entry.findtext(f"{ATOM}published")).startswith("2026-11-21T")


def test_feed_of_an_office_has_its_own(country: Country, plans: list[Publication]) -> None:
    feed = xml(reverse("open:office_feed", args=[country.upazila.code]))
    assert links(feed) == [SITE + plans[0].get_absolute_url()]
    assert country.upazila.name_bn in str(feed.findtext(f"{ATOM}title"))


def test_feed_is_in_bengali_for_everybody(plans: list[Publication]) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    assert client.get(reverse("open:feed")).content == Client().get(reverse("open:feed")).content


def test_withdrawn_and_replaced_leave_feed_and_map(
    country: Country, plans: list[Publication]
) -> None:
    mine, other = plans
    withdraw_publication(publication=other, reason="ভুল", by=country["sibling.head"])
    Task.objects.filter(plan=mine.plan).update(title="সংশোধিত")
    assert mine.plan is not None
    newer = released_plan(mine.plan, by=country["upazila.head"])
    assert links(xml(reverse("open:feed"))) == [SITE + newer.get_absolute_url()]
    published = locations(reverse("open:sitemap_section", args=["publications"]))
    assert [one.removeprefix(SITE) for one in published] == [newer.get_absolute_url()]
    offices = locations(reverse("open:sitemap_section", args=["offices"]))
    assert [one.rpartition("/office/")[2] for one in offices] == [f"{country.upazila.code}/"]


def test_map_leads_to_pages_that_answer(plans: list[Publication]) -> None:
    parts = locations(reverse("open:sitemap"))
    assert len(parts) == 5
    pages = [page for part in parts for page in locations(part.removeprefix(SITE))]
    assert len(pages) >= 10
    for page in pages:
        assert Client().get(page.removeprefix(SITE)).status_code == 200, page


def test_robots_are_shown_the_map() -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {SITE}/sitemap.xml" in answer.content.decode()
