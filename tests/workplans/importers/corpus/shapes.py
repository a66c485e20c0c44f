"""Prints tables as the programs of offices do: beyond `build`, their oddities and fonts."""

# ruff: noqa: E501 -- what programs write is one line

import io
import re
from collections.abc import Callable, Sequence
from html import escape

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font

from tests.bangla.bijoy_writer import to_bijoy
from tests.workplans.importers.build import Merge, Table, add_to_docx, as_text, fill_sheet, saved

_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9@./_-]*)")


# --- Word ----------------------------------------------------------------------------------------
def word(*parts: Table | str, bijoy: bool = False, in_style: bool = False) -> bytes:
    """A Word file of tables and paragraphs; with `bijoy` typed in SutonnyMJ, run by run or by style."""
    document = docx.Document()
    if in_style:
        set_font(document.styles["Normal"].element.get_or_add_rPr(), "SutonnyMJ")
    for part in parts:
        if isinstance(part, Table):
            add_to_docx(document, part)
        else:
            document.add_paragraph(part)
    if bijoy:
        for paragraph in _paragraphs(document):
            _type_in_bijoy(paragraph, in_style=in_style)
    return saved(document)


def word_with_nested_paragraphs(table: Table) -> bytes:
    """Every cell's text over several paragraphs, each sentence in several runs."""
    document = docx.Document()
    add_to_docx(document, table)
    for paragraph in _paragraphs(document):
        words = paragraph.text.split(" ")
        if len(words) > 3:
            paragraph.clear()
            for number, one in enumerate(words):
                paragraph.add_run(one).bold = number % 2 == 0
                paragraph.add_run(" " if number < len(words) - 1 else "")
    return saved(document)


def broken_over_pages(table: Table, head: int, every: int) -> list[Table | str]:
    """The table in pieces of `every` rows, each with the head again and the page's number between."""
    pieces: list[Table | str] = []
    for number, start in enumerate(range(head, len(table.rows), every)):
        rows = (*table.rows[:head], *table.rows[start : start + every])
        merges = [merge for merge in table.merges if merge.bottom < head]
        pieces += [Table(rows, tuple(merges)), f"পৃষ্ঠা {number + 1}"]
    return pieces


def _paragraphs(document):
    yield from document.paragraphs
    for table in document.tables:
        seen = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from cell.paragraphs


def _type_in_bijoy(paragraph, *, in_style: bool) -> None:
    text = paragraph.text
    paragraph.clear()
    for part in _LATIN.split(text):
        if not part:
            continue
        is_latin = bool(_LATIN.fullmatch(part))
        run = paragraph.add_run(part if is_latin else to_bijoy(part))
        if is_latin or not in_style:
            set_font(run._r.get_or_add_rPr(), "Times New Roman" if is_latin else "SutonnyMJ")


def set_font(properties, name: str) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
    properties.insert(0, fonts)


# --- Excel ---------------------------------------------------------------------------------------
def workbook(
    *tables: Table,
    real_dates: bool = True,
    hide: Callable[..., None] | None = None,
    bijoy: bool = False,
) -> bytes:
    """A workbook with a sheet for each table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        fill_sheet(sheet, table, real_dates=real_dates)
        if hide:
            hide(sheet)
        if bijoy:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = to_bijoy(cell.value)
                        cell.font = Font(name="SutonnyMJ")
    return saved(book)


# --- HTML ----------------------------------------------------------------------------------------
def _cells_of_html(table: Table, paint: Callable[[str], str]) -> str:
    rows = []
    for number, row in enumerate(table.texts()):
        cells = []
        for column, text in enumerate(row):
            merge = table.merged_at(number, column) or Merge(number, column, number, column)
            if (merge.top, merge.left) != (number, column):
                continue
            spans = f" rowspan={merge.bottom - merge.top + 1}" if merge.bottom > merge.top else ""
            spans += f" colspan={merge.right - merge.left + 1}" if merge.right > merge.left else ""
            cells.append(f"<td{spans} width=99 valign=top class=xl65>{paint(text)}</td>")
        rows.append(f"<tr style='mso-yfti-irow:{number};height:13.5pt'>{''.join(cells)}</tr>")
    return f"<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>{''.join(rows)}</table>"


def word_html(table: Table, *, bijoy: str = "") -> str:
    """What Word puts on the clipboard; `bijoy` is where the font is named: "style" or "class"."""

    def paint(text: str) -> str:
        lines = [_span(part, bijoy) for part in text.split("\n")]
        return "".join(
            f"<p class=MsoNormal style='margin-bottom:0in;mso-line-height-rule:exactly'>{line}<o:p></o:p></p>"
            for line in lines
        )

    font = "SutonnyMJ" if bijoy == "class" else "Nikosh"
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>'
        "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
        f"<style><!-- /* Font */ @font-face {{font-family:Nikosh;}} p.MsoNormal, li.MsoNormal "
        f'{{margin:0in; font-size:11.0pt; font-family:"{font}";}} --></style></head>'
        f"<body lang=EN-US><!--StartFragment-->{_cells_of_html(table, paint)}<!--EndFragment-->"
        "</body></html>"
    )


def _span(text: str, bijoy: str) -> str:
    if not bijoy:
        return (
            f"<span\nlang=BN style='font-family:Nikosh;mso-bidi-language:BN'>{escape(text)}</span>"
        )
    parts = []
    for part in filter(None, _LATIN.split(text)):
        is_latin = bool(_LATIN.fullmatch(part))
        words = escape(part if is_latin else to_bijoy(part))
        font = '"Times New Roman"' if is_latin else "SutonnyMJ"
        style = f" style='font-family:{font}'" if is_latin or bijoy == "style" else ""
        parts.append(f"<span{style}>{words}</span>")
    return "".join(parts)


def excel_html(table: Table) -> str:
    """What Excel puts on the clipboard."""
    body = _cells_of_html(
        table, lambda text: escape(text).replace("\n", "<br style='mso-data-placement:same-cell'>")
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        "<style>td {mso-number-format:General} .xl65 {white-space:normal}</style></head>"
        f"<body><!--StartFragment--><col width=64 style='width:48pt'>{body}<!--EndFragment--></body></html>"
    )


# --- Text ----------------------------------------------------------------------------------------
def piped(table: Table, *, rule: bool = True) -> str:
    """A table drawn with upright strokes."""
    lines = [" | ".join(_line(text) for text in row) for row in table.texts()]
    lines = [f"| {line} |" for line in lines]
    if rule:
        lines.insert(1, "|" + "---|" * len(table.rows[0]))
    return "\n".join(lines)


def lined_up(table: Table) -> str:
    """A table whose cells are lined up with blanks."""
    texts = [[_line(text) for text in row] for row in table.texts()]
    widths = [max(len(row[column]) for row in texts) + 3 for column in range(len(texts[0]))]
    return "\n".join(
        "".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in texts
    )


def in_bijoy(text: str) -> str:
    """Pasted from a document in SutonnyMJ, the font lost: codes, with English words as they were."""
    return "".join(
        part if _LATIN.fullmatch(part) else to_bijoy(part) for part in _LATIN.split(text)
    )


def _line(text: str) -> str:
    return " ".join(as_text(text).split())


def rows_of(rows: Sequence[Sequence[str]], merges: Sequence[Merge] = ()) -> Table:
    return Table(tuple(tuple(row) for row in rows), tuple(merges))


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))
