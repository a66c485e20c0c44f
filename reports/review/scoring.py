"""The reviewer's checklist: which questions count for a report, and what the marks come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from ..models import Report, Review, ReviewCriterion

HALF = Decimal("0.5")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MarkWords:
    """A checklist as filled in: points and notes by the criterion's id, and the words on the
    whole. A question without points is still open."""

    points: Mapping[int, Decimal] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    summary: str = ""

    @classmethod
    def of(cls, review: Review | None) -> Self:
        if review is None:
            return cls()
        marks = list(review.marks.all())
        return cls(
            {mark.criterion_id: mark.points for mark in marks},
            {mark.criterion_id: mark.note for mark in marks if mark.note},
            review.summary,
        )


def criteria_of(report: Report) -> list[ReviewCriterion]:
    """The questions in force on the last day of the report's period."""
    return list(ReviewCriterion.objects.in_force(report.ends_on))


def unmarked(
    criteria: Sequence[ReviewCriterion], points: Mapping[int, Decimal]
) -> list[ReviewCriterion]:
    """The questions that have no points yet."""
    return [one for one in criteria if one.pk not in points]


def score_of(criteria: Sequence[ReviewCriterion], points: Mapping[int, Decimal]) -> Decimal | None:
    """The points in per cent of what could be had, to two places.

    None while a question is open, and where no question was in force.
    """
    if not criteria or unmarked(criteria, points):
        return None
    given = sum((points[one.pk] for one in criteria), Decimal(0))
    most = sum(one.points for one in criteria)
    return (given * 100 / most).quantize(CENT, ROUND_HALF_UP)
