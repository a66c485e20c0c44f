"""A team with an empty plan, and a member of it at the keyboard."""

import pytest
from django.test import Client

from tests.factories import Team, client_of, make_plan, make_team
from tests.workplans.rows import ROW
from workplans.actions import add_task
from workplans.models import Task, WorkPlan


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=0)


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


@pytest.fixture
def task(plan: WorkPlan, team: Team) -> Task:
    return add_task(workplan=plan, fields=ROW, by=team.head)
