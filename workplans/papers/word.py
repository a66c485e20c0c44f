"""A plan's paper as a Word file: a real table, its heading on each page, merged as on paper.

Word says a cell that spans lines once, also where they go on to the next page.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from teams.word_page import (
    CENTRE,
    WIDE_TEXT_WIDTH_CM,
    keep_whole,
    line,
    new_page,
    plain_table,
    repeat,
    row,
)

from ..enums import PlanForm
from ..exchange import PlanMark, bookmark_name, read_row_mark
from .shape import Cell, Head, Layout, Line, laid_out

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SMALL = {PlanForm.SCORED: 7, PlanForm.QUARTERLY: 8}
TABLE_POINTS, NOTE_POINTS = 9, 7
NOTE_ROOM_CM = 1.3
# Cells of figures stand in the middle.
CENTRED = frozenset(
    {"c-serial", "c-unit", "c-weight", "c-figure", "c-score", "c-value", "c-quarter", "c-percent"}
)
BOLD = frozenset({"c-subject", "c-objective"})


def paper_docx(content: Mapping[str, Any], mark: PlanMark | None = None) -> BytesIO:
    """The content of a plan or of a progress table as .docx, ready to be read.

    With a `mark` the file can be read back: its lines carry bookmarks.
    """
    layout = laid_out(content["table"])
    page = new_page(
        f"{content['title']} — {content['office']}",
        lies_across=True,
        table_points=SMALL.get(layout.form, TABLE_POINTS),  # type: ignore[call-overload]
    )
    if mark is not None:
        page.core_properties.keywords = mark.words
    _head(page, content)
    _table(page, layout, marked=mark is not None)
    if content.get("note"):
        line(page, content["note"]).paragraph_format.space_before = Pt(6)
    _signature(page, content["signature"])
    line(
        page,
        f"{content['date']} ({content['bangla_date']}) তারিখে মুদ্রিত · অবস্থা: {content['status']}",
    )
    written = BytesIO()
    page.save(written)
    written.seek(0)
    return written


def _head(page: Document, content: Mapping[str, Any]) -> None:
    line(page, "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", align=CENTRE, keep=True)
    line(page, content["office"], align=CENTRE, bold=True, keep=True)
    line(page, content["title"], style="Title", keep=True)
    line(page, f"বিবেচ্য সময়: {content['period']}", align=CENTRE, keep=True)
    if content.get("span_label"):
        line(page, f"প্রতিবেদনাধীন সময়: {content['span_label']}", align=CENTRE, keep=True)


# --- The table ----------------------------------------------------------------------------------
def _table(page: Document, layout: Layout, *, marked: bool) -> None:
    table = plain_table(page, [width / 10 for width in layout.widths])
    table.style = page.styles["Table Grid"]
    _narrow_margins(table)
    _heads(table, layout)
    names = _Bookmarks() if marked else None
    for body in layout.bodies:
        for each in body:
            _line(table, each, names)
    if layout.total is not None:
        _line(table, layout.total, None)


def _heads(table: Table, layout: Layout) -> None:
    added = [row(table) for _heads in layout.heads]
    for number, heads in enumerate(layout.heads):
        for head in heads:
            if head.lines > 1 and head.note:
                _leave_room(added[-1])
            cell = added[number].cells[head.column]
            last = added[number + head.lines - 1].cells[head.column + head.columns - 1]
            _say_head(cell.merge(last), head)
    if layout.numbers:
        added.append(row(table))
        for cell, words in zip(added[-1].cells, layout.numbers, strict=True):
            line(cell, words, align=CENTRE)
    for each in added:
        repeat(each)


def _leave_room(below: _Row) -> None:
    """LibreOffice gives a repeated heading only the height of cells that span no lines."""
    below.height, below.height_rule = Cm(NOTE_ROOM_CM), WD_ROW_HEIGHT_RULE.AT_LEAST


def _say_head(cell: _Cell, head: Head) -> None:
    line(cell, head.text, align=CENTRE, bold=True)
    if head.note:
        note = line(cell, f"({head.note})", align=CENTRE)
        note.runs[0].font.size = Pt(NOTE_POINTS)
        note.runs[0]._r.get_or_add_rPr().append(
            OxmlElement("w:szCs", {qn("w:val"): str(2 * NOTE_POINTS)})
        )


def _line(table: Table, each: Line, names: "_Bookmarks | None") -> None:
    """Add a line; a column of which it says nothing is covered by the cell above."""
    added = table.add_row()
    keep_whole(added)
    cells = [_Cell(element, added) for element in added._tr.tc_lst]
    said = {cell.column: cell for cell in each.cells}
    for place, cell in enumerate(cells):
        own = said.get(place)
        if own is None:
            _span(cell, "continue")
            continue
        _say(cell, own)
        if own.lines > 1:
            _span(cell, "restart")
    if names is not None and each.mark:
        names.put(cells[min(said)], each.mark)


def _say(cell: _Cell, own: Cell) -> None:
    written = line(cell, own.text, bold=own.css in BOLD)
    if own.css in CENTRED:
        written.alignment = CENTRE


def _span(cell: _Cell, how: str) -> None:
    cell._tc.get_or_add_tcPr().append(OxmlElement("w:vMerge", {qn("w:val"): how}))


def _narrow_margins(table: Table) -> None:
    """Cells with little room at their sides: the columns are narrow."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(OxmlElement(f"w:{side}", {qn("w:w"): "50", qn("w:type"): "dxa"}))
    table._tbl.tblPr.append(margins)


class _Bookmarks:
    """Bookmarks of a document, numbered as Word wants them."""

    def __init__(self) -> None:
        self.count = 0

    def put(self, cell: _Cell, mark: str) -> None:
        """Set the line's bookmark round the words of one of its cells."""
        known = read_row_mark(mark)
        if known is None:
            return
        self.count += 1
        number = {qn("w:id"): str(self.count)}
        paragraph = cell.paragraphs[0]._p
        name = bookmark_name(known.task, known.detail)
        start = OxmlElement("w:bookmarkStart", {**number, qn("w:name"): name})
        first = 0 if paragraph.pPr is None else 1
        paragraph.insert(first, start)
        paragraph.append(OxmlElement("w:bookmarkEnd", number))


# --- Who signs ----------------------------------------------------------------------------------
def _signature(page: Document, signature: Mapping[str, str]) -> None:
    """In the right third, with room to sign above it, never alone on a page."""
    name = f"({signature['name']})" if signature["name"] else ""
    words: Sequence[str] = (name, signature["designation"], signature["office"])
    line(page, "", keep=True).paragraph_format.space_before = Pt(30)
    for each in filter(None, words):
        paragraph = line(page, each, align=CENTRE, keep=True)
        paragraph.paragraph_format.left_indent = Cm(WIDE_TEXT_WIDTH_CM * 0.6)
        paragraph.paragraph_format.space_after = Pt(0)
