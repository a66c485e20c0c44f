"""What closed rounds of scoring come to, and the ranking of ideas by it.

Nothing here reads a mark of an open round. Results are exact fractions until they are rounded,
half up, to two decimals; what is shown as equal shares a rank.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from teams.models import Office

from .models import MOST_POINTS, Criteria, Criterion, Idea, Mark, Screening

FULL = 100


@dataclass(frozen=True, slots=True)
class Average:
    """One criterion of a result: all points given, their mean, what the weight makes of it."""

    criterion: Criterion
    given: int
    scorers: int

    @property
    def part(self) -> Fraction:
        """The exact share of the total: weight by points, over scorers by the most points."""
        return Fraction(self.criterion.weight * self.given, self.scorers * MOST_POINTS)

    @property
    def mean(self) -> Decimal:
        return rounded(Fraction(self.given, self.scorers))

    @property
    def worth(self) -> Decimal:
        return rounded(self.part)


@dataclass(frozen=True, slots=True)
class Result:
    """A closed round: `total` is the sum of weight by mean points over 5 (None: no scores)."""

    screening: Screening
    averages: tuple[Average, ...] = ()
    totals: Mapping[int, Fraction] = field(default_factory=dict)  # of each score, by its id

    @property
    def scorers(self) -> int:
        return len(self.totals)

    @property
    def total(self) -> Decimal | None:
        if not self.totals:
            return None
        return rounded(sum((one.part for one in self.averages), Fraction(0)))

    def total_of(self, score_pk: int) -> Decimal:
        """What one member's marks come to, out of 100."""
        return rounded(self.totals[score_pk])

    @property
    def lowest(self) -> Decimal:
        return rounded(min(self.totals.values()))

    @property
    def highest(self) -> Decimal:
        return rounded(max(self.totals.values()))

    @property
    def spread(self) -> Decimal:
        """How far apart the members are: the highest total less the lowest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the ranking."""

    rank: int
    idea: Idea
    result: Result


@dataclass(frozen=True, slots=True)
class RankingTable:
    """The ideas that were scored by one set of criteria, the best first."""

    criteria: Criteria
    criterions: tuple[Criterion, ...]
    rows: tuple[Ranked, ...]


def rounded(value: Fraction) -> Decimal:
    """Two decimals, half up, from the exact value."""
    hundredths = (value * 200 + 1) // 2
    return Decimal(int(hundredths)).scaleb(-2)


def results_of(screenings: Sequence[Screening]) -> dict[int, Result]:
    """What closed rounds came to, by the round's id (two queries); open ones are left out."""
    closed = {one.pk: one for one in screenings if one.closed_at}
    criterions = _criterions(one.criteria_id for one in closed.values())
    given = Mark.objects.filter(
        score__screening__in=list(closed),
        score__screening__closed_at__isnull=False,
        score__done_at__isnull=False,
    ).values_list("score__screening_id", "score_id", "criterion_id", "points")
    marks: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for screening_id, score_id, criterion_id, points in given:
        marks[screening_id][score_id][criterion_id] = points
    return {
        pk: _result(screening, criterions[screening.criteria_id], marks[pk])
        for pk, screening in closed.items()
    }


def ranking(office: Office) -> list[RankingTable]:
    """The waiting ideas of the office whose rounds are closed, a table for each set of criteria.

    Points given by different criteria are never compared: the newest set's table comes first.
    Ideas of equal total share a rank, and the next rank counts them all. A fixed number of
    queries.
    """
    ideas = Idea.objects.filter(office=office).waiting_for_screening()
    rounds = (
        Screening.objects.current()
        .closed()
        .filter(idea__in=ideas)
        .select_related("idea__appeal", "criteria")
    )
    by_criteria: dict[Criteria, list[Result]] = defaultdict(list)
    for result in results_of(list(rounds)).values():
        if result.scorers:
            by_criteria[result.screening.criteria].append(result)
    newest_first = sorted(by_criteria, key=lambda one: one.valid_from, reverse=True)
    return [_table(criteria, by_criteria[criteria]) for criteria in newest_first]


def rank_of(tables: Iterable[RankingTable]) -> dict[int, Ranked]:
    """The rows of all tables by the idea's id."""
    return {row.idea.pk: row for table in tables for row in table.rows}


def _criterions(criteria_ids: Iterable[int]) -> dict[int, tuple[Criterion, ...]]:
    found: dict[int, list[Criterion]] = defaultdict(list)
    for one in Criterion.objects.filter(criteria__in=set(criteria_ids)).order_by("position", "pk"):
        found[one.criteria_id].append(one)
    return {pk: tuple(criterions) for pk, criterions in found.items()}


def _result(
    screening: Screening,
    criterions: Sequence[Criterion],
    marks: Mapping[int, Mapping[int, int]],
) -> Result:
    if not marks:
        return Result(screening)
    averages = tuple(
        Average(one, sum(given.get(one.pk, 0) for given in marks.values()), len(marks))
        for one in criterions
    )
    totals = {
        score_id: Fraction(
            sum(one.weight * given.get(one.pk, 0) for one in criterions), MOST_POINTS
        )
        for score_id, given in marks.items()
    }
    return Result(screening, averages, totals)


def _table(criteria: Criteria, results: list[Result]) -> RankingTable:
    def order(result: Result) -> tuple[Decimal, date, int]:
        idea = result.screening.idea
        return -(result.total or Decimal(0)), idea.received_on, idea.pk

    rows: list[Ranked] = []
    for place, result in enumerate(sorted(results, key=order), start=1):
        is_tied = bool(rows) and rows[-1].result.total == result.total
        rank = rows[-1].rank if is_tied else place
        rows.append(Ranked(rank, result.screening.idea, result))
    criterions = tuple(average.criterion for average in results[0].averages)
    return RankingTable(criteria, criterions, tuple(rows))
