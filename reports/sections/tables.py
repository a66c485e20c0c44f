"""Tables of a report: columns, rows that keep their key, and what became of them since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .facts import Facts

LIST = "list"
PLAN = "plan"
RUNNING = "serial"  # the column in which the rows are counted
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`css` is the class that sets the width on paper."""

    key: str
    heading: str
    css: str = ""

    def as_json(self) -> dict[str, str]:
        return {"key": self.key, "heading": self.heading, "class": self.css}


@dataclass(frozen=True, slots=True)
class Table:
    """One table in Bengali, plain data: cells in the order of the columns."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": LIST,
            "title": self.title,
            "columns": [column.as_json() for column in self.columns],
            "rows": [{"key": key, "cells": list(cells)} for key, cells in self.rows],
        }


@dataclass(frozen=True, slots=True)
class TableKind:
    """One table of a part; `make` gives its JSON, or None when there is nothing to list."""

    key: str
    make: Callable[[Facts], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as the report has it and as the records say it now, both as lists of cells."""

    key: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True, slots=True)
class TableOffer:
    """What a table would have more, less and otherwise, had it been made today.

    Each row is a list of cells under `headings`, without its running number: a row that comes in
    above others changes none of them.
    """

    key: str
    title: str
    headings: list[str]
    added: list[list[str]] = field(default_factory=list)
    removed: list[list[str]] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)

    @property
    def is_rearranged(self) -> bool:
        """The rows are the same; their order or headings are not."""
        return not (self.added or self.removed or self.changed)


def compare(said: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[TableOffer]:
    """The tables that differ, as they are read, between what a part says and what the records
    say."""
    before = {table["key"]: table for table in said}
    after = {table["key"]: table for table in now}
    for key in {**after, **before}:
        old, new = _rows(before.get(key)), _rows(after.get(key))
        shown = after.get(key) or before[key]
        headings = _headings(shown)
        if list(old.items()) != list(new.items()) or headings != _headings(before.get(key, shown)):
            yield TableOffer(
                key=key,
                title=shown["title"],
                headings=headings,
                added=[cells for row, cells in new.items() if row not in old],
                removed=[cells for row, cells in old.items() if row not in new],
                changed=[
                    RowChange(row, old[row], cells)
                    for row, cells in new.items()
                    if row in old and old[row] != cells
                ],
            )


def _headings(table: dict[str, Any]) -> list[str]:
    return [one["heading"] for one in table["columns"] if one["key"] != RUNNING]


def _rows(table: dict[str, Any] | None) -> dict[str, list[str]]:
    """The cells of each row by its key, as they are read."""
    if table is None:
        return {}
    columns = [column["key"] for column in table["columns"]]
    if table["kind"] == LIST:
        return {
            row["key"]: [
                cell for key, cell in zip(columns, row["cells"], strict=True) if key != RUNNING
            ]
            for row in table["rows"]
        }
    return {
        row["key"]: [group["subject"] if key == "subject" else row[key] for key in columns]
        for group in table["groups"]
        for row in group["rows"]
    }


def listed(
    key: str, title: str, columns: Iterable[Column], rows: Iterable[tuple[str, Iterable[object]]]
) -> dict[str, Any] | None:
    """A table of these rows, each with its key and its cells; None without a row."""
    filled = tuple((row_key, tuple(map(str, cells))) for row_key, cells in rows)
    return Table(key, title, tuple(columns), filled).as_json() if filled else None
