"""A document taken apart, in reading order: rows of agenda items, people present, and words.

Tables that only place words on the page (the head of the minutes without borders, a memo number
beside its date, two signatures side by side) become lines of words again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from meetings.importers.columns import Head, find_head
from meetings.importers.labels import is_label, split_label
from meetings.importers.marks import is_after_items, is_annex_heading
from workplans.importers.grid import Grid, Line, Sheet
from workplans.importers.serials import is_column_numbering, is_serial


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words, or a label with a value of several lines.

    `in_table` tells that it stood across the table of items.
    """

    text: str
    location: str
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the head of a table of items or of people."""

    line: Line
    head: Head


Part = Words | Row

# A row of two short texts may happen to read like labels.
_FEWEST_OF_ANOTHER_HEAD: Final = 3
_ONLY_SEPARATOR: Final = re.compile(r"[\s:ঃ\-–—=]+")
_SEPARATOR_AT_END: Final = re.compile(r"[\s:ঃ\-–—=]+$")


def take_apart(sheet: Sheet) -> list[Part]:
    """All parts of a document in reading order; what is hidden is left out."""
    reader = _Reader()
    for grid in sheet.grids:
        reader.read(grid)
    return reader.parts


class _Reader:
    """Goes through a document once and remembers the table's head, which pages may separate."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._head: Head | None = None

    def read(self, grid: Grid) -> None:
        lines = [line for line in grid.lines if line.own_cells() and not line.hidden]
        if not grid.is_table:
            for line in lines:
                texts = line.cells[0].text.split("\n")
                self._add_words(texts, line.location)
                if any(is_after_items(text) or is_annex_heading(text) for text in texts):
                    self._head = None
            return
        if self._head and not _goes_on(lines, self._head):
            self._head = None
        for position in range(len(lines)):
            self._read_row(lines, position)

    def _read_row(self, lines: Sequence[Line], position: int) -> None:
        line = lines[position]
        own = line.own_cells()
        if self._head and len(own) <= 2 and any(is_after_items(cell.text) for cell in own):
            self._head = None
        head = find_head(lines, position)
        if head and (self._head is None or len(head.columns) >= _FEWEST_OF_ANOTHER_HEAD):
            self._head = head
        elif self._head is None:
            self._add_words(spread(line), line.location)
        elif is_column_numbering([cell.text for cell in own]):
            return
        elif _is_across(line, self._head):
            self._add_words([own[0].text], line.location, in_table=True)
        else:
            self.parts.append(Row(line, self._head))

    def _add_words(self, texts: Sequence[str], location: str, *, in_table: bool = False) -> None:
        stripped = (text.strip() for text in texts)
        self.parts.extend(Words(text, location, in_table) for text in stripped if text)


def spread(line: Line) -> list[str]:
    """A row of a table as lines of words: every label with its value, every other cell alone."""
    cells = [cell.text for cell in line.own_cells() if not _ONLY_SEPARATOR.fullmatch(cell.text)]
    stacked = [cell.split("\n") for cell in cells]
    if len(stacked) == 2 and len(stacked[0]) == len(stacked[1]) and all(map(is_label, stacked[0])):
        cells = [cell for pair in zip(*stacked, strict=True) for cell in pair]
    texts: list[str] = []
    wants_value = False
    for cell in cells:
        if is_label(cell):
            texts.append(f"{_SEPARATOR_AT_END.sub('', cell)} :")
            wants_value = True
        elif wants_value and not split_label(cell):
            texts[-1] = f"{texts[-1]} {cell}"
            wants_value = False
        else:
            texts.extend(cell.split("\n"))
            wants_value = False
    return texts


def _goes_on(lines: Sequence[Line], head: Head) -> bool:
    """Whether a table without a head of its own continues the one before it."""
    widest = max((len(line.cells) for line in lines), default=0)
    return abs(widest - head.width) <= 1 and any(
        is_serial(line.own_cells()[0].text) for line in lines
    )


def _is_across(line: Line, head: Head) -> bool:
    """Whether the row holds one text that is merged over most of the table."""
    own = line.own_cells()
    covered = sum(1 for cell in line.cells if cell is own[0])
    return len(own) == 1 and covered * 2 > head.width
