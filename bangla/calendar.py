"""The civil Bangla calendar of Bangladesh (বঙ্গাব্দ).

The year begins on 14 April (1 Boishakh) in every Gregorian year, so the calendar never drifts
against the Gregorian one. What changed is the length of the months:

* until the Bangla year 1425: the first five months have 31 days and the other seven 30;
  Falgun gains a day, to 31, when its Gregorian year is a leap year (Bangla Academy's rule);
* from the Bangla year 1426, which began on 14 April 2019: the first six months have 31 days,
  Kartik to Magh 30, Falgun 29 (30 in a leap year) and Chaitra 30. The reform places
  21 February, 26 March and 16 December on the Bangla dates they had in 1952 and 1971.

The older rule came into official use in 1987. Dates before that are computed by the same rule
carried backwards, not by the almanacs of their time, which differed among themselves.
The Indian state of West Bengal keeps another calendar; this module does not speak of it.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

MONTHS: tuple[str, ...] = (
    "বৈশাখ",
    "জ্যৈষ্ঠ",
    "আষাঢ়",
    "শ্রাবণ",
    "ভাদ্র",
    "আশ্বিন",
    "কার্তিক",
    "অগ্রহায়ণ",
    "পৌষ",
    "মাঘ",
    "ফাল্গুন",
    "চৈত্র",
)
"""The twelve months, Boishakh first, in NFC."""

REFORM_YEAR = 1426
"""The first Bangla year with the month lengths of the 2019 reform."""

_YEAR_OFFSET = 593  # 14 April 1994 is 1 Boishakh 1401.
_FALGUN = 11


@dataclass(frozen=True, order=True)
class BanglaDate:
    """A day of the civil Bangla calendar; ordered as the days follow each other.

    Args:
        year: the Bangla year (বঙ্গাব্দ), 1 to 9405.
        month: 1 (Boishakh) to 12 (Chaitra).
        day: 1 to the length of that month in that year.

    Raises:
        ValueError: there is no such day.
    """

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.day <= month_length(self.year, self.month):
            raise ValueError(f"no day {self.day} in Bangla month {self.month} of {self.year}")


def month_length(year: int, month: int) -> int:
    """Return the number of days in a Bangla month.

    Raises:
        ValueError: `month` is not 1 to 12, or `year` lies outside what `datetime` can hold.
    """
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"no Bangla month {month}")
    return _month_lengths(year)[month - 1]


def from_gregorian(day: date) -> BanglaDate:
    """Return the Bangla date of a Gregorian day.

    Raises:
        ValueError: `day` is before 14 April 594, the first day of the Bangla year 1.
    """
    before_new_year = (day.month, day.day) < (4, 14)
    year = day.year - _YEAR_OFFSET - before_new_year
    remaining = (day - _new_year(year)).days
    for month, length in enumerate(_month_lengths(year), start=1):
        if remaining < length:
            return BanglaDate(year, month, remaining + 1)
        remaining -= length
    raise AssertionError("the months of a Bangla year do not add up to it")


def to_gregorian(bangla: BanglaDate) -> date:
    """Return the Gregorian day of a Bangla date."""
    days_before = (0, *accumulate(_month_lengths(bangla.year)))[bangla.month - 1]
    return _new_year(bangla.year) + timedelta(days=days_before + bangla.day - 1)


def _new_year(year: int) -> date:
    """Return the Gregorian day of 1 Boishakh of a Bangla year."""
    if not 1 <= year <= 9999 - _YEAR_OFFSET - 1:
        raise ValueError(f"Bangla year out of range: {year}")
    return date(year + _YEAR_OFFSET, 4, 14)


def _month_lengths(year: int) -> list[int]:
    """Return the lengths of the twelve months of a Bangla year."""
    long_months = 6 if year >= REFORM_YEAR else 5
    lengths = [31] * long_months + [30] * (len(MONTHS) - long_months)
    if year >= REFORM_YEAR:
        lengths[_FALGUN - 1] = 29
    # Falgun holds the end of February, which belongs to the following Gregorian year.
    if isleap(_new_year(year).year + 1):
        lengths[_FALGUN - 1] += 1
    return lengths
