"""Something real on every page of meetings: in each state, sent and read from above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import (
    add_decision,
    add_group,
    add_guest,
    add_item,
    add_phrase,
    add_prefix,
    add_topic,
    drop_decision,
    explain_no_meeting,
    issue_notice,
    keep_minutes_import,
    mark_all_present,
    reopen_minutes,
    report_assignment,
    set_item_state,
    update_item,
    write_follow_up,
)
from meetings.books import order_book
from meetings.deliveries import order_draft_pdf, order_minutes_pdf
from meetings.enums import ItemState, MeetingKind, MeetingStatus, PhrasePlace, Presence
from meetings.importers import read_minutes
from meetings.models import Meeting
from teams.enums import Role
from teams.memo import parse_prefix
from teams.models import Post, User
from teams.prints import Print
from tests.browser.house import Upazila
from tests.browser.papers import Addresses, end_job
from tests.factories import PNG, make_officer, make_post
from tests.meetings.importers.build import Paper, as_text
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from workplans.periods import Period

# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/meetings/minutes/attachments"


def to(name: str, *args: object, query: str = "") -> str:
    return reverse(f"meetings:{name}", args=args) + query


def addresses_of_meetings(upazila: Upazila) -> Addresses:
    """The team's own meetings, after half a year of them."""
    sent = _sent(upazila)
    final = _final(upazila, sent)
    draft = _draft(upazila, sent)
    fresh, off = _announced_and_called_off(upazila)
    explain_no_meeting(
        office=upazila.office, month=date(2026, 8, 1), reason="বন্যার দায়িত্ব", by=upazila.head
    )
    open_one, dropped = sent.decisions.order_by("pk")[:2]
    meetings = (draft, fresh, final, sent, off)
    # The third item asks for something before the meeting, which is doubted.
    found = read_minutes(as_text(Paper()))
    waiting = keep_minutes_import(
        office=upazila.office, found=found, filename=f"{ENDLESS[-60:]}.docx", by=upazila.officer
    )
    return {
        "meetings:list": [
            to("list"),
            to("list", query="?year=2025-2026"),
            to("list", query="?tab=below"),
        ],
        "meetings:no_meeting": [to("no_meeting", query="?month=2026-08")],
        "meetings:update": [to("update", draft.pk)],
        "meetings:notice": [to("notice", one.pk) for one in (draft, fresh, off, sent)],
        "meetings:cancel": [to("cancel", draft.pk)],
        "meetings:detail": [one.get_absolute_url() for one in meetings],
        "meetings:attendance": [to("attendance", draft.pk)],
        "meetings:decision_update": [to("decision_update", draft.decisions.earliest("pk").pk)],
        "meetings:minutes": [to("minutes", draft.pk)],
        "meetings:finalise": [to("finalise", one.pk) for one in (draft, fresh)],
        "meetings:reopen": [to("reopen", final.pk)],
        "meetings:circulate": [to("circulate", final.pk)],
        "meetings:version": [to("version", final.versions.last().pk)],
        "meetings:document_detail": _papers(upazila, draft, final),
        "meetings:decision_list": [
            to("decision_list"),
            to("decision_list", query="?state=all"),
            to("decision_list", query="?q=নেই"),
        ],
        "meetings:decision_detail": [
            one.get_absolute_url() for one in (open_one, dropped, draft.decisions.earliest("pk"))
        ],
        "meetings:decision_drop": [to("decision_drop", open_one.pk)],
        "meetings:decision_resume": [to("decision_resume", dropped.pk)],
        "meetings:assignment_report": [
            to("assignment_report", open_one.assignments.earliest("pk").pk)
        ],
        "meetings:arrange": _arranged(upazila),
        "meetings:import_create": [to("import_create")],
        "meetings:import_detail": [waiting.get_absolute_url()],
        "meetings:search": [
            to("search"),
            to("search", query="?q=ফরম"),
            to("search", query="?q=নেইএমন&since=নেই"),
        ],
        "meetings:statistics": [
            to("statistics"),
            to("statistics", query="?year=2024-2025"),
        ],
        "meetings:book_detail": _books(upazila),
    }


