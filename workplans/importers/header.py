"""Finds the head of a plan's table and says which column holds what.

Offices print the same form with the columns in another order, under other names, in one row or
two, with the subject left out or the two dates in one column. A label is recognised by the stem
of its words, so spelling and case endings may differ.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bangla.digits import to_ascii
from bangla.text import fold, squeeze
from workplans.importers.grid import Line
from workplans.importers.serials import is_serial


class Column(StrEnum):
    """What a column of a plan holds; `PERIOD` is start and end together in one column."""

    SERIAL = "serial"
    SUBJECT = "subject"
    TITLE = "title"
    START = "starts_on"
    END = "ends_on"
    PERIOD = "schedule_text"
    RESPONSIBLE = "responsible"
    EXPECTED_RESULT = "expected_result"
    MEASURE = "measure"
    PROGRESS = "progress"


_FEWEST_COLUMNS: Final = 3
_LONGEST_LABEL: Final = 45
_MOST_COMMON_SHARE: Final = 0.6

_NUKTA: Final = "\u09bc"
_BRACKETED: Final = re.compile(r"[(\[{].*")
_DIGIT: Final = re.compile(r"\d")
_PROGRESS: Final = re.compile(r"অগ্রগতি|অগগতি|বাস্তবায়নপরিস্থিতি|progress".replace("\u09bc", ""))
_SPAN: Final = re.compile(r"প্রথম|দ্বিতীয়|তৃতীয়|চতুর্থ|quarter|half")
_PUNCTUATION: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")

# In order: the first that fits wins. “কাজ শুরুর তারিখ” is a start before it is work, “কার্যক্রমের
# ক্ষেত্র” a subject before it is an activity. Bengali stems are matched with all blanks taken out,
# because narrow columns break words.
_BENGALI_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.SERIAL, r"^(?:ক্র|ক্রম|ক্রমিক|নং|নম্বর|নমবর)(?:নং|নম্বর|নাম্বার|সংখ্যা|ন)?$"),
    (Column.PROGRESS, r"অগ্রগতি|অগগতি|অর্জিত|অর্জন$"),
    (Column.MEASURE, r"পরিমাপ|মানদ[ণন]|সূচক|সুচক|যাচাইয়েরউপায়"),
    (Column.START, r"শুর[ুূ]|আরম্ভ|প্রারম্ভ|^হতে$|^থেকে$"),
    (Column.END, r"সমাপ্ত|সমাপনী|(?<!বি)শেষ|^পর্যন্ত$"),
    (Column.PERIOD, r"কাল$|সময়|মেয়াদ|^তারিখ"),
    (Column.RESPONSIBLE, r"দায়িত্ব|দায়ীত্ব|বাস্তবায়নকারী|বাস্তবায়নেরদায়|^কর্মকর্তা"),
    (Column.EXPECTED_RESULT, r"ফলাফল|প্রত্যাশ|আউটপুট"),
    (Column.SUBJECT, r"ক্ষেত্র|উদ্দেশ্য|^বিষয়"),
    (Column.TITLE, r"প্রস্তাবিত|গৃহীতব্য|গৃহিতব্য|কাজ|কার্যক্রম|কার্যাবলি|কার্যাবলী|উদ্যোগ|কর্মসূচি|পদক্ষেপ|ধারণা|শিরোনাম"),
    (Column.SUBJECT, r"বিষয়"),
    (Column.PROGRESS, r"মন্তব্য"),
)
_ENGLISH_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.SERIAL, r"^(?:sl|serial|sn|s n|no|#)(?: (?:no|number))?$"),
    (Column.PROGRESS, r"\b(?:progress|achievements?|status)\b"),
    (Column.MEASURE, r"\b(?:measures?|measurement|indicators?|criteria|verification)\b"),
    (Column.START, r"\b(?:start|starting|starts|begin|beginning|commencement)\b|^from$"),
    (Column.END, r"\b(?:end|ending|ends|finish|completion|deadline)\b|^to$|^until$"),
    (Column.PERIOD, r"\b(?:period|timeframe|time|timeline|duration|schedule|dates?)\b"),
    (
        Column.RESPONSIBLE,
        r"\b(?:responsible|responsibility|implementers?|implementing|officers?)\b",
    ),
    (Column.EXPECTED_RESULT, r"\b(?:expected|results?|outcomes?|outputs?)\b"),
    (Column.SUBJECT, r"\b(?:subject|areas?|objectives?|themes?)\b"),
    (
        Column.TITLE,
        r"\b(?:proposed|activity|activities|tasks?|initiatives?|works?|actions?|title)\b",
    ),
    (Column.PROGRESS, r"\b(?:remarks?|comments?)\b"),
)


def _key(text: str) -> str:
    """Label or stem as compared: folded, without the dots that only some keyboards type."""
    return fold(text).replace(_NUKTA, "")


_BENGALI: Final = [(column, re.compile(_key(stem))) for column, stem in _BENGALI_STEMS]
_ENGLISH: Final = [(column, re.compile(stem)) for column, stem in _ENGLISH_STEMS]


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table.

    `columns` says where each kind of column stands (from 0); `labels` holds the words printed
    over every position; `height` is the number of rows the head takes. `extra` are positions
    with a label that means nothing to a plan, or that repeats another column's. `progress` are
    the columns, by position and label, of a head that tells the progress of several stretches of
    time; none of them is then in `columns`.
    """

    columns: Mapping[Column, int]
    labels: tuple[str, ...]
    extra: tuple[int, ...]
    height: int
    progress: Mapping[int, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many positions the head spans."""
        return len(self.labels)

    def is_repeated_by(self, line: Line) -> bool:
        """Whether `line` prints this head again, as Word does at the top of a page."""
        own = {_key(cell.text) for cell in line.own_cells()}
        known = {_key(part) for label in self.labels for part in label.split("\n")}
        return len(own) > 1 and len(own & known) >= len(own) * _MOST_COMMON_SHARE


def find_header(lines: Sequence[Line], position: int) -> Header | None:
    """The head of a plan's table that begins at `lines[position]`, if one does.

    A head names the work and at least two other things. Two rows are tried before one, because
    the upper one alone (“বাস্তবায়নকাল”) reads as a period in one column.
    """
    upper = lines[position]
    if _is_data(upper):
        return None
    if position + 1 < len(lines) and _is_lower_half(lines[position + 1], upper):
        header = _header_of(upper, lines[position + 1])
        if header:
            return header
    return _header_of(upper, None)


def column_of(label: str) -> Column | None:
    """What a column with this label holds; None when the label says nothing to a plan.

    What stands in brackets explains the label, so it counts only when the rest says nothing.
    """
    if _is_long(label):
        return None
    main = _BRACKETED.sub("", label, count=1) if label.strip()[:1] not in "([{" else label
    if _DIGIT.search(to_ascii(main)):
        return None  # a date or a number of a row, not a label
    return _match(main) or _match(label)


def _match(label: str) -> Column | None:
    spaced = _PUNCTUATION.sub(" ", _key(label)).strip()
    compact = spaced.replace(" ", "")
    for patterns, words in ((_BENGALI, compact), (_ENGLISH, spaced)):
        for column, pattern in patterns:
            if words and pattern.search(words):
                return column
    return None


def _is_data(line: Line) -> bool:
    """Whether the row cannot be a head: it begins with a serial, or its cells are sentences."""
    own = line.own_cells()
    if len(own) < _FEWEST_COLUMNS or is_serial(own[0].text):
        return True
    return sum(_is_long(cell.text) for cell in own) > len(own) // 2


def _is_long(label: str) -> bool:
    """Whether the words are more than a label and an explanation in brackets."""
    return len(_BRACKETED.sub("", label, count=1)) > _LONGEST_LABEL


def _is_lower_half(line: Line, upper: Line) -> bool:
    """Whether `line` only divides the labels above it, as “শুরুর তারিখ | সমাপ্তির তারিখ” does."""
    own = line.own_cells()
    if not own or len(own) > len(upper.own_cells()) or any(_is_long(cell.text) for cell in own):
        return False
    kinds = [_match(cell.text) for cell in own]
    spans = [_is_progress(_over(upper, cell.column)) for cell in own]
    if not all(kind or span for kind, span in zip(kinds, spans, strict=True)):
        return False
    return bool({Column.START, Column.END} & set(kinds)) or sum(spans) > 1


def _header_of(upper: Line, lower: Line | None) -> Header | None:
    width = max(_printed_width(line) for line in (upper, lower) if line)
    labels = [_label(upper, lower, position) for position in range(width)]
    columns: dict[Column, int] = {}
    extra: list[int] = []
    progress = _progress_spans(upper, lower, labels)
    for position, label in enumerate(labels):
        if position in progress:
            continue
        column = _column_at(upper, lower, position, columns)
        if column and column not in columns:
            columns[column] = position
        elif label:
            extra.append(position)
    if Column.PERIOD in columns and {Column.START, Column.END} & set(columns):
        extra.append(columns.pop(Column.PERIOD))  # how long, beside the dates themselves
    _split_period(columns, upper, labels, extra)
    _promote_subject(columns)
    kinds = set(columns) - {Column.SERIAL, Column.TITLE}
    if Column.TITLE not in columns or len(kinds) < _FEWEST_COLUMNS - 1 or len(extra) > len(kinds):
        return None
    return Header(columns, tuple(labels), tuple(sorted(extra)), 2 if lower else 1, progress)


def _progress_spans(upper: Line, lower: Line | None, labels: Sequence[str]) -> dict[int, str]:
    """The columns that tell the progress of one stretch of time each, with their labels."""
    found: dict[int, str] = {}
    for position, label in enumerate(labels):
        own = lower.text(position) if lower and not lower.is_merged_from_above(position) else ""
        over = _over(upper, position) if own else ""
        words = squeeze(f"{over} {own}" if own else label)
        if label and _is_progress(words):
            found[position] = words
    is_told_once = len(found) == 1 and not any(
        _DIGIT.search(to_ascii(words)) or _SPAN.search(fold(words)) for words in found.values()
    )
    return {} if is_told_once else found


def _over(upper: Line, position: int) -> str:
    """The label above a position; a paste without merged cells leaves it at the left."""
    cells = upper.cells[: position + 1]
    return next((cell.text for cell in reversed(cells) if cell.text), "")


def _is_progress(label: str) -> bool:
    return len(label) <= _LONGEST_LABEL and bool(_PROGRESS.search(_key(label).replace(" ", "")))


def _printed_width(line: Line) -> int:
    return max((position + 1 for position, cell in enumerate(line.cells) if cell.text), default=0)


def _label(upper: Line, lower: Line | None, position: int) -> str:
    below = lower.text(position) if lower and not lower.is_merged_from_above(position) else ""
    return "\n".join(filter(None, (upper.text(position), below)))


def _column_at(
    upper: Line, lower: Line | None, position: int, taken: Mapping[Column, int]
) -> Column | None:
    """The lower label decides where there is one; else the upper; a used kind gives way."""
    below = lower.text(position) if lower and not lower.is_merged_from_above(position) else ""
    column = column_of(below) if below else column_of(upper.text(position))
    return None if column in taken else column


def _split_period(
    columns: dict[Column, int], upper: Line, labels: list[str], extra: list[int]
) -> None:
    """One period label over two columns names the start and the end."""
    start = columns.get(Column.PERIOD)
    if start is None:
        return
    cells = upper.cells
    is_wide = start + 1 < len(cells) and cells[start + 1] is cells[start]
    is_unlabelled = start + 1 < len(labels) and not labels[start + 1]
    if is_wide or is_unlabelled:
        del columns[Column.PERIOD]
        columns[Column.START], columns[Column.END] = start, start + 1


def _promote_subject(columns: dict[Column, int]) -> None:
    """A plan whose only naming column is called “বিষয়” means the work by it."""
    if Column.TITLE not in columns and Column.SUBJECT in columns and _has_dates(columns):
        columns[Column.TITLE] = columns.pop(Column.SUBJECT)


def _has_dates(columns: Mapping[Column, int]) -> bool:
    return bool({Column.START, Column.END, Column.PERIOD} & set(columns))
