"""Finding the ideas nearest in meaning to some words, among those a reader may know of.

First the database: who says the rarest of these terms? Rare ones first, until READ entries of the
index have been read, so that the cost stays bounded however large the registers grow. Then the
words of the best CANDIDATES are compared closely (likeness.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Sum, Value, When

from ..citizens import KNOWN_OF
from ..enums import GOING_ON, OPEN_TO_ALL, OUTSIDE, IdeaStatus
from ..models import Idea, IdeaQuerySet, IdeaTerm
from .likeness import Asked, asked_terms, rarity

if TYPE_CHECKING:
    from teams.models import Viewer

READ = 6_000
CANDIDATES = 60
# What is less alike than this is another idea.
LEAST_ALIKE = 0.15
# Ideas merged into merged ideas are followed this far.
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Similar:
    """An idea and how much it says the same, from 0 to 1."""

    idea: Idea
    score: float

    @property
    def can_take_in(self) -> bool:
        """Whether another idea can go on as part of this one."""
        return self.idea.status in GOING_ON


def may_know(viewer: Viewer | None) -> IdeaQuerySet:
    """Ideas of which a reader may see title, office and state.

    What is open to all; to a member of a team also their own register, refusals included.
    """
    return Idea.objects.filter(_known_to(viewer))


def _known_to(viewer: Viewer | None, idea: str = "") -> Q:
    """The same as a condition; `idea` is the way to the idea from another table."""
    known = Q(**{f"{idea}status__in": OPEN_TO_ALL, f"{idea}is_shared": True})
    if viewer is None or not viewer.is_authenticated:
        return known
    own = Q(**{f"{idea}office_id__in": viewer.scope.team_office_ids})
    return known | own & ~Q(**{f"{idea}status__in": OUTSIDE | {IdeaStatus.MERGED}})


def _merged(viewer: Viewer | None) -> Q:
    """Merged ideas by whose words a reader may find what they go on as.

    What its submitter keeps back must not be guessed at word by word either.
    """
    found = Q(idea__is_shared=True)
    if viewer is not None and viewer.is_authenticated:
        found |= Q(idea__office_id__in=viewer.scope.team_office_ids)
    return Q(idea__status=IdeaStatus.MERGED) & found


def similar_ideas(
    words: str, *, viewer: Viewer | None = None, limit: int = 5, exclude: Idea | None = None
) -> list[Similar]:
    """The ideas that say the same as `words`, the most alike first; nothing is stored.

    `viewer` is who will read the answer, None for anybody at all (see may_know). A merged idea is
    found by its own words and stands for the one it was merged into. `exclude` is the idea the
    words are from: neither it nor what was merged into it is named.
    """
    terms = asked_terms(words)
    if not terms or limit < 1:
        return []
    of = Idea.objects.count()
    asked = Asked(_told(terms, of=of))
    ideas = _candidates(asked.rarest(READ, of=of), viewer, exclude)
    scored = [Similar(idea, round(min(asked.likeness(idea), 1.0), 4)) for idea in ideas]
    alike = [each for each in scored if each.score >= LEAST_ALIKE]
    alike.sort(key=lambda each: (-each.score, each.idea.pk))
    return [each for each in _survivors(alike, may_know(viewer)) if each.idea != exclude][:limit]


def survivors_of(ideas: list[Idea]) -> dict[int, Idea]:
    """The idea each of these goes on as: itself, or the end of the chain it was merged into.

    One query for each link of the longest chain, none when nothing is merged.
    """
    ends = {idea.pk: idea for idea in ideas}
    for _link in range(LONGEST_CHAIN):
        following = {end.merged_into_id for end in ends.values() if end.merged_into_id}
        if not following:
            break
        found = Idea.objects.select_related(*KNOWN_OF).in_bulk(following)
        ends = {pk: found.get(end.merged_into_id, end) for pk, end in ends.items()}
    return ends


def _told(terms: list[str], *, of: int) -> dict[str, float]:
    """How much it tells when an idea says each of the terms."""
    said = dict(IdeaTerm.objects.saying(terms).values_list("term").annotate(Count("pk")))
    return {term: rarity(said.get(term, 0), of=of) for term in terms}


def _candidates(
    rare: dict[str, float], viewer: Viewer | None, exclude: Idea | None
) -> IdeaQuerySet:
    """The ideas that say most of the rare terms, in one query; also merged ones.

    What may be known is asked of each idea in a join: as a list of ideas to look among, the
    database would begin with that list, which is as long as the register.
    """
    worth = Case(
        *(When(term=term, then=Value(told)) for term, told in rare.items()),
        output_field=FloatField(),
    )
    sayers = (
        IdeaTerm.objects.saying(rare)
        .filter(_known_to(viewer, "idea__") | _merged(viewer))
        .exclude(idea=exclude)
        .values("idea")
        .annotate(told=Sum(worth * F("weight"), output_field=FloatField()))
        .order_by("-told", "idea")[:CANDIDATES]
    )
    return Idea.objects.filter(pk__in=sayers.values("idea")).select_related(*KNOWN_OF)


def _survivors(alike: list[Similar], known: QuerySet[Idea]) -> list[Similar]:
    """The same, merged ones as what they were merged into if that is known; each once."""
    ends = survivors_of([each.idea for each in alike])
    joined = {end.pk for pk, end in ends.items() if end.pk != pk}
    shown = {idea.pk for idea in known.filter(pk__in=joined)} if joined else set()
    best: dict[int, Similar] = {}
    for each in alike:
        end = ends[each.idea.pk]
        if end.pk == each.idea.pk or end.pk in shown:
            best.setdefault(end.pk, Similar(end, each.score))
    return list(best.values())
