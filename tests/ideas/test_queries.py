"""A page asks the database as often for a hundred ideas as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.actions import add_file
from ideas.enums import FilePurpose
from teams.enums import Role
from teams.uploads import CleanFile
from tests.factories import PNG, Team, make_office, make_post
from tests.ideas.register import make_idea
from tests.ideas.senders import support

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FEW, MANY = 1, 100
STATES = ("received", "shortlisted", "approved", "declined")


def asked(client: Client, address: str) -> int:
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("query", "most"), [("", 10), ("?q=আবেদন&status=approved", 10)], ids=["all", "filtered"]
)
def test_list_asks_as_often_for_a_hundred_ideas(
    team: Team, client: Client, query: str, most: int
) -> None:
    # With a second office, the list names the office of each idea.
    make_post(make_office("second", parent=team.office), Role.MEMBER, holder=team.member)
    address = reverse("ideas:list") + query
    counts = []
    for number in range(1, MANY + 1):
        make_idea(team.office, by=team.head, status=STATES[(number + 1) % len(STATES)])
        if number in (FEW, MANY):
            counts.append(asked(client, address))
    assert counts[0] == counts[1] <= most


def test_idea_asks_as_often_with_much_hanging_on_it(team: Team, client: Client) -> None:
    counts = []
    for number in (1, 10):
        idea = make_idea(team.office, by=team.head, status="replicated")
        for _ in range(number):
            support(idea)
            add_file(
                idea=idea,
                clean=CleanFile(PNG, "image/png", "png"),
                purpose=FilePurpose.ATTACHMENT,
                by=team.head,
            )
        counts.append(asked(client, idea.get_absolute_url()))
    assert counts[0] == counts[1] <= 28
