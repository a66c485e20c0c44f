"""A table's content laid out: which cell stands in which line, and how many lines it spans.

PDF, screen, Word and Excel all draw what `laid_out` gives, so that they cannot differ.

The content of a table, as it is frozen in a print:

    {"form": "scored", "numbered": false,
     "columns": [{"key", "heading", "class", "width", "level", "under", "note"}],
     "groups": [{"subject": "…", "subject_weight": "২০",
                 "rows": [{"serial": "1", "mark": "7", "title": "…", …,
                           "values": {"start": "2026-08-01"},
                           "details": [{"mark": "7.12", "indicator": "…", "values": {}, …}]}]}],
     "total": {"subject": "মোট", "subject_weight": "১০০", "values": {}}}

`details` are the lines of a task's indicators; a form without such lines has none. `total` is a
line below all others, where there is something to add up. `values` are
what a cell is worth where it is a day (ISO) or a number, by key. Contents frozen before there
were levels have columns of key, heading and class alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bangla.digits import to_bangla

from .columns import SERIAL, TEXT_FORMS, TEXT_WIDTH, Level

Content = Mapping[str, Any]

_WIDTHS = {column.key: column.width for columns in TEXT_FORMS.values() for column in columns}


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the heading; `column` is the place of its first column, counted from 0."""

    text: str
    column: int
    css: str = ""
    note: str = ""
    columns: int = 1
    lines: int = 1

    @property
    def scope(self) -> str:
        return "colgroup" if self.columns > 1 else "col"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell under the heading `label`.

    `is_header` if it is said for several lines, and again on each page they reach; `value` is the
    day or the number it stands for, "" where it is only words.
    """

    key: str
    label: str
    text: str
    column: int
    css: str
    lines: int
    is_header: bool
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, without the cells that reach into it from above."""

    mark: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table to draw: lines of its heading, then a body of lines for each subject.

    `widths` are those of the columns in millimetres; together they fill a page lying across.
    """

    heads: tuple[tuple[Head, ...], ...]
    numbers: tuple[str, ...]
    bodies: tuple[tuple[Line, ...], ...]
    total: Line | None
    widths: tuple[float, ...]
    form: str


def laid_out(table: Content) -> Layout:
    columns = [SERIAL.content, *map(_whole, table["columns"])]
    return Layout(
        heads=tuple(_heads(columns)),
        numbers=tuple(to_bangla(number) for number in range(1, len(columns) + 1))
        if table.get("numbered")
        else (),
        bodies=tuple(tuple(_lines(columns, group)) for group in table["groups"]),
        total=_total(columns, table.get("total")),
        widths=tuple(_shared([column["width"] for column in columns])),
        form=table.get("form", ""),
    )


def _whole(column: Content) -> Content:
    """A column with everything it may say."""
    level = Level.SUBJECT if column["key"] == "subject" else Level.TASK
    width = _WIDTHS.get(column["key"], 30)
    return {"level": level.value, "under": "", "note": "", "width": width, **column}


def _shared(widths: Sequence[float]) -> Iterator[float]:
    """The widths so that they fill the page."""
    share = TEXT_WIDTH / sum(widths)
    return (round(width * share, 2) for width in widths)


def _heads(columns: Sequence[Content]) -> Iterator[tuple[Head, ...]]:
    """The line of headings; below it, where some stand under a common one, their own line."""
    above, below = [], []
    place = 0
    for under, members in groupby(columns, key=lambda column: column["under"]):
        own = [_head(column, place + n) for n, column in enumerate(members)]
        if under:
            above.append(Head(under, place, columns=len(own)))
            below += own
        else:
            above += own
        place += len(own)
    if not below:
        yield tuple(above)
        return
    common = {head.column for head in above if head.columns > 1 or columns[head.column]["under"]}
    yield tuple(
        head if head.column in common else _head(columns[head.column], head.column, lines=2)
        for head in above
    )
    yield tuple(below)


def _head(column: Content, place: int, lines: int = 1) -> Head:
    return Head(column["heading"], place, column["class"], column["note"], lines=lines)


def _lines(columns: Sequence[Content], group: Content) -> Iterator[Line]:
    heights = [max(1, len(row.get("details", ()))) for row in group["rows"]]
    for order, (row, height) in enumerate(zip(group["rows"], heights, strict=True)):
        details = row.get("details") or [{}]
        for number, detail in enumerate(details):
            sources = {Level.DETAIL.value: (detail, 1)}
            if number == 0:
                sources[Level.TASK.value] = (row, height)
                if order == 0:
                    sources[Level.SUBJECT.value] = (group, sum(heights))
            yield Line(detail.get("mark") or row.get("mark", ""), tuple(_cells(columns, sources)))


def _total(columns: Sequence[Content], total: Content | None) -> Line | None:
    if total is None:
        return None
    return Line("", tuple(_cells(columns, {level.value: (total, 1) for level in Level})))


def _cells(
    columns: Sequence[Content], sources: Mapping[str, tuple[Content, int]]
) -> Iterator[Cell]:
    for place, column in enumerate(columns):
        level, key = column["level"], column["key"]
        if level not in sources:
            continue
        source, lines = sources[level]
        text = source.get(key, "")
        yield Cell(
            key=key,
            label=column["heading"],
            text=to_bangla(text) if key == "serial" else text,
            column=place,
            css=column["class"],
            lines=lines,
            is_header=level == Level.SUBJECT or lines > 1,
            value=source.get("values", {}).get(key, ""),
        )
