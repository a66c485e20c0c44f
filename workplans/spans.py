"""The months, quarters and halves of a plan's period, for which progress is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .periods import Period, months_after, months_label

ORDINALS = (
    gettext_lazy("১ম"),
    gettext_lazy("২য়"),
    gettext_lazy("৩য়"),
    gettext_lazy("৪র্থ"),
)
# 2026-08, 2026-Q3 or 2026-H2: months, and the quarters and halves of the calendar year.
_CODE = re.compile(r"([0-9]{4})-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12]))")
WHOLE = "all"


class SpanKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    WHOLE = "whole"


_MONTHS = {SpanKind.MONTH: 1, SpanKind.QUARTER: 3, SpanKind.HALF: 6}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a plan's period, or all of it; both days inside. `number` counts its kind from
    the first day of the period."""

    kind: SpanKind
    starts_on: date
    ends_on: date
    number: int
    period: Period

    @property
    def code(self) -> str:
        """As in addresses: "2026-08", "2026-Q3", "2026-H2", "all"."""
        year, month = self.starts_on.year, self.starts_on.month
        return {
            SpanKind.MONTH: f"{year}-{month:02}",
            SpanKind.QUARTER: f"{year}-Q{(month + 2) // 3}",
            SpanKind.HALF: f"{year}-H{(month + 5) // 6}",
            SpanKind.WHOLE: WHOLE,
        }[self.kind]

    @property
    def months(self) -> str:
        """আগস্ট ২০২৬, or জুলাই–সেপ্টেম্বর ২০২৬"""
        return months_label(self.starts_on, self.ends_on)

    @property
    def label(self) -> str:
        """The span as it is chosen and as papers name it."""
        match self.kind:
            case SpanKind.QUARTER:
                return _("%(which)s ত্রৈমাসিক (%(months)s)") % {
                    "which": ORDINALS[self.number - 1],
                    "months": self.months,
                }
            case SpanKind.HALF:
                return _("%(which)s ষান্মাসিক (%(months)s)") % {
                    "which": ORDINALS[self.number - 1],
                    "months": self.months,
                }
            case SpanKind.WHOLE:
                return self.period.label
        return self.months

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def spans_of(period: Period) -> list[Span]:
    """Everything that can be chosen: the months, the quarters, the halves, the whole."""
    whole = Span(SpanKind.WHOLE, period.starts_on, period.ends_on, 1, period)
    return [span for kind in _MONTHS for span in _parts(period, kind)] + [whole]


def _parts(period: Period, kind: SpanKind) -> Iterator[Span]:
    first, number = period.starts_on, 1
    while first < period.ends_on:
        following = months_after(first, _MONTHS[kind])
        yield Span(kind, first, following - timedelta(days=1), number, period)
        first, number = following, number + 1


def span_of(period: Period, code: str) -> Span | None:
    """The span an address names; None when the period has no such one."""
    if code != WHOLE and not _CODE.fullmatch(code):
        return None
    return next((span for span in spans_of(period) if span.code == code), None)


def usual_span(period: Period, today: date) -> Span:
    """What one most likely reports on: this month, or the whole of a period that is over."""
    months = [span for span in spans_of(period) if span.kind == SpanKind.MONTH]
    if today < period.starts_on:
        return months[0]
    return next((span for span in months if span.contains(today)), spans_of(period)[-1])
