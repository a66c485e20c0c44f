"""The stretch of time a work plan covers: a calendar year, a half-year or a fiscal year.

Bangladesh's fiscal year runs from 1 July to 30 June. Innovation teams planned by calendar year
first and by fiscal year later, and some offices plan by half-year, so all three are periods.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from django.utils.translation import gettext as _

from bangla.dates import month_name
from bangla.digits import Language, to_ascii
from teams.models import in_bengali
from teams.templatetags.bangla_tags import digits

Kind = Literal["calendar", "half", "fiscal"]

_FISCAL_START_MONTH = 7
_HALF_MONTHS = {(1, 6), (7, 12)}
# Hyphens, en and em dashes and the minus sign, whichever an office types between two years.
_DASHES = re.compile("[\u2010-\u2014\u2212]")
_CALENDAR = re.compile(r"(\d{4})")
_FISCAL = re.compile(r"(\d{4})\s*-\s*(\d{2}|\d{4})")
_HALF = re.compile(r"(\d{4})-(\d{2})\s*\.\.\s*(\d{4})-(\d{2})")


class PeriodError(ValueError):
    """A text is not a period; the message is a Bengali sentence naming the accepted forms."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, a half-year (January–June, July–December) or a fiscal year.

    `starts_on` and `ends_on` are the first and the last day, both inside the period. Make one
    with `parse`, `calendar_year_of` or `fiscal_year_of`.
    """

    kind: Kind
    starts_on: date
    ends_on: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2016", "2017-2018", "2017-18" or "2017-01..2017-06", in either script's digits.

        Raises PeriodError.
        """
        words = _DASHES.sub("-", to_ascii(text)).strip()
        if match := _CALENDAR.fullmatch(words):
            return cls._calendar(_year(match[1], text))
        if match := _FISCAL.fullmatch(words):
            first = _year(match[1], text)
            if match[2] not in {f"{first + 1:04}", f"{(first + 1) % 100:02}"}:
                raise _not_a_period(text)
            return cls._fiscal(first)
        if match := _HALF.fullmatch(words):
            first_month, last_month = int(match[2]), int(match[4])
            if match[1] != match[3] or (first_month, last_month) not in _HALF_MONTHS:
                raise _not_a_period(text)
            return cls._half(_year(match[1], text), first_month)
        raise _not_a_period(text)

    @classmethod
    def calendar_year_of(cls, day: date) -> Self:
        """The calendar year `day` falls in."""
        return cls._calendar(day.year)

    @classmethod
    def fiscal_year_of(cls, day: date) -> Self:
        """The fiscal year (1 July to 30 June) `day` falls in."""
        return cls._fiscal(day.year if day.month >= _FISCAL_START_MONTH else day.year - 1)

    @classmethod
    def _calendar(cls, year: int) -> Self:
        return cls("calendar", date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def _fiscal(cls, first_year: int) -> Self:
        return cls("fiscal", date(first_year, 7, 1), date(first_year + 1, 6, 30))

    @classmethod
    def _half(cls, year: int, first_month: int) -> Self:
        last_month = first_month + 5
        last_day = monthrange(year, last_month)[1]
        return cls("half", date(year, first_month, 1), date(year, last_month, last_day))

    @property
    def code(self) -> str:
        """The form `parse` reads back: "2016", "2017-2018" or "2017-01..2017-06"."""
        if self.kind == "calendar":
            return f"{self.starts_on.year:04}"
        if self.kind == "fiscal":
            return f"{self.starts_on.year:04}-{self.ends_on.year:04}"
        return f"{self.starts_on.isoformat()[:7]}..{self.ends_on.isoformat()[:7]}"

    @property
    def label(self) -> str:
        """The period as an officer writes it: "২০১৬", "২০১৭–১৮ অর্থবছর", "জানুয়ারি–জুন ২০১৭".

        In the language of the page; papers are drawn in Bengali and so say it in Bengali.
        """
        if self.kind == "calendar":
            return digits(self.starts_on.year)
        if self.kind == "fiscal":
            years = f"{self.starts_on.year}–{self.ends_on.year % 100:02}"
            return _("%(years)s অর্থবছর") % {"years": digits(years)}
        return months_label(self.starts_on, self.ends_on)

    def contains(self, day: date) -> bool:
        """Whether `day` falls inside the period."""
        return self.starts_on <= day <= self.ends_on


def months_label(first: date, last: date) -> str:
    """Months of one year: "আগস্ট ২০২৬", "জুলাই–সেপ্টেম্বর ২০২৬"; in the language of the page."""
    lang: Language = "bn" if in_bengali() else "en"
    names = dict.fromkeys(month_name(day.month, lang) for day in (first, last))
    return f"{'–'.join(names)} {digits(last.year)}"


def months_after(day: date, months: int) -> date:
    """The first day of the month that many months later."""
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, 1)


def _year(digits: str, text: str) -> int:
    """The year in four digits; years a date cannot hold a fiscal year of are refused."""
    year = int(digits)
    if not date.min.year < year < date.max.year:
        raise _not_a_period(text)
    return year


def _not_a_period(text: str) -> PeriodError:
    return PeriodError(
        _(
            "‘%(text)s’ কোনো সময়কাল নয়। লিখুন ২০১৬ (পঞ্জিকা বছর), ২০১৭-২০১৮ বা ২০১৭-১৮ "
            "(অর্থবছর), অথবা ২০১৭-০১..২০১৭-০৬ (অর্ধবছর)।"
        )
        % {"text": text[:40]}
    )
