"""Work that comes back: every month from the 15th, every quarter, every week.

A recurrence carries no dates of its own. Asked for a window of days, it lists what falls there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bangla.dates.names import iso_weekday_name
from bangla.digits import Language, to_bangla

Occurrence = tuple[date | None, date | None]


class RecurrenceUnit(StrEnum):
    """The stretch of time after which the work comes back."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS_IN: Final = {
    RecurrenceUnit.MONTH: 1,
    RecurrenceUnit.QUARTER: 3,
    RecurrenceUnit.HALF: 6,
    RecurrenceUnit.YEAR: 12,
}
# "Of the unit", "in the unit" and the unit itself, then English.
_UNIT_NAMES: Final = {
    RecurrenceUnit.WEEK: ("সপ্তাহের", "সপ্তাহে", "সপ্তাহ", "week"),
    RecurrenceUnit.MONTH: ("মাসের", "মাসে", "মাস", "month"),
    RecurrenceUnit.QUARTER: ("ত্রৈমাসিকের", "ত্রৈমাসিকে", "ত্রৈমাসিক", "quarter"),
    RecurrenceUnit.HALF: ("ষান্মাসিকের", "ষান্মাসিকে", "ষান্মাসিক", "half-year"),
    RecurrenceUnit.YEAR: ("বছরের", "বছরে", "বছর", "year"),
}
_LONGEST_OFFSET: Final = 12
_MOST_EVERY: Final = 120
_CODE = re.compile(
    r"(?P<unit>[a-z]+)/(?P<every>[1-9]\d{0,2})"
    r"/(?:(?P<start>\d{1,2})(?:\+(?P<start_offset>\d{1,2}))?)?"
    r"/(?:(?P<end>\d{1,2})(?:\+(?P<end_offset>\d{1,2}))?)?",
    re.ASCII,
)


@dataclass(frozen=True)
class Recurrence:
    """Work that comes back every so many weeks, months, quarters, half-years or years.

    Args:
        unit: what is counted.
        every: how many of them lie between two beginnings; 1 to 120.
        start_day: the day it begins: of the month (1–31, in a shorter month its last day), or
            for weeks the ISO weekday (1 Monday – 7 Sunday). None when no day is given.
        end_day: the day it must be done, likewise.
        start_month_offset: months from the first month of the stretch to the one `start_day`
            belongs to; 1 is "of the next month". 0 for weeks and without a `start_day`.
        end_month_offset: the same for `end_day`.

    Raises:
        ValueError: a value lies outside these bounds.
    """

    unit: RecurrenceUnit
    every: int = 1
    start_day: int | None = None
    end_day: int | None = None
    start_month_offset: int = 0
    end_month_offset: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.every <= _MOST_EVERY:
            raise ValueError(f"a recurrence cannot come every {self.every}")
        weekly = self.unit is RecurrenceUnit.WEEK
        for day, offset in (
            (self.start_day, self.start_month_offset),
            (self.end_day, self.end_month_offset),
        ):
            if day is not None and not 1 <= day <= (7 if weekly else 31):
                raise ValueError(f"no day {day} in a {self.unit}")
            if not 0 <= offset <= (0 if weekly or day is None else _LONGEST_OFFSET):
                raise ValueError(f"month offset {offset} has no meaning here")

    def to_code(self) -> str:
        """Return the recurrence as a compact string: ``"month/1/15/25+1"``.

        Unit, every, start and end; a day may be followed by its month offset, and both days
        may be absent (``"quarter/1//"``). At most 24 characters.
        """
        start = _day_code(self.start_day, self.start_month_offset)
        end = _day_code(self.end_day, self.end_month_offset)
        return f"{self.unit}/{self.every}/{start}/{end}"

    @classmethod
    def from_code(cls, code: str) -> Recurrence:
        """Return the recurrence that `to_code` wrote.

        Raises:
            ValueError: `code` is not such a string.
        """
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"not a recurrence: {code!r}")
        return cls(
            unit=RecurrenceUnit(match["unit"]),
            every=int(match["every"]),
            start_day=int(match["start"]) if match["start"] else None,
            end_day=int(match["end"]) if match["end"] else None,
            start_month_offset=int(match["start_offset"] or 0),
            end_month_offset=int(match["end_offset"] or 0),
        )

    def occurrences(self, first: date, last: date) -> list[Occurrence]:
        """List what begins between `first` and `last`, both included, in order.

        Months, quarters, half-years and years are counted from the month of `first`; weeks
        from the day `first`. Each occurrence is (start, end). With a day given for one side
        only, the other side is None. With no day at all, an occurrence is the whole stretch,
        cut to the window. An occurrence begins on its start or, lacking one, on its end; its
        end may lie past `last`. An empty window lists nothing.
        """
        if last < first:
            return []
        if self.unit is RecurrenceUnit.WEEK:
            return list(self._weeks(first, last))
        return list(self._months(first, last))

    def describe(self, lang: Language = "bn") -> str:
        """Return it in words: ``"প্রতি মাসের ১৫ তারিখ থেকে পরবর্তী মাসের ২৫ তারিখ"``.

        In English: ``"every month, from day 15 to day 25 of the next month"``.
        """
        return _in_bengali(self) if lang == "bn" else _in_english(self)

    def _months(self, first: date, last: date) -> Iterator[Occurrence]:
        """Yield what a recurrence of whole months lists."""
        stretch = _MONTHS_IN[self.unit] * self.every
        base = first.replace(day=1)
        while base <= last:
            following = months_later(base, stretch)
            if self.start_day is None and self.end_day is None:
                yield max(base, first), min(following - timedelta(days=1), last)
            else:
                start = _day_of(base, self.start_day, self.start_month_offset)
                end = _day_of(base, self.end_day, self.end_month_offset)
                if first <= (start or end or first) <= last:
                    yield start, end
            base = following

    def _weeks(self, first: date, last: date) -> Iterator[Occurrence]:
        """Yield what a recurrence of weeks lists."""
        stretch = timedelta(weeks=self.every)
        anchor = self.start_day or self.end_day
        base = (
            first if anchor is None else first + timedelta(days=(anchor - first.isoweekday()) % 7)
        )
        while base <= last:
            if anchor is None:
                yield base, min(base + stretch - timedelta(days=1), last)
            elif self.start_day is None:
                yield None, base
            elif self.end_day is None:
                yield base, None
            else:
                yield base, base + timedelta(days=(self.end_day - self.start_day) % 7)
            base += stretch


