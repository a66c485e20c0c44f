"""Files exported here → lines of the table by column, each with the mark of its row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import (
    OfficeArchive,
    attribute,
    children,
    damaged,
    first_child,
    local_name,
)
from workplans.exchange import (
    ENTRY_COLUMNS,
    ENTRY_SHEET,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    PLAN_SHEET,
    ROW_HEAD,
    TERMS_HEAD,
    PlanMark,
    RowMark,
    read_bookmark,
    read_row_mark,
)
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import MAX_CELL_CHARS, MAX_ROWS, Grid, Line, Sheet
from workplans.importers.serials import is_column_numbering
from workplans.importers.sources.docx import read_docx
from workplans.importers.sources.xlsx import read_xlsx
from workplans.papers.columns import SERIAL, Column, columns_of

from .pdf import Data, data_of_pdf

_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF"
_KEYWORDS_PART: Final = "docProps/core.xml"
_FEWEST_HEADINGS: Final = 3
_QUARTERS: Final = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of a table: its cells by the column's key, and the row it was exported from.

    `merged` are the keys of cells that begin in a line above. `mark` is None in a line that
    somebody has added.
    """

    cells: Mapping[str, str]
    mark: RowMark | None
    location: str
    merged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """What a file says: its mark, the lines of the table, of indicators, and of progress.

    `columns` are the keys that the table has at all; `entries` is None in a file without a sheet
    of progress.
    """

    mark: PlanMark
    columns: tuple[str, ...]
    lines: Sequence[MarkedLine]
    indicators: Sequence[MarkedLine] = ()
    entries: Sequence[MarkedLine] | None = None


def read_lines(content: bytes) -> ExportedFile | None:
    """The lines of a file exported here; None for any other. Raises UnreadableDocument."""
    if content.startswith(_PDF):
        data = data_of_pdf(content)
        return _of_data(data) if data else None
    if not content.startswith(_ZIP):
        return None
    archive = OfficeArchive(content)
    main = next(iter(archive.related("", "officeDocument").values()), "")
    if main.startswith("word/"):
        return _of_word(archive)
    if main.startswith("xl/") and not main.endswith(".bin"):
        return _of_workbook(content, archive, main)
    return None


# --- Excel ---------------------------------------------------------------------------------------
def _of_workbook(content: bytes, archive: OfficeArchive, main: str) -> ExportedFile | None:
    if PLAN_SHEET not in _sheet_names(archive, main):
        return None
    sheets = read_xlsx(content, archive, exact=True)
    named = {sheet.name: sheet for sheet in sheets}
    mark = PlanMark.from_lines(_facts(named[PLAN_SHEET])) if PLAN_SHEET in named else None
    if mark is None:
        return None
    table = next((grid for sheet in sheets for grid in sheet.grids if _is_marked(grid)), None)
    if table is None:
        return None
    columns, lines = _table(table, mark.form)
    return ExportedFile(
        mark,
        columns,
        lines,
        _further(named.get(INDICATOR_SHEET), INDICATOR_COLUMNS) or (),
        _further(named.get(ENTRY_SHEET), ENTRY_COLUMNS),
    )


def _sheet_names(archive: OfficeArchive, main: str) -> set[str]:
    listing = first_child(archive.xml(main), "sheets")
    if listing is None:
        return set()
    return {attribute(sheet, "name") or "" for sheet in children(listing, "sheet")}


def _facts(sheet: Sheet) -> list[tuple[str, str, str]]:
    lines = [line for grid in sheet.grids for line in grid.lines]
    return [(line.text(0), line.text(1), line.text(2)) for line in lines]


def _is_marked(grid: Grid) -> bool:
    """Whether this is the table itself: the further sheets have their heading in line 1."""
    return any(_place_of_marks(line) is not None for line in grid.lines[1:])


def _place_of_marks(line: Line) -> int | None:
    places = (cell.column for cell in line.own_cells() if cell.text == ROW_HEAD)
    return next(places, None)


def _further(
    sheet: Sheet | None, columns: Sequence[tuple[str, str]]
) -> tuple[MarkedLine, ...] | None:
    """The lines of a sheet of indicators or of progress."""
    if sheet is None or not sheet.grids or not sheet.grids[0].lines:
        return None
    head, *rest = sheet.grids[0].lines
    keys = {squeeze(heading): key for key, heading in columns}
    places = {
        keys[words]: cell.column
        for cell in head.own_cells()
        if (words := squeeze(cell.text)) in keys
    }
    marks = _place_of_marks(head)
    return tuple(
        MarkedLine(
            {key: line.text(place) for key, place in places.items()},
            None if marks is None else read_row_mark(line.text(marks)),
            line.location,
        )
        for line in rest
        if any(line.text(place) for place in places.values())
    )


# --- Word ----------------------------------------------------------------------------------------
def _of_word(archive: OfficeArchive) -> ExportedFile | None:
    mark = _mark_of_word(archive)
    if mark is None:
        return None
    tables = [grid for grid in read_docx(archive, exact=True)[0].grids if grid.is_table]
    columns: tuple[str, ...] = ()
    lines: list[MarkedLine] = []
    for table in tables:
        if any(_bookmarked(line) for line in table.lines):
            columns, more = _table(table, mark.form)
            lines += more
    return ExportedFile(mark, columns, lines) if columns else None


