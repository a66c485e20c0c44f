"""The words of a progress cell → dated entries with a per cent, where the words say so surely."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from bangla.dates import parse_date, parse_schedule
from bangla.digits import to_ascii
from bangla.text import squeeze
from workplans.importers.draft import Draft
from workplans.importers.header import Column
from workplans.importers.plan import ImportedEntry
from workplans.periods import Period

_PER_CENT: Final = r"(?P<figure>\d{1,3})(?:\.0+)?\s*(?:%|শতাংশ|ভাগ|পার্সেন্ট|পারসেন্ট|per ?cent)"
_OF_WORK: Final = r"(?:কাজ|সম্পন্ন|সম্পাদ|সমাপ্ত|অগ্রগতি|বাস্তবায়|শেষ|অর্জিত|অর্জন|হয়েছে|done|complete)"
# “২০% সেবাগ্রহীতা” is a figure of something else, so the words around it have to be of work.
_PERCENTS: Final = (
    re.compile(rf"{_PER_CENT}\s*[।.]?$"),
    re.compile(rf"{_PER_CENT}\s+(?:\S+\s+)?{_OF_WORK}"),
    re.compile(rf"(?:কাজের|কাজ|অগ্রগতি|বাস্তবায়নের? হার|বাস্তবায়ন|progress)\s*[:ঃ\-–—]?\s*{_PER_CENT}"),
)
_ANY_PER_CENT: Final = re.compile(_PER_CENT)
_DONE: Final = re.compile(
    r"(?:কাজটি|কাজ|কার্যক্রমটি|কার্যক্রম)?\s*(?:শতভাগ|সম্পূর্ণ)?\s*(?:বাস্তবায়ন|বাস্তবায়নের কাজ)?\s*"
    r"(?:সম্পন্ন|সমাপ্ত|বাস্তবায়িত|সম্পাদিত|শতভাগ)\s*(?:করা\s*)?(?:হয়েছে)?\s*[।.]?|"
    r"(?:done|completed?|finished)\.?",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"(?P<day>[^:]{6,34}?)(?:\s*তারিখে?\s*[:ঃ,]?\s+|\s*[:ঃ]\s*|\s+[-–—]\s+)(?P<words>\S.*)",
    re.DOTALL,
)
_NOT_OF_SPAN: Final = re.compile(
    r"অগ্রগতির?|অর্জনের?|অর্জিত|বাস্তবায়নের?|বাস্তবায়িত|লক্ষ্যমাত্রা|প্রতিবেদন|বিবরণ|মাসের|"
    r"progress|achievements?|status|remarks",
    re.IGNORECASE,
)
_WHOLE: Final = 100


def read_entries(words: str, *, on: date | None = None) -> tuple[ImportedEntry, ...]:
    """What a cell tells was done: one entry, or one for each line that begins with a day.

    `on` is the day of what names none. Words are kept whole; a day in front is taken out.
    """
    found: list[tuple[date | None, str]] = []
    for line in words.split("\n"):
        day, rest = _day_and_words(line)
        if day or not found:
            found.append((day, rest))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{rest}")
    return tuple(
        ImportedEntry(text.strip(), percent_in(text), day or on)
        for day, text in found
        if text.strip()
    )


def percent_in(text: str) -> int | None:
    """How far the work is, as the words say: 60 for “৬০% কাজ হয়েছে”, 100 for “সম্পন্ন”."""
    words = to_ascii(squeeze(text))
    if _DONE.fullmatch(words):
        return _WHOLE
    figures = {match["figure"] for match in _ANY_PER_CENT.finditer(words)}
    if len(figures) != 1:
        return None
    said = any(pattern.search(words) for pattern in _PERCENTS)
    figure = int(figures.pop())
    return figure if said and figure <= _WHOLE else None


def end_of_span(label: str, period: Period) -> date | None:
    """The last day of what a column's label is about: a quarter, a month, “… পর্যন্ত”.

    None when the label names no stretch of time, or names it unsurely.
    """
    words = squeeze(_NOT_OF_SPAN.sub(" ", label))
    if not words:
        return None
    schedule = parse_schedule(words, period_start=period.starts_on, period_end=period.ends_on)
    day = schedule.ends_on or schedule.starts_on
    return day if day and period.contains(day) else None


def _day_and_words(line: str) -> tuple[date | None, str]:
    match = _DATED.fullmatch(line.strip())
    if match:
        day = parse_date(match["day"])
        if day.value and not day.doubts:
            return day.value, match["words"]
    return None, line


def entries_of(draft: Draft, period: Period) -> tuple[ImportedEntry, ...]:
    """All that a row tells of progress, in one column or in one for each stretch of time."""
    entries = list(read_entries(draft.text(Column.PROGRESS)))
    for label, words in draft.progress:
        day = end_of_span(label, period)
        if day is None:
            reason = _("‘%(label)s’ কোন সময়ের অগ্রগতি বোঝা যায়নি; তারিখ দেখে নিন।") % {"label": label}
            draft.doubt("progress", reason)
        entries += read_entries(words, on=day)
    return tuple(entries)
