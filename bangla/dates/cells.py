"""What one cell of a schedule can say, before the period or the other cell is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bangla.calendar import BanglaDate, month_length, to_gregorian
from bangla.dates.doubts import DoubtCode
from bangla.dates.recurrence import Recurrence, months_later

Span = tuple[date, date]
"""First and last day, both included."""

# The years a plan or a letter can speak of; anything else is a slip of the pen.
_YEARS: Final = range(1900, 2200)
_BANGLA_YEARS: Final = range(1307, 1607)


@dataclass(frozen=True)
class Moment:
    """A day, or a stretch of whole months, as far as the words name it.

    Args:
        year: None when not written.
        month: None when only a day is written, as the first in ``১-১৫ মার্চ``.
        day: None for a stretch of whole months.
        words: as written.
        bangla: whether year and month are of the Bangla calendar.
        months: how long the stretch is.
        doubts: what had to be repaired to read the words.
    """

    year: int | None
    month: int | None
    day: int | None
    words: str
    bangla: bool = False
    months: int = 1
    doubts: tuple[DoubtCode, ...] = ()

    def span(self) -> Span | None:
        """Return the days it covers; None if it lacks a year or names no real day."""
        if self.year is None or self.month is None:
            return None
        if self.year not in (_BANGLA_YEARS if self.bangla else _YEARS):
            return None
        try:
            if self.bangla:
                last_day = self.day or month_length(self.year, self.month)
                return (
                    to_gregorian(BanglaDate(self.year, self.month, self.day or 1)),
                    to_gregorian(BanglaDate(self.year, self.month, last_day)),
                )
            first = date(self.year, self.month, self.day or 1)
        except ValueError:
            return None
        return first, first if self.day else months_later(first, self.months) - timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """The `place`-th (from 1) stretch of so many `months` of the plan's year: a quarter, a half
    or the whole of it."""

    place: int
    months: int
    words: str


@dataclass(frozen=True)
class MonthDay:
    """A day of the month that comes back.

    Args:
        day: 1 to 31; 31 also stands for the last day of the month.
        offset: 1 for a day of the next month; None when no month is spoken of at all.
    """

    day: int
    offset: int | None


@dataclass(frozen=True)
class Cell:
    """Everything one cell says.

    Args:
        text: the words, normalised.
        blank: no words at all, or only a dash.
        moments, parts, cycles, month_days, weekdays: what it names, in order.
        ongoing: whether it says that the work goes on.
        says_from, says_until: whether it has a word for "from", for "until" or "within".
        linked: whether a dash, "from" or "until" makes a range of its first two moments.
        apart: whether "and", a comma or a slash keeps them apart.
        unread: the words that were not understood.
        certain: whether nothing among those could change a date (a number, "after", "before").
    """

    text: str
    blank: bool
    moments: tuple[Moment, ...]
    parts: tuple[Part, ...]
    cycles: tuple[Recurrence, ...]
    month_days: tuple[MonthDay, ...]
    weekdays: tuple[int, ...]
    ongoing: bool
    says_from: bool
    says_until: bool
    linked: bool
    apart: bool
    unread: str
    certain: bool

    @property
    def recurs(self) -> bool:
        """Whether it speaks of something that comes back."""
        return bool(self.cycles or self.month_days)

    @property
    def understood(self) -> bool:
        """Whether anything in it was understood."""
        return bool(self.moments or self.parts or self.recurs or self.ongoing)
