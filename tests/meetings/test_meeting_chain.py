"""What one meeting does to the agendas and decisions of others, now and once it is opened again."""

from datetime import date
from threading import Event

import pytest

from meetings.actions import (
    add_item,
    cancel_meeting,
    circulate_minutes,
    create_meeting,
    reopen_minutes,
    report_assignment,
    resume_decision,
    update_decision,
    update_item,
    update_meeting,
    write_follow_up,
)
from meetings.actions.meetings import HEAD_FIELDS
from meetings.enums import DecisionStatus, FollowUpOutcome, ItemKind, MeetingStatus
from meetings.forms.writing import decision_words
from meetings.lists import followed_decisions
from meetings.models import AgendaItem, Decision, Meeting, StandingTopic
from teams.models import User
from tests.factories import Country, Team, make_country, make_team
from tests.meetings.rows import decided, make_meeting, owed_of, take_meeting_to
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 10), date(2026, 10, 11), date(2026, 11, 10)
LATER, MUCH_LATER = date(2026, 12, 15), date(2027, 1, 20)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def country() -> Country:
    return make_country()


def call(team: Team, on: date) -> Meeting:
    return create_meeting(office=team.office, month=on, by=team.head, fields={"held_on": on})


def settle(meeting: Meeting, by: User) -> Meeting:
    return take_meeting_to(meeting, MeetingStatus.FINALISED, by=by)


def move(meeting: Meeting, on: date, by: User) -> None:
    meeting.refresh_from_db()
    head = {name: getattr(meeting, name) for name in HEAD_FIELDS} | {"held_on": on}
    update_meeting(meeting=meeting, version=meeting.version, fields=head, copies=[], by=by)


def say(meeting: Meeting, decision: Decision, outcome: str, by: User) -> None:
    write_follow_up(
        meeting=meeting,
        decision=decision,
        version=0,
        note="সভায় বলা হলো",
        outcome=outcome,
        new_due_on=LATER if outcome == FollowUpOutcome.EXTENDED else None,
        by=by,
    )


def write_on(item: AgendaItem, by: User) -> None:
    update_item(item=item, version=item.version, fields={"discussion": "আলোচনা হলো।"}, by=by)


def delays(meeting: Meeting) -> dict[str, int]:
    """The topics of an agenda, each with how often it was put off."""
    return dict(meeting.items.values_list("topic", "times_put_off"))


def asks_after(meeting: Meeting) -> list[str]:
    """The decisions that the agenda lists, if it has an item for them."""
    meeting.refresh_from_db()
    if not meeting.items.filter(kind=ItemKind.FOLLOW_UP).exists():
        return []
    return list(followed_decisions(meeting).values_list("text", flat=True))


# --- Left over ---------------------------------------------------------------------------------
def test_left_over_topic_goes_to_the_sooner_of_two_drafts(team: Team) -> None:
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    add_item(meeting=first, topic="বাকি রইল", by=team.head)
    second, third = call(team, NOVEMBER), call(team, LATER)
    settle(first, team.head)
    assert "বাকি রইল" in delays(second)
    assert "বাকি রইল" not in delays(third)


def test_topic_talked_about_after_all_is_taken_from_the_next_agenda(team: Team) -> None:
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    late, still_left = (
        add_item(meeting=first, topic=topic, by=team.head) for topic in ("পরে বলা হলো", "বাকি রইল")
    )
    settle(first, team.head)
    second = call(team, NOVEMBER)
    reopen_minutes(meeting=first, by=team.head, reason="একটি আলোচনা বাদ পড়েছে")
    assert not {late.topic, still_left.topic} & delays(second).keys()
    write_on(late, team.head)
    settle(first, team.head)
    assert delays(second)[still_left.topic] == 1
    assert late.topic not in delays(second)


def test_topic_already_written_on_stays_when_the_earlier_minutes_are_opened(team: Team) -> None:
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    add_item(meeting=first, topic="বাকি রইল", by=team.head)
    settle(first, team.head)
    second = call(team, NOVEMBER)
    write_on(second.items.get(topic="বাকি রইল"), team.head)
    reopen_minutes(meeting=first, by=team.head, reason="বানান")
    settle(first, team.head)
    assert second.items.get(topic="বাকি রইল").discussion == "আলোচনা হলো।"


