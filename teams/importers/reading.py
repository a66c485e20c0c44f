"""A workbook or a paste → the rows of a list of staff, as they were written."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import openpyxl
from django.utils.translation import gettext as _

from bangla.dates import format_date
from bangla.text import fold, squeeze

from ..templatetags.bangla_tags import digits
from ..uploads import OfficeArchive, UnreadableDocument
from .header import CELLS, columns_of

MOST_ROWS: Final = 300
LONGEST_CELL: Final = 250
HINT: Final = "যেমন"
_FAREST_HEAD: Final = 20
_LAST_LINE: Final = 2_000
_WIDEST: Final = 40
_MOST_SHEETS: Final = 20


class UnreadableStaff(Exception):
    """The list cannot be read; the text is for the user."""


@dataclass(frozen=True, slots=True)
class FoundStaff:
    """The rows found: {cell: words} with every name of CELLS, and "line", where it stood."""

    rows: list[dict[str, str]]


def read_workbook(content: bytes) -> FoundStaff:
    """Read an .xlsx; of its sheets the first one with a list. Raises UnreadableStaff."""
    try:
        OfficeArchive(content)  # refuses what is damaged, locked, or larger inside than outside
    except UnreadableDocument as why:
        raise UnreadableStaff(str(why)) from why
    with warnings.catch_warnings():
        # openpyxl warns about drawings and validations it leaves out; a list needs none.
        warnings.simplefilter("ignore")
        try:
            sheets = [list(_lines(sheet)) for sheet in _sheets(content)]
        except Exception as error:
            # A damaged workbook makes openpyxl raise whatever its own code stumbles over.
            raise UnreadableStaff(
                _("ফাইলটি এক্সেলের (.xlsx) তালিকা হিসেবে পড়া গেল না। নমুনা ফাইলটি পূরণ করে দিন।")
            ) from error
    return _staff(sheets)


def read_paste(text: str) -> FoundStaff:
    """Read cells copied from Excel or Word, parted by tabs. Raises UnreadableStaff."""
    lines = csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t")
    try:
        return _staff([[[squeeze(cell) for cell in line] for line in islice(lines, _LAST_LINE)]])
    except csv.Error as error:
        raise UnreadableStaff(
            _("আটকানো লেখা ছক হিসেবে পড়া গেল না। এক্সেলে সারিগুলো বেছে কপি করে আবার আটকান।")
        ) from error


def _sheets(content: bytes) -> Iterable[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return book.worksheets[:_MOST_SHEETS]


def _lines(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for line in sheet.iter_rows(max_row=_LAST_LINE, max_col=_WIDEST, values_only=True):
        yield [_words(value) for value in line]


def _words(value: Any) -> str:
    """A cell in words: dates written out, numbers without a decimal point that nobody typed."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return format_date(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return squeeze(str(value))


def _staff(sheets: Iterable[Sequence[Sequence[str]]]) -> FoundStaff:
    has_head = False
    for lines in sheets:
        head = _head(lines)
        if head is None:
            continue
        has_head = True
        rows = list(_rows(lines, *head))
        if len(rows) > MOST_ROWS:
            raise UnreadableStaff(
                _("তালিকায় %(limit)sটির বেশি সারি আছে। ভাগ করে কয়েকবারে আনুন।")
                % {"limit": digits(MOST_ROWS)}
            )
        if rows:
            return FoundStaff(rows)
    if has_head:
        raise UnreadableStaff(_("শিরোনামের নিচে কোনো সারি লেখা নেই। কর্মকর্তাদের নাম লিখে আবার দিন।"))
    raise UnreadableStaff(
        _("ছকের শিরোনাম পাওয়া যায়নি। প্রথম সারিতে অন্তত “পদবি” ও “নাম” লিখে আবার দিন, বা নমুনা ফাইলটি নিন।")
    )


def _head(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The position of the head and its columns."""
    for position, line in enumerate(lines[:_FAREST_HEAD]):
        columns = columns_of(line)
        if columns is not None:
            return position, columns
    return None


def _rows(
    lines: Sequence[Sequence[str]], head: int, columns: dict[str, int]
) -> Iterator[dict[str, str]]:
    for number, line in enumerate(lines[head + 1 :], start=head + 2):
        row = {cell: _at(line, columns.get(cell)) for cell in CELLS}
        is_hint = any(fold(words).startswith(fold(HINT)) for words in row.values())
        if any(row.values()) and not is_hint:
            yield {**row, "line": str(number)}


def _at(line: Sequence[str], position: int | None) -> str:
    return line[position][:LONGEST_CELL] if position is not None and position < len(line) else ""
