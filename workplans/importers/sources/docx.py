"""Word files (.docx) → grids.

The main part is read directly: libraries either repeat the text of merged cells or drop the
numbers Word writes by itself, and a plan's serial column is usually numbered by Word.
Deleted text under tracked changes and hidden text are left out, as they are on paper.
"""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import (
    OfficeArchive,
    attribute,
    damaged,
    first_child,
    local_name,
)
from workplans.importers.grid import Grid, GridBuilder, Sheet
from workplans.importers.sources.bijoy import Typed
from workplans.importers.sources.fonts import WordFonts, read_word_fonts
from workplans.importers.sources.loose import loose_grid
from workplans.importers.sources.numbering import Numbering, read_numbering

# Fallback repeats in an old drawing language what its sibling Choice already says.
_LEFT_OUT = {"del", "moveFrom", "Fallback", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr"}
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_FEWEST_PLAN_COLUMNS = 3


def read_docx(archive: OfficeArchive, *, exact: bool = False) -> list[Sheet]:
    """The tables and paragraphs of a Word file in reading order; `exact` as in GridBuilder.

    Raises UnreadableDocument.
    """
    main = next(iter(archive.related("", "officeDocument").values()), "word/document.xml")
    body = first_child(archive.xml(main), "body")
    if body is None:
        raise damaged()
    numbering_part = next(iter(archive.related(main, "numbering").values()), "")
    numbering = read_numbering(archive.xml(numbering_part) if numbering_part in archive else None)
    styles_part = next(iter(archive.related(main, "styles").values()), "")
    fonts = read_word_fonts(archive.xml(styles_part) if styles_part in archive else None)
    reader = _DocxReader(numbering, fonts, exact=exact)
    reader.read_blocks(body)
    return [Sheet("", tuple(reader.finish()), is_converted=reader.typed.was_converted)]


class _DocxReader:
    """Walks the body once, in order, because Word's own numbers depend on the order."""

    def __init__(self, numbering: Numbering, fonts: WordFonts, *, exact: bool) -> None:
        self.typed = Typed()
        self._numbering = numbering
        self._fonts = fonts
        self._exact = exact
        self._grids: list[Grid] = []
        self._loose: list[tuple[str, str]] = []
        self._tables = 0
        self._paragraphs = 0

    def finish(self) -> list[Grid]:
        self._close_loose()
        return self._grids

    def read_blocks(self, container: Element) -> None:
        for block in _blocks(container):
            if local_name(block) == "tbl":
                self._read_table(block)
            else:
                self._paragraphs += 1
                place = _("অনুচ্ছেদ %(number)s") % {"number": digits(self._paragraphs)}
                self._loose.append((self._paragraph_text(block), place))

    def _read_table(self, table: Element) -> None:
        rows = [row for row in _rows(table) if not _is_deleted(row)]
        if _is_layout(rows):
            for row in rows:
                for cell in _cells(row):
                    self.read_blocks(cell)
            return
        self._close_loose()
        self._tables += 1
        builder = GridBuilder(_locate_in_table(self._tables), exact=self._exact)
        for row in rows:
            self._read_row(row, builder)
        self._grids.append(builder.finish())

    def _read_row(self, row: Element, builder: GridBuilder) -> None:
        builder.start_row(marks=tuple(_bookmarks(row)))
        for _blank in range(_number_of(first_child(row, "trPr"), "gridBefore", default=0)):
            builder.put("")
        for cell in _cells(row):
            properties = first_child(cell, "tcPr")
            columns = _number_of(properties, "gridSpan", default=1)
            merge = first_child(properties, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                builder.put_merged_from_above(columns=columns)
            else:
                builder.put(self._cell_text(cell), columns=columns)

    def _cell_text(self, cell: Element) -> str:
        return "\n".join(
            self._flattened(block) if local_name(block) == "tbl" else self._paragraph_text(block)
            for block in _blocks(cell)
        )

    def _flattened(self, table: Element) -> str:
        """A table inside a cell of the plan, as lines of text."""
        return "\n".join(
            " ".join(filter(None, map(self._cell_text, _cells(row)))) for row in _rows(table)
        )

    def _paragraph_text(self, paragraph: Element) -> str:
        number = self._numbering.next_number(paragraph)
        text = self.typed.text(_pieces(paragraph, self._fonts.of(paragraph)))
        return text if text.strip() else number

    def _close_loose(self) -> None:
        if grid := loose_grid(self._loose):
            self._grids.append(grid)
        self._loose = []


def _is_layout(rows: list[Element]) -> bool:
    """Whether the table only places other tables on the page."""
    narrow = all(sum(1 for _cell in _cells(row)) < _FEWEST_PLAN_COLUMNS for row in rows)
    return narrow and any(
        local_name(block) == "tbl"
        for row in rows
        for cell in _cells(row)
        for block in _blocks(cell)
    )


def _unwrapped(container: Element) -> Iterator[Element]:
    """Children, looking through content controls, insertions and other wrappers."""
    for child in container:
        name = local_name(child)
        if name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _unwrapped(child)
        elif name not in _LEFT_OUT:
            yield child


def _blocks(container: Element) -> Iterator[Element]:
    return (child for child in _unwrapped(container) if local_name(child) in {"p", "tbl"})


def _rows(table: Element) -> Iterator[Element]:
    return (child for child in _unwrapped(table) if local_name(child) == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in _unwrapped(row) if local_name(child) == "tc")


def _bookmarks(row: Element) -> Iterator[str]:
    """The names of the bookmarks that begin in the row."""
    for element in row.iter():
        if local_name(element) == "bookmarkStart":
            yield attribute(element, "name") or ""


def _is_deleted(row: Element) -> bool:
    return first_child(first_child(row, "trPr"), "del") is not None


def _pieces(
    element: Element, is_in_bijoy: Callable[[Element], bool], *, is_typed: bool = False
) -> Iterator[tuple[str, bool]]:
    """The visible text of a paragraph or a run, piece by piece, and whether it is Bijoy codes."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or "", is_typed
        elif name in _BREAKS:
            yield _BREAKS[name], is_typed
        elif name == "r":
            if not _is_hidden(child):
                yield from _pieces(child, is_in_bijoy, is_typed=is_in_bijoy(child))
        elif name not in _LEFT_OUT:
            yield from _pieces(child, is_in_bijoy, is_typed=is_typed)


def _is_hidden(run: Element) -> bool:
    mark = first_child(first_child(run, "rPr"), "vanish")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _number_of(properties: Element | None, name: str, *, default: int) -> int:
    """The whole number that a property holds, kept within what a table can have."""
    found = first_child(properties, name)
    value = None if found is None else attribute(found, "val")
    return min(int(value), 1_000) if value and value.isascii() and value.isdigit() else default


def _locate_in_table(table: int) -> Callable[[int], str]:
    def locate(row: int) -> str:
        return _("টেবিল %(table)s, সারি %(row)s") % {
            "table": digits(table),
            "row": digits(row),
        }

    return locate
