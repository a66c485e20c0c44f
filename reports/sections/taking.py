"""What a part says: taken from the records when it begins, and again whenever somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import translation

from ..enums import SectionKey
from ..models import Report, Section, SectionRule
from .facts import Facts
from .figures import plain
from .registry import FIGURES, TABLES
from .words import Said, Values, words_for

# Their words tell of numbers that stand in other parts.
TELLS_OF_OTHERS = frozenset({SectionKey.INTRODUCTION, SectionKey.ANNEXES})


def begin_sections(report: Report) -> None:
    """Give a new report the parts that its kind and year have, filled from today's records."""
    rules = SectionRule.objects.in_force(report.ends_on).filter(kind=report.kind)
    # Of two rules for a part the later counts.
    in_force = {rule.section: rule for rule in rules.order_by("valid_from", "pk")}
    with translation.override("bn"):
        facts = Facts(report)
        sections = [
            Section(
                report=report,
                key=rule.section,
                position=rule.position,
                is_required=rule.is_required,
                figures=counted(facts, rule.section),
                tables=tables_now(facts, rule.section),
            )
            for rule in sorted(in_force.values(), key=lambda rule: (rule.position, rule.pk))
        ]
        said = Said(report, values_of(sections))
        for section in sections:
            section.words = words_for(SectionKey(section.key), said, facts)
    Section.objects.bulk_create(sections)


def counted(facts: Facts, section: str, figures: Iterable[str] | None = None) -> dict[str, Any]:
    """The numbers of a part as they are kept, counted now; only those named, if any are."""
    return {
        kind.key: {"value": plain(kind.count(facts)), "is_own": False, "reason": ""}
        for kind in FIGURES[section]
        if figures is None or kind.key in figures
    }


def tables_now(facts: Facts, section: str) -> list[dict[str, Any]]:
    """The tables of a part as the records have them now, in Bengali; empty ones are none."""
    with translation.override("bn"):
        made = (table.make(facts) for table in TABLES[section])
        return [table for table in made if table]


def values_of(sections: Iterable[Section]) -> dict[str, Decimal]:
    """Every number the report says, by "<section>.<figure>"."""
    return {
        f"{section.key}.{key}": Decimal(figure["value"])
        for section in sections
        for key, figure in section.figures.items()
    }


def words_now(section: Section, values: Values, facts: Facts | None = None) -> str:
    """What the part would say in generated words, were these the report's numbers."""
    with translation.override("bn"):
        return words_for(SectionKey(section.key), Said(section.report, values), facts)
