"""Lines of grids → draft rows of the plan, and the lines that are no rows.

What a printed plan has between its rows (titles, the head again on every page, the numbers of
the columns, signatures) is left out and listed. What the layout leaves unsaid (a subject
spanning rows, a serial covering sub-rows, a row broken over a page) is said again.
"""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from bangla.digits import to_ascii
from bangla.text import squeeze
from teams.templatetags.bangla_tags import digits
from workplans.importers.draft import Draft, keys_of
from workplans.importers.grid import Grid, Line
from workplans.importers.header import Column, Header, find_header
from workplans.importers.headings import headings_over
from workplans.importers.plan import SkippedLine
from workplans.importers.scored import ScoredLines
from workplans.importers.serials import is_column_numbering, is_serial, shown
from workplans.importers.signs import find_sign_head

_DATES: Final = (Column.START, Column.END, Column.PERIOD)
_TEXTS: Final = (
    Column.TITLE,
    Column.RESPONSIBLE,
    Column.EXPECTED_RESULT,
    Column.MEASURE,
    Column.PROGRESS,
)
_CARRIED_BY_DITTO: Final = (Column.RESPONSIBLE, Column.EXPECTED_RESULT, Column.MEASURE)
_DITTO: Final = re.compile(r"[-–—\s]*(?:ঐ|[\"”“〃]|,,|ditto|do)[-–—\s]*", re.IGNORECASE)
# The year of a date whose day and month stayed on the page before.
_DATE_TAIL: Final = re.compile(r"\d{4}(?:\s*খ্রি[.ঃ:।]*)?")
_SENTENCE_END: Final = ("।", ".", "?", "!", ";", ":", "৷")
_SIGNATURE: Final = re.compile(
    r"^\(.{3,60}\)$|স্বাক্ষর|অনুলিপি|স্মারক|ফোন\s*[:ঃ]|ই-?মেইল\s*[:ঃ]|^(?:প্রস্তুতকারী|অনুমোদনকারী)"
)
# A head further down has at least three columns for every four of the head before it.
_FULLNESS: Final = (3, 4)
_LONGEST_SHOWN: Final = 160
# A scored table may have a title or two above its head.
_HEAD_ROWS: Final = 12


def read_rows(grids: Sequence[Grid]) -> tuple[list[Draft], list[SkippedLine]] | None:
    """The plan's rows and the lines left out, in order; None when no table is a plan's."""
    reader = _Reader()
    headings = headings_over(grids)
    for number, grid in enumerate(grids):
        reader.read(grid, heading=headings.get(number, ""), is_heading=number + 1 in headings)
    return (reader.drafts, reader.skipped) if reader.found_plan else None


