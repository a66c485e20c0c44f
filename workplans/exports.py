"""The plan as an Excel file in its printed shape: subjects span their rows, dates are dates."""

from io import BytesIO

from django.utils import translation
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bangla.digits import to_bangla
from teams.sheets import BENGALI_DATE, HEAD_FILL, finished, write_cell

from .documents import COLUMNS, row_content
from .table import PlanTable, TaskRow

HEAD_ROW = 5
WIDTHS = {
    "serial": 6,
    "subject": 24,
    "title": 48,
    "start": 16,
    "end": 16,
    "period": 28,
    "responsible": 28,
    "expected_result": 36,
    "measure": 32,
    "progress": 28,
}


def plan_workbook(table: PlanTable) -> BytesIO:
    """Write the plan as .xlsx; the result is at its start, ready to be read."""
    with translation.override("bn"):
        return _workbook(table)


def _workbook(table: PlanTable) -> BytesIO:
    plan = table.plan
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet("কর্মপরিকল্পনা")
    columns = [("serial", "ক্রঃ নং"), *((key, heading) for key, heading, _ in COLUMNS[plan.form])]
    titles = ("ইনোভেশন সংক্রান্ত বাৎসরিক কর্মপরিকল্পনা", plan.office.name_bn, plan.period.label)
    for number, title in enumerate(titles, start=1):
        _text(sheet, number, 1, title, bold=True, size=14 if number == 1 else 12)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(columns))
        sheet.cell(number, 1).alignment = Alignment(horizontal="center")
    for number, (key, heading) in enumerate(columns, start=1):
        cell = _text(sheet, HEAD_ROW, number, heading, bold=True)
        cell.fill = HEAD_FILL
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[key]
    line = HEAD_ROW + 1
    keys = [key for key, _heading in columns]
    for group in table.groups:
        first = line
        for row in group.rows:
            _row(sheet, line, keys, row, group.subject.name if line == first else "")
            line += 1
        if "subject" in keys and line - first > 1:
            column = keys.index("subject") + 1
            sheet.merge_cells(
                start_row=first, start_column=column, end_row=line - 1, end_column=column
            )
    return finished(book, sheet, HEAD_ROW)


def _row(sheet: Worksheet, line: int, keys: list[str], row: TaskRow, subject: str) -> None:
    words = {**row_content(row), "serial": to_bangla(row.serial), "subject": subject}
    dates = {"start": row.task.starts_on, "end": row.task.ends_on}
    for number, key in enumerate(keys, start=1):
        cell = _text(sheet, line, number, words[key])
        if dates.get(key):
            # A real date sorts and filters; Excel shows it in Bengali digits by this format.
            cell.value = dates[key]
            cell.number_format = BENGALI_DATE


def _text(
    sheet: Worksheet, line: int, column: int, text: str, *, bold: bool = False, size: int = 11
) -> Cell:
    return write_cell(sheet, line, column, text, bold=bold, size=size, framed=line >= HEAD_ROW)
