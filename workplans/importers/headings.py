"""Subjects that stand as a heading above a table of their own, instead of in a column."""

import re
from collections.abc import Sequence
from typing import Final

from bangla.text import squeeze
from workplans.importers.grid import Grid
from workplans.importers.header import Column, find_header
from workplans.importers.signs import find_sign_head

_LONGEST: Final = 120
_LABEL: Final = re.compile(
    r"^(?:বিষয়|উদ্দেশ্য|কৌশলগত উদ্দেশ্য|ক্ষেত্র|কার্যক্রমের ক্ষেত্র|objective|subject)"
    r"\s*(?:[-–—]?\s*[০-৯0-9]{1,2})?"
    r"\s*[:ঃ\-–—]\s*(?P<words>.+)$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"^[(\[]?(?:[০-৯0-9]{1,2}|[ক-হ]|[a-zA-Z])\s*[).।:\]]\s*")
# Titles of papers, offices, years and pages are no subjects.
_NO_SUBJECT: Final = re.compile(
    r"পরিকল্পনা|কার্যালয়|সাল|অর্থবছর|অর্থ বছর|পৃষ্ঠা|পাতা|স্মারক|অনুলিপি|তারিখ|স্বাক্ষর|চলমান পাতা|ছক\s*[-–:ঃ০-৯]"
    r"|\d{4}|[০-৯]{4}|plan\b|page\b|office\b|[।.?!]$",
    re.IGNORECASE,
)


def headings_over(grids: Sequence[Grid]) -> dict[int, str]:
    """The subject of each table that has it in the line above, by the number of the table.

    A line that calls itself a subject is one. Others are when each of several tables has a
    heading of its own, so that the paper's title is not taken for one.
    """
    called: dict[int, str] = {}
    likely: dict[int, str] = {}
    for number, grid in enumerate(grids[1:], start=1):
        above = grids[number - 1]
        if not grid.is_table or above.is_table or not _needs_subject(grid):
            continue
        words = squeeze(above.lines[-1].words())
        label = _LABEL.match(words)
        if label and len(words) <= _LONGEST:
            called[number] = label["words"]
        elif len(words) <= _LONGEST and not _NO_SUBJECT.search(words):
            likely[number] = _NUMBER.sub("", words)
    has_several = len(set(likely.values()) | set(called.values())) > 1
    return likely | called if has_several else called


def _needs_subject(grid: Grid) -> bool:
    """Whether the table has the head of a plan without a column of subjects."""
    lines = [line for line in grid.lines if line.own_cells() and not line.hidden]
    for position in range(len(lines)):
        head = find_sign_head(lines, position) or find_header(lines, position)
        if head:
            return Column.SUBJECT not in head.columns
    return False
