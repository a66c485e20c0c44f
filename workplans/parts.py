"""The parts of a task that is no one piece: days it comes back on, or lettered sub-steps.

Nothing here asks the database. What was reported of a part comes from
`ProgressEntryQuerySet.latest_of_parts`; docs/adr/0027-parts.md gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Protocol

from bangla.dates import (
    DateDoubt,
    DoubtCode,
    Recurrence,
    RecurrenceUnit,
    Schedule,
    format_date,
    parse_date,
    parse_schedule,
    split_stages,
)
from teams.models import in_bengali

from .periods import months_label

# A year has 53 weeks, and no period is longer.
MOST_PARTS: Final = 60
DONE: Final = 100
# The day at the end of a sub-step's own words: "(১৫ মার্চ ২০২৭)", "– ১৫ মার্চ ২০২৭".
_DAY_AT_END: Final = re.compile(r"[(–—:,-]\s*(?P<day>[^()–—:,]{6,40}?)\s*\)?[।.]?$")
_MONTHS: Final = {RecurrenceUnit.MONTH: 1, RecurrenceUnit.QUARTER: 3, RecurrenceUnit.HALF: 6}


class HasPeriod(Protocol):
    starts_on: date
    ends_on: date


class HasSchedule(Protocol):
    """A task; also one of a migration's."""

    title: str
    start_text: str
    end_text: str
    starts_on: date | None
    ends_on: date | None
    recurrence: str

    @property
    def plan(self) -> HasPeriod: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One occurrence or sub-step.

    `key` names it for good: the ISO day on which an occurrence is due, "2026-08-15", or the letter
    of a step, "ক". `label` is what a person calls it, in the language of the page; `words` are a
    step's own. `due_on` is None when neither the step nor the task has a last day.
    """

    key: str
    label: str
    words: str
    starts_on: date | None
    due_on: date | None

    @property
    def name(self) -> str:
        """ "ক) প্রস্তুতি", "১৫ আগস্ট ২০২৬"."""
        return f"{self.label}) {self.words}" if self.words else self.label


@dataclass(frozen=True, slots=True)
class Reported:
    """How far a part was said to be, and on which day that was."""

    percent: int
    on: date


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part with what is known of it. `is_done` also when only the whole task was reported."""

    part: Part
    reported: Reported | None
    is_done: bool

    def is_late(self, today: date) -> bool:
        return not self.is_done and self.part.due_on is not None and self.part.due_on < today


# --- Which parts there are -------------------------------------------------------------------
def parts_of(task: HasSchedule) -> list[Part]:
    """The parts of a task in the order in which they are due; none for work of one piece."""
    return read_parts(task)[0]


def read_parts(task: HasSchedule) -> tuple[list[Part], list[DateDoubt]]:
    """The parts, and what is doubtful about their letters."""
    if task.recurrence:
        return _occurrences(task), []
    schedule = _staged_schedule(task)
    if schedule is not None:
        return _steps_by_cells(task, schedule)
    return _steps_by_title(task), []


def _occurrences(task: HasSchedule) -> list[Part]:
    """What comes back within the plan's period, and within the task's own dates where it has any.

    Counted from the plan's first day, whichever day it is: quarters begin where it begins. What is
    due "in the next month" of the last month lies past the plan and belongs to it.
    """
    recurrence = Recurrence.from_code(task.recurrence)
    months_past = (
        recurrence.start_month_offset if recurrence.start_day else recurrence.end_month_offset
    )
    until = task.plan.ends_on + timedelta(days=31 * months_past)
    first, last = task.starts_on or date.min, task.ends_on or date.max
    found = [
        (start, due)
        for start, end in recurrence.occurrences(task.plan.starts_on, until)
        if (due := end or start) is not None and due >= first and (start or due) <= last
    ]
    return [
        Part(due.isoformat(), _label(recurrence, start, due), "", start, due)
        for start, due in found[:MOST_PARTS]
    ]


