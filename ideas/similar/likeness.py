"""How much two texts say the same: shared terms, each by how rare it is, and near spellings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, log

from ..models import Idea
from .terms import CONCEPT, IN_TITLE, terms_of, weighed, wider

# Of a long text as typed, its first different terms.
MOST_ASKED = 60
# Two words spelled this much alike (Dice of their pairs of letters) may be one, mistyped.
LEAST_SPELLING = 0.6
MISSPELLED = 0.8  # of what the word itself would tell
LEAST_LETTERS, MOST_APART = 3, 3


def rarity(said: int, *, of: int) -> float:
    """What it tells that an idea says a term that `said` ideas say (inverse document frequency)."""
    return log(1 + (of + 1) / (said + 1))


class Asked:
    """What is asked for: terms, each with what it tells, the rarest first."""

    def __init__(self, told: Mapping[str, float]) -> None:
        self.told = dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0])))
        # Asked for only because of a narrower concept, so they tell nothing beside that.
        self.implied = {
            term: wide for term, wide in wider().items() if term in told and wide in told
        }
        of_their_own = [worth for term, worth in told.items() if term not in self.implied.values()]
        self.mass = sum(of_their_own)
        # What an idea says beyond it counts as the usual word does.
        self.usual = self.mass / len(of_their_own) if told else 0.0

    @classmethod
    def of(cls, words: str, told: Mapping[str, float]) -> Asked | None:
        """What some words ask for, all of whose terms are known; None when they say nothing."""
        terms = asked_terms(words)
        return cls({term: told[term] for term in terms if term in told}) if terms else None

    def rarest(self, entries: int, *, of: int) -> dict[str, float]:
        """The rarest terms, at least one, until they stand in so many entries of the index."""
        chosen: dict[str, float] = {}
        read = 0.0
        for term, told in self.told.items():
            read += (of + 1) / (exp(told) - 1) - 1  # how many say it
            if chosen and read > entries:
                break
            chosen[term] = told
        return chosen

    def likeness(self, idea: Idea) -> float:
        """From 0 to 1.

        How much of the shorter text the longer one covers, how much of what is asked the idea
        says, how much of both is shared, and how much of the idea's title was asked for. The title
        counts least: of two short titles on one service, one word is half the title.
        """
        theirs = weighed(idea.title, idea.problem, idea.description, idea.benefit)
        shares = self._shares(theirs)
        common = sum(self.told[term] * share for term, share in shares.items())
        if not common:
            return 0.0
        whole = common + self.usual * max(len(theirs) - len(shares), 0)
        covered = common / min(self.mass, whole)
        said = common / self.mass
        dice = 2 * common / (self.mass + whole)
        return 0.4 * covered + 0.2 * said + 0.3 * dice + 0.1 * self._titled(theirs, shares)

    def _titled(self, theirs: dict[str, int], shares: dict[str, float]) -> float:
        title = [term for term, weight in theirs.items() if weight == IN_TITLE]
        whole = sum(self.told.get(term, self.usual) for term in title)
        shared = sum(self.told[term] * shares[term] for term in title if term in shares)
        return shared / whole if whole else 0.0

    def _shares(self, theirs: dict[str, int]) -> dict[str, float]:
        """The terms both say: 1 for the same term, less for one spelled a little differently."""
        shares = {term: 1.0 for term in self.told if term in theirs}
        others = [term for term in theirs if term not in shares and _may_be_misspelled(term)]
        for term in self.told:
            if term not in shares and _may_be_misspelled(term):
                alike = max((_spelled_alike(term, other) for other in others), default=0.0)
                if alike >= LEAST_SPELLING:
                    shares[term] = alike * MISSPELLED
        for term, wide in self.implied.items():
            if term in shares:
                shares.pop(wide, None)
        return shares


def asked_terms(words: str) -> list[str]:
    """The different terms of some words, at most MOST_ASKED."""
    return list(dict.fromkeys(terms_of(words)))[:MOST_ASKED]


def _may_be_misspelled(term: str) -> bool:
    return len(term) >= LEAST_LETTERS and not term.startswith(CONCEPT)


def _spelled_alike(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > MOST_APART:
        return 0.0
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=50_000)
def _pairs(term: str) -> frozenset[str]:
    marked = f"^{term}$"
    return frozenset(marked[place : place + 2] for place in range(len(marked) - 1))