class _Reader:
    """Goes through a document once and keeps what the lines so far have settled."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self._scored: ScoredLines | None = None
        self.drafts: list[Draft] = []
        self.skipped: list[SkippedLine] = []
        self._subject = ""
        self._begins_subject = False  # by a line above the rows rather than in them
        self._saw_serial = False
        self._left_out: list[tuple[int, SkippedLine]] = []  # of one grid, by row

    @property
    def found_plan(self) -> bool:
        """Whether any table had the head of a plan."""
        return self.header is not None or self._scored is not None

    def read(self, grid: Grid, *, heading: str = "", is_heading: bool = False) -> None:
        """Take in the next table or stretch of text of the document.

        `heading` is the subject that stands above a table; `is_heading` says of a text that its
        last line is the subject of the table below.
        """
        lines = [line for line in grid.lines if line.own_cells()]
        seen = [line for line in lines if not line.hidden]
        self._left_out = []
        if heading:
            self._subject, self._begins_subject = heading, True
        if grid.is_table and self._is_scored(seen):
            self._read_scored(seen)
        elif grid.is_table and (self._goes_on(seen) or _has_header(seen)):
            self._scored = None
            self._read_table(seen)
        else:
            self._skip_all(seen, is_table=grid.is_table, is_heading=is_heading)
        for line in lines:
            if line.hidden:
                self._skip(line, _("সারিটি লুকানো ছিল। দরকার হলে দৃশ্যমান করে আবার দিন।"))
        self.skipped.extend(skipped for _row, skipped in sorted(self._left_out, key=_row_of))

    def _skip_all(self, lines: Sequence[Line], *, is_table: bool, is_heading: bool) -> None:
        other_table = _("ছকটি কর্মপরিকল্পনার নয়।")
        reason = other_table if is_table else _("ছকের বাইরের লেখা।")
        for line in lines:
            is_subject = is_heading and line is lines[-1]
            self._skip(line, _("নিচের ছকের বিষয় হিসেবে নেওয়া হয়েছে।") if is_subject else reason)

    def _is_scored(self, lines: Sequence[Line]) -> bool:
        """Whether the table is of the scored or quarterly form, or goes on with one."""
        if any(find_sign_head(lines, position) for position in range(min(len(lines), _HEAD_ROWS))):
            return True
        widest = max((len(line.cells) for line in lines), default=0)
        is_going_on = self._scored is not None and widest == self._scored.head.width
        return is_going_on and not _has_header(lines)

    def _read_scored(self, lines: Sequence[Line]) -> None:
        position = 0
        while position < len(lines):
            head = find_sign_head(lines, position)
            if head:
                if self._scored:
                    for line in lines[position : position + head.height]:
                        self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
                    self._subject = self._scored.subject if not self._subject else self._subject
                self._scored = ScoredLines(head, self.drafts, subject=self._subject)
                position += head.height
                continue
            self._read_scored_line(lines[position])
            position += 1
        if self._scored:
            self._subject = self._scored.subject

    def _read_scored_line(self, line: Line) -> None:
        texts = [cell.text for cell in line.own_cells()]
        if self._scored is None:
            self._skip(line, _("ছকের শিরোনামের আগের লেখা।"))
        elif self._scored.head.is_repeated_by(line):
            self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
        elif is_column_numbering(texts):
            self._skip(line, _("কলামের নম্বর।"))
        elif _is_signature(line):
            self._skip(line, _("স্বাক্ষর বা পাদটীকার লেখা।"))
        elif not self._scored.take(line):
            self._skip(line, _("ছকের সারি নয়।"))

    def _goes_on(self, lines: Sequence[Line]) -> bool:
        """Whether a table without a head of its own continues the one before it."""
        if self.header is None or not lines:
            return False
        widest = max(len(line.cells) for line in lines)
        column = self.header.columns.get(Column.SERIAL)
        numbered = [column is None or is_serial(line.text(column)) for line in lines]
        return widest == self.header.width and any(numbered)

    def _read_table(self, lines: Sequence[Line]) -> None:
        position = 0
        while position < len(lines):
            header = find_header(lines, position)
            if header and (position == 0 or self._may_follow(header)):
                self._meet_header(header, lines[position : position + header.height])
                position += header.height
                continue
            following = lines[position + 1] if position + 1 < len(lines) else None
            self._read_line(lines[position], following)
            position += 1

    def _may_follow(self, header: Header) -> bool:
        """Whether what looks like a head further down is one: as full as the head before it.

        A row of a few short words may happen to read like labels.
        """
        known = len(self.header.columns) if self.header else 0
        return len(header.columns) * _FULLNESS[1] >= known * _FULLNESS[0]

    def _meet_header(self, header: Header, lines: Sequence[Line]) -> None:
        if self.header is not None:
            for line in lines:
                self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
        self.header = header

    def _read_line(self, line: Line, following: Line | None) -> None:
        header = self.header
        if header is None:
            self._skip(line, _("ছকের শিরোনামের আগের লেখা।"))
        elif header.is_repeated_by(line):
            self._skip(line, _("ছকের শিরোনাম আবার এসেছে।"))
        elif is_column_numbering([cell.text for cell in line.own_cells()]):
            self._skip(line, _("কলামের নম্বর।"))
        elif _is_signature(line):
            self._skip(line, _("স্বাক্ষর বা পাদটীকার লেখা।"))
        elif _is_lone(line, header):
            self._read_lone(line, header, following)
        else:
            self._read_data(line, header)

    def _read_lone(self, line: Line, header: Header, following: Line | None) -> None:
        """A text across the table: a subject over the rows below it, or a title or footer."""
        words = squeeze(line.own_cells()[0].text)
        if is_serial(words):
            self._skip(line, _("ক্রমিক ছাড়া কিছু লেখা নেই।"))
        elif following and _begins_row(following, header):
            self._subject, self._begins_subject = words, True
            self._skip(line, _("সারি জুড়ে লেখা; নিচের সারিগুলোর বিষয় হিসেবে নেওয়া হয়েছে।"))
        else:
            self._skip(line, _("ছকের সারি নয়।"))

    def _read_data(self, line: Line, header: Header) -> None:
        draft = self._draft(line, header)
        above = self.drafts[-1] if self.drafts else None
        if above and self._continues(draft, above):
            _join(draft, above)
            self._subject = above.text(Column.SUBJECT)
            return
        if not any(draft.text(column) for column in (*_TEXTS, *_DATES)):
            self._skip(line, _("ক্রমিক বা বিষয় ছাড়া কিছু লেখা নেই।"))
            return
        self._carry_subject(draft, header)
        draft.given_subject = draft.given_subject or self._begins_subject
        self._begins_subject = False
        self._carry_serial(draft, above, header)
        _carry_ditto(draft, above)
        self.drafts.append(draft)

    def _draft(self, line: Line, header: Header) -> Draft:
        words = {column: _own_text(line, header, column) for column in header.columns}
        if Column.SERIAL in words:
            words[Column.SERIAL] = shown(words[Column.SERIAL])
        draft = Draft(line.location, words, has_period_column=Column.PERIOD in header.columns)
        draft.columns = keys_of(header.columns, has_progress=bool(header.progress))
        draft.progress = [
            (label, line.text(at)) for at, label in header.progress.items() if line.text(at)
        ]
        draft.given_subject = _is_given(line, header, Column.SUBJECT)
        draft.given_serial = _is_given(line, header, Column.SERIAL)
        self._saw_serial = self._saw_serial or draft.given_serial
        if line.mended:
            draft.doubt("row", _("সারিটি একাধিক লাইনে ভাঙা ছিল; জোড়া দিয়ে পড়া হয়েছে।"))
        _doubt_shape(draft, line, header)
        return draft

    def _continues(self, draft: Draft, above: Draft) -> bool:
        """Whether the row is the rest of the one above, left over by the end of a page."""
        if draft.text(Column.SERIAL) or any(
            draft.text(column) and not _DATE_TAIL.fullmatch(to_ascii(draft.text(column)))
            for column in _DATES
        ):
            return False
        if not any(draft.text(column) for column in _TEXTS):
            return any(draft.text(column) for column in _DATES)
        if not draft.text(Column.TITLE):
            return True
        is_unfinished = not above.text(Column.TITLE).endswith(_SENTENCE_END)
        return self._saw_serial and is_unfinished and not draft.given_subject

    def _carry_subject(self, draft: Draft, header: Header) -> None:
        if draft.text(Column.SUBJECT):
            self._subject = draft.text(Column.SUBJECT)
            return
        draft.words[Column.SUBJECT] = self._subject
        if not self._subject and Column.SUBJECT in header.columns:
            draft.doubt("subject", _("বিষয় লেখা নেই, আর উপরে কোনো সারিতেও নেই।"))

    def _carry_serial(self, draft: Draft, above: Draft | None, header: Header) -> None:
        if draft.text(Column.SERIAL) or Column.SERIAL not in header.columns:
            return
        if above and above.text(Column.SERIAL):
            serial = above.text(Column.SERIAL)
            draft.words[Column.SERIAL] = serial
            draft.doubt(
                "serial",
                _("ক্রমিক লেখা নেই; উপরের সারির ক্রমিক %(serial)s ধরা হয়েছে।") % {"serial": serial},
            )
        else:
            draft.doubt("serial", _("ক্রমিক লেখা নেই।"))

    def _skip(self, line: Line, reason: str) -> None:
        words = line.words()
        short = words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"
        skipped = SkippedLine(f"{line.location}: {short}", reason)
        self._left_out.append((line.row, skipped))


def _row_of(left_out: tuple[int, SkippedLine]) -> int:
    return left_out[0]


def _has_header(lines: Sequence[Line]) -> bool:
    return any(find_header(lines, position) for position in range(len(lines)))


def _own_text(line: Line, header: Header, column: Column) -> str:
    """A cell's words; those of dates in one line, because narrow columns break them anywhere."""
    text = line.text(header.columns[column])
    return squeeze(text) if column in (*_DATES, Column.SUBJECT) else text


