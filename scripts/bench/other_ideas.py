"""Ideas among which others are hidden: one need of one service each, in the words people use.

Services and needs are those of real registers, so every idea shares words with many others; no
two of the same service say the same need.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).parent / "similar_data"


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text("utf-8").splitlines()


# The service; whose it is; where it is had.
SERVICES = _lines("services.txt")
# Titles (two ways) | what is wrong (two ways) | what is proposed (two ways); s, p, o stand for
# service, people and office.
NEEDS = _lines("needs.txt")
# What a hidden pair says (tests/ideas/data/similar_pairs.json): the beginnings of service and need.
# Told again among the others it would be a third idea that says the same, and rightly found.
SAID_BY_PAIRS = frozenset(tuple(line.split("|")) for line in _lines("said_by_pairs.txt"))


@dataclass(frozen=True, slots=True)
class OtherIdea:
    title: str
    problem: str
    description: str


def other_ideas(number: int, *, seed: int = 20261122) -> Iterator[OtherIdea]:
    """`number` different ideas, the same ones for the same seed.

    First one need each; when all of those are told, two needs of a service in one idea.
    """
    chance = random.Random(seed)
    told: set[str] = set()
    pairs = [
        (service, need) for service in SERVICES for need in NEEDS if not _is_said(service, need)
    ]
    chance.shuffle(pairs)
    for service, need in pairs[:number]:
        yield _tell(chance, service, need)
    left = number - len(pairs)
    while left > 0:
        service, (first, second) = chance.choice(SERVICES), chance.sample(NEEDS, 2)
        one, other = _tell(chance, service, first), _tell(chance, service, second)
        idea = OtherIdea(one.title, f"{one.problem} {other.problem}", other.description)
        if (words := f"{idea}") not in told:
            told.add(words)
            left -= 1
            yield idea


def _is_said(service: str, need: str) -> bool:
    title = need.removeprefix("{s}: ")
    return any(service.startswith(f"{s}|") and title.startswith(n) for s, n in SAID_BY_PAIRS)


def _tell(chance: random.Random, service: str, need: str) -> OtherIdea:
    s, p, o = service.split("|")
    title, problem, description = (
        chance.choice(ways.split("~")).format(s=s, p=p, o=o) for ways in need.split("|")
    )
    return OtherIdea(title, problem, description)
