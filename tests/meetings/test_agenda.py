"""The agenda writes itself and remembers what was left over."""

from datetime import date

import pytest
from django.urls import reverse

from meetings.actions import (
    add_item,
    cancel_meeting,
    complete_agenda,
    create_meeting,
    finalise_minutes,
    set_item_state,
    update_item,
)
from meetings.enums import ItemKind, ItemState, MeetingStatus
from meetings.models import AgendaItem, Meeting, StandingTopic
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_plan, make_task, make_team
from tests.ideas.register import make_idea
from tests.meetings.rows import decided, make_meeting, take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 11), date(2026, 11, 10), date(2026, 12, 10)


@pytest.fixture
def team() -> Team:
    return make_team()


def kinds(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("kind", flat=True))


def topics(meeting: Meeting) -> list[str]:
    return list(meeting.items.open().order_by("position").values_list("topic", flat=True))


def settle(meeting: Meeting, team: Team) -> None:
    take_meeting_to(meeting, MeetingStatus.FINALISED, by=team.head)


def write_on(item: AgendaItem, team: Team, words: str = "আলোচনা হলো।") -> None:
    update_item(item=item, version=item.version, fields={"discussion": words}, by=team.head)


def test_fresh_agenda_is_in_the_official_order(team):
    head = team.head
    member = team.member.scope.main_post
    make_meeting(team.office, by=head, on=OCTOBER, decisions=[decided(member)], status="finalised")
    plan = make_plan(team.office, by=head, tasks=0)
    make_task(plan, by=head, end_text="২০ নভেম্বর ২০২৬")
    make_idea(team.office, by=head)
    make_idea(team.office, by=head, status="piloting")
    StandingTopic.objects.create(office=team.office, title="ই-নথির ব্যবহার")
    meeting = create_meeting(office=team.office, month=NOVEMBER, by=head)
    assert kinds(meeting) == [
        ItemKind.CONFIRMATION,
        ItemKind.FOLLOW_UP,
        ItemKind.TASKS,
        ItemKind.IDEAS,
        ItemKind.PILOTS,
        ItemKind.STANDING,
    ]


def test_first_meeting_has_nothing_to_confirm_or_follow(team):
    assert kinds(create_meeting(office=team.office, month=NOVEMBER, by=team.head)) == []


def test_undiscussed_item_comes_back_by_itself(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    add_item(meeting=first, topic="কর্মীদের প্রশিক্ষণ", by=team.head)
    settle(first, team)
    second = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    back = second.items.get(topic="কর্মীদের প্রশিক্ষণ")
    assert back.times_put_off == 1
    assert "সেবা সহজীকরণ" not in topics(second)  # that one was talked about


def test_postponed_item_comes_back_with_the_count_of_its_delays(team):
    meeting = make_meeting(team.office, by=team.head, on=OCTOBER)
    item = add_item(meeting=meeting, topic="সিটিজেন চার্টার", by=team.head)
    write_on(item, team, "তথ্য আসেনি।")
    set_item_state(item=item, state=ItemState.POSTPONED, by=team.head)
    settle(meeting, team)
    for on, delays in ((NOVEMBER, 1), (DECEMBER, 2)):
        meeting = create_meeting(office=team.office, month=on, by=team.head, fields={"held_on": on})
        item = meeting.items.get(topic="সিটিজেন চার্টার")
        assert item.times_put_off == delays
        assert item.discussion == ""
        set_item_state(item=item, state=ItemState.POSTPONED, by=team.head)
        Meeting.objects.filter(pk=meeting.pk).update(status="cancelled")


def test_dropped_item_does_not_come_back(team):
    meeting = make_meeting(team.office, by=team.head, on=OCTOBER)
    item = add_item(meeting=meeting, topic="আর লাগবে না", by=team.head)
    set_item_state(item=item, state=ItemState.DROPPED, by=team.head)
    settle(meeting, team)
    assert "আর লাগবে না" not in topics(
        create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    )


def test_cancelled_meeting_gives_its_agenda_to_the_next(team):
    meeting = make_meeting(team.office, by=team.head, on=OCTOBER)
    waiting = add_item(meeting=meeting, topic="নতুন প্রস্তাব", by=team.head)
    cancel_meeting(meeting=meeting, by=team.head, reason="হরতাল")
    again = create_meeting(office=team.office, month=OCTOBER, by=team.head)
    assert again.pk != meeting.pk
    assert again.items.get(topic="নতুন প্রস্তাব").carried_from == waiting


def test_meeting_called_before_the_last_was_settled_gets_what_was_left(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER, decisions=[decided()])
    add_item(meeting=first, topic="বাকি রইল", by=team.head)
    second = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    assert "বাকি রইল" not in topics(second)
    settle(first, team)
    assert "বাকি রইল" in topics(second)
    assert {ItemKind.CONFIRMATION, ItemKind.FOLLOW_UP} <= set(kinds(second))


def test_left_over_item_is_taken_up_once(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    add_item(meeting=first, topic="বাকি রইল", by=team.head)
    settle(first, team)
    second = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    third = create_meeting(office=team.office, month=DECEMBER, by=team.head)
    assert "বাকি রইল" in topics(second)
    assert "বাকি রইল" not in topics(third)


def test_standing_topic_remembers_that_it_was_left_over(team):
    topic = StandingTopic.objects.create(office=team.office, title="ই-নথির ব্যবহার")
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    settle(first, team)
    second = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    assert second.items.get(standing=topic).times_put_off == 1
    assert topics(second).count("ই-নথির ব্যবহার") == 1


def test_item_taken_off_stays_off_when_the_agenda_is_completed(team):
    make_idea(team.office, by=team.head)
    meeting = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    item = meeting.items.get(kind=ItemKind.IDEAS)
    set_item_state(item=item, state=ItemState.DROPPED, by=team.head)
    assert complete_agenda(meeting, by=team.head) == []
    assert topics(meeting) == []


def test_agenda_is_completed_with_what_came_up_since(team):
    meeting = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    add_item(meeting=meeting, topic="নিজস্ব", by=team.head)
    make_idea(team.office, by=team.head)
    client = client_of(team.head)
    client.post(reverse("meetings:agenda_refresh", args=[meeting.pk]))
    assert kinds(meeting) == [ItemKind.IDEAS, ItemKind.OWN]


def test_other_teams_leave_this_agenda_alone(team):
    other = make_team("elsewhere", team.office)
    left = make_meeting(other.office, by=other.head, on=OCTOBER, decisions=[decided()])
    add_item(meeting=left, topic="তাদের কথা", by=other.head)
    take_meeting_to(left, MeetingStatus.FINALISED, by=other.head)
    assert topics(create_meeting(office=team.office, month=NOVEMBER, by=team.head)) == []


def test_settled_agenda_is_left_alone(team):
    meeting = make_meeting(team.office, by=team.head, on=OCTOBER, status="finalised")
    with pytest.raises(WrongState):
        add_item(meeting=meeting, topic="দেরিতে", by=team.head)
    with pytest.raises(WrongState):
        finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=OCTOBER)