def _mark_of_word(archive: OfficeArchive) -> PlanMark | None:
    if _KEYWORDS_PART not in archive:
        return None
    words = [
        part.text or "" for part in archive.xml(_KEYWORDS_PART) if local_name(part) == "keywords"
    ]
    return next(filter(None, map(PlanMark.from_words, words)), None)


def _bookmarked(line: Line) -> RowMark | None:
    return next(filter(None, map(read_bookmark, line.marks)), None)


# --- PDF -----------------------------------------------------------------------------------------
def _of_data(data: Data) -> ExportedFile | None:
    """The lines of the data in a PDF. Anybody may have written it, so nothing is taken on trust."""
    mark = PlanMark.from_json(data.get("mark"))
    lines = _of_list(data.get("lines"))
    if mark is None or not lines:
        return None
    columns = tuple(dict.fromkeys(key for line in lines for key in line.cells))
    entries = data.get("entries")
    return ExportedFile(
        mark,
        columns,
        lines,
        _of_list(data.get("indicators")),
        None if entries is None else _of_list(entries),
    )


def _of_list(lines: Any) -> tuple[MarkedLine, ...]:
    """Lines as [mark, {key: words}]; what has another shape is passed over."""
    found = lines if isinstance(lines, list) else []
    if len(found) > MAX_ROWS:
        raise damaged()
    pairs = [one for one in found if isinstance(one, list) and len(one) == 2]
    return tuple(
        MarkedLine(
            {
                _words(key): normalise(_words(words))[:MAX_CELL_CHARS]
                for key, words in cells.items()
            },
            read_row_mark(str(mark)),
            _("সারি %(row)s") % {"row": digits(number)},
        )
        for number, (mark, cells) in enumerate(pairs, start=1)
        if isinstance(cells, dict)
    )


def _words(value: Any) -> str:
    """A value of JSON as words that can be stored: half a sign is none."""
    return str(value).encode("utf-8", "ignore").decode()


# --- The table, in either ------------------------------------------------------------------------
def _table(grid: Grid, form: str) -> tuple[tuple[str, ...], list[MarkedLine]]:
    """The keys of the columns that are there, and the lines under the heading.

    Raises UnreadableDocument when the heading has been lost.
    """
    lines = [line for line in grid.lines if line.own_cells()]
    headings = _headings(form)
    start = next(
        (n for n, line in enumerate(lines) if _known(line, headings) >= _FEWEST_HEADINGS), None
    )
    if start is None:
        raise _headless()
    marks = _place_of_marks(lines[start])
    height = 2 if start + 1 < len(lines) and _is_lower(lines[start + 1], headings, marks) else 1
    places = _places(lines[start : start + height], form)
    if "title" not in places:
        raise _headless()
    rows = [
        line
        for line in lines[start + height :]
        if not is_column_numbering([c.text for c in line.own_cells() if c.column != marks])
        and not _known(line, headings) >= _FEWEST_HEADINGS
    ]
    return tuple(places), [_marked(line, places, marks) for line in rows]


def _headings(form: str) -> set[str]:
    columns = (SERIAL, *columns_of(form, _QUARTERS))
    return {TERMS_HEAD} | {squeeze(w) for c in columns for w in (c.heading, c.under) if w}


def _label(text: str) -> str:
    """A heading without the note under it."""
    return squeeze(text.split("\n", 1)[0])


def _known(line: Line, headings: set[str]) -> int:
    return sum(_label(cell.text) in headings for cell in line.own_cells())


def _is_lower(line: Line, headings: set[str], marks: int | None) -> bool:
    """Whether the line divides the headings above it."""
    if _bookmarked(line) or (marks is not None and read_row_mark(line.text(marks))):
        return False
    own = [cell for cell in line.own_cells() if cell.column != marks]
    return bool(own) and all(_label(cell.text) in headings for cell in own)


def _places(head: Sequence[Line], form: str) -> dict[str, int]:
    """Where each column stands, by its key. The same heading twice is told apart by the one it
    stands under, and else by its order."""
    wanted: list[Column] = [SERIAL, *columns_of(form, _QUARTERS)]
    places: dict[str, int] = {}
    for position in range(max(len(line.cells) for line in head)):
        upper, lower = (_head_at(line, position) for line in (head[0], head[-1]))
        lower = lower or upper
        if _label(lower) == TERMS_HEAD:
            places["terms"] = position
            continue
        fitting = [column for column in wanted if squeeze(column.heading) == _label(lower)]
        best = [column for column in fitting if squeeze(column.under) == _label(upper)]
        for column in (*best, *fitting)[:1]:
            wanted.remove(column)
            places[column.key] = position
    return places


def _head_at(line: Line, position: int) -> str:
    return line.cells[position].text if position < len(line.cells) else ""


def _marked(line: Line, places: Mapping[str, int], marks: int | None) -> MarkedLine:
    mark = _bookmarked(line) if marks is None else read_row_mark(line.text(marks))
    cells = {key: line.text(place) for key, place in places.items()}
    merged = frozenset(key for key, place in places.items() if line.is_merged_from_above(place))
    return MarkedLine(cells, mark, line.location, merged)


def _headless() -> UnreadableDocument:
    return UnreadableDocument(
        _("এটি এখান থেকে নামানো ফাইল, কিন্তু ছকের শিরোনামের সারিটি আর নেই। শিরোনামসহ ফাইলটি আবার দিন।")
    )
