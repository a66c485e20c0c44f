"""The datasets as files: CSV, JSON and Excel, written as they are read."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from teams.formulas import as_words, guarded

from .datasets import Dataset, Row

LICENCE = "CC BY 4.0"
# Excel reads Bengali in a CSV only with this sign before it.
BYTE_ORDER_MARK = "\ufeff"
LONGEST_CELL = 32_767


def as_csv(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    """The table as text, piece by piece; what looks like a formula gets a quote before it."""
    yield BYTE_ORDER_MARK
    line = StringIO()
    writer = csv.writer(line)
    writer.writerow(field.key for field in dataset.fields)
    for row in rows:
        yield _taken(line)
        writer.writerow(guarded(_plain(row.get(field.key))) for field in dataset.fields)
    yield _taken(line)


def as_json(dataset: Dataset, rows: Iterable[Row]) -> Iterator[str]:
    """The table with its dictionary as one JSON document, piece by piece."""
    head = {
        "dataset": dataset.key,
        "title": {"bn": dataset.bn, "en": dataset.en},
        "licence": LICENCE,
        "fields": [
            {"key": field.key, "type": field.kind, "bn": field.bn, "en": field.en}
            for field in dataset.fields
        ],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for number, row in enumerate(rows):
        cells = {field.key: _plain(row.get(field.key)) for field in dataset.fields}
        yield ("," if number else "") + "\n" + json.dumps(cells, ensure_ascii=False)
    yield "\n]}\n"


def as_xlsx(dataset: Dataset, rows: Iterable[Row]) -> BytesIO:
    """The table as a workbook: numbers and dates are such, every text is text; a second sheet
    holds the dictionary."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(dataset.key)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, field.key, bold=True) for field in dataset.fields])
    for row in rows:
        sheet.append([_cell(sheet, row.get(field.key)) for field in dataset.fields])
    words = book.create_sheet("fields")
    words.append([_cell(words, title, bold=True) for title in ("key", "type", "bn", "en")])
    for field in dataset.fields:
        cells = (field.key, field.kind, field.bn, field.en)
        words.append([_cell(words, text) for text in cells])
    written = BytesIO()
    book.save(written)
    written.seek(0)
    return written


def _plain(value: Any) -> Any:
    """A value as JSON and CSV have it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=_plain(value) if isinstance(value, Decimal) else value)
    if isinstance(value, str):
        as_words(cell, value[:LONGEST_CELL])
    if bold:
        cell.font = Font(bold=True)
    return cell


def _taken(line: StringIO) -> str:
    """What was written, and an empty line again."""
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
