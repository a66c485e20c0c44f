"""The search page: what is found and shown, by whom, however the words and days are typed."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.enums import MeetingStatus
from meetings.models import Meeting
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.meetings.minutes_rows import many_minutes, minutes
from tests.meetings.rows import decided
from tests.pages import find, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SEARCH = reverse("meetings:search")
# Links of the result to the minutes; each meeting has one.
FOUND = "main section.card h2 a"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


@pytest.fixture
def country() -> Country:
    return make_country()


def search(client: Client, words: str, **limits: str) -> HttpResponse:
    response = client.get(SEARCH, {"q": words, **limits})
    assert response.status_code == 200
    return response


def found(client: Client, words: str, **limits: str) -> list[str]:
    """Where the results lead, in their order."""
    return [link.get("href") for link in find(search(client, words, **limits), FOUND)]


def links_to(*meetings: Meeting) -> list[str]:
    return [reverse("meetings:minutes", args=[meeting.pk]) for meeting in meetings]


def marked(response: HttpResponse) -> list[str]:
    return texts_of(response, "mark")


# --- What is shown -------------------------------------------------------------------------
def test_page_without_words_explains_what_can_be_searched(client: Client) -> None:
    for address in (SEARCH, f"{SEARCH}?q=", f"{SEARCH}?q=%20&kind=topic"):
        page = client.get(address)
        assert "কী খোঁজা যায়" in texts_of(page, "h2"), address
        assert not find(page, "main p[role='status'], main .empty")


def test_meeting_is_shown_with_the_places_its_words_stand_in(client: Client, team: Team) -> None:
    meeting = minutes(
        team.office,
        by=team.head,
        topic="ফরম সহজীকরণ",
        discussion="পুরোনো ফরমটি তিন পাতার।",
        decisions=[decided(text="এক পাতার ফরম চালু করতে হবে।")],
    )
    page = search(client, "ফরম")
    assert texts_of(page, "main p[role='status']") == ["১টি সভায় পাওয়া গেছে"]
    assert [link.get("href") for link in find(page, FOUND)] == links_to(meeting)
    assert texts_of(page, "main dl dt") == ["আলোচ্য বিষয়", "সিদ্ধান্ত", "আলোচনা"]
    assert texts_of(page, "main dl dd")[1].startswith("এক পাতার ফরম চালু করতে হবে।")
    assert marked(page) == ["ফরম", "ফরম", "ফরম"]
    decision = meeting.decisions.get()
    assert find(page, f"dt a[href='{decision.get_absolute_url()}']")
    assert client.get(links_to(meeting)[0]).status_code == 200


def test_more_places_than_are_shown_are_counted(client: Client, team: Team) -> None:
    words = [decided(text=f"{n} নম্বর নথি") for n in range(5)]
    minutes(team.office, by=team.head, decisions=words)
    page = search(client, "নথি")
    assert len(find(page, "main dl dd")) == 3
    assert "আরও ২ জায়গায়" in texts_of(page, "main section.card")[0]


def test_words_of_minutes_are_never_taken_for_markup(client: Client, team: Team) -> None:
    minutes(team.office, by=team.head, discussion="ফরমে <b>মোটা</b> & <script>alert(1)</script>")
    page = search(client, "মোটা")
    assert marked(page) == ["মোটা"]
    assert not find(page, "main dd b, main dd script")
    assert texts_of(page, "main dd") == ["ফরমে <b>মোটা</b> & <script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("মোট ৩২টি সেবা", "32টি"),
        ("মোট 32টি সেবা", "৩২টি"),
        ("নির্ধারিত সময়ে শুনানি", "সম\u09df"),
        ("পুকুরের পা\u09dc বাঁধাই", "পাড়"),
        ("ঘি বিতরণ", "ঘি"),
        ("সবুজ র\u200d্যাক বসানো", "র্যাক"),
    ],
)
def test_word_is_found_however_it_is_typed(
    client: Client, team: Team, stored: str, typed: str
) -> None:
    meeting = minutes(team.office, by=team.head, discussion=stored)
    minutes(team.office, by=team.head, discussion="অন্য প্রসঙ্গ")
    assert found(client, typed) == links_to(meeting)


def test_nothing_found_says_so_with_advice(client: Client, team: Team) -> None:
    minutes(team.office, by=team.head, topic="নথি ভাগ")
    page = search(client, "জাহাজ")
    assert "পাওয়া যায়নি" in texts_of(page, "main .empty h2")[0]
    assert "বানান মিলিয়ে দেখুন" in texts_of(page, "main .empty")[0]
    limited = search(client, "নথি", kind="decision")
    [without] = [link for link in find(limited, "main .empty a") if "q=" in link.get("href")]
    assert find(client.get(SEARCH + without.get("href")), FOUND)


def test_results_come_in_pages_that_keep_what_was_asked(client: Client, team: Team) -> None:
    many_minutes(team.office, 45, by=team.head, hidden=dict.fromkeys(range(45), "অতসী"))
    query = {"q": "অতসী", "kind": "discussion"}
    pages = [client.get(SEARCH, query)]
    while following := find(pages[-1], "nav.pages a[rel='next']"):
        pages.append(client.get(SEARCH + following[0].get("href")))
    per_page = [[link.get("href") for link in find(page, FOUND)] for page in pages]
    assert [len(links) for links in per_page] == [20, 20, 5]
    assert len({link for links in per_page for link in links}) == 45


# --- Limits --------------------------------------------------------------------------------
def test_search_is_limited_to_a_part_of_the_minutes(client: Client, team: Team) -> None:
    topic = minutes(team.office, by=team.head, topic="নথি ভাগ")
    decision = minutes(team.office, by=team.head, decisions=[decided(text="নথি খুলতে হবে।")])
    assert found(client, "নথি", kind="topic") == links_to(topic)
    assert found(client, "নথি", kind="decision") == links_to(decision)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"since": "১০ অক্টোবর ২০২৬"}, [2]),
        ({"since": "10/10/2026"}, [2]),
        ({"since": "2026-10-10"}, [2]),
        ({"since": "২৫ আশ্বিন ১৪৩৩"}, [2]),
        ({"until": "৯.৯.২০২৬"}, [1, 0]),
        ({"until": "৮ সেপ্টেম্বর ২০২৬"}, [0]),
        ({"since": "সেপ্টেম্বর ২০২৬", "until": "সেপ্টেম্বর ২০২৬"}, [1]),
        ({"since": "জুলাই-সেপ্টেম্বর ২০২৬"}, [2, 1]),
        ({"until": "২০২৫-২৬"}, [0]),
        ({"since": "2026", "until": "২০২৬"}, [2, 1, 0]),
        ({"until": "২০২৫"}, []),
    ],
)
def test_search_is_limited_to_a_time_in_any_way_of_writing_it(
    client: Client, team: Team, limits: dict[str, str], expected: list[int]
) -> None:
    days = [date(2026, 6, 10), date(2026, 9, 9), date(2026, 10, 10)]
    meetings = [minutes(team.office, by=team.head, topic="নথি", on=day) for day in days]
    assert found(client, "নথি", **limits) == links_to(*(meetings[n] for n in expected))


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"since": "গত ঈদ"}, "“গত ঈদ” তারিখ হিসেবে পড়া গেল না"),
        ({"until": "31/02/2026"}, "তারিখ হিসেবে পড়া গেল না"),
        (
            {"since": "১/১০/২০২৬", "until": "১/৯/২০২৬"},
            "(১ সেপ্টেম্বর ২০২৬) শুরুর তারিখের (১ অক্টোবর ২০২৬) আগে",
        ),
    ],
)
def test_limit_that_makes_no_sense_is_said_and_nothing_searched(
    client: Client, team: Team, limits: dict[str, str], sentence: str
) -> None:
    minutes(team.office, by=team.head, topic="নথি")
    page = search(client, "নথি", **limits)
    assert sentence in " ".join(texts_of(page, ".invalid-feedback"))
    assert find(page, "details[open] input.is-invalid")
    assert not find(page, FOUND)


def test_office_is_asked_about_only_where_there_are_several(country: Country) -> None:
    assert find(client_of(country["district.member"]).get(SEARCH), "input[name='office']")
    assert not find(client_of(country["upazila.member"]).get(SEARCH), "input[name='office']")


def test_search_is_limited_to_an_office_by_any_part_of_its_name(country: Country) -> None:
    sent = {"status": MeetingStatus.CIRCULATED, "topic": "নথি"}
    below = minutes(country.upazila, by=country["upazila.head"], **sent)
    minutes(country.sibling, by=country["sibling.head"], **sent)
    reader = client_of(country["district.member"])
    assert len(found(reader, "নথি")) == 2
    for name in ("upazila", "upazila কার্যালয়", "Office of upazila"):
        assert found(reader, "নথি", office=name) == links_to(below), name


def test_name_of_several_offices_offers_them(country: Country) -> None:
    meeting = minutes(
        country.upazila,
        by=country["upazila.head"],
        topic="নথি",
        status=MeetingStatus.CIRCULATED,
    )
    reader = client_of(country["district.member"])
    page = search(reader, "নথি", office="কার্যালয়")
    assert "কয়েকটি দপ্তর" in texts_of(page, ".invalid-feedback")[0]
    offered = {link.text: link.get("href") for link in find(page, "ul.agenda a")}
    assert set(offered) == {f"{name} কার্যালয়" for name in ("district", "upazila", "sibling")}
    chosen = reader.get(SEARCH + offered["upazila কার্যালয়"])
    assert [link.get("href") for link in find(chosen, FOUND)] == links_to(meeting)


def test_office_one_does_not_read_is_not_named(country: Country) -> None:
    reader = client_of(country["district.member"])
    page = search(reader, "নথি", office="elsewhere")
    assert "কোনো দপ্তর পাওয়া যায়নি" in texts_of(page, ".invalid-feedback")[0]


# --- Who finds what ------------------------------------------------------------------------
def test_only_minutes_one_may_read_are_found(country: Country) -> None:
    head = country["upazila.head"]
    made = {
        status: minutes(country.upazila, by=head, topic="নথি", status=status)
        for status in (MeetingStatus.DRAFT, MeetingStatus.FINALISED, MeetingStatus.CIRCULATED)
    }
    settled, sent = made[MeetingStatus.FINALISED], made[MeetingStatus.CIRCULATED]
    assert found(client_of(country["upazila.member"]), "নথি") == links_to(sent, settled)
    for reader in ("district.head", "division.member", "reviewer"):
        assert found(client_of(country[reader]), "নথি") == links_to(sent), reader
    for stranger in ("sibling.head", "elsewhere.head", "administrator", "nobody"):
        assert found(client_of(country[stranger]), "নথি") == [], stranger
    assert Client().get(SEARCH, {"q": "নথি"}).status_code == 302


# --- What no form of ours sends, and how often the database is asked -----------------------
@pytest.mark.parametrize(
    "query",
    [
        {"q": "নথি\0"},
        {"q": "নথি " * 2_000},
        {"q": "%_\\'\""},
        {"q": '""'},
        {"q": "নথি", "page": "9" * 400},
        {"q": "নথি", "page": "-1"},
        {"q": "নথি", "kind": "x"},
        {"q": "নথি", "office": "\0", "since": "\0", "until": "9" * 5_000},
        {"q": "নথি", "since": "9999", "until": "0000"},
    ],
)
def test_odd_query_is_answered(country: Country, query: dict[str, str]) -> None:
    head = country["district.head"]
    minutes(country.district, by=head, topic="নথি")
    assert client_of(head).get(SEARCH, query).status_code == 200


@pytest.mark.parametrize("words", ["অতসী", "অত", "অতসী ঝুমকা"])
def test_page_asks_as_often_for_many_hits(country: Country, words: str) -> None:
    head = country["district.head"]
    many_minutes(country.upazila, 100, by=head, hidden=dict.fromkeys(range(100), "অতসী ঝুমকা"))
    many_minutes(country.district, 1, by=head, hidden={0: "অতসী ঝুমকা"})
    client = client_of(head)

    def asked(office: str, expected: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(found(client, words, office=office)) == expected
        return len(queries)

    assert asked("district", 1) == asked("upazila", 20)
