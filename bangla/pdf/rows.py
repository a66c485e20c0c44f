"""A table row is not torn for the sake of a few lines.

WeasyPrint fills the rest of a page cell by cell. A row that begins just above the foot of a page
would leave its number there and take its words to the next page; a row of six lines would be read
on two pages. Such rows go to the next page whole. Rows that take a good part of a page are cut:
moving them would leave a page half empty.
"""

from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from bangla.pdf.engine import boxes

# Shares of the height of a page's content.
_SHORT_ROW = 0.2
_FEW_LINES = 0.08
_WHOLE_PAGE = 0.85  # what a table's head leaves


class Part(NamedTuple):
    """What one page shows of a row: its share of the page's height, the cells with content."""

    height: float
    filled: frozenset[int]


def keep_rows_whole(document: Any) -> bool:
    """Mark, in place, the rows of a laid-out document that a page end tears badly.

    Short rows are not to be broken. Where no row is cut nothing is done. Returns whether a row was
    marked; the document must then be laid out again, and other rows may need marking. A row with
    a `break-inside` of its own is left as its author wants it.
    """
    rows = _rows(document)
    if all(len(parts) == 1 for parts in rows.values()):
        return False
    marked = moved = False
    for row, parts in rows.items():
        if _is_better_whole(parts):
            _mark(row, "break-inside: avoid")
            marked, moved = True, moved or len(parts) > 1
        # A row longer than a page cannot be kept whole, and WeasyPrint gives up the table's head
        # for one that asks for it. Such a row begins a page; not while rows above it still move.
        elif _begins_badly(parts) and not moved and "break-before" not in row.get("style", ""):
            _mark(row, "break-before: page")
            marked = moved = True
    return marked


def _rows(document: Any) -> dict[Element, list[Part]]:
    """The rows that may be broken, in order, with their parts."""
    rows: dict[Element, list[Part]] = {}
    for page in document.pages:
        page_box = page._page_box
        for box in page_box.descendants():
            if not isinstance(box, boxes.TableRowGroupBox) or box.is_header or box.is_footer:
                continue
            for row in box.children:
                if row.element is not None and row.style["break_inside"] == "auto":
                    filled = frozenset(i for i, cell in enumerate(row.children) if cell.children)
                    part = Part(row.height / page_box.height, filled)
                    rows.setdefault(row.element, []).append(part)
    return rows


def _is_better_whole(parts: list[Part]) -> bool:
    total = sum(part.height for part in parts)
    return total < _SHORT_ROW or (total < _WHOLE_PAGE and _begins_badly(parts))


def _begins_badly(parts: list[Part]) -> bool:
    """Whether the first of several parts shows a few lines only, or leaves a cell for the next."""
    first, *rest = parts
    return any(first.height < _FEW_LINES or part.filled - first.filled for part in rest)


def _mark(row: Element, rule: str) -> None:
    row.set("style", "; ".join(filter(None, (row.get("style"), rule))))
