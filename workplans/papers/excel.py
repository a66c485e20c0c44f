"""A laid-out table drawn into an Excel sheet: merged as on paper, days and numbers as such."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from teams.sheets import HEAD_FILL, Value, write_cell

from ..exchange import ROW_HEAD
from .shape import Cell, Head, Layout, Line

HEAD_LINE = 5
MILLIMETRES_TO_WIDTH = 0.72  # of Excel's widths, which count digits of the body font
POINTS_OF_LINE = 17
WIDTH_OF_LETTER = 0.95  # signs above and below letters take no width, conjuncts more than one
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def draw_titles(sheet: Worksheet, titles: Sequence[str], columns: int) -> None:
    """The lines above the table, each across all of its columns."""
    for number, title in enumerate(titles, start=1):
        cell = write_cell(sheet, number, 1, title, bold=True, size=14 if number == 1 else 12)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=columns)
        cell.alignment = Alignment(horizontal="center")


def draw_table(sheet: Worksheet, layout: Layout, *, marked: bool) -> int:
    """Draw from HEAD_LINE on; `marked` adds the hidden column. Returns the heading's last line."""
    for offset, heads in enumerate(layout.heads):
        for head in heads:
            _head(sheet, HEAD_LINE + offset, head)
    for place, width in enumerate(layout.widths, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = round(width * MILLIMETRES_TO_WIDTH, 1)
    head_ends = HEAD_LINE + len(layout.heads) - 1
    lines = [line for body in layout.bodies for line in body]
    for number, line in enumerate(lines, start=head_ends + 1):
        _line(sheet, number, line)
    if layout.total is not None:
        _line(sheet, head_ends + len(lines) + 1, layout.total, bold=True)
    _leave_room(sheet, layout.heads, HEAD_LINE, layout.widths, every=True)
    _leave_room(sheet, [line.cells for line in lines], head_ends + 1, layout.widths)
    if marked:
        marks = {head_ends + number: line.mark for number, line in enumerate(lines, start=1)}
        draw_marks(sheet, HEAD_LINE, len(layout.widths) + 1, marks)
    return head_ends


def draw_marks(sheet: Worksheet, head: int, column: int, marks: dict[int, str]) -> None:
    """The hidden column; `marks` are by line."""
    write_cell(sheet, head, column, ROW_HEAD)
    for line, mark in marks.items():
        write_cell(sheet, line, column, mark)
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _head(sheet: Worksheet, line: int, head: Head) -> None:
    text = f"{head.text}\n({head.note})" if head.note else head.text
    first = write_cell(sheet, line, head.column + 1, text, bold=True, framed=True)
    _fill_span(sheet, line, head.column + 1, head.lines, head.columns)
    for down in range(head.lines):
        for across in range(head.columns):
            sheet.cell(line + down, head.column + 1 + across).fill = HEAD_FILL
    first.alignment = CENTRED
    _merge(sheet, line, head.column + 1, head.lines, head.columns)


def _line(sheet: Worksheet, number: int, line: Line, *, bold: bool = False) -> None:
    for cell in line.cells:
        column = cell.column + 1
        write_cell(sheet, number, column, _value(cell), bold=bold, framed=True)
        _fill_span(sheet, number, column, cell.lines, 1)
        _merge(sheet, number, column, cell.lines, 1)


def _value(cell: Cell) -> Value:
    """A real day or number sorts and sums; Excel shows it in Bengali digits by its format."""
    if not cell.value:
        return cell.text
    return date.fromisoformat(cell.value) if _DAY.fullmatch(cell.value) else Decimal(cell.value)


def _leave_room(
    sheet: Worksheet,
    lines: Sequence[Sequence[Head | Cell]],
    first: int,
    widths: Sequence[float],
    *,
    every: bool = False,
) -> None:
    """Make lines as high as the merged cells in them need: Excel looks at unmerged ones alone.

    `lines` are what stands in the line `first` of the sheet and in those below it. Lines without
    such a cell are left to Excel, unless `every` one is to be set.
    """
    own = [
        max((_high(cell, widths) for cell in line if cell.lines == 1), default=1) for line in lines
    ]
    tight = set(range(len(lines))) if every else set()
    for number, line in enumerate(lines):
        for cell in line:
            if cell.lines == 1:
                continue
            last = number + cell.lines
            missing = _high(cell, widths) - sum(own[number:last])
            if missing > 0:
                own[last - 1] += missing
                tight.add(last - 1)
    for number in tight:
        sheet.row_dimensions[first + number].height = own[number] * POINTS_OF_LINE


def _high(cell: Head | Cell, widths: Sequence[float]) -> int:
    """How many lines the words of a cell take, on the generous side."""
    across = cell.columns if isinstance(cell, Head) else 1
    width = sum(widths[cell.column : cell.column + across]) * MILLIMETRES_TO_WIDTH
    words = f"{cell.text}\n{cell.note}" if isinstance(cell, Head) else cell.text
    return sum(1 + int(len(text) * WIDTH_OF_LETTER / width) for text in words.split("\n"))


def _fill_span(sheet: Worksheet, line: int, column: int, lines: int, columns: int) -> None:
    """Frames round the cells that a merged one covers."""
    for down in range(lines):
        for across in range(columns):
            if down or across:
                write_cell(sheet, line + down, column + across, None, framed=True)


def _merge(sheet: Worksheet, line: int, column: int, lines: int, columns: int) -> None:
    if lines > 1 or columns > 1:
        sheet.merge_cells(
            start_row=line,
            start_column=column,
            end_row=line + lines - 1,
            end_column=column + columns - 1,
        )
