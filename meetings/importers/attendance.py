"""Who was present: the annex (পরিশিষ্ট ‘ক’), as a table or as numbered lines."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bangla.text import squeeze
from meetings.importers.columns import Column
from meetings.importers.copies import serial_end
from meetings.importers.minutes import ImportedAttendee
from meetings.importers.paper import Row
from workplans.importers.serials import shown

_FIRST_CUT: Final = re.compile(r"[,\n]")
_SERIAL_SIGNS: Final = " .।:)(]["


def read_attendance(rows: Sequence[Row], annex: Sequence[str]) -> tuple[ImportedAttendee, ...]:
    """The people of the annex: from the rows of its table, or from its numbered lines."""
    people = filter(None, map(_of_row, rows)) if rows else _of_lines(annex)
    return tuple(people)


def _of_row(row: Row) -> ImportedAttendee | None:
    cells = {column: row.line.text(position) for column, position in row.head.columns.items()}
    name, designation = cells.get(Column.NAME, ""), cells.get(Column.DESIGNATION, "")
    if together := cells.get(Column.NAME_AND_DESIGNATION, ""):
        name, _comma, designation = _parted(together)
    if not name:
        return None
    return ImportedAttendee(
        serial=shown(cells.get(Column.SERIAL, "")).strip(_SERIAL_SIGNS),
        name=squeeze(name),
        designation=squeeze(designation),
        office=squeeze(cells.get(Column.OFFICE, "")),
    )


def _of_lines(annex: Sequence[str]) -> Iterator[ImportedAttendee]:
    """“১. মোঃ …, সহকারী কমিশনার, জেলা প্রশাসকের কার্যালয়”: name, designation, office."""
    for line in annex:
        if end := serial_end(line):
            name, _comma, rest = _parted(line[end:])
            designation, _comma, office = _parted(rest)
            serial = shown(line[:end]).strip(_SERIAL_SIGNS)
            yield ImportedAttendee(serial, name, designation, office)


def _parted(words: str) -> tuple[str, str, str]:
    """Words before the first comma or line end, that sign, and the words behind it."""
    cut = _FIRST_CUT.search(words)
    if cut is None:
        return words.strip(), "", ""
    return words[: cut.start()].strip(), cut[0], squeeze(words[cut.end() :])