def addresses_from_above(upazila: Upazila) -> Addresses:
    """What the superior office reads of them."""
    sent = upazila.office.meetings.get(status=MeetingStatus.CONFIRMED)
    decision = sent.decisions.earliest("pk")
    return {
        "meetings:list": [to("list", query="?tab=below")],
        "meetings:detail": [sent.get_absolute_url()],
        "meetings:decision_list": [to("decision_list", query="?origin=below&state=all")],
        "meetings:decision_detail": [decision.get_absolute_url()],
        "meetings:statistics": [to("statistics", query="?sort=-met_rate")],
        "meetings:search": [to("search", query="?q=ফরম")],
        "meetings:arrange": [to("arrange")],
    }


# --- The meetings --------------------------------------------------------------------------
def _sent(upazila: Upazila) -> Meeting:
    """September's minutes, sent out; one decision is reported on, one was dropped."""
    head, owners = upazila.head, [_post(upazila.member), _post(upazila.officer)]
    make_post(upazila.office, Role.MEMBER, "উপজেলা প্রাথমিক শিক্ষা অফিসার")  # vacant
    words = [
        decided(*owners),
        decided(owners[0], text=f"{ENDLESS} ঠিকানায় সব ফরম তুলতে হবে।", due="৩০ সেপ্টেম্বর ২০২৬"),
        decided(text="দ্রুত সেবা " * 30 + "চাই", due="যথাশীঘ্র", by_words="সংশ্লিষ্ট সকলে"),
    ]
    meeting = make_meeting(upazila.office, by=head, on=date(2026, 9, 14), decisions=words)
    _fill(meeting, by=head)
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=head)
    refused = meeting.deliveries.earliest("pk")
    Letter.objects.filter(pk=refused.letter_id).move(
        LetterStatus.REFUSED, now=timezone.now(), refused_reason="ঠিকানা নেই"
    )
    reported, dropped = meeting.decisions.order_by("pk")[:2]
    for assignment in reported.assignments.all():
        report_assignment(
            assignment=assignment,
            by=head,
            text="চারটি ফরম ওয়েবসাইটে উঠেছে, বাকিগুলো যাচাই চলছে।",
            is_done=False,
            on=date(2026, 10, 1),
            evidence=SimpleUploadedFile(f"{ENDLESS[-60:]}.png", PNG, "image/png"),
        )
    drop_decision(decision=dropped, by=head, reason="একই কাজ জেলা কার্যালয় করছে।")
    return meeting


def _final(upazila: Upazila, sent: Meeting) -> Meeting:
    """October's minutes, settled twice, which confirm September's with a correction."""
    head = upazila.head
    meeting = make_meeting(
        upazila.office, by=head, on=date(2026, 10, 12), decisions=[decided(_post(upazila.member))]
    )
    item = meeting.items.get(confirms=sent)
    words = {"confirmation": "corrected", "correction": f"ঠিকানাটি হবে {ENDLESS}"}
    update_item(item=item, version=item.version, fields=words, by=head)
    _say_of(meeting, sent, by=head)
    for times in range(2):
        if times:
            reopen_minutes(meeting=meeting, by=head, reason="উপস্থিতি মেলেনি")
            meeting.refresh_from_db()
        take_meeting_to(meeting, MeetingStatus.FINALISED, by=head)
    return meeting


def _draft(upazila: Upazila, sent: Meeting) -> Meeting:
    """This month's draft with everything that can stand on it."""
    head, owner = upazila.head, _post(upazila.member)
    words = [decided(owner), decided(owner, text="ক" * 90, due="যথাশীঘ্র")]
    meeting = make_meeting(upazila.office, by=head, decisions=words)
    _fill(meeting, by=head)
    _say_of(meeting, sent, by=head)
    mark_all_present(meeting=meeting, posts=[owner], by=head)
    return meeting


