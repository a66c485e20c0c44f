"""One thing that one office owes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from teams.enums import DueKind

from ..enums import State


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing owed. `key` names it for good: "annual_report:12:2026-07-01", "decision:345".

    `due_on` is None only of what the office was let off. `known_on` is the first day on which it
    could know of `due_on`. `starts_on` and `ends_on` are the period it is about; a decision has
    none. `thing_id` is the report, or the assignment of a decision; None for what has no row
    yet; of a task `part` is the occurrence or sub-step. `post_id` is the one post that owes it, if
    a post and not the team does. `done_at` is None when nobody asked for the moment it was done.
    """

    kind: str
    key: str
    office_id: int
    due_on: date | None
    known_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    thing_id: int | None = None
    post_id: int | None = None
    part: str = ""
    is_done: bool = False
    done_at: datetime | None = None
    is_exempt: bool = False

    def state(self, today: date) -> State:
        if self.is_done:
            return State.DONE if self._was_on_time else State.DONE_LATE
        if self.due_on is None:
            return State.EXEMPT
        return State.LATE if self.due_on < today else State.OPEN

    @property
    def _was_on_time(self) -> bool:
        """Done by the end of the due day in Dhaka, or never due."""
        if self.due_on is None or self.done_at is None:
            return True
        return timezone.localdate(self.done_at) <= self.due_on


def period_key(kind: str, office_id: int, starts_on: date) -> str:
    """The key of what belongs to a period of an office."""
    return f"{kind}:{office_id}:{starts_on:%Y-%m-%d}"


def thing_key(kind: str, thing_id: int) -> str:
    """The key of what hangs on a row: a returned report, a decision that was given out."""
    return f"{kind}:{thing_id}"


def part_key(kind: str, thing_id: int, part: str) -> str:
    """The key of one part of a task: "task:12:2026-08-15"."""
    return f"{thing_key(kind, thing_id)}:{part}"


def assignment_key(assignment_id: int) -> str:
    return thing_key(DueKind.DECISION, assignment_id)
