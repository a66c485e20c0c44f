"""Numbers, words, files and bodies that no form of the room of ideas sends: each gets an answer."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from tests import oddities
from tests.access_ideas import ADDRESSES
from tests.access_world import World, build_world
from tests.oddities import Answers, Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

PEOPLE = ("head", "member", "elsewhere_head", "district_head", "anonymous")


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def unlimited(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def forms(world: World) -> Iterator[Form]:
    return oddities.forms(world, ADDRESSES, PEOPLE)


# --- Forms ------------------------------------------------------------------------------------
def test_odd_fields_of_a_form_are_answered(world: World) -> None:
    faults = oddities.ask_odd_fields(world, forms(world))
    assert not faults, "\n".join(faults)


def test_odd_bodies_are_answered(world: World) -> None:
    faults = oddities.ask_odd_bodies(world, forms(world))
    assert not faults, "\n".join(faults)


def test_endless_text_is_answered_and_not_kept(world: World) -> None:
    faults = oddities.ask_endless_text(world, forms(world))
    assert not faults, "\n".join(faults)


def test_words_are_kept_when_a_form_is_refused(world: World) -> None:
    """Whatever else was wrong: what was typed stands in the form that comes back (422)."""
    lost, refused = oddities.words_lost(world, forms(world))
    assert lost == []
    assert refused > 15


# --- Addresses and what is asked in them --------------------------------------------------------
def test_odd_numbers_in_addresses_are_not_found(world: World) -> None:
    faults = oddities.ask_odd_numbers(world, ADDRESSES)
    assert not faults, "\n".join(faults)


WORDS_IN_ADDRESSES = (
    "0" * 12,
    "০" * 12,
    "1" * 500,
    "%00",
    "-",
    "x" * 300,
    "ক",
    "__class__",
    "..",
    "a.b",
)


@pytest.mark.parametrize(
    "start",
    [
        *("idea-box/", "idea-box/track/", "idea-box/support/", "verify/", "newsletters/"),
        *("newsletters/subscribe/", "newsletters/subscription/", "initiatives/", "events/"),
        *("initiatives/pictures/", "ideas/", "ideas/pilots/", "ideas/imports/", "ideas/awards/"),
    ],
)
def test_odd_words_in_addresses_are_answered(world: World, start: str) -> None:
    answers = Answers({200, 301, 302, 404, 405, 429})
    client = world.client("head")
    for word in WORDS_IN_ADDRESSES:
        for end in ("", "/", "/appeal/", "/end/", "/pdf/"):
            answers.ask(f"{start}{word}{end}", client.get, f"/{start}{word}{end}")
            answers.ask(f"{start}{word}{end}", client.post, f"/{start}{word}{end}")
    assert not answers.faults, "\n".join(answers.faults)


def test_odd_questions_are_answered(world: World) -> None:
    faults, asked_for = oddities.ask_odd_questions(world, ADDRESSES, PEOPLE)
    assert not faults, "\n".join(faults)
    assert asked_for > 40