def _fill(meeting: Meeting, *, by: User) -> None:
    """A topic without an end, one put off, a guest with an address."""
    topic = add_item(meeting=meeting, topic=ENDLESS, by=by)
    add_decision(item=topic, words=decided(text="তথ্য হালনাগাদ করতে হবে।", due=""), by=by)
    put_off = add_item(meeting=meeting, topic="উদ্ভাবন মেলার তারিখ", by=by)
    set_item_state(item=put_off, state=ItemState.POSTPONED, by=by)
    add_guest(
        meeting=meeting,
        name="অধ্যাপক মাহবুবা রহমান",
        designation="অতিথি বক্তা",
        office_name="সরকারি কলেজ",
        contact="mahbuba.rahman.long.address@college.example",
        presence=Presence.ONLINE,
        by=by,
    )


def _say_of(meeting: Meeting, earlier: Meeting, *, by: User) -> None:
    for decision in earlier.decisions.filter(status="open"):
        write_follow_up(
            **{"meeting": meeting, "decision": decision, "version": 0},
            **{"note": "আরও দুই সপ্তাহ লাগবে", "outcome": "continue", "new_due_on": None, "by": by},
        )


def _announced_and_called_off(upazila: Upazila) -> tuple[Meeting, Meeting]:
    """Two special meetings whose notices went out; the second will not be."""
    pair = []
    for day in (23, 24):
        meeting = make_meeting(
            upazila.office, by=upazila.head, on=date(2026, 7, day), kind=MeetingKind.SPECIAL
        )
        issue_notice(meeting=meeting, memo=None, issued_on=meeting.held_on, by=upazila.head)
        pair.append(meeting)
    fresh, off = pair
    return fresh, take_meeting_to(off, MeetingStatus.CANCELLED, by=upazila.head)


def _post(person: User) -> Post:
    post = person.scope.main_post
    assert post is not None
    return post


# --- What belongs to the office ------------------------------------------------------------
def _arranged(upazila: Upazila) -> list[str]:
    """The page of lists, and with the form of a row of each open."""
    office, head = upazila.office, upazila.head
    topic = add_topic(office=office, title=ENDLESS, by=head)
    add_topic(office=office, title="সেবা সহজীকরণ", by=head)
    phrase = add_phrase(office=office, place=PhrasePlace.DECISION, text="ক" * 120, by=head)
    number = parse_prefix("05.41.3300.012.14.007.25")
    prefix = add_prefix(office=office, number=number, label="সাধারণ শাখা", by=head)
    group = add_group(office=office, name="মেলা কমিটি", members=[_post(upazila.member)], by=head)
    rows = (f"topic-{topic.pk}", f"phrase-{phrase.pk}", f"prefix-{prefix.pk}", f"group-{group.pk}")
    return [to("arrange"), *(to("arrange", query=f"?change={row}") for row in rows)]


def _papers(upazila: Upazila, draft: Meeting, final: Meeting) -> list[str]:
    """A print that waits, one that failed and one that is there."""
    waiting = order_draft_pdf(draft, by=upazila.officer)
    failed, done = (order_minutes_pdf(one, by=upazila.officer) for one in final.versions.all())
    end_job(failed, is_good=False)
    end_job(done, is_good=True)
    return _pages("document_detail", [waiting, failed, done])


def _books(upazila: Upazila) -> list[str]:
    book = order_book(office=upazila.office, year=Period.parse("2026-2027"), by=upazila.officer)
    return _pages("book_detail", [book])


def _pages(name: str, prints: Sequence[Print]) -> list[str]:
    return [to(name, one.pk) for one in prints]


def superior_of(upazila: Upazila) -> User:
    """The head of the office above, who takes up the post if it is vacant."""
    above = upazila.office.parent
    assert above is not None
    post = above.posts.filter(role=Role.HEAD).first()
    return (post and post.holder) or make_officer(above, Role.HEAD)
