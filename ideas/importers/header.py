"""Finds the head of a list of ideas and says which column holds what.

Offices keep these lists in shapes of their own, under many names, with the head in one row or
two. A label is recognised by the stem of its words, so spelling and case endings may differ.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bangla.digits import to_ascii
from bangla.text import fold
from workplans.importers.grid import Line
from workplans.importers.serials import is_serial


class Column(StrEnum):
    """What a column holds; `CONTACT` is never taken in."""

    SERIAL = "serial"
    TITLE = "title"
    PROBLEM = "problem"
    DESCRIPTION = "description"
    BENEFIT = "benefit"
    SUBMITTER = "submitter_name"
    DETAIL = "submitter_detail"
    OFFICE = "office"
    STATE = "status"
    YEAR = "received_text"
    REMARKS = "remarks"
    CONTACT = "contact"


_NUKTA: Final = "\u09bc"
_LONGEST_LABEL: Final = 60
_FEWEST_COLUMNS: Final = 2
_MOST_COMMON_SHARE: Final = 0.6
_BRACKETED: Final = re.compile(r"[(\[{].*")
_PUNCTUATION: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")

# In order: the first that fits wins. “প্রস্তাবকারীর দপ্তর” is about the office before the person,
# “ধারণার বিবরণ” a description before it is a title. Bengali stems are matched with all blanks
# taken out, because narrow columns break words.
_BENGALI_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.SERIAL, r"^(?:ক্র|ক্রম|ক্রমিক|নং|নম্বর)(?:নং|নম্বর|নাম্বার|সংখ্যা|ন)?$"),
    (Column.CONTACT, r"^(?!.*নাম).*(?:মোবাইল|ফোন|ইমেইল|ইমেল|যোগাযোগ|সেলনম্বর)"),
    (Column.STATE, r"অবস্থা|পর্যায়|অগ্রগতি|স্ট্যাটাস|ধাপ$|সিদ্ধান্ত$"),
    (
        Column.YEAR,
        r"অর্থবছর|^সাল|^সন$|^বছর|প্রাপ্তিরতারিখ|দাখিলেরতারিখ|জমা(?:দানে)?রতারিখ|গ্রহণেরতারিখ"
        r"|^তারিখ|সময়কাল|বাস্তবায়নকাল|সাল$|বছর$",
    ),
    (Column.PROBLEM, r"সমস্যা|প্রেক্ষাপট|পটভূমি|বিদ্যমান"),
    (Column.BENEFIT, r"উপকার|সুবিধা|ফলাফল|সুফল|টিসিভি|প্রত্যাশ"),
    (Column.OFFICE, r"(?:কারী|বকে|ক্তা)র(?:দপ্তর|দফতর|কার্যালয়|অফিস|কর্মস্থল|প্রতিষ্ঠান)"),
    (
        Column.SUBMITTER,
        r"(?:প্রস্তাবকারী|প্রস্তাবক|উদ্ভাবক|উদ্ভাবনকারী|আবেদনকারী|দাখিলকারী|উদ্যোক্তা"
        r"|উদ্যোগগ্রহণকারী|প্রদানকারী)|কর্মকর্তারনাম|কর্মচারীরনাম|^নাম(?:ও)?পদব",
    ),
    (Column.OFFICE, r"দপ্তর|দফতর|কার্যালয়|অফিস|কর্মস্থল|প্রতিষ্ঠান|সংস্থা"),
    (Column.DETAIL, r"পদবি|পদবী|পেশা|ঠিকানা"),
    (Column.REMARKS, r"মন্তব্য|কারণ|মতামত|রেফারেন্স|সূত্র"),
    (
        Column.DESCRIPTION,
        r"বিবরণ|বর্ণনা|সারসংক্ষেপ|সারাংশ|সমাধান|বিস্তারিত|প্রস্তাব$|প্রস্তাবনা|কীকরা|কিকরা|পদ্ধতি"
        r"|বাস্তবায়নকৌশল",
    ),
    (
        Column.TITLE,
        r"^(?!.*(?:কিনা|ক্ষেত্র|ধরন|ছবি|লিংক|সংখ্যা)).*(?:শিরোনাম|উদ্ভাবন|ধারণা|ধারনা|আইডিয়া|উদ্যোগ"
        r"|ইনোভেশন|^নাম$|কার্যক্রম|বিষয়)",
    ),
)  # fmt: skip
_ENGLISH_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.SERIAL, r"^(?:sl|serial|sn|s n|no|#)(?: (?:no|number))?$"),
    (Column.CONTACT, r"\b(?:mobile|phone|cell|e ?mail|contact)\b"),
    (Column.STATE, r"\b(?:status|state|stage|progress|decision)\b"),
    (Column.YEAR, r"\b(?:year|fy|date)\b"),
    (Column.PROBLEM, r"\b(?:problems?|background|context)\b"),
    (Column.BENEFIT, r"\b(?:benefits?|results?|outcomes?|impact|tcv)\b"),
    (Column.DETAIL, r"^(?!.*\bname\b).*\b(?:designation|profession|address)\b"),
    (Column.OFFICE, r"\b(?:office|organi[sz]ation|department|agency|workplace)\b"),
    (
        Column.SUBMITTER,
        r"\b(?:submitters?|submitted by|proposers?|proposed by|innovators?|applicants?|owner)\b",
    ),
    (Column.REMARKS, r"\b(?:remarks?|comments?|notes?|reason)\b"),
    (Column.DESCRIPTION, r"\b(?:description|summary|details?|solution|proposal)\b"),
    (Column.TITLE, r"\b(?:title|ideas?|innovations?|initiatives?|name)\b"),
)
# Under a label of persons these short labels say which part of the person a column holds.
_OF_A_PERSON: Final = (
    (Column.SUBMITTER, re.compile(r"^(?:নাম|name)")),
    (Column.DETAIL, re.compile(r"পদবি|পদবী|দপ্তর|কর্মস্থল|পেশা|ঠিকানা|designation|office|address")),
)


def _key(text: str) -> str:
    """Label or stem as compared: folded, without the dots that only some keyboards type."""
    return fold(text).replace(_NUKTA, "")


_BENGALI: Final = [(column, re.compile(_key(stem))) for column, stem in _BENGALI_STEMS]
_ENGLISH: Final = [(column, re.compile(stem)) for column, stem in _ENGLISH_STEMS]


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a list.

    `columns` gives the positions (from 0) of each kind, several where a kind was split;
    `labels` the words printed over every position; `height` the rows the head takes.
    """

    columns: Mapping[Column, tuple[int, ...]]
    labels: tuple[str, ...]
    height: int

    @property
    def width(self) -> int:
        return len(self.labels)

    @property
    def extra(self) -> list[int]:
        """Positions with a label that means nothing here."""
        known = {place for places in self.columns.values() for place in places}
        return [place for place, label in enumerate(self.labels) if label and place not in known]

    def is_repeated_by(self, line: Line) -> bool:
        """Whether `line` prints this head again, as Word does at the top of a page."""
        own = {_key(cell.text) for cell in line.own_cells()}
        known = {_key(part) for label in self.labels for part in label.split("\n")}
        return len(own) > 1 and len(own & known) >= len(own) * _MOST_COMMON_SHARE


