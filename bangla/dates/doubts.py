"""What a reader of dates is unsure of, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Field = Literal["starts_on", "ends_on", "schedule"]


class DoubtCode(StrEnum):
    """Why a person should look at a date again; the comment says what became of the value."""

    MONTH_REPAIRED = "month_repaired"  # broken or misspelt month name; read as the nearest one
    TWO_DIGIT_YEAR = "two_digit_year"  # read as a year of 1970 to 2069
    YEAR_FILLED = "year_filled"  # no year written; taken from the period or the other date
    YEAR_MISSING = "year_missing"  # no year written and none could be taken; not read
    DAY_MISSING = "day_missing"  # a month or a year where one day was wanted; not read
    MONTH_FIRST = "month_first"  # 07/25/2017 can only be month first; read so
    IMPOSSIBLE_DATE = "impossible_date"  # 31 June; not read
    CALENDARS_DISAGREE = "calendars_disagree"  # the Bangla date is another day; Gregorian read
    WEEKDAY_DISAGREES = "weekday_disagrees"  # the date falls on another weekday; date read
    RANGE_INFERRED = "range_inferred"  # two dates without "from" or "to"; read as start and end
    SEVERAL_DATES = "several_dates"  # more dates than places for them; not read
    END_MISSING = "end_missing"  # one date, no word whether it begins or ends; read as the start
    END_BEFORE_START = "end_before_start"  # both read as written
    OUTSIDE_PERIOD = "outside_period"  # outside the period of the plan; read as written
    PERIOD_NEEDED = "period_needed"  # "first quarter" without a year-long period; not read
    RECURRENCE_INFERRED = "recurrence_inferred"  # not said to recur, but only then has sense
    RECURRENCE_CONFLICT = "recurrence_conflict"  # the cells recur differently; not read
    STAGES_DIFFER = "stages_differ"  # the cells have other sub-steps; each read as far as it goes
    WORDS_UNREAD = "words_unread"  # something else stands beside what was read
    UNREADABLE = "unreadable"  # nothing could be read


@dataclass(frozen=True)
class DateDoubt:
    """One doubt.

    Args:
        field: which result it concerns; "schedule" when it concerns both or neither.
        code: why.
        words: the words in question, as written.
    """

    field: Field
    code: DoubtCode
    words: str