@pytest.mark.django_db(transaction=True)
def test_topic_written_on_while_the_earlier_minutes_are_opened_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever writes on the next agenda has not ended when the other takes back what was left."""
    team = make_team()
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    add_item(meeting=first, topic="বাকি রইল", by=team.head)
    settle(first, team.head)
    item = call(team, NOVEMBER).items.get(topic="বাকি রইল")
    is_writing, is_opened = Event(), Event()

    def record_slowly(*args: object, **more: object) -> None:
        is_writing.set()
        is_opened.wait(timeout=1)

    monkeypatch.setattr("meetings.actions.agenda.record", record_slowly)

    def reopen() -> None:
        is_writing.wait(timeout=5)
        reopen_minutes(meeting=first, by=team.head, reason="বানান")
        is_opened.set()

    first.refresh_from_db()
    assert at_once([lambda: write_on(item, team.head), reopen]) == [None, None]
    assert AgendaItem.objects.get(pk=item.pk).discussion == "আলোচনা হলো।"


def test_standing_topic_forgets_delays_from_before_it_was_talked_about(team: Team) -> None:
    """November was called off before October was settled, and held on another day."""
    topic = StandingTopic.objects.create(office=team.office, title="ই-নথির ব্যবহার")
    october = make_meeting(team.office, by=team.head, on=OCTOBER)
    cancel_meeting(meeting=call(team, date(2026, 11, 18)), by=team.head, reason="হরতাল")
    settle(october, team.head)
    november = call(team, NOVEMBER)
    write_on(november.items.get(standing=topic), team.head)
    settle(november, team.head)
    assert delays(call(team, LATER))[topic.title] == 0


def test_minutes_opened_again_keep_the_agenda_their_meeting_had(team: Team) -> None:
    october = make_meeting(team.office, by=team.head, on=OCTOBER, decisions=[decided()])
    add_item(meeting=october, topic="বাকি রইল", by=team.head)
    november = make_meeting(team.office, by=team.head, on=NOVEMBER, status="finalised")
    reopen_minutes(meeting=november, by=team.head, reason="বানান")
    before = delays(november)
    settle(october, team.head)
    assert delays(november) == before
    assert "বাকি রইল" in delays(call(team, LATER))


# --- Asked after -------------------------------------------------------------------------------
def test_superiors_decision_stands_on_the_waiting_agenda_once_sent(country: Country) -> None:
    above, below = country["district.head"], country["upazila.head"]
    own = create_meeting(office=country.upazila, month=LATER, by=below, fields={"held_on": LATER})
    words = decided(country.upazila)
    meeting = make_meeting(country.district, by=above, decisions=[words], status="finalised")
    assert asks_after(own) == []
    circulate_minutes(meeting=meeting, by=above)
    assert asks_after(own) == [words.text]


def test_meeting_put_off_asks_after_what_was_decided_meanwhile(country: Country) -> None:
    above, below = country["district.head"], country["upazila.head"]
    own = create_meeting(
        office=country.upazila, month=NOVEMBER, by=below, fields={"held_on": date(2026, 11, 3)}
    )
    words = decided(country.upazila)
    make_meeting(country.district, by=above, on=NOVEMBER, decisions=[words], status="circulated")
    assert asks_after(own) == []  # not known by that day
    move(own, date(2026, 11, 25), below)
    assert asks_after(own) == [words.text]


def test_resumed_decision_stands_on_the_agendas_again(country: Country) -> None:
    above, below = country["district.head"], country["upazila.head"]
    words = decided(country.upazila)
    meeting = make_meeting(country.district, by=above, decisions=[words], status="circulated")
    report_assignment(
        assignment=owed_of(meeting)[0], by=below, text="হয়েছে", is_done=True, on=NOVEMBER
    )
    decision = meeting.decisions.get()
    closing = make_meeting(country.district, by=above, on=date(2026, 11, 20), kind="special")
    say(closing, decision, FollowUpOutcome.DONE, above)
    settle(closing, above)
    waiting = [
        create_meeting(office=office, month=LATER, by=by, fields={"held_on": LATER})
        for office, by in ((country.district, above), (country.upazila, below))
    ]
    assert [asks_after(one) for one in waiting] == [[], []]
    decision.refresh_from_db()
    resume_decision(decision=decision, by=above, reason="অর্ধেক বাকি")
    assert [asks_after(one) for one in waiting] == [[words.text], [words.text]]


# --- Opened again ------------------------------------------------------------------------------
@pytest.fixture
def chain(team: Team) -> tuple[Meeting, Meeting, list[Decision]]:
    """Settled minutes, and a draft that calls their decisions done, more time, and dropped."""
    member = team.member.scope.main_post
    first = make_meeting(
        team.office, by=team.head, on=OCTOBER, decisions=[decided(member)] * 3, status="finalised"
    )
    second = make_meeting(team.office, by=team.head, on=NOVEMBER)
    decisions = list(first.decisions.order_by("pk"))
    outcomes = (FollowUpOutcome.DONE, FollowUpOutcome.EXTENDED, FollowUpOutcome.DROPPED)
    for decision, outcome in zip(decisions, outcomes, strict=True):
        say(second, decision, outcome, team.head)
    return first, second, decisions


def standing_of(decisions: list[Decision]) -> list[tuple[str, date | None]]:
    found = Decision.objects.in_bulk([one.pk for one in decisions])
    return [(found[one.pk].status, found[one.pk].due_on) for one in decisions]


def test_next_minutes_can_be_settled_while_the_earlier_ones_are_open(team: Team, chain) -> None:
    first, second, decisions = chain
    before = standing_of(decisions)
    reopen_minutes(meeting=first, by=team.head, reason="বানান")
    settle(second, team.head)
    assert standing_of(decisions) == before


def test_next_minutes_can_be_opened_while_the_earlier_ones_are_open(team: Team, chain) -> None:
    first, second, decisions = chain
    before = standing_of(decisions)
    settle(second, team.head)
    assert [status for status, _due in standing_of(decisions)] == ["done", "open", "dropped"]
    for meeting in (first, second):
        reopen_minutes(meeting=meeting, by=team.head, reason="বানান")
    assert standing_of(decisions) == before


def test_new_due_date_survives_a_mend_of_the_decisions_own_minutes(team: Team, chain) -> None:
    first, second, decisions = chain
    settle(second, team.head)
    reopen_minutes(meeting=first, by=team.head, reason="বানান")
    decision = Decision.objects.get(pk=decisions[1].pk)
    shown = decision_words(decision)
    words = decided(text="বানান ঠিক করা হলো।", due=shown["due_text"])
    update_decision(decision=decision, version=decision.version, words=words, by=team.head)
    assert decision.due_on == LATER


def test_decision_given_to_another_as_well_is_not_reported_any_more(team: Team) -> None:
    member, officer = (one.scope.main_post for one in (team.member, team.innovation_officer))
    meeting = make_meeting(
        team.office, by=team.head, decisions=[decided(member)], status="finalised"
    )
    report_assignment(
        assignment=owed_of(meeting)[0], by=team.member, text="হয়েছে", is_done=True, on=NOVEMBER
    )
    statuses = [give_to(meeting, team, member, officer), give_to(meeting, team, member)]
    assert statuses == [DecisionStatus.OPEN, DecisionStatus.REPORTED]


def give_to(meeting: Meeting, team: Team, *posts: object) -> str:
    """Open the minutes, tick others for the decision, and settle them; its status then."""
    reopen_minutes(meeting=meeting, by=team.head, reason="বাস্তবায়নকারী ভুল")
    decision = meeting.decisions.get()
    words = decided(*posts, by_words=decision.implementer_text)
    update_decision(decision=decision, version=decision.version, words=words, by=team.head)
    settle(meeting, team.head)
    return meeting.decisions.get().status
