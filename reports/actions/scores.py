"""The scores an office was given for a period; they stand in the report at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.audit import record
from teams.models import User
from teams.templatetags.bangla_tags import digits

from ..enums import SectionKey
from ..models import Report, ScoreLine
from ..sections.figures import to_cents
from .reports import StaleReport
from .writing import open_report, section_of, take_own

MOST = 10_000  # a weight that the column can hold


@dataclass(frozen=True, slots=True)
class ScoreText:
    """One line of the score sheet as typed; the names are the model's."""

    indicator: str
    weight: Decimal
    score: Decimal
    objective: str = ""
    unit: str = ""
    target: str = ""
    achieved: str = ""


@transaction.atomic
def set_score_lines(
    *, report: Report, lines: Sequence[ScoreText], by: User, version: int | None = None
) -> Report:
    """Put these lines in the place of all that were there; the part of scores says them at once.

    `version` is the part's, of the copy the lines were typed in. Raises PermissionDenied,
    WrongState, StaleReport, ValidationError.
    """
    report = open_report(report, by)
    section = section_of(report, SectionKey.SCORES)
    if section and version is not None and section.version != version:
        raise StaleReport(section)
    for number, line in enumerate(lines, start=1):
        _check_score(number, line)
    before = report.score_lines.count()
    report.score_lines.all().delete()
    ScoreLine.objects.bulk_create(
        ScoreLine(report=report, position=position, **_score_values(line))
        for position, line in enumerate(lines, start=1)
    )
    if section:
        take_own(section, by)
    record(
        "report.set_scores",
        report,
        by=by,
        office=report.office,
        before={"lines": before},
        after={"lines": len(lines)},
        rows=[section] if section else [],
    )
    return report


def _check_score(number: int, line: ScoreText) -> None:
    if not squeeze(line.indicator):
        raise ValidationError(_("%(number)s নম্বর সারিতে সূচক লিখুন।") % {"number": digits(number)})
    are_numbers = line.weight.is_finite() and line.score.is_finite()
    if not are_numbers or not 0 <= line.score <= line.weight or not 0 < line.weight < MOST:
        raise ValidationError(
            _("%(number)s নম্বর সারির প্রাপ্ত নম্বর ০ থেকে মানের মধ্যে হতে হবে।")
            % {"number": digits(number)}
        )


def _score_values(line: ScoreText) -> dict[str, Any]:
    words = ("indicator", "objective", "unit", "target", "achieved")
    return {
        **{name: squeeze(getattr(line, name)) for name in words},
        "weight": to_cents(line.weight),
        "score": to_cents(line.score),
    }
