"""Nobody learns at the door who has an account: same words, same headers, same work."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.models import User
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LOGIN, RESET = reverse("account_login"), reverse("account_reset_password")
WRONG = "not the pass phrase"
# Differs from one request to the next, whoever asks.
MASKS = (
    (r'name="csrfmiddlewaretoken" value="\w+"', "token"),
    (r'"X-CSRFToken": "\w+"', "token"),
    (r'nonce="[\w\-+/=]+"', "nonce"),
    (r"nonce-[\w\-+/=]+", "nonce"),
    (r"[\w.]*@office\.test|01\d{9}", "login"),
)


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False):
        yield


def unknown() -> str:
    return "somebody@office.test"


def unknown_mobile() -> str:
    return "01999999999"


def without_password() -> str:
    person = make_person()
    person.set_unusable_password()
    person.save()
    return person.email


def blank_password() -> str:
    person = make_person()
    User.objects.filter(pk=person.pk).update(password="")
    return person.email


def inactive() -> str:
    person = make_person()
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person.email


def known() -> str:
    return make_person().email


def known_mobile() -> str:
    return make_person().mobile


KINDS = (without_password, blank_password, inactive, known, known_mobile, unknown_mobile)


def masked(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """Status, headers and words of an answer, without what differs anyway."""
    text = response.content.decode()
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    for pattern, word in MASKS:
        text = re.sub(pattern, word, text)
        headers = {name: re.sub(pattern, word, value) for name, value in headers.items()}
    return response.status_code, headers, text


def cookies(response: HttpResponse) -> set[str]:
    return set(response.cookies)


def answers(url: str, data: Callable[[str], dict[str, str]], login: str) -> list[Any]:
    """What a guesser sees of seven tries in a row, pauses included."""
    seen = []
    for _ in range(7):
        response = Client().post(url, data(login), REMOTE_ADDR="10.3.3.3")
        seen.append((masked(response), cookies(response)))
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_failed_log_in_looks_the_same_for_everybody(kind: Callable[[], str]) -> None:
    def form(login: str) -> dict[str, str]:
        return {"login": login, "password": WRONG}

    expected, seen = answers(LOGIN, form, unknown()), answers(LOGIN, form, kind())
    assert seen == expected
    assert expected[0] != expected[-1]  # the pause has set in, for both


@pytest.mark.parametrize("kind", [without_password, inactive, known])
def test_asking_for_a_new_password_looks_the_same_for_everybody(kind: Callable[[], str]) -> None:
    def form(login: str) -> dict[str, str]:
        return {"email": login}

    expected, seen = answers(RESET, form, unknown()), answers(RESET, form, kind())
    assert seen == expected
    done = [Client().get(expected[0][0][1]["Location"]) for _ in range(2)]
    assert masked(done[0]) == masked(done[1])
    assert "দপ্তর প্রধানের কাছ থেকে" in done[0].content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_failed_log_in_costs_the_same_work(
    kind: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash with the same settings, and the same number of questions to the database."""
    hashed: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def count_encode(self: Argon2PasswordHasher, *args: Any) -> str:
        hashed.append("argon2")
        return encode(self, *args)

    def count_verify(self: Argon2PasswordHasher, *args: Any) -> bool:
        hashed.append("argon2")
        return verify(self, *args)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", count_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", count_verify)

    def work(login: str) -> tuple[int, int]:
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().post(LOGIN, {"login": login, "password": WRONG})
        return len(hashed), len(queries)

    somebody = kind()
    nobody = unknown() if "@" in somebody else "01888888888"
    assert work(somebody) == work(nobody)
    assert work(somebody)[0] == 1


@pytest.mark.parametrize("kind", [without_password, inactive, known])
def test_asking_for_a_new_password_costs_about_the_same_work(kind: Callable[[], str]) -> None:
    def work(email: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().post(RESET, {"email": email})
        return len(queries)

    # A letter in the outbox either way; the link's own token takes some light reads more.
    assert abs(work(kind()) - work(unknown())) <= 6
