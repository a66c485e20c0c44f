"""Who has done what of the periods in question; a query or two for each kind of paper."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from meetings.enums import MeetingKind
from meetings.models import Meeting, NoMeeting
from reports.actions.sending import DUE_KINDS
from reports.models import Report
from teams.enums import DueKind
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

from .spans import Span

SETTLED_PLANS = (PlanStatus.APPROVED, PlanStatus.CLOSED)

# (kind, first day) of a span → office → when it was done
Done = dict[tuple[str, date], dict[int, datetime | None]]


def done_of(spans: Sequence[Span], *, offices: Collection[int] | None, with_moments: bool) -> Done:
    """Which offices have done what the spans ask for (four queries).

    `offices` None means all. The moments are read only if asked for: a nation's year has
    seventeen thousand of them.
    """
    reader = _Reader(offices, with_moments)
    done: Done = defaultdict(dict)
    for office, moment, kind, starts_on, ends_on in reader.rows(
        Report.objects.filter(
            starts_on__in={span.starts_on for span in spans}, first_sent_at__isnull=False
        ),
        "first_sent_at",
        "kind",
        "starts_on",
        "ends_on",
    ):
        if any(span.ends_on == ends_on for span in spans if span.starts_on == starts_on):
            done[DUE_KINDS[kind], starts_on][office] = moment
    _add_plans(done, [span for span in spans if span.kind == DueKind.PLAN], reader)
    months = [span.starts_on for span in spans if span.kind == DueKind.MEETING]
    held = Meeting.objects.held().filter(kind=MeetingKind.MONTHLY, month__in=months)
    for office, moment, month in (
        *reader.rows(NoMeeting.objects.filter(month__in=months), "recorded_at", "month"),
        *reader.rows(held, "finalised_at", "month"),
    ):
        done[DueKind.MEETING, month][office] = moment
    return done


class _Reader:
    """Reads rows as (office, moment, further columns…)."""

    def __init__(self, offices: Collection[int] | None, with_moments: bool) -> None:
        self._offices, self._with_moments = offices, with_moments

    def rows(self, found: QuerySet[Any], stamp: str, *columns: str) -> Iterable[tuple[Any, ...]]:
        if self._offices is not None:
            found = found.filter(office_id__in=self._offices)
        if self._with_moments:
            return found.order_by().values_list("office_id", stamp, *columns)
        plain = found.order_by().values_list("office_id", *columns)
        return ((office, None, *rest) for office, *rest in plain)


def _add_plans(done: Done, spans: Sequence[Span], reader: _Reader) -> None:
    """A plan counts for a year when it covers its first day: a half-year's plan does, too."""
    firsts = [span.starts_on for span in spans]
    if not firsts:
        return
    plans = WorkPlan.objects.filter(
        status__in=SETTLED_PLANS,
        approved_at__isnull=False,
        starts_on__lte=max(firsts),
        ends_on__gte=min(firsts),
    )
    for office, moment, starts_on, ends_on in reader.rows(
        plans.order_by("-approved_at"), "approved_at", "starts_on", "ends_on"
    ):
        for first in firsts:
            if starts_on <= first <= ends_on:
                known = done[DueKind.PLAN, first].get(office)
                done[DueKind.PLAN, first][office] = min(known, moment) if known else moment
