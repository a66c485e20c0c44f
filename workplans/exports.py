"""The plan as an Excel file in any of its printed forms: what is merged there is merged here.

With the table goes everything else that the plan has, and hidden marks by which the file is known
again when it comes back (`exchange`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils import timezone, translation
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bangla.digits import to_bangla
from teams.sheets import HEAD_FILL, Value, finished, write_cell

from .enums import Unit
from .exchange import (
    ENTRY_COLUMNS,
    ENTRY_SHEET,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    PLAN_SHEET,
    TABLE_SHEET,
    TERMS_HEAD,
    PlanMark,
    row_mark,
)
from .models import GRADES, ProgressEntry, Task, WorkPlan
from .papers.columns import Column
from .papers.content import TITLE, TITLES, table_of
from .papers.excel import HEAD_LINE, draw_marks, draw_table, draw_titles
from .papers.shape import laid_out
from .score_table import IndicatorRow, ScoreTable, score_table
from .table import TaskRow

TERMS = Column("terms", TERMS_HEAD, "c-terms", 20)
PROGRESS_SHEET = "অগ্রগতির ছক"
WIDE = frozenset({"task", "name", "text", "indicator"})

# A further sheet's line: its values by column key, and its mark.
Record = tuple[dict[str, Value], str]


def plan_workbook(plan: WorkPlan, form: str = "") -> BytesIO:
    """Write the plan as .xlsx; the result is at its start, ready to be read.

    `form` is a value of PlanForm, "" for the plan's own.
    """
    with translation.override("bn"):
        return _workbook(plan, form or plan.form)


def progress_workbook(content: Mapping[str, Any]) -> BytesIO:
    """The progress table of `papers.progress.progress_content` as .xlsx."""
    book = Workbook()
    sheet = _first_sheet(book, PROGRESS_SHEET)
    layout = laid_out(content["table"])
    titles = (content["title"], content["office"], content["span_label"])
    draw_titles(sheet, titles, len(layout.widths))
    return finished(book, sheet, HEAD_LINE, draw_table(sheet, layout, marked=False))


def _workbook(plan: WorkPlan, form: str) -> BytesIO:
    scores = score_table(plan, today=timezone.localdate())
    book = Workbook()
    sheet = _first_sheet(book, TABLE_SHEET)
    layout = laid_out(_with_terms(table_of(scores, form), _terms_by_mark(plan)))
    titles = (TITLES.get(form, TITLE), plan.office.name_bn, plan.period.label)
    draw_titles(sheet, titles, len(layout.widths))
    head_ends = draw_table(sheet, layout, marked=True)
    _further(book, INDICATOR_SHEET, INDICATOR_COLUMNS, _indicators(scores))
    _further(book, ENTRY_SHEET, ENTRY_COLUMNS, _entries(plan, scores))
    _plan_sheet(book, plan, form, scores)
    return finished(book, sheet, HEAD_LINE, head_ends)


def _first_sheet(book: Workbook, name: str) -> Worksheet:
    book.remove(book.worksheets[0])
    return book.create_sheet(name)


# --- Terms of reference, a column where there are any -------------------------------------------
def _terms_by_mark(plan: WorkPlan) -> dict[str, list[int]]:
    """The numbers of the terms each task serves, by the task's mark."""
    links = Task.terms.through.objects.filter(task__plan=plan).values_list(
        "task_id", "termofreference__number"
    )
    by_mark: dict[str, list[int]] = defaultdict(list)
    for task, number in links:
        by_mark[row_mark(task)].append(number)
    return by_mark


def _with_terms(table: dict[str, Any], terms: Mapping[str, list[int]]) -> dict[str, Any]:
    rows = [row for group in table["groups"] for row in group["rows"]]
    if not any(row["mark"] in terms for row in rows):
        return table
    for row in rows:
        row["terms"] = to_bangla(", ".join(map(str, sorted(set(terms.get(row["mark"], ()))))))
    return {**table, "columns": [*table["columns"], TERMS.content]}


# --- Further sheets -----------------------------------------------------------------------------
def _indicators(scores: ScoreTable) -> Iterator[Record]:
    for task in scores.tasks:
        for row in task.indicators:
            yield (
                _named(task.row) | _indicator(row),
                row_mark(task.row.task.pk, row.indicator.pk),
            )


def _indicator(row: IndicatorRow) -> dict[str, Value]:
    one = row.indicator
    return {
        "name": one.name,
        "unit": str(Unit(one.unit).label),
        "weight": one.weight,
        "previous": one.previous,
        **{f"target_{grade}": target for grade, target in zip(GRADES, row.targets, strict=True)},
        "projection": one.projection,
        **{f"quarter_{each.quarter.number}": each.target for each in row.quarters},
    }


def _entries(plan: WorkPlan, scores: ScoreTable) -> Iterator[Record]:
    """All that was reported, task by task in the order of the plan, oldest first."""
    reported = ProgressEntry.objects.filter(task__plan=plan).select_related("indicator")
    by_task: dict[int, list[ProgressEntry]] = defaultdict(list)
    for entry in reported.order_by("on", "pk"):
        by_task[entry.task_id].append(entry)
    for task in scores.tasks:
        for entry in by_task[task.row.task.pk]:
            yield _named(task.row) | _entry(entry), row_mark(entry.task_id, entry.pk)


def _entry(entry: ProgressEntry) -> dict[str, Value]:
    return {
        "on": entry.on,
        "text": entry.text,
        "percent": entry.percent,
        "part": entry.part,
        "part_percent": entry.part_percent,
        "indicator": entry.indicator.name if entry.indicator else "",
        "achieved_value": entry.achieved_value,
        "evidence_name": entry.evidence_name,
    }


def _named(row: TaskRow) -> dict[str, Value]:
    return {"serial": to_bangla(row.serial), "task": row.task.title}


def _further(
    book: Workbook, name: str, columns: Sequence[tuple[str, str]], records: Iterable[Record]
) -> None:
    """A sheet of plain lines; none when there is nothing to write."""
    lines = list(records)
    if not lines:
        return
    sheet = book.create_sheet(name)
    for number, (key, heading) in enumerate(columns, start=1):
        write_cell(sheet, 1, number, heading, bold=True, framed=True).fill = HEAD_FILL
        sheet.column_dimensions[get_column_letter(number)].width = 40 if key in WIDE else 16
    for line, (values, _mark) in enumerate(lines, start=2):
        for number, (key, _heading) in enumerate(columns, start=1):
            write_cell(sheet, line, number, values.get(key), framed=True)
    marks = {line: mark for line, (_values, mark) in enumerate(lines, start=2)}
    draw_marks(sheet, 1, len(columns) + 1, marks)
    sheet.freeze_panes = "A2"


def _plan_sheet(book: Workbook, plan: WorkPlan, form: str, scores: ScoreTable) -> None:
    sheet = book.create_sheet(PLAN_SHEET)
    mark = PlanMark(
        plan.pk,
        form,
        plan.revision,
        timezone.now().isoformat(timespec="seconds"),
        tuple((task.row.task.pk, task.row.task.version) for task in scores.tasks),
    )
    for line, words in enumerate(mark.lines, start=1):
        for number, text in enumerate(words, start=1):
            write_cell(sheet, line, number, text)
    sheet.sheet_state = "hidden"
