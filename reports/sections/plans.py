"""The plan with its progress, the plan that follows, and what belongs to the report alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from bangla.digits import to_bangla
from teams.enums import Tier
from workplans.documents import COLUMNS, REPORT_COLUMNS, SUBJECT, Columns, row_content
from workplans.enums import PlanForm, TaskState
from workplans.table import TaskRow

from ..enums import SectionKey
from .facts import Facts
from .figures import FigureKind, Record, Unit, key_of, plain
from .meetings import decision_table
from .parts import NUMBER, Part, numbered
from .tables import PLAN, Column, TableKind, listed

Finder = Callable[[Facts], Iterable[Record]]
# What gets a running number on paper: with ministries the subject, which spans its tasks.
SERIAL_BY = {Tier.MINISTRY: "subject"}


# --- Plans --------------------------------------------------------------------------------------
def tasks(wanted: Callable[[TaskRow], bool] = lambda row: True) -> Finder:
    def find(facts: Facts) -> Iterator[Record]:
        return (_task(row) for row in facts.plan_rows if wanted(row))

    return find


def percents(facts: Facts) -> Iterator[Record]:
    """How far each task had come; one without progress counts with 0."""
    return (_task(row, Decimal(row.task.percent or 0)) for row in facts.plan_rows)


def next_tasks(facts: Facts) -> Iterator[Record]:
    return map(_task, facts.next_plan_rows)


def _task(row: TaskRow, amount: Decimal = Decimal(1)) -> Record:
    return Record(row.task, row.task.title, row.task.ends_on, str(row.state.label), amount)


def plan_table(facts: Facts) -> dict[str, Any] | None:
    title = "কর্মপরিকল্পনার বাস্তবায়ন অগ্রগতি"
    return _table("plan", title, facts, facts.plan_rows, REPORT_COLUMNS)


def next_plan_table(facts: Facts) -> dict[str, Any] | None:
    columns = COLUMNS[PlanForm.COMBINED]
    return _table("next_plan", "পরবর্তী কর্মপরিকল্পনা", facts, facts.next_plan_rows, columns)


def _table(
    key: str, title: str, facts: Facts, rows: list[TaskRow], columns: Columns
) -> dict[str, Any] | None:
    """A plan's table; one without subjects has no column for them."""
    if not rows:
        return None
    groups = [
        {"subject": subject.name, "rows": [_row(row) for row in members]}
        for subject, members in groupby(rows, key=lambda row: row.task.subject)
    ]
    has_subjects = any(group["subject"] for group in groups)
    shown = [column for column in columns if has_subjects or column != SUBJECT]
    return {
        "key": key,
        "kind": PLAN,
        "title": title,
        "columns": [
            {"key": name, "heading": heading, "class": css} for name, heading, css in shown
        ],
        "serial_by": SERIAL_BY.get(Tier(facts.office.tier), "task") if SUBJECT in shown else "task",
        "groups": groups,
    }


def _row(row: TaskRow) -> dict[str, str]:
    return {"key": key_of(row.task), **row_content(row)}


# --- Scores -------------------------------------------------------------------------------------
def scores(facts: Facts) -> Iterator[Record]:
    return (Record(one, one.indicator, None, one.objective, one.score) for one in facts.score_lines)


def weights(facts: Facts) -> Iterator[Record]:
    return (
        Record(one, one.indicator, None, one.objective, one.weight) for one in facts.score_lines
    )


def score_table(facts: Facts) -> dict[str, Any] | None:
    return listed(
        "scores",
        "মূল্যায়নে প্রাপ্ত নম্বর",
        (
            NUMBER,
            Column("objective", "উদ্দেশ্য", "c-name"),
            Column("indicator", "কর্মসম্পাদন সূচক", "c-words"),
            Column("unit", "একক"),
            Column("weight", "মান", "c-number"),
            Column("target", "লক্ষ্যমাত্রা"),
            Column("achieved", "অর্জন"),
            Column("score", "প্রাপ্ত নম্বর", "c-number"),
        ),
        (
            (
                key_of(one),
                (
                    number,
                    one.objective,
                    one.indicator,
                    one.unit,
                    _marks(one.weight),
                    one.target,
                    one.achieved,
                    _marks(one.score),
                ),
            )
            for number, one in numbered(facts.score_lines)
        ),
    )


def _marks(marks: Decimal) -> str:
    return to_bangla(plain(marks))


# --- Annexes ------------------------------------------------------------------------------------
def pictures(facts: Facts) -> Iterator[Record]:
    return (Record(one, one.caption, None, one.document.filename) for one in facts.pictures)


PARTS: Iterable[Part] = (
    Part(
        SectionKey.PLAN,
        figures=(
            FigureKind("tasks", _("পরিকল্পিত কাজ"), Unit.PIECES, tasks()),
            FigureKind(
                "done",
                _("সম্পন্ন কাজ"),
                Unit.PIECES,
                tasks(lambda row: row.state == TaskState.DONE),
            ),
            FigureKind("percent", _("গড় অগ্রগতি"), Unit.PERCENT, percents, is_mean=True),
            FigureKind(
                "late",
                _("সময় পেরোনো কাজ"),
                Unit.PIECES,
                tasks(lambda row: row.state == TaskState.LATE),
            ),
        ),
        tables=(TableKind("plan", plan_table),),
    ),
    Part(
        SectionKey.SCORES,
        figures=(
            FigureKind("total", _("প্রাপ্ত নম্বর"), Unit.MARKS, scores),
            FigureKind("weight", _("পূর্ণমান"), Unit.MARKS, weights),
        ),
        tables=(TableKind("scores", score_table),),
    ),
    Part(
        SectionKey.NEXT_PLAN,
        figures=(FigureKind("tasks", _("পরবর্তী পরিকল্পনার কাজ"), Unit.PIECES, next_tasks),),
        tables=(TableKind("next_plan", next_plan_table),),
    ),
    Part(
        SectionKey.ANNEXES,
        figures=(FigureKind("pictures", _("ছবি"), Unit.PIECES, pictures),),
        tables=(TableKind("decisions", decision_table),),
    ),
)
