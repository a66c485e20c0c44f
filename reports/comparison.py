"""What changed between two contents of a report: a reviewer reads that first.

Pure functions over plain data (see `reports.documents` for its shape); no database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from bangla.pieces import Piece, text_pieces

Content = Mapping[str, Any]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number that says something else now; an empty text means that it was not there."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a table; `cells` has the pieces of each cell, in the order of the columns."""

    kind: Kind
    key: str
    cells: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table with the rows that changed, in the order of the newer one, removed ones last."""

    key: str
    title: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A part of the report in which something changed.

    `words` has the pieces of each paragraph that changed; nothing when no word did.
    """

    key: str
    number: str
    title: str
    kind: Kind
    words: tuple[tuple[Piece, ...], ...] = ()
    figures: tuple[FigureChange, ...] = ()
    tables: tuple[TableChange, ...] = ()
    pictures: tuple[tuple[Kind, str], ...] = field(default=())

    @property
    def count(self) -> int:
        """How many things changed in it."""
        rows = sum(len(table.rows) for table in self.tables)
        return len(self.words) + len(self.figures) + rows + len(self.pictures)


def compare(old: Content, new: Content) -> list[SectionChange]:
    """The parts in which `new` says something else than `old`, in the order of `new`.

    A part that was taken out comes after all others. The day of the paper and the signature are
    no part of what is compared.
    """
    before = {section["key"]: section for section in old["sections"]}
    after = {section["key"]: section for section in new["sections"]}
    changes = [
        _section(before.get(key), section, "changed" if key in before else "added")
        for key, section in after.items()
    ]
    gone = [
        _section(section, None, "removed") for key, section in before.items() if key not in after
    ]
    return [one for one in (*changes, *gone) if one.count or one.kind != "changed"]


def table_rows(table: Mapping[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The rows of a table of either kind by their keys: each cell with its column's heading."""
    rows: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, cells in _rows(table):
        unique, number = key, 1
        while unique in rows:
            number += 1
            unique = f"{key} ({number})"
        rows[unique] = cells
    return rows


# --- Pieces ------------------------------------------------------------------------------------
EMPTY: Mapping[str, Any] = {"paragraphs": [], "figures": [], "tables": [], "pictures": []}


def _section(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, kind: Kind
) -> SectionChange:
    shown: Mapping[str, Any] = new or old or EMPTY
    before, after = old or EMPTY, new or EMPTY
    return SectionChange(
        key=shown["key"],
        number=shown["number"],
        title=shown["title"],
        kind=kind,
        words=_words(before["paragraphs"], after["paragraphs"]),
        figures=_figures(before["figures"], after["figures"]),
        tables=_tables(before["tables"], after["tables"]),
        pictures=_pictures(before["pictures"], after["pictures"]),
    )


def _words(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs that changed; each beside the one that stood in its place."""
    changed: list[tuple[Piece, ...]] = []
    for step, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        pairs = max(j - i, m - k)
        before = [*old[i:j], *[""] * (pairs - (j - i))]
        after = [*new[k:m], *[""] * (pairs - (m - k))]
        changed += [text_pieces(*pair) for pair in zip(before, after, strict=True)]
    return tuple(changed)


def _figures(
    old: Iterable[Mapping[str, str]], new: Iterable[Mapping[str, str]]
) -> tuple[FigureChange, ...]:
    before, after = ({figure["key"]: figure for figure in figures} for figures in (old, new))
    return tuple(
        FigureChange(
            key,
            (after.get(key) or before[key])["label"],
            before[key]["text"] if key in before else "",
            after[key]["text"] if key in after else "",
        )
        for key in {**after, **before}
        if before.get(key, {}).get("text") != after.get(key, {}).get("text")
    )


def _tables(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> tuple[TableChange, ...]:
    before, after = ({table["key"]: table for table in tables} for tables in (old, new))
    changes = (
        TableChange(
            key,
            (after.get(key) or before[key]).get("title", ""),
            _row_changes(
                table_rows(before[key]) if key in before else {},
                table_rows(after[key]) if key in after else {},
            ),
        )
        for key in {**after, **before}
    )
    return tuple(change for change in changes if change.rows)


def _row_changes(
    old: Mapping[str, tuple[tuple[str, str], ...]], new: Mapping[str, tuple[tuple[str, str], ...]]
) -> tuple[RowChange, ...]:
    rows = [
        RowChange("changed" if key in old else "added", key, _cells(old.get(key, ()), cells))
        for key, cells in new.items()
        if old.get(key) != cells
    ]
    gone = [
        RowChange("removed", key, _cells(cells, ())) for key, cells in old.items() if key not in new
    ]
    return (*rows, *gone)


def _cells(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """The cells of both, each under its heading; only those in which something stands."""
    before, after = dict(old), dict(new)
    cells = (
        (heading, text_pieces(before.get(heading, ""), after.get(heading, "")))
        for heading in {**after, **before}
    )
    return tuple((heading, pieces) for heading, pieces in cells if pieces)


def _rows(table: Mapping[str, Any]) -> Iterable[tuple[str, tuple[tuple[str, str], ...]]]:
    """Each row's key and its cells. A serial number says nothing of its row: a new row above
    would change all below it."""
    columns = [
        (index, column)
        for index, column in enumerate(table["columns"])
        if "serial" not in (column["key"], column.get("class", "").removeprefix("c-"))
    ]
    if table["kind"] != "plan":
        for row in table["rows"]:
            yield row["key"], tuple((one["heading"], row["cells"][index]) for index, one in columns)
        return
    for group in table["groups"]:
        for row in group["rows"]:
            values = {**row, "subject": group["subject"]}
            yield (
                row["key"],
                tuple((one["heading"], values.get(one["key"], "")) for _, one in columns),
            )


def _pictures(
    old: Iterable[Mapping[str, str]], new: Iterable[Mapping[str, str]]
) -> tuple[tuple[Kind, str], ...]:
    before, after = ({one["sha256"]: one["caption"] for one in pictures} for pictures in (old, new))
    changes: list[tuple[Kind, str]] = []
    for sha256, caption in {**after, **before}.items():
        if sha256 not in before:
            changes.append(("added", caption))
        elif sha256 not in after:
            changes.append(("removed", caption))
        elif before[sha256] != after[sha256]:
            changes.append(("changed", after[sha256]))
    return tuple(changes)
