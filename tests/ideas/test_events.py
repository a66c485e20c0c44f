"""Showcase events: prepared by a team, filled with published initiatives, shown to everybody."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.models import Event, EventEntry, Initiative
from teams.models import AuditEntry
from tests.factories import Team, client_of, make_team
from tests.ideas.showcase import TEXT, make_award, make_event, make_initiative
from tests.pages import alerts_after, find, form_fields, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def to(name: str, *args: object) -> str:
    return reverse(f"ideas:{name}", args=args)


def of(event: Event) -> str:
    return reverse("public:event_detail", args=[event.pk])


@pytest.fixture
def shown(team: Team) -> Initiative:
    return make_initiative(team.office, by=team.head, status="published")


def test_event_is_prepared_filled_and_published(
    team: Team, client: Client, shown: Initiative
) -> None:
    form = {
        **form_fields(client.get(to("event_create"))),
        "title": "জেলা শোকেসিং",
        "held_on": "২০/১২/২০২৬",
        "place": "মিলনায়তন",
    }
    address = client.post(to("event_create"), form).url
    assert client.post(to("event_create"), form).url == address  # the same form once more
    event = Event.objects.get()
    assert client.post(to("event_create"), {**form, "title": "আরেকটি"}).url != address
    said = alerts_after(client_of(team.head), to("event_publish", event.pk))
    assert said == ["আগে অন্তত একটি উদ্যোগ বেছে নিন, তারপর প্রকাশ করুন।"]
    other = make_team("other", parent=team.office)
    theirs = make_initiative(other.office, by=other.head, status="published")
    # Without words one's own pages are at hand; a search finds the whole country's.
    assert texts_of(client.get(address), ".todo b") == [TEXT.title]
    assert len(find(client.get(f"{address}?q=হাটের"), ".todo > li, .todo li")) == 2
    for initiative in (shown, theirs, theirs):
        client.post(to("entry_create", event.pk), {"initiative": initiative.pk})
    assert [entry.initiative for entry in event.entries.all()] == [shown, theirs]
    assert Client().get(of(event)).status_code == 404
    assert client.post(to("event_publish", event.pk)).status_code == 403
    client_of(team.head).post(to("event_publish", event.pk))
    page = Client().get(of(event))
    assert texts_of(page, ".exhibits h3") == [TEXT.title, TEXT.title]
    assert "২০ ডিসেম্বর ২০২৬" in page.content.decode()
    assert AuditEntry.objects.filter(action="event.publish").count() == 1


def test_entries_change_places_get_a_remark_and_go(team: Team, client: Client) -> None:
    pages = [make_initiative(team.office, by=team.head, status="published") for _ in range(3)]
    event = make_event(team.office, *pages, by=team.head)
    first, _second, last = event.entries.all()
    client.post(to("entry_move", last.pk), {"direction": "up"})
    client.post(to("entry_move", first.pk), {"direction": "up"})
    client.post(to("entry_update", first.pk), {"remark": " সেরা\nতিন "})
    order = [entry.initiative for entry in event.entries.all()]
    assert order == [pages[0], pages[2], pages[1]]
    # The second move went nowhere, and nobody reads of it.
    [moved] = AuditEntry.objects.filter(action="event.move_entry")
    assert moved.after == {"initiative": pages[2].pk, "place": 2}
    client.post(to("entry_remove", last.pk))
    assert [entry.remark for entry in event.entries.all()] == ["সেরা তিন", ""]
    page = client.post(to("entry_update", first.pk), {"remark": "ক" * 301})
    assert page.status_code == 422
    assert find(page, ".invalid-feedback")


@pytest.mark.parametrize("wanted", ["", "x", "9" * 30, "১", "-1", "1\0", "draft"])
def test_only_a_published_page_can_be_selected(team: Team, client: Client, wanted: str) -> None:
    event = make_event(team.office, by=team.head)
    draft = make_initiative(team.office, by=team.head)
    sent = {"initiative": draft.pk if wanted == "draft" else wanted}
    said = alerts_after(client, to("entry_create", event.pk), sent)
    assert said == ["উদ্যোগটি পাওয়া যায়নি, অথবা এর পাতা আর প্রকাশিত নয়।"]
    assert not EventEntry.objects.exists()


def test_withdrawn_page_of_another_office_is_named_nowhere(team: Team) -> None:
    other = make_team("other", parent=team.office)
    theirs = make_initiative(other.office, by=other.head, status="published")
    own = make_initiative(team.office, by=team.head, status="published")
    Initiative.objects.filter(pk=theirs.pk).update(title="গোপন নাম")
    event = make_event(team.office, theirs, own, by=team.head, published=True)
    assert "গোপন নাম" in Client().get(of(event)).content.decode()
    client_of(other.head).post(to("initiative_withdraw", theirs.pk))
    for page in (
        Client().get(of(event)),
        client_of(team.head).get(event.get_absolute_url()),
        client_of(team.head).get(f"{event.get_absolute_url()}?q=গোপন"),
    ):
        assert "গোপন নাম" not in texts_of(page, "main")[0]


def test_stale_save_of_an_event_shows_both_texts(team: Team, client: Client) -> None:
    event = make_event(team.office, by=team.head)
    address = to("event_update", event.pk)
    form = form_fields(client.get(address))
    client_of(team.head).post(address, {**form, "place": "তাঁর স্থান"})
    page = client.post(address, {**form, "place": "আমার স্থান"})
    assert page.status_code == 409
    assert "তাঁর স্থান" in texts_of(page, ".words")
    assert client.post(address, form_fields(page)).status_code == 302
    event.refresh_from_db()
    assert event.place == "আমার স্থান"
    assert client.post(address, form_fields(page)).status_code == 302  # the answer was lost


def test_published_event_is_mended_by_whoever_leads(
    team: Team, client: Client, shown: Initiative
) -> None:
    event = make_event(team.office, shown, by=team.head, published=True)
    entry = event.entries.get()
    for name, number in (
        ("event_update", event.pk),
        ("entry_create", event.pk),
        ("entry_remove", entry.pk),
        ("entry_update", entry.pk),
        ("entry_move", entry.pk),
        ("event_withdraw", event.pk),
    ):
        assert client.post(to(name, number), {"initiative": shown.pk}).status_code == 403
    assert client.get(event.get_absolute_url()).status_code == 200
    client_of(team.head).post(to("event_withdraw", event.pk))
    assert Client().get(of(event)).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"title": " "},
        {"held_on": ""},
        {"held_on": "কাল"},
        {"held_on": "৩১/০২/২০২৬"},
        {"form_key": "x"},
    ],
)
def test_faulty_event_is_told(team: Team, client: Client, typed: dict[str, str]) -> None:
    form = {**form_fields(client.get(to("event_create"))), "title": "ক", "held_on": "১/১/২০২৬"}
    assert client.post(to("event_create"), {**form, **typed}).status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize("words", ["%00", "১+" * 100, "ক+" * 3_000, "%27%22%3C"])
def test_odd_search_gets_an_answer(team: Team, client: Client, words: str) -> None:
    event = make_event(team.office, by=team.head)
    assert client.get(f"{event.get_absolute_url()}?q={words}").status_code == 200


def test_words_of_an_event_stay_words(team: Team, shown: Initiative) -> None:
    event = make_event(team.office, shown, by=team.head, published=True)
    attack = "<img src=x onerror=alert(1)>"
    Event.objects.update(title=attack, place=attack, text=attack)
    EventEntry.objects.update(remark=attack)
    for page in (Client().get(of(event)), client_of(team.head).get(event.get_absolute_url())):
        assert attack.encode() not in page.content


def test_list_of_events_and_their_pages_ask_as_often_for_many(
    team: Team, client: Client, shown: Initiative
) -> None:
    event = make_event(team.office, shown, by=team.head, published=True)
    addresses = (to("event_list"), event.get_absolute_url(), of(event))

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_award(team.office, by=team.head, event=event)
    few = [asked(address) for address in addresses]
    make_award(team.office, by=team.head, event=event)
    for _ in range(3):
        page = make_initiative(team.office, by=team.head, status="published")
        EventEntry.objects.create(event=event, initiative=page)
        make_event(team.office, page, by=team.head)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 9
