"""Old minutes on their way into a draft: brought, looked over, taken in, made final."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import (
    add_item,
    apply_minutes_import,
    cancel_meeting,
    create_meeting,
    explain_no_meeting,
)
from meetings.enums import CopyKind, MeetingKind, MeetingStatus
from meetings.models import Meeting, MinutesImport, NoMeeting
from teams.enums import Role
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import (
    SINCE,
    Team,
    client_of,
    make_office,
    make_person,
    make_post,
    make_team,
)
from tests.meetings.importers.build import (
    ITEMS,
    PLAIN,
    PLAIN_ITEMS,
    Item,
    Paper,
    as_blocks,
    as_docx,
    as_html,
    as_text,
)
from tests.meetings.old_papers import (
    HELD_ON,
    IMPORT,
    bring,
    paper_of,
    take_in,
    taken_in,
    waiting,
)
from tests.meetings.rows import make_meeting, take_meeting_to
from tests.pages import find, form_fields, one_line, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

APRIL, OCTOBER = date(2022, 4, 1), date(2026, 10, 20)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


def preview_of(client: Client, paper: Paper = PLAIN) -> HttpResponse:
    return client.get(bring(client, pasted=as_text(paper)).url)


# --- Bringing --------------------------------------------------------------------------------
def pasted_words() -> dict[str, object]:
    return {"pasted": as_text(PLAIN)}


def pasted_from_word() -> dict[str, object]:
    return {"pasted": "যা মোছা যায়", "pasted_html": as_html(PLAIN)}


def pasted_blocks() -> dict[str, object]:
    return {"pasted": as_blocks(PLAIN)}


def word_file() -> dict[str, object]:
    return {"file": SimpleUploadedFile("এপ্রিল.docx", as_docx(PLAIN))}


def web_page() -> dict[str, object]:
    return {"file": SimpleUploadedFile("april.html", as_html(PLAIN).encode())}


@pytest.mark.parametrize(
    "given", [pasted_words, pasted_from_word, pasted_blocks, word_file, web_page]
)
def test_minutes_are_shown_first_and_become_a_draft_with_every_word(
    client: Client, team: Team, given: Callable[[], dict[str, object]]
) -> None:
    answer = bring(client, **given())
    preview = client.get(answer.url)
    shown = one_line(find(preview, "main")[0])
    for words in ("২৬ এপ্রিল ২০২২", "দুপুর ২:৩০", *PLAIN.opening, *PLAIN_ITEMS[0].texts()):
        assert words in shown
    assert not Meeting.objects.exists()
    page = client.get(take_in(client, answer.url).url)
    assert "কার্যবিবরণী খসড়া হিসেবে নেওয়া হয়েছে।" in texts_of(page, ".alert")[0]

    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.kind, meeting.month, meeting.held_on, meeting.starts_at) == (
        *(MeetingStatus.DRAFT, MeetingKind.MONTHLY, APRIL, HELD_ON),
        time(14, 30),
    )
    assert meeting.place == "জেলা প্রশাসকের সভাকক্ষ, মেঘপুর।"
    assert meeting.chair_text == "জনাব রওশন আরা, অতিরিক্ত জেলা প্রশাসক (সাধারণ), মেঘপুর।"
    assert (meeting.chair_post, meeting.issuer_post) == (None, None)
    assert meeting.memo_number == "05.47.3100.019.06.004.20.88"
    assert meeting.issued_on == date(2022, 4, 27)
    assert meeting.opening.split("\n") == list(PLAIN.opening)
    assert meeting.closing == PLAIN.closing[0]
    assert [
        (item.topic, " ".join(item.discussion.split()))
        for item in meeting.items.order_by("position")
    ] == [(item.topic, " ".join(item.discussion.split())) for item in PLAIN_ITEMS]
    assert [
        (" ".join(one.text.split()), one.implementer_text)
        for one in meeting.decisions.order_by("item__position")
    ] == [(" ".join(item.decision.split()), item.implementer) for item in PLAIN_ITEMS]
    assert {copy.kind for copy in meeting.copies.all()} == {CopyKind.INFORMATION}
    assert [copy.text for copy in meeting.copies.all()] == [
        "সচিব, পরিকল্পনা বিভাগ, ঢাকা।",
        "বিভাগীয় কমিশনার, দক্ষিণাঞ্চল।",
        "মাননীয় উপমন্ত্রীর একান্ত সচিব, ঢাকা। (মাননীয় উপমন্ত্রী মহোদয়ের সদয় অবগতির জন্য)",
    ]
    assert meeting.created_by == team.member


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "কার্যবিবরণীর লেখা আটকান অথবা একটি ফাইল বেছে নিন।"),
        ({"pasted": "\t\r\n"}, "কার্যবিবরণীর লেখা আটকান অথবা একটি ফাইল বেছে নিন।"),
        ({"pasted": "শুধু একটি বাক্য"}, "কার্যবিবরণী পাওয়া যায়নি।"),
    ],
    ids=["nothing", "blanks", "no minutes"],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(
    client: Client, team: Team, given: dict[str, str], said: str
) -> None:
    answer = client.post(IMPORT, {"office": team.office.pk, **given})
    assert answer.status_code == 422
    assert said in one_line(find(answer, "main form.form")[0])
    assert not MinutesImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.docx", b"PK\x03\x04 broken"),
        ("minutes.docx", b""),
        ("minutes.pdf", b"%PDF-1.7\n1 0 obj"),
        ("minutes.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
        ("minutes.txt", b"x" * 2000),
    ],
    ids=["broken", "empty", "pdf", "old word", "too large"],
)
def test_unreadable_file_is_said_in_bengali_at_its_field(
    client: Client, team: Team, settings, name: str, content: bytes
) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    file = SimpleUploadedFile(name, content)
    answer = client.post(IMPORT, {"office": team.office.pk, "file": file})
    assert answer.status_code == 422
    said = " ".join(texts_of(answer, ".invalid-feedback"))
    assert any("\u0980" <= sign <= "\u09ff" for sign in said)
    assert not MinutesImport.objects.exists()


def test_pasted_words_that_were_refused_are_still_in_the_form(client: Client, team: Team) -> None:
    answer = bring(client, pasted="শুধু একটি বাক্য")
    assert form_fields(answer)["pasted"].strip() == "শুধু একটি বাক্য"
    [form] = find(answer, "main form.form")
    assert form.get("data-draft")


def test_minutes_not_taken_in_yet_are_offered_again(client: Client, team: Team) -> None:
    preview = bring(client, file=SimpleUploadedFile("এপ্রিল.docx", as_docx(PLAIN))).url
    listed = client.get(IMPORT)
    assert f'href="{preview}"' in listed.content.decode()
    assert "এপ্রিল.docx" in texts_of(listed, ".todo li")[0]
    take_in(client, preview)
    assert preview not in client.get(IMPORT).content.decode()


def test_list_of_meetings_leads_to_old_minutes(client: Client) -> None:
    assert f'href="{IMPORT}"' in client.get(reverse("meetings:list")).content.decode()


# --- Looking over ----------------------------------------------------------------------------
def test_doubts_stand_where_they_belong(client: Client) -> None:
    wrong_day = replace(PLAIN, issued=("১৪ বৈশাখ, ১৪২৮", "২৭ এপ্রিল, ২০২২"), items=ITEMS)
    preview = preview_of(client, wrong_day)
    [issued] = [row for row in find(preview, "table.grid tr") if "জারির তারিখ" in one_line(row)]
    assert [one_line(note) for note in issued.xpath(".//*[@class='doubt-note']")]
    [place] = [row for row in find(preview, "table.grid tr") if one_line(row).startswith("স্থান")]
    assert not place.xpath(".//td[contains(@class, 'doubt')]")
    [cell] = find(preview, "td.doubt[data-label='আলোচনা']")
    assert "১৫/০৩/২০২২" in one_line(cell)
    assert "সভার তারিখ ২৬ এপ্রিল ২০২২-এর আগে" in one_line(cell)
    assert not find(preview, "td.doubt[data-label='সিদ্ধান্ত']")
    [link] = [one for one in find(preview, "main .head a") if "প্রথম চিহ্নিত" in one_line(one)]
    assert "জারির তারিখ" in one_line(find(preview, link.get("href"))[0])


def test_doubts_go_with_the_words_into_the_draft(client: Client) -> None:
    preview = preview_of(client, replace(PLAIN, items=ITEMS, copies=(), copies_heading=""))
    page = client.get(take_in(client, preview.wsgi_request.path).url)
    meeting = Meeting.objects.get()
    assert {doubt["field"] for doubt in meeting.doubts} >= {"copies", "attendance"}
    assert all(doubt["reason"] in page.content.decode() for doubt in meeting.doubts)
    last = meeting.items.order_by("position").last()
    assert [doubt["field"] for doubt in last.doubts] == ["discussion"]
    assert last.doubts[0]["reason"] in " ".join(texts_of(page, f"#item-{last.pk} .alert"))


def test_date_that_was_read_is_shown_beside_the_words_of_the_paper(client: Client) -> None:
    shown = texts_of(preview_of(client), "table.grid tr")
    assert "তারিখ ২৬ এপ্রিল ২০২২, মঙ্গলবার কাগজে: ২৬ এপ্রিল, ২০২২ খ্রি।" in shown


def test_script_in_pasted_minutes_is_words_in_the_preview(client: Client) -> None:
    evil = Item("<script>alert(1)</script>", "কথা", "সিদ্ধান্ত হলো।", "সকল দপ্তর")
    html = preview_of(client, paper_of(items=[evil])).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_decisions_of_the_last_three_months_are_followed_unless_somebody_says_no(
    client: Client,
) -> None:
    old, recent = preview_of(client), preview_of(client, paper_of(OCTOBER))
    assert [bool(find(page, "input[checked]")) for page in (old, recent)] == [False, True]


# --- Taking in -------------------------------------------------------------------------------
def test_button_pressed_twice_makes_one_meeting(client: Client) -> None:
    url = preview_of(client).wsgi_request.path
    first, second = take_in(client, url), take_in(client, url)
    assert first.url == second.url == Meeting.objects.get().get_absolute_url()
    assert "আগেই নেওয়া হয়েছে" in texts_of(client.get(second.url), ".alert")[-2]
    assert AuditEntry.objects.filter(action="meeting.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_at_once_make_one_meeting() -> None:
    team = make_team()
    kept = waiting(team.office, as_text(PLAIN), by=team.member)

    def attempt() -> Meeting:
        own = MinutesImport.objects.select_related("office").get(pk=kept.pk)
        return apply_minutes_import(minutes_import=own, by=team.member, follow=False)

    results = at_once([attempt] * 6)
    assert [type(one) for one in results].count(Meeting) == 1
    assert [type(one) for one in results].count(WrongState) == 5
    meeting = Meeting.objects.get()
    assert (meeting.items.count(), meeting.decisions.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_the_same_minutes_brought_twice_and_taken_in_at_once_make_one_meeting() -> None:
    team = make_team()
    both = [waiting(team.office, as_text(PLAIN), by=team.member) for _ in range(2)]

    def attempt(pk: int) -> Meeting:
        own = MinutesImport.objects.select_related("office").get(pk=pk)
        return apply_minutes_import(minutes_import=own, by=team.member, follow=False)

    results = at_once([lambda pk=kept.pk: attempt(pk) for kept in both])
    assert sum(isinstance(one, WrongState) for one in results) == 1
    assert Meeting.objects.count() == 1
    assert MinutesImport.objects.waiting().count() == 1


def test_month_that_has_its_minutes_is_refused_with_a_link(client: Client, team: Team) -> None:
    existing = make_meeting(team.office, by=team.head, on=date(2022, 4, 12))
    preview = preview_of(client)
    [refusal] = find(preview, ".alert")
    assert "“এপ্রিল ২০২২ মাসের সভা” আগে থেকেই লেখা আছে" in one_line(refusal)
    assert refusal.xpath(".//a/@href") == [existing.get_absolute_url()]
    assert not find(preview, "main form.form button")
    # Pressed on a page that was open before, it leads back to the same words.
    url = preview.wsgi_request.path
    assert take_in(client, url).url == url
    assert Meeting.objects.count() == 1
    assert MinutesImport.objects.waiting().exists()


def test_empty_draft_of_the_month_is_filled(client: Client, team: Team) -> None:
    earlier = make_meeting(
        team.office, by=team.head, on=date(2022, 3, 8), status=MeetingStatus.FINALISED
    )
    empty = create_meeting(office=team.office, month=APRIL, by=team.head)
    assert empty.items.exists()
    preview = preview_of(client)
    assert "এর খালি খসড়া আছে" in texts_of(preview, ".alert")[0]
    assert take_in(client, preview.wsgi_request.path).url == empty.get_absolute_url()
    empty.refresh_from_db()
    assert (empty.held_on, empty.memo_number) == (HELD_ON, "05.47.3100.019.06.004.20.88")
    assert [item.topic for item in empty.items.order_by("position")] == [
        item.topic for item in PLAIN_ITEMS
    ]
    assert set(Meeting.objects.all()) == {earlier, empty}


def test_agenda_of_the_empty_draft_goes_to_the_meeting_after_it(client: Client, team: Team) -> None:
    earlier = make_meeting(team.office, by=team.head, on=date(2022, 3, 8))
    add_item(meeting=earlier, topic="যা বলা হয়নি", by=team.head)
    take_meeting_to(earlier, MeetingStatus.FINALISED, by=team.head)
    empty = create_meeting(office=team.office, month=APRIL, by=team.head)
    later = create_meeting(office=team.office, month=date(2022, 5, 1), by=team.head)
    assert empty.items.filter(topic="যা বলা হয়নি").exists()
    take_in(client, preview_of(client).wsgi_request.path)
    assert later.items.filter(topic="যা বলা হয়নি").exists()


def test_draft_on_which_somebody_has_typed_is_not_filled(client: Client, team: Team) -> None:
    typed = create_meeting(office=team.office, month=APRIL, by=team.head)
    add_item(meeting=typed, topic="নিজের বিষয়", by=team.head)
    take_in(client, preview_of(client).wsgi_request.path)
    assert [item.topic for item in typed.items.filter(kind="own")] == ["নিজের বিষয়"]
    assert MinutesImport.objects.waiting().exists()


def test_draft_whose_head_was_arranged_is_not_filled(client: Client, team: Team) -> None:
    arranged = create_meeting(office=team.office, month=APRIL, by=team.head)
    url = reverse("meetings:update", args=[arranged.pk])
    client.post(url, {**form_fields(client.get(url)), "place": "নতুন কক্ষ"})
    take_in(client, preview_of(client).wsgi_request.path)
    arranged.refresh_from_db()
    assert arranged.place == "নতুন কক্ষ"
    assert MinutesImport.objects.waiting().exists()


def test_month_whose_meeting_was_called_off_is_free(client: Client, team: Team) -> None:
    off = create_meeting(office=team.office, month=APRIL, by=team.head)
    cancel_meeting(meeting=off, by=team.head, reason="সভাপতি ছুটিতে")
    take_in(client, preview_of(client).wsgi_request.path)
    assert Meeting.objects.kept().get().memo_number


def test_excuse_of_the_month_gives_way_to_its_minutes(client: Client, team: Team) -> None:
    explain_no_meeting(office=team.office, month=APRIL, reason="নির্বাচন", by=team.head)
    take_in(client, preview_of(client).wsgi_request.path)
    assert not NoMeeting.objects.exists()


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (
            replace(PLAIN, labels=tuple(pair for pair in PLAIN.labels if pair[0] != "তারিখ")),
            "সভার তারিখ জানা নেই",
        ),
        (paper_of(date(2027, 1, 5)), "সভার তারিখ ৫ জানুয়ারি ২০২৭ এখনো আসেনি"),
        (paper_of(items=[]), "কোনো আলোচ্য বিষয় পাওয়া যায়নি"),
        (
            paper_of(items=[PLAIN_ITEMS[0], replace(PLAIN_ITEMS[1], topic="")]),
            "আলোচ্য বিষয় ২-এর নাম লেখা নেই",
        ),
    ],
    ids=["no date", "still to come", "no items", "item without a name"],
)
def test_incomplete_minutes_say_what_is_missing_and_write_nothing(
    client: Client, team: Team, paper: Paper, said: str
) -> None:
    words = as_text(paper) if paper.items else as_blocks(paper)
    url = bring(client, pasted=words).url
    assert said in texts_of(client.get(url), ".alert")[0]
    assert take_in(client, url).url == url
    assert not Meeting.objects.exists()
    assert MinutesImport.objects.waiting().exists()
    kept = MinutesImport.objects.get()
    with pytest.raises(WrongState, match=said):
        apply_minutes_import(minutes_import=kept, by=team.head, follow=False)


def test_special_meeting_stands_beside_that_of_the_month_and_comes_in_once(
    client: Client, team: Team
) -> None:
    make_meeting(team.office, by=team.head, on=date(2022, 4, 12))
    special = paper_of(title="ইনোভেশন টিমের এপ্রিল ২০২২ মাসের বিশেষ সভার কার্যবিবরণী")
    take_in(client, preview_of(client, special).wsgi_request.path)
    made = Meeting.objects.get(kind=MeetingKind.SPECIAL)
    assert (made.title, made.name) == ("", "এপ্রিল ২০২২ মাসের বিশেষ সভা")
    again = preview_of(client, special)
    assert "আগে থেকেই লেখা আছে" in texts_of(again, ".alert")[0]


# --- Who may ---------------------------------------------------------------------------------
def test_other_teams_do_not_find_the_minutes(client: Client, team: Team) -> None:
    url = preview_of(client).wsgi_request.path
    stranger = client_of(make_team("stranger", parent=team.office).head)
    assert stranger.get(url).status_code == 404
    assert take_in(stranger, url).status_code == 404
    assert url not in stranger.get(IMPORT).content.decode()
    assert not Meeting.objects.exists()


def test_other_office_in_the_form_is_refused(client: Client, team: Team) -> None:
    other = make_office("elsewhere", parent=team.office)
    answer = client.post(IMPORT, {"office": other.pk, "pasted": as_text(PLAIN)})
    assert answer.status_code == 422
    assert not MinutesImport.objects.exists()


def test_person_of_two_teams_chooses_the_office(client: Client, team: Team) -> None:
    other = make_office("second", parent=team.office)
    make_post(other, Role.MEMBER, holder=team.member)
    url = bring(client, office=other.pk, pasted=as_text(PLAIN)).url
    take_in(client, url)
    assert Meeting.objects.get().office == other


def test_person_without_a_team_may_not_bring_minutes(team: Team) -> None:
    assert client_of(make_person()).get(IMPORT).status_code == 403


def test_member_transferred_since_may_not_take_them_in(client: Client, team: Team) -> None:
    url = preview_of(client).wsgi_request.path
    team.member.holdings.update(ends_on=SINCE)
    assert take_in(client_of(team.member), url).status_code == 404
    assert not Meeting.objects.exists()


# --- Weight ----------------------------------------------------------------------------------
def test_pages_ask_as_much_for_one_item_as_for_forty(client: Client, team: Team) -> None:
    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    many = [replace(PLAIN_ITEMS[0], topic=f"বিষয় {number}") for number in range(40)]
    short = waiting(team.office, as_text(paper_of(items=PLAIN_ITEMS[:1])), by=team.member)
    one_listed = queries(IMPORT)
    long = waiting(team.office, as_text(paper_of(items=many)), by=team.member)
    for _ in range(5):
        waiting(team.office, as_text(PLAIN), by=team.member)
    assert queries(short.get_absolute_url()) == queries(long.get_absolute_url())
    assert queries(IMPORT) == one_listed


def test_taking_in_is_recorded_with_the_file_and_the_person(team: Team) -> None:
    meeting = taken_in(team.office, PLAIN, by=team.member)
    entry = AuditEntry.objects.get(action="meeting.import")
    assert (entry.by, entry.object_id) == (team.member, meeting.pk)
    assert entry.after == {"items": 2, "file": "", "follow": False}
