"""The day a post passes on: whoever comes has all of it, whoever goes has none of it.

Nothing is listed by hand: the access table knows every address of the application, with a paper
in every state behind it, and what somebody of the team and somebody without any post get there.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from teams.actions import transfer_post
from teams.models import Handover, User
from teams.models.people import PostHoldingQuerySet
from tests.access_meeting_world import post_of
from tests.access_rules import DONE, KEPT, OK, Outcome
from tests.access_table import ADDRESSES
from tests.access_world import PEOPLE, World, build_world, log_in, records, undone
from tests.factories import make_person
from tests.test_access import METHODS, is_refused, outcome

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
# Half past eleven at night in Dhaka, and half past nine the next morning.
EVE = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)

POSTS = ("head", "member")
# The rooms in which an office works; what a person does with the own account is no post's.
ROOMS = {"workplans", "ideas", "meetings", "reports", "teams", "duties"}
NAMES = sorted(name for name in ADDRESSES if name.split(":")[0] in ROOMS)
# What somebody has seen or judged stays theirs to mend: nobody inherits an opinion, nor the
# last change of somebody else. And the person whom the last two are about has left the office too.
A_PERSONS_OWN = {
    "workplans:undo",
    *("ideas:score_take_back", "ideas:visit_update", "ideas:visit_picture_remove"),
    *("teams:invitation_create", "teams:second_factor_reset"),
}


@pytest.fixture(scope="module")
def _moved(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of the access table, whose head and member are others since this morning.

    `sessions` are theirs under the names of the posts; those of who left, begun last night,
    stand under "former head" and "former member".
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(EVE):
            world = build_world()
            arriving = {seat: _passed_on(world, seat) for seat in POSTS}
        with time_machine.travel(MORNING):
            for seat, person in arriving.items():
                world.sessions[f"former {seat}"] = world.sessions[seat]
                world.sessions[seat] = log_in(person)
            world.records = records()
        yield world
        transaction.set_rollback(True)


def _passed_on(world: World, seat: str) -> User:
    person = make_person()
    leaving = world.country[PEOPLE[seat]]
    transfer_post(
        post=post_of(leaving), to=person, starts_on=DAY, by=world.country["administrator"]
    )
    return person


@pytest.fixture
def moved(_moved: World, settings: Settings) -> Iterator[World]:
    settings.ACCOUNT_RATE_LIMITS = False
    with time_machine.travel(MORNING):
        yield _moved


Gets = dict[tuple[str, str], Outcome | None]


def gets(world: World, name: str, person: str) -> Gets:
    """What a person gets by either method, of a paper still written and of one that was sent;
    DONE if something was written."""
    return {
        (method, state): DONE if changed and got == OK else got
        for method, state in _asked(name)
        for got, changed in [outcome(world, name, method, state, person)]
    }


def amiss(name: str, got: Gets, person: str) -> dict[tuple[str, str], Any]:
    """Where that is not what the table says of a person. A page that may write is still a page."""
    table = {key: ADDRESSES[name].outcome(*key, person) for key in got}
    return {
        key: (got[key], said)
        for key, said in table.items()
        if got[key] not in ({OK, DONE} if said in (OK, KEPT) else {said})
    }


def _asked(name: str) -> list[tuple[str, str]]:
    address = ADDRESSES[name]
    states = dict.fromkeys((address.draft, address.settled))
    return [(by, state) for by in METHODS if not is_refused(address, by) for state in states]


@pytest.mark.parametrize("name", NAMES)
def test_successor_has_all_of_it_and_predecessor_nothing(moved: World, name: str) -> None:
    for seat in POSTS:
        lost = gets(moved, name, f"former {seat}")
        assert amiss(name, lost, "nobody") == {}, f"who left as {seat}"
        if name not in A_PERSONS_OWN:
            got = gets(moved, name, seat)
            assert amiss(name, got, seat) == {}, f"who came as {seat}"


@pytest.mark.parametrize(
    "name",
    [
        "workplans:list",
        "ideas:list",
        "meetings:list",
        "reports:list",
        "duties:handover_list",
        "duties:home",
    ],
)
def test_lists_of_the_predecessor_are_empty_of_it(moved: World, name: str) -> None:
    shown = {seat: _links(moved, name, seat) for seat in ("head", "former head", "nobody")}
    assert shown["former head"] <= shown["nobody"] | _own_handover(moved)
    assert shown["head"] - shown["nobody"]


def _links(world: World, name: str, person: str) -> set[str]:
    """The addresses in the content of a page that anybody may open."""
    with undone():
        page = world.client(person).get(reverse(name)).content.decode()
    return set(re.findall(r'href="([^"#?]+)', page[page.index("<main") :]))


def _own_handover(world: World) -> set[str]:
    """The handover that waits for the predecessor's signature is left, in words."""
    return {one.get_absolute_url() for one in Handover.objects.filter(happens_on=DAY)}


def test_table_notices_a_predecessor_who_keeps_the_post(
    moved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: if holdings never ended, these tests would say so."""
    monkeypatch.setattr(
        PostHoldingQuerySet, "on", lambda self, day: self.filter(starts_on__lte=day)
    )
    lost = gets(moved, "workplans:xlsx", "former head")
    assert amiss("workplans:xlsx", lost, "nobody")
