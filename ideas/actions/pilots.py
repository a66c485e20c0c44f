"""Writes of a pilot: its plan, measures, risks and visits; begun, finished, stopped."""

from django.db import transaction
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.models import User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import BEGIN_PILOT, FINISH_PILOT, HALT_PILOT, STOP_PILOT, PilotStatus
from ..models import Idea, Pilot


def begin_pilot_of(idea: Idea, *, by: User) -> Pilot:
    """Begin the pilot of an idea that has just moved on to piloting, planned before or not.

    A meeting may decide that a pilot starts before anybody has written its plan; the plan is then
    filled in afterwards. Runs in the caller's transaction.
    """
    pilot, _created = Pilot.objects.get_or_create(idea=idea, defaults={"created_by": by})
    if pilot.status == PilotStatus.PLANNED:
        apply_transition(
            pilot,
            BEGIN_PILOT,
            by=by,
            allowed=perms.can_move_idea(by, idea),
            office=idea.office,
        )
    return pilot


@transaction.atomic
def finish_pilot(*, pilot: Pilot, results: str, lessons: str, by: User) -> None:
    """Close a pilot that went well, with what it brought. Raises WrongState, PermissionDenied."""
    if not (results := normalise(results)):
        raise WrongState(_("পাইলটে কী ফল পাওয়া গেল, লিখুন।"))
    apply_transition(
        pilot,
        FINISH_PILOT,
        by=by,
        allowed=perms.can_move_idea(by, pilot.idea),
        office=pilot.idea.office,
        changes={"results": results, "lessons": normalise(lessons)},
    )


@transaction.atomic
def stop_pilot(*, pilot: Pilot, lessons: str, by: User) -> None:
    """End a pilot that did not work, with what was learnt; its idea goes no further.

    Raises WrongState, PermissionDenied.
    """
    if not (lessons := normalise(lessons)):
        raise WrongState(_("পাইলটটি থেকে কী শেখা গেল, লিখুন।"))
    idea = pilot.idea
    allowed = perms.can_move_idea(by, idea)
    apply_transition(
        pilot,
        HALT_PILOT,
        by=by,
        allowed=allowed,
        office=idea.office,
        changes={"lessons": lessons},
    )
    apply_transition(idea, STOP_PILOT, by=by, allowed=allowed, office=idea.office)
