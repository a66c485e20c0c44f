"""A part of a report: its numbers and its tables, as the modules beside this one list them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bangla.dates import format_date
from bangla.digits import format_number, to_bangla

from ..enums import SectionKey
from .figures import FigureKind
from .tables import RUNNING, Column, TableKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    key: SectionKey
    figures: tuple[FigureKind, ...] = ()
    tables: tuple[TableKind, ...] = ()


# --- Cells, which are always in Bengali ---------------------------------------------------------
NUMBER = Column(RUNNING, "ক্রম", "c-serial")


def numbered(things: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Each with the number of its row, in Bengali digits."""
    for number, thing in enumerate(things, start=1):
        yield to_bangla(number), thing


def in_words(day: date | None) -> str:
    return format_date(day) if day else ""


def span(first: date, last: date | None) -> str:
    """One day, or from the first to the last."""
    if last is None or last == first:
        return format_date(first)
    return f"{format_date(first)} থেকে {format_date(last)}"


def count_cell(count: int | None) -> str:
    """A count with lakh grouping; a dash for what nobody wrote down."""
    return "—" if count is None else format_number(count)
