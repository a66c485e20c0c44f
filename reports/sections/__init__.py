"""The parts of a report: which it has, what the records say in each, and what it says of them."""

from typing import Any

from bangla.digits import to_bangla

from ..enums import SectionKey
from ..models import Report, Section, SectionRule

__all__ = ["begin_sections", "section_content"]


def begin_sections(report: Report) -> None:
    """Give a new report the parts that its kind and year have."""
    rules = SectionRule.objects.in_force(report.ends_on).filter(kind=report.kind)
    Section.objects.bulk_create(
        Section(
            report=report,
            key=rule.section,
            position=rule.position,
            is_required=rule.is_required,
        )
        for rule in rules.order_by("position", "pk")
    )


def section_content(section: Section, number: int) -> dict[str, Any]:
    """One part as it is frozen and printed, in Bengali (see `reports.documents`)."""
    return {
        "key": section.key,
        "number": to_bangla(number),
        "title": str(SectionKey(section.key).label),
        "paragraphs": [line.strip() for line in section.words.splitlines() if line.strip()],
        "figures": [],
        "tables": section.tables,
        "pictures": [],
    }
