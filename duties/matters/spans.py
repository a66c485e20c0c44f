"""The years, half-years and months of which something is due in a stretch of days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.months import last_day_of, month_after
from reports.enums import ReportKind
from reports.models import ReportingYear
from reports.nation.periods import Calendar
from teams.deadlines import Grants, Rules
from teams.enums import DueKind

# What is due within a year after its period, or in it, began at most so long before.
LOOK_BACK = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as something owed is about it, and when the rules say that it is due."""

    kind: str
    starts_on: date
    ends_on: date
    due_on: date | None


class Spans:
    """The rules behind periods and due days, loaded once (three queries)."""

    def __init__(self) -> None:
        self.rules, self.grants = Rules(), Grants()
        years: dict[str, list[ReportingYear]] = {}
        for year in ReportingYear.objects.all():
            years.setdefault(year.kind, []).append(year)
        annual = Calendar(ReportKind.ANNUAL, years.get(ReportKind.ANNUAL, []))
        half = Calendar(ReportKind.HALF_YEARLY, years.get(ReportKind.HALF_YEARLY, []))
        self._calendars = {
            DueKind.ANNUAL_REPORT: annual,
            DueKind.PLAN: annual,
            DueKind.RESUBMISSION: annual,
            DueKind.HALF_YEAR: half,
        }
        self._ways: dict[str, Callable[[date], Iterator[tuple[date, date]]]] = {
            DueKind.ANNUAL_REPORT: lambda day: _back_from(annual, day),
            DueKind.HALF_YEAR: lambda day: _back_from(half, day),
            DueKind.PLAN: lambda day: _back_from(annual, day),
            DueKind.MEETING: _months_back_from,
        }

    def last_day_of(self, kind: str, starts_on: date) -> date:
        """When the period ends that something is about and that begins on that day."""
        calendar = self._calendars.get(DueKind(kind))
        return calendar.containing(starts_on).ends_on if calendar else last_day_of(starts_on)

    def due_between(self, since: date, until: date) -> list[Span]:
        """The spans of all kinds due between two days, by the rules or as somebody was granted."""
        granted = {
            (grant.kind, grant.starts_on)
            for grant in self.grants
            if grant.new_due_on and since <= grant.new_due_on <= until
        }
        return [
            span
            for kind in self._ways
            for span in self._spans(kind, since, until, (day for of, day in granted if of == kind))
            if (span.due_on and since <= span.due_on <= until)
            or (span.kind, span.starts_on) in granted
        ]

    def _spans(
        self, kind: str, since: date, until: date, granted: Iterable[date]
    ) -> Iterator[Span]:
        earliest = min([since, *granted])
        for starts_on, ends_on in self._ways[kind](until):
            if ends_on < earliest - LOOK_BACK:
                return
            yield Span(kind, starts_on, ends_on, self.rules.due_of(kind, starts_on, ends_on))


def _back_from(calendar: Calendar, day: date) -> Iterator[tuple[date, date]]:
    """The period a day falls in, and those before it, without end."""
    period = calendar.containing(day)
    while True:
        yield period.starts_on, period.ends_on
        period = calendar.before(period)


def _months_back_from(day: date) -> Iterator[tuple[date, date]]:
    month = day.replace(day=1)
    while True:
        yield month, last_day_of(month)
        month = month_after(month, -1)
