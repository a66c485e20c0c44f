"""The date cells of a row → dates and recurrence, each uncertainty told in a Bengali sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from bangla.dates import DateDoubt, DoubtCode, Schedule, format_date, parse_schedule
from bangla.digits import to_ascii
from workplans.importers.draft import Draft
from workplans.importers.header import Column
from workplans.importers.plan import Doubt
from workplans.periods import Period

# A date cell that Excel shows without its format: days since 30 December 1899. Five digits
# from 20000 to 79999 are 1954 to 2118.
_EXCEL_DAY: Final = re.compile(r"[2-7]\d{4}")
_EXCEL_EPOCH: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class ReadDates:
    """What the date cells of a row say, and their words as an officer would type them.

    A period told once, in one column or one merged cell, stands in `start_text` alone.
    """

    schedule: Schedule
    start_text: str
    end_text: str


def read_dates(draft: Draft, period: Period) -> ReadDates:
    """Read a row's dates within `period`; what is doubtful is noted on `draft`."""
    column = Column.PERIOD if draft.has_period_column else Column.START
    start = _readable(draft, column)
    end = "" if draft.has_period_column else _readable(draft, Column.END)
    schedule = parse_schedule(start, end, period_start=period.starts_on, period_end=period.ends_on)
    draft.doubts.extend(told(doubt) for doubt in schedule.doubts)
    return ReadDates(schedule, start, "" if schedule.text == start else end)


def _readable(draft: Draft, column: Column) -> str:
    """The words of a date cell, with a bare Excel day number turned into a date."""
    words = draft.text(column)
    if not _EXCEL_DAY.fullmatch(to_ascii(words)):
        return words
    day = format_date(_EXCEL_EPOCH + timedelta(days=int(to_ascii(words))))
    draft.doubt(
        column,
        _("‘%(words)s’ এক্সেলের দিনসংখ্যা ধরে %(day)s পড়া হয়েছে।") % {"words": words, "day": day},
    )
    return day


def told(doubt: DateDoubt) -> Doubt:
    """The doubt of a date in a Bengali sentence, under the name of the field it concerns."""
    field = "schedule_text" if doubt.field == "schedule" else doubt.field
    return Doubt(field, doubt_sentence(doubt))


def doubt_sentence(doubt: DateDoubt) -> str:
    """What is unsure about a date, as a Bengali sentence with the words in question."""
    return _SENTENCES[doubt.code]() % {"words": doubt.words}


# Called when a doubt is told, so that each reader gets the sentence in their own language.
_SENTENCES: Final[dict[DoubtCode, Callable[[], str]]] = {
    DoubtCode.MONTH_REPAIRED: lambda: _("মাসের নাম ভাঙা বা ভুল বানানে লেখা: %(words)s"),
    DoubtCode.TWO_DIGIT_YEAR: lambda: _("সাল দুই অঙ্কে লেখা; কোন শতকের দেখুন: %(words)s"),
    DoubtCode.YEAR_FILLED: lambda: _("সাল লেখা নেই; পরিকল্পনার সময়কাল থেকে নেওয়া হয়েছে: %(words)s"),
    DoubtCode.YEAR_MISSING: lambda: _("সাল লেখা নেই, তাই তারিখ ধরা যায়নি: %(words)s"),
    DoubtCode.DAY_MISSING: lambda: _("দিন লেখা নেই, তাই তারিখ ধরা যায়নি: %(words)s"),
    DoubtCode.MONTH_FIRST: lambda: _("মাস আগে, দিন পরে ধরে পড়া হয়েছে: %(words)s"),
    DoubtCode.IMPOSSIBLE_DATE: lambda: _("এমন কোনো তারিখ নেই: %(words)s"),
    DoubtCode.CALENDARS_DISAGREE: lambda: _("বাংলা তারিখ খ্রিষ্টীয় তারিখের সঙ্গে মেলে না: %(words)s"),
    DoubtCode.WEEKDAY_DISAGREES: lambda: _("তারিখটি লেখা বারে পড়ে না: %(words)s"),
    DoubtCode.RANGE_INFERRED: lambda: _("দুটি তারিখকে শুরু ও সমাপ্তি ধরা হয়েছে: %(words)s"),
    DoubtCode.SEVERAL_DATES: lambda: _("একাধিক তারিখ আছে; কোনটি ঠিক বোঝা যায়নি: %(words)s"),
    DoubtCode.END_MISSING: lambda: _("একটিই তারিখ আছে; শুরুর তারিখ ধরা হয়েছে: %(words)s"),
    DoubtCode.END_BEFORE_START: lambda: _("সমাপ্তির তারিখ শুরুর তারিখের আগে: %(words)s"),
    DoubtCode.OUTSIDE_PERIOD: lambda: _("তারিখটি পরিকল্পনার সময়কালের বাইরে: %(words)s"),
    DoubtCode.PERIOD_NEEDED: lambda: _("পরিকল্পনার সময়কাল পুরো বছর নয়, তাই কোন সময় বোঝা যায়নি: %(words)s"),
    DoubtCode.RECURRENCE_INFERRED: lambda: _("কাজটি নিয়মিত ফিরে আসে ধরা হয়েছে: %(words)s"),
    DoubtCode.RECURRENCE_CONFLICT: lambda: _("শুরু ও সমাপ্তির ঘরে পুনরাবৃত্তি দুই রকম: %(words)s"),
    DoubtCode.STAGES_DIFFER: lambda: _("ধাপের অক্ষরগুলো ঘরে ঘরে মেলে না: %(words)s"),
    DoubtCode.WORDS_UNREAD: lambda: _("তারিখের সঙ্গে বাড়তি কথা আছে, যা ধরা হয়নি: %(words)s"),
    DoubtCode.UNREADABLE: lambda: _("তারিখ পড়া যায়নি; কথাগুলো রাখা হয়েছে: %(words)s"),
}  # fmt: skip
