"""Meetings and their decisions for tests, made through the application's own actions."""

from collections.abc import Sequence
from datetime import date, time

from meetings.actions import (
    DecisionWords,
    add_decision,
    add_item,
    cancel_meeting,
    circulate_minutes,
    create_meeting,
    finalise_minutes,
    update_item,
)
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Assignment, Meeting
from teams.models import Office, Post, PostGroup, User

HELD_ON = date(2026, 11, 10)
DECIDED = "সকল সেবার ফরম এক পাতায় এনে ওয়েবসাইটে তুলতে হবে।"
DUE = "৩০ নভেম্বর ২০২৬"


def decided(
    *owed_by: Post | Office | PostGroup, text: str = DECIDED, due: str = DUE, by_words: str = ""
) -> DecisionWords:
    """A decision as typed, with the posts, offices and groups ticked that owe it.

    `by_words` is the implementer's cell; left out, the ticks make it.
    """
    codes = [f"{_column(thing)}-{thing.pk}" for thing in owed_by]
    return DecisionWords(text=text, implementer_text=by_words, due_text=due, chosen=codes)


def _column(thing: Post | Office | PostGroup) -> str:
    return {Post: "post", Office: "office", PostGroup: "group"}[type(thing)]


def make_meeting(
    office: Office,
    *,
    by: User,
    on: date = HELD_ON,
    decisions: Sequence[DecisionWords] = (),
    status: str = MeetingStatus.DRAFT,
    kind: str = MeetingKind.MONTHLY,
) -> Meeting:
    """A meeting with one own topic and its decisions, taken to `status` by a lead of the office.

    Confirmed is not among the states: that is what the next meeting says.
    """
    meeting = create_meeting(
        office=office,
        month=on,
        by=by,
        kind=kind,
        fields={"held_on": on, "starts_at": time(11), "place": "সম্মেলন কক্ষ"},
    )
    item = add_item(meeting=meeting, topic="সেবা সহজীকরণ", by=by)
    update_item(
        item=item, version=item.version, fields={"discussion": "চলমান কাজ পর্যালোচনা হলো।"}, by=by
    )
    for words in decisions:
        add_decision(item=item, words=words, by=by)
    return take_meeting_to(meeting, status, by=by)


def take_meeting_to(meeting: Meeting, status: str, *, by: User) -> Meeting:
    """Walk a draft through its real steps."""
    if status == MeetingStatus.CANCELLED:
        cancel_meeting(meeting=meeting, by=by, reason="সভাপতি ছুটিতে")
    if status in {MeetingStatus.FINALISED, MeetingStatus.CIRCULATED}:
        finalise_minutes(meeting=meeting, by=by, memo=None, issued_on=meeting.held_on)
    meeting.refresh_from_db()
    if status == MeetingStatus.CIRCULATED:
        circulate_minutes(meeting=meeting, by=by)
        meeting.refresh_from_db()
    return meeting


def owed_of(meeting: Meeting) -> list[Assignment]:
    """What the meeting's decisions have given out, in the order of the decisions."""
    given = Assignment.objects.kept().filter(decision__meeting=meeting)
    return list(given.order_by("decision__position", "pk"))
