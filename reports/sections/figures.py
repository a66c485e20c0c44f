"""A number of a report, the records it is counted from, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from ideas.templatetags.savings_tags import quantity

if TYPE_CHECKING:
    from .facts import Facts

ONE = Decimal(1)
CENT = Decimal("0.01")


class Unit(TextChoices):
    PIECES = "pieces", pgettext_lazy("figure", "টি")
    PEOPLE = "people", pgettext_lazy("figure", "জন")
    DAYS = "days", pgettext_lazy("figure", "দিন")
    TAKA = "taka", pgettext_lazy("figure", "টাকা")
    TIMES = "times", pgettext_lazy("figure", "বার")
    PERCENT = "percent", pgettext_lazy("figure", "%")
    MARKS = "marks", pgettext_lazy("figure", "নম্বর")


SAID: dict[Unit, str | Promise] = {
    Unit.PIECES: pgettext_lazy("figure", "%(number)sটি"),
    Unit.PEOPLE: pgettext_lazy("figure", "%(number)s জন"),
    Unit.DAYS: pgettext_lazy("figure", "%(number)s দিন"),
    Unit.TAKA: pgettext_lazy("figure", "%(number)s টাকা"),
    Unit.TIMES: pgettext_lazy("figure", "%(number)s বার"),
    Unit.PERCENT: pgettext_lazy("figure", "%(number)s%%"),
    Unit.MARKS: pgettext_lazy("figure", "%(number)s নম্বর"),
}


def say(value: Decimal, unit: Unit) -> str:
    """The number with its unit, in the language of the page: ১২টি, ১,২৫,০০০ টাকা."""
    return str(SAID[unit]) % {"number": quantity(value)}


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a number. `amount` is what it adds; `day` when it happened.

    `page` is what to open instead of a record that has no page of its own.
    """

    about: Model
    title: str
    day: date | None
    detail: str = ""
    amount: Decimal = ONE
    page: Model | None = None

    @property
    def key(self) -> str:
        """ "meeting:12": which record this is, whatever becomes of its words."""
        return key_of(self.about)

    @property
    def url(self) -> str:
        """Its page; "" if it has none."""
        address = getattr(self.page or self.about, "get_absolute_url", None)
        return address() if address else ""


def key_of(record: Model) -> str:
    return f"{record._meta.model_name}:{record.pk}"


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One number of a part: what it is called, what it counts in, which records it is made of.

    The number is the sum of what its records add, or their mean (`is_mean`, rounded to a whole).
    """

    key: str
    label: str | Promise
    measured_in: Unit
    find: Callable[[Facts], Iterable[Record]]
    is_mean: bool = False

    @property
    def unit(self) -> str | Promise:
        return self.measured_in.label

    def say(self, value: Decimal) -> str:
        return say(value, self.measured_in)

    def records(self, facts: Facts) -> Records:
        return Records(self, tuple(self.find(facts)))

    def count(self, facts: Facts) -> Decimal:
        return self.records(facts).total


@dataclass(frozen=True, slots=True)
class Records:
    """The records one number is made of."""

    kind: FigureKind
    rows: tuple[Record, ...]

    @property
    def total(self) -> Decimal:
        """The number itself."""
        whole = sum((row.amount for row in self.rows), Decimal(0))
        if self.kind.is_mean:
            return Decimal(round(whole / len(self.rows))) if self.rows else Decimal(0)
        return whole

    @property
    def text(self) -> str:
        return self.kind.say(self.total)


def to_cents(amount: Decimal) -> Decimal:
    """To two places, so that what a list shows adds up to its number."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A number as it is kept: without exponent, without idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = ["ONE", "FigureKind", "Record", "Records", "Unit", "key_of", "plain", "say", "to_cents"]
