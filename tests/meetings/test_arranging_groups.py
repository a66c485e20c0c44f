"""Groups of posts that an office lists, and whom they mean on which day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from meetings.enums import MeetingStatus
from teams.enums import Role
from teams.models import Office, Post, PostGroup
from tests.factories import Country, client_of, make_country, make_post
from tests.meetings.arranging import add, faults, make_group, page, records, shown, to
from tests.meetings.rows import decided, make_meeting, owed_of, take_meeting_to
from tests.pages import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(today: date) -> Country:
    return make_country()


@pytest.fixture
def office(country: Country) -> Office:
    return country.upazila


@pytest.fixture
def lead(country: Country) -> Client:
    return client_of(country["upazila.innovation_officer"])


@pytest.fixture
def posts(office: Office) -> list[Post]:
    return [make_post(office, designation=f"কর্মকর্তা {letter}") for letter in "কখগ"]


@contextmanager
def later(days: int) -> Iterator[date]:
    """Another day; 21 November 2026 is `later(0)`."""
    day = date(2026, 11, 21) + timedelta(days=days)
    with time_machine.travel(day):
        yield day


def change(
    client: Client, group: PostGroup, *members: Post, since: date, **form: str
) -> HttpResponse:
    sent = {"name": group.name, "is_active": "on", "since": f"{since:%d/%m/%Y}", **form}
    members = {"members": [post.pk for post in members]}
    return client.post(to("group_update", group.pk), {**sent, **members})


def in_group(group: PostGroup, day: date) -> set[Post]:
    return set(group.posts_on(day, office=group.office))


def test_group_changed_later_still_means_its_old_members_on_an_old_day(
    country: Country, office: Office, posts: list[Post]
) -> None:
    one, two, three = posts

    def lead() -> Client:
        return client_of(country["upazila.head"])

    group = make_group(lead(), office, one, two)
    with later(40) as second_day:
        change(lead(), group, two, three, since=second_day)
    with later(80) as third_day:
        change(lead(), group, one, since=third_day)
    assert in_group(group, second_day - timedelta(days=1)) == {one, two}
    assert in_group(group, second_day) == in_group(group, third_day - timedelta(days=1))
    assert in_group(group, second_day) == {two, three}
    assert in_group(group, third_day) == in_group(group, date(2030, 1, 1)) == {one}


def test_group_corrected_on_the_day_leaves_no_trace_of_the_slip(
    lead: Client, office: Office, posts: list[Post], today: date
) -> None:
    one, two, three = posts
    group = make_group(lead, office, one)
    for members in ([one, two, three], [one, two], [one, two]):
        assert change(lead, group, *members, since=today).status_code == 302
    assert in_group(group, today) == {one, two}
    assert in_group(group, today - timedelta(days=1)) == {one}
    assert group.memberships.count() == 2
    assert len(records("postgroup.members")) == 3  # made, changed, corrected


def test_group_is_changed_from_an_earlier_day_if_so_wished(
    lead: Client, office: Office, posts: list[Post], today: date
) -> None:
    one, two, three = posts
    group = make_group(lead, office, one)
    change(lead, group, one, three, since=today - timedelta(days=5))
    change(lead, group, two, three, since=today - timedelta(days=10))
    assert in_group(group, today - timedelta(days=11)) == {one}
    for days in (10, 5, 0):
        assert in_group(group, today - timedelta(days=days)) == {two, three}
    refused = change(lead, group, one, since=today + timedelta(days=1))
    assert "আজকের পরে হতে পারে না" in faults(refused, f"group-{group.pk}")


def test_decision_reaches_whoever_was_in_the_group_when_the_meeting_was_held(
    country: Country, office: Office, posts: list[Post]
) -> None:
    one, two, _three = posts
    head = country["upazila.head"]
    group = make_group(client_of(head), office, one)
    held_before = make_meeting(office, by=head, decisions=[decided(group)])
    with later(30) as day:
        change(client_of(head), group, two, since=day)
    with later(31):
        held_after = make_meeting(
            office,
            by=head,
            on=date(2026, 12, 22),
            decisions=[decided(group)],
            status=MeetingStatus.FINALISED,
        )
        take_meeting_to(held_before, MeetingStatus.FINALISED, by=head)
    assert [given.post for given in owed_of(held_before)] == [one]
    assert [given.post for given in owed_of(held_after)] == [two]


def test_group_can_hold_heads_right_below_and_nobody_from_elsewhere(country: Country) -> None:
    district = country.district
    lead = client_of(country["district.head"])
    below = [one.posts.get(role=Role.HEAD) for one in (country.upazila, country.sibling)]
    boxes = find(page(lead, district), "#form-group input[name='members']")
    offered = {int(box.get("value")) for box in boxes}
    assert offered == {post.pk for post in [*district.posts.all(), *below]}
    group = make_group(lead, district, *below)
    assert set(group.posts_on(date(2026, 11, 21), office=district)) == set(below)
    stranger = country.elsewhere.posts.first()
    refused = add(lead, district, "group", name="অন্য", members=[stranger.pk])
    assert "আবার বেছে নিন" in faults(refused, "group")


def test_member_whose_office_came_under_another_stays_until_unticked(country: Country) -> None:
    head = country["district.head"]
    post = country.upazila.posts.get(role=Role.HEAD)
    group = make_group(client_of(head), country.district, post)
    country.upazila.parent = country.elsewhere
    country.upazila.save()
    opened = page(client_of(head), country.district, change=f"group-{group.pk}")
    boxes = find(opened, f"#form-group-{group.pk} input[name='members']")
    assert [box.get("value") for box in boxes if box.checked] == [str(post.pk)]


def test_group_without_a_name_or_members_is_sent_back(
    lead: Client, office: Office, posts: list[Post]
) -> None:
    response = add(lead, office, "group", name="", members=[])
    assert "গ্রুপের নাম লিখুন" in faults(response, "group")
    assert "অন্তত একটি পদ" in faults(response, "group")
    assert not office.post_groups.exists()


def test_group_name_is_not_given_twice_nor_taken_from_the_common_ones(
    lead: Client, office: Office, posts: list[Post], today: date
) -> None:
    first = make_group(lead, office, posts[0])
    second = make_group(lead, office, posts[1], name="দল")
    common = PostGroup.objects.filter(office=None).first()
    for name in (first.name, common.name):
        again = add(lead, office, "group", name=name, members=[posts[2].pk])
        assert "আগেই আছে" in faults(again, "group")
        renamed = change(lead, second, posts[2], since=today, name=name)
        assert "আগেই আছে" in faults(renamed, f"group-{second.pk}")
    assert in_group(second, today) == {posts[1]}


def test_group_switched_off_is_offered_no_more(
    lead: Client, office: Office, posts: list[Post], today: date
) -> None:
    group = make_group(lead, office, posts[0])
    assert group in PostGroup.objects.usable_by(office)
    change(lead, group, posts[0], since=today, is_active="")
    assert group not in PostGroup.objects.usable_by(office)
    assert "কমিটি বন্ধ" in shown(lead, office, "group")


def test_common_groups_say_who_is_in_them_today_and_belong_to_nobody(country: Country) -> None:
    lead = client_of(country["district.head"])
    words = shown(lead, country.district, "group")
    heads = [one.posts.get(role=Role.HEAD) for one in (country.upazila, country.sibling)]
    for post in [*country.district.posts.all(), *heads]:
        assert post.designation in words
    common = PostGroup.objects.filter(office=None).first()
    assert change(lead, common, heads[0], since=date(2026, 11, 21)).status_code == 404
