"""What accepted reports add up to: sums of the numbers that were sent, and who leads in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workplans.periods import Period

from ..enums import ReportKind
from ..models import ReportFigure, Submission
from .ground import Ground


@dataclass(frozen=True, slots=True)
class Kept:
    """One figure the nation is summed by; `unit` stands after the number."""

    key: str
    label: str | Promise
    unit: str | Promise


KEPT = (
    Kept("meetings.held", _("ইনোভেশন টিমের সভা"), _("টি")),
    Kept("training.batches", _("প্রশিক্ষণের ব্যাচ"), _("টি")),
    Kept("training.participants", _("প্রশিক্ষণ পেয়েছেন"), _("জন")),
    Kept("training.women", _("তাঁদের মধ্যে নারী"), _("জন")),
    Kept("ideas.received", _("প্রাপ্ত আইডিয়া"), _("টি")),
    Kept("ideas.from_citizens", _("নাগরিকের আইডিয়া"), _("টি")),
    Kept("ideas.approved", _("অনুমোদিত আইডিয়া"), _("টি")),
    Kept("projects.pilots_started", _("শুরু হওয়া পাইলট"), _("টি")),
    Kept("projects.pilots_succeeded", _("সফল পাইলট"), _("টি")),
    Kept("projects.saved_days", _("বছরে বাঁচা সময়"), _("দিন")),
    Kept("projects.saved_visits", _("বছরে বাঁচা যাতায়াত"), _("বার")),
    Kept("projects.saved_taka", _("বছরে বাঁচা খরচ"), _("টাকা")),
    Kept("showcase.events", _("শোকেসিং আয়োজন"), _("টি")),
    Kept("showcase.recognitions", _("প্রাপ্ত স্বীকৃতি"), _("টি")),
    Kept("replication.taken", _("অন্যের উদ্যোগ গ্রহণ"), _("টি")),
    Kept("replication.in_use", _("চালু রেপ্লিকেশন"), _("টি")),
)
BY_KEY = {kept.key: kept for kept in KEPT}


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a figure over a period's accepted reports, and how many reports hold it."""

    value: Decimal
    reports: int


def totals(
    ground: Ground,
    kind: ReportKind,
    periods: Sequence[Period],
    keys: Collection[str] = BY_KEY.keys(),
) -> dict[tuple[str, date], Total]:
    """By the figure's key and the first day of the period. One query."""
    rows = (
        _figures(ground, kind, periods)
        .filter(key__in=keys)
        .values_list("key", "submission__report__starts_on")
        .annotate(value=Sum("value"), reports=Count("pk"))
        .order_by()
    )
    return {(key, starts_on): Total(value, reports) for key, starts_on, value, reports in rows}


def values_of(
    ground: Ground, kind: ReportKind, period: Period, keys: Sequence[str]
) -> dict[str, dict[int, Decimal]]:
    """What each accepted report says of each figure: {key: {office: value}}. Two queries."""
    found: dict[str, dict[int, Decimal]] = {key: {} for key in keys}
    rows = _figures(ground, kind, [period]).filter(key__in=keys)
    for key, office, value in rows.values_list("key", "submission__report__office_id", "value"):
        found[key][office] = value
    return found


def _figures(ground: Ground, kind: ReportKind, periods: Sequence[Period]) -> QuerySet[ReportFigure]:
    counted = Submission.objects.counted().filter(
        report__kind=kind,
        report__starts_on__in=[period.starts_on for period in periods],
        report__ends_on__in=[period.ends_on for period in periods],
    )
    if not ground.is_whole:
        counted = counted.filter(report__office__in=[place.pk for place in ground.places])
    # Asked for first: as a part of the sum, PostgreSQL may look for a newer sending once for
    # every figure, which takes minutes while it has not measured its tables.
    return ReportFigure.objects.filter(submission__in=list(counted.values_list("pk", flat=True)))
