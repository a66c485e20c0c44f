"""Numbers, words and bodies that no form of the room of meetings sends: each gets an answer."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from docx import Document
from icalendar import Calendar
from pytest_django import DjangoDbBlocker

from meetings.actions import update_meeting
from meetings.enums import MeetingStatus
from meetings.forms.calling import head_words
from meetings.models import FollowUp, Meeting
from tests.access_meetings import MEETING_ADDRESSES
from tests.access_rules import DONE
from tests.access_world import World, build_world, records, undone
from tests.factories import Team, client_of, make_team
from tests.meetings.rows import decided, make_meeting, take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HUGE, ENDLESS = "9" * 30, "1" * 5_000
ANSWERED = {200, 302, 404, 409, 422}
SCRIPT = {"X-Requested-With": "minutes"}


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def meeting(team: Team) -> Meeting:
    post = team.member.scope.main_post
    return make_meeting(team.office, by=team.head, decisions=[decided(post)])


@pytest.fixture
def head(team: Team) -> Client:
    return client_of(team.head)


def to(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


# --- Every form of the room ----------------------------------------------------------------
def writes(name: str) -> str:
    """A state in which the head of the office writes something with the form; "" for none."""
    address = MEETING_ADDRESSES[name]
    states = (state for state in address.states if address.outcome("POST", state, "head") == DONE)
    return next(states, "")


FORMS = [name for name in MEETING_ADDRESSES if writes(name)]
ODD: dict[str, Any] = {
    "nothing": "",
    "a sign that no text may hold": "ক\0খ",
    "a line of 10,000 letters": "ক" * 10_000,
    "a number beyond every column": HUGE,
    "a number without an end": ENDLESS,
    "a negative number": "-1",
    "digits of a third script": "٣",
    "a superscript": "²",
    "markup": "<script>alert(1)</script>",
    "a tag of a template": "{{ 7 * 7 }}{% for %}",
    "a day that does not exist": "৩১/০২/২০২৬",
    "the last day there is": "31/12/9999",
    "several at once": ["ক", "খ", HUGE],
}


@pytest.mark.parametrize("name", FORMS)
def test_odd_field_of_a_form_is_answered(world: World, name: str) -> None:
    address, state = MEETING_ADDRESSES[name], writes(name)
    url = world.url(name, address.about, state)
    client = world.client("head")
    fields = [*address.sends(world.things[state]), "version", "form_key", "keep_text"]
    for field in dict.fromkeys(fields):
        for what, odd in ODD.items():
            form = {**address.sends(world.things[state]), field: odd}
            with undone():
                response = client.post(url, form, headers=SCRIPT)
                assert response.status_code in ANSWERED, f"{field}: {what}"


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"topic": ["a"], "version": {}}'),
        ("application/x-www-form-urlencoded", b"topic=%ff%fe&version=%&=&&text=\xff"),
        ("application/x-www-form-urlencoded; charset=utf-16", "topic=ক".encode("utf-16")),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n"),
        ("multipart/form-data", b"no boundary"),
        ("text/plain", b"\x00"),
        ("", b""),
    ],
    ids=["json", "broken signs", "another encoding", "cut off", "no boundary", "text", "nothing"],
)
def test_odd_body_is_answered(world: World, name: str, content_type: str, body: bytes) -> None:
    address, state = MEETING_ADDRESSES[name], writes(name)
    url = world.url(name, address.about, state)
    with undone():
        response = world.client("head").generic("POST", url, body, content_type=content_type)
        assert response.status_code in ANSWERED | {400}


# --- Addresses and searches ----------------------------------------------------------------
NUMBERED = [
    name
    for name, address in MEETING_ADDRESSES.items()
    if address.about not in ("", "template_kind")
]


@pytest.mark.parametrize("name", NUMBERED)
def test_odd_number_in_an_address_is_not_found(world: World, name: str) -> None:
    address = MEETING_ADDRESSES[name]
    args = world.things[address.states[0]].addresses[address.about]
    client = world.client("head")
    for place, number in enumerate(args):
        if not isinstance(number, int):
            continue
        for odd in (0, 10**30, int(ENDLESS[:4_000]), 2**63, 2**31):
            url = reverse(name, args=[*args[:place], odd, *args[place + 1 :]])
            with undone():
                answers = [client.get(url), client.post(url), client.head(url)]
            # Of a sentence pressed away twice, the second press says the same as the first.
            gone = {302} if name == "meetings:phrase_delete" and place else {404}
            assert {answer.status_code for answer in answers} <= gone | {405}


@pytest.mark.parametrize("pk", ["-1", "৫", "1.0", "%00", "1e3", ""])
@pytest.mark.parametrize("start", ["", "decisions/", "books/", "imports/", "versions/"])
def test_what_is_no_number_is_no_address(head: Client, start: str, pk: str) -> None:
    assert head.get(f"/meetings/{start}x{pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["extract", "x" * 500, "MINUTES", "-", "__class__"])
def test_odd_kind_of_paper_is_not_found(team: Team, head: Client, kind: str) -> None:
    assert head.get(to("template_default", kind)).status_code == 404
    for verb in ("delete", "upload"):
        form = {"file": SimpleUploadedFile("ছক.docx", b"PK")} if verb == "upload" else {}
        assert head.post(to(f"template_{verb}", team.office.pk, kind), form).status_code == 404


# Each page with what its address may ask.
ASKED = {
    "list": ("year", "tab", "q", "month", "page"),
    "no_meeting": ("office", "month"),
    "decision_list": ("q", "post", "meeting", "origin", "state", "page"),
    "search": ("q", "kind", "office", "since", "until", "page"),
    "statistics": ("year", "q", "tier", "sort", "page", "rows"),
    "arrange": ("change",),
}
WORDS = ["", "\0", "%_\\'\"'", '"', "“", "্", "ক " * 1_200, "ক" * 60_000, "<b>"]
NUMBERS = [HUGE, ENDLESS, "-1", "0", "²", "৫", "9999"]
DAYS = ["0000", "0001", "0002", "9998", "9999-10000", "9999-12", "0000-01", "2026-13", "৩১/১২/৯৯৯৯"]
CHANGES = ["topic-", f"topic-{HUGE}", "phrase-1-2", "template-x"]


def oddities(name: str) -> list[str]:
    """What nobody would ask: words and numbers of everything, and its own kind of oddity."""
    days = DAYS if name in ("year", "month", "since", "until") else []
    return [*WORDS, *NUMBERS, *days, *(CHANGES if name == "change" else [])]


@pytest.mark.parametrize("page", ASKED)
def test_odd_question_is_answered(head: Client, meeting: Meeting, page: str) -> None:
    for name in ASKED[page]:
        questions: list[dict[str, Any]] = [{name: odd} for odd in oddities(name)]
        questions.append({name: [HUGE, "ক"]})
        if page == "list":  # whose other tab is a page of its own
            questions += [{"tab": "below", "q": "ক", name: odd} for odd in oddities(name)]
        for asked in questions:
            assert head.get(to(page), asked).status_code == 200, str(asked)[:60]


@pytest.mark.parametrize("office", [HUGE, "-1", "x", "\0", ""])
def test_lists_of_an_odd_office_are_not_found(head: Client, office: str) -> None:
    assert head.get(to("arrange"), {"office": office}).status_code == 404


@pytest.mark.parametrize("number", [HUGE, ENDLESS, "৫", "-1", "x", "\0"])
def test_odd_numbers_in_the_address_of_a_draft_are_passed_over(
    head: Client, meeting: Meeting, number: str
) -> None:
    for name in ("removed", "item"):
        assert head.get(meeting.get_absolute_url(), {name: number}).status_code == 200


@pytest.mark.parametrize("before", [HUGE, ENDLESS, "৫", "-1", "0", "²", "1 OR 1=1", "\0"])
def test_odd_place_of_a_move_is_answered(head: Client, meeting: Meeting, before: str) -> None:
    item = meeting.items.first()
    response = head.post(to("item_move", item.pk), {"before": before})
    assert response.status_code in (302, 404)


# --- Copies that were never there ----------------------------------------------------------
@pytest.mark.parametrize("version", ["7", HUGE, ENDLESS, "-1", "x", str(2**63)])
def test_first_word_on_a_decision_is_kept_whatever_copy_it_names(
    team: Team, head: Client, version: str
) -> None:
    """A copy of what nobody has written yet cannot be old."""
    post = team.member.scope.main_post
    earlier = make_meeting(
        team.office,
        by=team.head,
        on=date(2026, 10, 12),
        decisions=[decided(post)],
        status=MeetingStatus.FINALISED,
    )
    mine = make_meeting(team.office, by=team.head)
    form = {"version": version, "note": "চলছে", "outcome": "continue"}
    address = to("follow_up_update", mine.pk, earlier.decisions.get().pk)
    response = head.post(address, form, headers=SCRIPT)
    kept = [follow_up.note for follow_up in FollowUp.objects.all()]
    assert (response.status_code, kept) in ((200, ["চলছে"]), (422, []))


@pytest.mark.parametrize("version", [HUGE, ENDLESS, "-1", "x", str(2**63)])
def test_odd_version_of_words_writes_nothing(head: Client, meeting: Meeting, version: str) -> None:
    decision = meeting.decisions.get()
    before = records()
    for address, words in (
        (to("item_update", decision.item_id), {"topic": "ক", "discussion": "খ"}),
        (to("decision_update", decision.pk), {"text": "ক"}),
        (to("update", meeting.pk), {"place": "ক"}),
    ):
        for headers in ({}, SCRIPT):
            response = head.post(address, {**words, "version": version}, headers=headers)
            assert response.status_code in (409, 422)
    assert records() == before


# --- Papers made of odd words --------------------------------------------------------------
# XML has no place for these: neither a Word file nor a PDF can hold them.
UNWRITABLE = ["\x01", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff", "\u202e"]


def test_pasted_control_signs_do_not_break_the_papers(
    team: Team, head: Client, meeting: Meeting
) -> None:
    words, decision = "".join(f"ক{sign}খ" for sign in UNWRITABLE), meeting.decisions.get()
    _write(head, meeting, words)
    assert (
        head.post(
            to("decision_update", decision.pk),
            {"version": 1, "text": words, "implementer_text": words, "due_text": words},
            headers=SCRIPT,
        ).status_code
        == 200
    )
    guest = {"name": words, "designation": words, "office_name": words, "presence": "present"}
    assert head.post(to("guest_create", meeting.pk), guest).status_code == 302
    read_papers(head, meeting)
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=team.head)
    read_papers(head, meeting)


def test_line_of_ten_thousand_letters_goes_on_paper(
    team: Team, head: Client, meeting: Meeting
) -> None:
    item = meeting.decisions.get().item
    form = {"version": item.version, "topic": "বিষয়", "discussion": "ক" * 10_000}
    assert head.post(to("item_update", item.pk), form, headers=SCRIPT).status_code == 200
    read_papers(head, meeting)
    form = {"version": item.version + 1, "topic": "ক" * 10_000}
    answer = head.post(to("item_update", item.pk), form, headers=SCRIPT)
    assert answer.status_code == 422
    assert "অক্ষর" in answer.json()["errors"]["topic"]


def _write(client: Client, meeting: Meeting, words: str) -> None:
    """The words into every text of the head and of an item."""
    item = meeting.decisions.get().item
    form = {"version": item.version, "topic": words, "discussion": words}
    assert client.post(to("item_update", item.pk), form, headers=SCRIPT).status_code == 200
    head: Mapping[str, object] = {
        **{"version": meeting.version, "held_on": "১০/১১/২০২৬", "starts_at": "সকাল ১১টা"},
        **{"title": words, "place": words, "opening": words, "closing": words},
        **{"chair_post": meeting.chair_post_id, "form": "table"},
        **{"information": f"{words}\n{words} <a@office.test>"},
    }
    assert client.post(to("update", meeting.pk), head).status_code == 302
    meeting.refresh_from_db()


def read_papers(client: Client, meeting: Meeting) -> None:
    """The Word file and the calendar entry can be opened, and the page can be read."""
    assert client.get(to("minutes", meeting.pk)).status_code == 200
    Document(BytesIO(client.get(to("docx", meeting.pk)).getvalue()))
    Calendar.from_ical(client.get(to("ical", meeting.pk)).getvalue())


def test_calendar_entry_holds_lines_and_not_commands(
    team: Team, head: Client, meeting: Meeting
) -> None:
    """What was typed as a place cannot end the entry and begin another."""
    words = "কক্ষ\r\nEND:VEVENT\r\nATTENDEE:mailto:x@evil.test"
    fields = {**head_words(meeting), "place": words, "title": words}
    update_meeting(meeting=meeting, version=meeting.version, fields=fields, copies=[], by=team.head)
    calendar = Calendar.from_ical(head.get(to("ical", meeting.pk)).getvalue())
    (event,) = calendar.walk("VEVENT")
    assert "attendee" not in event
