"""What everybody sees: the tree, the map of districts, and the nation's savings."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ideas.actions import MeasureRow, drop_replication
from ideas.enums import ReplicationStatus
from ideas.models import Initiative, Measure, Pilot, Replication
from ideas.national import nation
from ideas.spread import spread_of, tree_of
from teams.enums import Role, Tier
from tests.factories import Country, make_country, make_office, make_officer
from tests.ideas.spreading import TAKA, adopt, make_initiative, take
from tests.pages import find, one_line, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def initiative(country: Country) -> Initiative:
    return make_initiative(country.upazila, by=country["upazila.head"])


@pytest.fixture
def stranger() -> Client:
    return Client()


def url_of(initiative: Initiative) -> str:
    return reverse("public:spread", args=[initiative.pk])


SAVINGS = "/savings/"
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


# --- The tree ----------------------------------------------------------------------------------
def test_the_tree_shows_who_took_it_from_whom(country, initiative, stranger):
    first = take(initiative, country.sibling, by=country["sibling.head"])
    adopt(first, by=country["sibling.head"])
    take(initiative, country.elsewhere, by=country["elsewhere.head"], taken_from=first)
    take(initiative, country.district, by=country["district.head"])

    page = stranger.get(url_of(initiative))

    (inner,) = find(page, ".lineage ul ul")
    assert country.elsewhere.name_bn in one_line(inner)
    assert country.district.name_bn not in one_line(inner)
    assert texts_of(page, ".branch .chip") == ["চালু", "বাস্তবায়ন চলছে", "বাস্তবায়ন চলছে"]


def test_a_dropped_one_holds_the_line_and_says_no_reason(country, initiative, stranger):
    first = take(initiative, country.sibling, by=country["sibling.head"], adaptations="ভেতরের কথা")
    adopt(first, by=country["sibling.head"])
    take(initiative, country.elsewhere, by=country["elsewhere.head"], taken_from=first)
    drop_replication(replication=first, reason="গোপন কারণ", by=country["sibling.head"])

    page = stranger.get(url_of(initiative))

    assert texts_of(page, ".branch .chip") == ["এখন চালু নেই", "বাস্তবায়ন চলছে"]
    for words in ("গোপন কারণ", "ভেতরের কথা"):
        assert words not in page.content.decode()


def test_a_dropped_one_from_which_nobody_learnt_is_gone(country, initiative, stranger):
    first = take(initiative, country.sibling, by=country["sibling.head"])
    drop_replication(replication=first, reason="জনবল নেই", by=country["sibling.head"])

    assert not find(stranger.get(url_of(initiative)), ".branch")


def test_a_long_line_of_learning_is_drawn_to_its_end(country, initiative, stranger):
    last = None
    for number in range(120):
        last = Replication.objects.create(
            idea=initiative.idea,
            office=make_office(f"chain-{number}", parent=country.district),
            taken_by=country["district.head"],
            taken_from=last,
        )

    page = stranger.get(url_of(initiative))

    branches = find(page, ".branch")
    assert len(branches) == 120
    assert sum(one.tag == "ul" for one in branches[-1].iterancestors()) == 120


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_published_pages_have_one(initiative, stranger, status):
    Initiative.objects.filter(pk=initiative.pk).update(status=status)

    assert stranger.get(url_of(initiative)).status_code == 404


def test_lists_open_and_close_in_step():
    """Every list that a branch opens is closed again, whatever the shape of the tree."""
    now = timezone.now()
    shapes = [[None], [None, 0, 1, 2, None], [None, 0, 0, 1, 3, 2, None, 6], [None, None, 0, 2, 3]]
    for parents in shapes:
        rows = [
            Replication(pk=pk, taken_from_id=parent, taken_at=now, status=ReplicationStatus.TAKEN)
            for pk, parent in enumerate(parents)
        ]
        branches = tree_of(rows)
        assert len(branches) == len(rows)
        assert sum(one.opens for one in branches) == sum(one.closes for one in branches)
        by_pk = {one.replication.pk: one for one in branches}
        for one in branches:
            parent = one.replication.taken_from_id
            assert one.depth == (by_pk[parent].depth + 1 if parent is not None else 1)


# --- The map -----------------------------------------------------------------------------------
def test_offices_are_counted_in_their_district(country, initiative, stranger):
    adopt(take(initiative, country.sibling, by=country["sibling.head"]), by=country["sibling.head"])
    take(initiative, country.elsewhere, by=country["elsewhere.head"])

    spread = spread_of(initiative)

    (area,) = spread.map.areas
    counted = {
        place.office.code: (place.is_origin, place.in_use, place.under_way)
        for place in area.districts
    }
    assert counted == {"district": (True, 1, 0), "elsewhere": (False, 0, 1)}
    page = stranger.get(url_of(initiative))
    assert [tile.get("class") for tile in find(page, ".tiles li")] == ["in-use", "under-way"]
    # The same in words, for whoever does not see colours and marks.
    assert "১টি দপ্তরে চালু" in texts_of(page, ".tiles li")[0]
    assert texts_of(page, "details table tbody td") == ["১", "০", "হ্যাঁ", "০", "১", ""]


def test_a_ministry_stands_beside_the_map(country, stranger):
    ministry = make_office("ministry", Tier.MINISTRY, country.root)
    head = make_officer(ministry, Role.HEAD)
    initiative = make_initiative(ministry, by=head)

    spread = spread_of(initiative)

    assert [place.office for place in spread.map.central] == [ministry]
    assert ministry.name_bn in stranger.get(url_of(initiative)).content.decode()


# --- The sums ----------------------------------------------------------------------------------
def test_the_initiatives_sum_opens_its_arithmetic(country, initiative, stranger):
    adopt(
        take(initiative, country.sibling, by=country["sibling.head"]),
        rows=(MeasureRow("time", "day", Decimal(20), Decimal(10)),),
        people=500,
        by=country["sibling.head"],
    )

    page = stranger.get(url_of(initiative))

    # 23 days for 12,000 people and 10 days for 500
    assert texts_of(page, ".savings .figure")[0] == "২,৮১,০০০ দিন"
    terms = texts_of(page, ".savings .terms li")
    assert f"(৩০ {MINUS} ৭) দিন {TIMES} ১২,০০০ জন = ২,৭৬,০০০ দিন" in terms[0]
    assert f"(২০ {MINUS} ১০) দিন {TIMES} ৫০০ জন = ৫,০০০ দিন" in terms[1]


def test_what_is_under_way_or_dropped_saves_nothing_yet(country, initiative):
    take(initiative, country.sibling, by=country["sibling.head"])
    second = take(initiative, country.elsewhere, by=country["elsewhere.head"])
    adopt(second, by=country["elsewhere.head"])
    drop_replication(replication=second, reason="বন্ধ", by=country["elsewhere.head"])

    assert spread_of(initiative).totals.time.amount == 23 * 1440 * 12_000


def test_the_nation_adds_up_initiatives_and_divisions(country, initiative, stranger):
    make_initiative(
        country.elsewhere,
        by=country["elsewhere.head"],
        rows=(TAKA, MeasureRow("visits", "visit", Decimal(1), Decimal(3))),
        people=100,
        title="এক জায়গায় সব ফি",
    )
    ministry = make_office("ministry", Tier.MINISTRY, country.root)
    replication = take_for(ministry, initiative, country)

    found = nation()

    assert found.totals.time.amount == 23 * 1440 * (12_000 + 1_000)
    assert found.totals.cost.amount == Decimal("49.5") * 100
    assert found.totals.visits.amount == -200
    for total, by_line in zip(found.totals, range(3), strict=True):
        for lines in (found.initiatives, found.divisions):
            assert sum(list(line.totals)[by_line].amount for line in lines) == total.amount
    central = next(line for line in found.divisions if line.division is None)
    assert (central.sources, central.totals.time.amount) == (1, 23 * 1440 * 1_000)
    page = stranger.get(SAVINGS)
    assert f"{MINUS}২০০ বার" in page.content.decode()
    assert replication.office.name_bn in page.content.decode()


def take_for(office, initiative: Initiative, country: Country) -> Replication:
    """In use in an office that has nobody in these tests."""
    now = timezone.now()
    replication = Replication.objects.create(
        idea=initiative.idea,
        office=office,
        status=ReplicationStatus.IN_USE,
        taken_by=country["district.head"],
        adopted_at=now,
        adopted_by=country["district.head"],
        people_per_year=1_000,
    )
    Measure.objects.create(replication=replication, kind="time", unit="day", before=30, after=7)
    return replication


def test_what_is_not_counted_is_said_with_its_reason(country, stranger):
    make_initiative(country.upazila, by=country["upazila.head"], people=None)
    make_initiative(country.sibling, by=country["sibling.head"], rows=())

    page = stranger.get(SAVINGS)

    assert "বছরে কতজন সেবা নেন, তা লেখা হয়নি: ১টি" in " ".join(texts_of(page, "li"))
    assert "কোনো পরিমাপ লেখা হয়নি: ১টি" in " ".join(texts_of(page, "li"))


def test_unpublished_and_unfinished_pilots_are_no_savings(country, initiative):
    second = make_initiative(country.sibling, by=country["sibling.head"])
    Initiative.objects.filter(pk=second.pk).update(status="withdrawn")
    third = make_initiative(country.elsewhere, by=country["elsewhere.head"])
    Pilot.objects.filter(idea=third.idea).update(status="running")

    found = nation()

    assert [line.initiative for line in found.initiatives] == [initiative]
    assert found.unfinished == 1


def test_with_nothing_at_all_the_page_says_so(stranger):
    page = stranger.get(SAVINGS)

    assert page.status_code == 200
    assert find(page, ".empty")


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=" + "9" * 50, "?page=%00"])
def test_odd_pages_are_answered(initiative, stranger, query):
    assert stranger.get(SAVINGS + query).status_code == 200


# --- Queries -----------------------------------------------------------------------------------
def test_public_pages_take_as_many_queries_at_one_as_at_a_hundred(country, initiative, stranger):
    take_for(country.sibling, initiative, country)
    counts = [count(stranger, url) for url in (url_of(initiative), SAVINGS)]
    for number in range(100):
        take_for(make_office(f"many-{number}", parent=country.district), initiative, country)

    assert [count(stranger, url) for url in (url_of(initiative), SAVINGS)] == counts
    assert max(counts) <= 12


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
