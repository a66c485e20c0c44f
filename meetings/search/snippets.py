"""The words around a hit, with the hit marked, cut out of the text as it is shown.

A search compares folded text, which is longer or shorter than the text on the page. Here each
letter of the search key remembers the cluster of the text it comes from: a letter with its vowel
signs and all that is joined to it, such as ক্ষ্ম. Neither a mark nor a cut ever divides one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import category, combining

from bangla.text import fold

from .words import key_letters, search_terms

# Characters of the text kept before and after a hit, and how many places are cut out of it.
BEFORE, AFTER = 60, 110
MOST_PLACES = 3
ELLIPSIS = "…"

# The canonical combining class of হসন্ত and its sisters in the other scripts of India.
_VIRAMA = 9
_BLANK = re.compile(r"\s")

Span = tuple[int, int]
Piece = tuple[bool, str]


def snippet(text: str, words: str) -> list[Piece]:
    """Return the part of `text` in which `words` (as typed) are first found, in pieces.

    Each piece is (whether it is a hit, its words); the words are those of `text`, unchanged,
    except for an ellipsis where something was left out. Without a hit it is the beginning.
    """
    aligned = _align(text)
    found = [spans for term in search_terms(words) if (spans := aligned.places(term))]
    places = [spans[0] for spans in found[:MOST_PLACES]] or [(0, 0)]
    windows = _merged(_window(aligned, place) for place in places)
    hits = _merged(span for spans in found for span in spans)
    return _pieces(text, windows, hits)


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A text, where its clusters begin (and the last one ends), and its search key.

    `owners` has the number of the cluster for each letter of `key`.
    """

    text: str
    bounds: list[int]
    key: str
    owners: list[int]

    def places(self, term: str) -> list[Span]:
        """Where in the text the term is found, in whole clusters."""
        lead = len(term) - len(term.lstrip())
        bare = len(term.strip())
        spans = []
        at = self.key.find(term)
        while at >= 0:
            first = self.owners[at + lead]
            last = self.owners[at + lead + bare - 1]
            spans.append((self.bounds[first], self.bounds[last + 1]))
            at = self.key.find(term, at + lead + bare)
        return spans


def _align(text: str) -> _Aligned:
    bounds = [*_cluster_starts(text), len(text)]
    key, owners = [" "], [0]
    for number, (start, end) in enumerate(pairwise(bounds)):
        piece = " " if _is_blank(text[start]) else _cluster_key(text[start:end])
        for letter in piece:
            if letter != " " or key[-1] != " ":
                key.append(letter)
                owners.append(number)
    if key[-1] != " ":
        key.append(" ")
        owners.append(owners[-1])
    return _Aligned(text, bounds, "".join(key), owners)


# A language has a few thousand clusters, which come again and again.
_cluster_key = lru_cache(maxsize=8192)(key_letters)


@cache
def _is_blank(letter: str) -> bool:
    """Does folding take it for the space between two words?"""
    return fold(f"x{letter}x") == "x x"


def _cluster_starts(text: str) -> Iterator[int]:
    joins_next = after_blank = False
    for place, letter in enumerate(text):
        kind = category(letter)
        is_blank = _is_blank(letter)
        # Vowel signs and marks, and whatever is invisible, belong to the letter before.
        is_dependent = kind[0] == "M" or kind in {"Cf", "Cc"}
        goes_on = is_dependent or (joins_next and kind == "Lo")
        if place == 0 or is_blank or after_blank or not goes_on:
            yield place
        if kind != "Cf":  # a joiner stands between হসন্ত and the letter it joins
            joins_next = combining(letter) == _VIRAMA
        after_blank = is_blank


def _window(aligned: _Aligned, place: Span) -> Span:
    """The place with some words around it; cut between words where it can be."""
    text, (start, end) = aligned.text, place
    left, right = max(0, start - BEFORE), min(len(text), end + AFTER)
    if left > 0:
        blank = _BLANK.search(text, left, start)
        left = blank.end() if blank else aligned.bounds[bisect_left(aligned.bounds, left)]
    if right < len(text):
        blanks = list(_BLANK.finditer(text, end, right))
        cut = aligned.bounds[bisect_left(aligned.bounds, right + 1) - 1]
        right = blanks[-1].start() if blanks else cut
    return left, right


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, windows: Sequence[Span], hits: Sequence[Span]) -> list[Piece]:
    pieces: list[Piece] = []
    shown = 0
    for left, right in windows:
        if left > shown:
            pieces.append((False, f" {ELLIPSIS} " if pieces else ELLIPSIS))
        at = left
        for start, end in hits:
            if left < end and start < right:
                first, last = max(start, left), min(end, right)
                pieces += [(False, text[at:first]), (True, text[first:last])]
                at = last
        pieces.append((False, text[at:right]))
        shown = right
    if shown < len(text):
        pieces.append((False, ELLIPSIS))
    return [piece for piece in pieces if piece[1]]
