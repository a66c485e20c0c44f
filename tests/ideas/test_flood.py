"""A flood from one address, of ten thousand posts; then a person behind the same address."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from time_machine import Traveller

from ideas import guard, questions
from ideas.enums import IdeaStatus
from ideas.models import Idea
from ideas.views import hand_in
from tests.factories import Country, make_country
from tests.ideas.public import BOX, WRITTEN, answer_of, code_on, send_again, write
from tests.pages import find, form_fields

pytestmark = [pytest.mark.django_db, pytest.mark.faults]

# Where each query goes to another program, a fifth of them says the same.
POSTS = 10_000 if connection.vendor == "sqlite" else 2_000
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def country() -> Country:
    return make_country()


class Flood:
    """A program that knows the form and sends it as fast as it can, each kind in its turn."""

    def __init__(self, clock: Traveller) -> None:
        self.clock = clock
        self.tickets = [guard.new_ticket() for _ in range(POSTS // 5)]
        self.ticket = guard.new_ticket()
        self.kinds: list[Callable[[int], dict[str, str]]] = [
            self.without_ticket,
            self.with_one_ticket,
            self.with_filled_trap,
            self.with_guessed_answer,
            self.like_a_person,
        ]

    def form(self, number: int) -> dict[str, str]:
        kind = self.kinds[number % len(self.kinds)]
        return {"description": f"সস্তা ঋণ, নম্বর {number}"} | kind(number // len(self.kinds))

    def without_ticket(self, _number: int) -> dict[str, str]:
        return {}

    def with_one_ticket(self, _number: int) -> dict[str, str]:
        return {"ticket": self.ticket}

    def with_filled_trap(self, number: int) -> dict[str, str]:
        return {"ticket": self.tickets[number], "website": "https://loan.test"}

    def with_guessed_answer(self, number: int) -> dict[str, str]:
        """Asks for a question as a browser would, and answers whatever comes first."""
        ticket = self.tickets[number]
        asked = guard.read_ticket(ticket)
        assert asked
        seal = questions.ask(asked.key.hex).seal
        return {"ticket": ticket, "question": seal, "answer": "00000"}

    def like_a_person(self, number: int) -> dict[str, str]:
        return {"ticket": self.tickets[number]}


def test_ten_thousand_posts_let_in_what_is_free_and_lock_nobody_out(
    country: Country, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = Flood(clock)
    clock.shift(60)
    send = RequestFactory(REMOTE_ADDR="203.0.113.77")
    answers: Counter[int] = Counter()
    with monkeypatch.context() as patched:
        # The pages themselves are looked at below; here they would only take their time.
        patched.setattr(
            hand_in, "render", lambda *_args, status=200, **_: HttpResponse(status=status)
        )
        for number in range(POSTS):
            request = send.post(BOX, urlencode(flood.form(number)), content_type=FORM)
            request.user = AnonymousUser()
            answers[hand_in.idea_create(request).status_code] += 1
    assert answers.total() == POSTS
    assert set(answers) <= {200, 302, 422}
    assert Idea.objects.count() == guard.FREE
    assert not Idea.objects.filter(status=IdeaStatus.HELD).exists()

    person = Client(REMOTE_ADDR="203.0.113.77")
    page = write(person, clock)
    assert find(page, "#id_answer")
    assert send_again(person, page, answer=answer_of(page)).status_code == 302
    mine = Idea.objects.latest("pk")
    assert (mine.description, mine.held_reason) == (WRITTEN["description"], guard.IN_A_FLOOD)
    assert code_on(person.get("/idea-box/received/")) == mine.code


def test_program_that_answers_is_held_and_then_has_to_wait(
    country: Country, clock: Traveller
) -> None:
    program = Client(REMOTE_ADDR="203.0.113.77")
    answers: Counter[int] = Counter()
    for number in range(guard.FREE + guard.HELD + 5):
        page = write(program, clock, description=f"সস্তা ঋণ, নম্বর {number}")
        if page.status_code == 200:
            page = send_again(program, page, answer=answer_of(page))
        answers[page.status_code] += 1
        # All within the hour.
        clock.shift(-30)
    assert answers == {302: guard.FREE + guard.HELD, 429: 5}
    assert Idea.objects.filter(status=IdeaStatus.RECEIVED).count() == guard.FREE
    assert Idea.objects.filter(status=IdeaStatus.HELD).count() == guard.HELD


def test_flood_leaves_the_form_of_somebody_who_is_writing_alone(
    country: Country, clock: Traveller
) -> None:
    person = Client(REMOTE_ADDR="203.0.113.77")
    form = form_fields(person.get(BOX))
    program = Client(REMOTE_ADDR="203.0.113.77")
    for number in range(guard.FREE):
        write(program, clock, description=f"সস্তা ঋণ, নম্বর {number}")
    page = person.post(BOX, {**form, **WRITTEN})
    assert send_again(person, page, answer=answer_of(page)).status_code == 302
