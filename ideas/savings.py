"""What a changed service saves the people who need it: arithmetic over the rows of the TCV table.

Pure: nothing here reads the database. A measure tells what one delivery took before and takes
after; times the people served in a year it is what the country saves. A change for the worse
counts as well, with its minus: totals that only remember the good are no totals. What cannot be
worked out is not guessed, it is named with the reason.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import MeasureKind, MeasureUnit

# Enough for the largest measure times the largest number of people, summed over the country.
EXACT = Context(prec=60)
TENTH = Decimal("0.1")

# One of each unit in the base unit of its kind: minutes, taka, visits. A day is 24 hours, for
# what is measured is how long a person waits, not how long somebody works on it.
IN_BASE = {
    MeasureUnit.MINUTE: Decimal(1),
    MeasureUnit.HOUR: Decimal(60),
    MeasureUnit.DAY: Decimal(24 * 60),
    MeasureUnit.TAKA: Decimal(1),
    MeasureUnit.VISIT: Decimal(1),
}

NOT_MEASURED = _("পরের পরিমাপ এখনো লেখা হয়নি")
PEOPLE_UNKNOWN = _("বছরে কতজন সেবা নেন, তা লেখা হয়নি")
NO_MEASURES = _("কোনো পরিমাপ লেখা হয়নি")


class Measured(Protocol):
    """A row of the table; models.Measure is one."""

    kind: str
    unit: str
    before: Decimal
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one delivery took and takes, in the measure's own unit.

    `saved` is before minus after, negative when the service got worse; `percent` of what it took
    before, to one decimal. Both are None while nobody has measured the after, and `percent` also
    when it took nothing before.
    """

    kind: MeasureKind
    unit: MeasureUnit
    before: Decimal
    after: Decimal | None
    saved: Decimal | None
    percent: Decimal | None

    @property
    def is_worse(self) -> bool:
        return self.saved is not None and self.saved < 0


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a sum: before minus after, times the people, is the amount.

    `amount` is of one year, in the base unit of the kind.
    `source` is whatever the caller sums over (a pilot, a replication).
    """

    source: Any
    change: Change
    people: int
    amount: Decimal

    @property
    def in_unit(self) -> Decimal:
        """The amount in the measure's own unit, as the line of arithmetic ends."""
        with localcontext(EXACT):
            return (self.change.saved or Decimal(0)) * self.people


@dataclass(frozen=True, slots=True)
class Uncounted:
    """What is in no sum, and why; `kind` is None for a source without any measure."""

    source: Any
    kind: MeasureKind | None
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Total:
    """The yearly saving of one kind over many sources, in the base unit, with its terms."""

    kind: MeasureKind
    terms: tuple[Term, ...] = ()

    @property
    def amount(self) -> Decimal:
        return _sum(term.amount for term in self.terms)

    @property
    def is_known(self) -> bool:
        """Whether anything at all was counted; a zero that nobody measured is no zero."""
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Totals:
    """All three totals, and what none of them counts."""

    time: Total = field(default_factory=lambda: Total(MeasureKind.TIME))
    cost: Total = field(default_factory=lambda: Total(MeasureKind.COST))
    visits: Total = field(default_factory=lambda: Total(MeasureKind.VISITS))
    uncounted: tuple[Uncounted, ...] = ()

    def __iter__(self) -> Iterator[Total]:
        return iter((self.time, self.cost, self.visits))

    @property
    def is_known(self) -> bool:
        return any(total.is_known for total in self)

    def where(self, wanted: Callable[[Any], bool]) -> "Totals":
        """The part of these totals whose source is wanted, such as one division's."""
        time, cost, visits = (
            Total(total.kind, tuple(term for term in total.terms if wanted(term.source)))
            for total in self
        )
        left = tuple(one for one in self.uncounted if wanted(one.source))
        return Totals(time, cost, visits, left)


def change(measure: Measured) -> Change:
    """What one delivery of the service took and takes."""
    saved = percent = None
    with localcontext(EXACT):
        if measure.after is not None:
            saved = measure.before - measure.after
            if measure.before:
                percent = (saved * 100 / measure.before).quantize(TENTH, ROUND_HALF_UP)
    return Change(
        kind=MeasureKind(measure.kind),
        unit=MeasureUnit(measure.unit),
        before=measure.before,
        after=measure.after,
        saved=saved,
        percent=percent,
    )


def yearly(measure: Measured, people_per_year: int | None) -> Decimal | None:
    """What all people together are saved in a year, in minutes, taka or visits.

    None when the after or the number of people is not known.
    """
    if measure.after is None or people_per_year is None:
        return None
    with localcontext(EXACT):
        one = (measure.before - measure.after) * IN_BASE[MeasureUnit(measure.unit)]
        return one * people_per_year


def totals(rows: Iterable[tuple[Any, Iterable[Measured], int | None]]) -> Totals:
    """The totals over many sources.

    Each row is (source, its measures, the people it serves in a year).
    """
    terms: dict[MeasureKind, list[Term]] = {kind: [] for kind in MeasureKind}
    uncounted: list[Uncounted] = []
    for source, measures, people in rows:
        is_measured = False
        for measure in measures:
            is_measured = True
            changed = change(measure)
            amount = yearly(measure, people)
            if amount is None or people is None:
                reason = NOT_MEASURED if changed.saved is None else PEOPLE_UNKNOWN
                uncounted.append(Uncounted(source, changed.kind, reason))
            else:
                terms[changed.kind].append(Term(source, changed, people, amount))
        if not is_measured:
            uncounted.append(Uncounted(source, None, NO_MEASURES))
    time, cost, visits = (
        Total(kind, tuple(terms[kind]))
        for kind in (MeasureKind.TIME, MeasureKind.COST, MeasureKind.VISITS)
    )
    return Totals(time, cost, visits, tuple(uncounted))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(amounts, Decimal(0))
