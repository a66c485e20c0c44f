"""Looking at a report's content from a template: cells under their columns, things by their key."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import template

from ..enums import SectionKey

register = template.Library()

SERIAL = "c-serial"
# In letters: cells up to here keep to one line; no cell counts for more than a full one.
SHORT_CELL, FULLEST_CELL = 18, 90
MOST_COLUMNS_UPRIGHT = 6
LINE = 80  # letters that fit beside each other on an upright page


class Cell(NamedTuple):
    """One cell of a list table; `is_head` tells the cell that names its row."""

    column: Mapping[str, str]
    text: str
    is_head: bool


@register.filter
def under(cells: Sequence[str], columns: Sequence[Mapping[str, str]]) -> list[Cell]:
    """The cells of a row, each under its column. The first that is no serial number names it."""
    head = next((i for i, column in enumerate(columns) if column.get("class") != SERIAL), 0)
    pairs = zip(columns, cells, strict=True)
    return [Cell(column, text, i == head) for i, (column, text) in enumerate(pairs)]


@register.filter
def lookup(mapping: Mapping[str, Any] | str | None, key: str) -> Any:
    """What a mapping has under a key; nothing if it has not, or if there is no mapping."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""


@register.filter
def is_by_subject(table: Mapping[str, Any]) -> bool:
    """Whether a plan's table has one number for all tasks of a subject. Without a column for the
    subjects nobody would see what the number counts, so its tasks are numbered."""
    has_subjects = any(column["key"] == "subject" for column in table["columns"])
    return has_subjects and table.get("serial_by") == "subject"


@register.filter
def parts_on_paper(content: Mapping[str, Any]) -> dict[str, Any]:
    """The sections before and after the signature: annexes are not what is signed.

    A section with a wide table lies across as a whole, or its heading would stay alone on an
    upright page; the signature stands on the page of what it signs.
    """
    parts = [
        {**section, "is_across": any(_is_wide(table) for table in section["tables"])}
        for section in content["sections"]
    ]
    body = [part for part in parts if part["key"] != SectionKey.ANNEXES]
    return {
        "body": body,
        "annexes": [part for part in parts if part["key"] == SectionKey.ANNEXES],
        "signed_across": bool(body) and body[-1]["is_across"],
    }


def _is_wide(table: Mapping[str, Any]) -> bool:
    return table["kind"] == "plan" or len(table["columns"]) > MOST_COLUMNS_UPRIGHT


@register.filter
def by_twos(things: Sequence[Any]) -> list[Sequence[Any]]:
    """The things in pairs; an odd last one alone."""
    return [things[start : start + 2] for start in range(0, len(things), 2)]


@register.filter
def shares(table: Mapping[str, Any]) -> list[float]:
    """How wide each column of a list table is on paper, in per cent.

    A column has room for its words and more the more is said in it; what a short table leaves of
    the line goes to its fullest column. Left to itself the layout would break a short word to make
    room for a long sentence beside it.
    """
    columns = [
        [
            _letters(text)
            for text in (column["heading"], *(row["cells"][place] for row in table["rows"]))
        ]
        for place, column in enumerate(table["columns"])
    ]
    weights = [_weight(lengths) for lengths in columns]
    said = [sum(lengths) for lengths in columns]
    weights[said.index(max(said))] += max(0, LINE - sum(weights))
    return [round(100 * weight / sum(weights), 2) for weight in weights]


def _weight(lengths: Sequence[int]) -> float:
    """From the lengths of a column's cells, in letters."""
    mean = sum(lengths) / len(lengths)
    return max(min(max(lengths), SHORT_CELL) + 2, min(mean, FULLEST_CELL) ** 0.8)


def _letters(text: str) -> int:
    """The signs that take room; vowel signs and the like stand on their letter."""
    return sum(not unicodedata.category(sign).startswith("M") for sign in text)
