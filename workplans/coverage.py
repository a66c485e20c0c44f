"""Which duties of the team a plan's tasks serve, and which none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from teams.models import TermOfReference

from .enums import TaskState
from .table import PlanTable, TaskRow


@dataclass(frozen=True, slots=True)
class Covered:
    """One duty with the tasks that serve it, in the plan's order."""

    term: TermOfReference
    rows: tuple[TaskRow, ...]

    @property
    def done(self) -> int:
        return self._count(TaskState.DONE)

    @property
    def late(self) -> int:
        return self._count(TaskState.LATE)

    def _count(self, state: TaskState) -> int:
        return sum(1 for row in self.rows if row.state == state)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All duties in force; `untagged` are the tasks of which nobody has said what they serve."""

    duties: tuple[Covered, ...]
    untagged: tuple[TaskRow, ...]

    @property
    def served(self) -> list[Covered]:
        return [one for one in self.duties if one.rows]

    @property
    def without_tasks(self) -> list[Covered]:
        return [one for one in self.duties if not one.rows]


def coverage_of(table: PlanTable, terms: Sequence[TermOfReference]) -> Coverage:
    """Sort a plan's rows by the duties they serve; a task of two duties stands under both."""
    rows_of: dict[int, list[TaskRow]] = {term.pk: [] for term in terms}
    untagged = []
    for row in table.rows:
        served = [term.pk for term in row.task.terms.all() if term.pk in rows_of]
        for pk in served:
            rows_of[pk].append(row)
        if not served:
            untagged.append(row)
    duties = tuple(Covered(term, tuple(rows_of[term.pk])) for term in terms)
    return Coverage(duties, tuple(untagged))
