"""Reads dates and schedules: words in, what is certain and what is doubtful out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangla.dates.cells import Cell
from bangla.dates.doubts import DateDoubt, DoubtCode
from bangla.dates.draft import Draft
from bangla.dates.mentions import read_cell
from bangla.dates.recurrence import Recurrence


@dataclass(frozen=True)
class ParsedDate:
    """A date as it was understood.

    Args:
        value: the date; None when the words are empty or cannot be read as one day.
        text: the words as written, normalised.
        doubts: what a person should look at; empty words give none.
    """

    value: date | None
    text: str
    doubts: tuple[DateDoubt, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """When a task runs, as it was understood.

    Args:
        starts_on, ends_on: first and last day; None when not said, or not said clearly.
        text: the words as written, normalised; those of two cells with a dash between.
            Empty only if both cells were.
        recurrence: how the work comes back, if the words say that it does.
        doubts: what a person should look at.
    """

    starts_on: date | None
    ends_on: date | None
    text: str
    recurrence: Recurrence | None = None
    doubts: tuple[DateDoubt, ...] = ()


def parse_date(text: str, *, default_year: int | None = None) -> ParsedDate:
    """Read one day, in either calendar, script and any order that Bangladesh uses.

    Day and month in numbers are always day first. A day given in both calendars is one day.

    Args:
        text: the words, as ``২৬ আগস্ট, ২০১৯ খ্রি.`` or ``11/08/19``.
        default_year: the Gregorian year of a date written without one; that is a doubt.
    """
    cell = read_cell(text)
    if not cell.text:
        return ParsedDate(None, "")
    year = default_year
    draft = Draft(None if year is None else (date(year, 1, 1), date(year, 12, 31)))
    draft.note_unread(cell, "schedule")
    spans = draft.spans(cell, "schedule")
    value = None
    if len(spans) > 1:
        draft.doubt("schedule", DoubtCode.SEVERAL_DATES, cell.text)
    elif spans and spans[0] is not None:
        first, last = spans[0]
        if first == last:
            value = first
        else:
            draft.doubt("schedule", DoubtCode.DAY_MISSING, cell.text)
    if value is None and not draft.doubts:
        draft.doubt("schedule", DoubtCode.UNREADABLE, cell.text)
    return ParsedDate(value, cell.text, tuple(draft.doubts))


def parse_schedule(
    start: str,
    end: str = "",
    *,
    period_start: date | None = None,
    period_end: date | None = None,
) -> Schedule:
    """Read when a task starts and ends, from two cells or from one that says both.

    Args:
        start: the words under "start", or those of the only column.
        end: the words under "end".
        period_start, period_end: first and last day of the plan. They give a year to a date
            without one, if just one date in the period fits; they say when a quarter is; and a
            date outside of them is a doubt.
    """
    window = None if period_start is None or period_end is None else (period_start, period_end)
    draft = Draft(window)
    first, second = read_cell(start), read_cell(end)
    if first.text == second.text and not _names_one_day(first):
        second = read_cell("")  # a merged cell, which Word repeats in every column it covers
    text = " – ".join(cell.text for cell in (first, second) if cell.text)
    if first.blank or second.blank:
        draft.take_only(first if second.blank else second, in_end_column=first.blank)
    else:
        draft.take_start(first, second)
        draft.take_end(second, first)
    recurrence = draft.recurrence(first, second)
    draft.check(period_start, period_end, text)
    return Schedule(draft.starts_on, draft.ends_on, text, recurrence, tuple(draft.doubts))


def _names_one_day(cell: Cell) -> bool:
    """Whether a cell says no more than the one day that either column asks for."""
    return len(cell.moments) == 1 and not (cell.says_from or cell.says_until or cell.recurs)
