"""What is marked in the grid beside doubts: open remarks, and what has changed."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Count

from teams.models import User

from .comparing import Comparison, RowChange, compare
from .models import PlanComment, Task, WorkPlan
from .snapshots import key_of, plan_rows
from .table import PlanTable
from .versions import basis_of


@dataclass(frozen=True)
class TaskMarks:
    """Of one row: how many open remarks by cell ("row" for the row itself), what has changed."""

    remarks: dict[str, int] = field(default_factory=dict)
    change: RowChange | None = None

    @property
    def changed(self) -> dict[str, bool]:
        """The changed cells; of a new row every one."""
        if self.change is None or self.change.is_same:
            return {}
        return dict.fromkeys(self.change.changed_cells, True)

    @property
    def is_new(self) -> bool:
        return self.change is not None and self.change.kind == "added"

    @property
    def is_moved(self) -> bool:
        return self.change is not None and self.change.is_moved

    @property
    def is_changed(self) -> bool:
        return self.change is not None and not self.change.is_same

    @property
    def has_other_changes(self) -> bool:
        """Something changed that is in none of the grid's cells: terms, weights, indicators."""
        if self.change is None or self.is_new:
            return False
        return bool({"terms", "subject_weight"} & set(self.change.changed_cells)) or bool(
            self.change.indicators
        )


@dataclass(frozen=True)
class PlanMarks:
    """All marks of a grid. `basis` says in words against what changes are marked; "" without."""

    remarks: list[PlanComment]
    basis: str = ""
    comparison: Comparison | None = None

    @property
    def changed_count(self) -> int:
        return len(self.comparison.changed) if self.comparison else 0


def mark_table(user: User, plan: WorkPlan, table: PlanTable) -> PlanMarks:
    """Put its marks on every task of the table (`task.marks`) and return all of them."""
    remarks = open_remarks(user, plan)
    counts: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for remark in remarks:
        counts[remark.task_id][remark.cell or "row"] += 1
    basis = basis_of(user, plan)
    comparison = compare(basis[1], plan_rows(plan)) if basis else None
    rows = comparison.by_key if comparison else {}
    numbers: dict[int, str] = {}
    for row in table.rows:
        task: Task = row.task
        numbers[task.pk] = row.number
        change = rows.get(key_of(task))
        if task.pk in counts or change:
            task.marks = TaskMarks(dict(counts[task.pk]), change)  # type: ignore[attr-defined]
    for remark in remarks:
        remark.number = numbers.get(remark.task_id or 0, "")  # type: ignore[attr-defined]
    return PlanMarks(remarks, basis[0] if basis else "", comparison)


def open_remarks(user: User, plan: WorkPlan) -> list[PlanComment]:
    """What is still to be settled, in the order it was said (one query)."""
    return list(
        PlanComment.objects.visible_to(user)
        .filter(plan=plan)
        .open()
        .select_related("task__subject", "created_by", "by_post__office")
        .annotate(reply_count=Count("replies"))
        .order_by("task__subject__position", "task__position", "created_at", "pk")
    )


def only_changed(table: PlanTable) -> PlanTable:
    """The table without the rows that have not changed."""
    groups = (
        replace(group, rows=tuple(row for row in group.rows if _is_changed(row.task)))
        for group in table.groups
    )
    return replace(table, groups=tuple(group for group in groups if group.rows))


def _is_changed(task: Task) -> bool:
    marks: TaskMarks | None = getattr(task, "marks", None)
    return marks is not None and marks.is_changed
