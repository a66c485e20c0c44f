"""A page of a meeting asks the database as often for a long meeting as for a short one.

The lists, the notice, the search and the numbers are counted beside their own tests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import (
    add_decision,
    add_group,
    add_guest,
    add_item,
    add_phrase,
    finalise_minutes,
    mark_all_present,
    reopen_minutes,
    report_assignment,
    update_meeting,
    write_follow_up,
)
from meetings.enums import MeetingKind, MeetingStatus, PhrasePlace, Presence
from meetings.forms.calling import head_words
from meetings.importers import read_minutes
from meetings.models import Meeting
from teams.enums import Role, Tier
from teams.models import Post
from tests.factories import (
    Team,
    client_of,
    make_office,
    make_officer,
    make_plan,
    make_post,
    make_task,
    make_team,
)
from tests.ideas.register import make_idea
from tests.meetings.importers.build import Item, Paper, as_text
from tests.meetings.rows import decided, make_meeting, owed_of, take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FEW, MANY = 1, 25
EARLIER, HELD_ON = date(2026, 10, 12), date(2026, 11, 10)


@dataclass
class Length:
    """A team, and a meeting of it with so many of everything."""

    team: Team
    meeting: Meeting
    client: Client


def long_meeting(count: int) -> Length:
    """A draft with `count` members, guests, copies, topics, decisions, decisions to follow up,
    tasks, ideas and sentences."""
    team = make_team(f"team-{count}")
    head, office = team.head, team.office
    owners = [_owner(team, number) for number in range(count)]
    below = [make_office(f"below-{count}-{n}", Tier.UPAZILA, office) for n in range(count)]
    for one in below:
        make_officer(one, Role.HEAD)
    group = add_group(office=office, name="কমিটি", members=owners, by=head)
    plan = make_plan(office, by=head, tasks=0)
    for number in range(count):
        make_task(plan, by=head, number=number, end_text="২০ নভেম্বর ২০২৬")
        make_idea(office, by=head, title=f"আইডিয়া {number}")
        make_idea(office, by=head, title=f"পাইলট {number}", status="piloting")
        add_phrase(office=office, place=PhrasePlace.DECISION, text=f"বাক্য {number}", by=head)
    _earlier(team, owners)
    meeting = make_meeting(office, by=head, on=HELD_ON)
    for number, (owner, lower) in enumerate(zip(owners, below, strict=True)):
        item = add_item(meeting=meeting, topic=f"বিষয় {number}", by=head)
        words = decided(owner, lower, group, text=f"সিদ্ধান্ত {number}")
        add_decision(item=item, words=words, by=head)
        add_guest(
            meeting=meeting,
            name=f"অতিথি {number}",
            designation="",
            office_name="",
            contact=f"guest{number}@office.test",
            presence=Presence.PRESENT,
            by=head,
        )
    mark_all_present(meeting=meeting, posts=list(office.posts.all()), by=head)
    copies = [("information", f"প্রাপক {n}", f"copy{n}@office.test") for n in range(count)]
    update_meeting(
        meeting=meeting, version=meeting.version, fields=head_words(meeting), copies=copies, by=head
    )
    meeting.refresh_from_db()
    return Length(team, meeting, client_of(head))


def _owner(team: Team, number: int) -> Post:
    post = make_officer(team.office, Role.MEMBER, f"সদস্য {number}").scope.main_post
    assert post is not None
    return post


def _earlier(team: Team, owners: list[Post]) -> None:
    """A settled meeting whose decisions are followed, each with a report of its owner."""
    words = [decided(owner, text=f"আগের {owner}") for owner in owners]
    meeting = make_meeting(
        team.office, by=team.head, on=EARLIER, decisions=words, status=MeetingStatus.FINALISED
    )
    for assignment in owed_of(meeting):
        report_assignment(
            assignment=assignment, by=team.head, text="চলছে", is_done=False, on=EARLIER
        )


def asked(client: Client, address: str, form: dict[str, object] | None = None) -> int:
    """How many queries a page costs, or with a form what the script saves."""
    with CaptureQueriesContext(connection) as queries:
        if form is None:
            response = client.get(address)
        else:
            response = client.post(address, form, headers={"X-Requested-With": "minutes"})
        if response.streaming:
            response.getvalue()
    assert response.status_code == 200
    return len(queries)


def told(long: Length) -> None:
    """The draft says something of every decision that it follows."""
    for decision in long.team.office.meetings.get(held_on=EARLIER).decisions.all():
        write_follow_up(
            **{"meeting": long.meeting, "decision": decision, "version": 0, "note": "চলছে"},
            **{"outcome": "continue", "new_due_on": None, "by": long.team.head},
        )


def settled(long: Length) -> None:
    told(long)
    finalise_minutes(meeting=long.meeting, by=long.team.head, memo=None, issued_on=HELD_ON)
    long.meeting.refresh_from_db()


def opened_again(long: Length) -> None:
    """Twice settled: the page of the second names the first."""
    settled(long)
    reopen_minutes(meeting=long.meeting, by=long.team.head, reason="বানান")
    long.meeting.refresh_from_db()
    finalise_minutes(meeting=long.meeting, by=long.team.head, memo=None, issued_on=HELD_ON)


def sent(long: Length) -> None:
    told(long)
    take_meeting_to(long.meeting, MeetingStatus.CIRCULATED, by=long.team.head)


# The pages of a meeting in each state, and the most queries each may need. Four of them belong
# to the frame around every page: session, person, posts, what is late.
PAGES: dict[Callable[[Length], None], dict[str, int]] = {
    told: {
        **{"detail": 38, "minutes": 30, "docx": 26, "ical": 7},
        **{"attendance": 9, "update": 16, "finalise": 11},
    },
    settled: {"minutes": 11, "docx": 6, "circulate": 13},
    opened_again: {"minutes": 11},
    sent: {"minutes": 12, "ical": 7},
}


@pytest.mark.parametrize(
    ("prepare", "most"), PAGES.items(), ids=lambda value: getattr(value, "__name__", "at most")
)
def test_pages_ask_as_often_for_a_long_meeting(
    prepare: Callable[[Length], None], most: dict[str, int]
) -> None:
    few, many = (_asked_of_pages(count, prepare, most) for count in (FEW, MANY))
    assert few == many
    assert {name: asked for name, asked in many.items() if asked > most[name]} == {}


def _asked_of_pages(
    count: int, prepare: Callable[[Length], None], pages: Iterable[str]
) -> dict[str, int]:
    long = long_meeting(count)
    prepare(long)
    return {
        name: asked(long.client, reverse(f"meetings:{name}", args=[long.meeting.pk]))
        for name in pages
    }


def test_saving_asks_as_often_in_a_long_meeting() -> None:
    few, many = (_asked_to_save(long_meeting(count)) for count in (FEW, MANY))
    assert few == many
    opened, decision, item = many
    assert opened <= 13
    assert decision <= 24
    assert item <= 13


def _asked_to_save(long: Length) -> tuple[int, int, int]:
    """The decision's own page, then a save of the decision and one of an item."""
    decision = long.meeting.decisions.earliest("pk")
    item = long.meeting.items.get(topic="বিষয় 0")
    page = reverse("meetings:decision_update", args=[decision.pk])
    words = {"version": decision.version, "text": "নতুন কথা", "implementer_text": "কেউ না"}
    said = {"version": item.version, "topic": "বিষয়", "discussion": "কথা"}
    return (
        asked(long.client, page),
        asked(long.client, page, words),
        asked(long.client, reverse("meetings:item_update", args=[item.pk]), said),
    )


