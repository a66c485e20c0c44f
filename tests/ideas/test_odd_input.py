"""Numbers, words, files and bodies that no form of the room of ideas sends: each gets an answer.

Everything is built over the URLconf by way of the access tables, and over the forms that the
pages themselves show, so that a new address, field or question is in it by itself.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from tests.access_ideas import ADDRESSES
from tests.access_rules import DONE, OK
from tests.access_world import World, build_world, undone
from tests.factories import PNG
from tests.pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

PEOPLE = ("head", "member", "elsewhere_head", "district_head", "anonymous")
ANSWERED = {200, 302, 403, 404, 405, 409, 422, 429}
HUGE, ENDLESS = "9" * 30, "1" * 5_000
ODD: dict[str, Any] = {
    "nothing": "",
    "a sign that no text may hold": "ক\0খ",
    "a line of 10,000 letters": "ক" * 10_000,
    "a number beyond every column": HUGE,
    "a number without an end": ENDLESS,
    "a negative number": "-1",
    "not a number": "NaN",
    "digits of a third script": "٣",
    "a superscript": "²",
    "markup": "<script>alert(1)</script>",
    "a tag of a template": "{{ 7 * 7 }}{% for %}",
    "a day that does not exist": "৩১/০২/২০২৬",
    "the last day there is": "31/12/9999",
    "the first day there is": "1/1/0001",
    "several at once": ["ক", "খ", HUGE],
}
KEPT = "থাকুক"


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def unlimited(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


class Answers:
    """What was asked and not answered as it should be."""

    def __init__(self, known: set[int] = ANSWERED) -> None:
        self.known = known
        self.faults: list[str] = []

    def ask(self, what: str, request: Callable[[], HttpResponse]) -> HttpResponse | None:
        """The response, with whatever it wrote taken back; None for an error."""
        try:
            with undone():
                response = request()
                if response.streaming:
                    response.getvalue()
        except Exception as error:
            self.faults.append(f"{what}: {error!r:.200}")
            return None
        if response.status_code not in self.known:
            self.faults.append(f"{what}: {response.status_code}")
        return response


# --- Forms ------------------------------------------------------------------------------------
def forms(world: World) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each address that somebody may write to: its name and URL, the person, a right form."""
    for name, address in ADDRESSES.items():
        state = address.states[0]
        for person in PEOPLE:
            if address.outcome("POST", state, person) in (DONE, OK, 422):
                form = address.sends(world.things[state])
                yield name, world.url(name, address.about, state), person, form
                break


def fields_of(world: World, url: str, person: str, form: dict[str, Any]) -> dict[str, Any]:
    """The form with all fields that its page shows, and those that scripts and links add."""
    shown: dict[str, Any] = {}
    with undone():
        page = world.client(person).get(url)
    if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
        for each in page_of(page).forms:
            if each.method == "POST" and (each.get("action") or url) == url:
                shown |= {key: value or "" for key, value in each.fields.items() if key}
    shown.pop("csrfmiddlewaretoken", None)
    more = dict.fromkeys(("version", "form_key", "keep_text", "to", "before"), "")
    return {**more, **shown, **form}


def test_odd_fields_of_a_form_are_answered(world: World) -> None:
    """Every field with every odd word: first all odd together, then each alone among right ones."""
    answers, kinds, turn = Answers(), list(ODD), 0
    for name, url, person, form in forms(world):
        client = world.client(person)
        fields = fields_of(world, url, person, form)
        for shift in range(0, len(kinds), 2):
            odd = {
                field: ODD[kinds[(place + shift) % len(kinds)]]
                for place, field in enumerate(fields)
            }
            answers.ask(f"{name}: all odd, {shift}", lambda: client.post(url, odd))
        for field in fields:
            for _one in range(2):
                turn += 1
                what = kinds[turn % len(kinds)]
                answers.ask(
                    f"{name}: {field}: {what}",
                    lambda: client.post(url, {**fields, field: ODD[what]}),
                )
            missing = {key: value for key, value in fields.items() if key != field}
            answers.ask(f"{name}: no {field}", lambda: client.post(url, missing))
    assert not answers.faults, "\n".join(answers.faults)
