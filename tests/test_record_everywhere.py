"""Every form of every room leaves its trace: walked by the table of addresses.

For each address one person for whom its form writes something sends it. Whatever that changed in
kept rows must stand in their newest versions, and whatever was done must have its words.
"""

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker, Settings

from teams.history.versions import every_kept, snapshots
from teams.models import AuditEntry, RowVersion
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone
from tests.test_single_updates import written_by

pytestmark = pytest.mark.django_db

# A newcomer's row comes with a transfer. It is in no version of that, or the record would tell
# the head who wrote the contact whether somebody was known by it before.
UNSAID = {"teams.user"}
Rows = dict[tuple[str, int], dict[str, Any]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def kept_rows(models: Collection[type[Model]] = ()) -> Rows:
    """Every kept row as it stands; of these models only, if any are named."""
    found: Rows = {}
    for kept in every_kept():
        if models and kept.model not in models:
            continue
        label = kept.model._meta.label_lower
        pks = kept.model._base_manager.values_list("pk", flat=True)
        found |= {(label, pk): fields for pk, fields in snapshots(kept, list(pks)).items()}
    return found


def newest_versions() -> Rows:
    versions = RowVersion.objects.order_by("number")
    return {(one.object_type, one.object_id): one.fields for one in versions}


def test_every_form_keeps_what_it_changed(world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    before, forgotten, walked = kept_rows(), [], 0
    for name, address in ADDRESSES.items():
        for state, person in written_by(name):
            walked += 1
            with undone():
                last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                url = world.url(name, address.about, state)
                world.client(person).post(url, address.sends(world.things[state]))
                after, versions = kept_rows(), newest_versions()
                entries = AuditEntry.objects.filter(pk__gt=last)
                acts = list(entries.values_list("action", flat=True))
                for row, fields in after.items():
                    if fields == before.get(row) or row[0] in UNSAID:
                        continue
                    if versions.get(row) != fields:
                        forgotten.append(f"{name}: {row} {acts}")
    assert not forgotten, "\n" + "\n".join(forgotten)
    assert walked > 100
