"""What the computed items of an agenda are about: looked up, never stored.

While the minutes are a draft these lists are today's; once they are final, the frozen version
says what they were.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ideas.models import Idea, IdeaQuerySet
from ideas.pilots import PilotLine, lines_of
from workplans.enums import TaskState
from workplans.models import Task, TaskQuerySet, WorkPlan

from .enums import SENT, FollowUpOutcome
from .models import Assignment, Decision, DecisionQuerySet, FollowUp, Meeting
from .months import last_day_of


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """An open decision as it stands before the meeting, and what the meeting says about it.

    `assignments` are those that count here: all of an own decision; of one that came from
    above, the own office's. `note` is None until somebody has typed.
    """

    decision: Decision
    assignments: tuple[Assignment, ...]
    note: FollowUp | None
    is_received: bool

    @property
    def outcome(self) -> str:
        return self.note.outcome if self.note else FollowUpOutcome.CONTINUE

    @property
    def reports(self) -> list[Assignment]:
        """Those who have reported anything, the latest first."""
        told = [one for one in self.assignments if one.last_report_on]
        return sorted(told, key=lambda one: one.last_report_on or date.min, reverse=True)

    @property
    def reported_count(self) -> int:
        return sum(one.reported_at is not None for one in self.assignments)


def ideas_to_screen(meeting: Meeting) -> IdeaQuerySet:
    """The office's ideas that wait for the team's word."""
    ideas = Idea.objects.filter(office=meeting.office_id, received_on__lte=meeting.held_on)
    return ideas.waiting_for_screening().order_by("received_on", "pk")


def pilots_to_review(meeting: Meeting) -> IdeaQuerySet:
    """The office's ideas that are being tried out."""
    return Idea.objects.filter(office=meeting.office_id).piloting().order_by("received_on", "pk")


def pilot_lines(meeting: Meeting) -> list[PilotLine]:
    """The same ideas with their pilots as they stand on the meeting's day (five queries).

    The pilot that is longest past its end comes first.
    """
    lines = lines_of(pilots_to_review(meeting), on=meeting.held_on)
    return sorted(lines, key=lambda line: -line.days_over)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it will stand on the meeting's day; `late_days` are counted to that day."""

    task: Task
    state: TaskState
    late_days: int


def followed_decisions(meeting: Meeting) -> DecisionQuerySet:
    """The decisions this meeting has to ask after.

    Those of the team's earlier meetings that are still followed, those that a superior office
    gave it, and those that this meeting itself has already moved on.
    """
    moved_here = FollowUp.objects.filter(meeting=meeting).exclude(before={})
    received = (
        Assignment.objects.owed()
        .filter(office=meeting.office_id, decision__meeting__status__in=SENT)
        .exclude(decision__meeting__office=meeting.office_id)
    )
    return (
        Decision.objects.in_force()
        .exclude(meeting=meeting)
        .filter(meeting__held_on__lte=meeting.held_on)
        .filter(
            Q(
                meeting__office=meeting.office_id,
                pk__in=Decision.objects.followed().values("pk"),
            )
            | Q(pk__in=received.values("decision_id"))
            | Q(pk__in=moved_here.values("decision_id"))
        )
        .select_related("meeting__office", "item", "task")
        .for_register()
    )


def follow_up_lines(meeting: Meeting) -> list[FollowUpLine]:
    """The lines of the follow-up item (a fixed number of queries)."""
    notes = {note.decision_id: note for note in meeting.follow_ups.all()}
    decisions = followed_decisions(meeting).with_assignments(meeting.held_on)
    return [_line(meeting, decision, notes.get(decision.pk)) for decision in decisions]


def task_lines(meeting: Meeting) -> list[TaskLine]:
    """The tasks of the plan that are late, or of which something is due or begins in the month."""
    tasks = tasks_to_discuss(meeting).with_progress().undone().select_related("plan", "subject")
    lines = [_task_line(task, meeting.held_on) for task in tasks]
    rank = {TaskState.LATE: 0, TaskState.AT_RISK: 1}
    return sorted(lines, key=lambda line: (rank.get(line.state, 2), line.task.next_due or date.max))


def tasks_to_discuss(meeting: Meeting) -> TaskQuerySet:
    """Tasks of the office's living plans whose dates touch the meeting's month, or are past."""
    month_end = last_day_of(meeting.month)
    plans = WorkPlan.objects.filter(office=meeting.office_id).alive(meeting.held_on)
    return (
        Task.objects.filter(plan__in=plans.filter(starts_on__lte=month_end))
        .kept()
        .filter(
            Q(ends_on__lte=month_end)
            | Q(due_on__lte=month_end)
            | Q(starts_on__range=(meeting.month, month_end))
        )
    )


def _task_line(task: Task, day: date) -> TaskLine:
    return TaskLine(task, task.state(day), task.late_days_on(day))


def _line(meeting: Meeting, decision: Decision, note: FollowUp | None) -> FollowUpLine:
    is_received = decision.meeting.office_id != meeting.office_id
    own = tuple(
        one
        for one in decision.kept_assignments
        if not is_received or one.office_id == meeting.office_id
    )
    return FollowUpLine(decision, own, note, is_received)