def months_later(day: date, months: int) -> date:
    """Return the same day of the month, or that month's last, so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day_of(base: date, day: int | None, offset: int) -> date | None:
    """Return a day, or the last, of the month `offset` months after that of `base`."""
    if day is None:
        return None
    month = months_later(base, offset)
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def _day_code(day: int | None, offset: int) -> str:
    if day is None:
        return ""
    return f"{day}+{offset}" if offset else str(day)


def _in_bengali(recurrence: Recurrence) -> str:
    """Return the recurrence as a Bengali phrase; `parse_schedule` reads it back."""
    of_unit, in_unit, unit, _ = _UNIT_NAMES[recurrence.unit]
    start, end = recurrence.start_day, recurrence.end_day
    start_offset, end_offset = recurrence.start_month_offset, recurrence.end_month_offset
    days = []
    if start is not None:
        days.append(_bengali_day(recurrence, start, start_offset))
    if end is not None:
        alike = start is None or start_offset == end_offset
        same_month = "" if alike or end_offset else "একই মাসের "
        spoken_offset = 0 if start is not None and alike else end_offset
        days.append(same_month + _bengali_day(recurrence, end, spoken_offset))
    first_offset = start_offset if start is not None else end_offset
    if recurrence.every > 1:
        head = f"প্রতি {recurrence.every} {unit} অন্তর"
    else:
        head = f"প্রতি {of_unit if days and not first_offset else in_unit}"
    until = "ের মধ্যে" if start is None and end is not None else ""
    return to_bangla(f"{head} {' থেকে '.join(days)}{until}".strip())


def _bengali_day(recurrence: Recurrence, day: int, offset: int) -> str:
    if recurrence.unit is RecurrenceUnit.WEEK:
        return iso_weekday_name(day)
    months = {0: "", 1: "পরবর্তী মাসের "}.get(offset, f"{offset} মাস পরের ")
    return f"{months}{day} তারিখ"


def _in_english(recurrence: Recurrence) -> str:
    """Return the recurrence as an English phrase."""
    *_, unit = _UNIT_NAMES[recurrence.unit]
    head = f"every {unit}" if recurrence.every == 1 else f"every {recurrence.every} {unit}s"
    start = _english_day(recurrence, recurrence.start_day, recurrence.start_month_offset)
    end = _english_day(recurrence, recurrence.end_day, recurrence.end_month_offset)
    if start and end:
        return f"{head}, from {start} to {end}"
    if start:
        return f"{head}, on {start}"
    return f"{head}, by {end}" if end else head


def _english_day(recurrence: Recurrence, day: int | None, offset: int) -> str:
    if day is None:
        return ""
    if recurrence.unit is RecurrenceUnit.WEEK:
        return iso_weekday_name(day, "en")
    months = {0: "", 1: " of the next month"}.get(offset, f" {offset} months later")
    return f"day {day}{months}"
