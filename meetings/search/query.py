"""The search itself: from typed words to ranked meetings and the pieces that hold the words.

Meetings in which one piece has all the words come first, then those that have them in several.
Among them a topic or a decision counts for more than a discussion, whole words for more than
parts of longer ones, and then the newer meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, overload

from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression

from teams.models import Office

from ..models import EntryKind, Meeting, SearchEntry
from ..models.search import SearchEntryQuerySet
from .index import holds, is_indexed, known_to_index
from .snippets import Piece, snippet
from .words import search_terms

if TYPE_CHECKING:
    from teams.models import Viewer

# Pieces shown of one meeting; of how many there are more is said.
PIECES_SHOWN = 3

_WEIGHTY = Q(kind__in=[EntryKind.TOPIC, EntryKind.DECISION])


@dataclass(frozen=True, slots=True)
class EntryHit:
    """A piece of minutes that was found, cut to what is worth showing (see snippet)."""

    entry: SearchEntry
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Hit:
    """A meeting that was found, its best pieces, and how many more pieces hold the words."""

    meeting: Meeting
    entries: tuple[EntryHit, ...]
    more: int


def search_minutes(
    user: Viewer,
    words: str,
    *,
    office: Office | None = None,
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Found:
    """Return the meetings whose settled minutes hold all of `words`, the best first.

    `words` are as typed (see search_terms). Only minutes the person may read are searched;
    of these, if given, those of one office, held from `since` to `until` (both included), and
    in them only pieces of one EntryKind.
    """
    entries = SearchEntry.objects.visible_to(user)
    if office:
        entries = entries.filter(office=office)
    if kind:
        entries = entries.filter(kind=kind)
    if since:
        entries = entries.filter(held_on__gte=since)
    if until:
        entries = entries.filter(held_on__lte=until)
    return Found(entries, words)


class Found(Sequence[Hit]):
    """The meetings that a search finds, as a list for Django's Paginator.

    Counting makes one query and a slice two more, however much is found; without words there is
    nothing and no query.
    """

    def __init__(self, entries: SearchEntryQuerySet, words: str) -> None:
        self.words = words
        self._terms = search_terms(words)
        self._entries = entries

    def __len__(self) -> int:
        return len(self._meeting_ids)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> Hit: ...

    @overload
    def __getitem__(self, part: slice) -> list[Hit]: ...

    def __getitem__(self, part: int | slice) -> Hit | list[Hit]:
        if isinstance(part, slice):
            return self._hits(self._meeting_ids[part])
        return self._hits([self._meeting_ids[part]])[0]

    @cached_property
    def _meeting_ids(self) -> list[int]:
        return list(self.ranked().values_list("meeting_id", flat=True)) if self._terms else []

    def ranked(self) -> QuerySet[SearchEntry, Any]:
        """The meetings found, a row each with its meeting_id, the best first."""
        found = self._candidates().values("meeting_id", "held_on").annotate(best=Max(self._score()))
        if len(self._terms) > 1:
            has = {f"has_{number}": holds(term) for number, term in enumerate(self._terms)}
            found = found.annotate(**{name: Max(_flag(one)) for name, one in has.items()})
            found = found.filter(**dict.fromkeys(has, 1))
        return found.order_by("-best", "-held_on", "-meeting_id")

    def _candidates(self) -> SearchEntryQuerySet:
        """Pieces that hold any of the words, of all meetings that may hold every one."""
        pieces = self._entries.filter(self._any_word())
        indexed = [term for term in self._terms if is_indexed(term)]
        if not indexed:
            return pieces
        if len(indexed) == len(self._terms):
            return pieces.filter(known_to_index(indexed))
        # The short words are looked for only where the longest one, likely the rarest, stands.
        there = SearchEntry.objects.filter(known_to_index([max(indexed, key=len)]))
        return pieces.filter(meeting_id__in=there.values("meeting_id"))

    def _entries_of(self, meeting_ids: list[int]) -> QuerySet[SearchEntry, Any]:
        """Their pieces that hold any of the words, the best first, then as in the minutes."""
        return (
            self._entries.filter(self._any_word(), meeting_id__in=meeting_ids)
            .annotate(score=self._score())
            .defer("folded")
            .order_by("-score", "pk")
        )

    def _any_word(self) -> Q:
        return reduce(or_, (holds(term) for term in self._terms))

    def _score(self) -> CombinedExpression:
        """What one piece that holds a word is worth; see the top of this file."""
        together = reduce(and_, (holds(term) for term in self._terms))
        whole = reduce(and_, (holds(f" {term.strip()} ") for term in self._terms))
        score = _flag(_WEIGHTY, 2) + _flag(whole, 1)
        return score + _flag(together, 4) if len(self._terms) > 1 else score

    def _hits(self, meeting_ids: list[int]) -> list[Hit]:
        if not meeting_ids:
            return []
        meetings = Meeting.objects.select_related("office").in_bulk(meeting_ids)
        found: dict[int, list[SearchEntry]] = defaultdict(list)
        for entry in self._entries_of(meeting_ids):
            found[entry.meeting_id].append(entry)
        return [self._hit(meetings[pk], found[pk]) for pk in meeting_ids]

    def _hit(self, meeting: Meeting, entries: list[SearchEntry]) -> Hit:
        shown = entries[:PIECES_SHOWN]
        return Hit(
            meeting,
            tuple(EntryHit(entry, snippet(entry.text, self.words)) for entry in shown),
            more=len(entries) - len(shown),
        )


def _flag(condition: Q, worth: int = 1) -> Case:
    return Case(When(condition, then=Value(worth)), default=Value(0))
