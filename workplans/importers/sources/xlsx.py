"""Excel workbooks (.xlsx) → grids, one sheet at a time.

openpyxl reads the cells as a stream, so a sheet of a million formatted blank rows costs no
memory; the stream does not tell which cells are merged and which rows hidden, so that is read
from the sheet's own part.
"""

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from xml.etree.ElementTree import Element

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.cell import range_boundaries

from bangla.bijoy import is_bijoy_font
from bangla.dates import format_date
from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import (
    OfficeArchive,
    attribute,
    children,
    damaged,
    first_child,
)
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import MAX_COLUMNS, Grid, GridBuilder, Sheet
from workplans.importers.sources.bijoy import Typed

_LAST_ROW = 10_000
_WORKSHEETS = 50

_SheetRow = tuple[ReadOnlyCell | EmptyCell, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the stream leaves out; rows and columns count from 1.

    `merges` maps a merged cell's (row, column) to its (rows, columns).
    """

    hidden_rows: frozenset[int]
    merges: dict[tuple[int, int], tuple[int, int]]
    last_row: int


def read_xlsx(content: bytes, archive: OfficeArchive, *, exact: bool = False) -> list[Sheet]:
    """The sheets of a workbook, visible ones first; `exact` as in GridBuilder.

    Raises UnreadableDocument.
    """
    layouts = _layouts(archive)
    with warnings.catch_warnings():
        # openpyxl warns about drawings and validations it leaves out; a plan needs none.
        warnings.simplefilter("ignore")
        try:
            sheets = list(_sheets(content, layouts, exact=exact))
        except UnreadableDocument:
            raise
        except Exception as error:
            # A damaged workbook makes openpyxl raise whatever its own code stumbles over.
            raise damaged() from error
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def _sheets(content: bytes, layouts: dict[str, _Layout], *, exact: bool) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets[:_WORKSHEETS]:
        layout = layouts.get(sheet.title)
        if layout is None:
            continue
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        # Never 0, which openpyxl takes for "as many as the file claims".
        rows = sheet.iter_rows(max_row=max(1, layout.last_row), max_col=MAX_COLUMNS + 1)
        builder = GridBuilder(_locate_in_sheet(sheet.title), exact=exact)
        typed = Typed()
        grid = _grid(builder, cast("Iterator[_SheetRow]", rows), layout, typed)
        is_hidden = sheet.sheet_state != "visible"
        yield Sheet(sheet.title, (grid,), hidden=is_hidden, is_converted=typed.was_converted)


def _grid(builder: GridBuilder, rows: Iterator[_SheetRow], layout: _Layout, typed: Typed) -> Grid:
    locate = builder.locate
    merged_until = 0
    for number, cells in enumerate(rows, start=1):
        merges = {column: layout.merges.get((number, column)) for column in _columns(cells)}
        ends = (number + merge[0] - 1 for merge in merges.values() if merge)
        merged_until = max(merged_until, *ends, 0)
        if number > merged_until and all(cell.value is None for cell in cells):
            continue
        builder.start_row(location=locate(number), hidden=number in layout.hidden_rows)
        while (column := builder.next_column + 1) <= len(cells):
            high, wide = merges[column] or (1, 1)
            builder.put(_text(cells[column - 1], typed), columns=wide, rows=high)
    return builder.finish()


def _columns(cells: _SheetRow) -> range:
    return range(1, len(cells) + 1)


def _text(cell: ReadOnlyCell | EmptyCell, typed: Typed) -> str:
    """A cell's value in words: dates written out, numbers as the sheet shows them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_percentage = "%" in (cell.number_format or "")
        return f"{value * 100:.10g}%" if is_percentage else f"{value:.15g}"
    font = cell.font.name if isinstance(cell, ReadOnlyCell) and cell.has_style else None
    return typed.text([(str(value), is_bijoy_font(font or ""))])


def _layouts(archive: OfficeArchive) -> dict[str, _Layout]:
    """The layout of every sheet, by the sheet's name."""
    book = next(iter(archive.related("", "officeDocument").values()), "")
    parts = archive.related(book, "worksheet")
    listing = first_child(archive.xml(book), "sheets")
    if listing is None:
        raise damaged()
    layouts = {}
    for sheet in list(children(listing, "sheet"))[:_WORKSHEETS]:
        part = parts.get(attribute(sheet, "id") or "")
        if part:
            layouts[attribute(sheet, "name") or ""] = _layout(archive.xml(part))
    return layouts


def _layout(root: Element) -> _Layout:
    hidden: set[int] = set()
    last_row = number = 0
    for row in _items(root, "sheetData", "row"):
        number = _row_number(row, after=number)
        if attribute(row, "hidden") in {"1", "true"}:
            hidden.add(number)
        if any(len(cell) for cell in row):
            last_row = number
    if last_row > _LAST_ROW:
        raise UnreadableDocument(
            _("এক্সেল শিটের %(row)s নম্বর সারিতেও লেখা আছে। দরকারি অংশটুকু নতুন একটি ফাইলে কপি করে আবার দিন।")
            % {"row": digits(last_row)}
        )
    merges = dict(map(_merge, _items(root, "mergeCells", "mergeCell")))
    return _Layout(frozenset(hidden), merges, last_row)


def _items(root: Element, listing: str, name: str) -> Iterator[Element]:
    found = first_child(root, listing)
    return iter(()) if found is None else children(found, name)


def _merge(merged: Element) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a merged cell begins (row, column) and how far it goes (rows, columns)."""
    try:
        left, top, right, bottom = range_boundaries(attribute(merged, "ref") or "")
    except (ValueError, TypeError) as error:
        raise damaged() from error
    if left is None or top is None or right is None or bottom is None:
        raise damaged()
    return (top, left), (bottom - top + 1, right - left + 1)


def _row_number(row: Element, *, after: int) -> int:
    """The row's number, which a file may leave out for "the next one"."""
    written = attribute(row, "r") or ""
    return int(written) if written.isascii() and written.isdigit() else after + 1


def _locate_in_sheet(title: str) -> Callable[[int], str]:
    def locate(row: int) -> str:
        return _("শিট ‘%(sheet)s’, সারি %(row)s") % {"sheet": title, "row": digits(row)}

    return locate
