"""Guessing is slow, coming in is not, and nobody is locked out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache, caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bangla.digits import to_bangla
from jobs.models import Letter
from teams.entry.throttling import LIMITS, Limit
from teams.models import TryCount, User
from teams.tasks import forget_tries
from tests.factories import PASSWORD, client_of, make_person
from tests.pages import texts_of
from tests.races import at_once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
LOGIN = reverse("account_login")
WRONG = "not the pass phrase"
OFFICE, ELSEWHERE = "10.1.1.1", "10.2.2.2"
PAIR = LIMITS["login"]["pair"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stopped: a slow machine must not free anybody."""
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person() -> User:
    return make_person()


def log_in(login: str, password: str = WRONG, *, at: str = OFFICE) -> HttpResponse:
    return Client(REMOTE_ADDR=at).post(LOGIN, {"login": login, "password": password})


def comes_in(person: User, *, at: str = OFFICE) -> bool:
    return log_in(person.email, PASSWORD, at=at).status_code == 302


def told(response: HttpResponse) -> str:
    return " ".join(texts_of(response, "form .alert, form .invalid-feedback"))


def waits(response: HttpResponse) -> bool:
    return "পরে আবার চেষ্টা করুন" in told(response)


def fail(login: str, times: int, *, at: str = OFFICE) -> HttpResponse:
    """So many tries with the pauses waited for between them."""
    for _ in range(times):
        response = log_in(login, at=at)
    return response


# --- The pause grows, and ends --------------------------------------------------------------
def test_pause_doubles_and_has_an_end() -> None:
    limit = Limit(free=3, longest=300)
    pauses = [limit.pause_after(tries).total_seconds() for tries in range(1, 14)]
    assert pauses == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert limit.pause_after(10_000_000) == timedelta(seconds=300)


