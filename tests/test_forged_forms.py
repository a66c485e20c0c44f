"""Forms with more in them than was asked for: other fields, other people's numbers, endless rows.

Every form that any address takes is tried, as the access tables know it: whoever adds one adds it
there. What a form must be refused or may ignore differs; that nothing fails and nothing of others
changes does not.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from pytest_django import DjangoDbBlocker, Settings

from tests import oddities
from tests.access_rules import DONE, PEOPLE
from tests.access_table import ADDRESSES
from tests.access_world import WATCHED, World, WriteWatch, build_world, undone
from tests.oddities import ENDLESS, HUGE, Answers, Form

pytestmark = pytest.mark.django_db

# Columns that actions alone write, whatever a form says.
NOT_ASKED = (
    *("status", "state", "office", "by_post", "created_by", "updated_by", "submitted_by", "role"),
    *(
        "approved_by",
        "published_by",
        "is_active",
        "is_superuser",
        "is_staff",
        "issued_by",
        "person",
    ),
    *("finalised_by", "revision", "number", "sha256", "deleted_at", "starts_on"),
)
COUNTS = (HUGE, ENDLESS, "-1", "", "x", "1.5", "২", "99999")


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, settings: Settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    return _world


def forms(world: World) -> Iterator[Form]:
    """One right form for every address that somebody may write to."""
    for name, address in ADDRESSES.items():
        found = (
            (state, person)
            for person in PEOPLE
            for state in address.states
            if address.outcome("POST", state, person) == DONE
        )
        if place := next(found, None):
            state, person = place
            url = world.url(name, address.about, state)
            yield name, url, person, address.sends(world.things[state])


def anew(form: dict[str, Any]) -> dict[str, Any]:
    """The form with its files at their beginning, as for the first time."""
    for value in form.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, UploadedFile):
                one.seek(0)
    return form


# --- More fields than the form has ---------------------------------------------------------------
def left_by(world: World, url: str, person: str, form: dict[str, Any]) -> dict[str, Counter[Any]]:
    """How the columns that nobody is asked for stand, in every table that was written to."""
    watch = WriteWatch()
    with undone(), connection.execute_wrapper(watch):
        response = world.client(person).post(url, anew(form))
        assert response.status_code < 500
        written = [model for model in WATCHED if model._meta.db_table in watch.written]
        return {
            column.label: Counter(column.values(world)) for model in written for column in of(model)
        }


class Column:
    def __init__(self, model: type[models.Model], name: str) -> None:
        self.model, self.name = model, name
        self.label = f"{model._meta.label}.{name}"

    def values(self, world: World) -> list[Any]:
        """Of a moment only whether there is one: the two forms are not sent at the same. Of a row
        that the form made only that it is new: PostgreSQL gives no number twice."""
        found = self.model._base_manager.values_list(self.name, flat=True)
        to = self.model._meta.get_field(self.name).related_model
        known = {row[0] for row in world.records[to._meta.label]} if to in WATCHED else None
        return [
            "set"
            if isinstance(one, datetime)
            else "new"
            if known is not None and one is not None and one not in known
            else str(one)
            for one in found
        ]


def of(model: type[models.Model]) -> list[Column]:
    names = {field.name for field in model._meta.concrete_fields}
    return [Column(model, name) for name in NOT_ASKED if name in names]


def test_fields_that_no_form_has_change_nothing(world: World) -> None:
    """The same form twice, once with every column that only actions write."""
    country = world.country
    foreign = {
        "office": country.elsewhere.pk,
        "by_post": country["elsewhere.head"].scope.main_post.pk,
        "status": "approved",
        "state": "approved",
        "role": "head",
        "revision": 99,
        "number": 99,
        "is_active": "",
        "is_superuser": "on",
        "is_staff": "on",
        "deleted_at": "2026-01-01",
        "starts_on": "2001-01-01",
    }
    found, tried = [], 0
    for name, url, person, form in forms(world):
        with undone():
            known = set(oddities.fields_of(world, url, person, form))
        more = {
            key: foreign.get(column, country["elsewhere.head"].pk)
            for column in NOT_ASKED
            for key in (column, f"{column}_id")
            if not {column, f"{column}_id"} & known
        }
        plain = left_by(world, url, person, dict(form))
        forged = left_by(world, url, person, {**form, **more})
        tried += 1
        found += [
            f"{name}: {column} is {forged.get(column)}"
            for column in plain | forged
            if plain.get(column) != forged.get(column)
        ]
    assert found == []
    assert tried > 100


# --- Rows ----------------------------------------------------------------------------------------
def test_forged_counts_of_rows_are_answered(world: World) -> None:
    """Too many, less than none, none at all, no number: refused or ignored, and never an error."""
    answers, tried = Answers(oddities.ANSWERED | {400, 413}, world), set()
    for name, url, person, form in forms(world):
        fields = oddities.fields_of(world, url, person, form)
        client = world.client(person)
        for counted in [field for field in fields if field.endswith("-TOTAL_FORMS")]:
            tried.add(name)
            prefix = counted.removesuffix("TOTAL_FORMS")
            for count in COUNTS:
                answers.ask(f"{name}: {count[:9]}", client.post, url, {**fields, counted: count})
                initial = {f"{prefix}INITIAL_FORMS": count, f"{prefix}MIN_NUM_FORMS": count}
                answers.ask(f"{name}: first {count[:9]}", client.post, url, {**fields, **initial})
            none = {key: value for key, value in fields.items() if "_FORMS" not in key}
            answers.ask(f"{name}: not said", client.post, url, none)
            more = {
                f"{prefix}{place}-{key}": "9" for place in (0, 7, 99_999) for key in ("id", "x")
            }
            answers.ask(f"{name}: rows beyond", client.post, url, {**fields, **more})
    assert not answers.faults, "\n".join(answers.faults)
    assert len(tried) >= 5


# --- Numbers of others ---------------------------------------------------------------------------
# What an office hands to any other one, by choosing it.
PASSED_ON = {"ideas:forward"}


Rows = dict[str, list[Any]]


def rows_of(world: World, offices: set[int]) -> Rows:
    """Every row that belongs to one of these offices."""
    return {
        model._meta.label: list(
            model._base_manager.filter(office__in=offices).order_by("pk").values_list()
        )
        for model in WATCHED
        if any(field.name == "office" for field in model._meta.concrete_fields)
    }


def differences(before: Rows, after: Rows) -> Counter[str]:
    """How many rows of each table are others than before, or more."""
    return Counter(
        {
            label: changed
            for label, rows in after.items()
            if (
                changed := sum(row not in before[label] for row in rows)
                or len(before[label]) - len(rows)
            )
        }
    )


def test_numbers_of_others_in_a_form_change_nothing_of_theirs(world: World) -> None:
    """In place of every number in a form of the team: another office, its post, its person."""
    country = world.country
    strangers = {country.elsewhere.pk, country.sibling.pk}
    head = country["sibling.head"]
    numbers = (country.sibling.pk, head.pk, head.scope.main_post.pk)
    before, changed = rows_of(world, strangers), []
    answers = Answers(oddities.ANSWERED | {400})
    for name, url, person, form in forms(world):
        if person not in {"head", "officer", "member"}:
            continue
        client = world.client(person)
        fields = oddities.fields_of(world, url, person, form)
        held = [
            key for key, value in fields.items() if str(value).isdigit() and "_FORMS" not in key
        ]
        with undone():
            # What the right form does to others: an idea taken over says so of its own.
            client.post(url, anew(fields))
            usual = differences(before, rows_of(world, strangers))
        for number in numbers if held else ():
            forged = anew({**fields, **dict.fromkeys(held, number)})
            with undone():
                response = client.post(url, forged)
                if response.status_code not in answers.known:
                    answers.faults.append(f"{name}: {response.status_code}")
                touched = differences(before, rows_of(world, strangers))
            if touched - usual and name not in PASSED_ON:
                changed.append(f"{name}: {touched - usual}")
    assert not answers.faults, "\n".join(answers.faults)
    assert changed == []
