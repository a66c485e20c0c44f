"""Rows of cells with merged cells resolved: the common shape every kind of source is turned into.

A merged cell is one `Cell` object standing at every position it covers, so a reader can ask for
the text at a position and also whether the cell begins there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.templatetags.bangla_tags import digits
from workplans.importers.errors import UnreadableDocument

MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_CELL_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `row` and `column` (from 0) are where its top left corner stands in the grid."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid.

    `row` counts from 0 inside the grid; `location` names the place for people. `hidden` rows
    are not seen when the document is opened; `mended` rows were broken over several lines.
    `marks` are the names of bookmarks that begin in the row, in a Word file.
    """

    cells: tuple[Cell, ...]
    row: int
    location: str
    hidden: bool = False
    mended: bool = False
    marks: tuple[str, ...] = ()

    def text(self, column: int) -> str:
        """The words at `column`; "" past the end, or where a cell merged from the left stands."""
        if column >= len(self.cells) or self.cells[column].column != column:
            return ""
        return self.cells[column].text

    def is_merged_from_above(self, column: int) -> bool:
        """Whether the cell at `column` begins in an earlier row."""
        return column < len(self.cells) and self.cells[column].row < self.row

    def own_cells(self) -> list[Cell]:
        """The cells with words that begin in this row, each once, from left to right."""
        return [
            cell
            for column, cell in enumerate(self.cells)
            if cell.text and cell.row == self.row and cell.column == column
        ]

    def words(self) -> str:
        """The row's own words in one line, for lists of what was left out."""
        return " | ".join(" ".join(cell.text.split()) for cell in self.own_cells())


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or (`is_table` False) a stretch of text outside tables, one cell a line."""

    lines: tuple[Line, ...]
    is_table: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document: its tables and the text between them in order. Only workbooks have names.

    `is_converted` when some of its text was typed for a Bijoy font.
    """

    name: str
    grids: tuple[Grid, ...]
    hidden: bool = False
    is_converted: bool = False


@dataclass
class GridBuilder:
    """Collects cells row by row and works out where merged cells stand.

    `locate` turns a row number (from 1) into the place people are told; an `exact` table keeps
    its blank lines inside cells. Raises UnreadableDocument past the limits on rows, columns and
    characters.
    """

    locate: Callable[[int], str]
    exact: bool = False
    _rows: list[dict[int, Cell]] = field(default_factory=list)
    _flags: list[tuple[str, bool, bool, tuple[str, ...]]] = field(default_factory=list)
    _spans: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    _column: int = 0

    def start_row(
        self,
        *,
        location: str = "",
        hidden: bool = False,
        mended: bool = False,
        marks: tuple[str, ...] = (),
    ) -> None:
        """Begin the next row; `location` overrides what `locate` would say."""
        self._fill_spans()
        number = len(self._rows) + 1
        if number > MAX_ROWS:
            raise UnreadableDocument(
                _("ছকে %(limit)sটির বেশি সারি আছে। শুধু দরকারি ছকটি রেখে আবার দিন।")
                % {"limit": digits(MAX_ROWS)}
            )
        self._rows.append({})
        self._flags.append((location or self.locate(number), hidden, mended, marks))
        self._column = 0

    @property
    def next_column(self) -> int:
        """Where the next cell of this row will stand, from 0."""
        while self._reaches_down(self._column):
            self._rows[-1][self._column] = self._spans[self._column][0]
            self._column += 1
        return self._column

    def put(self, text: str, *, columns: int = 1, rows: int = 1) -> None:
        """Add the next cell, `columns` wide and `rows` high, at the first free position."""
        row, first = len(self._rows) - 1, self.next_column
        cell = Cell(self._checked(text, first), row, first)
        columns = max(1, min(columns, MAX_COLUMNS - first))
        for column in range(first, min(first + columns, MAX_COLUMNS)):
            self._rows[-1][column] = cell
            if rows > 1:
                self._spans[column] = (cell, rows)
        self._column = first + columns

    def put_merged_from_above(self, *, columns: int = 1) -> None:
        """Add positions that belong to the cell of the row above (a cell merged downwards)."""
        above = self._rows[-2] if len(self._rows) > 1 else {}
        for column in range(self._column, min(self._column + columns, MAX_COLUMNS)):
            blank = Cell("", len(self._rows) - 1, column)
            self._rows[-1][column] = above.get(column, blank)
        self._column += columns

    def finish(self) -> Grid:
        """The grid of all rows added."""
        self._fill_spans()
        return Grid(tuple(self._line(row) for row in range(len(self._rows))))

    def _line(self, row: int) -> Line:
        cells, (location, hidden, mended, marks) = self._rows[row], self._flags[row]
        width = max(cells, default=-1) + 1
        filled = tuple(cells.get(column) or Cell("", row, column) for column in range(width))
        return Line(filled, row, location, hidden, mended, marks)

    def _checked(self, text: str, column: int) -> str:
        text = normalise(text)
        if not self.exact:
            text = "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
        place = {"place": self._flags[-1][0]}
        if text and column >= MAX_COLUMNS:
            raise UnreadableDocument(
                _("%(place)s: %(limit)sটির বেশি কলাম আছে। বাড়তি কলাম মুছে আবার দিন।")
                % {**place, "limit": digits(MAX_COLUMNS)}
            )
        if len(text) > MAX_CELL_CHARS:
            raise UnreadableDocument(
                _("%(place)s: একটি ঘরে %(limit)sটির বেশি অক্ষর আছে। লেখাটি ছোট করে আবার দিন।")
                % {**place, "limit": digits(MAX_CELL_CHARS)}
            )
        return text

    def _fill_spans(self) -> None:
        """Let cells merged downwards also cover positions right of the row's last cell."""
        if self._rows:
            for column in self._spans:
                if self._reaches_down(column):
                    self._rows[-1].setdefault(column, self._spans[column][0])

    def _reaches_down(self, column: int) -> bool:
        cell, rows = self._spans.get(column, (None, 0))
        return cell is not None and cell.row < len(self._rows) - 1 < cell.row + rows