def find_header(lines: Sequence[Line], position: int) -> Header | None:
    """The head of a list of ideas that begins at `lines[position]`, if one does.

    A head names the idea (by title or by description) and at least one other thing. Two rows are
    tried before one.
    """
    upper = lines[position]
    if _is_data(upper):
        return None
    lower = lines[position + 1] if position + 1 < len(lines) else None
    if lower is not None and _is_lower_half(lower, upper):
        header = _header_of(upper, lower)
        if header:
            return header
    return _header_of(upper, None)


def column_of(label: str) -> Column | None:
    """What a column with this label holds; None when the label says nothing here.

    What stands in brackets explains the label, so it counts only when the rest says nothing.
    """
    if len(_BRACKETED.sub("", label, count=1)) > _LONGEST_LABEL:
        return None
    main = _BRACKETED.sub("", label, count=1) if label.strip()[:1] not in "([{" else label
    if re.search(r"\d", to_ascii(main)):
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
    own = line.own_cells()
    if len(own) < _FEWEST_COLUMNS or is_serial(own[0].text):
        return True
    long = sum(len(_BRACKETED.sub("", cell.text, count=1)) > _LONGEST_LABEL for cell in own)
    return long > len(own) // 2


def _is_lower_half(line: Line, upper: Line) -> bool:
    """Whether `line` only divides labels above it that span several columns."""
    own = line.own_cells()
    if not own or any(len(cell.text) > _LONGEST_LABEL for cell in own):
        return False
    return all(_is_wide_above(upper, cell.column) and _under(upper, cell.column) for cell in own)


def _is_wide_above(upper: Line, column: int) -> bool:
    """Whether the cell above spans several columns, or stands left of a blank one of its own."""
    cells = upper.cells
    if column >= len(cells):
        return False
    above = cells[column]
    if not above.text:  # a merged head, as it is pasted: its words stand in the first column only
        return column > 0
    beside = cells[column + 1] if column + 1 < len(cells) else None
    return above.column < column or beside is above or (beside is not None and not beside.text)


def _under(upper: Line, column: int) -> str:
    """The words over a position: of the cell there, or of the nearest one to its left."""
    for place in range(min(column, len(upper.cells) - 1), -1, -1):
        if upper.cells[place].text:
            return upper.cells[place].text
    return ""


def _header_of(upper: Line, lower: Line | None) -> Header | None:
    lines = [line for line in (upper, lower) if line is not None]
    width = max(_printed_width(line) for line in lines)
    columns: dict[Column, tuple[int, ...]] = {}
    labels = []
    for position in range(width):
        label, column = _column_at(upper, lower, position)
        labels.append(label)
        may_repeat = column is Column.DETAIL
        if column and (column not in columns or may_repeat):
            columns[column] = (*columns.get(column, ()), position)
    names_idea = {Column.TITLE, Column.DESCRIPTION} & set(columns)
    others = set(columns) - {Column.SERIAL, Column.CONTACT}
    if not names_idea or len(others) < _FEWEST_COLUMNS:
        return None
    return Header(columns, tuple(labels), 2 if lower is not None else 1)


def _printed_width(line: Line) -> int:
    return max((place + 1 for place, cell in enumerate(line.cells) if cell.text), default=0)


def _column_at(upper: Line, lower: Line | None, position: int) -> tuple[str, Column | None]:
    """The words over a position and what they say; the lower label decides where there is one."""
    above = upper.text(position)
    below = lower.text(position) if lower and not lower.is_merged_from_above(position) else ""
    if not below:
        return above, column_of(above)
    over = _under(upper, position)
    label = "\n".join(filter(None, (over, below)))
    if column_of(over) is Column.SUBMITTER:
        words = _PUNCTUATION.sub("", _key(below))
        for column, pattern in _OF_A_PERSON:
            if pattern.search(words):
                return label, column
    return label, column_of(below) or column_of(over)
