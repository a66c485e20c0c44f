"""The data in a plan's PDF: what it takes to read the paper back without reading the paper.

The file embedded in the PDF (PDF/A-3a) is made of the frozen content alone, so the same content
still gives the same bytes:

    {"mark": PlanMark.as_json(), "lines": [["7.12", {"title": …, "indicator": …}]],
     "indicators": [["7.12", {"name": …}]], "entries": [["7.31", {"on": …}]]}

`lines` are those of the printed table with the keys of its columns; the other two have the keys of
INDICATOR_COLUMNS and ENTRY_COLUMNS and tell what the form has no column for.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from bangla.dates import format_date
from bangla.pdf import Archive, Attachment
from teams.papers import plain_json

from .enums import Unit
from .exchange import PDF_DATA, PlanMark, row_mark
from .models import GRADES, Indicator, ProgressEntry, WorkPlan
from .papers.shape import laid_out
from .scoring import plain_number

Content = Mapping[str, Any]
Line = tuple[str, dict[str, str]]


def exchange_content(plan: WorkPlan, form: str) -> dict[str, Any]:
    """What a plan's content says beside its table, for the file in the PDF (three queries)."""
    tasks = plan.tasks.kept().order_by("pk").values_list("pk", "version")
    mark = PlanMark(plan.pk, form, plan.revision, versions=tuple(tasks))
    return {
        "mark": mark.as_json(),
        "day": timezone.localdate().isoformat(),
        "indicators": [list(line) for line in indicator_lines(plan)],
        "entries": [list(line) for line in entry_lines(plan)],
    }


def plan_archive(content: Content) -> Archive | None:
    """The file to embed; None for a content frozen before there was one."""
    extra = content.get("exchange")
    if extra is None:
        return None
    data = {key: extra[key] for key in ("mark", "indicators", "entries")}
    made = datetime.combine(date.fromisoformat(extra["day"]), time())
    attachment = Attachment(
        name=PDF_DATA,
        content=plain_json({**data, "lines": _table_lines(content["table"])}),
        mime="application/json",
        description=f"{content['title']}, {content['office']}, {content['period']}",
        modified=timezone.make_aware(made),
    )
    return Archive(files=[attachment])


def _table_lines(table: Content) -> list[list[Any]]:
    """The lines as they are drawn; a cell that spans several is said in the first of them."""
    return [
        [line.mark, {cell.key: cell.text for cell in line.cells}]
        for body in laid_out(table).bodies
        for line in body
        if line.mark
    ]


def indicator_lines(plan: WorkPlan) -> list[Line]:
    """The indicators of a plan, as the sheet of indicators has them."""
    found = (
        Indicator.objects.kept()
        .filter(task__plan=plan, task__deleted_at__isnull=True)
        .select_related("task")
        .prefetch_related("quarter_targets")
        .order_by("task_id", "position", "pk")
    )
    return [(row_mark(one.task_id, one.pk), _indicator_cells(one)) for one in found]


def _indicator_cells(one: Indicator) -> dict[str, str]:
    quarters = {target.quarter: target.target for target in one.quarter_targets.all()}
    return {
        "task": one.task.title,
        "name": one.name,
        "unit": str(Unit(one.unit).label),
        "weight": plain_number(one.weight),
        "previous": one.previous,
        **{f"target_{grade}": getattr(one, f"target_{grade}") for grade in GRADES},
        "projection": one.projection,
        **{f"quarter_{number}": quarters.get(number, "") for number in range(1, 5)},
    }


def entry_lines(plan: WorkPlan) -> list[Line]:
    """The progress entries of a plan, as the sheet of progress has them."""
    found = (
        ProgressEntry.objects.filter(task__plan=plan, task__deleted_at__isnull=True)
        .select_related("task", "indicator")
        .order_by("task_id", "on", "pk")
    )
    return [(row_mark(one.task_id, one.pk), _entry_cells(one)) for one in found]


def _entry_cells(one: ProgressEntry) -> dict[str, str]:
    return {
        "task": one.task.title,
        "on": format_date(one.on),
        "text": one.text,
        "percent": "" if one.percent is None else str(one.percent),
        "part": one.part,
        "part_percent": "" if one.part_percent is None else str(one.part_percent),
        "indicator": one.indicator.name if one.indicator else "",
        "achieved_value": one.achieved_value,
    }
