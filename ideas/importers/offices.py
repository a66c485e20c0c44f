"""Whose row it is: the words of an office column compared with the offices there are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self

from bangla.text import fold

_PUNCTUATION: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")
_SHORTEST_PLACE: Final = 3


class Whose(StrEnum):
    OWN = "own"
    OTHER = "other"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """How the own office may be called, and how the others are.

    All names are as `name_key` makes them. `own_places` are its own place and those above it.
    """

    own: frozenset[str]
    own_place: frozenset[str]
    around: frozenset[str]
    others: frozenset[str]
    other_places: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls,
        own: Iterable[str],
        *,
        place: Iterable[str],
        around: Iterable[str],
        others: Iterable[str],
        other_places: Iterable[str],
    ) -> Self:
        own_place, near = _keys(place), _keys(around)
        return cls(
            own=_keys(own),
            own_place=own_place,
            around=near,
            others=_keys(others) - _keys(own),
            other_places=_keys(other_places) - own_place - near,
        )

    def whose(self, text: str) -> Whose:
        """Whose row says `text` in its office column; one that says nothing is one's own."""
        key = name_key(text)
        if not key or key in self.own | self.own_place:
            return Whose.OWN
        if key in self.others | self.other_places:
            return Whose.OTHER
        padded = f" {key} "
        if any(f" {name} " in padded for name in self.own):
            return Whose.OWN
        names_other = any(f" {place} " in padded for place in self.other_places)
        if any(f" {place} " in padded for place in self.own_place) and not names_other:
            return Whose.OWN
        return Whose.UNSURE


def name_key(text: str) -> str:
    """A name as compared: folded, its punctuation as single blanks."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def _keys(names: Iterable[str]) -> frozenset[str]:
    keys = map(name_key, names)
    return frozenset(key for key in keys if len(key) >= _SHORTEST_PLACE)
