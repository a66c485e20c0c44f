"""The meetings of the access world: one in every state, with all that hangs on it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import (
    add_group,
    add_guest,
    add_phrase,
    add_prefix,
    add_topic,
    cancel_meeting,
    circulate_minutes,
    finalise_minutes,
    issue_notice,
    keep_minutes_import,
    keep_template,
    remove_decision,
    reopen_minutes,
    report_assignment,
)
from meetings.documents import BOOK_PDF, MEETING_PDF
from meetings.enums import (
    DocumentKind,
    ItemKind,
    MeetingKind,
    MeetingStatus,
    PhrasePlace,
    Presence,
    TemplateKind,
)
from meetings.importers import read_minutes
from meetings.models import Decision, Meeting, MeetingDocument, MinutesBook
from meetings.word import default_template
from teams.memo import parse_prefix
from teams.models import Post, User
from tests.factories import PNG, Country
from tests.meetings.importers.build import Paper, as_text
from tests.meetings.rows import decided, make_meeting
from tests.prints import printed

Addresses = dict[str, list[Any]]


def meeting_things(country: Country) -> dict[str, SimpleNamespace]:
    """A meeting in every state, "meeting:draft" and so on, with all that hangs on it."""
    head = country["upazila.head"]
    earlier = make_meeting(
        country.upazila,
        by=head,
        on=date(2026, 8, 10),
        decisions=[decided(post_of(country["upazila.member"]))],
        status=MeetingStatus.CIRCULATED,
    )
    followed = earlier.decisions.get()
    return {
        f"meeting:{status}": _meeting(country, status, followed, on=date(2026, 9, day))
        for day, status in enumerate(MeetingStatus.values, start=1)
    }


def things_of_the_office(country: Country) -> Addresses:
    """What an office arranges for its meetings, its old minutes and its books.

    Made after the meetings: their agendas can be completed with the topic.
    """
    office, head = country.upazila, country["upazila.head"]
    member = post_of(country["upazila.member"])
    topic = add_topic(office=office, title="ই-নথির ব্যবহার", by=head)
    # With a second one there is somewhere to move the first.
    add_topic(office=office, title="সিটিজেন চার্টার", by=head)
    phrase = add_phrase(office=office, place=PhrasePlace.CLOSING, text="ধন্যবাদ।", by=head)
    number = parse_prefix("05.41.3300.009.14.001.25")
    prefix = add_prefix(office=office, number=number, label="", by=head)
    group = add_group(office=office, name="মেলা কমিটি", members=[member], by=head)
    keep_template(
        office=office,
        kind=TemplateKind.MINUTES,
        content=default_template(TemplateKind.MINUTES),
        filename="ছক.docx",
        by=head,
    )
    year = {"office": office, "starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30)}
    of_year = {key: str(value) if key != "office" else value for key, value in year.items()}
    book, failed_book = (
        printed(MinutesBook, BOOK_PDF, done=done, by=head, **of_year) for done in (True, False)
    )
    found = read_minutes(as_text(Paper()))
    waiting = keep_minutes_import(office=office, found=found, filename="", by=head)
    return {
        "office_pk": [office.pk],
        "topic": [topic.pk],
        "phrase": [phrase.pk],
        "own_phrase": [office.pk, phrase.pk],
        "prefix": [prefix.pk],
        "group": [group.pk],
        "template": [office.pk, TemplateKind.MINUTES],
        "template_kind": [TemplateKind.NOTICE],
        "minutes_import": [waiting.pk],
        "book": [book.pk],
        "failed_book": [failed_book.pk],
    }


def post_of(person: User) -> Post:
    post = person.scope.main_post
    assert post is not None
    return post


def _meeting(country: Country, status: str, followed: Decision, *, on: date) -> SimpleNamespace:
    head = country["upazila.head"]
    member = post_of(country["upazila.member"])
    words = [decided(member), decided(text="তুলে নেওয়া সিদ্ধান্ত")]
    meeting = make_meeting(
        country.upazila, by=head, on=on, decisions=words, kind=MeetingKind.SPECIAL
    )
    decision, removed = meeting.decisions.order_by("pk")
    remove_decision(decision=removed, by=head)
    item = meeting.items.get(kind=ItemKind.OWN)
    guest = add_guest(
        meeting=meeting,
        name="অতিথি",
        designation="",
        office_name="",
        contact="guest@office.test",
        presence=Presence.PRESENT,
        by=head,
    )
    notice = issue_notice(meeting=meeting, memo=None, issued_on=on, by=head)
    undelivered = notice.deliveries.order_by("pk")[0]
    Letter.objects.filter(pk=undelivered.letter_id).move(
        LetterStatus.REFUSED, now=timezone.now(), refused_reason="ঠিকানা নেই"
    )
    # Every state has a version and a report: a draft or a cancelled meeting was opened again.
    finalise_minutes(meeting=meeting, by=head, memo=None, issued_on=on)
    meeting.refresh_from_db()
    version = meeting.versions.get()
    assignment = decision.assignments.get()
    report = report_assignment(
        assignment=assignment,
        by=country["upazila.member"],
        text="ফরম ছাপা হচ্ছে",
        is_done=False,
        on=on,
        evidence=SimpleUploadedFile("ছবি.png", PNG, "image/png"),
    )
    _walk(meeting, status, by=head)
    belongs = {
        "meeting": meeting,
        "kind": DocumentKind.MINUTES if meeting.is_held else DocumentKind.DRAFT,
        "version": version if meeting.is_held else None,
    }
    document, failed = (
        printed(MeetingDocument, MEETING_PDF, done=done, by=head, **belongs)
        for done in (True, False)
    )
    item.refresh_from_db()
    decision.refresh_from_db()
    return SimpleNamespace(
        meeting=meeting,
        item=item,
        decision=decision,
        seat=member.pk,
        addresses={
            "": [],
            "office": [country.upazila.code],
            "meeting": [meeting.pk],
            "item": [item.pk],
            "decision": [decision.pk],
            "removed_decision": [removed.pk],
            "follow_up": [meeting.pk, followed.pk],
            "guest": [guest.pk],
            "notice": [notice.pk],
            "undelivered": [undelivered.pk],
            "version": [version.pk],
            "minutes_document": [document.pk],
            "failed_minutes_document": [failed.pk],
            "assignment": [assignment.pk],
            "evidence": [report.pk],
        },
    )


def _walk(meeting: Meeting, status: str, *, by: User) -> None:
    """Take settled minutes to a state."""
    if status in {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}:
        reopen_minutes(meeting=meeting, by=by, reason="বানান")
        meeting.refresh_from_db()
    if status == MeetingStatus.CANCELLED:
        cancel_meeting(meeting=meeting, by=by, reason="সভাপতি ছুটিতে")
    if status in {MeetingStatus.CIRCULATED, MeetingStatus.CONFIRMED}:
        circulate_minutes(meeting=meeting, by=by)
    if status == MeetingStatus.CONFIRMED:
        Meeting.objects.filter(pk=meeting.pk).update(
            status=status, confirmed_at=timezone.now(), confirmed_by=by
        )
    meeting.refresh_from_db()
