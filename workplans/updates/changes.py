"""What an update would do: differences of a table from its plan, each with a tick of its own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..models import Task

Row = Mapping[str, Any]


class About(StrEnum):
    """What a change is written to."""

    CELL = "cell"
    TERMS = "terms"
    WEIGHT = "weight"
    INDICATOR = "indicator"
    NEW_INDICATOR = "new_indicator"
    ENTRY = "entry"
    NEW_ROW = "new_row"
    GONE_ROW = "gone_row"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `old` stands in the plan, `new` in the file, both as printed.

    `cell` and `value` are what the action writes. A conflict is a cell of a row that somebody has
    changed in the plan since the file was made; `problem` says why the file's text cannot be taken,
    `doubt` what of it is unsure.
    """

    about: About
    key: str
    label: str
    old: str
    new: str
    cell: str = ""
    pk: int = 0  # of the task, the subject or the indicator that is changed
    value: Any = None
    is_conflict: bool = False
    problem: str = ""
    doubt: str = ""

    @property
    def token(self) -> str:
        """Names the change, and with it the text that it would replace."""
        return f"{self.key}:{hashlib.sha256(self.old.encode()).hexdigest()[:16]}"

    @property
    def is_offered(self) -> bool:
        """Whether it is ticked unless somebody says otherwise."""
        return self.about != About.GONE_ROW and not self.is_conflict


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The differences of one row; `task` is None for a row that the plan does not have.

    `row` is what was read. A new row stands in the file between the tasks numbered `after` and
    `before`; `notes` say why it is taken for new.
    """

    number: str
    title: str
    changes: tuple[Change, ...]
    task: Task | None = None
    row: Row = field(default_factory=dict)
    after: int | None = None
    before: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def has_conflict(self) -> bool:
        return any(change.is_conflict for change in self.changes)


@dataclass(frozen=True, slots=True)
class Differences:
    """All that an update from a table would do. `same` counts the rows without a difference;
    `order` has one change if the file has them in another order."""

    changed: tuple[RowChanges, ...]
    added: tuple[RowChanges, ...]
    absent: tuple[RowChanges, ...]
    same: int
    order: tuple[RowChanges, ...] = ()

    @property
    def rows(self) -> tuple[RowChanges, ...]:
        return (*self.changed, *self.added, *self.absent, *self.order)

    @property
    def changes(self) -> list[Change]:
        """Those that can be taken."""
        return [one for row in self.rows for one in row.changes if not one.problem]
