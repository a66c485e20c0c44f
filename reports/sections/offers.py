"""What the records say now and the report does not: offered, and never forced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..enums import SectionKey
from ..models import Report, Section
from .facts import Facts
from .figures import FigureKind, Records
from .registry import FIGURES, figure_kind
from .tables import TableOffer, compare
from .taking import tables_now, values_of, words_now


@dataclass(frozen=True, slots=True)
class FigureOffer:
    """A number that is counted otherwise now. `said` is None when the report has none yet;
    an own one (`is_own`) was typed instead of counted, for a reason."""

    kind: FigureKind
    said: Decimal | None
    counted: Decimal
    is_own: bool = False
    reason: str = ""

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def said_text(self) -> str:
        return "—" if self.said is None else self.kind.say(self.said)

    @property
    def counted_text(self) -> str:
        return self.kind.say(self.counted)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one part could take. `words` are the generated words that go with the new numbers,
    "" when they stay as they are or are the office's own."""

    section: Section
    figures: tuple[FigureOffer, ...] = ()
    tables: tuple[TableOffer, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.figures or self.tables or self.words)

    @property
    def changed(self) -> tuple[FigureOffer, ...]:
        """The numbers that follow the records and are behind them."""
        return tuple(one for one in self.figures if not one.is_own)

    @property
    def own(self) -> tuple[FigureOffer, ...]:
        """The numbers somebody typed though the records say another."""
        return tuple(one for one in self.figures if one.is_own)

    @property
    def is_news(self) -> bool:
        """Something changed since; an own number alone is known and explained."""
        return bool(self.changed or self.tables or self.words)


def records_of(report: Report, section: str, figure: str) -> Records:
    """The records a number is made of today; the number is what they add up to.

    Raises KeyError for a number that no report has.
    """
    return figure_kind(section, figure).records(Facts(report))


def offers_of(report: Report, facts: Facts | None = None) -> dict[str, Offer]:
    """Of every part that is in the report what it could take (a fixed number of queries)."""
    facts = facts or Facts(report)
    sections = list(report.sections.all())
    values = values_of(sections)
    return {
        section.key: _offer(section, values, facts)
        for section in sections
        if not section.is_left_out
    }


def _offer(section: Section, values: dict[str, Decimal], facts: Facts) -> Offer:
    figures = tuple(_figures(section, facts))
    words = ""
    if not section.is_own_words:
        taken = {f"{section.key}.{one.key}": one.counted for one in figures if not one.is_own}
        generated = words_now(section, {**values, **taken}, facts)
        words = generated if generated != section.words else ""
    tables = tuple(compare(section.tables, tables_now(facts, section.key)))
    return Offer(section, figures, tables, words)


def _figures(section: Section, facts: Facts) -> Iterator[FigureOffer]:
    for kind in FIGURES[SectionKey(section.key)]:
        counted = kind.count(facts)
        figure = section.figures.get(kind.key)
        if figure is None:
            yield FigureOffer(kind, None, counted)
        elif Decimal(figure["value"]) != counted:
            said = Decimal(figure["value"])
            yield FigureOffer(kind, said, counted, figure["is_own"], figure["reason"])
