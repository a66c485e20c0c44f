"""The progress table of a month, a quarter, a half or the whole period, in the official columns.

It tells of every task of the plan: what was to be reached, what was reported in the span, and
where the task stood at its end.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_date
from bangla.digits import to_bangla
from teams.papers import head_signature

from ..exchange import row_mark
from ..models import ProgressEntry, WorkPlan
from ..parts import Part, parts_of
from ..score_table import IndicatorRow, TaskScores, score_table
from ..spans import Span, SpanKind
from ..table import TaskRow
from .columns import SUBJECT, Column, Level
from .content import paper_content, table_head

FORM = "progress-table"
TITLES = {
    SpanKind.MONTH: "কর্মপরিকল্পনার মাসিক অগ্রগতি প্রতিবেদন",
    SpanKind.QUARTER: "কর্মপরিকল্পনার ত্রৈমাসিক অগ্রগতি প্রতিবেদন",
    SpanKind.HALF: "কর্মপরিকল্পনার ষান্মাসিক অগ্রগতি প্রতিবেদন",
    SpanKind.WHOLE: "কর্মপরিকল্পনার সার্বিক অগ্রগতি প্রতিবেদন",
}
IN_SPAN = {
    SpanKind.MONTH: "প্রতিবেদনাধীন মাসের অগ্রগতি",
    SpanKind.QUARTER: "প্রতিবেদনাধীন ত্রৈমাসিকের অগ্রগতি",
    SpanKind.HALF: "প্রতিবেদনাধীন ষান্মাসিকের অগ্রগতি",
    SpanKind.WHOLE: "প্রতিবেদনাধীন সময়ের অগ্রগতি",
}
MOST_PARTS_NAMED = 3


def progress_content(plan: WorkPlan, span: Span) -> dict[str, Any]:
    """The whole paper as plain data, in Bengali."""
    with translation.override("bn"):
        return {
            "title": TITLES[span.kind],
            **paper_content(plan, FORM),
            "span": span.code,
            "span_label": span.label,
            "table": progress_table(plan, span),
            "signature": head_signature(plan.office),
        }


def progress_table(plan: WorkPlan, span: Span) -> dict[str, Any]:
    """The table alone (the shape is in `shape`): eight queries."""
    today = timezone.localdate()
    # What was late at the end of a span that is over is told as of that day.
    scores = score_table(plan, today=min(today, span.ends_on), until=span.ends_on)
    entries = _entries(plan, span)
    quarter = _last_quarter(scores.quarters, span)
    return {
        **table_head(FORM, _columns(span)),
        "groups": [
            {
                "subject": objective.subject.name,
                "rows": [
                    _row(task, entries.get(task.row.task.pk, []), span, quarter)
                    for task in objective.tasks
                ],
            }
            for objective in scores.objectives
        ],
    }


def _columns(span: Span) -> tuple[Column, ...]:
    return (
        SUBJECT,
        Column("title", "গৃহীতব্য কাজ", "c-title", 56),
        Column("indicator", "কর্মসম্পাদন সূচক/পরিমাপ", "c-indicator", 42, Level.DETAIL),
        Column("target", "লক্ষ্যমাত্রা", "c-target", 28, Level.DETAIL),
        Column("reported", IN_SPAN[span.kind], "c-reported", 72),
        Column("percent", "ক্রমপুঞ্জিত অগ্রগতি (%)", "c-percent", 19),
        Column("state", "মন্তব্য", "c-remark", 24),
    )


def _entries(plan: WorkPlan, span: Span) -> dict[int, list[ProgressEntry]]:
    entries = (
        ProgressEntry.objects.filter(task__plan=plan, on__gte=span.starts_on, on__lte=span.ends_on)
        .select_related("indicator")
        .order_by("on", "pk")
    )
    by_task: dict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in entries:
        by_task[entry.task_id].append(entry)
    return by_task


def _last_quarter(quarters: Iterable[Any], span: Span) -> int:
    """The number of the quarter in which the span ends."""
    return next(one.number for one in quarters if one.starts_on <= span.ends_on <= one.ends_on)


def _row(
    task: TaskScores, entries: list[ProgressEntry], span: Span, quarter: int
) -> dict[str, Any]:
    row = task.row
    parts = parts_of(row.task) if row.task.part_count else []
    percent = row.task.percent
    return {
        "serial": str(row.serial),
        "mark": row_mark(row.task.pk),
        "title": row.task.title,
        "reported": "\n".join(_told(entry, parts) for entry in entries),
        "percent": "" if percent is None else f"{to_bangla(percent)}%",
        "state": _remark(row),
        "details": [_detail(one, span, quarter) for one in task.indicators]
        or [{"indicator": row.task.measure, "target": _due(row, parts, span)}],
    }


def _detail(row: IndicatorRow, span: Span, quarter: int) -> dict[str, str]:
    """An indicator with its target: of the quarter if it has one, else of the year."""
    of_quarter = row.quarters[quarter - 1].target
    of_year = row.targets[0]
    target = of_year if span.kind == SpanKind.WHOLE else of_quarter or of_year
    return {"indicator": row.indicator.name, "target": target}


def _due(row: TaskRow, parts: list[Part], span: Span) -> str:
    """What a task without indicators aims at: what of it falls due in the span, else its end."""
    due = [part for part in parts if part.due_on and span.contains(part.due_on)]
    if not due:
        return row.end or row.period
    if len(due) > MOST_PARTS_NAMED:
        return f"{to_bangla(len(due))}টি ({row.period})"
    return "\n".join(part.name for part in due)


def _told(entry: ProgressEntry, parts: list[Part]) -> str:
    """ "১২ অক্টোবর ২০২৬: …; সময়মতো নিষ্পত্তির হার: ৮৫% (৪০%)"."""
    part = next((part.label for part in parts if part.key == entry.part), entry.part)
    achieved = entry.achieved_value
    if achieved and entry.indicator:
        achieved = f"{entry.indicator.name}: {achieved}"
    words = "; ".join(filter(None, (part, entry.text, achieved)))
    percent = entry.percent if entry.percent is not None else entry.part_percent
    if percent is not None:
        words = f"{words} ({to_bangla(percent)}%)" if words else f"{to_bangla(percent)}%"
    return f"{format_date(entry.on)}: {words}"


def _remark(row: TaskRow) -> str:
    """The state as it is computed, and how many of a task's parts are done."""
    words = str(row.state.label)
    if row.task.part_count:
        count, done = to_bangla(row.task.part_count), to_bangla(row.parts_done)
        words += f"\n{count}টির মধ্যে {done}টি"
    return words
