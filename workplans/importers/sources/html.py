"""HTML (a saved page, or what Word and Excel put on the clipboard) → grids."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree, html

from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import MAX_TAGS, damaged, too_large
from workplans.importers.grid import Grid, GridBuilder, Sheet
from workplans.importers.sources.bijoy import Typed
from workplans.importers.sources.fonts import PageFonts
from workplans.importers.sources.loose import loose_grid

_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype html|html|body|table|tr)\b", re.IGNORECASE)
_HEAD_CHARS = 20_000
_UNSEEN = {"head", "style", "script", "template", "title", "noscript", "xml"}
_BLOCKS = {
    "address", "blockquote", "center", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "li", "ol", "p", "pre", "section", "tr", "ul",
}  # fmt: skip
_HIDING_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_FEWEST_PLAN_COLUMNS = 3
_MAX_DEPTH = 200

_Piece = tuple[str, bool]  # words, and whether they are in a Bijoy font


def looks_like_html(text: str) -> bool:
    """Whether `text` is an HTML page or a clipboard fragment rather than plain text."""
    return bool(_LOOKS_LIKE_HTML.search(text[:_HEAD_CHARS]))


def read_html(text: str) -> list[Sheet]:
    """The tables of a page, and the text between them, in order. Raises UnreadableDocument."""
    if text.count("<") > MAX_TAGS:
        raise too_large()
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        # Bytes, because lxml refuses a str that declares an encoding.
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise damaged() from error
    _refuse_deep(root)
    reader = _HtmlReader(PageFonts(root))
    reader.read(root)
    return [Sheet("", tuple(reader.finish()), is_converted=reader.typed.was_converted)]


class _HtmlReader:
    """Walks a page once, turning tables into grids and the rest into loose lines."""

    def __init__(self, fonts: PageFonts) -> None:
        self.typed = Typed()
        self._fonts = fonts
        self._grids: list[Grid] = []
        self._text: list[_Piece] = []
        self._tables = 0

    def finish(self) -> list[Grid]:
        self._close_text()
        return self._grids

    def read(self, element: html.HtmlElement, *, is_typed: bool = False) -> None:
        """Take in an element; `is_typed` when what holds it is in a Bijoy font."""
        is_typed = self._is_typed(element, is_typed)
        if element.tag == "table" and not _is_layout(element):
            self._close_text()
            self._read_table(element, is_typed=is_typed)
            return
        is_block = element.tag in _BLOCKS or element.tag in {"td", "th", "br", "table"}
        end = ("\n" if is_block else "", False)
        self._text += [end, (_spaced(element.text), is_typed)]
        for child in element:
            if not _is_unseen(child):
                self.read(child, is_typed=is_typed)
            self._text.append((_spaced(child.tail), is_typed))
        self._text.append(end)

    def _is_typed(self, element: html.HtmlElement, inherited: bool) -> bool:
        told = self._fonts.told_by(element)
        return inherited if told is None else told

    def _read_table(self, table: html.HtmlElement, *, is_typed: bool) -> None:
        self._tables += 1
        number = digits(self._tables)

        def locate(row: int) -> str:
            return _("টেবিল %(table)s, সারি %(row)s") % {"table": number, "row": digits(row)}

        builder = GridBuilder(locate)
        for row in _rows(table):
            builder.start_row(hidden=_is_hidden(row))
            in_row = self._is_typed(row, is_typed)
            for cell in _cells(row):
                builder.put(
                    self.typed.text(self._pieces(cell, is_typed=self._is_typed(cell, in_row))),
                    columns=_span(cell.get("colspan"), unlimited=1),
                    rows=_span(cell.get("rowspan"), unlimited=1_000_000),
                )
        self._grids.append(builder.finish())

    def _close_text(self) -> None:
        lines = self.typed.text(self._text).split("\n")
        place = _("ছকের বাইরে")
        if grid := loose_grid((line, place) for line in lines):
            self._grids.append(grid)
        self._text = []

    def _pieces(self, element: html.HtmlElement, *, is_typed: bool) -> Iterator[_Piece]:
        """The visible text of a cell: blanks collapse, blocks and <br> break the line."""
        yield _spaced(element.text), is_typed
        for child in element:
            if child.tag == "br":
                yield "\n", False
            elif not _is_unseen(child):
                is_block = child.tag in _BLOCKS
                yield "\n" if is_block else " " if child.tag in {"td", "th"} else "", False
                yield from self._pieces(child, is_typed=self._is_typed(child, is_typed))
                yield "\n" if is_block else "", False
            yield _spaced(child.tail), is_typed


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _cells(row: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in row if cell.tag in {"td", "th"})


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether the table only places other tables on the page."""
    narrow = all(sum(1 for _cell in _cells(row)) < _FEWEST_PLAN_COLUMNS for row in _rows(table))
    return narrow and table.find(".//table") is not None


def _spaced(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")


def _is_unseen(element: html.HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    return bool(_HIDING_STYLE.search(element.get("style") or ""))


def _span(value: str | None, *, unlimited: int) -> int:
    """A colspan or rowspan; the standard's rowspan="0" means "to the end of the table"."""
    words = (value or "1").strip()
    if not (words.isascii() and words.isdigit() and len(words) < 7):
        return 1
    return int(words) or unlimited


def _refuse_deep(root: html.HtmlElement) -> None:
    """Keep the walk into nested elements well inside Python's stack."""
    level = [root]
    for _depth in range(_MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise damaged()
