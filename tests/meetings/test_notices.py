"""Letters that call, move and cancel a meeting: issued once, printed, sent to every member."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from icalendar import Calendar

from jobs import runner
from jobs.enums import JobStatus, LetterStatus
from meetings.actions import issue_notice, update_meeting
from meetings.actions.notices import seen_now
from meetings.forms.calling import head_words
from meetings.models import Delivery, Meeting, MeetingDocument, Notice
from teams.actions import claim_memo
from teams.enums import Role
from teams.memo import Memo, parse_prefix, read_memo
from teams.models import AuditEntry, MemoPrefix, Post, PostHolding, User
from tests.factories import Team, client_of, make_officer, make_post, make_team
from tests.meetings.rows import make_meeting
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.races import at_once
from tests.smtp import SmtpServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FILE_18 = "05.41.3300.012.14.007.25"
FILE_22 = "05.41.3300.012.003.14.0007.25"
# A little ahead of today, Saturday 21 November 2026.
HELD_ON = date(2026, 11, 26)
ISSUED = "নোটিশ জারি হয়েছে; সদস্যদের কাছে পাঠানো হচ্ছে।"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def meeting(team: Team) -> Meeting:
    return make_meeting(team.office, by=team.head, on=HELD_ON)


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.innovation_officer)


def page_url(meeting: Meeting) -> str:
    return reverse("meetings:notice", args=[meeting.pk])


def form_of(client: Client, meeting: Meeting) -> dict[str, str]:
    return form_fields(client.get(page_url(meeting)))


def issue(client: Client, meeting: Meeting, **typed: str) -> HttpResponse:
    """Fill in what is to be different and press the button."""
    return client.post(page_url(meeting), {**form_of(client, meeting), **typed})


def move(meeting: Meeting, *, by: User, **changed: object) -> None:
    """Save another day, hour or place, as the form of the head does."""
    meeting.refresh_from_db()
    fields = {**head_words(meeting), **changed}
    copies = [("information", text, email) for text, email in fields["information"]]
    update_meeting(meeting=meeting, version=meeting.version, fields=fields, copies=copies, by=by)


def letters_of(notice: Notice) -> dict[str, Delivery]:
    return {one.name: one for one in notice.deliveries.select_related("letter")}


def print_and_carry(notice: Notice) -> None:
    """Let the worker draw the paper and take the letters to the mail server."""
    runner.run(job_id=notice.documents.get().job_id)
    for delivery in letters_of(notice).values():
        if delivery.letter.job_id:
            runner.run(job_id=delivery.letter.job_id)


# --- Looked over ---------------------------------------------------------------------------
def test_page_shows_the_letter_and_whom_it_goes_to(
    client: Client, team: Team, meeting: Meeting
) -> None:
    make_post(team.office, Role.MEMBER, "উপজেলা কৃষি কর্মকর্তা")
    silent = make_officer(team.office, Role.MEMBER, "উপজেলা প্রকৌশলী")
    User.objects.filter(pk=silent.pk).update(email="")
    Post.objects.filter(pk__in=silent.scope.post_ids).update(email="")
    page = client.get(page_url(meeting))
    (letter,) = texts_of(page, "article.document")
    for words in (
        team.office.name_bn,
        "সভার নোটিশ",
        "২৬ নভেম্বর ২০২৬, বৃহস্পতিবার, সকাল ১১:০০ টায় সম্মেলন কক্ষ",
        "৬ অগ্রহায়ণ ১৪৩৩ বঙ্গাব্দ",
        "সেবা সহজীকরণ",
        "উপজেলা কৃষি কর্মকর্তা",
    ):
        assert words in letter
    readers = texts_of(page, "aside li")
    assert f"{team.head.name_bn}, উপজেলা নির্বাহী অফিসার {team.head.email}" in readers
    assert "উপজেলা কৃষি কর্মকর্তা পদ শূন্য" in readers
    assert f"{silent.name_bn}, উপজেলা প্রকৌশলী ই-মেইল নেই" in readers
    assert not Notice.objects.exists()


def test_letter_is_shown_with_the_typed_words_before_it_is_issued(
    client: Client, meeting: Meeting
) -> None:
    page = issue(client, meeting, body="সকলের উপস্থিতি কামনা করছি।", preview="1")
    assert "সকলের উপস্থিতি কামনা করছি।" in texts_of(page, "article.document")[0]
    assert form_fields(page)["body"].strip() == "সকলের উপস্থিতি কামনা করছি।"
    assert not Notice.objects.exists()


def test_issued_letter_says_what_was_shown(client: Client, meeting: Meeting, team: Team) -> None:
    said = alerts_after(client, page_url(meeting), form_of(client, meeting))
    assert said == [ISSUED]
    notice = Notice.objects.get()
    assert (notice.kind, notice.sequence, notice.issued_on) == ("call", 0, date(2026, 11, 21))
    assert notice.content["agenda"][-1] == "সেবা সহজীকরণ"
    assert notice.content["signature"]["designation"] == "সহকারী কমিশনার (ভূমি)"
    assert notice.content["recipients"] == [
        f"উপজেলা নির্বাহী অফিসার, {team.office.name_bn}",
        f"সহকারী প্রোগ্রামার, {team.office.name_bn}",
    ]
    entry = AuditEntry.objects.get(action="notice.issue")
    assert (entry.by, entry.after) == (team.innovation_officer, {"kind": "call"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"issued_on": ""}, "চিঠি জারির তারিখ লিখুন।"),
        ({"issued_on": "আগামীকাল"}, "তারিখ হিসেবে পড়া গেল না"),
        ({"issued_on": "২১/১১/২০৬২"}, "জারির তারিখ আজকের পরে হতে পারে না।"),
        ({"memo": "০৫.৪১.৩৩০০"}, "স্মারক নম্বরে"),
        ({"memo": FILE_18}, "শেষে জারি নম্বর নেই।"),
    ],
)
def test_page_says_what_to_mend(
    client: Client, meeting: Meeting, typed: dict[str, str], said: str
) -> None:
    response = issue(client, meeting, **typed)
    assert response.status_code == 422
    assert any(said in text for text in texts_of(response, ".invalid-feedback"))
    assert not Notice.objects.exists()


# --- Memo numbers --------------------------------------------------------------------------
def test_next_memo_number_is_proposed(client: Client, team: Team, meeting: Meeting) -> None:
    assert form_of(client, meeting)["memo"] == ""
    MemoPrefix.objects.create(office=team.office, number=FILE_18)
    assert form_of(client, meeting)["memo"] == "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১"
    claim_memo(
        office=team.office,
        memo=Memo(parse_prefix(FILE_18).grammar, FILE_18, 183),
        purpose="meetings.minutes",
        object_id=1,
        by=team.head,
    )
    assert form_of(client, meeting)["memo"] == "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৪"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"{FILE_18}.183", f"{FILE_18}.183"),
        ("০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩", f"{FILE_18}.183"),
        ("স্মারক নং- ০৫.৪১.৩৩০০.০১২.০০৩.১৪.০০০৭.২৫-১২", f"{FILE_22}.12"),
        ("", ""),
    ],
)
def test_memo_number_of_either_grammar_is_taken(
    client: Client, meeting: Meeting, typed: str, kept: str
) -> None:
    issue(client, meeting, memo=typed)
    notice = Notice.objects.get()
    assert notice.memo_number == kept
    assert notice.content["memo"] == "".join(
        chr(ord(sign) + 0x09B6) if sign.isdigit() else sign for sign in kept
    )


def test_memo_number_of_another_letter_is_refused_on_its_field(
    client: Client, team: Team, meeting: Meeting
) -> None:
    claim_memo(
        office=team.office,
        memo=read_memo(f"{FILE_18}.183"),
        purpose="meetings.minutes",
        object_id=1,
        by=team.head,
    )
    response = issue(client, meeting, memo="০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩")
    assert response.status_code == 422
    assert texts_of(response, "#error_1_id_memo") == [
        "স্মারক নম্বর ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩ এই দপ্তরের আরেকটি পত্রে দেওয়া হয়েছে। পরের নম্বরটি দিন।"
    ]
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


# --- Once ----------------------------------------------------------------------------------
def test_button_pressed_twice_issues_one_letter(client: Client, meeting: Meeting) -> None:
    form = {**form_of(client, meeting), "memo": f"{FILE_18}.7"}
    for _time in range(2):
        assert alerts_after(client, page_url(meeting), form) == [ISSUED]
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 3


def test_second_officer_with_another_number_is_told_of_the_first(
    client: Client, team: Team, meeting: Meeting
) -> None:
    head = client_of(team.head)
    form = form_of(head, meeting)
    issue(client, meeting, memo=f"{FILE_18}.7")
    said = alerts_after(head, page_url(meeting), {**form, "memo": f"{FILE_18}.8"})
    assert said == [
        "একই কথার নোটিশ আগেই জারি হয়েছে (স্মারক নম্বর ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.৭), তাই আবার জারি হয়নি।"
    ]
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_at_once_issue_one_letter() -> None:
    team = make_team()
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    seen = seen_now(meeting)

    def press() -> int:
        return issue_notice(
            meeting=Meeting.objects.get(pk=meeting.pk),
            memo=read_memo(f"{FILE_18}.7"),
            issued_on=date(2026, 11, 21),
            by=User.objects.get(pk=team.head.pk),
            seen=seen,
        ).pk

    assert at_once([press] * 6) == [Notice.objects.get().pk] * 6
    assert Delivery.objects.count() == 3


def test_letter_looked_over_before_the_meeting_was_moved_is_not_issued(
    client: Client, team: Team, meeting: Meeting
) -> None:
    old = {**form_of(client, meeting), "body": "আমার নিজের কথা", "memo": f"{FILE_18}.7"}
    move(meeting, by=team.head, place="মিলনায়তন")
    response = client.post(page_url(meeting), old)
    assert response.status_code == 409
    assert not Notice.objects.exists()
    form = form_fields(response)
    assert (form["body"].strip(), form["memo"]) == ("আমার নিজের কথা", "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.৭")
    assert "মিলনায়তন" in texts_of(response, "article.document")[0]
    assert client.post(page_url(meeting), form).status_code == 302
    assert Notice.objects.get().content["place"] == "মিলনায়তন"


# --- Moved and called off ------------------------------------------------------------------
def test_moved_meeting_is_told_with_what_it_was(
    client: Client, team: Team, meeting: Meeting
) -> None:
    issue(client, meeting)
    assert not find(client.get(page_url(meeting)), ".alert-warning")
    move(meeting, by=team.head, held_on=date(2026, 11, 30), place="মিলনায়তন")
    page = client.get(page_url(meeting))
    (warning,) = texts_of(page, ".alert-warning")
    assert "২৬ নভেম্বর ২০২৬, সকাল ১১:০০ টা, সম্মেলন কক্ষ" in warning
    issue(client, meeting, reason="সভাপতি জেলায় থাকবেন")
    call, change = Notice.objects.order_by("sequence")
    assert (change.kind, change.sequence) == ("change", 1)
    assert change.content["was"] == {
        "held_on": "২৬ নভেম্বর ২০২৬",
        "time": "সকাল ১১:০০ টা",
        "place": "সম্মেলন কক্ষ",
    }
    assert change.content["reason"] == "সভাপতি জেলায় থাকবেন"
    assert "৩০ নভেম্বর ২০২৬, সোমবার" in change.content["body"]
    assert call.content["held_on"] == "২৬ নভেম্বর ২০২৬"
    # Everybody got a letter each time, and calendars know which is the later one.
    uids = set()
    for notice, start in (
        (call, "2026-11-26T05:00:00+00:00"),
        (change, "2026-11-30T05:00:00+00:00"),
    ):
        for delivery in notice.deliveries.all():
            (event,) = Calendar.from_ical(delivery.letter.calendar).walk("VEVENT")
            assert event.decoded("dtstart").isoformat() == start
            assert int(event["sequence"]) == notice.sequence
            uids.add(str(event["uid"]))
    assert len(uids) == 1


def test_new_agenda_calls_the_meeting_anew(client: Client, team: Team, meeting: Meeting) -> None:
    issue(client, meeting)
    meeting.items.filter(topic="সেবা সহজীকরণ").update(topic="হাটে আবেদন সহায়তা")
    assert issue(client, meeting).status_code == 302
    last = meeting.notices.first()
    assert (last.kind, last.sequence, last.content["was"]) == ("call", 1, None)
    assert "হাটে আবেদন সহায়তা" in last.content["agenda"]
    issue(client, meeting)
    assert meeting.notices.count() == 2


def test_announced_meeting_is_called_off_by_a_letter(
    client: Client, team: Team, meeting: Meeting
) -> None:
    issue(client, meeting)
    move(meeting, by=team.head, held_on=date(2026, 11, 30))
    address = reverse("meetings:cancel", args=[meeting.pk])
    assert client.post(address, {"reason": "সভাপতি ছুটিতে"}).url == page_url(meeting)
    page = client.get(page_url(meeting))
    assert "বাতিলের নোটিশ জারি করুন" in texts_of(page, ".alert-warning")[0]
    assert form_fields(page)["reason"].strip() == "সভাপতি ছুটিতে"
    issue(client, meeting)
    notice = meeting.notices.first()
    assert (notice.kind, notice.content["agenda"]) == ("cancel", [])
    # The members know of the 26th only.
    assert "২৬ নভেম্বর ২০২৬" in notice.content["body"]
    assert notice.content["reason"] == "সভাপতি ছুটিতে"
    letter = notice.deliveries.first().letter
    assert letter.calendar_method == "CANCEL"
    assert "কারণ: সভাপতি ছুটিতে" in letter.body
    assert not find(client.get(page_url(meeting)), "form.form")


def test_meeting_nobody_was_called_to_is_called_off_without_a_letter(
    client: Client, team: Team, meeting: Meeting
) -> None:
    form = form_of(client, meeting)
    address = reverse("meetings:cancel", args=[meeting.pk])
    assert client.post(address, {"reason": "সভাপতি ছুটিতে"}).url == meeting.get_absolute_url()
    assert find(client.get(page_url(meeting)), ".empty")
    client.post(page_url(meeting), form)
    assert not Notice.objects.exists()


# --- Printed and sent ----------------------------------------------------------------------
def test_every_member_gets_the_letter_once_with_the_paper_and_an_invitation(
    client: Client, team: Team, meeting: Meeting, smtp_server: SmtpServer
) -> None:
    vacant = make_post(team.office, Role.MEMBER, "উপজেলা কৃষি কর্মকর্তা")
    issue(client, meeting, memo=f"{FILE_18}.7")
    notice = Notice.objects.get()
    print_and_carry(notice)
    print_and_carry(notice)  # a doubled message changes nothing
    letters = letters_of(notice)
    members = {team.head, team.innovation_officer, team.member}
    assert {mail.to for mail in smtp_server.mails} == {person.email for person in members}
    assert len(smtp_server.mails) == 3
    mail = smtp_server.to(team.member.email)
    assert mail.subject == "সভার নোটিশ: নভেম্বর ২০২৬ মাসের সভা"
    assert notice.content["body"] in mail.text
    ((name, paper),) = mail.files.items()
    assert name.endswith("2026-11-26.pdf")
    assert paper.startswith(b"%PDF-")
    assert mail.calendar is not None
    assert mail.calendar["content-type"].params["method"] == "REQUEST"
    nobody = letters[vacant.designation_bn]
    assert (nobody.letter.status, nobody.letter.to_address) == (LetterStatus.NO_ADDRESS, "")
    states = texts_of(client.get(page_url(meeting)), "main .agenda .chip")
    assert sorted(states) == ["ই-মেইল ঠিকানা নেই", *["পাঠানো হয়েছে"] * 3]


def test_paper_is_printed_and_offered_on_the_page(client: Client, meeting: Meeting) -> None:
    issue(client, meeting)
    document = MeetingDocument.objects.get(notice=Notice.objects.get())
    runner.run(job_id=document.job_id)
    document.refresh_from_db()
    assert document.job.status == JobStatus.DONE
    links = [link.get("href") for link in find(client.get(page_url(meeting)), "article a")]
    assert reverse("meetings:document_detail", args=[document.pk]) in links
    assert reverse("meetings:notice_docx", args=[document.notice_id]) in links


def test_notice_is_a_word_file_too(client: Client, team: Team, meeting: Meeting) -> None:
    issue(client, meeting, memo=f"{FILE_18}.7")
    move(meeting, by=team.head, place="মিলনায়তন")
    response = client.get(reverse("meetings:notice_docx", args=[Notice.objects.get().pk]))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    paper = Document(BytesIO(b"".join(response.streaming_content)))
    cells = [cell.text for table in paper.tables for cell in table._cells]
    words = "\n".join([*(line.text for line in paper.paragraphs), *cells])
    assert "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.৭" in words
    # As it was issued, whatever became of the meeting since.
    assert "সম্মেলন কক্ষ" in words
    assert "মিলনায়তন" not in words


# --- Sent again ----------------------------------------------------------------------------
def resend_url(delivery: Delivery) -> str:
    return reverse("meetings:delivery_resend", args=[delivery.pk])


@pytest.fixture
def unsent(team: Team, meeting: Meeting) -> Delivery:
    """The letter to a post that nobody holds."""
    post = make_post(team.office, Role.MEMBER, "উপজেলা কৃষি কর্মকর্তা")
    issue(client_of(team.head), meeting)
    return Delivery.objects.get(post=post)


def test_letter_goes_to_the_mended_address(
    client: Client, meeting: Meeting, unsent: Delivery, smtp_server: SmtpServer
) -> None:
    said = alerts_after(client, resend_url(unsent), {"to_address": " krishi@office.test "})
    assert said == ["উপজেলা কৃষি কর্মকর্তা-এর কাছে আবার পাঠানো হচ্ছে।"]
    runner.run(job_id=MeetingDocument.objects.get().job_id)
    unsent.letter.refresh_from_db()
    runner.run(job_id=unsent.letter.job_id)
    assert smtp_server.to("krishi@office.test").subject.startswith("সভার নোটিশ")
    entry = AuditEntry.objects.get(action="delivery.resend")
    assert (entry.before, entry.after) == (
        {"to_address": ""},
        {"to_address": "krishi@office.test"},
    )
    said = alerts_after(client, resend_url(unsent), {"to_address": "other@office.test"})
    assert said == ["উপজেলা কৃষি কর্মকর্তা-এর চিঠি আগেই ডাকে গেছে।"]
    assert len(smtp_server.mails) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "ই-মেইল ঠিকানা নেই"), ("krishi", "ঠিকানাটি ই-মেইল ঠিকানার মতো নয়"), ("ক" * 3000, "মতো নয়")],
)
def test_address_that_is_none_gets_a_sentence(
    client: Client, unsent: Delivery, address: str, said: str
) -> None:
    (alert,) = alerts_after(client, resend_url(unsent), {"to_address": address})
    assert alert.startswith("উপজেলা কৃষি কর্মকর্তা: ")
    assert said in alert
    unsent.letter.refresh_from_db()
    assert unsent.letter.status == LetterStatus.NO_ADDRESS


# --- Who may what --------------------------------------------------------------------------
def test_member_reads_the_letters_and_issues_none(
    team: Team, client: Client, meeting: Meeting, unsent: Delivery
) -> None:
    member = client_of(team.member)
    page = member.get(page_url(meeting))
    assert texts_of(page, "main article h3") == ["সভার নোটিশ"]
    assert not find(page, "main form[method='post']")
    form = form_of(client, meeting)
    assert member.post(page_url(meeting), {**form, "body": "অন্য কথা"}).status_code == 403
    assert member.post(resend_url(unsent), {"to_address": "a@office.test"}).status_code == 403
    assert Notice.objects.count() == 1


def test_letters_are_the_teams_own(team: Team, meeting: Meeting, unsent: Delivery) -> None:
    below = make_team("below", parent=team.office)
    theirs = make_meeting(below.office, by=below.head, on=HELD_ON)
    issue(client_of(below.head), theirs)
    notice, delivery = theirs.notices.get(), theirs.deliveries.first()
    for person, letter, sent in (
        (team.head, notice, delivery),
        (below.head, meeting.notices.get(), unsent),
    ):
        client = client_of(person)
        for address in (
            page_url(letter.meeting),
            reverse("meetings:notice_docx", args=[letter.pk]),
        ):
            assert client.get(address).status_code == 404
        assert client.post(page_url(letter.meeting), {}).status_code == 404
        assert client.post(resend_url(sent), {"to_address": "a@b.test"}).status_code == 404


def test_settled_meeting_gets_no_more_letters(client: Client, team: Team) -> None:
    settled = make_meeting(team.office, by=team.head, on=date(2026, 11, 10), status="finalised")
    assert not find(client.get(page_url(settled)), "form.form")
    draft = {"version": 1, "letters": 0, "issued_on": "২১ নভেম্বর ২০২৬", "memo": ""}
    (said,) = alerts_after(client, page_url(settled), draft)
    assert "চূড়ান্ত" in said
    assert not Notice.objects.exists()


def test_transferred_member_is_not_written_to(client: Client, team: Team, meeting: Meeting) -> None:
    PostHolding.objects.filter(person=team.member).update(ends_on=date(2026, 11, 20))
    issue(client, meeting)
    assert team.member.email not in {
        delivery.letter.to_address for delivery in Delivery.objects.select_related("letter")
    }


# --- Weight --------------------------------------------------------------------------------
def test_page_asks_as_often_for_a_hundred_members(
    client: Client, team: Team, meeting: Meeting
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_url(meeting)).status_code == 200
        return len(queries)

    issue(client, meeting)
    few = asked()
    for _number in range(100):
        make_officer(team.office, Role.MEMBER)
    issue(client, meeting)
    assert Delivery.objects.count() > 100
    assert asked() == few <= 22
