"""Lines of grids → the ideas of a list, and the lines that are none.

What a list has between its ideas (titles, the head again on every page, the numbers of the
columns, sums, signatures) is left out and told. What the layout leaves unsaid (a year or a state
written once over several rows, an idea broken over a page, “ঐ”) is said again.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from bangla.text import squeeze
from ideas.contact_words import without_contacts
from ideas.importers.found import FoundIdea, SkippedLine
from ideas.importers.header import Column, Header, find_header
from ideas.importers.words import is_state, year_in_title
from workplans.importers.grid import Grid, Line
from workplans.importers.serials import is_column_numbering, is_serial, shown

_TEXTS: Final = (Column.TITLE, Column.PROBLEM, Column.DESCRIPTION, Column.BENEFIT)
_CARRIED_BY_DITTO: Final = (
    *(Column.SUBMITTER, Column.DETAIL, Column.OFFICE),
    *(Column.STATE, Column.YEAR, Column.REMARKS),
)
_DITTO: Final = re.compile(r"[-–—\s]*(?:ঐ|[\"”“〃]|,,|ditto|do)[-–—\s]*", re.IGNORECASE)
_SUM: Final = re.compile(r"^(?:সর্ব|উপ)?\s*-?\s*মোট|^(?:sub|grand)?\s*-?total\b", re.IGNORECASE)
_SIGNATURE: Final = re.compile(r"^\(.{3,60}\)$|স্বাক্ষর|অনুলিপি|স্মারক|^(?:প্রস্তুতকারী|অনুমোদনকারী)")
_LONGEST_SHOWN: Final = 160
_LONGEST_HEADING: Final = 80


def read_rows(grids: Sequence[Grid]) -> tuple[list[FoundIdea], list[SkippedLine]] | None:
    """The ideas and the lines left out, in order; None when no table is a list of ideas."""
    reader = _Reader()
    for grid in grids:
        reader.read(grid)
    return (reader.rows, reader.skipped) if reader.header else None


class _Reader:
    """Goes through a document once and keeps what the lines so far have settled."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.rows: list[FoundIdea] = []
        self.skipped: list[SkippedLine] = []
        self._year = ""  # of the list's title, or of the heading over the rows
        self._state = ""  # of the heading over the rows

    def read(self, grid: Grid) -> None:
        """Take in the next table or stretch of text of the document."""
        lines = [line for line in grid.lines if line.own_cells()]
        seen = [line for line in lines if not line.hidden]
        if grid.is_table and (self._goes_on(seen) or _has_header(seen)):
            self._read_table(seen)
        else:
            other_table = _("ছকটি উদ্ভাবনী ধারণার তালিকা নয়।")
            reason = other_table if grid.is_table else _("ছকের বাইরের লেখা।")
            for line in seen:
                self._hear_title(line)
                self._skip(line, reason)
        for line in lines:
            if line.hidden:
                self._skip(line, _("সারিটি লুকানো ছিল। দরকার হলে দৃশ্যমান করে আবার দিন।"))

    def _goes_on(self, lines: Sequence[Line]) -> bool:
        """Whether a table without a head of its own continues the one before it."""
        if self.header is None or not lines:
            return False
        places = self.header.columns.get(Column.SERIAL)
        widest = max(len(line.cells) for line in lines)
        numbered = places is None or any(is_serial(line.text(places[0])) for line in lines)
        return widest == self.header.width and numbered

    def _read_table(self, lines: Sequence[Line]) -> None:
        position = 0
        while position < len(lines):
            header = find_header(lines, position) if self._may_be_head(lines[position]) else None
            if header:
                self._meet_header(header, lines[position : position + header.height])
                position += header.height
                continue
            self._read_line(lines[position])
            position += 1

    def _may_be_head(self, line: Line) -> bool:
        """After the first head only the same head again, or one as full as it, is a head."""
        return self.header is None or self.header.is_repeated_by(line) or not self._is_row(line)

    def _is_row(self, line: Line) -> bool:
        """Whether a line below a head has words where ideas have them, so is not a head itself."""
        header = self.header
        if header is None:
            return False
        serial = header.columns.get(Column.SERIAL)
        if serial is not None and len(line.own_cells()) > 1:
            return is_serial(line.text(serial[0])) or not line.text(serial[0])
        return True

    def _meet_header(self, header: Header, lines: Sequence[Line]) -> None:
        if self.header is not None:
            for line in lines:
                self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
        elif header.columns.get(Column.CONTACT):
            place = header.columns[Column.CONTACT][0]
            reason = _("প্রস্তাবকের মোবাইল ও ই-মেইল তালিকা থেকে আনা হয় না।")
            self.skipped.append(SkippedLine(squeeze(header.labels[place]), reason))
        self.header = header

    def _read_line(self, line: Line) -> None:
        header = self.header
        own = line.own_cells()
        if header is None:
            self._hear_title(line)
            self._skip(line, _("ছকের শিরোনামের আগের লেখা।"))
        elif header.is_repeated_by(line):
            self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
        elif is_column_numbering([cell.text for cell in own]):
            self._skip(line, _("কলামের নম্বর।"))
        elif _is_sum(line, header):
            self._skip(line, _("মোটের সারি, কোনো ধারণা নয়।"))
        elif len(own) <= 2 and any(_SIGNATURE.search(squeeze(cell.text)) for cell in own):
            self._skip(line, _("স্বাক্ষর বা পাদটীকার লেখা।"))
        elif _is_lone(line, header):
            self._read_heading(line)
        else:
            self._read_data(line, header)

    def _hear_title(self, line: Line) -> None:
        """A title such as “২০১৭-১৮ অর্থবছরের উদ্ভাবনী ধারণার তালিকা” dates what has no date."""
        if not self.rows:
            self._year = year_in_title(line.words()) or self._year

    def _read_heading(self, line: Line) -> None:
        """A text across the list: the year or the state of the rows below it, or neither."""
        words = squeeze(line.own_cells()[0].text)
        if len(words) <= _LONGEST_HEADING and (year := year_in_title(words)):
            self._year = year
            self._skip(line, _("সারি জুড়ে লেখা; নিচের সারিগুলোর বছর হিসেবে নেওয়া হয়েছে।"))
        elif len(words) <= _LONGEST_HEADING and is_state(words):
            self._state = words
            self._skip(line, _("সারি জুড়ে লেখা; নিচের সারিগুলোর অবস্থা হিসেবে নেওয়া হয়েছে।"))
        else:
            self._skip(line, _("ছকের সারি নয়।"))

    def _read_data(self, line: Line, header: Header) -> None:
        words = {column: _words_at(line, header, column) for column in header.columns}
        above = self.rows[-1] if self.rows else None
        if not any(words.get(column) for column in _TEXTS):
            self._skip(line, _("ধারণার শিরোনাম বা বিবরণ লেখা নেই।"))
        elif above and _continues(line, header, words):
            _join(above, words, line.location)
        else:
            self.rows.append(self._row(line, header, words, above))

    def _row(
        self, line: Line, header: Header, words: dict[Column, str], above: FoundIdea | None
    ) -> FoundIdea:
        row = FoundIdea(location=line.location)
        for column, text in words.items():
            if column is not Column.CONTACT:
                setattr(row, column, text)
        row.serial = shown(row.serial)
        if above:
            _carry_ditto(row, above)
        if not row.status and self._state:
            row.status = self._state
        if not row.received_text and self._year:
            row.received_text = self._year
            if Column.YEAR in header.columns:
                row.doubt(Column.YEAR, _("ঘরে বছর নেই; উপরের শিরোনাম থেকে নেওয়া হয়েছে।"))
        if line.mended:
            row.doubt("row", _("সারিটি একাধিক লাইনে ভাঙা ছিল; জোড়া দিয়ে পড়া হয়েছে।"))
        _doubt_shape(row, line, header)
        return row

    def _skip(self, line: Line, reason: str) -> None:
        words = without_contacts(line.words())
        short = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
        self.skipped.append(SkippedLine(f"{line.location}: {short}", reason))


