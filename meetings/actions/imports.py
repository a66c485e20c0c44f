"""Old minutes taken in as a draft meeting, whole or not at all.

The draft is then checked and made final on the ordinary pages.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Office, User
from teams.templatetags.bangla_tags import day, digits
from teams.transitions import WrongState

from .. import perms
from ..enums import MeetingKind, MeetingStatus, Presence
from ..importers import ImportedMinutes
from ..models import AgendaItem, Attendance, Meeting, MinutesImport
from ..old_minutes import (
    ItemWords,
    Person,
    as_content,
    found_in,
    kind_of,
    meeting_words,
    month_of,
)
from .agenda import renew_next_agenda
from .decisions import DecisionWords, add_decision
from .meetings import begin_meeting, lock_meetings_of, monthly_meeting, write_copies
from .writing import import_of

# Decisions of meetings longer ago than three months are history, unless somebody says otherwise.
FOLLOWED_FOR = timedelta(days=92)


class MonthTaken(WrongState):
    """A meeting with words stands where the imported one would; `existing` is it."""

    def __init__(self, existing: Meeting) -> None:
        super().__init__(
            _("“%(meeting)s” আগে থেকেই লেখা আছে, তাই কিছুই নেওয়া হয়নি।") % {"meeting": existing.name}
        )
        self.existing = existing


@transaction.atomic
def keep_minutes_import(
    *, office: Office, found: ImportedMinutes, filename: str, by: User | None
) -> MinutesImport:
    """Keep old minutes as they were read, to be looked over before they are taken in.

    `filename` is "" for a paste; `by` is None only on the command line. Raises
    PermissionDenied.
    """
    _ask(by, office)
    kept = MinutesImport.objects.create(
        office=office, filename=filename[-255:], content=as_content(found), created_by=by
    )
    record(
        "import.keep",
        kept,
        by=by,
        office=office,
        after={"items": len(found.items), "file": kept.filename},
    )
    return kept


@transaction.atomic
def apply_minutes_import(
    *, minutes_import: MinutesImport, by: User | None, follow: bool
) -> Meeting:
    """Make the draft of a meeting out of read minutes, all of them or nothing, once.

    With `follow` the decisions are given out when the minutes are made final; without it they
    are closed then and chase nobody. Raises PermissionDenied, WrongState with what is missing
    or when they were taken in already, MonthTaken when the month has its meeting.
    """
    office = minutes_import.office
    _ask(by, office)
    lock_meetings_of(office)
    fresh = MinutesImport.objects.filter(pk=minutes_import.pk).waiting()
    if not fresh.update(applied_at=timezone.now(), applied_by=by):
        raise WrongState(_("এই কার্যবিবরণী আগেই নেওয়া হয়েছে।"))
    draft = draft_to_fill(minutes_import)
    found = found_in(minutes_import.content)
    held_on = _complete(found)
    posts = list(office.posts.active().with_holders(held_on))
    words = meeting_words(found, held_on=held_on, posts=posts)
    if draft:
        meeting = _fill(draft, words.head)
    else:
        month = month_of(found, held_on)
        meeting = begin_meeting(
            office=office, month=month, kind=kind_of(found), fields=words.head, by=by
        )
    write_copies(meeting, words.copies)
    for place, item in enumerate(words.items, start=1):
        _write_item(meeting, item, place, by=by)
    _write_attendance(meeting, words.people, by=by)
    MinutesImport.objects.filter(pk=minutes_import.pk).update(
        meeting=meeting, content=minutes_import.content | {"follow": follow}
    )
    record(
        "meeting.import",
        meeting,
        by=by,
        office=office,
        after={"items": len(words.items), "file": minutes_import.filename, "follow": follow},
        rows=[*meeting.items.all(), *meeting.attendance.all()],
    )
    return meeting


def draft_to_fill(minutes_import: MinutesImport) -> Meeting | None:
    """The month's empty draft, which the minutes would fill; None when they make a meeting.

    Raises WrongState with what keeps the minutes from being taken in, MonthTaken.
    """
    found = found_in(minutes_import.content)
    held_on = _complete(found)
    office = minutes_import.office
    if kind_of(found) == MeetingKind.SPECIAL:
        special = office.meetings.kept().filter(kind=MeetingKind.SPECIAL, held_on=held_on)
        existing = special.first()
    else:
        existing = monthly_meeting(office, month_of(found, held_on))
    if existing and not _is_empty(existing):
        raise MonthTaken(existing)
    return existing


def follows_usually(held_on: date) -> bool:
    """Whether decisions of that day's meeting are to be followed up, unless somebody chooses."""
    return timezone.localdate() - held_on <= FOLLOWED_FOR


def _ask(by: User | None, office: Office) -> None:
    if by is not None and not perms.can_import_minutes(by, office.pk):
        raise PermissionDenied


def _complete(found: ImportedMinutes) -> date:
    """The day of minutes that can be taken in. Raises WrongState with what they lack."""
    if found.held_on is None:
        raise WrongState(
            _("সভার তারিখ জানা নেই, তাই কিছুই নেওয়া হয়নি। কাগজে “তারিখ: ২৫ আগস্ট ২০১৯”-এর মতো লিখে আবার আনুন।")
        )
    if found.held_on > timezone.localdate():
        raise WrongState(
            _("সভার তারিখ %(day)s এখনো আসেনি, তাই কিছুই নেওয়া হয়নি। তারিখ ঠিক করে আবার আনুন।")
            % {"day": day(found.held_on)}
        )
    if not found.items:
        raise WrongState(_("কোনো আলোচ্য বিষয় পাওয়া যায়নি, তাই কিছুই নেওয়া হয়নি। বিষয়গুলোসহ আবার আনুন।"))
    for place, item in enumerate(found.items, start=1):
        if not item.topic.strip():
            raise WrongState(
                _("আলোচ্য বিষয় %(number)s-এর নাম লেখা নেই, তাই কিছুই নেওয়া হয়নি। কাগজে নামটি লিখে আবার আনুন।")
                % {"number": digits(place)}
            )
    return found.held_on


def _is_empty(meeting: Meeting) -> bool:
    """Whether a draft is as it was opened: nobody has typed, arranged or announced anything."""
    return (
        meeting.status == MeetingStatus.DRAFT
        and meeting.version == 1
        and import_of(meeting) is None
        and not meeting.notices.exists()
        and not meeting.attendance.exists()
        and not meeting.follow_ups.exists()
        and not meeting.decisions.exists()
        and not meeting.items.filter(updated_by__isnull=False).exists()
    )


def _fill(draft: Meeting, head: dict[str, Any]) -> Meeting:
    """Give an empty draft the head of the paper; its own agenda goes to the next meeting."""
    for name, value in head.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save(update_fields=[*head, "version"])
    draft.items.all().delete()
    renew_next_agenda(draft)
    return draft


def _write_item(meeting: Meeting, words: ItemWords, place: int, *, by: User | None) -> None:
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=place,
        topic=words.topic,
        discussion=words.discussion,
        doubts=words.doubts,
        updated_by=by,
    )
    if words.decision:
        decision = DecisionWords(
            text=words.decision, implementer_text=words.implementer, due_text=words.due
        )
        add_decision(item=item, words=decision, by=by)


def _write_attendance(meeting: Meeting, people: list[Person], *, by: User | None) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            post=one.post,
            presence=Presence.PRESENT,
            name=one.name,
            designation=one.designation,
            office_name=one.office_name,
            position=one.post.position if one.post else place,
            updated_by=by,
        )
        for place, one in enumerate(people, start=1)
    )
