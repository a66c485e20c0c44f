"""Rows of the table of agenda items → drafts.

What the layout leaves unsaid is said again: an implementer's cell that spans several items, one
item's decisions in rows of their own, a row broken by the end of a page.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from bangla.text import normalise
from meetings.importers.columns import Column, Head
from meetings.importers.drafts import TEXTS, Draft, short
from meetings.importers.labels import Label, split_label
from meetings.importers.marks import is_page_mark
from meetings.importers.paper import Part, Row
from workplans.importers.grid import Line
from workplans.importers.serials import is_serial, shown

_FIELDS: Final = (*TEXTS, Column.DEADLINE)
_DITTO: Final = re.compile(r"[-–—\s]*(?:ঐ|[\"”“〃]|,,|ditto|do)[-–—\s]*", re.IGNORECASE)
_SERIAL_IN_TOPIC: Final = re.compile(r"\s*\(?([0-9০-৯]{1,3})\s*[.।)]")
# Where the decision begins in a cell that holds the discussion too.
_DECISION_MARK: Final = re.compile(
    normalise(r"(?P<before>^|[\n।])\s*(?:গৃহীত\s)?সিদ্ধান্ত(?:সমূহ)?(?:\sগৃহীত\sহয়)?\s?[:ঃ][\s:ঃ\-–—]*")
)


def read_items(parts: Sequence[Part]) -> list[Draft]:
    """The items of a table's rows and the stray words between them, in order."""
    reader = _Reader()
    for part, next_head in zip(parts, _heads_below(parts), strict=True):
        if isinstance(part, Row):
            reader.read(part.line, part.head)
        elif not is_page_mark(part.text):
            between_tables = next_head and next_head.labels != reader.labels
            reader.read_stray(part.text, apart=part.in_table or bool(between_tables))
    return reader.drafts


def _heads_below(parts: Sequence[Part]) -> list[Head | None]:
    """For every part, the head of the first row at or below it."""
    heads: list[Head | None] = []
    for part in reversed(parts):
        head = heads[-1] if heads else None
        heads.append(part.head if isinstance(part, Row) else head)
    return heads[::-1]


class _Reader:
    """Goes through the rows once and keeps what those so far have settled."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.labels: tuple[str, ...] = ()
        self._last_column = Column.IMPLEMENTER

    def read(self, line: Line, head: Head) -> None:
        """Take in the next row."""
        own = line.own_cells()
        is_numbered = is_serial(_text(line, head, Column.SERIAL))
        if len(own) == 1 and own[0].column == head.columns.get(Column.SERIAL) and not is_numbered:
            self.read_stray(own[0].text, apart=True)
            return
        above = self.drafts[-1] if self.drafts else None
        if above and _shares_item(line, head):
            _join(line, head, above)
        elif above and _is_left_over(line, head):
            _join(line, head, above)
            above.doubt(
                "row", _("পরের সারিতে ক্রমিক ও বিষয় নেই; এর বাকি অংশ ধরে জোড়া দেওয়া হয়েছে। মিলিয়ে দেখুন।")
            )
        elif any(_text(line, head, column) for column in (*_FIELDS, Column.BOTH)):
            self.drafts.append(self._draft(line, head, above))
        self.labels, self._last_column = head.labels, _last_column(line, head)

    def read_stray(self, words: str, *, apart: bool) -> None:
        """Take in words between two rows: the rest of the last cell, unless they stand `apart`."""
        if not self.drafts:
            return
        shown_words = {"words": short(words)}
        draft = self.drafts[-1]
        if apart:
            draft.doubt(
                "row",
                _("এর পরে ছকে আরও লেখা আছে, যা নেওয়া হয়নি: %(words)s। দরকার হলে ঠিক ঘরে লিখুন।")
                % shown_words,
            )
            return
        draft.append(self._last_column, words)
        draft.doubt(
            self._last_column,
            _("ছকের মাঝের লেখা এই ঘরের বাকি অংশ ধরে জোড়া দেওয়া হয়েছে: %(words)s। ঠিক ঘরে আছে কি না দেখুন।")
            % shown_words,
        )

    def _draft(self, line: Line, head: Head, above: Draft | None) -> Draft:
        draft = Draft(line.location)
        for column in _FIELDS:
            draft.append(column, _text(line, head, column))
        _take_both(draft, _text(line, head, Column.BOTH))
        _take_serial(draft, line, head)
        _take_ditto(draft, above)
        _doubt_shape(draft, line, head)
        return draft


def _text(line: Line, head: Head, column: Column) -> str:
    position = head.columns.get(column)
    return "" if position is None else line.text(position)


def _is_merged(line: Line, head: Head, column: Column) -> bool:
    """Whether the words in `column` belong to a cell that begins in an earlier row."""
    position = head.columns.get(column)
    return (
        position is not None and bool(line.text(position)) and line.is_merged_from_above(position)
    )


def _shares_item(line: Line, head: Head) -> bool:
    """Whether the row is inside the item above, whose serial or topic spans both."""
    if _is_merged(line, head, Column.SERIAL):
        return True
    return not _text(line, head, Column.SERIAL) and _is_merged(line, head, Column.TOPIC)


def _is_left_over(line: Line, head: Head) -> bool:
    """Whether the row has neither serial nor topic, in a table that has a column for either."""
    naming = {Column.SERIAL, Column.TOPIC} & set(head.columns)
    return bool(naming) and not any(_text(line, head, column) for column in naming)


def _join(line: Line, head: Head, above: Draft) -> None:
    """Add the row's own words to the item above; those of merged cells are there already."""
    for column in _FIELDS:
        if not _is_merged(line, head, column):
            above.append(column, _text(line, head, column))
    if not _is_merged(line, head, Column.BOTH):
        _take_both(above, _text(line, head, Column.BOTH))
    _doubt_shape(above, line, head)


