"""The plan as it stands, as a table is compared with it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ..models import Indicator, ProgressEntry, Task, WorkPlan
from ..score_table import Quarter, quarters_of
from ..table import TaskRow, plan_table, progress_words


@dataclass(frozen=True)
class Current:
    """A plan's rows in order, with all that a file may say of them.

    `tasks`, `indicators`: by their numbers, and in a revision also by those of the plan's own.
    `deleted` are the numbers of rows that were taken out, `printed` the cells of each row as they
    stand on paper. Load with Bengali switched on.
    """

    plan: WorkPlan
    rows: tuple[TaskRow, ...]
    tasks: Mapping[int, TaskRow]
    deleted: frozenset[int]
    terms: Mapping[int, frozenset[int]]
    indicators: Mapping[int, Mapping[int, Indicator]]
    entries: Mapping[int, tuple[ProgressEntry, ...]]
    original_versions: Mapping[int, int]
    printed: Mapping[int, Mapping[str, str]]

    @classmethod
    def of(cls, plan: WorkPlan) -> "Current":
        """A fixed number of queries."""
        rows = tuple(plan_table(plan, today=timezone.localdate()).rows)
        deleted = plan.tasks.filter(deleted_at__isnull=False)
        return cls(
            plan=plan,
            rows=rows,
            tasks={number: row for row in rows for number in _numbers(row.task)},
            deleted=frozenset(n for task in deleted for n in _numbers(task)),
            terms=_terms(plan),
            indicators=_indicators(plan),
            entries={} if plan.is_revision else _entries(plan),
            original_versions=_original_versions(plan),
            printed={row.task.pk: _printed(row) for row in rows},
        )

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        return quarters_of(self.plan)

    def has_moved_on(self, task: Task, number: int, source: Mapping[str, Any]) -> bool:
        """Whether somebody has changed the row in the plan since the file was made."""
        exported = source.get("versions", {}).get(str(number))
        if exported is None:
            made = moment(source.get("exported_at"))
            return made is not None and task.updated_at > made
        if number == task.pk:
            return bool(task.version != exported)
        # A file of the plan itself, brought to its revision, whose copies begin as version 1.
        return task.version > 1 or self.original_versions.get(number, exported) != exported


def moment(text: str | None) -> datetime | None:
    """A moment in ISO form with its zone; None for anything else."""
    try:
        found = parse_datetime(text or "")
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def _numbers(task: Task) -> list[int]:
    return [number for number in (task.pk, task.revises_id) if number is not None]


def _printed(row: TaskRow) -> dict[str, str]:
    task = row.task
    return {
        "subject": task.subject.name,
        "title": task.title,
        "start": row.start,
        "end": row.end,
        "period": row.period,
        "responsible": task.responsible_text,
        "expected_result": task.expected_result,
        "measure": task.measure,
        "progress": progress_words(row),
    }


def _terms(plan: WorkPlan) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for task, number in plan.tasks.kept().values_list("pk", "terms__number"):
        if number is not None:
            found[task].add(number)
    return {task: frozenset(numbers) for task, numbers in found.items()}


def _indicators(plan: WorkPlan) -> dict[int, dict[int, Indicator]]:
    """By task, then by number."""
    kept = Indicator.objects.kept().filter(task__plan=plan, task__deleted_at__isnull=True)
    found: dict[int, dict[int, Indicator]] = defaultdict(dict)
    for one in kept.prefetch_related("quarter_targets").order_by("position", "pk"):
        for number in (one.pk, one.revises_id):
            if number is not None:
                found[one.task_id][number] = one
    return found


def _entries(plan: WorkPlan) -> dict[int, tuple[ProgressEntry, ...]]:
    """By task, oldest first."""
    found: dict[int, list[ProgressEntry]] = defaultdict(list)
    of_plan = ProgressEntry.objects.filter(task__plan=plan, task__deleted_at__isnull=True)
    for entry in of_plan.select_related("indicator").order_by("on", "pk"):
        found[entry.task_id].append(entry)
    return {task: tuple(entries) for task, entries in found.items()}


def _original_versions(plan: WorkPlan) -> dict[int, int]:
    if not plan.is_revision:
        return {}
    originals = Task.everything.filter(plan_id=plan.revises_id)
    return dict(originals.values_list("pk", "version"))
