"""Writes of a pilot: planned, begun, its plan mended, finished or stopped."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.audit import record
from teams.models import Post, User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import (
    ALIVE,
    BEGIN_PILOT,
    FINISH_PILOT,
    HALT_PILOT,
    OPEN_PILOT,
    PILOTABLE,
    STOP_PILOT,
    IdeaStatus,
    PilotStatus,
)
from ..letters import tell_submitter
from ..models import Idea, Pilot
from .measures import is_complete


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """What is typed about a pilot, normalised; the names are the model's. `budget` is in taka."""

    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    owner_post: Post | None = None
    mentor: str = ""
    budget: int | None = None
    budget_source: str = ""
    expected: str = ""

    @classmethod
    def of(cls, pilot: Pilot) -> Self:
        return cls(**{name: getattr(pilot, name) for name in cls.__dataclass_fields__})

    def as_fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def as_json(self) -> dict[str, object]:
        owner = {"owner_post": self.owner_post.pk if self.owner_post else None}
        days = {"starts_on": _iso(self.starts_on), "ends_on": _iso(self.ends_on)}
        return {**self.as_fields(), **owner, **days}


class StalePilot(Exception):
    """Somebody saved or moved the pilot after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Pilot) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def plan_pilot(*, idea: Idea, plan: PilotPlan, by: User) -> Pilot:
    """Write the plan of an approved idea's pilot.

    An idea that is being piloted already, such as one brought in from an old list, gets a running
    pilot. Raises StalePilot when somebody has planned it meanwhile otherwise, WrongState,
    PermissionDenied.
    """
    if not by.scope.is_in_team(idea.office_id):
        raise PermissionDenied
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if idea.status not in PILOTABLE:
        raise WrongState(
            _("আইডিয়াটি এখন “%(status)s”, তাই এর পাইলট পরিকল্পনা করা যায় না।")
            % {"status": idea.get_status_display()}
        )
    pilot, created = Pilot.objects.get_or_create(
        idea=idea, defaults={**plan.as_fields(), "created_by": by}
    )
    if not created:
        if PilotPlan.of(pilot) != plan:
            raise StalePilot(pilot)
        return pilot
    record("pilot.plan", pilot, by=by, office=idea.office, after=plan.as_json())
    if idea.status == IdeaStatus.PILOTING:
        # That it runs was decided by whoever moved the idea; this only writes it down.
        apply_transition(pilot, BEGIN_PILOT, by=by, allowed=True, office=idea.office)
    return pilot


@transaction.atomic
def update_pilot(*, pilot: Pilot, version: int, plan: PilotPlan, by: User) -> Pilot:
    """Save a plan typed on copy `version`. Raises StalePilot, WrongState, PermissionDenied.

    The check and the write are one UPDATE, so of two saves at once only one can win.
    """
    if not by.scope.is_in_team(pilot.idea.office_id):
        raise PermissionDenied
    before = PilotPlan.of(pilot)
    # Without a join: PostgreSQL asks the version again of a row it had to wait for, but not what
    # it has found in a joined table before.
    alive = Idea.objects.filter(status__in=ALIVE).values("pk")
    open_pilots = Pilot.objects.filter(status__in=OPEN_PILOT, idea__in=alive)
    saved = open_pilots.filter(pk=pilot.pk, version=version).update(
        **plan.as_fields(),
        version=F("version") + 1,
        updated_at=timezone.now(),
        updated_by=by,
    )
    current = Pilot.objects.select_related("idea__office", "owner_post").get(pk=pilot.pk)
    if not saved:
        if perms.can_write_pilot(by, current):
            raise StalePilot(current)
        raise WrongState(why_closed(current))
    record(
        "pilot.update",
        current,
        by=by,
        office=current.idea.office,
        before=before.as_json(),
        after=plan.as_json(),
    )
    return current


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
def finish_pilot(
    *, pilot: Pilot, results: str, lessons: str, by: User, unmeasured_reason: str = ""
) -> None:
    """Close a pilot that went well, with what it brought.

    Without a complete TCV table (`is_measured`) a reason is wanted, and stays in the record.
    Raises WrongState, PermissionDenied.
    """
    if not (results := normalise(results)):
        raise WrongState(_("পাইলটে কী ফল পাওয়া গেল, লিখুন।"))
    reason = normalise(unmeasured_reason)
    if pilot.status in FINISH_PILOT.sources and not is_measured(pilot) and not reason:
        raise WrongState(_("পরের পরিমাপ এখনো লেখা হয়নি। পরিমাপ লিখুন, অথবা কেন নেই তা জানান।"))
    apply_transition(
        pilot,
        FINISH_PILOT,
        by=by,
        allowed=perms.can_move_idea(by, pilot.idea),
        office=pilot.idea.office,
        changes={"results": results, "lessons": normalise(lessons)},
    )
    if reason and not is_measured(pilot):
        record("pilot.unmeasured", pilot, by=by, office=pilot.idea.office, after={"reason": reason})
    tell_submitter(pilot.idea, by=by)


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
    tell_submitter(idea, by=by)


def is_measured(pilot: Pilot) -> bool:
    """Whether the TCV table has a line, and each line its value after the change."""
    return is_complete(pilot.measures.values_list("after", flat=True))


def why_closed(pilot: Pilot) -> str:
    """The sentence for whoever opens a plan that is no longer open."""
    if pilot.status in OPEN_PILOT:
        return _("আইডিয়াটি এখন “%(status)s”, তাই এর পাইলটের পরিকল্পনা আর বদলানো যায় না।") % {
            "status": pilot.idea.get_status_display()
        }
    return _("পাইলটটি এখন “%(status)s”, তাই এর পরিকল্পনা আর বদলানো যায় না।") % {
        "status": pilot.get_status_display()
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
