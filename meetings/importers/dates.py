"""Dates and times of minutes, each uncertainty told in a Bengali sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from django.utils.translation import gettext as _

from bangla.calendar import BanglaDate, from_gregorian
from bangla.dates import DoubtCode, parse_date, parse_time
from bangla.digits import to_ascii
from bangla.text import normalise, squeeze
from meetings.importers.minutes import Doubt
from teams.templatetags import bangla_tags
from workplans.importers.schedule import doubt_sentence

_DIGIT = "[0-9০-৯]"
_DATE_IN_PROSE: Final = re.compile(
    rf"(?<!{_DIGIT}){_DIGIT}{{1,2}}"
    rf"(?:\s?[./-]\s?{_DIGIT}{{1,2}}\s?[./-]\s?(?:{_DIGIT}{{4}}|{_DIGIT}{{2}})"
    rf"|\s{{0,3}}(?:লা|রা|ঠা|ই|শে)?\s{{0,3}}[\u0985-\u09e5]{{2,15}}\s?,?\s{{0,3}}{_DIGIT}{{4}})"
    rf"(?!{_DIGIT})"
)
_DUE_AFTER: Final = re.compile(
    normalise(
        r"(?:\s*খ্রি[^\s]*)?(?:\s*(?:তারিখ[^\s]*|তাং))?(?:\s*(?:এর|র))?\s*(?:মধ্যে|ভিতরে|ভেতরে|নাগাদ)"
    )
)
_DUE_BEFORE: Final = re.compile(normalise(r"আগামী\s*(?:[^\s]+\s+)?$"))
_FROM_TO: Final = re.compile(r"\s*(?:[-–—]|থেকে|হতে)\s*")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date of the paper and what is doubtful about it; `value` is None unless certain."""

    value: date | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time of day and what is doubtful about it; `value` is None unless it was said."""

    value: time | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day named amid prose; `is_due` tells that something was wanted by it."""

    day: date
    words: str
    is_due: bool


def read_date(text: str, field: str) -> ReadDate:
    """Read the one day that `text` gives in either calendar; `field` is what the doubts concern."""
    parsed = parse_date(text)
    doubts = [
        Doubt(field, _with_mend(doubt_sentence(doubt)))
        for doubt in parsed.doubts
        # A word beside a certain date (“রোজ রবিবার সকাল”) changes nothing.
        if parsed.value is None or doubt.code is not DoubtCode.WORDS_UNREAD
    ]
    return ReadDate(parsed.value, tuple(doubts))


def read_dates_of_one_day(lines: Sequence[str], field: str) -> ReadDate:
    """Read the day that lines below each other give, usually once in each calendar.

    A line that cannot be read is told together with what it should say.
    """
    whole = read_date("\n".join(lines), field)
    if whole.value or len(lines) < 2:
        return whole
    values = {line: parse_date(line).value for line in lines}
    days = {value for value in values.values() if value}
    if len(days) != 1:
        words = " / ".join(lines)
        return ReadDate(
            None,
            (Doubt(field, _with_mend(_("তারিখ দুই রকম বা পড়া যায়নি: %(words)s।") % {"words": words})),),
        )
    day = days.pop()
    unread = [line for line, value in values.items() if value is None]
    return ReadDate(day, tuple(Doubt(field, _unread_reason(line, day)) for line in unread))


def read_time(text: str) -> ReadTime:
    """Read the time at which a meeting began; of two, as in “১০টা থেকে ১২টা”, the first."""
    value = parse_time(text)
    if value or not squeeze(text):
        return ReadTime(value)
    value = parse_time(_FROM_TO.split(squeeze(text), maxsplit=1)[0])
    if value:
        reason = _("সময় ‘%(words)s’ থেকে শুরুর সময় ধরা হয়েছে; ঠিক আছে কি না দেখুন।")
    else:
        reason = _("সময় ‘%(words)s’ পড়া যায়নি; সকাল না বিকাল তা মিলিয়ে সময়টি লিখুন।")
    return ReadTime(value, (Doubt("time", reason % {"words": squeeze(text)}),))


def days_in(text: str) -> Iterator[NamedDay]:
    """The days that prose names with their year, in order; those not certain are passed over."""
    for match in _DATE_IN_PROSE.finditer(text):
        day = parse_date(match[0]).value
        if day:
            is_due = _DUE_AFTER.match(text, match.end()) or _DUE_BEFORE.search(
                text[: match.start()][-30:]
            )
            yield NamedDay(day, match[0], bool(is_due))


def _unread_reason(line: str, day: date) -> str:
    """What the unread line should say: the same day in the other calendar."""
    names = {"words": line, "day": bangla_tags.day(day), "bangla_day": bangla_tags.bangla_day(day)}
    if _has_numbers_of(line, from_gregorian(day)):
        return (
            _("‘%(words)s’ বানানে বাংলা তারিখ পড়া যায়নি; %(day)s হলো %(bangla_day)s। বানান দেখে নিন।")
            % names
        )
    return (
        _("‘%(words)s’ পড়া যায়নি, তাই %(day)s (%(bangla_day)s) তারিখের সঙ্গে মেলানো যায়নি। মিলিয়ে দেখুন।")
        % names
    )


def _has_numbers_of(line: str, day: BanglaDate) -> bool:
    """Whether only the month's name keeps `line` from being `day`."""
    return [int(number) for number in re.findall(r"\d{1,4}", to_ascii(line))] == [day.day, day.year]


def _with_mend(sentence: str) -> str:
    return _("%(what)s মূল কাগজ দেখে তারিখটি ঠিক করুন।") % {"what": _ended(sentence)}


def _ended(sentence: str) -> str:
    sentence = squeeze(sentence)
    return sentence if sentence.endswith("।") else f"{sentence}।"
