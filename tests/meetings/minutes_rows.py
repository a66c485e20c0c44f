"""Settled minutes for tests and measurements of the search: some as people write them, or many."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from random import Random

from django.utils import timezone

from meetings.actions import (
    DecisionWords,
    add_decision,
    add_item,
    create_meeting,
    finalise_minutes,
    update_item,
)
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import AgendaItem, Decision, EntryKind, Meeting, SearchEntry
from meetings.search.words import search_key
from teams.memo import Memo
from teams.models import Office, User
from tests.meetings.rows import HELD_ON, take_meeting_to

# Words of which many minutes are made.
_VOCABULARY = (
    "আবেদন অনলাইন অফিস অর্থ আইন উদ্যোগ উপকারভোগী উপজেলা এলাকা কর্মকর্তা কর্মশালা কাগজ কার্যক্রম খরচ "
    "গ্রাহক গ্রহণ চালু জমা জেলা টাকা তথ্য তারিখ তালিকা দপ্তর দায়িত্ব দিন ধাপ নকশা নাগরিক নিয়ম নোটিশ "
    "পরিকল্পনা পরিদর্শন প্রতিবেদন প্রশিক্ষণ প্রস্তাব ফরম ফি বাজেট বিতরণ বিভাগ ভূমি মতামত মাঠ মাস "
    "মূল্যায়ন যাচাই যোগাযোগ রেজিস্টার লক্ষ্য শাখা শিক্ষা শুনানি সংশোধন সদস্য সময় সহায়তা সেবা স্বাস্থ্য হিসাব"
)
WORDS = tuple(_VOCABULARY.split())


def minutes(
    office: Office,
    *,
    by: User,
    topic: str = "সেবা সহজীকরণ",
    discussion: str = "চলমান কাজ পর্যালোচনা হলো।",
    decisions: Sequence[DecisionWords] = (),
    status: str = MeetingStatus.FINALISED,
    on: date = HELD_ON,
    memo: Memo | None = None,
    **head: str,
) -> Meeting:
    """A special meeting (a month may have several) on one topic, taken to `status`.

    `head` are further fields of the meeting: place, opening …
    """
    meeting = create_meeting(
        office=office,
        month=on,
        by=by,
        kind=MeetingKind.SPECIAL,
        fields={"held_on": on, "starts_at": time(11), "place": "সম্মেলন কক্ষ", **head},
    )
    item = add_item(meeting=meeting, topic=topic, by=by)
    update_item(item=item, version=item.version, fields={"discussion": discussion}, by=by)
    for words in decisions:
        add_decision(item=item, words=words, by=by)
    if memo:
        finalise_minutes(meeting=meeting, by=by, memo=memo, issued_on=on)
        meeting.refresh_from_db()
        return meeting
    return take_meeting_to(meeting, status, by=by)


def many_minutes(
    office: Office, how_many: int, *, by: User, hidden: Mapping[int, str] | None = None
) -> list[Meeting]:
    """Sent minutes, each of a topic, a discussion and a decision, straight into the tables.

    The same number gives the same words. `hidden` adds words to the discussion of the meetings
    with these numbers, counted from 0. Once an office.
    """
    random = Random(how_many)
    meetings = Meeting.objects.bulk_create(
        Meeting(
            office=office,
            kind=MeetingKind.SPECIAL,
            month=held_on.replace(day=1),
            year_starts_on=date(2000, 7, 1),
            number=number,
            held_on=held_on,
            starts_at=time(11),
            place="সম্মেলন কক্ষ",
            issued_on=held_on,
            finalised_at=timezone.now(),
            finalised_by=by,
            status=MeetingStatus.CIRCULATED,
        )
        for number, held_on in enumerate(_days(how_many))
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=1,
            topic=_sentence(random, 6),
            discussion=f"{_sentence(random, 45)} {(hidden or {}).get(meeting.number, '')}".strip(),
        )
        for meeting in meetings
    )
    decisions = Decision.objects.bulk_create(
        Decision(meeting=item.meeting, item=item, position=1, text=_sentence(random, 18))
        for item in items
    )
    SearchEntry.objects.bulk_create(
        entry
        for item, decision in zip(items, decisions, strict=True)
        for entry in _entries(item, decision)
    )
    return meetings


def _days(how_many: int) -> Iterator[date]:
    for number in range(how_many):
        yield HELD_ON - timedelta(days=number % 3000)


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)) + "।"


def _entries(item: AgendaItem, decision: Decision) -> Iterator[SearchEntry]:
    for kind, text in (
        (EntryKind.TOPIC, item.topic),
        (EntryKind.DISCUSSION, item.discussion),
        (EntryKind.DECISION, decision.text),
    ):
        yield SearchEntry(
            meeting=item.meeting,
            office_id=item.meeting.office_id,
            held_on=item.meeting.held_on,
            kind=kind,
            item=item,
            decision=decision if kind == EntryKind.DECISION else None,
            text=text,
            folded=search_key(text),
        )
