"""A plan's words as plain data, to be kept as they were and compared with later ones.

A row's `key` is the number of the plan's own task, also in a revision of it: so the rows of two
snapshots, or of a plan and its revision, find each other. Values stand as they were written and
numbers as strings: nothing here depends on the language or the day.
"""

from typing import Any

from django.db.models import Prefetch

from .models import INDICATOR_CELLS, TEXT_FIELDS, Indicator, Task, WorkPlan
from .scoring import plain_number

# One row of a snapshot; the shape is that of `row_of`.
Row = dict[str, Any]


def plan_rows(plan: WorkPlan) -> list[Row]:
    """The rows of a plan or of a revision in their order, with indicators (fixed four queries).

    `number` is the row's number as the grid shows it, in plain digits: "3.2", or "7" without a
    subject.
    """
    tasks = list(
        Task.everything.filter(plan=plan)
        .kept()
        .select_related("subject")
        .prefetch_related("terms", with_indicators())
        .in_order()
    )
    orders: dict[int, int] = {}
    places: dict[int, int] = {}
    rows = []
    for serial, task in enumerate(tasks, start=1):
        order = orders.setdefault(task.subject_id, len(orders) + 1)
        places[task.subject_id] = places.get(task.subject_id, 0) + 1
        number = f"{order}.{places[task.subject_id]}" if task.subject.name else str(serial)
        rows.append(row_of(task, number))
    return rows


def with_indicators() -> "Prefetch[Any]":
    kept = Indicator.objects.kept().prefetch_related("quarter_targets")
    return Prefetch("indicators", queryset=kept, to_attr="kept_indicators")


def key_of(task: Task) -> str:
    return str(task.revises_id or task.pk)


def row_of(task: Task, number: str) -> Row:
    """One row; needs `with_indicators`."""
    return {
        "key": key_of(task),
        "number": number,
        "subject": task.subject.name,
        "subject_weight": plain_number(task.subject.weight),
        **{name: getattr(task, name) for name in TEXT_FIELDS},
        "terms": sorted(term.number for term in task.terms.all()),
        "indicators": [_indicator(one) for one in task.kept_indicators],  # type: ignore[attr-defined]
    }


def _indicator(indicator: Indicator) -> Row:
    return {
        "key": str(indicator.revises_id or indicator.pk),
        **{name: getattr(indicator, name) for name in INDICATOR_CELLS},
        "weight": plain_number(indicator.weight),
        "quarters": {str(one.quarter): one.target for one in indicator.quarter_targets.all()},
    }
