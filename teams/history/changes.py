"""What a version of a row says in words, and what changed from the one before it.

"যা ছিল" and "যা হলো" of each field, in the language of the page: choices by their labels, days in
words, posts and people by their names, long texts word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from bangla.pieces import Piece, text_pieces

from ..models import RowVersion
from ..templatetags.bangla_tags import clock, day, digits, moment
from .versions import Fields, Kept

# Of rows of other models that versions name by their number: {"teams.post": {4: "সহকারী …"}}
Names = Mapping[str, Mapping[int, str]]
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """One field: `was` has what stayed and what went, `became` what stayed and what came."""

    label: str
    was: tuple[Piece, ...]
    became: tuple[Piece, ...]


def changes(kept: Kept, old: Fields | None, new: Fields, names: Names) -> list[Change]:
    """The fields in which two versions differ; of a first version all that say something."""
    found = []
    for column in changed_columns(kept, old, new):
        before = in_words(kept, column, old, names) if old is not None else ""
        after = in_words(kept, column, new, names)
        # What a new row says did not come into a text: nothing is marked.
        pieces = text_pieces(before if old is not None else after, after)
        found.append(
            Change(
                kept.label(column),
                tuple(one for one in pieces if one.kind != "ins"),
                tuple(one for one in pieces if one.kind != "del"),
            )
        )
    return found


def changed_columns(kept: Kept, old: Fields | None, new: Fields) -> list[str]:
    """Which fields differ, in the order in which they are kept.

    A column that is kept only since a version was written is no change.
    """
    told = [column for column in (*kept.columns, *kept.parts) if column in new]
    if old is None:
        return [column for column in told if new[column] not in (None, "", [], {}, False)]
    return [column for column in told if column in old and old[column] != new[column]]


# --- One value in words ----------------------------------------------------------------------
def in_words(kept: Kept, column: str, fields: Fields, names: Names) -> str:
    """What a field of a version says; "" for nothing."""
    value = fields.get(column)
    if column in kept.shown:
        return kept.shown[column](fields)
    if column in kept.parts:
        part = kept.parts[column]
        return "\n".join(_line(part, one, names) for one in value or ())
    return _value_in_words(kept.model._meta.get_field(column), value, names)


def _line(part: Kept, fields: Fields, names: Names) -> str:
    """A part of a row, such as a member of a team, on one line."""
    words = (in_words(part, column, fields, names) for column in part.columns if column in fields)
    return " · ".join(word for word in words if word)


def _value_in_words(field: Any, value: Any, names: Names) -> str:
    if value is None or value == "" or value == []:
        return ""
    if field.is_relation:
        known = names.get(field.related_model._meta.label_lower, {})
        pks = value if isinstance(value, list) else [value]
        return ", ".join(known.get(pk, digits(f"#{pk}")) for pk in pks)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("হ্যাঁ") if value else _("না")
    if isinstance(value, dict | list):
        return "\n".join(_said(value))
    return _moment_in_words(field, value)


def _moment_in_words(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        return f"{day(at)}, {clock(at)}"
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    if isinstance(field, models.TimeField):
        return moment(time.fromisoformat(value))
    return digits(value) if not isinstance(value, str) else value


def _said(value: Any) -> Iterator[str]:
    """What is said anywhere inside plain data, without the keys."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _said(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner)
    elif value not in (None, "", True, False):
        yield str(value)


# --- Names of other rows ---------------------------------------------------------------------
def names_in(
    versions: Iterable[tuple[Kept, Fields]], *, rows: Iterable[tuple[Kept, int]] = ()
) -> Names:
    """The names of all rows that these versions point to, and of `rows`: one query a model."""
    wanted: dict[type[models.Model], set[int]] = {}
    for kept, pk in rows:
        wanted.setdefault(kept.model, set()).add(pk)
    for kept, fields in versions:
        for model, pk in _pointers(kept, fields):
            wanted.setdefault(model, set()).add(pk)
    return {
        model._meta.label_lower: {
            row.pk: str(row) for row in model._base_manager.filter(pk__in=pks)
        }
        for model, pks in wanted.items()
    }


def _pointers(kept: Kept, fields: Fields) -> Iterator[tuple[type[models.Model], int]]:
    for column in kept.columns:
        field: Any = kept.model._meta.get_field(column)
        if field.is_relation and (value := fields.get(column)):
            for pk in value if isinstance(value, list) else [value]:
                yield field.related_model, pk
    for name, part in kept.parts.items():
        for one in fields.get(name) or ():
            yield from _pointers(part, one)


# --- From one version to the next ------------------------------------------------------------
def with_earlier(versions: Sequence[RowVersion]) -> list[tuple[RowVersion, RowVersion | None]]:
    """Each version with the one before it, in one query.

    A version that was written in another office is not shown here: it was read there.
    """
    wanted = models.Q(pk__in=[])
    for one in versions:
        wanted |= models.Q(
            object_type=one.object_type,
            object_id=one.object_id,
            number=one.number - 1,
            entry__office=one.entry.office_id,
        )
    earlier = {
        (one.object_type, one.object_id, one.number): one
        for one in RowVersion.objects.filter(wanted)
    }
    return [
        (one, earlier.get((one.object_type, one.object_id, one.number - 1))) for one in versions
    ]
