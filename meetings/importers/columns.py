"""Finds the heads of the two tables that minutes have: agenda items, and who was present.

A label is recognised by the stem of its words, as those of a plan are, so spelling and case
endings may differ; one that is nearly a known label is taken for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bangla.text import fold
from meetings.importers.labels import Label, key, label_of, misspelt_label
from workplans.importers.grid import Line
from workplans.importers.header import Column as PlanColumn
from workplans.importers.header import column_of as plan_column_of
from workplans.importers.serials import is_serial


class Column(StrEnum):
    """What a column holds; `BOTH` is discussion and decision in one cell."""

    SERIAL = "serial"
    TOPIC = "topic"
    DISCUSSION = "discussion"
    DECISION = "decision"
    BOTH = "discussion and decision"
    IMPLEMENTER = "implementer"
    DEADLINE = "deadline"
    NAME = "name"
    DESIGNATION = "designation"
    NAME_AND_DESIGNATION = "name and designation"
    OFFICE = "office"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: where each column stands (from 0), and what is printed over it.

    `extra` are the positions with a label that says nothing here, or that repeats another.
    """

    columns: Mapping[Column, int]
    labels: tuple[str, ...]
    extra: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many positions the head spans."""
        return len(self.labels)

    @property
    def lists_items(self) -> bool:
        """Whether the rows below are agenda items; otherwise they are people."""
        return bool(_TELLING & set(self.columns))


_TELLING: Final = {Column.DISCUSSION, Column.DECISION, Column.BOTH}
_LONGEST_LABEL: Final = 45
_ROWS_OF_ONE_ITEM: Final = 8
_BRACKETED: Final = re.compile(r"[(\[{].*")

# In order: the first that fits wins. Matched in the label without blanks and punctuation.
_ITEM_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.DEADLINE, r"সময়সীমা|সময়কাল|মেয়াদ|সময়$|তারিখ|deadline|timeline|duedate"),
    (Column.DISCUSSION, r"অগ্রগতি|progress"),
    (Column.IMPLEMENTER, r"বাস্তবায়[নণ]|দায়[িী]ত্ব|^সংশ্লিষ্ট|implement|responsib|actionby"),
    (Column.BOTH, r"আলোচনা(?:সমূহ)?(?:ও|এবং)?(?:গৃহীত)?সিদ্ধান্ত|discussion(?:s)?and"),
    (Column.TOPIC, r"আলোচ্য|আলোচনারবিষয়|আলোচনারসূচ|(?:গত|বিগত|পূর্ববর্তী|পূর্বের)সভা.*সিদ্ধান্ত"),
    (Column.DISCUSSION, r"আলোচনা|পর্যালোচনা|আলোচিত|discussion"),
    (Column.DECISION, r"সিদ্ধান্ত|সিদ্বান্ত|সুপারিশ|করণীয়|decision|resolution"),
    (Column.TOPIC, r"বিষয়|এজেন্ডা|agenda|topic|subject"),
)
_PEOPLE_STEMS: Final[Sequence[tuple[Column, str]]] = (
    (Column.NAME_AND_DESIGNATION, r"নাম.*পদব[িী]|name.*designation"),
    (Column.OFFICE, r"দপ্তর|কার্যালয়|অফিস|প্রতিষ্ঠান|কর্মস্থল|সংস্থা|ঠিকানা|office|organi[sz]ation"),
    (Column.DESIGNATION, r"পদব[িী]|^পদ$|designation"),
    (Column.NAME, r"নাম|name"),
    (Column.UNREAD, r"স্বাক্ষর|মোবাইল|ফোন|ইমেইল|মন্তব্য|signature|mobile|phone|email|remarks"),
)
_OF_LABELS: Final[Mapping[Label, Column]] = {
    Label.TOPIC: Column.TOPIC,
    Label.DISCUSSION: Column.DISCUSSION,
    Label.DECISION: Column.DECISION,
    Label.IMPLEMENTER: Column.IMPLEMENTER,
}

_Stems = list[tuple[Column, re.Pattern[str]]]


def _compiled(stems: Sequence[tuple[Column, str]]) -> _Stems:
    return [(column, re.compile(fold(stem).replace("\u09bc", ""))) for column, stem in stems]


_ITEMS: Final = _compiled(_ITEM_STEMS)
_PEOPLE: Final = _compiled(_PEOPLE_STEMS)


def find_head(lines: Sequence[Line], position: int) -> Head | None:
    """The head that `lines[position]` is, of agenda items or of people; None when it is neither.

    Items have a discussion or a decision and something else; people have names and something
    else. `lines` are the rows of one table.
    """
    line = lines[position]
    own = line.own_cells()
    if len(own) < 2 or is_serial(own[0].text):
        return None
    if any(len(_BRACKETED.sub("", cell.text)) > _LONGEST_LABEL for cell in own):
        return None
    items = _head(line, _ITEMS)
    rows = lines[position : position + _ROWS_OF_ONE_ITEM]
    if items.lists_items and _says_enough(items) and not _stands_upright(rows):
        return items
    people = _head(line, _PEOPLE)
    has_names = {Column.NAME, Column.NAME_AND_DESIGNATION} & set(people.columns)
    return people if has_names and _says_enough(people) else None


def _head(line: Line, stems: _Stems) -> Head:
    columns: dict[Column, int] = {}
    extra: list[int] = []
    width = max((at + 1 for at, cell in enumerate(line.cells) if cell.text), default=0)
    labels = tuple(line.text(position) for position in range(width))
    for position, label in enumerate(labels):
        column = _column_of(label, stems)
        if column and column not in columns:
            columns[column] = position
        elif label:
            extra.append(position)
    return Head(columns, labels, tuple(extra))


def _column_of(label: str, stems: _Stems) -> Column | None:
    """What a column with this label holds; what stands in brackets only explains the label."""
    main = _BRACKETED.sub("", label)
    if plan_column_of(main) is PlanColumn.SERIAL:
        return Column.SERIAL
    for words in (key(main), key(label)):
        for column, stem in stems:
            if words and stem.search(words):
                return column
    nearest = misspelt_label(main)
    return _OF_LABELS.get(nearest) if nearest and stems is _ITEMS else None


def _says_enough(head: Head) -> bool:
    """Whether at least two labels say something, and fewer say nothing."""
    telling = set(head.columns) - {Column.SERIAL}
    return len(head.columns) > 1 and len(telling) > len(head.extra)


def _stands_upright(lines: Sequence[Line]) -> bool:
    """Whether the first column holds the labels: one item a table, not one a row."""
    first = [line.own_cells()[0] for line in lines if line.own_cells()]
    labels = {label_of(cell.text) for cell in first if cell.column == 0} - {None}
    return len(labels & set(_OF_LABELS)) > 1
