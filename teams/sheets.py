"""A plain table as an Excel sheet: headings, words that stay words, dates that are dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import cast

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .formulas import as_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "Nikosh"
BENGALI_DATE = "[$-5000445]dd/mm/yyyy"
BENGALI_NUMBER = "[$-5000445]0"
BENGALI_FRACTION = "[$-5000445]0.##"
LONGEST_CELL = 32_767  # characters; Excel calls a file with more damaged
LONGEST_SHEET_NAME = 31
_LINE = Side(style="thin", color="FF9AA39C")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL = PatternFill("solid", fgColor="FFE4F1EC")

Value = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide the column is, in Excel's widths (digits of the body font)."""

    heading: str
    width: float = 18


def table_workbook(
    name: str, titles: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> BytesIO:
    """An .xlsx with one sheet: the titles, then the table under its headings.

    Numbers and days stay numbers and days, shown in Bengali digits by their format; words stay
    words, whatever sign they begin with.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet(name[:LONGEST_SHEET_NAME])
    for line, title in enumerate(titles, start=1):
        write_cell(sheet, line, 1, title, bold=True, size=14 if line == 1 else 12)
    head = len(titles) + 2
    for number, column in enumerate(columns, start=1):
        cell = write_cell(sheet, head, number, column.heading, bold=True, framed=True)
        cell.fill = HEAD_FILL
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(rows, start=head + 1):
        for number, value in enumerate(row, start=1):
            write_cell(sheet, line, number, value, framed=True)
    return finished(book, sheet, head)


def finished(book: Workbook, sheet: Worksheet, head: int, head_ends: int = 0) -> BytesIO:
    """The book as a file: its sheet is printed lying, the heading stays in sight.

    The heading is the line `head`, or the lines from there to `head_ends`.
    """
    last = head_ends or head
    sheet.freeze_panes = f"A{last + 1}"
    sheet.print_title_rows = f"{head}:{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    written = BytesIO()
    book.save(written)
    written.seek(0)
    return written


def write_cell(
    sheet: Worksheet,
    line: int,
    column: int,
    value: Value,
    *,
    bold: bool = False,
    size: int = 11,
    framed: bool = False,
) -> Cell:
    """Write one cell. A typed "=1+1" stays words: what somebody wrote never becomes a formula."""
    cell = cast(Cell, sheet.cell(line, column))
    if isinstance(value, str):
        as_words(cell, value[:LONGEST_CELL])
    elif value is not None:
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell.number_format = _format_of(value)
    cell.font = Font(name=FONT, bold=bold, size=size)
    if framed:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = BORDER
    return cell


def _format_of(value: int | Decimal | date | datetime) -> str:
    if isinstance(value, date):
        return BENGALI_DATE
    return BENGALI_NUMBER if value == int(value) else BENGALI_FRACTION


def sheet_response(written: BytesIO, filename: str) -> HttpResponse:
    """The workbook as a file to save."""
    response = HttpResponse(written.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response["Cache-Control"] = "private, no-store"
    return response
