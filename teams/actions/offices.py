"""The tree of offices, brought in line with a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ..enums import ChangeKind, ChangeStatus
from ..models import Office, OfficeChange
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
    rows stay as they are. A new parent moves the whole branch. What an order has changed here
    since (`OfficeChange`) is newer than any list and stays.
    """
    known = {office.code: office for office in Office.objects.select_related("merged_into")}
    settled = _changed_by_orders()
    created = changed = unchanged = 0
    for row in rows:
        if row.code in known and known[row.code].pk in settled:
            unchanged += 1
            continue
        above = known[row.parent] if row.parent else None
        parent = (above.heir or above) if above is not None and above.merged_into_id else above
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


def _changed_by_orders() -> set[int]:
    """Ids of the offices whose name, place or end an order has decided here."""
    applied = OfficeChange.objects.filter(status=ChangeStatus.APPLIED)
    own = applied.filter(kind__in=[ChangeKind.RENAME, ChangeKind.MOVE, ChangeKind.CLOSE])
    merged = applied.filter(kind=ChangeKind.MERGE)
    return {*own.values_list("office", flat=True), *merged.values_list("others", flat=True)}