def test_after_some_failures_one_is_told_how_long_to_wait_and_then_comes_in(
    person: User, clock: time_machine.Traveller
) -> None:
    for pause in (1, 2, 4, 8, 16, 32, 64, 128):
        while not waits(answer := log_in(person.email)):
            pass
        number, unit = (pause, "সেকেন্ড") if pause < 60 else (-(-pause // 60), "মিনিট")
        assert f"{to_bangla(number)} {unit} পরে আবার চেষ্টা করুন" in told(answer)
        assert not comes_in(person)  # not even with the right one
        clock.shift(pause)
    assert comes_in(person)


def test_pressing_the_button_again_does_not_lengthen_the_pause(
    person: User, clock: time_machine.Traveller
) -> None:
    fail(person.email, 4)
    for _ in range(50):
        assert waits(log_in(person.email))
    clock.shift(1)
    assert comes_in(person)


def test_coming_in_forgets_the_failures(person: User) -> None:
    fail(person.email, PAIR.free)
    assert comes_in(person)
    fail(person.email, PAIR.free)
    assert comes_in(person)


def test_quiet_hour_forgets_the_failures(person: User, clock: time_machine.Traveller) -> None:
    fail(person.email, 4)
    clock.shift(PAIR.memory + 1)
    fail(person.email, PAIR.free)
    assert comes_in(person)


def test_name_that_nobody_has_is_slowed_as_well() -> None:
    assert waits(fail("nobody@office.test", 5))


# --- Nobody is locked out by others ---------------------------------------------------------
def test_colleagues_behind_one_address_do_not_slow_each_other(person: User) -> None:
    colleagues = [make_person() for _ in range(8)]
    for colleague in colleagues:
        fail(colleague.email, 5)
    assert comes_in(person)


def test_attacker_at_one_address_does_not_slow_the_officer_at_another(
    person: User, clock: time_machine.Traveller
) -> None:
    for _ in range(60):  # hours of guessing, each as soon as it is taken
        clock.shift(PAIR.longest)
        assert not waits(log_in(person.email, at=ELSEWHERE))
    assert comes_in(person, at=OFFICE)


def test_guesses_spread_over_many_addresses_are_slowed_but_not_at_the_usual_place(
    person: User,
) -> None:
    assert comes_in(person, at=OFFICE)
    free = LIMITS["login"]["name"].free
    answers = [log_in(person.email, at=f"10.7.{number}.1") for number in range(free + 20)]
    assert [waits(answer) for answer in answers] == [False] * (free + 1) + [True] * 19
    assert comes_in(person, at=OFFICE)
    assert not comes_in(person, at=ELSEWHERE)  # told to wait a second, as the guessers are


def test_one_guess_at_many_people_is_slowed_but_not_for_those_who_work_there(
    person: User, clock: time_machine.Traveller
) -> None:
    assert comes_in(person)
    free = LIMITS["login"]["address"].free
    for number in range(free + 1):
        log_in(f"officer{number}@office.test")
    newcomer = make_person()
    assert not comes_in(newcomer)
    assert comes_in(person)
    clock.shift(1)
    assert comes_in(newcomer)


def test_neighbours_on_one_line_of_ipv6_are_one_address(person: User) -> None:
    for number in range(4):
        log_in(person.email, at=f"2001:db8:1:2::{number}")
    assert waits(log_in(person.email, at="2001:db8:1:2:ffff::1"))
    assert not waits(log_in(person.email, at="2001:db8:1:3::1"))


# --- The counts themselves -------------------------------------------------------------------
def test_emptied_caches_free_nobody(person: User) -> None:
    fail(person.email, 4)
    for known in caches.all():
        known.clear()
    assert waits(log_in(person.email))


def test_table_of_tries_names_nobody(person: User) -> None:
    fail(person.email, 2)
    kept = str(list(TryCount.objects.values_list()))
    assert person.email not in kept
    assert OFFICE not in kept


def test_old_counts_are_swept_and_known_places_are_kept(
    person: User, clock: time_machine.Traveller
) -> None:
    fail("nobody@office.test", 2)
    assert comes_in(person)
    clock.shift(timedelta(days=2))
    forget_tries()
    assert TryCount.objects.count() == 1
    clock.shift(timedelta(days=90))
    forget_tries()
    assert not TryCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_twenty_guesses_at_once_no_more_are_looked_at_than_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = make_person()
    looked_at: list[str] = []

    def check(self: User, raw: str) -> bool:
        looked_at.append(raw)
        return False

    monkeypatch.setattr(User, "check_password", check)
    guesses = [f"guess number {number}" for number in range(20)]
    answers = at_once([lambda guess=guess: log_in(person.email, guess) for guess in guesses])
    assert [answer.status_code for answer in answers] == [200] * 20
    assert len(looked_at) == PAIR.free + 1
    assert sum(waits(answer) for answer in answers) == 20 - len(looked_at)


# --- Elsewhere --------------------------------------------------------------------------------
def test_password_asked_for_again_is_slowed_too(
    person: User, clock: time_machine.Traveller
) -> None:
    client = client_of(person)
    again = reverse("account_reauthenticate")
    for _ in range(4):
        assert not waits(client.post(again, {"password": WRONG}))
    assert waits(client.post(again, {"password": PASSWORD}))
    clock.shift(1)
    assert client.post(again, {"password": PASSWORD}).status_code == 302


def test_letters_with_a_new_password_are_slowed_for_everybody_alike(
    person: User, clock: time_machine.Traveller
) -> None:
    def ask(email: str, at: str = OFFICE) -> HttpResponse:
        url = reverse("account_reset_password")
        return Client(REMOTE_ADDR=at).post(url, {"email": email})

    for email in (person.email, "nobody@office.test"):
        assert [ask(email).status_code for _ in range(3)] == [302] * 3
        assert waits(ask(email))
    sent = Letter.objects.count()
    for number in range(40):  # a mailbox is not filled from many addresses either
        ask(person.email, at=f"10.8.{number}.1")
    assert Letter.objects.count() - sent <= 4
    clock.shift(LIMITS["reset"]["name"].longest)
    assert ask(person.email, at=ELSEWHERE).status_code == 302
