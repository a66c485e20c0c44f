"""The team on an office's public page: as its order forms it, without anybody's contact."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.enums import Role
from teams.models import Membership, PostHolding, Team, User
from tests.factories import make_person, make_post
from tests.pages import find, one_line
from tests.teams.orders import DESIGNATIONS, HARD_NAMES, freeze, make_order, upazila_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    """In force since 19 November 2026."""
    team = upazila_order()
    freeze(team, by=head_of(team))
    return team


def head_of(team: Team) -> User:
    assert team.created_by is not None
    return team.created_by


def address_of(team: Team) -> str:
    return reverse("open:office", args=[team.office.code])


def shown(team: Team, **cookies: str) -> list[str]:
    """What the page says of each member."""
    client = Client()
    client.cookies.load(cookies)
    return [one_line(member) for member in find(client.get(address_of(team)), "ul.team-list li")]


def test_everybody_reads_who_is_in_the_team_and_by_which_order(team: Team) -> None:
    page = Client().get(address_of(team))
    section = one_line(find(page, "section#team")[0])
    assert (
        "১৯ নভেম্বর ২০২৬ তারিখের ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩ নম্বর স্মারকের অফিস আদেশে গঠিত" in section
    )
    members = shown(team)
    assert len(members) == len(DESIGNATIONS)
    for said, designation, name in zip(members, DESIGNATIONS, [*HARD_NAMES[:8], ""], strict=True):
        assert designation in said
        assert name in said
    assert members[0].endswith("ইনোভেশন অফিসার")
    assert "পদটি শূন্য" in members[-1]


def test_nobody_can_be_reached_through_the_page(team: Team) -> None:
    page = Client().get(address_of(team)).content.decode()
    for member in team.memberships.select_related("post", "person"):
        contacts = [member.post.phone, member.post.email]
        if member.person:
            contacts += [member.person.email, member.person.mobile, member.person.login]
        assert not [one for one in contacts if one in page]
    assert "@" not in "".join(
        one_line(part) for part in find(Client().get(address_of(team)), "main")
    )


def test_seat_stays_with_the_post_when_people_change(team: Team) -> None:
    post = team.memberships.order_by("position")[1].post
    PostHolding.objects.filter(post=post).update(ends_on=date(2026, 11, 20))
    assert "পদটি শূন্য" in shown(team)[1]
    successor = make_person("নতুন কর্মকর্তা")
    PostHolding.objects.create(post=post, person=successor, starts_on=date(2026, 11, 21))
    assert shown(team)[1].startswith("নতুন কর্মকর্তা")


def test_draft_of_the_next_team_is_nobodys_yet(team: Team) -> None:
    before = shown(team)
    make_order(team.office, head=head_of(team), designations=("খসড়ার পদ", "খসড়ার আরেক পদ"))
    assert shown(team) == before


def test_office_without_an_order_shows_who_does_the_work() -> None:
    team = upazila_order()  # a draft
    make_post(team.office, Role.STAFF, "টিমের বাইরের পদ", make_person())
    page = Client().get(address_of(team))
    assert "অফিস আদেশে গঠিত" not in one_line(find(page, "section#team")[0])
    said = shown(team)
    assert len(said) == 2
    assert said[0].endswith("দপ্তর প্রধান")
    assert said[1].endswith("ইনোভেশন অফিসার")


def test_names_are_in_the_readers_language(team: Team) -> None:
    person = team.memberships.order_by("position")[0].person
    assert person is not None
    assert person.name_en in shown(team, django_language="en")[0]


def test_page_asks_as_often_for_one_member_as_for_many(team: Team) -> None:
    team.memberships.filter(position__gt=0).delete()
    counts = []
    for more in (0, 30):
        for number in range(more):
            post = make_post(team.office, Role.STAFF, holder=make_person())
            Membership.objects.create(team=team, post=post, position=number + 1)
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address_of(team)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_open_data_say_which_offices_have_a_team(team: Team) -> None:
    answer = Client().get(reverse("api:list_offices")).json()
    said = {row["office"]: (row["team_formed_on"], row["team_memo"]) for row in answer["items"]}
    assert said[team.office.code] == ("2026-11-19", "05.41.3300.012.14.007.25.183")
    assert said[team.issuing_office.code] == (None, "")
