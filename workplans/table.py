"""A plan as the table everyone knows: subjects, their rows, numbers and where each task stands.

The grid, the PDF, the Excel file and the annual report are all drawn from this one shape.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from bangla.dates import format_date, split_stages
from teams.models import in_bengali
from teams.templatetags.bangla_tags import digits

from .arrangement import subject_mark
from .enums import TaskState
from .models import ProgressEntry, Subject, Task, WorkPlan
from .parts import Reported, first_undone, parts_of, standing


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in its place. `serial` runs through the plan as on paper; `number` is "৩.২".

    `parts_done` counts the occurrences or sub-steps that are reported done.
    """

    task: Task
    number: str
    serial: int
    state: TaskState
    today: date
    parts_done: int = 0

    @property
    def late_days(self) -> int:
        return self.task.late_days

    @property
    def next_occurrence(self) -> date | None:
        return self.task.next_occurrence(self.today)

    @property
    def start(self) -> str:
        """The start cell: the date if it is certain, else the words.

        Words such as "ডিসেম্বর ২০২৬ এর মধ্যে" stand in the start cell and mean the end alone.
        """
        task = self.task
        is_deadline = task.ends_on and not task.starts_on and not task.end_text
        return "" if is_deadline else self._date_or_words(task.starts_on, task.start_text)

    @property
    def end(self) -> str:
        return self._date_or_words(self.task.ends_on, self.task.end_text)

    def _date_or_words(self, day: date | None, words: str) -> str:
        """The date if it is certain, else the words; work in parts is told as it was written."""
        if day is None or split_stages(words) or (self.task.recurrence and words):
            return words
        return format_date(day, lang="bn" if in_bengali() else "en")

    @property
    def period(self) -> str:
        """Both dates in one cell; words that told the period at once stay as written."""
        if self.task.start_text and self.task.end_text:
            return f"{self.start} – {self.end}"
        return digits(self.task.schedule_text)

    @property
    def doubts(self) -> dict[str, str]:
        return reasons_by_cell(self.task.doubts)


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    subject: Subject
    number: str
    rows: tuple[TaskRow, ...]

    @property
    def mark(self) -> str:
        """By which a page knows whether it shows the subject as it is (see arrangement.py)."""
        return subject_mark(self.subject)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by state and the mean progress in per cent (a task without an entry counts 0)."""

    tasks: int
    subjects: int
    by_state: dict[TaskState, int]
    percent: int

    @property
    def states(self) -> list[tuple[TaskState, int]]:
        """The states in a fixed order, those that occur."""
        return [(state, self.by_state[state]) for state in TaskState if self.by_state[state]]

    @property
    def late(self) -> int:
        return self.by_state[TaskState.LATE]

    @property
    def at_risk(self) -> int:
        return self.by_state[TaskState.AT_RISK]


@dataclass(frozen=True, slots=True)
class PlanTable:
    plan: WorkPlan
    groups: tuple[SubjectGroup, ...]
    summary: Summary

    @property
    def rows(self) -> list[TaskRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def has_subjects(self) -> bool:
        return any(group.subject.name for group in self.groups)


# The importer names model fields; the grid has cells.
CELL_OF_FIELD = {
    "starts_on": "start_text",
    "ends_on": "end_text",
    "schedule": "start_text",
    "schedule_text": "start_text",
    "responsible": "responsible_text",
}


def cell_of(doubt: Mapping[str, str]) -> str:
    """The cell of the grid that a doubt is about; "row" for the row as a whole."""
    return CELL_OF_FIELD.get(doubt["field"], doubt["field"])


def reasons_by_cell(doubts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Why each cell is marked; a doubt about the schedule belongs to the start cell."""
    reasons: dict[str, str] = {}
    for doubt in doubts:
        cell = cell_of(doubt)
        reasons[cell] = f"{reasons.get(cell, '')} {doubt['reason']}".strip()
    return reasons


def plan_table(plan: WorkPlan, *, today: date, until: date | None = None) -> PlanTable:
    """Load a plan's rows in order, with progress and responsible posts (a fixed six queries).

    With `until`, the progress is what was known of at the end of that day.
    """
    tasks = (
        Task.everything.filter(plan=plan)
        .kept()
        .with_progress(until)
        .with_posts(today)
        .prefetch_related("terms")
        .select_related("subject", "updated_by")
        .in_order()
    )
    reported = ProgressEntry.objects.of_plan(plan).latest_of_parts(until)
    return _arrange(plan, list(tasks), reported, today)


def _arrange(
    plan: WorkPlan, tasks: list[Task], reported: Mapping[int, Mapping[str, Reported]], today: date
) -> PlanTable:
    groups: list[SubjectGroup] = []
    serial = 0
    for order, (_subject_id, members) in enumerate(
        groupby(tasks, key=lambda task: task.subject_id), start=1
    ):
        rows = []
        for place, task in enumerate(members, start=1):
            serial += 1
            task.plan = plan
            number = f"{order}.{place}" if task.subject.name else str(serial)
            told = reported.get(task.reported_on_id, {})
            done = _take_parts(task, told) if task.part_count else 0
            rows.append(TaskRow(task, digits(number), serial, task.state(today), today, done))
        subject = rows[0].task.subject
        groups.append(SubjectGroup(subject, digits(order), tuple(rows)))
    return PlanTable(plan, tuple(groups), _summary(groups))


def _take_parts(task: Task, reported: Mapping[str, Reported]) -> int:
    """How many parts are done. What is due next is that of the table's day, not of today's."""
    lines = standing(parts_of(task), reported, task.whole_percent)
    undone = first_undone(lines)
    task.due_on = undone.part.due_on if undone else None
    return sum(line.is_done for line in lines)


def _summary(groups: list[SubjectGroup]) -> Summary:
    rows = [row for group in groups for row in group.rows]
    percents = [row.task.percent or 0 for row in rows]
    counts = Counter(row.state for row in rows)
    return Summary(
        tasks=len(rows),
        subjects=sum(1 for group in groups if group.subject.name),
        by_state={state: counts[state] for state in TaskState},
        percent=round(sum(percents) / len(percents)) if percents else 0,
    )


def progress_words(row: TaskRow) -> str:
    """The progress cell on paper: the last words with the percentage, or that nothing began."""
    words, percent = row.task.last_progress_text or "", row.task.percent
    if percent is None:
        return words or _("শুরু হয়নি")
    return f"{words} ({digits(percent)}%)".strip() if words else f"{digits(percent)}%"
