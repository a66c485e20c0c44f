"""Which periods lie beside each other, by the dated rules of what a report is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from workplans.enums import PeriodKind
from workplans.periods import Period

from ..enums import ReportKind
from ..models import ReportingYear

YEARS_BESIDE = 5


class Calendar:
    """The rules of one kind of report, loaded once (a query)."""

    def __init__(self, kind: ReportKind, rules: Iterable[ReportingYear] | None = None) -> None:
        loaded = ReportingYear.objects.filter(kind=kind) if rules is None else rules
        self._rules = sorted(loaded, key=lambda rule: rule.valid_from, reverse=True)
        self._usual = PeriodKind.HALF if kind == ReportKind.HALF_YEARLY else PeriodKind.FISCAL

    def containing(self, day: date) -> Period:
        """The period of this kind that `day` falls in."""
        kind = next((r.period_kind for r in self._rules if r.covers(day)), self._usual)
        if kind == PeriodKind.CALENDAR:
            return Period.calendar_year_of(day)
        if kind == PeriodKind.HALF:
            months = "01..{0}-06" if day.month <= 6 else "07..{0}-12"
            return Period.parse(f"{day.year:04}-{months.format(f'{day.year:04}')}")
        return Period.fiscal_year_of(day)

    def before(self, period: Period) -> Period:
        """The last one that was over when `period` began."""
        earlier = self.containing(period.starts_on - timedelta(days=1))
        # Where calendar years gave way to fiscal ones, the last calendar year reaches over.
        while earlier.ends_on >= period.starts_on:
            earlier = self.containing(earlier.starts_on - timedelta(days=1))
        return earlier

    def last_over(self, today: date) -> Period:
        """The period that is reported on now."""
        return self.before(self.containing(today))

    def beside(self, period: Period, count: int = YEARS_BESIDE) -> list[Period]:
        """`period` and those before it, the newest first."""
        found = [period]
        while len(found) < count:
            found.append(self.before(found[-1]))
        return found
