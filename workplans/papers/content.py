"""A plan in each of its printed forms, as plain data in Bengali.

Every form is made of the same tasks. What a form has no column for is left out of the paper and
stays in the plan; what a task does not have is an empty cell. In the forms with indicators a
task without any shows its measure in their place.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla
from teams.papers import head_signature

from ..enums import PlanForm, Unit
from ..exchange import row_mark
from ..exchange_pdf import exchange_content
from ..models import GRADES, WorkPlan
from ..score_table import IndicatorRow, Objective, Score, ScoreTable, TaskScores, score_table
from ..scoring import plain_number
from ..table import SubjectGroup, TaskRow, plan_table, progress_words
from ..versions import status_words
from .columns import NUMBERED, TEXT_FORMS, Column, columns_of

TITLES: dict[str, str] = {
    PlanForm.SCORED: "উদ্ভাবন কর্মপরিকল্পনা",
    PlanForm.QUARTERLY: "ইনোভেশন কর্মপরিকল্পনার ত্রৈমাসিক লক্ষ্যমাত্রা ও অর্জন",
}
TITLE = "ইনোভেশন সংক্রান্ত বাৎসরিক কর্মপরিকল্পনা"
ORDINALS = ("১ম", "২য়", "৩য়", "৪র্থ")
TOTAL = "মোট"
NOTES: dict[str, str] = {
    PlanForm.QUARTERLY: "ত্রৈমাসিকের লক্ষ্যমাত্রা ও অর্জন সময়কালের শুরু থেকে ক্রমপুঞ্জিত।",
}


def plan_content(plan: WorkPlan, form: str = "") -> dict[str, Any]:
    """Everything the printed plan says in `form`, a value of PlanForm ("" for the plan's own)."""
    form = form or plan.form
    today = timezone.localdate()
    with translation.override("bn"):
        return {
            "title": TITLES.get(form, TITLE),
            **paper_content(plan, form),
            "table": form_table(plan, form),
            "note": NOTES.get(form, ""),
            "signature": head_signature(plan.office, on=today),
            "exchange": exchange_content(plan, form),
        }


def paper_content(plan: WorkPlan, form: str) -> dict[str, Any]:
    """What stands around the table; to be called with Bengali switched on."""
    today = timezone.localdate()
    return {
        "form": form,
        "office": plan.office.name_bn,
        "period": plan.period.label,
        "status": status_words(plan),
        "date": format_date(today),
        "bangla_date": format_bangla_date(today),
    }


def form_table(plan: WorkPlan, form: str) -> dict[str, Any]:
    """The plan's table in a form (the shape is in `shape`); indicators are loaded if it has any."""
    table = plan_table(plan, today=timezone.localdate())
    if form in TEXT_FORMS:
        return _text_table(table.groups, form)
    return table_of(score_table(plan, today=timezone.localdate(), table=table), form)


def table_of(scores: ScoreTable, form: str) -> dict[str, Any]:
    """The table in a form, of what has been loaded."""
    if form in TEXT_FORMS:
        return _text_table([objective.group for objective in scores.objectives], form)
    return _indicator_table(scores, form)


def _text_table(groups: Iterable[SubjectGroup], form: str) -> dict[str, Any]:
    """One line for each task: the forms without indicators."""
    return {
        **table_head(form, columns_of(form, ())),
        "groups": [
            {
                "subject": group.subject.name,
                "rows": [marked_row(row) for row in group.rows],
            }
            for group in groups
        ],
    }


def table_head(form: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "form": form,
        "numbered": form in NUMBERED,
        "columns": [column.content for column in columns],
    }


def row_content(row: TaskRow) -> dict[str, str]:
    """One row's cells as they stand on paper."""
    task = row.task
    return {
        "serial": str(row.serial),
        "title": task.title,
        "start": row.start,
        "end": row.end,
        "period": row.period,
        "responsible": task.responsible_text,
        "expected_result": task.expected_result,
        "measure": task.measure,
        "progress": progress_words(row),
        "state": row.state.value,
    }


def marked_row(row: TaskRow) -> dict[str, Any]:
    """A row with its mark and its days, for the files that are read back."""
    words = row_content(row)
    days = {"start": row.task.starts_on, "end": row.task.ends_on}
    return {
        **words,
        "mark": row_mark(row.task.pk),
        # Where the cell says that day and no more.
        "values": {
            key: day.isoformat()
            for key, day in days.items()
            if day and words[key] == format_date(day)
        },
    }


# --- The forms with indicators ----------------------------------------------------------------
def _indicator_table(scores: ScoreTable, form: str) -> dict[str, Any]:
    names = [
        f"{ORDINALS[quarter.number - 1]} ত্রৈমাসিক ({quarter.label})" for quarter in scores.quarters
    ]
    table = {
        **table_head(form, columns_of(form, names)),
        "groups": [_objective(objective) for objective in scores.objectives],
    }
    if form == PlanForm.SCORED and (scores.weight is not None or scores.indicators):
        table["total"] = _numbers(
            subject_weight=scores.weight, weighted=scores.own, review_weighted=scores.accepted
        ) | {"subject": TOTAL}
    return table


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "subject": objective.subject.name,
        **_numbers(subject_weight=objective.weight),
        "rows": [{**marked_row(task.row), "details": _details(task)} for task in objective.tasks],
    }


def _details(task: TaskScores) -> list[dict[str, Any]]:
    if not task.indicators:
        of_task = task.row.task
        return [{"mark": row_mark(of_task.pk), "indicator": of_task.measure}]
    return [_indicator(task, one) for one in task.indicators]


def _indicator(task: TaskScores, row: IndicatorRow) -> dict[str, Any]:
    """An indicator's line, with what any of the forms says of it."""
    one = row.indicator
    words = {
        "mark": row_mark(task.row.task.pk, one.pk),
        "indicator": one.name,
        "unit": str(Unit(one.unit).label),
        "previous": one.previous,
        **{f"target_{grade}": target for grade, target in zip(GRADES, row.targets, strict=True)},
        "projection": one.projection,
        "achieved": row.own.achieved,
        "review_achieved": row.accepted.achieved,
        "total": row.own.achieved,
    }
    for figures in row.quarters:
        words[f"target_q{figures.quarter.number}"] = figures.target
        words[f"achieved_q{figures.quarter.number}"] = figures.achieved
    numbers = _numbers(
        weight=one.weight,
        **_scores(row.own, ""),
        **_scores(row.accepted, "review_"),
    )
    return words | numbers


def _scores(score: Score, prefix: str) -> dict[str, Decimal | None]:
    return {f"{prefix}raw": score.raw, f"{prefix}weighted": score.weighted}


def _numbers(**numbers: Decimal | None) -> dict[str, Any]:
    """The words of some numbers by key, and their values; nothing for an unknown one."""
    plain = {key: plain_number(number) for key, number in numbers.items() if number is not None}
    return {**{key: to_bangla(text) for key, text in plain.items()}, "values": plain}
