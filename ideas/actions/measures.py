"""The TCV table of a pilot or a replication: all its rows are saved together."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState

from .. import perms
from ..enums import UNITS_OF, MeasureKind
from ..models import Measure, Pilot, Replication


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One row as typed: values in `unit`, for one delivery of the service to one person.

    `after` is None until the change has been measured.
    """

    kind: str
    unit: str
    before: Decimal
    after: Decimal | None = None
    note: str = ""

    @classmethod
    def of(cls, measure: Measure) -> "MeasureRow":
        return cls(
            kind=measure.kind,
            unit=measure.unit,
            before=measure.before,
            after=measure.after,
            note=measure.note,
        )

    def as_json(self) -> dict[str, str]:
        """Plain words, the same for 12.5 and 12.50."""
        after = "" if self.after is None else _plain(self.after)
        return {
            "kind": self.kind,
            "unit": self.unit,
            "before": _plain(self.before),
            "after": after,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class People:
    """How many people the service reaches in a year, and who says so."""

    per_year: int | None = None
    source: str = ""

    @classmethod
    def of(cls, thing: Pilot | Replication) -> "People":
        return cls(thing.people_per_year, thing.people_source)


class StaleMeasures(Exception):
    """Somebody saved the table after this copy was opened; `current` are the rows as they are."""

    def __init__(self, current: list[MeasureRow], people: People) -> None:
        super().__init__("stale")
        self.current = current
        self.people = people


def rows_of(of: Pilot | Replication) -> list[MeasureRow]:
    """The saved rows: time, cost, visits."""
    kinds = list(MeasureKind)
    rows = [MeasureRow.of(measure) for measure in of.measures.all()]
    return sorted(rows, key=lambda row: kinds.index(MeasureKind(row.kind)))


def state_of(rows: Iterable[MeasureRow], people: People) -> str:
    """A short text that changes whenever the table does; a form carries it for `save_measures`."""
    said = [*sorted(json.dumps(row.as_json()) for row in rows), str(people)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def is_complete(afters: Iterable[Decimal | None]) -> bool:
    """Whether a table has a line, and each line its value after the change."""
    values = list(afters)
    return bool(values) and None not in values


@transaction.atomic
def save_measures(
    *,
    of: Pilot | Replication,
    rows: Sequence[MeasureRow],
    by: User,
    people: People | None = None,
    was: str | None = None,
) -> None:
    """Let the table be exactly `rows`, at most one of each kind; a kind left out goes away.

    `people` None leaves the number of people as it is. `was` is `state_of` the table the form was
    opened on; None asks nothing. Raises StaleMeasures, WrongState, PermissionDenied, and
    ValueError for rows no form can give (two of a kind, a unit of another kind).
    """
    _check(rows)
    thing = type(of).objects.select_for_update().get(pk=of.pk)
    office = office_of(thing)
    if not by.scope.is_in_team(office.pk):
        raise PermissionDenied
    if not perms.can_measure(by, thing):
        raise WrongState(_("এটি এখন “%(status)s”, তাই পরিমাপ আর বদলানো যায় না।") % _status(thing))
    before, people_before = rows_of(thing), People.of(thing)
    people = people or people_before
    now = state_of(before, people_before)
    if now == state_of(rows, people):
        return
    if was is not None and was != now:
        raise StaleMeasures(before, people_before)
    _write(thing, rows, people)
    record(
        f"{thing._meta.model_name}.measure",
        thing,
        by=by,
        office=office,
        before=_as_json(before, people_before),
        after=_as_json(rows, people),
    )


def office_of(thing: Pilot | Replication) -> Office:
    """The office that carries it out."""
    return thing.idea.office if isinstance(thing, Pilot) else thing.office


def _check(rows: Sequence[MeasureRow]) -> None:
    kinds = [row.kind for row in rows]
    if len(set(kinds)) != len(kinds):
        raise ValueError("two rows of one kind")
    for row in rows:
        if row.unit not in UNITS_OF[MeasureKind(row.kind)]:
            raise ValueError(f"{row.kind} is not measured in {row.unit}")


def _write(thing: Pilot | Replication, rows: Sequence[MeasureRow], people: People) -> None:
    thing.measures.exclude(kind__in=[row.kind for row in rows]).delete()
    for row in rows:
        values = {
            "unit": row.unit,
            "before": row.before,
            "after": row.after,
            "note": row.note,
        }
        thing.measures.update_or_create(kind=row.kind, defaults=values)
    thing.people_per_year = people.per_year
    thing.people_source = people.source
    thing.save(update_fields=["people_per_year", "people_source"])


def _as_json(rows: Iterable[MeasureRow], people: People) -> dict[str, object]:
    return {
        "rows": [row.as_json() for row in rows],
        "people_per_year": people.per_year,
        "people_source": people.source,
    }


def _status(thing: Pilot | Replication) -> dict[str, object]:
    return {"status": thing.get_status_display()}


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
