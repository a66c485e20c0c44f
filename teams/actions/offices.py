"""The tree of offices, brought in line with a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ..models import Office
from ..offices import OfficeRow


@dataclass(frozen=True, slots=True)
class LoadedOffices:
    """How many offices a load created, changed and found as they were."""

    created: int
    changed: int
    unchanged: int


@transaction.atomic
def load_offices(*, rows: Iterable[OfficeRow]) -> LoadedOffices:
    """Bring the office tree in line with the rows (parents before children).

    The code is an office's identity: a new name is an update, and offices that are not in the
    rows stay as they are. A new parent moves the whole branch.
    """
    known = {office.code: office for office in Office.objects.all()}
    created = changed = unchanged = 0
    for row in rows:
        parent = known[row.parent] if row.parent else None
        fields = {
            "tier": row.tier,
            "parent": parent,
            "name_bn": row.name_bn,
            "name_en": row.name_en,
            "place_bn": row.place_bn,
            "place_en": row.place_en,
            "is_active": row.is_active,
        }
        office = known.get(row.code)
        path = f"{parent.path if parent else ''}{row.code}/"
        if office is None:
            known[row.code] = Office.objects.create(code=row.code, **fields)
            created += 1
        elif office.path != path or any(
            getattr(office, name) != value for name, value in fields.items()
        ):
            for name, value in fields.items():
                setattr(office, name, value)
            office.save()
            changed += 1
        else:
            unchanged += 1
    return LoadedOffices(created, changed, unchanged)
