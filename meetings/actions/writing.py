"""What every write to a meeting shares: the lock and the check that its text is open."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..enums import MeetingStatus
from ..models import Meeting, MinutesImport


def lock_meeting(pk: int) -> Meeting:
    """The meeting as it is now; nobody else writes to it until this transaction has ended.

    Its posts are read when they are asked for: of a row it had to wait for, PostgreSQL gives the
    new columns beside what was joined to the old ones, and so a new chair who is nobody.
    """
    return Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)


def open_for_writing(meeting: Meeting, by: User | None) -> Meeting:
    """Lock the meeting and check that this person may write its draft.

    `by` is None only on the command line. Raises PermissionDenied, WrongState.
    """
    meeting = lock_meeting(meeting.pk)
    if by is not None and not by.scope.is_in_team(meeting.office_id):
        raise PermissionDenied
    if meeting.status != MeetingStatus.DRAFT:
        raise WrongState(
            _("সভার কার্যবিবরণী এখন “%(status)s”, তাই এর লেখা বদলানো যায় না।")
            % {"status": meeting.get_status_display()}
        )
    if by is not None and not perms.can_write_minutes(by, meeting):
        raise PermissionDenied
    return meeting


def import_of(meeting: Meeting) -> MinutesImport | None:
    """The old minutes that the meeting was made of; None for one that was called here."""
    return MinutesImport.objects.filter(meeting=meeting).first()


def new_version(by: User | None) -> dict[str, Any]:
    """What every change of a row sets, so that a save from before it is told whom it met."""
    return {"version": F("version") + 1, "updated_at": timezone.now(), "updated_by": by}


def next_position(rows: QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1
