"""What was found in the record as a table for other programs: who, what, when, from where.

Names of what changed, never the words: a file travels further than a page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ..formulas import as_words, guarded
from ..models import AuditEntry
from .timeline import Line, lines_of

# Excel reads Bengali in a CSV only with this sign before it.
BYTE_ORDER_MARK = "\ufeff"
MOST_ROWS = 50_000


def heads() -> tuple[str, ...]:
    return (
        _("সময়"),
        _("দপ্তর"),
        _("ব্যক্তি"),
        _("পদ"),
        _("কী করা হয়েছে"),
        _("কাজের নাম (কোড)"),
        _("কিসে"),
        _("নম্বর"),
        _("কোথা থেকে"),
        _("আইপি ঠিকানা"),
    )


def as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Piece by piece; what looks like a formula gets a quote before it."""
    yield BYTE_ORDER_MARK
    line = StringIO()
    writer = csv.writer(line)
    writer.writerow(heads())
    for one in lines_of(entries, with_words=False):
        yield _taken(line)
        writer.writerow(guarded(cell) for cell in _cells(one))
    yield _taken(line)


def as_xlsx(entries: Iterable[AuditEntry]) -> bytes:
    """A workbook in which every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("কাজের নথি"))
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, head, bold=True) for head in heads()])
    for one in lines_of(entries, with_words=False):
        sheet.append([_cell(sheet, cell) for cell in _cells(one)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cells(line: Line) -> tuple[str, ...]:
    entry = line.entry
    return (
        timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
        entry.office.name if entry.office else "",
        entry.by.name if entry.by else line.who,
        entry.by_post.designation if entry.by_post else "",
        line.words,
        entry.action,
        line.row,
        str(entry.object_id),
        entry.get_origin_display(),
        entry.address or "",
    )


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    as_words(cell, text)
    cell.font = Font(bold=bold)
    return cell


def _taken(line: StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
