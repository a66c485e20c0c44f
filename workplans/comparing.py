"""What differs between two states of a plan, row by row and word by word.

Pure functions over the rows of `workplans.snapshots.plan_rows`; no database. Rows find each other
by their keys, so a row that was renamed, moved or put under another subject is the same row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Literal

from bangla.pieces import Piece, text_pieces

from .models import INDICATOR_CELLS, TEXT_FIELDS
from .snapshots import Row

Kind = Literal["added", "removed", "changed", "same"]
CELLS = ("subject", *TEXT_FIELDS)
# What else hangs on a row, compared as one text each: "terms", and each indicator with its values.
TERMS, WEIGHT = "terms", "subject_weight"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: its words before and now, and both laid over each other."""

    name: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return text_pieces(self.before, self.after)

    @property
    def old_pieces(self) -> tuple[Piece, ...]:
        """The left side: what stood there, with what went away marked."""
        return tuple(piece for piece in self.pieces if piece.kind != "ins")

    @property
    def new_pieces(self) -> tuple[Piece, ...]:
        """The right side: what stands there now, with what came marked."""
        return tuple(piece for piece in self.pieces if piece.kind != "del")

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator of a row: its values one by one, as (column, before, after)."""

    kind: Kind
    name: str
    values: tuple[CellChange, ...]


@dataclass(frozen=True)
class RowChange:
    """One row before and now; `is_moved` when it stands elsewhere among the others."""

    key: str
    before: Row | None
    after: Row | None
    is_moved: bool = False

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.changed_cells or self.indicators else "same"

    @property
    def shown(self) -> Row:
        """The row by which it is named: as it is now, or as it was."""
        return self.after or self.before or {}

    @cached_property
    def cells(self) -> dict[str, CellChange]:
        """Every cell, in the order of the columns; terms and the subject's weight last."""
        return {
            name: CellChange(name, _text(self.before, name), _text(self.after, name))
            for name in (*CELLS, TERMS, WEIGHT)
        }

    @cached_property
    def changed_cells(self) -> list[str]:
        return [name for name, cell in self.cells.items() if cell.is_changed]

    @cached_property
    def indicators(self) -> tuple[IndicatorChange, ...]:
        """The indicators that differ."""
        return tuple(_indicator_changes(self.before, self.after))

    @property
    def is_same(self) -> bool:
        return self.kind == "same" and not self.is_moved


@dataclass(frozen=True)
class Comparison:
    """All rows in the order of the newer plan, each removed one where it used to stand."""

    rows: tuple[RowChange, ...]

    @cached_property
    def changed(self) -> list[RowChange]:
        return [row for row in self.rows if not row.is_same]

    def of_kind(self, kind: Kind) -> list[RowChange]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def added(self) -> list[RowChange]:
        return self.of_kind("added")

    @property
    def removed(self) -> list[RowChange]:
        return self.of_kind("removed")

    @property
    def moved(self) -> list[RowChange]:
        return [row for row in self.rows if row.is_moved]

    @cached_property
    def by_key(self) -> dict[str, RowChange]:
        return {row.key: row for row in self.rows}


def compare(old: Sequence[Row], new: Sequence[Row]) -> Comparison:
    """Lay two states of one plan over each other."""
    before = {row["key"]: row for row in old}
    after = {row["key"]: row for row in new}
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    return Comparison(
        tuple(
            RowChange(key, before.get(key), after.get(key), key in moved)
            for key in _interleaved(list(before), list(after))
        )
    )


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Of the rows that stayed, those that no longer stand in the order of the others."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    in_place = {old[i] for block in blocks for i in range(block.a, block.a + block.size)}
    return set(new) - in_place


def _interleaved(old: list[str], new: list[str]) -> list[str]:
    """The newer order, with each removed row above the row that stood below it."""
    present = set(new)
    above: dict[str, list[str]] = {}
    removed: list[str] = []
    for key in old:
        if key in present:
            above[key], removed = removed, []
        else:
            removed.append(key)
    order: list[str] = []
    for key in new:
        order += [*above.get(key, []), key]
    return order + removed


def _text(row: Mapping[str, Any] | None, name: str) -> str:
    if row is None:
        return ""
    value = row.get(name, "")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# --- Indicators ------------------------------------------------------------------------------
VALUES = (*INDICATOR_CELLS, "quarter_1", "quarter_2", "quarter_3", "quarter_4")


def _indicator_changes(old: Row | None, new: Row | None) -> list[IndicatorChange]:
    before = {one["key"]: one for one in (old or {}).get("indicators", [])}
    after = {one["key"]: one for one in (new or {}).get("indicators", [])}
    changes = []
    for key in dict.fromkeys((*before, *after)):
        was, now = _values_of(before.get(key)), _values_of(after.get(key))
        values = tuple(
            CellChange(name, was[name], now[name]) for name in VALUES if was[name] != now[name]
        )
        kind: Kind = "added" if key not in before else "removed" if key not in after else "changed"
        if values:
            changes.append(IndicatorChange(kind, now["name"] or was["name"], values))
    return changes


def _values_of(indicator: Row | None) -> dict[str, str]:
    if indicator is None:
        return dict.fromkeys(VALUES, "")
    quarters = {f"quarter_{n}": indicator["quarters"].get(str(n), "") for n in range(1, 5)}
    return {**{name: str(indicator.get(name, "")) for name in VALUES}, **quarters}
