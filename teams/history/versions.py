"""Which rows keep their versions, and the keeping.

Each room says in its `kept.py` which of its models are kept and to which paper a row belongs.
`teams.audit.record` asks here for a new version of every row that an action has changed. It reads
the rows from the database: actions write with conditional UPDATEs, which no signal tells of and
of which the objects in memory may know nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Field, ManyToManyField, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..models import AuditEntry, RowVersion

# Of the row's keeping, not of what it says. Who did something and when is in the entry.
TECHNICAL = frozenset({"id", "version", "form_key", "position", "doubts", "password"})
STAMPS = ("_at", "_by")
# What columns mean that no form shows, and that therefore bear no name of their own.
USUAL_LABELS = {"status": _("অবস্থা"), "kind": _("ধরন"), "due_on": _("শেষ তারিখ")}

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A model whose rows keep their versions.

    `columns` are names of columns and of many-to-many relations; `labels` says in words what a
    column without a verbose name holds; `parts` are rows that have no life of their own, by the
    name of the relation that leads to them; `shown` says a column's value in words, made of all
    fields of the version. An open row is no office's own: rules and offices, whose words the
    system administrator may read.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    labels: Mapping[str, Any]
    parts: Mapping[str, Kept]
    shown: Mapping[str, Callable[[Fields], str]]
    is_open: bool

    def label(self, column: str) -> str:
        if column in self.labels:
            return str(self.labels[column])
        if column in self.parts:
            return str(self.parts[column].model._meta.verbose_name_plural)
        field: Any = self.model._meta.get_field(column)
        if field.verbose_name != column.replace("_", " "):
            return str(field.verbose_name)
        if column in USUAL_LABELS:
            return str(USUAL_LABELS[column])
        return str(field.related_model._meta.verbose_name if field.is_relation else column)


_kept: dict[str, Kept] = {}
# From a row to its paper: "workplans.task" → "plan".
_ways: dict[str, tuple[type[models.Model], str]] = {}
# What has a timeline of its own.
_papers: set[str] = set()


# --- Saying what is kept ---------------------------------------------------------------------
def keep(
    model: type[models.Model],
    *columns: str,
    without: Collection[str] = (),
    labels: Mapping[str, Any] | None = None,
    parts: Iterable[Kept] = (),
    shown: Mapping[str, Callable[[Fields], str]] | None = None,
    of: str = "",
    is_paper: bool = False,
    is_open: bool = False,
) -> None:
    """Keep the versions of this model's rows: these columns, or all that say something.

    `of` leads from a row to the paper in whose timeline its changes stand ("task__plan");
    `is_paper` is for a paper to which nothing else belongs.
    """
    kept = kept_columns(model, *columns, without=without, labels=labels)
    by_name = {_relation_of(model, part.model): part for part in parts}
    _kept[model._meta.label_lower] = Kept(
        model, kept.columns, kept.labels, by_name, shown or {}, is_open
    )
    belongs(model, of)
    if is_paper:
        _papers.add(model._meta.label_lower)


def belongs(model: type[models.Model], of: str) -> None:
    """Show what is done to these rows in the timeline of the paper to which `of` leads."""
    if of:
        _ways[model._meta.label_lower] = (model, of)
        _papers.add(_paper_of(model, of)._meta.label_lower)


def kept_columns(
    model: type[models.Model],
    *columns: str,
    without: Collection[str] = (),
    labels: Mapping[str, Any] | None = None,
) -> Kept:
    """What is kept of a model that has no versions of its own: a part of a kept row."""
    every = [*model._meta.concrete_fields, *model._meta.many_to_many]
    telling = (one.name for one in every if _says_something(one) and one.name not in without)
    return Kept(model, columns or tuple(telling), labels or {}, {}, {}, is_open=False)


def _says_something(field: Field[Any, Any]) -> bool:
    return field.name not in TECHNICAL and not field.name.endswith(STAMPS)


def _relation_of(model: type[models.Model], part: type[models.Model]) -> str:
    return next(
        str(one.get_accessor_name())
        for one in model._meta.related_objects
        if one.related_model is part
    )


# --- Asking what is kept ---------------------------------------------------------------------
def kept_of(object_type: str) -> Kept | None:
    """What is kept of rows of this type ("workplans.task"); None for those without versions."""
    return _kept.get(object_type)


def every_kept() -> list[Kept]:
    return list(_kept.values())


def row_name(object_type: str) -> str:
    """What such a row is called: "workplans.task" → "কাজ"."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except LookupError:  # of a model that is no more
        return object_type


def open_types() -> list[str]:
    """Types of rows that are no office's own."""
    return [name for name, kept in _kept.items() if kept.is_open]


def timeline_types() -> set[str]:
    """Types of rows whose changes stand in a timeline, for the whole team to read."""
    return _papers | _ways.keys()


def has_timeline(object_type: str) -> bool:
    return object_type in _papers


def of_paper(paper: models.Model) -> Q:
    """Match the entries about a paper and about the rows that belong to it."""
    found = Q(object_type=paper._meta.label_lower, object_id=paper.pk)
    for object_type, (model, way) in _ways.items():
        if _paper_of(model, way) is type(paper):
            rows = model._base_manager.filter(**{way: paper.pk}).values("pk")
            found |= Q(object_type=object_type, object_id__in=rows)
    return found


