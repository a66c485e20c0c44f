"""Meetings that are settled, opened, moved and called off in another order than they were held."""

from datetime import date
from threading import Event

import pytest
from django.urls import reverse

from meetings.actions import (
    add_item,
    cancel_meeting,
    circulate_minutes,
    complete_agenda,
    create_meeting,
    reopen_minutes,
    set_item_state,
    update_item,
    write_follow_up,
)
from meetings.enums import Confirmation, FollowUpOutcome, ItemKind, ItemState, MeetingStatus
from meetings.models import AgendaItem, Decision, Meeting, StandingTopic
from teams.models import User
from tests.factories import Team, client_of, make_team
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 10), date(2026, 10, 11), date(2026, 11, 10)
LATER, MUCH_LATER = date(2026, 12, 15), date(2027, 1, 31)


@pytest.fixture
def team() -> Team:
    return make_team()


def call(team: Team, on: date) -> Meeting:
    return create_meeting(office=team.office, month=on, by=team.head, fields={"held_on": on})


def settle(meeting: Meeting, team: Team) -> Meeting:
    return take_meeting_to(meeting, MeetingStatus.FINALISED, by=team.head)


def confirmation_in(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(kind=ItemKind.CONFIRMATION)


def confirm_in(meeting: Meeting, team: Team) -> AgendaItem:
    item = confirmation_in(meeting)
    words = {"confirmation": Confirmation.CONFIRMED}
    return update_item(item=item, version=item.version, fields=words, by=team.head)


def extend_in(meeting: Meeting, decision: Decision, team: Team, until: date) -> None:
    write_follow_up(
        meeting=meeting,
        decision=decision,
        version=0,
        note="আরও সময় লাগবে।",
        outcome=FollowUpOutcome.EXTENDED,
        new_due_on=until,
        by=team.head,
    )


def due_of(decision: Decision) -> date | None:
    return Decision.objects.values_list("due_on", flat=True).get(pk=decision.pk)


# --- What the next meeting confirms --------------------------------------------------------
def test_confirmation_is_of_the_meeting_settled_in_between(team: Team) -> None:
    make_meeting(team.office, by=team.head, on=SEPTEMBER, status="circulated")
    october = make_meeting(team.office, by=team.head, on=OCTOBER)
    november = call(team, NOVEMBER)
    assert confirmation_in(november).confirms.month == date(2026, 9, 1)
    confirm_in(october, team)
    settle(october, team)
    assert confirmation_in(november).confirms == october


def test_confirmation_already_written_is_left_alone(team: Team) -> None:
    september = make_meeting(team.office, by=team.head, on=SEPTEMBER, status="circulated")
    october = make_meeting(team.office, by=team.head, on=OCTOBER)
    november = call(team, NOVEMBER)
    confirm_in(november, team)
    settle(october, team)
    assert confirmation_in(november).confirms == september


def test_minutes_whose_confirmation_was_taken_back_stand_on_the_next_agenda(team: Team) -> None:
    october = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    november = call(team, NOVEMBER)
    confirm_in(november, team)
    settle(november, team)
    reopen_minutes(meeting=november, by=team.head, reason="সভাটি আসলে হয়নি")
    november.refresh_from_db()
    cancel_meeting(meeting=november, by=team.head, reason="সভাটি আসলে হয়নি")
    assert confirmation_in(call(team, NOVEMBER)).confirms == october


def test_confirmation_put_aside_confirms_nothing(team: Team) -> None:
    october = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    item = confirm_in(november, team)
    set_item_state(item=item, state=ItemState.POSTPONED, by=team.head)
    settle(november, team)
    october.refresh_from_db()
    assert october.status == MeetingStatus.CIRCULATED


def test_correction_given_up_is_not_printed(team: Team) -> None:
    october = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    item = confirmation_in(november)
    words = {"confirmation": Confirmation.CONFIRMED, "correction": "২ নম্বরে ভুল আছে।"}
    update_item(item=item, version=item.version, fields=words, by=team.head)
    settle(november, team)
    assert "২ নম্বরে ভুল আছে" not in str(november.versions.get().content)
    page = client_of(team.head).get(october.get_absolute_url()).content.decode()
    assert "২ নম্বরে ভুল আছে" not in page


@pytest.mark.django_db(transaction=True)
def test_minutes_sent_while_the_next_meeting_confirms_them_are_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of the two holds its transaction open until the other has looked at it, or waits."""
    team = make_team()
    october = make_meeting(team.office, by=team.head, on=OCTOBER, status="finalised")
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    confirm_in(november, team)
    is_sending, has_looked, is_sent = Event(), Event(), Event()

    def send_slowly(meeting: Meeting, *, by: User) -> None:
        is_sending.set()
        has_looked.wait(timeout=1)

    def go_on_slowly(meeting: Meeting) -> None:
        has_looked.set()
        is_sent.wait(timeout=1)

    monkeypatch.setattr("meetings.actions.minutes.send_minutes", send_slowly)
    monkeypatch.setattr("meetings.actions.minutes.renew_next_agenda", go_on_slowly)

    def send() -> None:
        circulate_minutes(meeting=october, by=team.head)
        is_sent.set()

    def confirm() -> None:
        is_sending.wait(timeout=5)
        settle(november, team)

    assert at_once([send, confirm]) == [None, None]
    october.refresh_from_db()
    assert october.status == MeetingStatus.CONFIRMED


# --- What the last meeting said counts -----------------------------------------------------
@pytest.fixture
def extended_twice(team: Team) -> tuple[Meeting, Meeting, Decision]:
    """October and November, both drafts, each giving September's decision more time."""
    words = decided(team.member.scope.main_post)
    september = make_meeting(
        team.office, by=team.head, on=SEPTEMBER, decisions=[words], status="finalised"
    )
    decision = september.decisions.get()
    october = make_meeting(team.office, by=team.head, on=OCTOBER)
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    extend_in(october, decision, team, LATER)
    extend_in(november, decision, team, MUCH_LATER)
    return october, november, decision


def test_older_minutes_settled_late_leave_the_later_word(
    team: Team, extended_twice: tuple[Meeting, Meeting, Decision]
) -> None:
    october, november, decision = extended_twice
    settle(november, team)
    settle(october, team)
    assert due_of(decision) == MUCH_LATER


def test_opening_older_minutes_leaves_the_later_word(
    team: Team, extended_twice: tuple[Meeting, Meeting, Decision]
) -> None:
    october, november, decision = extended_twice
    settle(october, team)
    settle(november, team)
    reopen_minutes(meeting=october, by=team.head, reason="বানান")
    assert due_of(decision) == MUCH_LATER
    settle(october, team)
    assert due_of(decision) == MUCH_LATER


# --- What is left over ---------------------------------------------------------------------
def test_topic_prepared_for_a_meeting_called_off_comes_back(team: Team) -> None:
    meeting = call(team, OCTOBER)
    item = add_item(meeting=meeting, topic="নতুন প্রস্তাব", by=team.head)
    words = {"discussion": "পটভূমি: গত মাসের চিঠি।"}
    update_item(item=item, version=item.version, fields=words, by=team.head)
    cancel_meeting(meeting=meeting, by=team.head, reason="হরতাল")
    assert call(team, NOVEMBER).items.filter(topic="নতুন প্রস্তাব").exists()


def test_meeting_called_anew_for_an_earlier_day_takes_the_agenda_over(team: Team) -> None:
    meeting = call(team, date(2026, 11, 26))
    add_item(meeting=meeting, topic="নতুন প্রস্তাব", by=team.head)
    cancel_meeting(meeting=meeting, by=team.head, reason="সভাপতি ছুটিতে")
    assert call(team, date(2026, 11, 24)).items.filter(topic="নতুন প্রস্তাব").exists()


def test_earlier_meeting_takes_up_nothing_of_a_later_one(team: Team) -> None:
    topic = StandingTopic.objects.create(office=team.office, title="ই-নথির ব্যবহার")
    make_meeting(team.office, by=team.head, on=NOVEMBER, status="finalised")
    october = call(team, OCTOBER)
    complete_agenda(october, by=team.head)
    assert october.items.get(standing=topic).carried_from is None


# --- What counts as discussed --------------------------------------------------------------
def test_meeting_that_only_asked_after_decisions_can_be_settled(team: Team) -> None:
    october = make_meeting(
        team.office, by=team.head, on=OCTOBER, decisions=[decided()], status="finalised"
    )
    november = call(team, NOVEMBER)
    write_follow_up(
        meeting=november,
        decision=october.decisions.get(),
        version=0,
        note="কাজ চলছে।",
        outcome=FollowUpOutcome.CONTINUE,
        new_due_on=None,
        by=team.head,
    )
    asked_after = november.items.get(kind=ItemKind.FOLLOW_UP)
    last_look = client_of(team.head).get(reverse("meetings:finalise", args=[november.pk]))
    assert asked_after not in last_look.context["undiscussed"]
    assert settle(november, team).status == MeetingStatus.FINALISED
