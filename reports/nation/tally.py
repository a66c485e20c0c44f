"""Counting: what a figure of the page is a count of, and the counts of a group of offices.

Every count is made by one of `SHOWS`, and the list behind the count is picked by the same one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .standing import Standing, State


class Show(NamedTuple):
    """One way to pick offices by how they stand, and what the picked ones are called."""

    label: str | Promise
    picks: Callable[[Standing], bool]


def _in_state(state: State) -> Show:
    return Show(state.label, lambda standing: standing.state == state)


def _scored(least: int, most: int) -> Callable[[Standing], bool]:
    """Scores from `least` up to, but not including, `most`."""
    return lambda standing: standing.score is not None and least <= standing.score < most


# Score bands: key, from, below. 100 belongs to the last.
BANDS = (("score-80", 80, 101), ("score-60", 60, 80), ("score-40", 40, 60), ("score-0", 0, 40))
_BAND_LABELS = {
    "score-80": _("৮০ বা বেশি নম্বর"),
    "score-60": _("৬০ থেকে ৮০-র কম নম্বর"),
    "score-40": _("৪০ থেকে ৬০-এর কম নম্বর"),
    "score-0": _("৪০-এর কম নম্বর"),
}

SHOWS: dict[str, Show] = {
    "due": Show(_("যাঁদের পাঠানোর কথা"), lambda s: s.must_report),
    "sent": Show(_("পাঠিয়েছে"), lambda s: s.is_sent),
    "on_time": Show(_("সময়মতো পাঠিয়েছে"), lambda s: s.is_on_time),
    "late": Show(_("দেরিতে পাঠিয়েছে"), lambda s: s.is_sent and not s.is_on_time),
    "settled": Show(_("গৃহীত"), lambda s: s.is_settled),
    "scored": Show(_("নম্বর পেয়েছে"), lambda s: s.score is not None),
    **{state.value: _in_state(state) for state in State},
    **{key: Show(_BAND_LABELS[key], _scored(low, high)) for key, low, high in BANDS},
}


@dataclass(slots=True)
class Tally:
    """The counts of a group of offices for one period."""

    due: int = 0
    sent: int = 0
    on_time: int = 0
    settled: int = 0
    scored: int = 0
    points: Decimal = Decimal(0)

    def add(self, standing: Standing) -> None:
        self.due += standing.must_report
        self.sent += standing.is_sent
        self.on_time += standing.is_on_time
        self.settled += standing.is_settled
        if standing.score is not None:
            self.scored += 1
            self.points += standing.score

    @property
    def unsent(self) -> int:
        return self.due - self.sent

    @property
    def rate(self) -> int | None:
        """Of those that must report, how many in a hundred did."""
        return percent(self.sent, self.due)

    @property
    def on_time_rate(self) -> int | None:
        """Of those that must report, how many in a hundred did by the day."""
        return percent(self.on_time, self.due)

    @property
    def mean_score(self) -> Decimal | None:
        return mean(self.points, self.scored)


def tally_of(standings: Iterable[Standing]) -> Tally:
    tally = Tally()
    for standing in standings:
        tally.add(standing)
    return tally


def tallies(standings: Iterable[Standing], by: str) -> dict[str, Tally]:
    """The counts of each group."""
    groups: dict[str, Tally] = defaultdict(Tally)
    for standing in standings:
        groups[standing.place.group(by)].add(standing)
    return dict(groups)


@dataclass(frozen=True, slots=True)
class Stay:
    """How many reports are in a state, and for how long: mean and longest, in days."""

    state: State
    count: int
    mean_age: int
    longest: int


def stays(standings: Iterable[Standing], today: date) -> list[Stay]:
    """The states in the order of a report's life; states nobody is in are left out."""
    ages: dict[State, list[int]] = {state: [] for state in State}
    for standing in standings:
        ages[standing.state].append(standing.age(today))
    return [
        Stay(state, len(days), round(sum(days) / len(days)), max(days))
        for state, days in ages.items()
        if days
    ]


def percent(part: int, whole: int) -> int | None:
    """Rounded, but 100 only of all and 0 only of none; None of nothing."""
    if not whole:
        return None
    rounded = (200 * part + whole) // (2 * whole)
    return min(max(rounded, 1), 99) if 0 < part < whole else rounded


def mean(points: Decimal, count: int) -> Decimal | None:
    """To one decimal place, halves upwards; None of nothing."""
    if not count:
        return None
    return (points / count).quantize(Decimal("0.1"), ROUND_HALF_UP)


def unsent_by_lateness(standings: Iterable[Standing], today: date) -> list[Standing]:
    """Who has not sent, the longest owed first."""
    return sorted(
        (standing for standing in standings if standing.state == State.UNSENT),
        key=lambda standing: (-standing.days_late(today), standing.place.path),
    )


def plain(value: Decimal) -> Decimal:
    """Without zeros that say nothing: 12 and not 12.00, 12.5 and not 12.50."""
    whole = value.to_integral_value()
    return whole if value == whole else Decimal(f"{value:f}".rstrip("0"))
