"""Sub-steps written in one cell: ``ক) … খ) …``, ``(১) … (২) …``, ``a. … b. …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise

_ALPHABETS: Final[Mapping[str, tuple[str, ...]]] = {
    "bengali": tuple("কখগঘঙচছজঝঞটঠডঢ"),
    "latin": tuple("abcdefghijklmn"),
    "number": tuple(str(number) for number in range(1, 15)),
}
# A letter or number with a bracket behind it, or a point and a blank.
_MARK: Final = re.compile(
    r"(?:^|(?<=[\s,;।]))\(?(?P<sign>[ক-ঢ]|[A-Za-z]|[০-৯0-9]{1,2})(?P<close>\)|[.।](?=\s))\s*",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Stage:
    """One sub-step: its letter or number, in Bengali digits, and its own words."""

    letter: str
    words: str


@dataclass(frozen=True)
class Stages:
    """A text that is cut into sub-steps; `head` are the words before the first letter."""

    text: str
    head: str
    stages: tuple[Stage, ...]

    @property
    def by_letter(self) -> dict[str, str]:
        return {stage.letter: stage.words for stage in self.stages}


def split_stages(text: str, *, at_least: int = 2) -> Stages | None:
    """Cut a text at its letters; None unless there are `at_least` so many, in order from the first.

    A letter that comes twice, or out of its place, makes it no list of steps. Numbers with a point
    count only at the beginning of a line: elsewhere they may be part of a date.
    """
    words = normalise(text)
    found = [_Mark(match, words) for match in _MARK.finditer(words)]
    if not found:
        return None
    first = found[0]
    marks = [mark for mark in found if (mark.alphabet, mark.close) == (first.alphabet, first.close)]
    expected = _ALPHABETS[first.alphabet][: len(marks)]
    if len(marks) < at_least or tuple(mark.sign for mark in marks) != expected:
        return None
    if first.alphabet == "number" and first.close != ")" and not all(m.is_at_line for m in marks):
        return None
    return Stages(words, words[: first.start].strip(), tuple(_cut(words, marks)))


class _Mark:
    """A letter in its place."""

    def __init__(self, match: re.Match[str], text: str) -> None:
        self.start, self.end, self.close = match.start(), match.end(), match["close"]
        self.is_at_line = not match.start() or text[match.start() - 1] == "\n"
        sign = to_ascii(match["sign"]).lower()
        self.sign = sign.lstrip("0") or sign
        self.alphabet = next(
            (name for name, signs in _ALPHABETS.items() if self.sign in signs), "number"
        )


def _cut(words: str, marks: list[_Mark]) -> Iterator[Stage]:
    ends = [mark.start for mark in marks[1:]] + [len(words)]
    for mark, end in zip(marks, ends, strict=True):
        yield Stage(to_bangla(mark.sign), words[mark.end : end].strip(" \n,;।"))