def _has_header(lines: Sequence[Line]) -> bool:
    return any(find_header(lines, position) for position in range(len(lines)))


def _words_at(line: Line, header: Header, column: Column) -> str:
    """The words of a kind, those of several columns one below the other."""
    texts = [line.text(place) for place in header.columns[column]]
    joined = "\n".join(filter(None, texts))
    return joined if column in (*_TEXTS, Column.SUBMITTER, Column.REMARKS) else squeeze(joined)


def _is_sum(line: Line, header: Header) -> bool:
    """A line that adds up: “মোট” where the serial or the title stands, and figures."""
    first = squeeze(line.own_cells()[0].text)
    title = header.columns.get(Column.TITLE, (0,))[0]
    at_title = squeeze(line.text(title))
    is_short = len(first) <= _LONGEST_HEADING and len(line.own_cells()) < max(header.width, 3)
    return is_short and bool(_SUM.search(first) or _SUM.search(at_title))


def _is_lone(line: Line, header: Header) -> bool:
    """Whether the row holds one text that stands across the table or in the first column alone."""
    own = line.own_cells()
    if len(own) != 1 or any(cell.row < line.row for cell in line.cells if cell.text):
        return False
    covered = sum(1 for cell in line.cells if cell is own[0])
    names = {*header.columns.get(Column.TITLE, ()), *header.columns.get(Column.DESCRIPTION, ())}
    return covered * 2 > header.width or (own[0].column == 0 and 0 not in names)


