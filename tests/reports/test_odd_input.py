"""Numbers, words, files and bodies that no form of reports or due dates sends: each is answered.

Also those that come to the public pages, the files and the API: nothing they are asked makes
them fail.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from tests import oddities
from tests.access_duties import DUTY_ADDRESSES
from tests.access_reports import ADDRESSES as REPORT_ADDRESSES
from tests.access_world import World
from tests.oddities import ANSWERED, Answers, Form
from tests.reports.rooms import build_rooms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

ADDRESSES = REPORT_ADDRESSES | DUTY_ADDRESSES
PEOPLE = ("head", "officer", "reviewer", "district_head", "anonymous")


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_rooms()
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
    assert refused > 7


# --- Addresses and what is asked in them --------------------------------------------------------
# The API says of a number that cannot be one what is wrong with it.
NUMBERED = {name: ADDRESSES[name] for name in ADDRESSES if name != "api:get_report"}


@pytest.mark.parametrize("person", ["head", "reviewer"])
def test_odd_numbers_in_addresses_are_not_found(world: World, person: str) -> None:
    faults = oddities.ask_odd_numbers(world, NUMBERED, person)
    assert not faults, "\n".join(faults)


WORDS = ("0" * 12, "০" * 12, "1" * 500, "%00", "-", "x" * 300, "ক", "__class__", "..", "a.b")
ENDS = ("", "/", "/update/", "/feed/", "/widget/", "/download/", "/own/", ".csv", ".exe")
STARTS = (
    *("reports/", "reports/{draft_report}/sections/", "reports/{draft_report}/sections/training/"),
    *("reports/{draft_report}/sections/training/figures/", "reports/activities/"),
    *("reports/submissions/{submission}/pictures/", "reports/national/{national}/parts/"),
    *("published/{publication}/pictures/", "office/", "portal/", "portal/language/"),
    *("sitemap-", "open-data/", "open-data/offices.", "verify/report/", "api/v1/"),
    *("api/v1/reports/", "deadlines/", "deadlines/extensions/"),
)


@pytest.mark.parametrize("start", STARTS)
def test_odd_words_in_addresses_are_answered(world: World, start: str) -> None:
    answers = Answers({200, 301, 302, 404, 405, 422, 429})
    things = world.things["draft"].addresses
    start = start.format_map({name: args[0] for name, args in things.items() if args})
    for person in ("head", "reviewer"):
        client = world.client(person)
        for word in WORDS:
            for end in ENDS:
                url = f"/{start}{word}{end}"
                answers.ask(f"{url:.80}", client.get, url)
                answers.ask(f"POST {url:.80}", client.post, url)
    assert not answers.faults, "\n".join(answers.faults)


def test_odd_questions_are_answered(world: World) -> None:
    # An API says 422 of what makes no sense, a page shows what it can.
    faults, asked_for = oddities.ask_odd_questions(world, ADDRESSES, PEOPLE, ANSWERED | {400})
    assert not faults, "\n".join(faults)
    assert asked_for > 30
