"""The lines above the agenda items: title, who presided, where, when, and the opening."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bangla.text import normalise, squeeze
from meetings.importers.labels import HEAD_LABELS, Label, Labelled, label_of, split_label
from meetings.importers.marks import (
    is_date_line,
    is_letterhead,
    is_page_mark,
    is_sentence,
    memo_words,
    split_date,
)
from meetings.importers.paper import Words


@dataclass
class Heading:
    """What the lines above the items say, in the words of the paper.

    `facts` are the values of the labels; `issued` the lines of the date beside the memo number.
    """

    title: str = ""
    facts: dict[Label, str] = field(default_factory=dict)
    memo_text: str = ""
    issued: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)

    def value(self, *labels: Label) -> str:
        """The words behind the first of `labels` that the paper has; "" for none."""
        return next((self.facts[label] for label in labels if self.facts.get(label)), "")


_TITLE: Final = re.compile(normalise(r"কার্য\s?বিবর"))
_SPEAKS_OF_MEETING: Final = re.compile(normalise(r"সভা|কমিটি|টিম|মাস"))
_ELSEWHERE: Final = re.compile(normalise(r"পরিশিষ্ট|সংযুক্ত|তালিকা|নিম্নরূপ|দ্রষ্টব্য"))
# Labels that follow another value on the same line.
_INLINE: Final = re.compile(
    normalise(r"(?<!সভার)(?<!\s)[\s,;।]+(?=(?:সভার\s+)?(?:তারিখ|সময়|স্থান|সভাপতি)\s*[:ঃ])")
)
_LABEL_END: Final = re.compile(r"[:ঃ\-–—]")
_DIGIT: Final = re.compile("[0-9০-৯]")
_FOLLOWED_BY_DIGITS: Final = {Label.DATE, Label.TIME, Label.DATE_AND_TIME}
_MOST_LABEL_WORDS: Final = 3
_SHORT_TITLE_WORDS: Final = 3
_LONGEST_LINE: Final = 250
_LONGEST_VALUE: Final = 150


def read_heading(words: Sequence[Words]) -> Heading:
    """Read the lines above the agenda items."""
    reader = _Reader()
    for line in words:
        for text in _one_label_each(line.text):
            reader.read(text)
    return reader.finish()


class _Reader:
    """Sorts lines into labels, the memo number with its date, and the rest."""

    def __init__(self) -> None:
        self._heading = Heading()
        self._rest: list[str] = []
        self._places: dict[Label, int] = {}  # how many lines of the rest came before each label
        self._last_label: Label | None = None
        self._is_after_memo = False
        self._title_at = -1
        self._prose_begun = False

    def read(self, text: str) -> None:
        """Take in the next line."""
        memo = memo_words(text)
        if memo is not None:
            self._take_memo(memo)
            return
        if is_letterhead(text) or is_page_mark(text):
            return
        labelled = split_label(text) or self._spaced_label(text)
        if self._is_after_memo and self._takes_issue_date(text, labelled):
            return
        self._is_after_memo = False
        if labelled and labelled.label in HEAD_LABELS and labelled.label not in self._places:
            self._take_label(labelled)
        else:
            self._take_rest(text, labelled)

    def finish(self) -> Heading:
        """What was read, with the rest parted into title and opening."""
        heading = self._heading
        begin = self._title_at + 1
        if self._title_at < 0 and self._places:
            begin = min(self._places.values())
        heading.opening = [line for line in self._rest[begin:] if line]
        return heading

    def _take_memo(self, memo: str) -> None:
        number, day = split_date(memo)
        self._heading.memo_text = self._heading.memo_text or number.strip()
        self._heading.issued.extend(filter(None, [day.strip()]))
        self._is_after_memo = True

    def _takes_issue_date(self, text: str, labelled: Labelled | None) -> bool:
        """Take the date that stands beside the memo number, if the line is it."""
        if labelled and labelled.label is Label.DATE and not self._heading.issued:
            self._heading.issued.extend(filter(None, labelled.value.split("\n")))
            return True
        if labelled is None and is_date_line(text):
            self._heading.issued.append(text)
            return True
        return False

    def _take_label(self, labelled: Labelled) -> None:
        self._go_on_with_value()
        if labelled.label is Label.ATTENDANCE and not _ELSEWHERE.search(labelled.value):
            self._rest.append(labelled.value)
        self._heading.facts[labelled.label] = squeeze(labelled.value)
        self._places[labelled.label] = len(self._rest)
        self._last_label = labelled.label

    def _go_on_with_value(self) -> None:
        """Lines between two labels are the rest of the first one's value."""
        if self._last_label in (None, Label.ATTENDANCE):
            return
        place = self._places[self._last_label]
        between = self._rest[place:]
        are_values = all(len(line) <= _LONGEST_VALUE and not is_sentence(line) for line in between)
        if are_values and self._title_at < place:
            value = self._heading.facts[self._last_label]
            self._heading.facts[self._last_label] = " ".join(filter(None, [value, *between]))
            del self._rest[place:]

    def _take_rest(self, text: str, labelled: Labelled | None) -> None:
        is_subject = labelled is not None and labelled.label is Label.SUBJECT
        words = labelled.value if labelled and is_subject else text
        if self._title_at < 0 and _is_title(words):
            self._heading.title = squeeze(f"{self._title_begun_above(words)} {words}")
            self._title_at = len(self._rest)
        self._rest.append(text)
        self._prose_begun |= is_sentence(text)

    def _title_begun_above(self, words: str) -> str:
        """The line before a title that says little more than “সভার কার্যবিবরণী”."""
        above = self._rest[-1] if self._rest else ""
        is_short = len(words.split()) <= _SHORT_TITLE_WORDS
        return above if is_short and _SPEAKS_OF_MEETING.search(above) else ""

    def _spaced_label(self, text: str) -> Labelled | None:
        """A label with nothing but a blank behind it, as tabs become, before any prose."""
        if self._prose_begun or len(text) > _LONGEST_LINE or is_sentence(text):
            return None
        words = text.split(" ")
        for count in range(min(_MOST_LABEL_WORDS, len(words) - 1), 0, -1):
            label, value = label_of(" ".join(words[:count])), " ".join(words[count:])
            needs_digit = label in _FOLLOWED_BY_DIGITS
            if label in HEAD_LABELS and (_DIGIT.search(value) or not needs_digit):
                return Labelled(label, value)
        return None


def _is_title(text: str) -> bool:
    """Whether the line names the paper rather than speaks of one."""
    return (
        len(text) <= _LONGEST_LINE
        and bool(_TITLE.search(text))
        and not is_sentence(text)
        and "।" not in text[:-1]
    )


def _one_label_each(text: str) -> Iterator[str]:
    """The line, cut before labels that follow another value on it."""
    begins_labelled = split_label(text) is not None or memo_words(text) is not None
    if begins_labelled and len(text) <= _LONGEST_LINE:
        label_end = end.end() if (end := _LABEL_END.search(text)) else 0
        first, *others = _INLINE.split(text[label_end:])
        yield text[:label_end] + first
        yield from others
    else:
        yield text
