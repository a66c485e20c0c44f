"""Minutes without a table: every item a block of labelled paragraphs.

“আলোচ্য বিষয়-১: …”, below it “আলোচনা: …”, “সিদ্ধান্ত: …”, “বাস্তবায়নকারী: …”; the label may
also stand alone above its paragraphs, or in the left cell of a small table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bangla.text import normalise
from meetings.importers.columns import Column
from meetings.importers.drafts import Draft
from meetings.importers.labels import Label, Labelled, split_label
from meetings.importers.marks import is_after_items, is_annex_heading, is_page_mark
from meetings.importers.paper import Words
from workplans.importers.serials import shown


@dataclass(frozen=True, slots=True)
class Sections:
    """The words before the first item, the items, and the words after the last one."""

    before: list[Words]
    drafts: list[Draft]
    after: list[Words]


_COLUMNS: Final[Mapping[Label, Column]] = {
    Label.TOPIC: Column.TOPIC,
    Label.DISCUSSION: Column.DISCUSSION,
    Label.DECISION: Column.DECISION,
    Label.IMPLEMENTER: Column.IMPLEMENTER,
    Label.DEADLINE: Column.DEADLINE,
}
_ANNOUNCES_DECISIONS: Final = re.compile(
    normalise(r"সিদ্ধান্ত(?:সমূহ)?\s+(?:গৃহীত|নেওয়া|গ্রহণ)[^।]{0,30}[:ঃ][\s\-–—]{0,5}$")
)
_NUMBERED: Final = re.compile(r"\s*\(?([0-9০-৯]{1,2})\s*[.।)]\s*(.+)")


def read_sections(words: Sequence[Words]) -> Sections:
    """Part lines of words at the labelled items among them."""
    reader = _Reader(words)
    start = next((at for at in range(len(words)) if reader.opens_item(at)), None)
    if start is None:
        return Sections(list(words), [], [])
    end = reader.read_from(start)
    return Sections(list(words[:start]), reader.drafts, list(words[end:]))


class _Reader:
    """Goes through the lines once, adding each to the field whose label came last."""

    def __init__(self, words: Sequence[Words]) -> None:
        self._words = words
        self._labels = [split_label(line.text) for line in words]
        self.drafts: list[Draft] = []
        self._column = Column.TOPIC

    def opens_item(self, at: int) -> bool:
        """Whether an item begins at line `at`.

        A list of the agenda also has lines labelled as topics, but no discussion or decision
        below them.
        """
        label = self._labels[at]
        if label and label.label in (Label.TOPIC, Label.SUBJECT):
            following = self._next_label(at, {Label.TOPIC, Label.SUBJECT, *_COLUMNS})
            return following in (Label.DISCUSSION, Label.DECISION)
        if label or at + 1 >= len(self._words):
            return False
        below = self._labels[at + 1]
        is_titled = below is not None and below.label is Label.DISCUSSION
        return is_titled and bool(_NUMBERED.match(self._words[at].text))

    def read_from(self, start: int) -> int:
        """Read items from line `start`; returns the line at which they end."""
        opening = [at for at in range(start, len(self._words)) if self._is_topic(at)]
        for at in range(start, len(self._words)):
            line, label = self._words[at], self._labels[at]
            if self._is_topic(at):
                self._open(line, label)
            elif label and label.label in _COLUMNS:
                self._change_field(line, label)
            elif at > opening[-1] and self._ends_at(at):
                return at
            elif not is_page_mark(line.text):
                self._add(line)
        return len(self._words)

    def _is_topic(self, at: int) -> bool:
        """Whether line `at` begins an item, once a first item has begun."""
        label = self._labels[at]
        return (label is not None and label.label is Label.TOPIC) or self.opens_item(at)

    def _ends_at(self, at: int) -> bool:
        """Whether the last item ends above line `at`."""
        label, text = self._labels[at], self._words[at].text
        if label and label.label is Label.DATE:
            return self._column is Column.IMPLEMENTER
        return is_after_items(text) or is_annex_heading(text)

    def _next_label(self, at: int, wanted: set[Label]) -> Label | None:
        for labelled in self._labels[at + 1 :]:
            if labelled and labelled.label in wanted:
                return labelled.label
        return None

    def _open(self, line: Words, label: Labelled | None) -> None:
        draft = Draft(line.location)
        self.drafts.append(draft)
        self._column = Column.TOPIC
        numbered = _NUMBERED.match(line.text)
        if label:
            numbered = numbered or _NUMBERED.match(label.value)
        number = label.number if label else ""
        draft.serial = shown(number or (numbered[1] if numbered else ""))
        draft.append(Column.TOPIC, label.value if label else line.text)

    def _change_field(self, line: Words, label: Labelled) -> None:
        """Go on under another label; the number of one of several decisions is kept with it."""
        self._column = _COLUMNS[label.label]
        self.drafts[-1].append(self._column, line.text if label.number else label.value)

    def _add(self, line: Words) -> None:
        draft = self.drafts[-1]
        draft.append(self._column, line.text)
        if self._column is Column.DISCUSSION and _ANNOUNCES_DECISIONS.search(line.text):
            self._column = Column.DECISION
