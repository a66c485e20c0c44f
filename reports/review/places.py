"""The places of a report that a comment can be fixed to: the whole, a part, a row, a number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..models import Comment

LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its keys. `row` is "<table>/<row>", unique in its section; the report as a whole
    has none of the three."""

    section: str = ""
    row: str = ""
    figure: str = ""

    @classmethod
    def of(cls, comment: Comment) -> Self:
        return cls(comment.section, comment.row, comment.figure)

    @property
    def anchor(self) -> str:
        """The id of the place on the reading page."""
        if self.row:
            table, _, row = self.row.partition("/")
            return f"row-{self.section}-{table}-{row}"
        if self.figure:
            return f"figure-{self.section}-{self.figure}"
        return f"section-{self.section}" if self.section else "whole"

    @property
    def query(self) -> dict[str, str]:
        """The place as an address carries it."""
        named = {"section": self.section, "row": self.row, "figure": self.figure}
        return {name: key for name, key in named.items() if key}


def row_place(section: str, table: str, row: str) -> Place:
    return Place(section, row=f"{table}/{row}")


def quote_of(content: Mapping[str, Any], place: Place) -> str | None:
    """What stands at the place, on one line and cut to length; "" for the whole report.

    None when the content has no such place.
    """
    if place == Place():
        return ""
    section = next((one for one in content["sections"] if one["key"] == place.section), None)
    if section is None or (place.row and place.figure):
        return None
    if place.row:
        found = _row_words(section["tables"], place.row)
    elif place.figure:
        found = _figure_words(section["figures"], place.figure)
    else:
        found = section["title"]
    return found[:LONGEST_QUOTE] if found is not None else None


def _figure_words(figures: Iterable[Mapping[str, str]], key: str) -> str | None:
    return next((f"{one['label']}: {one['text']}" for one in figures if one["key"] == key), None)


def _row_words(tables: Iterable[Mapping[str, Any]], row: str) -> str | None:
    for table in tables:
        for key, words in _rows(table):
            if f"{table['key']}/{key}" == row:
                return words
    return None


def _rows(table: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The key of each row of either kind of table, and the words by which one knows it."""
    if table["kind"] == "plan":
        for group in table["groups"]:
            yield from ((row["key"], row["title"]) for row in group["rows"])
    else:
        for row in table["rows"]:
            yield row["key"], " · ".join(cell for cell in row["cells"] if cell)
