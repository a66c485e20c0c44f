"""Dates, recurrences and times as officers write them, read and written.

Reading never guesses silently: the words are kept, what is certain is computed, and everything
else is None or carries a `DateDoubt`.
"""

from bangla.dates.doubts import DateDoubt, DoubtCode, Field
from bangla.dates.formatting import (
    format_bangla_date,
    format_date,
    format_time,
    weekday_name,
)
from bangla.dates.names import month_name
from bangla.dates.recurrence import Recurrence, RecurrenceUnit
from bangla.dates.schedule import ParsedDate, Schedule, StageDates, parse_date, parse_schedule
from bangla.dates.stages import Stage, Stages, split_stages
from bangla.dates.times import parse_time

__all__ = [
    "DateDoubt",
    "DoubtCode",
    "Field",
    "ParsedDate",
    "Recurrence",
    "RecurrenceUnit",
    "Schedule",
    "Stage",
    "StageDates",
    "Stages",
    "format_bangla_date",
    "format_date",
    "format_time",
    "month_name",
    "parse_date",
    "parse_schedule",
    "parse_time",
    "split_stages",
    "weekday_name",
]
