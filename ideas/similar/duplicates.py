"""Ideas of one register that may say the same, laid pair by pair."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import QuerySet

from ..enums import GOING_ON, WAITING
from ..models import Idea, IdeaTerm
from .likeness import Asked, rarity
from .page import words_of_idea

# Of a long register the newest: older ones have been looked at, and the page stays quick.
MOST_IDEAS = 400
# A term that more of them say tells no two apart.
MOST_SAYERS = 20
MOST_COMPARED = 1_500
MOST_PAIRS = 50
LEAST_ALIKE = 0.45


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas; `newer` waits, so that it can go on as part of `older`."""

    newer: Idea
    older: Idea
    score: float


def likely_duplicates(register: QuerySet[Idea]) -> list[Pair]:
    """The pairs of a register most alike, of which one still waits; in two queries."""
    ideas = {
        idea.pk: idea
        for idea in register.filter(status__in=GOING_ON)
        .select_related("office")
        .order_by("-pk")[:MOST_IDEAS]
    }
    sayers: dict[str, list[int]] = defaultdict(list)
    for term, pk in (
        IdeaTerm.objects.filter(idea__in=list(ideas)).order_by("pk").values_list("term", "idea")
    ):
        sayers[term].append(pk)
    told = {term: rarity(len(pks), of=len(ideas)) for term, pks in sayers.items()}
    pairs = [_pair(ideas, *pks, told) for pks in _likely(sayers, told)]
    alike = [pair for pair in pairs if pair and pair.score >= LEAST_ALIKE]
    return sorted(alike, key=lambda pair: -pair.score)[:MOST_PAIRS]


def _likely(sayers: dict[str, list[int]], told: dict[str, float]) -> list[tuple[int, int]]:
    """The pairs that share the rarest terms."""
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for term, pks in sayers.items():
        if len(pks) <= MOST_SAYERS:
            for one, other in combinations(sorted(pks), 2):
                shared[one, other] += told[term]
    return sorted(shared, key=lambda pks: -shared[pks])[:MOST_COMPARED]


def _pair(ideas: dict[int, Idea], one: int, other: int, told: dict[str, float]) -> Pair | None:
    older, newer = ideas[one], ideas[other]
    if newer.status not in WAITING:
        older, newer = newer, older
    if newer.status not in WAITING:
        return None
    asked = Asked.of(words_of_idea(newer), told)
    return Pair(newer, older, round(min(asked.likeness(older), 1.0), 2)) if asked else None