def test_old_minutes_are_looked_over_as_cheaply_when_they_are_long() -> None:
    counts = []
    for count in (FEW, MANY):
        team = make_team(f"old-{count}")
        paper = Paper(items=tuple(Item(f"বিষয় {n}", "কথা", "কাজ", "সবাই") for n in range(count)))
        client = client_of(team.member)
        form = {"office": team.office.pk, "pasted": as_text(paper)}
        page = client.post(reverse("meetings:import_create"), form)["Location"]
        counts.append(asked(client, page))
        assert len(read_minutes(as_text(paper)).items) == count
    assert counts[0] == counts[1] <= 12


def test_waiting_imports_are_listed_as_cheaply_when_there_are_many() -> None:
    team = make_team()
    make_post(make_office("second", parent=team.office), Role.MEMBER, holder=team.member)
    client, page = client_of(team.member), reverse("meetings:import_create")
    counts = []
    for number in range(1, MANY + 1):
        client.post(page, {"office": team.office.pk, "pasted": as_text(Paper())})
        if number in (FEW, MANY):
            counts.append(asked(client, page))
    assert counts[0] == counts[1] <= 9


def test_received_decisions_are_followed_as_cheaply_when_they_are_many() -> None:
    """A superior's decision was given to many offices beside one's own."""
    counts = []
    for count in (FEW, MANY):
        team = make_team(f"above-{count}")
        lower = [make_office(f"low-{count}-{n}", Tier.UPAZILA, team.office) for n in range(count)]
        heads = [make_officer(one, Role.HEAD) for one in lower]
        words = [decided(lower[0], text=f"সিদ্ধান্ত {n}") for n in range(count)]
        words.append(decided(*lower))
        make_meeting(
            team.office, by=team.head, on=EARLIER, decisions=words, status=MeetingStatus.CIRCULATED
        )
        mine = make_meeting(lower[0], by=heads[0], on=HELD_ON, kind=MeetingKind.SPECIAL)
        counts.append(asked(client_of(heads[0]), mine.get_absolute_url()))
    assert counts[0] == counts[1] <= 30
