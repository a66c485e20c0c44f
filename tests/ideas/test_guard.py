"""The guard of the public form: who is let in at once, asked, held, or told to wait."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from time_machine import Traveller

from ideas import guard, questions
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.tasks import forget_visitors
from tests.factories import Country, client_of, make_country
from tests.ideas.public import (
    BOX,
    WRITTEN,
    answer_of,
    code_on,
    send_again,
    write,
    written_in,
)
from tests.pages import find, form_fields, texts_of
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def anybody() -> Client:
    return Client()


def hand_in(client: Client, clock: Traveller, how_many: int) -> None:
    for number in range(how_many):
        write(client, clock, description=f"ভাবনা নম্বর {number}")


def is_asked(page: object) -> bool:
    return bool(find(page, "#id_answer"))


def test_after_the_free_ones_a_person_answers_and_is_held(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    hand_in(anybody, clock, guard.FREE)
    assert Idea.objects.filter(status=IdeaStatus.RECEIVED).count() == guard.FREE
    page = write(anybody, clock)
    assert page.status_code == 200
    assert is_asked(page)
    assert written_in(page)["description"] == WRITTEN["description"]
    assert send_again(anybody, page, answer=answer_of(page)).status_code == 302
    held = Idea.objects.get(status=IdeaStatus.HELD)
    assert held.held_reason == guard.IN_A_FLOOD
    assert not Idea.objects.registered().filter(pk=held.pk).exists()
    # Its submitter has a code as everybody has.
    assert code_on(anybody.get("/idea-box/received/")) == held.code


def test_wrong_answer_gets_a_new_question_and_the_words_stay(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    hand_in(anybody, clock, guard.FREE)
    page = write(anybody, clock)
    again = send_again(anybody, page, answer="0")
    assert form_fields(again)["question"] != form_fields(page)["question"]
    assert written_in(again)["description"] == WRITTEN["description"]
    assert "উত্তরটি মেলেনি" in texts_of(again, ".question b")[0]
    bengali = answer_of(again).translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    assert send_again(anybody, again, answer=f" {' '.join(bengali)} ").status_code == 302


def test_answer_is_good_for_one_form(country: Country, anybody: Client, clock: Traveller) -> None:
    hand_in(anybody, clock, guard.FREE)
    page = write(anybody, clock)
    solved = {"question": form_fields(page)["question"], "answer": answer_of(page)}
    send_again(anybody, page, **solved)
    other = write(anybody, clock, **solved)
    assert is_asked(other)
    assert Idea.objects.count() == guard.FREE + 1


def test_question_does_not_show_its_answer(clock: Traveller) -> None:
    for _ in range(50):
        question = questions.ask("a form")
        figures = [
            str(questions.WORDS.index(word)) for word in question.text.split(": ")[1].split(", ")
        ]
        right = [
            "".join(figures),
            "".join(reversed(figures)),
            "".join(each for each in figures if each != max(figures)),
            "".join(each for each in figures if each != min(figures)),
        ]
        answered = [each for each in right if questions.is_answered("a form", question.seal, each)]
        assert len(answered) == 1
        assert len(answered[0]) == 4
        assert not questions.is_answered("another form", question.seal, answered[0])
    clock.shift(2 * 60 * 60)
    assert not questions.is_answered("a form", question.seal, answered[0])


def test_past_the_cap_the_page_says_when_and_keeps_the_words(
    country: Country, anybody: Client, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "FREE", 1)
    monkeypatch.setattr(guard, "HELD", 1)
    hand_in(anybody, clock, 1)
    page = write(anybody, clock)
    send_again(anybody, page, answer=answer_of(page))
    full = write(anybody, clock, description="আরও একটি কথা")
    assert full.status_code == 429
    assert "দুপুর ১:০০ টা-এর পরে আবার পাঠান" in texts_of(full, ".alert")[0]
    assert written_in(full)["description"] == "আরও একটি কথা"
    # From elsewhere everything goes on, and an hour later here too.
    assert write(Client(REMOTE_ADDR="198.51.100.4"), clock).status_code == 302
    clock.shift(guard.HOUR)
    assert send_again(anybody, full).status_code == 302


def test_staff_are_not_counted(country: Country, clock: Traveller) -> None:
    hand_in(client_of(country["upazila.member"]), clock, guard.FREE + 2)
    assert Idea.objects.filter(status=IdeaStatus.RECEIVED).count() == guard.FREE + 2


def test_address_is_the_one_our_own_proxy_saw(
    country: Country, clock: Traveller, settings: object
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(guard.FREE):
        # What the visitor claims stands before what the proxy adds.
        forged = Client(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.9")
        assert write(forged, clock, description=f"কথা {number}").status_code == 302
    assert is_asked(write(Client(HTTP_X_FORWARDED_FOR="10.0.0.99, 203.0.113.9"), clock))
    assert write(Client(HTTP_X_FORWARDED_FOR="203.0.113.9, 203.0.113.10"), clock).status_code == 302


def test_addresses_of_one_ipv6_line_are_one(country: Country, clock: Traveller) -> None:
    for number in range(guard.FREE):
        client = Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}")
        write(client, clock, description=f"কথা {number}")
    assert is_asked(write(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"), clock))
    assert write(Client(REMOTE_ADDR="2001:db8:1:3::1"), clock).status_code == 302


@pytest.mark.parametrize("address", ["", "nonsense"])
def test_visitor_without_an_address_is_let_in(
    country: Country, clock: Traveller, address: str
) -> None:
    assert write(Client(REMOTE_ADDR=address), clock).status_code == 302


# --- Programs ----------------------------------------------------------------------------------
def test_form_filled_in_at_once_is_asked(country: Country, anybody: Client) -> None:
    page = anybody.post(BOX, {**form_fields(anybody.get(BOX)), **WRITTEN})
    assert is_asked(page)
    send_again(anybody, page, answer=answer_of(page))
    assert Idea.objects.get().held_reason == guard.TOO_FAST


def test_trap_is_hidden_from_eyes_and_named_for_ears(country: Country, anybody: Client) -> None:
    page = anybody.get(BOX)
    assert texts_of(page, ".visually-hidden label[for='id_website']") == ["এই ঘরটি খালি রাখুন"]


def test_filled_trap_is_asked_and_held(country: Country, anybody: Client, clock: Traveller) -> None:
    page = write(anybody, clock, website="https://shop.test")
    assert is_asked(page)
    assert not Idea.objects.exists()
    send_again(anybody, page, answer=answer_of(page))
    assert Idea.objects.get().held_reason == guard.TRAPPED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("দেখুন https://a.test https://b.test www.c.test", guard.HAS_LINKS),
        ("Купить дешево прямо сейчас", guard.UNREADABLE),
        ("১২৩ !!! ৪৫৬", guard.UNREADABLE),
    ],
)
def test_doubtful_text_is_held(
    country: Country, anybody: Client, clock: Traveller, text: str, why: str
) -> None:
    write(anybody, clock, problem="", description=text)
    assert Idea.objects.get().held_reason == why


@pytest.mark.parametrize("text", ["Put the form online, see https://a.test", "ফরম Online-এ দিন"])
def test_ordinary_text_is_not_held(
    country: Country, anybody: Client, clock: Traveller, text: str
) -> None:
    write(anybody, clock, problem="", description=text)
    assert Idea.objects.get().status == IdeaStatus.RECEIVED


def test_same_text_from_anywhere_within_the_hour_is_held(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    write(anybody, clock)
    write(Client(REMOTE_ADDR="198.51.100.4"), clock)
    assert Idea.objects.latest("pk").held_reason == guard.SAID_BEFORE
    clock.shift(guard.HOUR)
    write(anybody, clock)
    assert Idea.objects.latest("pk").held_reason == ""


# --- What is remembered of a visitor -----------------------------------------------------------
def test_salt_leaves_the_disk_with_its_hour(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    write(anybody, clock)
    assert guard.current_hour()
    forget_visitors()
    assert guard.current_hour()
    clock.shift(guard.HOUR + 1)
    assert guard.current_hour() is None
    forget_visitors()
    # Redis has a clock of its own, which no test can move.
    if not settings.REDIS_URL:
        assert not list(Path(settings.DATA_DIR, "guard").glob("*.djcache"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.faults
def test_many_at_once_do_not_slip_past_the_count(country: Country, clock: Traveller) -> None:
    forms = [{**form_fields(Client().get(BOX)), **WRITTEN} for _ in range(12)]
    clock.shift(30)
    at_once([lambda form=form: Client().post(BOX, form) for form in forms])
    assert Idea.objects.count() == guard.FREE
