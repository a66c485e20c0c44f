"""The register and the innovation database as an Excel file.

Dates and counts are dates and counts, so that the sheet can be sorted and summed; Excel shows
them in Bengali digits by their format. Everything else is words, and stays words.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from teams.sheets import BENGALI_DATE, BENGALI_NUMBER, HEAD_FILL, finished, write_cell

HEAD_ROW = 5
MILLIMETRES_TO_WIDTH = 0.62  # of Excel's widths, which count digits of the body font
SHEET_NAMES = {"register": "নিবন্ধন", "database": "ডাটাবেজ"}


def register_workbook(content: Mapping[str, Any]) -> BytesIO:
    """The table of ideas.registers.register_content as an .xlsx, ready to be read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet(SHEET_NAMES[content["kind"]])
    columns = content["columns"]
    for number, title in enumerate((content["title"], content["office"], content["period"]), 1):
        _text(sheet, number, 1, title, bold=True, size=14 if number == 1 else 12)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(columns))
        sheet.cell(number, 1).alignment = Alignment(horizontal="center")
    for number, column in enumerate(columns, start=1):
        _text(sheet, HEAD_ROW, number, column["heading"], bold=True).fill = HEAD_FILL
        width = column["width"] * MILLIMETRES_TO_WIDTH
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate(content["rows"], start=HEAD_ROW + 1):
        for number, column in enumerate(columns, start=1):
            _cell(sheet, line, number, column, row)
    return finished(book, sheet, HEAD_ROW)


def _cell(
    sheet: Worksheet, line: int, number: int, column: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    cell = _text(sheet, line, number, row["words"][column["key"]])
    value = row["values"].get(column["key"])
    if value is None:
        return
    if column["kind"] == "date":
        cell.value, cell.number_format = date.fromisoformat(value), BENGALI_DATE
    else:
        cell.value, cell.number_format = value, BENGALI_NUMBER


def _text(
    sheet: Worksheet, line: int, column: int, text: str, *, bold: bool = False, size: int = 11
) -> Cell:
    framed = line >= HEAD_ROW
    return write_cell(sheet, line, column, text or None, bold=bold, size=size, framed=framed)
