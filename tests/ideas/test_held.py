"""Submissions that were held: looked at, taken in, left out, taken back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ideas.actions import admit_idea, discard_idea, readmit_idea
from ideas.models import Idea
from teams.models import AuditEntry, User
from teams.transitions import WrongState
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.ideas.register import hold, make_idea
from tests.pages import find, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HELD, DISCARDED = "/ideas/held/", "/ideas/held/?show=discarded"
ADMIT, DISCARD, READMIT = (f"/ideas/held/{step}/" for step in ("admit", "discard", "readmit"))
LEADS = {"upazila.head", "upazila.innovation_officer"}


@pytest.fixture
def leader(team: Team) -> Client:
    return client_of(team.innovation_officer)


def make_held(team: Team, title: str = "আটকানো", reason: str = "অনেকগুলো লিংক") -> Idea:
    idea = make_idea(team.office, by=team.member, title=title)
    hold(idea)
    Idea.objects.filter(pk=idea.pk).update(held_reason=reason)
    return idea


def shown(client: Client, address: str = HELD) -> list[str]:
    return texts_of(client.get(address), "section.card b")


def test_list_shows_the_words_and_why_each_was_held(team: Team, leader: Client) -> None:
    make_held(team, title="<b>এক</b>")
    page = leader.get(HELD)
    assert texts_of(page, "section.card b") == ["<b>এক</b>"]
    assert "অনেকগুলো লিংক" in page.content.decode()
    assert texts_of(page, ".chips a") == ["দেখা বাকি ১", "বাদ দেওয়া ০"]


def test_held_ones_are_not_in_the_register(team: Team, leader: Client) -> None:
    make_held(team)
    page = leader.get("/ideas/")
    assert texts_of(page, "tbody th") == []
    assert "১টি লেখা যাচাইয়ের অপেক্ষায়" in texts_of(page, "a")


def test_several_are_taken_in_at_once(team: Team, leader: Client) -> None:
    first, second, third = (make_held(team, title) for title in "কখগ")
    page = leader.post(ADMIT, {"idea": [first.pk, third.pk, first.pk]}, follow=True)
    assert texts_of(page, ".alert") == ["২টি আইডিয়া নিবন্ধনে নেওয়া হয়েছে।"]
    assert shown(leader) == ["খ"]
    first.refresh_from_db()
    assert (first.status, first.admitted_by) == ("received", team.innovation_officer)
    assert AuditEntry.objects.filter(action="idea.admit").count() == 2
    assert second.pk not in AuditEntry.objects.values_list("object_id", flat=True).filter(
        action="idea.admit"
    )


def test_discarded_ones_are_kept_and_can_be_taken_back(team: Team, leader: Client) -> None:
    idea = make_held(team)
    leader.post(DISCARD, {"idea": idea.pk})
    assert (shown(leader), shown(leader, DISCARDED)) == ([], ["আটকানো"])
    assert team.innovation_officer.name_bn in leader.get(DISCARDED).content.decode()
    leader.post(READMIT, {"idea": idea.pk})
    idea.refresh_from_db()
    assert (idea.status, shown(leader, DISCARDED)) == ("received", [])
    assert texts_of(leader.get("/ideas/"), "tbody th") == ["আটকানো"]


def test_pressed_twice_it_says_so_and_the_others_go(team: Team, leader: Client) -> None:
    first, second = (make_held(team, title) for title in "কখ")
    leader.post(ADMIT, {"idea": first.pk}, follow=True)
    page = leader.post(ADMIT, {"idea": [first.pk, second.pk]}, follow=True)
    assert texts_of(page, ".alert") == [
        "“ক”: কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।",
        "১টি আইডিয়া নিবন্ধনে নেওয়া হয়েছে।",
    ]


@pytest.mark.parametrize("sent", [{}, {"idea": ""}, {"idea": "x"}, {"idea": ["৫", "-1", "\0"]}])
def test_nothing_ticked_is_said(leader: Client, sent: dict) -> None:
    for address in (ADMIT, DISCARD, READMIT):
        page = leader.post(address, sent, follow=True)
        assert texts_of(page, ".alert") == ["অন্তত একটি লেখা বেছে নিন।"]


def test_unknown_number_is_not_found(leader: Client) -> None:
    assert leader.post(ADMIT, {"idea": "9" * 18}).status_code == 404


def test_member_reads_and_decides_nothing(team: Team, client: Client) -> None:
    idea = make_held(team)
    page = client.get(HELD)
    assert texts_of(page, "section.card b") == ["আটকানো"]
    assert find(page, "input[name='idea']") == []
    for address in (ADMIT, DISCARD):
        assert client.post(address, {"idea": idea.pk}).status_code == 403
    idea.refresh_from_db()
    assert idea.status == "held"


@pytest.mark.parametrize(
    ("action", "status"),
    [(admit_idea, "held"), (discard_idea, "held"), (readmit_idea, "discarded")],
)
def test_step_is_open_to_whoever_leads_the_team(action, status: str) -> None:
    country = make_country()
    may = set()
    for name, person in country.people.items():
        idea = make_idea(country.upazila, by=country["upazila.head"], status=status)
        try:
            action(idea=idea, by=person)
            may.add(name)
        except PermissionDenied:
            continue
    assert may == LEADS


def test_team_sees_its_own_only() -> None:
    country: Country = make_country()
    idea = make_idea(country.upazila, by=country["upazila.head"], status="held")
    for person in ("district.head", "sibling.head", "reviewer", "administrator"):
        client = client_of(country[person])
        assert shown(client) == []
        assert client.post(ADMIT, {"idea": idea.pk}).status_code == 404


def test_page_of_a_held_idea_has_the_buttons(team: Team, leader: Client, client: Client) -> None:
    idea = make_held(team)
    assert find(leader.get(idea.get_absolute_url()), f"form[action='{ADMIT}']")
    assert find(client.get(idea.get_absolute_url()), f"form[action='{ADMIT}']") == []


def test_list_asks_as_often_for_many(team: Team, leader: Client) -> None:
    counts = []
    for number in range(1, 21):
        make_held(team, f"আইডিয়া {number}")
        if number in (1, 20):
            with CaptureQueriesContext(connection) as queries:
                leader.get(HELD)
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


@pytest.mark.django_db(transaction=True)
def test_two_who_admit_at_once_admit_once() -> None:
    team = make_team()
    idea = make_held(team)

    def admit() -> None:
        admit_idea(
            idea=Idea.objects.get(pk=idea.pk), by=User.objects.get(pk=team.innovation_officer.pk)
        )

    results = at_once([admit] * 4)
    assert results.count(None) == 1
    assert sum(isinstance(result, WrongState) for result in results) == 3
    assert AuditEntry.objects.filter(action="idea.admit").count() == 1
