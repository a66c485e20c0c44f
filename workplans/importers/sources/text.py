"""Plain text (.txt, .tsv, .csv, or cells pasted from Word and Excel) → grids."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from teams.formulas import unguarded
from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import too_large
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridBuilder, Sheet
from workplans.importers.serials import is_serial
from workplans.importers.sources.loose import loose_grid

_BENGALI = re.compile("[\u0980-\u09ff]")
_USUAL = re.compile("[\t-\x7e\u0980-\u09ff\u2000-\u206f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Blank lines cost time too; a table of MAX_ROWS rows needs far fewer.
_MAX_LINE_ENDS = 20 * MAX_ROWS
_LINE_ENDS = re.compile("\r\n?|\v|\f")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row; `first` and `last` are the lines of the file it stands on."""

    cells: list[str]
    first: int
    last: int
    is_mended: bool = False
    stands_alone: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def decode(content: bytes) -> str:
    """Text from bytes in UTF-8 or UTF-16, with or without a byte-order mark.

    Raises UnreadableDocument for any other encoding.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            wide = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_bengali(wide):
            return wide
    if content:
        raise _unknown_encoding()
    return ""


def never_alone(words: str) -> bool:
    """Whether a line that begins with `words` is whole: in most papers the table's width tells."""
    return False


def read_text(
    text: str, *, delimiter: str = "\t", stands_alone: Callable[[str], bool] = never_alone
) -> list[Sheet]:
    """The tables of a text and the lines between them, in order. Raises UnreadableDocument.

    `delimiter` parts the cells: a tab, or a comma for .csv files. A row whose first cell
    `stands_alone` is whole, however few cells it has.
    """
    text = _LINE_ENDS.sub("\n", text)
    if text.count("\n") > _MAX_LINE_ENDS or text.count(delimiter) > MAX_ROWS * MAX_COLUMNS:
        raise too_large()
    # Our own .csv files, and those of others, guard what looks like a formula.
    reads = unguarded if delimiter == "," else str
    rows = [row for row in _split_rows(text, delimiter, reads) if not row.is_blank]
    rows = [replace(row, stands_alone=stands_alone(row.cells[0])) for row in rows]
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1 and not row.stands_alone)
    usual_width = widths.most_common(1)[0][0] if widths else 1
    return [Sheet("", tuple(_grids(_mended(rows, usual_width))))]


def _reads_as_bengali(wide: str) -> bool:
    """Whether bytes taken for UTF-16 make Bengali text, and not by chance.

    A tab as the second byte of a pair makes a Bengali letter of any text in an old encoding, but
    the other pairs then land all over Unicode.
    """
    if _CONTROL.search(wide) or not _BENGALI.search(wide):
        return False
    return len(_USUAL.findall(wide)) * 2 > len(wide)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error


def _unknown_encoding() -> UnreadableDocument:
    return UnreadableDocument(
        _("ফাইলটির লেখা ইউনিকোডে নেই, তাই পড়া গেল না। ‘Save As’-এ Encoding হিসেবে UTF-8 বেছে আবার দিন।")
    )


def _split_rows(text: str, delimiter: str, reads: Callable[[str], str]) -> Iterator[_Row]:
    """Rows of cells, each as `reads` takes it.

    A cell in quotes may hold line ends, and `""` in it stands for a quote.

    A quote that is never closed before the next cell is an ordinary character: officers write
    “…” in cells that no program quoted.
    """
    # A comma may stand inside quotes; a tab never does, as no program lets one into a cell.
    inside = r'[^"\t]' if delimiter == "\t" else '[^"]'
    stop = rf"(?=[{delimiter}\n]|\Z)"
    cell = re.compile(rf'"(?P<quoted>(?:{inside}|"")*+)"{stop}|(?P<plain>[^{delimiter}\n]*)')
    cells: list[str] = []
    line = first = 1
    position = 0
    while position <= len(text) and (match := cell.match(text, position)):
        quoted = match["quoted"]
        cells.append(reads(match["plain"] if quoted is None else quoted.replace('""', '"')))
        line += match[0].count("\n")
        position = match.end() + 1
        if not text.startswith(delimiter, match.end()):
            yield _Row(cells, first, line)
            cells, line = [], line + 1
            first = line


def _mended(rows: list[_Row], width: int) -> list[_Row]:
    """Rows with those joined again that were broken inside a cell over several lines.

    Lines right below a short row are taken as the rest of it only when together they make up
    exactly the table's width and none of them begins with a serial number or a label.
    """
    mended: list[_Row] = []
    position = 0
    while position < len(rows):
        count = _pieces_of_row(rows, position, width)
        mended.append(_joined(rows[position : position + count]))
        position += count
    return mended


def _pieces_of_row(rows: list[_Row], start: int, width: int) -> int:
    """How many rows from `start` are the pieces of one broken row; 1 when it is whole."""
    have = len(rows[start].cells)
    if rows[start].stands_alone or not 1 < have < width:
        return 1
    for position in range(start + 1, len(rows)):
        above, row = rows[position - 1], rows[position]
        first_cell = row.cells[0].strip()
        if row.first != above.last + 1 or row.stands_alone:
            return 1
        if not first_cell or is_serial(first_cell):
            return 1
        have += len(row.cells) - 1
        if have == width:
            return position - start + 1
        if have > width:
            return 1
    return 1


def _joined(pieces: list[_Row]) -> _Row:
    if len(pieces) == 1:
        return pieces[0]
    cells = list(pieces[0].cells)
    for piece in pieces[1:]:
        cells[-1] = f"{cells[-1].rstrip()} {piece.cells[0].lstrip()}"
        cells.extend(piece.cells[1:])
    return _Row(cells, pieces[0].first, pieces[-1].last, is_mended=True)


def _grids(rows: list[_Row]) -> Iterator[Grid]:
    """Tables are runs of rows with more than one cell; blank lines do not end a table."""
    position = 0
    while position < len(rows):
        end = position
        is_table = len(rows[position].cells) > 1
        while end < len(rows) and (len(rows[end].cells) > 1) == is_table:
            end += 1
        grid = _table(rows[position:end]) if is_table else _loose(rows[position:end])
        if grid:
            yield grid
        position = end


def _table(rows: list[_Row]) -> Grid:
    builder = GridBuilder(locate=_line_number)
    for row in rows:
        builder.start_row(location=_line_number(row.first), mended=row.is_mended)
        for cell in row.cells:
            builder.put(cell)
    return builder.finish()


def _loose(rows: list[_Row]) -> Grid | None:
    return loose_grid((row.cells[0], _line_number(row.first)) for row in rows)


def _line_number(line: int) -> str:
    return _("লাইন %(number)s") % {"number": digits(line)}