def _label(recurrence: Recurrence, start: date | None, due: date) -> str:
    """The day; of a whole month or quarter its months."""
    is_whole = recurrence.start_day is None and recurrence.end_day is None
    if start is None or not is_whole or recurrence.unit not in _MONTHS:
        return format_date(due, lang="bn" if in_bengali() else "en")
    return months_label(start, due)


def _staged_schedule(task: HasSchedule) -> Schedule | None:
    """The date cells, if they are cut into sub-steps."""
    if not (split_stages(task.start_text) or split_stages(task.end_text)):
        return None
    schedule = parse_schedule(
        task.start_text,
        task.end_text,
        period_start=task.plan.starts_on,
        period_end=task.plan.ends_on,
    )
    return schedule if schedule.stages else None


def _steps_by_cells(task: HasSchedule, schedule: Schedule) -> tuple[list[Part], list[DateDoubt]]:
    """Sub-steps whose dates stand in the date cells; the title may tell what each is."""
    titled = split_stages(task.title)
    words = titled.by_letter if titled else {}
    dates = {stage.letter: (stage.starts_on, stage.ends_on) for stage in schedule.stages}
    letters = list(dict.fromkeys((*dates, *words)))
    doubts = []
    if words and list(words) != list(dates):
        doubts.append(DateDoubt("schedule", DoubtCode.STAGES_DIFFER, ", ".join(letters)))
    parts = []
    for letter in letters:
        start, end = dates.get(letter, (None, None))
        parts.append(Part(letter, letter, words.get(letter, ""), start, end or start))
    return _in_order(parts, task.ends_on), doubts


def _steps_by_title(task: HasSchedule) -> list[Part]:
    """Sub-steps whose dates stand at the end of their own words in the title.

    Letters without a date make a list of words and no steps.
    """
    titled = split_stages(task.title)
    if titled is None:
        return []
    days = {stage.letter: _day_in(stage.words) for stage in titled.stages}
    if not any(days.values()):
        return []
    parts = [
        Part(stage.letter, stage.letter, stage.words, None, days[stage.letter])
        for stage in titled.stages
    ]
    return _in_order(parts, task.ends_on)


def _day_in(words: str) -> date | None:
    """The day at the end of some words, if nothing about it is doubtful."""
    match = _DAY_AT_END.search(words)
    if match is None:
        return None
    read = parse_date(match["day"])
    return None if read.doubts else read.value


def _in_order(parts: Sequence[Part], ends_on: date | None) -> list[Part]:
    """By due day; a step without one of its own is due when the task is."""
    dated = [replace(part, due_on=part.due_on or ends_on) for part in parts]
    return sorted(dated, key=lambda part: part.due_on or date.max)[:MOST_PARTS]


# --- Where they stand ------------------------------------------------------------------------
def standing(
    parts: Sequence[Part], reported: Mapping[str, Reported], whole: int | None
) -> list[PartLine]:
    """Each part with what was last reported of it.

    `whole` is the latest per cent reported of the whole task: it speaks for as many of the
    earliest parts as it covers, so 40 % of twelve months are the first four.
    """
    covered = len(parts) * (whole or 0) // DONE
    lines = []
    for place, part in enumerate(parts):
        told = reported.get(part.key)
        is_done = place < covered or (told is not None and told.percent >= DONE)
        lines.append(PartLine(part, told, is_done))
    return lines


def first_undone(lines: Iterable[PartLine]) -> PartLine | None:
    return next((line for line in lines if not line.is_done), None)


def due_day(
    task: HasSchedule, parts: Sequence[Part], reported: Mapping[str, Reported], whole: int | None
) -> date | None:
    """The first day by which something not yet reported is due; None when nothing is."""
    if (whole or 0) >= DONE:
        return None
    if not parts:
        return task.ends_on
    line = first_undone(standing(parts, reported, whole))
    return line.part.due_on if line else None
