"""What the columns of the scored and the quarterly form hold, by their labels from top to bottom.

The head of such a table has up to four rows: লক্ষ্যমাত্রা over five grades in words over five per
cents, or ত্রৈমাসিক over লক্ষ্যমাত্রা and অর্জন.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bangla.digits import to_ascii
from bangla.text import fold
from workplans.importers.grid import Line
from workplans.importers.header import Column, column_of
from workplans.importers.serials import is_column_numbering
from workplans.scoring import GRADES

INDICATOR: Final = "indicator"
UNIT: Final = "unit"
WEIGHT: Final = "weight"
SUBJECT_WEIGHT: Final = "subject_weight"
PREVIOUS: Final = "previous"
PROJECTION: Final = "projection"
ACHIEVED: Final = "achieved"
SCORE: Final = "score"  # computed here, so not read
TARGETS: Final = tuple(f"target_{grade}" for grade in GRADES)
QUARTERS: Final = tuple(f"quarter_{number}" for number in range(1, 5))
QUARTERS_ACHIEVED: Final = tuple(f"quarter_{number}_achieved" for number in range(1, 5))

_TALLEST: Final = 4
_LONGEST_LABEL: Final = 60
_FEWEST_TARGETS: Final = 3
_FEWEST_QUARTERS: Final = 2

_NUKTA: Final = "\u09bc"
_PUNCTUATION: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")


def _key(text: str) -> str:
    """A label as compared: folded, without blanks, signs and the dots only some keyboards type."""
    return _PUNCTUATION.sub("", fold(text)).replace(_NUKTA, "")


def _stem(pattern: str) -> re.Pattern[str]:
    """A pattern over `_key`s."""
    return re.compile(pattern.replace(_NUKTA, ""))


_GRADE: Final = re.compile(r"(?<!\d)(100|90|80|70|60)\s*(?:%|শতাংশ|per ?cent|$)")
_GRADE_WORDS: Final = (
    (60, _stem(r"চলতিমানেরনি|poor|belowfair")),
    (70, _stem(r"চলতিমান|fair")),
    (90, _stem(r"অতিউত্তম|verygood")),
    (80, _stem(r"উত্তম|^good")),
    (100, _stem(r"অসাধারণ|excellent|outstanding")),
)
_QUARTER: Final = re.compile(
    r"(?:([1-4])\s*(?:ম|য়|র্থ|st|nd|rd|th)?|(প্রথম|দ্বিতীয়|তৃতীয়|চতুর্থ|first|second|third|fourth))"
    r"\s*(?:ত্রৈমাসিক|কোয়ার্টার|quarter)|\bq\s*([1-4])"
)
_ORDINALS: Final = ("প্রথম first", "দ্বিতীয় second", "তৃতীয় third", "চতুর্থ fourth")
_DONE: Final = _stem(r"অর্জন|অর্জিত|অগ্রগতি|achiev|progress|actual")
_SCORE: Final = _stem(r"স্কোর|score|মূল্যায়নকারী|প্রাপ্তমান|খসড়া|ভারিত|weightedsc|rawsc")
# In order: the first that fits wins. Compared without blanks and nuktas.
_STEMS: Final = (
    (
        SUBJECT_WEIGHT,
        _stem(r"(?:উদ্দেশ্য|বিষয়|ক্ষেত্র|objectiv).*(?:মান$|ওজন|weight|নম্বর$)|weightof(?:the)?objectiv"),
    ),
    (
        WEIGHT,
        _stem(
            r"(?:সূচক|সুচক|indicator).*(?:মান$|ওজন|weight|নম্বর$)"
            r"|weightof(?:the)?(?:performance)?indicator"
        ),
    ),
    (UNIT, _stem(r"^একক|পরিমাপেরএকক|^unit")),
    (PROJECTION, _stem(r"প্রক্ষেপ|projection")),
    (PREVIOUS, _stem(r"পূর্ববর্তী|পূর্বের|বিগত|ভিত্তিবছর|গতবছর|previous|baseline|প্রকৃতঅর্জন")),
    (INDICATOR, _stem(r"সূচক|সুচক|indicator")),
)
_YEAR: Final = re.compile(r"\d{4}(?:\s*[-–—/]\s*\d{2,4})?")
_BARE_WEIGHT: Final = _stem(r"^(?:মান|ওজন|weight)$")
_TARGET: Final = _stem(r"লক্ষ্যমাত্রা|লক্ষমাত্রা|target")


@dataclass(frozen=True, slots=True)
class SignHead:
    """The head of a scored or quarterly table.

    `columns` are those that every form has, `signs` those of indicators, both by position;
    `extra` are positions with a label that says nothing to a plan.
    """

    columns: Mapping[Column, int]
    signs: Mapping[str, int]
    labels: tuple[str, ...]
    extra: tuple[int, ...]
    height: int

    @property
    def width(self) -> int:
        return len(self.labels)

    def is_repeated_by(self, line: Line) -> bool:
        """Whether `line` prints a row of this head again."""
        known = {_key(part) for label in self.labels for part in label.split("\n")}
        own = [_key(cell.text) for cell in line.own_cells()]
        return len(own) > 1 and all(words in known for words in own)


def find_sign_head(lines: Sequence[Line], position: int) -> SignHead | None:
    """The head of a scored or quarterly table that begins at `lines[position]`, if one does."""
    if not _may_be_head(lines[position]):
        return None
    height = 1
    while (
        height < _TALLEST
        and position + height < len(lines)
        and _divides(lines[position + height], lines[position])
    ):
        height += 1
    return _head_of(lines[position : position + height])


def _may_be_head(line: Line) -> bool:
    own = line.own_cells()
    return len(own) > 2 and all(len(cell.text) <= _LONGEST_LABEL for cell in own)


def _divides(line: Line, upper: Line) -> bool:
    """Whether `line` only divides labels above it: grades, quarters, targets and achievements."""
    texts = [cell.text for cell in line.own_cells()]
    if not texts or len(texts) > max(len(upper.cells), 1) or is_column_numbering(texts):
        return False
    labels = [text for text in texts if not _YEAR.fullmatch(to_ascii(text.strip()))]
    return bool(labels) and all(map(_is_sub_label, labels))


def _is_sub_label(text: str) -> bool:
    if len(text) > _LONGEST_LABEL:
        return False
    key = _key(text)
    is_sign = bool(_grade(text) or _quarter(text) or _TARGET.search(key) or _SCORE.search(key))
    return is_sign or bool(_DONE.search(key)) or column_of(text) in {Column.START, Column.END}


def _head_of(rows: Sequence[Line]) -> SignHead | None:
    paths = _paths(rows)
    columns: dict[Column, int] = {}
    signs: dict[str, int] = {}
    extra: list[int] = []
    for position, path in enumerate(paths):
        sign = _sign(path, signs) if path else None
        if sign and (sign not in signs or sign == PREVIOUS):
            # Of several years the last is meant.
            extra += [signs[sign]] if sign in signs else []
            signs[sign] = position
            continue
        column = None if sign else _plain(path)
        if column and column not in columns:
            columns[column] = position
        elif path and sign != SCORE:
            extra.append(position)
    signs.pop(SCORE, None)
    labels = tuple("\n".join(path) for path in paths)
    head = SignHead(columns, signs, labels, tuple(sorted(extra)), len(rows))
    return head if _is_head(head) else None


def _is_head(head: SignHead) -> bool:
    quarters = sum(sign in head.signs for sign in QUARTERS)
    done = sum(sign in head.signs for sign in QUARTERS_ACHIEVED)
    targets = sum(sign in head.signs for sign in TARGETS)
    if Column.TITLE not in head.columns:
        return False
    if quarters >= _FEWEST_QUARTERS or (done >= _FEWEST_QUARTERS and UNIT in head.signs):
        return True
    has_indicator = INDICATOR in head.signs
    return has_indicator and (targets >= _FEWEST_TARGETS or (targets > 0 and UNIT in head.signs))


def _paths(rows: Sequence[Line]) -> list[list[str]]:
    """For each position the labels over it, from top to bottom, each cell once."""
    width = max((len(line.cells) for line in rows), default=0)
    paths: list[list[str]] = []
    for position in range(width):
        path: list[str] = []
        seen: set[int] = set()
        for number, line in enumerate(rows):
            cell = line.cells[position] if position < len(line.cells) else None
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            text = cell.text or _from_left(rows, number, position)
            if text:
                path.append(text)
        paths.append(path)
    return paths


def _from_left(rows: Sequence[Line], number: int, position: int) -> str:
    """The label that a paste without merged cells leaves at the left of those it stands over."""
    below = rows[number + 1 :]
    if not any(position < len(line.cells) and line.cells[position].text for line in below):
        return ""
    cells = rows[number].cells[:position]
    left = next((cell for cell in reversed(cells) if cell.text), None)
    if left is None:
        return ""
    is_divided = any(
        left.column < len(line.cells) and line.cells[left.column].text for line in below
    )
    return left.text if is_divided else ""


def _plain(path: Sequence[str]) -> Column | None:
    return next(filter(None, (column_of(label) for label in reversed(path))), None)


def _sign(path: Sequence[str], taken: Mapping[str, int]) -> str | None:
    words = " ".join(path)
    key = _key(words)
    if _SCORE.search(key):
        return SCORE
    quarter = _quarter(words)
    if quarter:
        return (QUARTERS_ACHIEVED if _DONE.search(key) else QUARTERS)[quarter - 1]
    grade = _grade(path[-1]) or next(filter(None, map(_grade, reversed(path))), None)
    if grade:
        return f"target_{grade}"
    for sign, pattern in _STEMS:
        if pattern.search(key):
            return ACHIEVED if sign == PREVIOUS and TARGETS[0] in taken else sign
    if _BARE_WEIGHT.search(key):
        return WEIGHT if INDICATOR in taken else SUBJECT_WEIGHT
    if _TARGET.search(key):
        return TARGETS[0]
    if _DONE.search(key) and (TARGETS[0] in taken or any(q in taken for q in QUARTERS)):
        return ACHIEVED
    return PREVIOUS if _DONE.search(key) and UNIT in taken else None


def _grade(text: str) -> int | None:
    match = _GRADE.search(to_ascii(text.strip()))
    if match:
        return int(match[1])
    key = _key(text)
    return next((grade for grade, stem in _GRADE_WORDS if stem.search(key)), None)


def _quarter(text: str) -> int | None:
    match = _QUARTER.search(to_ascii(fold(text)))
    if match is None:
        return None
    if match[1] or match[3]:
        return int(to_ascii(match[1] or match[3]))
    ordinals = (n for n, words in enumerate(_ORDINALS, 1) if fold(match[2]) in fold(words).split())
    return next(ordinals, None)
