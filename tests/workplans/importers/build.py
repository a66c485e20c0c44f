"""Builds plans as offices would make them: the same table as .docx, .xlsx, HTML and pasted text."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

import docx
import openpyxl

from bangla.dates import format_date
from bangla.digits import to_bangla


@dataclass(frozen=True)
class Task:
    """What one row of a plan says; the serial comes from its place in the list."""

    subject: str
    title: str
    starts_on: date
    ends_on: date
    responsible: str
    expected_result: str
    measure: str
    progress: str = ""


@dataclass(frozen=True)
class Column:
    """One column: the attribute of a task it prints, and its label in one row or two."""

    attribute: str
    label: str
    under: str = ""


@dataclass(frozen=True)
class Merge:
    """A merged cell, by its first and last row and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Table:
    """A printed table: texts (dates as such, where they are dates) and what is merged."""

    rows: tuple[tuple[str | date, ...], ...]
    merges: tuple[Merge, ...] = ()

    def merged_at(self, row: int, column: int) -> Merge | None:
        """The merged cell that covers a position."""
        for merge in self.merges:
            if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
                return merge
        return None

    def texts(self) -> list[list[str]]:
        return [[as_text(cell) for cell in row] for row in self.rows]


FORM_2016 = (
    Column("serial", "ক্রঃ নং"),
    Column("subject", "বিষয়"),
    Column("title", "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"),
    Column("starts_on", "বাস্তবায়নকাল", "শুরুর তারিখ"),
    Column("ends_on", "", "সমাপ্তির তারিখ"),
    Column("responsible", "দায়িত্বপ্রাপ্ত কর্মকর্তা"),
    Column("expected_result", "প্রত্যাশিত ফলাফল (কাজ শেষে কী বদলাবে)"),
    Column("measure", "পরিমাপ (কীভাবে বোঝা যাবে)"),
)
FORM_PROGRESS = (
    Column("serial", "ক্রমিক"),
    Column("subject", "উদ্দেশ্য"),
    Column("title", "গৃহীতব্য কাজ"),
    Column("responsible", "বাস্তবায়নকারী"),
    Column("starts_on", "আরম্ভ"),
    Column("ends_on", "শেষের তারিখ"),
    Column("expected_result", "প্রত্যাশিত ফলাফল"),
    Column("measure", "মানদণ্ড"),
    Column("progress", "বাস্তবায়ন অগ্রগতি"),
)
FORM_COMBINED = (
    Column("serial", "ক্র.নং"),
    Column("title", "কার্যক্রম"),
    Column("period", "সময়সীমা"),
    Column("expected_result", "প্রত্যাশিত ফলাফল"),
    Column("measure", "সূচক"),
    Column("responsible", "দায়িত্বপ্রাপ্ত কর্মকর্তা"),
)


def as_text(cell: str | date) -> str:
    return cell if isinstance(cell, str) else format_date(cell)


def table(form: Sequence[Column], tasks: Sequence[Task], *, merged: bool = True) -> Table:
    """The plan printed in `form`; with `merged`, one subject spans all of its rows."""
    height = 2 if any(column.under for column in form) else 1
    head, merges = list(_head(form, height)), list(_head_merges(form, height))
    body = [
        tuple(_cell(column.attribute, task, number) for column in form)
        for number, task in enumerate(tasks, start=1)
    ]
    subject = next((at for at, column in enumerate(form) if column.attribute == "subject"), None)
    if subject is not None:
        for first, last in _runs([task.subject for task in tasks]):
            for row in range(first + 1, last + 1):
                body[row] = (*body[row][:subject], "", *body[row][subject + 1 :])
            if merged and last > first:
                merges.append(Merge(first + height, subject, last + height, subject))
    return Table((*head, *body), tuple(merges))


def as_tsv(table: Table) -> str:
    """The table as Excel puts it on the clipboard: cells with line ends stand in quotes."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in table.texts())


def as_html(table: Table) -> str:
    """The table as Word puts it on the clipboard, between the words around it."""
    rows = []
    for number, row in enumerate(table.texts()):
        cells = []
        for column, text in enumerate(row):
            merge = table.merged_at(number, column) or Merge(number, column, number, column)
            if (merge.top, merge.left) == (number, column):
                spans = f"rowspan={merge.bottom - merge.top + 1} "
                spans += f"colspan='{merge.right - merge.left + 1}'"
                words = escape(text).replace("\n", "<br>\n")
                cells.append(
                    f"<td {spans} style='padding:0'><p class=MsoNormal><span\nlang=BN>{words}"
                    "<o:p></o:p></span></p></td>"
                )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        "<html><head><style>td {color: red}</style></head><body><!--StartFragment-->"
        f"<p>বার্ষিক পরিকল্পনা</p><table border=1>{''.join(rows)}</table>"
        "<!--EndFragment--></body></html>"
    )


def as_docx(table: Table, *, title: str = "বার্ষিক পরিকল্পনা") -> bytes:
    """The table in a Word file, under a title."""
    document = docx.Document()
    document.add_paragraph(title)
    add_to_docx(document, table)
    return saved(document)


def add_to_docx(document, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    for merge in table.merges:
        grid.cell(merge.top, merge.left).merge(grid.cell(merge.bottom, merge.right))
    for number, row in enumerate(table.texts()):
        for column, text in enumerate(row):
            merge = table.merged_at(number, column)
            if merge is None or (merge.top, merge.left) == (number, column):
                grid.cell(number, column).text = text


def as_xlsx(table: Table, *, sheet: str = "পরিকল্পনা", real_dates: bool = True) -> bytes:
    """The table in a workbook, below a title; serials are numbers, dates real dates if wanted."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    fill_sheet(book.active, table, real_dates=real_dates)
    return saved(book)


def fill_sheet(sheet, table: Table, *, real_dates: bool = True, top: int = 3) -> None:
    sheet.cell(1, 1, "বার্ষিক পরিকল্পনা")
    for number, row in enumerate(table.rows):
        for column, value in enumerate(row):
            merge = table.merged_at(number, column)
            if value and (merge is None or (merge.top, merge.left) == (number, column)):
                shown = value if real_dates else as_text(value)
                is_serial = isinstance(shown, str) and shown.isdecimal()
                sheet.cell(top + number, column + 1, int(shown) if is_serial else shown)
    for merge in table.merges:
        sheet.merge_cells(
            start_row=top + merge.top,
            start_column=merge.left + 1,
            end_row=top + merge.bottom,
            end_column=merge.right + 1,
        )


def saved(document) -> bytes:
    """The bytes of a Word file or a workbook."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _head(form: Sequence[Column], height: int) -> Iterator[tuple[str, ...]]:
    yield tuple(column.label for column in form)
    if height == 2:
        yield tuple(column.under for column in form)


def _head_merges(form: Sequence[Column], height: int) -> Iterator[Merge]:
    for at, column in enumerate(form):
        if height == 2 and not column.under:
            yield Merge(0, at, 1, at)
        elif column.under and not column.label:
            yield Merge(0, at - 1, 0, at)


def _cell(attribute: str, task: Task, number: int) -> str | date:
    if attribute == "serial":
        return to_bangla(number)
    if attribute == "period":
        return f"{as_text(task.starts_on)} হতে {as_text(task.ends_on)}"
    value: str | date = getattr(task, attribute)
    return value


def _runs(subjects: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last row of every stretch of rows with one subject."""
    for _subject, group in groupby(enumerate(subjects), key=lambda pair: pair[1]):
        rows = [row for row, _name in group]
        yield rows[0], rows[-1]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if "\n" in text else text
