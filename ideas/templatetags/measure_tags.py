"""The TCV table: time, cost and visits, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from .. import savings
from ..enums import MeasureKind
from ..models import Measure

register = template.Library()


@dataclass(frozen=True, slots=True)
class TcvLine:
    """One line: the change of one delivery, and what it comes to in a year.

    `yearly` is in minutes, taka or visits, None while something is missing; `people` those it
    was multiplied by.
    """

    measure: Any
    change: savings.Change
    yearly: Decimal | None
    people: int | None

    @property
    def gain(self) -> Decimal:
        """How much it changed, without its sign."""
        return abs(self.change.saved or Decimal(0))

    @property
    def gain_percent(self) -> Decimal | None:
        percent = self.change.percent
        return None if percent is None else abs(percent)


@register.simple_tag
def tcv_lines(measures: Iterable[Measure], people: int | None = None) -> list[TcvLine]:
    """The lines of a table in its usual order: time, cost, visits."""
    kinds = list(MeasureKind)
    people = people or None  # a name the template does not know comes as ""
    ordered = sorted(measures, key=lambda measure: kinds.index(MeasureKind(measure.kind)))
    return [
        TcvLine(
            measure=measure,
            change=savings.change(measure),
            yearly=savings.yearly(measure, people),
            people=people,
        )
        for measure in ordered
    ]
