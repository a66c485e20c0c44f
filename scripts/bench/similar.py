"""Does the search for similar ideas find what was hidden, and what does it cost?"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Q

from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.similar import similar_ideas
from ideas.similar.index import index_ideas
from scripts.bench.measure import heading, line, ratio, take_turns
from scripts.bench.other_ideas import OtherIdea, other_ideas
from teams.models import Office

PAIRS = Path(__file__).parents[2] / "tests" / "ideas" / "data" / "similar_pairs.json"
HIDDEN_AMONG = 2_500
CROWD = 20_000
ROUNDS = 40
LEAST_RECALL = 0.9
DEVELOPMENT, HELD_OUT, BLIND = range(3)
PARTS = {DEVELOPMENT: "development half", HELD_OUT: "held-out half", BLIND: "blind"}
_OF_A_KIND = {"late": HELD_OUT, "blind": BLIND}
# The letters that have a second encoding: a nukta behind the letter, or one code point.
_ONE_CODE = {"\u09a1\u09bc": "\u09dc", "\u09a2\u09bc": "\u09dd", "\u09af\u09bc": "\u09df"}
_SPLIT_VOWELS = {"\u09cb": "\u09c7\u09be", "\u09cc": "\u09c7\u09d7"}


@dataclass(frozen=True, slots=True)
class HiddenPair:
    """An idea and what somebody asks who had the same thought; `part` is one of PARTS."""

    kind: str
    idea: OtherIdea
    asked: str
    part: int


def hidden_pairs() -> list[HiddenPair]:
    """All of them. Of each kind, every second one is held out from tuning.

    The late ones were written when the search was first finished, and all of them are held out.
    The blind ones were written when the lexicon had been widened, without looking at it again:
    hard paraphrases in a part of their own, on which nothing has been tuned.
    """
    seen: dict[str, int] = defaultdict(int)
    pairs = []
    for each in json.loads(PAIRS.read_text("utf-8")):
        kind, asked = each["kind"], each["asked"]
        part = _OF_A_KIND.get(kind, seen[kind] % 2)
        seen[kind] += 1
        if kind == "encoding":
            asked = otherwise_encoded(asked)
        pairs.append(HiddenPair(kind, OtherIdea(each["title"], "", each["text"]), asked, part))
    return pairs


def otherwise_encoded(text: str) -> str:
    """The same text as other keyboards write it: one code point a letter, vowels in two parts."""
    text = unicodedata.normalize("NFC", text)
    for ours, theirs in (_ONE_CODE | _SPLIT_VOWELS).items():
        text = text.replace(ours, theirs)
    # And a joiner that shapes the conjunct a little differently.
    return text.replace("\u09cd\u09af", "\u09cd\u200d\u09af")


def write_ideas(office: Office, ideas: Iterable[OtherIdea]) -> list[int]:
    """Ideas in the office's register that everybody may know of, indexed; their numbers."""
    rows = Idea.objects.bulk_create(
        [
            Idea(
                office=office,
                title=idea.title,
                problem=idea.problem,
                description=idea.description,
                received_on=date(2026, 11, 1),
                status=IdeaStatus.SHORTLISTED,
                is_shared=True,
            )
            for idea in ideas
        ],
        batch_size=500,
    )
    for start in range(0, len(rows), 500):
        index_ideas(rows[start : start + 500])
    return [row.pk for row in rows]


def places(pairs: list[HiddenPair], pks: list[int]) -> list[int]:
    """For each pair the place (from 1) at which its idea is found among the first five, or 0."""
    found = []
    for pair, pk in zip(pairs, pks, strict=True):
        order = [each.idea.pk for each in similar_ideas(pair.asked)]
        found.append(order.index(pk) + 1 if pk in order else 0)
    return found


def recall(found: list[int], *, within: int) -> float:
    return sum(1 <= place <= within for place in found) / len(found)


def measure() -> list[str]:
    """Print recall and cost on this system's database; returns what went wrong."""
    office = Office.objects.active().order_by("pk")[0]
    pairs = hidden_pairs()
    write_ideas(office, other_ideas(HIDDEN_AMONG))
    pks = write_ideas(office, [pair.idea for pair in pairs])
    found = places(pairs, pks)
    heading(f"Recall, {len(pairs)} ideas among {HIDDEN_AMONG:,} others, {connection.vendor}")
    placed = [*zip(pairs, found, strict=True)]
    recalls = {part: _print_part(part, placed) for part in PARTS}
    for pair, place in placed:
        if not place:
            line(f"not found ({pair.kind}, {PARTS[pair.part]})", pair.asked[:70])
    _measure_cost(office, pairs)
    if recalls[HELD_OUT] < LEAST_RECALL:
        return [f"similar: recall at 5 on the held-out half is {recalls[HELD_OUT]:.2f}"]
    return []


def _print_part(part: int, placed: list[tuple[HiddenPair, int]]) -> float:
    of_part = [(pair.kind, place) for pair, place in placed if pair.part == part]
    kinds: dict[str, list[int]] = defaultdict(list)
    for kind, place in of_part:
        kinds[kind].append(place)
    everything = [place for _kind, place in of_part]
    for kind, found in {"all": everything, **kinds}.items():
        value = f"{recall(found, within=1):.2f} at 1   {recall(found, within=5):.2f} at 5"
        line(f"{PARTS[part]}, {kind} ({len(found)})", value)
    return recall(everything, within=5)


def _measure_cost(office: Office, pairs: list[HiddenPair]) -> None:
    write_ideas(office, other_ideas(CROWD - Idea.objects.count(), seed=7))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself, a little later
    heading(f"Cost among {Idea.objects.count():,} ideas, {connection.vendor} (median, quartiles)")

    def ours(number: int) -> Any:
        return similar_ideas(pairs[number % len(pairs)].asked)

    def plain_scan(number: int) -> Any:
        return _scan(pairs[number % len(pairs)].asked)

    seconds = take_turns(plain_scan, ours, rounds=ROUNDS)
    line("a scan for any of the words ÷ ours", ratio(seconds[0], of=seconds[1]))
    line("ours, milliseconds", f"{sorted(seconds[1])[ROUNDS // 2] * 1000:8.1f}")
    line("ours, the slowest", f"{max(seconds[1]) * 1000:8.1f}")


def _scan(asked: str) -> list[Idea]:
    """What a filter over the records does: the words as typed, nothing ranked."""
    said = Q()
    for word in asked.split():
        said |= Q(title__icontains=word) | Q(description__icontains=word)
    return list(Idea.objects.open_to_all().filter(said).select_related("office")[:5])