def _continues(line: Line, header: Header, words: dict[Column, str]) -> bool:
    """Whether the row is the rest of the one above: no serial and no title of its own.

    A merged title above it covers the row as well.
    """
    title = header.columns.get(Column.TITLE)
    if title is not None and line.is_merged_from_above(title[0]) and words[Column.TITLE]:
        return True
    if title is None or words[Column.TITLE] or words.get(Column.SERIAL):
        return False
    return Column.SERIAL in header.columns


def _join(above: FoundIdea, words: dict[Column, str], place: str) -> None:
    """Add the rest of an idea, broken over a page or over sub-rows, to the row it belongs to."""
    for column in (*_TEXTS, Column.REMARKS):
        text = words.get(column, "")
        before: str = getattr(above, column)
        if text and text != before:
            setattr(above, column, f"{before}\n{text}".strip())
            told = {"place": place, "words": squeeze(text)[:_LONGEST_SHOWN]}
            above.doubt(
                column, _("%(place)s-এর লেখা এই ঘরের বাকি অংশ ধরে জোড়া দেওয়া হয়েছে: %(words)s") % told
            )


def _carry_ditto(row: FoundIdea, above: FoundIdea) -> None:
    """Replace “ঐ” by the words it stands for."""
    for column in _CARRIED_BY_DITTO:
        words: str = getattr(row, column)
        if words and _DITTO.fullmatch(words):
            setattr(row, column, getattr(above, column))
            told = {"words": words}
            row.doubt(column, _("‘%(words)s’ লেখা ছিল; উপরের সারির লেখা নেওয়া হয়েছে।") % told)


def _doubt_shape(row: FoundIdea, line: Line, header: Header) -> None:
    """Note words under a label that says nothing here, or past the last column."""
    for place in (*header.extra, *range(header.width, len(line.cells))):
        words = without_contacts(squeeze(line.text(place)))
        if not words:
            continue
        label = squeeze(header.labels[place]) if place < header.width else ""
        told = {"label": label, "words": words[:_LONGEST_SHOWN]}
        if label:
            row.doubt("row", _("‘%(label)s’ কলামের লেখা নেওয়া হয়নি: %(words)s") % told)
        else:
            row.doubt("row", _("ছকের কলামের বাইরে বাড়তি লেখা আছে, নেওয়া হয়নি: %(words)s") % told)
