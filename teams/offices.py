"""Reads the tree of government offices from a CSV and refuses a tree that cannot stand.

The file that ships, `teams/data/offices.csv`, holds the Cabinet Division, the ministries and
divisions with a secretary of their own, the agencies that answer to them, and the field
administration down to the upazila. Ministries follow the allocation of business under the Rules
of Business, 1996, as amended up to 2025; the 495 upazilas are those decided by the national
committee on administrative reorganisation (NICAR) up to 26 July 2021.

No Django here: the rows are plain values, and what becomes of them is `teams.actions`' business.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

from bangla.text import squeeze

DEFAULT = Path(__file__).parent / "data" / "offices.csv"

# The tier that an office of each tier answers to; the root answers to nobody.
TIER_PARENTS = MappingProxyType(
    {
        "cabinet": "",
        "ministry": "cabinet",
        "agency": "ministry",
        "division": "cabinet",
        "district": "division",
        "upazila": "district",
    }
)
ACTIVE = MappingProxyType({"1": True, "0": False})

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class OfficeRow:
    """One office as the file gives it.

    `code` is the office's lasting identity; `parent` is the code of the office above it, empty
    for the root. `name_*` is the name on the letterhead, `place_*` the short name that people
    use: a place for the field administration, a common abbreviation for many agencies.
    """

    code: str
    tier: str
    parent: str
    name_bn: str
    name_en: str
    place_bn: str
    place_en: str
    is_active: bool


COLUMNS = tuple(column.name for column in fields(OfficeRow))


def read_offices(path: Path = DEFAULT) -> list[OfficeRow]:
    """Return the offices in `path`, parents before children.

    The file is UTF-8 CSV, with or without a byte-order mark, whose first line is `COLUMNS` and
    whose `is_active` is 1 or 0.

    Raises `ValueError` at the first line that is wrong, saying which line, what is wrong and
    how to mend it; `OSError` if the file cannot be opened.
    """
    tree = _Tree()
    for line, cells in _lines(path):
        try:
            tree.add(_row(cells), line)
        except _RowError as error:
            raise ValueError(f"line {line}: {error}") from error
    return list(tree.offices.values())


class _RowError(Exception):
    """What is wrong with a line and how to mend it; the reader adds the line's number."""


@dataclass
class _Tree:
    """The offices read so far, and the line on which each code and name first stood."""

    offices: dict[str, OfficeRow] = field(default_factory=dict)
    first_lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, office: OfficeRow, line: int) -> None:
        self._refuse_repetition(office, line)
        self._refuse_wrong_parent(office)
        self.offices[office.code] = office

    def _refuse_repetition(self, office: OfficeRow, line: int) -> None:
        for column in ("code", "name_bn", "name_en"):
            value = getattr(office, column)
            first = self.first_lines.setdefault((column, value), line)
            if first != line:
                raise _RowError(
                    f"{column} “{value}” already stands on line {first}; remove one of the two "
                    "or tell them apart, for example by their district"
                )

    def _refuse_wrong_parent(self, office: OfficeRow) -> None:
        wanted = TIER_PARENTS[office.tier]
        if not wanted:
            self._refuse_second_root(office)
            return
        parent = self.offices.get(office.parent)
        if parent is None:
            raise _RowError(
                f"parent “{office.parent}” does not stand on an earlier line; correct the code "
                "or move the parent above its children"
            )
        if parent.tier != wanted:
            raise _RowError(
                f"tier “{office.tier}” cannot be under “{parent.code}”, a {parent.tier} office; "
                f"give it a parent of tier “{wanted}”"
            )

    def _refuse_second_root(self, office: OfficeRow) -> None:
        if office.parent:
            raise _RowError(f"a {office.tier} office has no parent; leave the parent empty")
        if self.offices:
            raise _RowError(
                f"“{office.code}” would be a second root; keep one {office.tier} office, "
                "on the first line after the header"
            )


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield every line after the header with its number in the file."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        if next(reader, None) != list(COLUMNS):
            raise ValueError(f"line 1: the header must be exactly “{','.join(COLUMNS)}”")
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise ValueError(
            f"line {reader.line_num}: not readable as CSV ({error}); check its quotation marks"
        ) from error


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line}: not UTF-8; save the file as “CSV UTF-8”") from error


def _row(cells: list[str]) -> OfficeRow:
    if len(cells) != len(COLUMNS):
        raise _RowError(
            f"{len(cells)} cells instead of {len(COLUMNS)}; put a value that has a comma in "
            "quotation marks and remove empty lines"
        )
    code, tier, parent, name_bn, name_en, place_bn, place_en, active = cells
    office = OfficeRow(
        code, tier, parent, name_bn, name_en, place_bn, place_en, is_active=_active(active)
    )
    _refuse_untidy(office)
    if not _SLUG.fullmatch(office.code):
        raise _RowError(
            f"code “{office.code}” is not a slug; use small Latin letters, digits and single "
            "hyphens, such as madaripur-sadar"
        )
    if office.tier not in TIER_PARENTS:
        raise _RowError(f"tier “{office.tier}” is unknown; use one of {', '.join(TIER_PARENTS)}")
    return office


def _active(cell: str) -> bool:
    if cell not in ACTIVE:
        raise _RowError(f"is_active “{cell}” is unknown; write 1 for working, 0 for abolished")
    return ACTIVE[cell]


def _refuse_untidy(office: OfficeRow) -> None:
    """Names are compared and searched as stored, so a second encoding is a different office."""
    for column in ("name_bn", "name_en", "place_bn", "place_en"):
        value: str = getattr(office, column)
        if not value:
            raise _RowError(f"{column} is empty; write the office's name")
        if value != squeeze(value):
            raise _RowError(
                f"{column} “{value}” is not in NFC on one line with single spaces; "
                f"write it as “{squeeze(value)}”"
            )