def _is_given(line: Line, header: Header, column: Column) -> bool:
    position = header.columns.get(column)
    if position is None:
        return False
    return bool(line.text(position)) and not line.is_merged_from_above(position)


def _is_signature(line: Line) -> bool:
    own = line.own_cells()
    return (
        len(own) <= 2
        and not is_serial(own[0].text)
        and any(_SIGNATURE.search(squeeze(cell.text)) for cell in own)
    )


def _is_lone(line: Line, header: Header) -> bool:
    """Whether the row holds one text that is not in a cell of its own column.

    Merged across most of the table, or, as a merged cell is pasted, in the first column.
    """
    own = line.own_cells()
    if len(own) != 1 or any(cell.row < line.row for cell in line.cells if cell.text):
        return False
    covered = sum(1 for cell in line.cells if cell is own[0])
    if covered > 1:
        return covered * 2 > header.width
    return own[0].column == 0 and header.columns.get(Column.TITLE) != 0


def _begins_row(line: Line, header: Header) -> bool:
    column = header.columns.get(Column.SERIAL)
    if column is not None:
        return is_serial(line.text(column)) and len(line.own_cells()) > 1
    return len(line.own_cells()) > 2


def _doubt_shape(draft: Draft, line: Line, header: Header) -> None:
    """Note cells too many, too few, under an unknown label, or merged over several columns."""
    for position in (*header.extra, *range(header.width, len(line.cells))):
        words = squeeze(line.text(position))
        if words:
            label = squeeze(header.labels[position]) if position < header.width else ""
            draft.doubt("row", _extra_reason(label, words))
    if len(line.cells) < header.width:
        counts = {"have": digits(len(line.cells)), "want": digits(header.width)}
        draft.doubt("row", _("সারিতে %(want)sটির জায়গায় %(have)sটি ঘর আছে।") % counts)
    for column, position in header.columns.items():
        swallowed = _swallowed(line, header, position)
        if swallowed and not (column is Column.START and swallowed == {Column.END}):
            draft.doubt(column, _("ঘরটি একাধিক কলাম জুড়ে লেখা; ঠিক ঘরে আছে কি না দেখুন।"))