def _paper_of(model: type[models.Model], way: str) -> type[models.Model]:
    found: Any = model
    for step in way.split("__"):
        found = found._meta.get_field(step).related_model
    return found


# --- Rows as plain values --------------------------------------------------------------------
def snapshots(kept: Kept, pks: Collection[int]) -> dict[int, Fields]:
    """The rows as they stand in the database now, in one query and one for each relation."""
    return _read(kept, Q(pk__in=pks))


def _read(kept: Kept, which: Q) -> dict[int, Fields]:
    many = {one.name for one in kept.model._meta.many_to_many}
    plain_columns = [name for name in kept.columns if name not in many]
    found = {
        pk: {name: plain(value) for name, value in zip(plain_columns, values, strict=True)}
        for pk, *values in kept.model._base_manager.filter(which).values_list("pk", *plain_columns)
    }
    for name in kept.columns:
        if name in many:
            _add_links(kept.model, name, found)
    for name, part in kept.parts.items():
        _add_parts(kept.model, name, part, found)
    return found


def _add_links(model: type[models.Model], name: str, rows: dict[int, Fields]) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, ManyToManyField)  # noqa: S101 - the caller has looked
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    for fields in rows.values():
        fields[name] = []
    through: Any = field.remote_field.through
    links = through._base_manager.filter(**{f"{here}__in": list(rows)})
    for pk, other in links.order_by(there).values_list(here, there):
        rows[pk][name].append(other)


def _add_parts(model: type[models.Model], name: str, part: Kept, rows: dict[int, Fields]) -> None:
    way = model._meta.get_field(name).field.name  # type: ignore[union-attr]
    for fields in rows.values():
        fields[name] = []
    owners = dict(
        part.model._base_manager.filter(**{f"{way}__in": list(rows)})
        .order_by("pk")
        .values_list("pk", f"{way}_id")
    )
    for pk, fields in _read(part, Q(pk__in=list(owners))).items():
        fields.pop(way, None)
        rows[owners[pk]][name].append(fields)


def plain(value: Any) -> Any:
    """A column's value as JSON has it; days and moments in ISO 8601, decimals as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, UUID) else value


# --- Keeping ---------------------------------------------------------------------------------
def keep_versions(entry: AuditEntry, rows: Sequence[models.Model]) -> None:
    """Add a version of each of these rows that no longer says what its last one says.

    Of the entry's own row, if it is older than its versions, the first one is made of what the
    entry tells from before, so that the change can be read.
    """
    by_type: dict[str, dict[int, models.Model]] = {}
    for row in rows:
        if row.pk is not None and row._meta.label_lower in _kept:
            by_type.setdefault(row._meta.label_lower, {})[row.pk] = row
    new: list[RowVersion] = []
    for object_type, of_type in by_type.items():
        kept = _kept[object_type]
        last = _last_versions(object_type, of_type)
        for pk, fields in sorted(snapshots(kept, of_type).items()):
            known = last.get(pk)
            number = known.number if known else 0
            states = [fields]
            if known is None and pk == entry.object_id and object_type == entry.object_type:
                states = [*_as_it_was(kept, fields, entry.before), fields]
            elif known is not None and known.fields == fields:
                continue
            for state in states:
                number += 1
                new.append(
                    RowVersion(
                        entry=entry,
                        object_type=object_type,
                        object_id=pk,
                        number=number,
                        fields=state,
                    )
                )
    # Two actions that touch a row without changing it may both think that it has no version
    # yet. What changes a row holds its lock, so no difference can get lost in this way.
    RowVersion.objects.bulk_create(new, ignore_conflicts=True)


def _last_versions(object_type: str, pks: Collection[int]) -> dict[int, RowVersion]:
    versions = RowVersion.objects.filter(object_type=object_type, object_id__in=list(pks))
    if len(pks) == 1:  # as nearly always; every action asks
        last = versions.order_by("-number")[:1]
    else:
        later = RowVersion.objects.filter(
            object_type=object_type,
            object_id=OuterRef("object_id"),
            number__gt=OuterRef("number"),
        )
        last = versions.filter(~Exists(later))
    return {one.object_id: one for one in last}


def _as_it_was(kept: Kept, now: Fields, was: Mapping[str, object]) -> list[Fields]:
    """The row before the change as far as the entry tells, if it tells of another state."""
    known: Fields = {}
    for name in now.keys() & was.keys():
        if name in kept.parts:
            continue
        field: Any = kept.model._meta.get_field(name)
        try:
            known[name] = plain(_read_back(field, was[name]))
        except (ValidationError, TypeError, ValueError):
            continue  # told in words that are no value of this column
    before = {**now, **known}
    return [before] if before != now else []


def _read_back(field: Any, told: object) -> object:
    if field.is_relation or told is None or told == "":
        return told if not field.is_relation else _number(told)
    return field.to_python(told)


def _number(told: object) -> object:
    if isinstance(told, str):
        return int(told) if told.isdecimal() else None
    return told
