"""A team, its empty register, and a member at the keyboard."""

import pytest
from django.test import Client

from ideas import guard
from ideas.models import Idea
from tests.factories import Team, client_of, make_team
from tests.ideas.register import make_idea


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


@pytest.fixture
def idea(team: Team) -> Idea:
    return make_idea(team.office, by=team.member)


@pytest.fixture(autouse=True)
def new_hour() -> None:
    """Nobody has handed in anything within the hour."""
    guard.forget()
