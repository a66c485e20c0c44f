"""What a person reaches follows the posts held today: transfers, charges, and the tree."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from teams.actions import give_post
from teams.enums import HoldingKind, Role, Tier
from teams.models import Office, Post, User
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_person,
    make_plan,
    make_post,
    make_task,
)
from tests.pages import texts_of
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

LAST_DAY, FIRST_DAY = date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plan(country: Country) -> WorkPlan:
    return make_plan(country.upazila, by=country["upazila.head"])


@pytest.fixture
def other_plan(country: Country) -> WorkPlan:
    return make_plan(country.sibling, by=country["sibling.head"])


def in_dhaka(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Dhaka"))


def status_for(user: User, url: str) -> int:
    """What the address answers to this person; a fresh row, as in a new request."""
    return client_of(User.objects.get(pk=user.pk)).get(url).status_code


# --- Transfers and charges -----------------------------------------------------------------
@pytest.fixture
def transferred(country: Country) -> User:
    """Served in the upazila until 30 June 2026 and in its sister from 1 July."""
    person = make_person()
    give_post(
        post=make_post(country.upazila),
        person=person,
        starts_on=date(2024, 1, 1),
        ends_on=LAST_DAY,
    )
    give_post(post=make_post(country.sibling), person=person, starts_on=FIRST_DAY)
    return person


@pytest.mark.parametrize(
    ("moment", "old_office", "new_office"),
    [
        (in_dhaka(LAST_DAY, 10), 200, 404),
        (in_dhaka(LAST_DAY, 23, 59), 200, 404),
        # Still the last day in London, but not in Dhaka.
        (in_dhaka(FIRST_DAY, 0, 1), 404, 200),
        (in_dhaka(FIRST_DAY, 10), 404, 200),
    ],
)
def test_transfer_takes_effect_at_midnight_in_dhaka(
    transferred: User,
    plan: WorkPlan,
    other_plan: WorkPlan,
    moment: datetime,
    old_office: int,
    new_office: int,
) -> None:
    with time_machine.travel(moment, tick=False):
        assert status_for(transferred, plan.get_absolute_url()) == old_office
        assert status_for(transferred, other_plan.get_absolute_url()) == new_office


def test_transferred_person_loses_a_session_that_is_still_open(
    transferred: User, plan: WorkPlan
) -> None:
    with time_machine.travel(in_dhaka(LAST_DAY, 22), tick=False):
        client = client_of(transferred)
        assert client.get(plan.get_absolute_url()).status_code == 200
    with time_machine.travel(in_dhaka(FIRST_DAY, 1), tick=False):
        url = reverse("workplans:task_create", args=[plan.pk])
        assert client.post(url, {"title": "পরে লেখা"}).status_code == 404
    assert plan.tasks.count() == 1


def test_additional_charge_adds_an_office_and_ends_with_its_last_day(
    country: Country, plan: WorkPlan
) -> None:
    head = country["sibling.head"]
    post = make_post(country.upazila)
    give_post(
        post=post,
        person=head,
        starts_on=FIRST_DAY,
        ends_on=date(2026, 9, 30),
        kind=HoldingKind.ADDITIONAL,
    )
    own = country.sibling.get_absolute_url()
    for day, answer in ((LAST_DAY, 404), (FIRST_DAY, 200), (date(2026, 10, 1), 404)):
        with time_machine.travel(in_dhaka(day, 10), tick=False):
            assert status_for(head, plan.get_absolute_url()) == answer
            assert status_for(head, own) == 200


def test_additional_charge_gives_the_rights_of_that_post_in_that_office_only(
    country: Country,
) -> None:
    """A head who is only a member next door does not head it."""
    head = country["sibling.head"]
    give_post(
        post=make_post(country.upazila, Role.MEMBER),
        person=head,
        starts_on=date(2020, 1, 1),
        kind=HoldingKind.ADDITIONAL,
    )
    scope = User.objects.get(pk=head.pk).scope
    assert scope.is_in_team(country.upazila.pk)
    assert not scope.heads(country.upazila.pk)
    assert not scope.leads(country.upazila.pk)
    assert scope.heads(country.sibling.pk)
    assert scope.main_post.office == country.sibling


def test_abolished_post_gives_nothing(country: Country, plan: WorkPlan) -> None:
    member = country["upazila.member"]
    Post.objects.filter(holdings__person=member).update(is_active=False)
    assert status_for(member, plan.get_absolute_url()) == 404


def test_dismissed_person_is_out_at_the_next_click(country: Country, plan: WorkPlan) -> None:
    client = client_of(country["upazila.member"])
    assert client.get(plan.get_absolute_url()).status_code == 200
    User.objects.filter(pk=country["upazila.member"].pk).update(is_active=False)
    response = client.get(plan.get_absolute_url())
    assert response.url.startswith(reverse("account_login"))


# --- The tree ------------------------------------------------------------------------------
def test_code_that_begins_alike_is_not_below(country: Country) -> None:
    """ "district-two" is a sister of "district", though its code begins with it."""
    twin = make_office("district-two", Tier.DISTRICT, country.division)
    plan = make_plan(twin, by=make_officer(twin, Role.HEAD), status="submitted")
    assert status_for(country["district.head"], plan.get_absolute_url()) == 404
    assert status_for(country["division.head"], plan.get_absolute_url()) == 200


def test_wildcard_in_a_code_matches_nothing_else(country: Country) -> None:
    """The code is a prefix of a LIKE pattern; "_" in it must stand for itself."""
    wild = make_office("dist_ict", Tier.DISTRICT, country.division)
    head = make_officer(wild, Role.HEAD)
    plan = make_plan(country.upazila, by=country["upazila.head"], status="submitted")
    assert status_for(head, plan.get_absolute_url()) == 404


def directory(client: Client, **query: str) -> set[str]:
    """The names in the list of offices."""
    return set(texts_of(client.get(reverse("teams:office_list"), query), "tbody th"))


def test_directory_lists_own_line_and_branch_only(country: Country) -> None:
    assert directory(client_of(country["upazila.member"])) == {
        office.name_bn
        for office in (country.root, country.division, country.district, country.upazila)
    }
    everybody = {office.name_bn for office in Office.objects.all()}
    assert directory(client_of(country["reviewer"])) == everybody
    assert directory(client_of(country["nobody"])) == set()


def test_search_does_not_find_a_sister_office(country: Country) -> None:
    client = client_of(country["upazila.member"])
    assert directory(client, q="sibling") == set()
    assert directory(client, q="upazila") == {country.upazila.name_bn}


def test_contacts_are_shown_downwards_only(country: Country) -> None:
    def contacts(person: str, office: Office) -> list[str]:
        return texts_of(
            client_of(country[person]).get(office.get_absolute_url()), "td[data-label='যোগাযোগ']"
        )

    assert len(contacts("upazila.member", country.upazila)) == 3
    assert len(contacts("district.member", country.upazila)) == 3
    assert len(contacts("administrator", country.upazila)) == 3
    assert contacts("upazila.head", country.district) == []
    assert contacts("upazila.head", country.root) == []


def test_page_of_an_office_above_does_not_name_sister_offices(country: Country) -> None:
    page = client_of(country["upazila.member"]).get(country.district.get_absolute_url())
    assert country.upazila.place_bn in page.content.decode()
    assert country.sibling.place_bn not in page.content.decode()


def test_responsible_people_are_those_of_the_own_office(country: Country, plan: WorkPlan) -> None:
    """Naming a post of another office in a cell does not reach into that office."""
    foreign = make_post(country.sibling, Role.MEMBER, "উপজেলা মৎস্য কর্মকর্তা", make_person())
    task = make_task(plan, by=country["upazila.head"], responsible_text=foreign.designation_bn)
    assert list(task.responsible.all()) == []
