"""Reads dates and schedules: words in, what is certain and what is doubtful out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangla.dates.cells import Cell
from bangla.dates.doubts import DateDoubt, DoubtCode
from bangla.dates.draft import Draft
from bangla.dates.mentions import read_cell
from bangla.dates.recurrence import Recurrence
from bangla.dates.stages import Stages, split_stages
from bangla.text import normalise


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
class StageDates:
    """When one sub-step runs: its letter, and its days as far as they are certain."""

    letter: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Schedule:
    """When a task runs, as it was understood.

    Args:
        starts_on, ends_on: first and last day; None when not said, or not said clearly. Of work
            in sub-steps, the first and the last of all.
        text: the words as written, normalised; those of two cells with a dash between.
            Empty only if both cells were.
        recurrence: how the work comes back, if the words say that it does.
        doubts: what a person should look at.
        stages: the sub-steps, where the cells give each its own dates ("ক) … খ) …").
    """

    starts_on: date | None
    ends_on: date | None
    text: str
    recurrence: Recurrence | None = None
    doubts: tuple[DateDoubt, ...] = ()
    stages: tuple[StageDates, ...] = ()


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
    if stages := _lettered(start, end):
        return _parse_stages(*stages, period_start, period_end)
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


# --- Sub-steps ------------------------------------------------------------------------------
CellWords = str | Stages
"""The words of a cell that speaks of the whole, or its sub-steps."""


def _lettered(start: str, end: str) -> tuple[CellWords, CellWords] | None:
    """Return both cells cut into sub-steps where they are; None if neither is."""
    if normalise(start) == normalise(end):
        end = ""  # a merged cell
    if not (_steps_of(start) or _steps_of(end)):
        return None
    # Beside a cell with sub-steps, one of them alone is that and no date of the whole.
    return _steps_of(start, at_least=1) or start, _steps_of(end, at_least=1) or end


def _steps_of(cell: str, *, at_least: int = 2) -> Stages | None:
    """Return the sub-steps of a date cell; words before the first letter make it none."""
    found = split_stages(cell, at_least=at_least)
    return found if found and not found.head else None


def _parse_stages(
    start: CellWords, end: CellWords, period_start: date | None, period_end: date | None
) -> Schedule:
    """Read each sub-step by itself, with what the other cell says of it or of all."""
    lettered = [cell.by_letter for cell in (start, end) if isinstance(cell, Stages)]
    letters = list(dict.fromkeys(letter for cell in lettered for letter in cell))
    text = " – ".join(words for cell in (start, end) if (words := _words_of(cell)))
    doubts: list[DateDoubt] = []
    if any(list(cell) != letters for cell in lettered):
        doubts.append(DateDoubt("schedule", DoubtCode.STAGES_DIFFER, text))
    stages = []
    for letter in letters:
        read = parse_schedule(
            _words_of(start, letter),
            _words_of(end, letter),
            period_start=period_start,
            period_end=period_end,
        )
        for doubt in (*read.doubts, *_of_recurrence(read)):
            if doubt.code is DoubtCode.END_MISSING:  # said once for all
                doubt = DateDoubt(doubt.field, doubt.code, text)
            if doubt not in doubts:
                doubts.append(doubt)
        stages.append(StageDates(letter, read.starts_on, read.ends_on))
    if doubts and doubts[0].code is DoubtCode.STAGES_DIFFER:  # which says that a date is missing
        doubts = [doubt for doubt in doubts if doubt.code is not DoubtCode.END_MISSING]
    return Schedule(
        min((stage.starts_on for stage in stages if stage.starts_on), default=None),
        max((stage.ends_on for stage in stages if stage.ends_on), default=None),
        text,
        doubts=tuple(doubts),
        stages=tuple(stages),
    )


def _words_of(cell: CellWords, letter: str = "") -> str:
    """Return what a cell says of one sub-step, or all its words."""
    if isinstance(cell, str):
        return normalise(cell)
    if letter:
        return cell.by_letter.get(letter, "")
    return cell.text


def _of_recurrence(read: Schedule) -> list[DateDoubt]:
    """A sub-step that comes back by itself has no place among the others."""
    if read.recurrence is None:
        return []
    return [DateDoubt("schedule", DoubtCode.RECURRENCE_CONFLICT, read.text)]


def _names_one_day(cell: Cell) -> bool:
    """Whether a cell says no more than the one day that either column asks for."""
    return len(cell.moments) == 1 and not (cell.says_from or cell.says_until or cell.recurs)