def _extra_reason(label: str, words: str) -> str:
    if label:
        return _("‘%(label)s’ কলামের লেখা নেওয়া হয়নি: %(words)s") % {"label": label, "words": words}
    return _("ছকের কলামের বাইরে বাড়তি লেখা আছে, নেওয়া হয়নি: %(words)s") % {"words": words}


def _swallowed(line: Line, header: Header, position: int) -> set[Column]:
    """The other columns that the cell standing at `position` also covers."""
    if not line.text(position):
        return set()
    return {
        column
        for column, other in header.columns.items()
        if position < other < len(line.cells) and line.cells[other] is line.cells[position]
    }


def _join(rest: Draft, above: Draft) -> None:
    """Add the rest of a row, broken over a page, to the row it belongs to."""
    for column, words in rest.words.items():
        if words and words != above.text(column):
            above.append(column, words)
            above.doubt(
                column,
                _("%(place)s-এর লেখা এই ঘরের বাকি অংশ ধরে জোড়া দেওয়া হয়েছে: %(words)s")
                % {"place": rest.location, "words": squeeze(words)[:_LONGEST_SHOWN]},
            )
    above.doubts.extend(rest.doubts)


def _carry_ditto(draft: Draft, above: Draft | None) -> None:
    """Replace “ঐ” by the words it stands for."""
    for column in _CARRIED_BY_DITTO:
        words = draft.text(column)
        if above and words and _DITTO.fullmatch(words):
            draft.words[column] = above.text(column)
            draft.doubt(
                column,
                _("‘%(words)s’ লেখা ছিল; উপরের সারির লেখা নেওয়া হয়েছে।") % {"words": words},
            )
