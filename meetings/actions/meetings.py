"""A meeting made, arranged, cancelled; a month without one explained."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState, apply_transition
from workplans.periods import Period

from .. import enums, perms
from ..defaults import Defaults, defaults_for
from ..enums import MeetingKind, MeetingStatus
from ..models import CopyRecipient, Meeting, NoMeeting
from .agenda import complete_agenda, renew_agenda, renew_next_agenda
from .writing import open_for_writing

# What the form of a meeting's head sets.
HEAD_FIELDS = (
    "title",
    "held_on",
    "starts_at",
    "place",
    "chair_post",
    "issuer_post",
    "form",
    "opening",
    "closing",
)
Copies = Sequence[tuple[str, str, str]]  # (kind, text, e-mail)


class StaleMeeting(Exception):
    """Somebody saved the meeting's head after this copy was opened; `current` is it now."""

    def __init__(self, current: Meeting) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_meeting(
    *,
    office: Office,
    month: date,
    by: User | None,
    kind: str = MeetingKind.MONTHLY,
    fields: Mapping[str, Any] | None = None,
) -> Meeting:
    """The team's meeting of a month with its agenda written; asking twice gives the same one.

    `month` is any day of it. `fields` are HEAD_FIELDS that differ from what is proposed (old
    minutes bring their own). `by` is None only on the command line. A month may have several
    special meetings; without `fields` the next begins only once the last has been arranged.
    Raises PermissionDenied.
    """
    if by is not None and not perms.can_create_meeting(by, office.pk):
        raise PermissionDenied
    month = month.replace(day=1)
    lock_meetings_of(office)
    # The same button pressed twice: the second one gets the first one's meeting.
    is_monthly = kind == MeetingKind.MONTHLY
    existing = monthly_meeting(office, month) if is_monthly else None
    if not is_monthly and not fields:
        existing = _untouched_special(office, month)
    if existing:
        return existing
    meeting = begin_meeting(office=office, month=month, kind=kind, fields=fields or {}, by=by)
    complete_agenda(meeting, by=by)
    return meeting


def begin_meeting(
    *, office: Office, month: date, kind: str, fields: Mapping[str, Any], by: User | None
) -> Meeting:
    """Make a draft without an agenda; `month` is the first day of its month.

    Whoever calls this has locked the office's meetings, found the month free, and asked whether
    `by` may.
    """
    proposal = defaults_for(office, month, today=timezone.localdate())
    meeting = _insert(office, month, kind, proposal, fields, by)
    write_copies(meeting, proposal.copies)
    is_monthly = kind == MeetingKind.MONTHLY
    excuse = office.months_unmet.filter(month=month).first() if is_monthly else None
    record(
        "meeting.create",
        meeting,
        by=by,
        office=office,
        before={"no_meeting": excuse.reason} if excuse else None,
        after={"month": f"{month:%Y-%m}"},
    )
    if excuse:
        excuse.delete()
    return meeting


@transaction.atomic
def update_meeting(
    *, meeting: Meeting, version: int, fields: Mapping[str, Any], copies: Copies, by: User
) -> Meeting:
    """Save the head of a draft and its copy list. Raises StaleMeeting, WrongState.

    `fields` holds HEAD_FIELDS.
    """
    meeting = open_for_writing(meeting, by)
    if meeting.version != version:
        raise StaleMeeting(meeting)
    before = {name: str(getattr(meeting, name) or "") for name in HEAD_FIELDS}
    for name in HEAD_FIELDS:
        setattr(meeting, name, fields[name])
    meeting.version = version + 1
    meeting.doubts = []
    meeting.save(update_fields=[*HEAD_FIELDS, "version", "doubts"])
    write_copies(meeting, copies)
    after = {name: str(getattr(meeting, name) or "") for name in HEAD_FIELDS}
    changed = {name for name in HEAD_FIELDS if before[name] != after[name]}
    record(
        "meeting.update",
        meeting,
        by=by,
        office=meeting.office,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    if "held_on" in changed:
        renew_agenda(meeting, by=by)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, reason: str) -> None:
    """Call a meeting off. Its agenda comes back in the next one.

    Raises WrongState, PermissionDenied.
    """
    apply_transition(
        meeting,
        enums.CANCEL,
        by=by,
        allowed=perms.can_cancel_meeting(by, meeting),
        office=meeting.office,
        changes={"cancel_reason": reason},
    )
    renew_next_agenda(meeting)


@transaction.atomic
def explain_no_meeting(*, office: Office, month: date, reason: str, by: User) -> NoMeeting:
    """Write down why a team did not meet in a month.

    Raises PermissionDenied, WrongState when it did.
    """
    if not perms.can_create_meeting(by, office.pk):
        raise PermissionDenied
    month = month.replace(day=1)
    lock_meetings_of(office)
    if monthly_meeting(office, month):
        raise WrongState(_("ওই মাসে সভা আছে। সভাটি না হয়ে থাকলে আগে সেটি বাতিল করুন।"))
    unmet, _created = NoMeeting.objects.update_or_create(
        office=office, month=month, defaults={"reason": reason, "recorded_by": by}
    )
    record("nomeeting.explain", unmet, by=by, office=office, after={"reason": reason})
    return unmet


def write_copies(meeting: Meeting, copies: Copies) -> None:
    """Replace the meeting's copy list."""
    meeting.copies.all().delete()
    CopyRecipient.objects.bulk_create(
        CopyRecipient(meeting=meeting, kind=kind, position=position, text=text, email=email)
        for position, (kind, text, email) in enumerate(copies, start=1)
    )


def lock_meetings_of(office: Office) -> None:
    """Nobody else numbers a meeting of the office, or writes off a month, until this is done."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)


def monthly_meeting(office: Office, month: date) -> Meeting | None:
    """The office's regular meeting of the month that begins on `month`, unless called off."""
    monthly = office.meetings.kept().filter(kind=MeetingKind.MONTHLY, month=month)
    return monthly.first()


def _untouched_special(office: Office, month: date) -> Meeting | None:
    """A special meeting of the month that nobody has arranged or told anybody of."""
    drafts = office.meetings.filter(
        kind=MeetingKind.SPECIAL, month=month, status=MeetingStatus.DRAFT, version=1
    )
    return drafts.filter(notices__isnull=True).first()


def _insert(
    office: Office,
    month: date,
    kind: str,
    proposal: Defaults,
    fields: Mapping[str, Any],
    by: User | None,
) -> Meeting:
    year = Period.fiscal_year_of(month).starts_on
    meetings = office.meetings.kept().in_year(year)
    return Meeting.objects.create(
        office=office,
        kind=kind,
        month=month,
        year_starts_on=year,
        number=(meetings.aggregate(last=Max("number"))["last"] or 0) + 1,
        created_by=by,
        **{
            "held_on": proposal.held_on,
            "starts_at": proposal.starts_at,
            "place": proposal.place,
            "chair_post": proposal.chair_post,
            "issuer_post": proposal.issuer_post,
            "form": proposal.form,
            **fields,
        },
    )