def _take_both(draft: Draft, words: str) -> None:
    """Part a cell of discussion and decision where it says so itself; else leave it whole."""
    if not words:
        return
    if mark := _DECISION_MARK.search(words):
        discussion = words[: mark.end("before")].strip()
        label = split_label(discussion)
        is_labelled = label is not None and label.label is Label.DISCUSSION
        draft.append(Column.DISCUSSION, label.value if label and is_labelled else discussion)
        draft.append(Column.DECISION, words[mark.end() :].strip())
        return
    draft.append(Column.DECISION, words)
    draft.doubt(
        Column.DECISION,
        _("আলোচনা ও সিদ্ধান্ত একই ঘরে লেখা; পুরোটাই সিদ্ধান্তে রাখা হয়েছে। আলোচনার অংশ আলাদা করুন।"),
    )


def _take_serial(draft: Draft, line: Line, head: Head) -> None:
    if Column.SERIAL not in head.columns:
        found = _SERIAL_IN_TOPIC.match(draft.text(Column.TOPIC))
        draft.serial = shown(found[1]) if found else ""
        return
    draft.serial = shown(_text(line, head, Column.SERIAL))
    if not draft.serial:
        draft.doubt("serial", _("ক্রমিক লেখা নেই; আগেরটির বাকি অংশ হলে জোড়া দিন।"))
    elif not is_serial(draft.serial):
        draft.doubt("serial", _("ক্রমিকের ঘরে অন্য লেখা আছে; সারিটির ঘরগুলো মিলিয়ে দেখুন।"))


def _take_ditto(draft: Draft, above: Draft | None) -> None:
    """Replace “ঐ” by the words it stands for."""
    for column in _FIELDS:
        words = draft.text(column)
        if above and words and _DITTO.fullmatch(words):
            draft.words[column] = above.text(column)
            draft.doubt(
                column,
                _("‘%(words)s’ লেখা ছিল; আগের বিষয়ের লেখা নেওয়া হয়েছে। মিলিয়ে দেখুন।")
                % {"words": words},
            )


def _doubt_shape(draft: Draft, line: Line, head: Head) -> None:
    """Tell of a row that was broken over lines, and of words in cells that belong to no column."""
    if line.mended:
        draft.doubt("row", _("সারিটি একাধিক লাইনে ভাঙা ছিল; জোড়া দিয়ে পড়া হয়েছে। মিলিয়ে দেখুন।"))
    for position in (*head.extra, *range(head.width, len(line.cells))):
        words = line.text(position)
        if words:
            draft.doubt(
                "row",
                _("ছকের বাড়তি ঘরের লেখা নেওয়া হয়নি: %(words)s। দরকার হলে ঠিক ঘরে লিখুন।")
                % {"words": short(words)},
            )


def _last_column(line: Line, head: Head) -> Column:
    """The rightmost column in which the row has words of its own."""
    filled = {
        position: column
        for column, position in head.columns.items()
        if column in _FIELDS and _text(line, head, column)
    }
    return filled[max(filled)] if filled else Column.DECISION
