"""Whose records a report is about, and of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from teams.models import Office
from workplans.models import WorkPlan
from workplans.periods import Period

from ..enums import ReportKind
from ..models import Report


@dataclass(frozen=True, slots=True)
class Coverage:
    """An office and a stretch of days, both ends included, as days are counted in Asia/Dhaka."""

    office: Office
    period: Period

    @classmethod
    def of(cls, report: Report) -> Coverage:
        return cls(report.office, report.period)

    @property
    def last_day(self) -> date:
        return self.period.ends_on

    def within(self, field: str) -> Q:
        """The day in `field` (a date) lies in the period."""
        return Q(**{f"{field}__range": (self.period.starts_on, self.period.ends_on)})

    def happened(self, field: str) -> Q:
        """The moment in `field` (a date and time) lies in the period."""
        return self.within(f"{field}__date")

    def by_the_end(self, field: str) -> Q:
        """The moment in `field` lies in the period or before it."""
        return Q(**{f"{field}__date__lte": self.last_day})

    def standing_on(self) -> date:
        """The day on which it is asked how things stand: today, at the latest the day after the
        period, when whatever was to be done within it and was not is late."""
        return min(timezone.localdate(), self.last_day + timedelta(days=1))

    def touches(self, starts_on: date | None, ends_on: date | None) -> bool:
        """Whether work between these days, as far as they are known, falls into the period."""
        begins_in_time = starts_on is None or starts_on <= self.period.ends_on
        return begins_in_time and (ends_on is None or ends_on >= self.period.starts_on)

    def following(self) -> Coverage:
        """The period of the same kind right after this one."""
        first = self.last_day + timedelta(days=1)
        if self.period.kind == "half":
            last_month = first.month + 5
            next_day = date(first.year + last_month // 12, last_month % 12 + 1, 1)
            period = Period("half", first, next_day - timedelta(days=1))
        elif self.period.kind == "calendar":
            period = Period.calendar_year_of(first)
        else:
            period = Period.fiscal_year_of(first)
        return Coverage(self.office, period)


def plan_of(office: Office, starts_on: date, ends_on: date) -> WorkPlan | None:
    """The plan a report on this period shows: the one of just this period, else the one that
    covers it; the newest revision."""
    covering = WorkPlan.objects.filter(
        office=office, starts_on__lte=starts_on, ends_on__gte=ends_on
    ).order_by("-starts_on", "ends_on", "-revision")
    return covering.first()


def next_plan_of(coverage: Coverage, kind: str) -> WorkPlan | None:
    """The plan that begins right after the period.

    A half-yearly report in the middle of a yearly plan looks ahead to the rest of that plan.
    """
    first = coverage.last_day + timedelta(days=1)
    plans = WorkPlan.objects.filter(office=coverage.office, ends_on__gt=first)
    if kind == ReportKind.HALF_YEARLY:
        ahead = plans.filter(starts_on__lte=first).order_by("-starts_on", "ends_on", "-revision")
    else:
        ahead = plans.filter(starts_on=first).order_by("-ends_on", "-revision")
    return ahead.first()
