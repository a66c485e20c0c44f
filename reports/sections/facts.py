"""What the records of an office say of a period: which of them count, and by which day.

Only what is final counts: settled minutes, ideas in the register, awards that stand. A thing
belongs to the period in which it happened, whenever it was written down; what lasts (a running
pilot, a replication in use, the progress of a task) is told as it stood on the last day.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from ideas.enums import OUTSIDE, IdeaStatus
from ideas.models import Award, Event, Idea, Pilot, Replication, Visit
from meetings.enums import HELD, DecisionStatus, FollowUpOutcome
from meetings.models import Decision, FollowUp, Meeting, NoMeeting
from workplans.models import WorkPlan
from workplans.table import PlanTable, TaskRow, plan_table

from ..enums import ActivityKind
from ..models import Activity, Report, ReportPicture, ScoreLine
from .coverage import Coverage, next_plan_of, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable

# A step that was taken back leaves its stamp, so the state is asked as well: an idea that waits
# anew was not shortlisted, and one on the shortlist was not approved.
NOT_SHORTLISTED = OUTSIDE | {IdeaStatus.RECEIVED}
NOT_APPROVED = NOT_SHORTLISTED | {IdeaStatus.SHORTLISTED}


def day_of(moment: datetime) -> date:
    """The day of a moment, in Asia/Dhaka."""
    return timezone.localtime(moment).date()


class Facts:
    """The records behind one report. Each kind is fetched once, when it is first asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.coverage = Coverage.of(report)
        self.office = report.office

    # --- Meetings ---------------------------------------------------------------------------
    @cached_property
    def meetings(self) -> list[Meeting]:
        """Held in the period, their minutes settled."""
        held = Meeting.objects.held().filter(self.coverage.within("held_on"), office=self.office)
        rows = held.with_attendance().select_related("chair_post")
        return list(rows.order_by("held_on", "pk"))

    @cached_property
    def decisions(self) -> list[Decision]:
        """Those of these meetings, each with the last meeting that found it done: on which day
        (`found_done_on`), and when its minutes were settled (`found_done_at`)."""
        found = FollowUp.objects.filter(
            decision=OuterRef("pk"),
            outcome=FollowUpOutcome.DONE,
            meeting__status__in=sorted(HELD),
        ).order_by("-meeting__held_on")
        rows = (
            Decision.objects.in_force()
            .filter(self.coverage.within("meeting__held_on"), meeting__office=self.office)
            .select_related("meeting")
            .annotate(
                found_done_on=Subquery(found.values("meeting__held_on")[:1]),
                found_done_at=Subquery(found.values("meeting__finalised_at")[:1]),
            )
        )
        order = ("meeting__held_on", "meeting_id", "item__position", "item_id", "position", "pk")
        return list(rows.order_by(*order))

    @cached_property
    def decisions_done(self) -> list[Decision]:
        """Those carried out by the last day."""
        return [
            decision
            for decision in self.decisions
            if (done_on := done_on_of(decision)) and done_on <= self.coverage.last_day
        ]

    @cached_property
    def months_unmet(self) -> list[NoMeeting]:
        """Months of the period without a meeting of which the reason was written down."""
        rows = NoMeeting.objects.filter(self.coverage.within("month"), office=self.office)
        return list(rows.order_by("month"))

    # --- Activities -------------------------------------------------------------------------
    def activities(self, kind: ActivityKind) -> list[Activity]:
        return self._activities[kind]

    @cached_property
    def _activities(self) -> defaultdict[str, list[Activity]]:
        rows = Activity.objects.kept().in_period(self.coverage.period).filter(office=self.office)
        by_kind: defaultdict[str, list[Activity]] = defaultdict(list)
        for activity in rows.order_by("held_on", "pk"):
            by_kind[activity.kind].append(activity)
        return by_kind

    # --- Ideas ------------------------------------------------------------------------------
    @cached_property
    def _ideas(self) -> list[Idea]:
        """Those in the register to which something happened in the period."""
        happened = self.coverage.within("received_on")
        for step in ("shortlisted_at", "approved_at", "declined_at"):
            happened |= self.coverage.happened(step)
        rows = Idea.objects.registered().filter(happened, office=self.office)
        return list(rows.order_by("received_on", "pk"))

    def happened(self, moment: datetime | None) -> bool:
        return moment is not None and self.coverage.period.contains(day_of(moment))

    @cached_property
    def ideas_received(self) -> list[Idea]:
        return [one for one in self._ideas if self.coverage.period.contains(one.received_on)]

    @cached_property
    def ideas_shortlisted(self) -> list[Idea]:
        return [
            one
            for one in self._ideas
            if self.happened(one.shortlisted_at) and one.status not in NOT_SHORTLISTED
        ]

    @cached_property
    def ideas_approved(self) -> list[Idea]:
        return [
            one
            for one in self._ideas
            if self.happened(one.approved_at) and one.status not in NOT_APPROVED
        ]

    @cached_property
    def ideas_declined(self) -> list[Idea]:
        return [
            one
            for one in self._ideas
            if self.happened(one.declined_at) and one.status == IdeaStatus.DECLINED
        ]

    # --- Pilots -----------------------------------------------------------------------------
    @cached_property
    def pilots(self) -> list[Pilot]:
        """All that had begun by the last day."""
        rows = (
            Pilot.objects.filter(self.coverage.by_the_end("begun_at"), idea__office=self.office)
            .select_related("idea__office")
            .prefetch_related("measures")
        )
        return list(rows.order_by("begun_at", "pk"))

    @cached_property
    def pilots_at_work(self) -> list[Pilot]:
        """Those that ran on some day of the period."""
        return [
            pilot
            for pilot in self.pilots
            if (end := ended_on(pilot)) is None or end >= self.coverage.period.starts_on
        ]

    @cached_property
    def pilots_running(self) -> list[Pilot]:
        """Those that had not ended by the last day."""
        last = self.coverage.last_day
        return [one for one in self.pilots if (end := ended_on(one)) is None or end > last]

    @cached_property
    def pilots_proven(self) -> list[Pilot]:
        """Those that had succeeded by the last day, in this period or before."""
        last = self.coverage.last_day
        return [one for one in self.pilots if one.finished_at and day_of(one.finished_at) <= last]

    @cached_property
    def pilot_visits(self) -> list[Visit]:
        rows = Visit.objects.filter(
            self.coverage.within("visited_on"), pilot__idea__office=self.office
        ).select_related("pilot__idea")
        return list(rows.order_by("visited_on", "pk"))

    # --- Showing and spreading --------------------------------------------------------------
    @cached_property
    def events(self) -> list[Event]:
        rows = Event.objects.filter(self.coverage.within("held_on"), office=self.office)
        rows = rows.prefetch_related("entries__initiative")
        return list(rows.order_by("held_on", "pk"))

    @cached_property
    def awards(self) -> list[Award]:
        """Given by the office, and not revoked."""
        rows = Award.objects.standing().filter(self.coverage.within("given_on"), office=self.office)
        return list(rows.order_by("given_on", "pk"))

    @property
    def _still_kept(self) -> Q:
        """Replications that had not been dropped by the last day."""
        return Q(dropped_at__isnull=True) | Q(dropped_at__date__gt=self.coverage.last_day)

    @cached_property
    def replications(self) -> list[Replication]:
        """What the office had taken over by the last day."""
        rows = (
            Replication.objects.filter(self._still_kept, office=self.office)
            .filter(self.coverage.by_the_end("taken_at"))
            .select_related("office", "idea__office", "idea__initiative")
            .prefetch_related("measures")
        )
        return list(rows.order_by("taken_at", "pk"))

    @cached_property
    def replications_taken(self) -> list[Replication]:
        return [one for one in self.replications if self.happened(one.taken_at)]

    @cached_property
    def replications_adopted(self) -> list[Replication]:
        """Those that came into use in the period."""
        return [one for one in self.replications if self.happened(one.adopted_at)]

    @cached_property
    def replications_in_use(self) -> list[Replication]:
        """Those in use on the last day, since whenever."""
        last = self.coverage.last_day
        return [
            one for one in self.replications if one.adopted_at and day_of(one.adopted_at) <= last
        ]

    @cached_property
    def replications_elsewhere(self) -> list[Replication]:
        """What other offices took over from this one in the period."""
        rows = (
            Replication.objects.filter(self._still_kept, idea__office=self.office)
            .filter(self.coverage.happened("taken_at"))
            .select_related("office", "idea__office", "idea__initiative")
        )
        return list(rows.order_by("taken_at", "pk"))

    # --- Plans ------------------------------------------------------------------------------
    @cached_property
    def plan(self) -> WorkPlan | None:
        """The newest revision of the plan that covers the period."""
        period = self.coverage.period
        return plan_of(self.office, period.starts_on, period.ends_on)

    @cached_property
    def plan_table(self) -> PlanTable | None:
        """The plan with the progress that was reported for a day up to the last one."""
        if self.plan is None:
            return None
        coverage = self.coverage
        return plan_table(self.plan, today=coverage.standing_on(), until=coverage.last_day)

    @cached_property
    def plan_rows(self) -> list[TaskRow]:
        """The tasks that fall into the period; of a plan just for it, all."""
        return list(touching(self.plan_table, self.coverage))

    @cached_property
    def next_plan(self) -> WorkPlan | None:
        return next_plan_of(self.coverage, self.report.kind)

    @cached_property
    def next_plan_table(self) -> PlanTable | None:
        if self.next_plan is None:
            return None
        coverage = self.coverage
        return plan_table(self.next_plan, today=coverage.standing_on(), until=coverage.last_day)

    @cached_property
    def next_plan_rows(self) -> list[TaskRow]:
        """Its tasks; where the present plan goes on, those of the rest of it."""
        table = self.next_plan_table
        if table and table.plan.starts_on > self.coverage.last_day:
            return table.rows
        return list(touching(table, self.coverage.following()))

    # --- The report's own -------------------------------------------------------------------
    @cached_property
    def score_lines(self) -> list[ScoreLine]:
        return list(self.report.score_lines.all())

    @cached_property
    def pictures(self) -> list[ReportPicture]:
        return list(self.report.pictures.select_related("document"))


