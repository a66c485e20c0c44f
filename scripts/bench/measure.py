"""Times as ratios: what is compared takes turns, so that a busy machine slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

# One thing to time; it is given the number of the round, from 0.
Run = Callable[[int], object]
# Caches fill and fonts are unpacked before the rounds that count.
WARM_UP = 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median over the rounds, and the quartiles around it."""

    median: float
    low: float
    high: float
    rounds: int

    def __str__(self) -> str:
        return f"{self.median:8.2f}   {self.low:.2f}–{self.high:.2f} of {self.rounds}"


def take_turns(*runs: Run, rounds: int) -> list[list[float]]:
    """Seconds of each run in each round, one list a run; the warm-up is left out.

    Every run is called `rounds + WARM_UP` times.
    """
    seconds: list[list[float]] = [[] for _run in runs]
    for number in range(WARM_UP + rounds):
        for run, taken in zip(runs, seconds, strict=True):
            started = time.perf_counter()
            run(number)
            taken.append(time.perf_counter() - started)
    return [taken[WARM_UP:] for taken in seconds]


def ratio(seconds: list[float], of: list[float]) -> Ratio:
    """How often `of` goes into `seconds`, round by round."""
    values = [mine / theirs for mine, theirs in zip(seconds, of, strict=True)]
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Ratio(median, low, high, len(values))


def heading(text: str) -> None:
    """Begin a part of the table."""
    print(f"\n{text}", flush=True)


def line(name: str, value: object) -> None:
    """One figure of the table."""
    print(f"  {name:<58} {value}", flush=True)
