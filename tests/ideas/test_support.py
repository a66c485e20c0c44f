"""Standing by an idea instead of handing in the same again."""

import uuid
from collections.abc import Iterator
from datetime import time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import Traveller

from ideas import guard
from ideas.actions import merge_idea, support_idea
from ideas.enums import OPEN_TO_ALL, IdeaStatus
from ideas.models import Idea, Support
from teams.models import AuditEntry, User
from tests.factories import Team, client_of, make_team
from tests.ideas.public import answer_of
from tests.ideas.register import make_idea
from tests.pages import form_fields, texts_of
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOTE = "আমাদের ইউনিয়নেও এটি দরকার"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel("2026-11-21T06:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def open_idea(team: Team) -> Idea:
    return make_idea(team.office, by=team.head, status="shortlisted")


def address(idea: Idea) -> str:
    return reverse("public:support", args=[idea.pk])


def stand_by(client: Client, clock: Traveller, idea: Idea, **typed: object) -> object:
    """Open the form, take half a minute, send it."""
    form = form_fields(client.get(address(idea)))
    clock.shift(30)
    return client.post(address(idea), {**form, "note": NOTE, **typed})


def test_anybody_stands_by_an_idea_and_follows_it(
    clock: Traveller, open_idea: Idea, team: Team
) -> None:
    browser = Client()
    answer = stand_by(browser, clock, open_idea, name="করিম", email="Karim@example.test")
    support = open_idea.supports.get()
    assert (support.note, support.name, support.email) == (NOTE, "করিম", "karim@example.test")
    assert answer.url == reverse("public:follow", args=[support.code])
    assert browser.get(answer.url).status_code == 200
    page = client_of(team.member).get(open_idea.get_absolute_url())
    assert texts_of(page, "#supports h2") == ["সমর্থন: ১ জন"]
    assert NOTE in page.content.decode()
    assert "karim@example.test" not in page.content.decode()


def test_page_shows_the_idea_and_not_who_had_it(open_idea: Idea) -> None:
    page = Client().get(address(open_idea)).content.decode()
    assert open_idea.title in page
    assert "দালাল" in page  # of its proposal
    assert open_idea.submitter_name not in page
    assert open_idea.benefit not in page


@pytest.mark.parametrize("status", IdeaStatus.values)
@pytest.mark.usefixtures("today")
def test_only_what_is_open_to_all_has_a_page(team: Team, status: str) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    expected = 200 if status in OPEN_TO_ALL else 404
    assert Client().get(address(idea)).status_code == expected
    assert client_of(team.head).get(address(idea)).status_code == expected
    Idea.objects.filter(pk=idea.pk).update(is_shared=False)
    assert Client().get(address(idea)).status_code == 404
    with pytest.raises(PermissionDenied):
        support_idea(idea=idea, by=None)


def test_merged_idea_leads_to_the_one_it_goes_on_with(team: Team, open_idea: Idea) -> None:
    idea = make_idea(team.office, by=team.head)
    merge_idea(idea=idea, into=open_idea, by=team.head)
    assert Client().get(address(idea)).url == address(open_idea)


def test_same_form_twice_is_one_support(clock: Traveller, open_idea: Idea) -> None:
    client = Client()
    form = {**form_fields(client.get(address(open_idea))), "note": NOTE}
    clock.shift(30)
    first, second = (client.post(address(open_idea), form) for _time in range(2))
    assert first.url == second.url
    assert open_idea.supports.count() == 1


def test_key_of_one_idea_is_another_key_for_another(team: Team, open_idea: Idea) -> None:
    other = make_idea(team.office, by=team.head, status="shortlisted")
    key = uuid.uuid4()
    for idea in (open_idea, other):
        support_idea(idea=idea, by=None, form_key=key)
    assert Support.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_person_who_is_logged_in_counts_once() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.head, status="shortlisted")

    def attempt() -> int:
        return support_idea(
            idea=Idea.objects.get(pk=idea.pk), by=User.objects.get(pk=team.member.pk)
        ).pk

    assert len(set(at_once([attempt] * 4))) == 1
    assert Support.objects.count() == 1


def test_record_says_that_and_not_who(open_idea: Idea) -> None:
    support_idea(idea=open_idea, by=None, note=NOTE, name="করিম", email="karim@example.test")
    entry = AuditEntry.objects.filter(action="idea.support").get()
    assert set(entry.after) == {"support"}
    assert timezone.localtime(entry.at).time() == time.min  # the day alone, as of an idea


# --- Programs -----------------------------------------------------------------------------------
def test_program_is_asked_and_a_person_answers(clock: Traveller, open_idea: Idea) -> None:
    client = Client()
    form = {**form_fields(client.get(address(open_idea))), "website": "http://x.test"}
    clock.shift(30)
    asked = client.post(address(open_idea), {**form, "note": NOTE})
    assert (asked.status_code, open_idea.supports.count()) == (200, 0)
    again = form_fields(asked)
    assert again["note"].strip() == NOTE
    wrong = client.post(address(open_idea), {**again, "answer": "1"})
    assert open_idea.supports.count() == 0
    answered = {**form_fields(wrong), "answer": answer_of(wrong)}
    assert client.post(address(open_idea), answered).status_code == 302
    assert open_idea.supports.count() == 1


def test_crowd_from_one_address_has_to_wait(clock: Traveller, open_idea: Idea) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "FREE", 1)
        patch.setattr(guard, "HELD", 0)
        assert stand_by(Client(), clock, open_idea).status_code == 302
        late = stand_by(Client(), clock, open_idea)
    assert late.status_code == 429
    assert NOTE in late.content.decode()


def test_old_page_keeps_its_words(open_idea: Idea) -> None:
    page = Client().post(address(open_idea), {"note": NOTE, "ticket": "x"})
    assert page.status_code == 422
    assert form_fields(page)["note"].strip() == NOTE
    assert guard.read_ticket(form_fields(page)["ticket"])


@pytest.mark.parametrize(
    "typed",
    [{"email": "না"}, {"note": "ক" * 4_001}, {"name": "ক" * 201}],
    ids=["email", "note", "name"],
)
def test_wrong_input_is_explained(clock: Traveller, open_idea: Idea, typed: dict[str, str]) -> None:
    page = stand_by(Client(), clock, open_idea, **typed)
    assert page.status_code == 422
    assert texts_of(page, ".invalid-feedback")
    assert open_idea.supports.count() == 0
