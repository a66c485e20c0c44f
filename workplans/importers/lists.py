"""Plans written as a list instead of a table: “১। ১৫ আগস্ট ২০২৬: … — দায়িত্বে: …”.

Each item begins with a number, a bullet or its date. What stands behind a label (দায়িত্বে, ফলাফল,
পরিমাপ …), in the same line or in lines of its own, is that cell; the rest is the work.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from django.utils.translation import gettext as _

from bangla.dates import DoubtCode, parse_schedule
from bangla.text import squeeze
from workplans.importers.draft import Draft, keys_of
from workplans.importers.grid import Grid
from workplans.importers.header import Column
from workplans.importers.plan import SkippedLine
from workplans.importers.serials import shown

_SERIAL: Final = re.compile(r"^[(\[]?(?P<serial>[০-৯0-9]{1,3})\s*[)\].।:]+\s*(?=\S)")
_LETTER: Final = re.compile(r"^[(\[]?[ক-হ]\s*[)\].।:]\s*(?=\S)")
_BULLET: Final = re.compile(r"^[•●▪■◦➢✓*–—-]\s+")
_LABELS: Final = (
    (Column.RESPONSIBLE, r"দায়িত্বপ্রাপ্ত কর্মকর্তা|দায়িত্বপ্রাপ্ত|দায়িত্বে|দায়িত্ব|বাস্তবায়নকারী|বাস্তবায়নে|responsible"),
    (Column.EXPECTED_RESULT, r"প্রত্যাশিত ফলাফল|ফলাফল|ফল|expected result|result"),
    (Column.MEASURE, r"পরিমাপের মানদণ্ড|পরিমাপ|মানদণ্ড|সূচক|প্রমাণক|প্রমাণ|measure|indicator"),
    (Column.START, r"শুরুর তারিখ|শুরু|আরম্ভ|start"),
    (Column.END, r"সমাপ্তির তারিখ|সমাপ্তি|শেষের তারিখ|শেষ|end"),
    (Column.PERIOD, r"বাস্তবায়নকাল|বাস্তবায়নের সময়|সময়সীমা|সময়কাল|সময়|মেয়াদ|তারিখ|period|date|deadline"),
    (Column.PROGRESS, r"অগ্রগতি|progress"),
    (Column.SUBJECT, r"বিষয়|উদ্দেশ্য|subject"),
)
_LABEL: Final = re.compile(
    r"(?:^|(?<=।)|[\s(\[;,—–-])\s*[(\[]?(?:"
    + "|".join(f"(?P<{column.name}>{words})" for column, words in _LABELS)
    + r")\s*[:ঃ]\s*[-–—]?\s*|(?:\s[—–-]\s+|[;(]\s*)(?P<BARE>দায়িত্বে|দায়িত্ব)\s*[-–—]\s*",
    re.IGNORECASE,
)
_TRIMMINGS: Final = " \t\n,;:ঃ–—-("
_CLOSING: Final = " \t\n,;–—-"
_MOST_DATE_WORDS: Final = 12
_MOST_WORDS_BETWEEN: Final = 5
# What has more lines is prose or a directory, and no plan.
_MOST_LINES: Final = 800
_MAY_SAY_WHEN: Final = re.compile(r"\d|প্রতি|every|monthly|quarterly|weekly|মাসিক|সাপ্তাহিক|ষান্মাসিক")
_LONGEST_HEADING: Final = 100
_FEWEST_ITEMS: Final = 2
_SENTENCE_END: Final = ("।", ".", "?", "!")
# Doubts that do not make the words before a separator anything else than dates.
_HARMLESS: Final = frozenset(
    {
        DoubtCode.END_MISSING,
        DoubtCode.OUTSIDE_PERIOD,
        DoubtCode.YEAR_FILLED,
        DoubtCode.YEAR_MISSING,
        DoubtCode.TWO_DIGIT_YEAR,
        DoubtCode.MONTH_REPAIRED,
        DoubtCode.MONTH_FIRST,
        DoubtCode.WEEKDAY_DISAGREES,
        DoubtCode.CALENDARS_DISAGREE,
        DoubtCode.END_BEFORE_START,
        DoubtCode.IMPOSSIBLE_DATE,
        DoubtCode.PERIOD_NEEDED,
        DoubtCode.RECURRENCE_INFERRED,
        DoubtCode.RANGE_INFERRED,
    }
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    location: str


def read_list(grids: Sequence[Grid]) -> tuple[list[Draft], list[SkippedLine]] | None:
    """The items of a plan written as a list, and the lines left out; None when it is no such."""
    reader = _ListReader()
    lines = list(_lines(grids))
    if len(lines) > _MOST_LINES:
        return None
    for line, following in zip_longest(lines, lines[1:]):
        reader.read(line, following)
    drafts = reader.drafts
    dated = sum(1 for draft in drafts if _is_dated(draft))
    if dated < _FEWEST_ITEMS or dated * 2 < len(drafts):
        return None
    return drafts, reader.skipped


@lru_cache(maxsize=2_048)
def leading_dates(text: str) -> tuple[str, str]:
    """The words that say when at the beginning of `text`, and the rest; "" when none do."""
    words = text.split(" ", _MOST_DATE_WORDS)
    if not _MAY_SAY_WHEN.search(" ".join(words[:_MOST_DATE_WORDS])):
        return "", text
    best = 0
    for count in range(1, min(len(words), _MOST_DATE_WORDS) + 1):
        prefix = " ".join(words[:count]).rstrip(_CLOSING + ":ঃ")
        if _says_when(prefix):
            best = count
            if words[count - 1].endswith((":", "ঃ")):
                break
        elif count - best > _MOST_WORDS_BETWEEN:
            break
    when = " ".join(words[:best]).strip(_TRIMMINGS)
    return when, " ".join(words[best:]).lstrip(_TRIMMINGS)


def _lines(grids: Sequence[Grid]) -> Iterable[_Line]:
    for grid in grids:
        for line in grid.lines:
            for text in line.words().split("\n") if grid.is_table else _own_lines(line.own_cells()):
                if text.strip():
                    yield _Line(squeeze(text), line.location)


def _own_lines(cells: Iterable[object]) -> list[str]:
    return [text for cell in cells for text in str(getattr(cell, "text", "")).split("\n")]


def _is_dated(draft: Draft) -> bool:
    return any(draft.text(column) for column in (Column.PERIOD, Column.START, Column.END))


def _says_when(words: str) -> bool:
    schedule = parse_schedule(words)
    if any(doubt.code not in _HARMLESS for doubt in schedule.doubts):
        return False
    if schedule.recurrence:
        return True
    has_day = any(character.isdigit() for character in words)
    return has_day and bool(schedule.starts_on or schedule.ends_on or schedule.doubts)


class _ListReader:
    """Goes through the lines once; what a line is depends on the items before it."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.skipped: list[SkippedLine] = []
        self._subject = ""
        self._last_column = Column.TITLE

    def read(self, line: _Line, following: _Line | None) -> None:
        serial, body = _without_number(line.text)
        when, rest = leading_dates(body)
        # “বার্ষিক পরিকল্পনা” says when, too, but is a title.
        has_day = any(character.isdigit() for character in when)
        is_item = bool(serial or has_day or _BULLET.match(line.text)) and bool(rest or when)
        if is_item and (rest or following):
            self._begin(line, serial, when, rest)
        elif self._is_heading(line, following):
            self._subject = _LETTER.sub("", line.text).rstrip(" :ঃ")
            self._skip(line, _("নিচের কাজগুলোর বিষয় হিসেবে নেওয়া হয়েছে।"))
        elif self.drafts and self._goes_on(line):
            self._take(self.drafts[-1], line.text)
        else:
            self._skip(line, _("ছকের বাইরের লেখা।"))

    def _begin(self, line: _Line, serial: str, when: str, rest: str) -> None:
        words = {Column.SERIAL: shown(serial), Column.SUBJECT: self._subject}
        draft = Draft(line.location, words, has_period_column=True, given_serial=bool(serial))
        above = self.drafts[-1].text(Column.SUBJECT) if self.drafts else None
        draft.given_subject = self._subject != above
        if when:
            words[Column.PERIOD] = when
        self._last_column = Column.TITLE
        self.drafts.append(draft)
        self._take(draft, rest)

    def _take(self, draft: Draft, text: str) -> None:
        """Put the words of a line where their labels say; those without go on with the last."""
        position = 0
        for match in _LABEL.finditer(text):
            self._put(draft, self._last_column, text[position : match.start()])
            self._last_column = _column(match)
            position = match.end()
        self._put(draft, self._last_column, text[position:])
        if draft.text(Column.START) or draft.text(Column.END):
            draft.has_period_column = False
        draft.columns = keys_of(column for column, words in draft.words.items() if words)

    def _put(self, draft: Draft, column: Column, words: str) -> None:
        words = words.strip(_CLOSING)
        closes = words.rstrip("।. ")
        if closes.endswith(")") and closes.count(")") > closes.count("("):
            words = closes[:-1].rstrip()  # the label stood in brackets
        if words:
            draft.append(column, words)

    def _is_heading(self, line: _Line, following: _Line | None) -> bool:
        if following is None or len(line.text) > _LONGEST_HEADING or _LABEL.search(line.text):
            return False
        is_short = not line.text.endswith(_SENTENCE_END)
        serial, body = _without_number(following.text)
        return is_short and bool(serial or leading_dates(body)[0])

    def _goes_on(self, line: _Line) -> bool:
        """Whether the line is a further cell of the last item, or the rest of its words."""
        if _LABEL.match(line.text):
            return True
        last = self.drafts[-1].text(self._last_column)
        return bool(last) and not last.endswith(_SENTENCE_END)

    def _skip(self, line: _Line, reason: str) -> None:
        self.skipped.append(SkippedLine(f"{line.location}: {line.text[:160]}", reason))


def _without_number(text: str) -> tuple[str, str]:
    """The serial in front of an item, "" when there is none, and the rest of the line."""
    match = _SERIAL.match(text)
    # A date begins with figures too: “১৫.০৮.২০২৬ …”.
    if match and not leading_dates(text)[0]:
        return match["serial"], text[match.end() :]
    return "", _BULLET.sub("", text)


def _column(match: re.Match[str]) -> Column:
    if match["BARE"]:
        return Column.RESPONSIBLE
    return next(column for column, _words in _LABELS if match[column.name])