def done_on_of(decision: Decision) -> date | None:
    """The day a decision of `Facts.decisions` was found carried out, if it was.

    A meeting says so on the day it is held, though its minutes are settled later. What it said is
    past if the decision was taken up again since.
    """
    if decision.status != DecisionStatus.DONE or decision.completed_at is None:
        return None
    found_at: datetime | None = decision.found_done_at  # type: ignore[attr-defined]
    if found_at and (decision.resumed_at is None or decision.resumed_at <= found_at):
        found_on: date = decision.found_done_on  # type: ignore[attr-defined]
        return found_on
    return day_of(decision.completed_at)


def ended_on(pilot: Pilot) -> date | None:
    """The day a pilot ended, well or not."""
    ended_at = pilot.finished_at or pilot.halted_at
    return day_of(ended_at) if ended_at else None


def touching(table: PlanTable | None, coverage: Coverage) -> Iterable[TaskRow]:
    """The rows of a plan that belong to a stretch of it.

    A plan for no longer than that belongs to it whole, whatever its cells say. A task without
    certain dates belongs to every part of its plan.
    """
    if table is None:
        return
    plan, period = table.plan, coverage.period
    is_whole = plan.starts_on >= period.starts_on and plan.ends_on <= period.ends_on
    for row in table.rows:
        if is_whole or coverage.touches(row.task.starts_on, row.task.ends_on):
            yield row
