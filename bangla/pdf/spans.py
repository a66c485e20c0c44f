"""A row header is said again on each page its rows reach.

On paper a subject stands beside its tasks. When its rows run over a page, the rows on the next
page would stand beside an empty cell and lose their reader, so the header is repeated there, as
the head of the table is. So is the header of a single row that is cut by the end of a page.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

from bangla.pdf.engine import boxes


def pages_of_rows(document: Any) -> dict[Element, int]:
    """The page, counted from 0, on which each table row of a laid-out document begins."""
    found: dict[Element, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableRowBox) and box.element is not None:
                found.setdefault(box.element, number)
    return found


def repeat_row_headers(root: Element, pages: Mapping[Element, int]) -> bool:
    """Divide, in place, each `<th scope="rowgroup" rowspan>` where its rows go on to a new page.

    `pages` is what `pages_of_rows` found for a layout of `root`. Returns whether anything was
    divided; the document must then be laid out again, and may need dividing again.
    """
    divided = False
    for body in root.iter("tbody"):
        rows = body.findall("tr")
        for index, header in _spanning_headers(rows):
            spanned = rows[index : index + _span(header, "rowspan")]
            first = pages.get(spanned[0])
            over = next((n for n, row in enumerate(spanned) if pages.get(row) != first), None)
            if over is None:
                continue
            rest = deepcopy(header)
            places = _columns(rows)
            before = [cell for cell in spanned[over] if places[cell] < places[header]]
            header.set("rowspan", str(over))
            rest.set("rowspan", str(len(spanned) - over))
            spanned[over].insert(len(before), rest)
            divided = True
    return divided


def continue_row_headers(pages: Iterable[Any]) -> set[int]:
    """Draw the `<th scope="row">` of a cut row again where the row goes on and there is room.

    `pages` are the page boxes of a finished layout, changed in place. Returns the identities (`id`)
    of the boxes that were added: repeats, which are no content of their own.
    """
    headers: dict[Element, Any] = {}
    added: set[int] = set()
    for page_box in pages:
        for cell in list(page_box.descendants()):
            if not isinstance(cell, boxes.TableCellBox) or cell.element.get("scope") != "row":
                continue
            if cell.children:
                headers.setdefault(cell.element, cell)
                continue
            header = headers.get(cell.element)
            room = cell.border_height() - cell.padding_top  # an empty cell's height is its padding
            if header is not None and room > header.content_height:
                cell.children = [child.deepcopy() for child in header.children]
                for child in cell.children:
                    child.translate(dy=cell.content_box_y() - header.content_box_y())
                    added.update(map(id, child.descendants()))
    return added


def _spanning_headers(rows: list[Element]) -> Iterator[tuple[int, Element]]:
    """Each header with its row's index; divided ones come up again."""
    for index, row in enumerate(rows):
        for cell in list(row):
            if cell.get("scope") == "rowgroup" and _span(cell, "rowspan") > 1:
                yield index, cell


def _columns(rows: list[Element]) -> dict[Element, int]:
    """The column in which each cell begins: cells that reach down from above take their room."""
    found: dict[Element, int] = {}
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            found[cell] = column
            across = range(column, column + _span(cell, "colspan"))
            down = range(index, index + _span(cell, "rowspan"))
            taken.update((line, place) for line in down for place in across)
    return found


def _span(cell: Element, name: str) -> int:
    return int(cell.get(name, "1"))
