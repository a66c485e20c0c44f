"""Of two people who press at once one wins: no UPDATE asks a joined table whether it may.

Django turns `filter(version=…, idea__status=…).update(…)` into an UPDATE of the rows whose number
a second SELECT has found. PostgreSQL asks the condition of such an UPDATE again of a row it had to
wait for, but not what the inner SELECT has found before: both would write.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker, Settings

from ideas.enums import PilotStatus
from ideas.models import Pilot
from tests.access_rules import DONE
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone

pytestmark = pytest.mark.django_db

# The table is asked for its own rows: UPDATE "a" SET … WHERE "a"."id" IN (SELECT … FROM "a" …
NESTED = re.compile(r'UPDATE "(\w+)" SET .* WHERE "\1"\."\w+" IN \(SELECT .* FROM "\1"', re.DOTALL)


class UpdateWatch:
    """Keeps every UPDATE that finds its rows in one statement and writes them in another."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if NESTED.match(sql):
            self.found.append(sql)
        return execute(sql, *rest)


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def written_by(name: str) -> list[tuple[str, str]]:
    """One state and person for whom the form writes something, if there is any."""
    address = ADDRESSES[name]
    people = ("head", "officer", "member", "district_head", "administrator")
    return [
        (state, person)
        for state in address.states
        for person in people
        if address.outcome("POST", state, person) == DONE
    ][:1]


def test_no_form_writes_by_two_statements_in_one(world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    watch, walked = UpdateWatch(), 0
    for name, address in ADDRESSES.items():
        for state, person in written_by(name):
            walked += 1
            with undone(), connection.execute_wrapper(watch):
                url = world.url(name, address.about, state)
                world.client(person).post(url, address.sends(world.things[state]))
    assert watch.found == []
    assert walked > 100


def test_watch_notices_an_update_over_a_join() -> None:
    watch = UpdateWatch()
    with connection.execute_wrapper(watch):
        Pilot.objects.filter(version=1, idea__version=1).update(status=PilotStatus.RUNNING)
        assert len(watch.found) == 1
        Pilot.objects.filter(version=1, idea__in=[1]).update(status=PilotStatus.RUNNING)
    assert len(watch.found) == 1
