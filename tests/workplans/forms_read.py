"""Reading the heading of a printed form back from the paper, from Word and from Excel."""

from io import BytesIO

import lxml.html
from docx import Document
from docx.oxml.ns import qn
from openpyxl.worksheet.worksheet import Worksheet

from tests.workplans.forms_reference import Form, Heading


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def headings_of_paper(html: str) -> Form:
    """The headings of the plan's table in a paper's HTML."""
    (table,) = lxml.html.document_fromstring(html).xpath("//table[contains(@class, 'plan')]")
    return tuple(
        tuple(
            Heading(
                _squeezed(cell.text_content()),
                int(cell.get("colspan", 1)),
                int(cell.get("rowspan", 1)),
            )
            for cell in line.xpath("th")
        )
        for line in table.xpath("thead/tr[not(@class)]")
    )


def headings_of_word(written: BytesIO, lines: int) -> Form:
    """The headings in the first `lines` rows of the first table."""
    (table, *_rest) = Document(written).tables
    found: list[list[list[object]]] = []
    open_above: dict[int, list[object]] = {}
    for row in table.rows[:lines]:
        own: list[list[object]] = []
        column = 0
        for cell in row._tr.tc_lst:
            if cell.vMerge == "continue":
                open_above[column][2] += 1  # type: ignore[operator]
            else:
                text = " ".join(each.text for each in cell.findall(qn("w:p")))
                open_above[column] = [_squeezed(text), cell.grid_span, 1]
                own.append(open_above[column])
            column += cell.grid_span
        found.append(own)
    return tuple(tuple(Heading(*each) for each in line) for line in found)


def headings_of_excel(sheet: Worksheet, first: int, lines: int, columns: int) -> Form:
    """The headings in `lines` lines from `first` on, of so many columns."""
    spans = {(cells.min_row, cells.min_col): cells for cells in sheet.merged_cells.ranges}
    found = []
    for line in range(first, first + lines):
        own = []
        for column in range(1, columns + 1):
            text = sheet.cell(line, column).value
            if not text:
                continue
            cells = spans.get((line, column))
            across, down = (cells.size["columns"], cells.size["rows"]) if cells else (1, 1)
            own.append(Heading(_squeezed(str(text)), across, down))
        found.append(tuple(own))
    return tuple(found)
