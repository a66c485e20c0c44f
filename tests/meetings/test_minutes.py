"""The life of minutes: settled once, frozen, opened with a trace, sent, confirmed or corrected."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Letter
from meetings.actions import (
    add_decision,
    circulate_minutes,
    create_meeting,
    finalise_minutes,
    reopen_minutes,
    update_item,
    write_follow_up,
)
from meetings.enums import (
    Confirmation,
    DecisionStatus,
    FollowUpOutcome,
    ItemKind,
    MeetingStatus,
    TaskEffect,
)
from meetings.models import AgendaItem, Decision, Meeting
from teams.actions import MemoTaken
from teams.enums import GroupKind, Role
from teams.memo import read_memo
from teams.models import AuditEntry, PostGroup
from teams.transitions import WrongState
from tests.factories import (
    Team,
    client_of,
    make_country,
    make_officer,
    make_plan,
    make_post,
    make_task,
    make_team,
)
from tests.ideas.register import make_idea
from tests.meetings.rows import decided, make_meeting, owed_of, take_meeting_to
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OCTOBER, NOVEMBER = date(2026, 10, 11), date(2026, 11, 10)
MEMO = "০৫.৪৩.১২৩৪.০০১.০৬.০০২.২৬.১৭"


@pytest.fixture
def team() -> Team:
    return make_team()


def confirm_in(meeting: Meeting, team: Team, *, correction: str = "") -> AgendaItem:
    item = meeting.items.get(kind=ItemKind.CONFIRMATION)
    outcome = Confirmation.CORRECTED if correction else Confirmation.CONFIRMED
    return update_item(
        item=item,
        version=item.version,
        fields={"confirmation": outcome, "correction": correction},
        by=team.head,
    )


def next_meeting(team: Team, on: date = NOVEMBER) -> Meeting:
    return create_meeting(office=team.office, month=on, by=team.head, fields={"held_on": on})


def settle(meeting: Meeting, team: Team) -> Meeting:
    return take_meeting_to(meeting, MeetingStatus.FINALISED, by=team.head)


# --- Settling ------------------------------------------------------------------------------
def test_settled_minutes_never_change(team):
    member = team.member.scope.main_post
    meeting = make_meeting(team.office, by=team.head, decisions=[decided(member)])
    settle(meeting, team)
    frozen = meeting.versions.get().content
    team.member.name_bn = "নতুন নাম"
    team.member.save()
    member.designation_bn = "নতুন পদবি"
    member.save()
    page = client_of(team.head).get(meeting.get_absolute_url()).content.decode()
    assert meeting.versions.get().content == frozen
    assert "নতুন পদবি" not in page


def test_settled_minutes_take_no_more_words(team):
    meeting = make_meeting(team.office, by=team.head, status="finalised")
    item = meeting.items.first()
    response = client_of(team.head).post(
        reverse("meetings:item_update", args=[item.pk]),
        {"version": item.version, "topic": item.topic, "discussion": "পরে লেখা"},
        headers={"X-Requested-With": "minutes"},
    )
    item.refresh_from_db()
    assert response.status_code == 422
    assert item.discussion == "চলমান কাজ পর্যালোচনা হলো।"


def test_finalise_pressed_twice_makes_one_version(team):
    meeting = make_meeting(team.office, by=team.head)
    client = client_of(team.innovation_officer)
    form = {"memo": MEMO, "issued_on": "২১/১১/২০২৬"}
    url = reverse("meetings:finalise", args=[meeting.pk])
    answers = [client.post(url, form) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    meeting.refresh_from_db()
    assert meeting.versions.count() == 1
    assert meeting.memo_number == "05.43.1234.001.06.002.26.17"
    assert AuditEntry.objects.filter(action="meeting.finalise").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_finalising_at_once_settle_it_once():
    team = make_team()
    member = team.member.scope.main_post
    meeting = make_meeting(team.office, by=team.head, decisions=[decided(member)])

    def press(user):
        try:
            finalise_minutes(meeting=meeting, by=user, memo=None, issued_on=NOVEMBER)
        except WrongState:
            return "late"
        return "done"

    told = at_once([lambda: press(team.head), lambda: press(team.innovation_officer)])
    assert sorted(told) == ["done", "late"]
    assert meeting.versions.count() == 1
    assert len(owed_of(meeting)) == 1


def test_meeting_still_to_come_cannot_be_settled(team):
    meeting = make_meeting(team.office, by=team.head, on=date(2026, 11, 25))
    with pytest.raises(WrongState):
        finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=NOVEMBER)


def test_empty_minutes_cannot_be_settled(team):
    meeting = create_meeting(
        office=team.office, month=NOVEMBER, by=team.head, fields={"held_on": NOVEMBER}
    )
    with pytest.raises(WrongState):
        finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=NOVEMBER)


def test_member_cannot_settle(team):
    meeting = make_meeting(team.office, by=team.head)
    response = client_of(team.member).post(reverse("meetings:finalise", args=[meeting.pk]), {})
    assert response.status_code == 403


def test_memo_number_of_another_letter_is_refused(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER)
    memo = read_memo(MEMO)
    finalise_minutes(meeting=first, by=team.head, memo=memo, issued_on=OCTOBER)
    second = make_meeting(team.office, by=team.head)
    with pytest.raises(MemoTaken):
        finalise_minutes(meeting=second, by=team.head, memo=memo, issued_on=NOVEMBER)
    second.refresh_from_db()
    assert second.status == MeetingStatus.DRAFT
    page = client_of(team.head).get(reverse("meetings:finalise", args=[second.pk]))
    assert "০৫.৪৩.১২৩৪.০০১.০৬.০০২.২৬.১৮" in page.content.decode()  # the next one is proposed


def test_unmarked_member_was_absent(team):
    meeting = make_meeting(team.office, by=team.head, status="finalised")
    absent = meeting.versions.get().content["attendance"]["absent"]
    assert len(absent) == 3


# --- What settled minutes set going --------------------------------------------------------
def test_group_reaches_the_posts_in_it_on_the_day(team):
    heads = PostGroup.objects.create(office=team.office, name="দপ্তর প্রধান", kind=GroupKind.LISTED)
    early, late = make_post(team.office), make_post(team.office)
    heads.memberships.create(post=early, starts_on=date(2026, 1, 1), ends_on=NOVEMBER)
    heads.memberships.create(post=late, starts_on=date(2026, 11, 11))
    meeting = make_meeting(
        team.office, by=team.head, on=NOVEMBER, decisions=[decided(heads)], status="finalised"
    )
    assert [one.post for one in owed_of(meeting)] == [early]


def test_words_of_the_cell_name_the_implementers(team):
    words = decided(by_words="সহকারী প্রোগ্রামার ও টিমের সকল সদস্য")
    meeting = make_meeting(team.office, by=team.head, decisions=[words], status="finalised")
    assert len(owed_of(meeting)) == 3  # the group holds the programmer too, who owes it once


def test_decision_of_a_superior_lands_below_and_reports_back_up():
    country = make_country()
    above, below = country["district.head"], country["upazila.head"]
    group = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    meeting = make_meeting(
        country.district, by=above, on=OCTOBER, decisions=[decided(group)], status="circulated"
    )
    assert {one.office for one in owed_of(meeting)} == {country.upazila, country.sibling}
    own = create_meeting(
        office=country.upazila, month=NOVEMBER, by=below, fields={"held_on": NOVEMBER}
    )
    decision = meeting.decisions.get()
    write_follow_up(
        meeting=own,
        decision=decision,
        version=0,
        note="সব ফরম তোলা হয়েছে।",
        outcome=FollowUpOutcome.DONE,
        new_due_on=None,
        by=below,
    )
    item = own.items.get(kind=ItemKind.FOLLOW_UP)
    update_item(item=item, version=1, fields={"discussion": "অগ্রগতি জানানো হলো।"}, by=below)
    finalise_minutes(meeting=own, by=below, memo=None, issued_on=NOVEMBER)
    mine = decision.assignments.get(office=country.upazila)
    assert mine.reports.get().text == "সব ফরম তোলা হয়েছে।"
    assert mine.reported_at
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.OPEN  # the sibling still owes its part


def test_superior_decision_cannot_be_dropped_below():
    country = make_country()
    group = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    meeting = make_meeting(
        country.district,
        by=country["district.head"],
        on=OCTOBER,
        decisions=[decided(group)],
        status="circulated",
    )
    below = country["upazila.head"]
    own = create_meeting(
        office=country.upazila, month=NOVEMBER, by=below, fields={"held_on": NOVEMBER}
    )
    with pytest.raises(WrongState):
        write_follow_up(
            meeting=own,
            decision=meeting.decisions.get(),
            version=0,
            note="লাগবে না",
            outcome=FollowUpOutcome.DROPPED,
            new_due_on=None,
            by=below,
        )


def test_decision_adds_its_task_to_an_approved_plan_once(team):
    plan = make_plan(team.office, by=team.head, status="approved")
    words = decided(team.member.scope.main_post, text="সেবা মেলার আয়োজন করতে হবে।")
    meeting = make_meeting(team.office, by=team.head)
    item = meeting.items.get(kind=ItemKind.OWN)
    add_decision(item=item, words=replace(words, task_effect=TaskEffect.CREATE), by=team.head)
    settle(meeting, team)
    reopen_minutes(meeting=meeting, by=team.head, reason="বানান")
    settle(meeting, team)
    made = plan.tasks.kept().get(title="সেবা মেলার আয়োজন করতে হবে।")
    assert made.ends_on == date(2026, 11, 30)
    assert made.responsible.get() == team.member.scope.main_post


def test_decision_moves_the_end_of_a_task(team):
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head)
    meeting = make_meeting(team.office, by=team.head)
    words = replace(decided(), task=task, task_effect=TaskEffect.RESCHEDULE)
    add_decision(item=meeting.items.get(kind=ItemKind.OWN), words=words, by=team.head)
    settle(meeting, team)
    task.refresh_from_db()
    assert task.ends_on == date(2026, 11, 30)
    assert task.end_text == "৩০ নভেম্বর ২০২৬"


def test_decision_moves_an_idea(team):
    idea = make_idea(team.office, by=team.head)
    meeting = make_meeting(team.office, by=team.head)
    words = replace(decided(text="পর্যাপ্ত নতুন নয়।"), idea=idea, idea_effect="decline")
    add_decision(item=meeting.items.get(kind=ItemKind.OWN), words=words, by=team.head)
    settle(meeting, team)
    idea.refresh_from_db()
    assert idea.status == "declined"
    assert idea.decline_reason == "পর্যাপ্ত নতুন নয়।"


# --- Opening again -------------------------------------------------------------------------
def test_opened_minutes_leave_their_version_and_the_reason(team):
    meeting = make_meeting(team.office, by=team.head, status="finalised")
    client = client_of(team.head)
    client.post(reverse("meetings:reopen", args=[meeting.pk]), {"reason": "নামের বানান ভুল"})
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.DRAFT
    settle(meeting, team)
    old, new = meeting.versions.order_by("number")
    assert (old.reopen_reason, old.reopened_by) == ("নামের বানান ভুল", team.head)
    assert new.reopened_at is None
    page = client.get(reverse("meetings:version", args=[old.pk]))
    assert "নামের বানান ভুল" in page.content.decode()


def test_circulated_minutes_cannot_be_opened(team):
    meeting = make_meeting(team.office, by=team.head, status="circulated")
    client_of(team.head).post(reverse("meetings:reopen", args=[meeting.pk]), {"reason": "দেরিতে"})
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CIRCULATED


def test_opening_takes_back_what_the_meeting_said_of_older_decisions(team):
    member = team.member.scope.main_post
    first = make_meeting(
        team.office,
        by=team.head,
        on=OCTOBER,
        decisions=[decided(member)] * 3,
        status=MeetingStatus.FINALISED,
    )
    done, later, dropped = first.decisions.order_by("pk")
    second = make_meeting(team.office, by=team.head)
    said = (
        (done, FollowUpOutcome.DONE, None),
        (later, FollowUpOutcome.EXTENDED, date(2026, 12, 15)),
        (dropped, FollowUpOutcome.DROPPED, None),
    )
    for decision, outcome, new_due_on in said:
        write_follow_up(
            meeting=second,
            decision=decision,
            version=0,
            note="সভায় বলা হলো",
            outcome=outcome,
            new_due_on=new_due_on,
            by=team.head,
        )
    settle(second, team)
    states = dict(Decision.objects.values_list("pk", "status"))
    assert [states[one.pk] for one in (done, later, dropped)] == ["done", "open", "dropped"]
    later.refresh_from_db()
    assert later.due_on == date(2026, 12, 15)
    reopen_minutes(meeting=second, by=team.head, reason="ভুল সিদ্ধান্তে টিক")
    for decision in (done, later, dropped):
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.OPEN
        assert decision.due_on == date(2026, 11, 30)
    settle(second, team)  # and the same words do the same again
    done.refresh_from_db()
    assert done.status == DecisionStatus.DONE


def test_decisions_of_opened_minutes_owe_nobody_anything(team):
    member = team.member.scope.main_post
    meeting = make_meeting(
        team.office, by=team.head, decisions=[decided(member)], status="finalised"
    )
    reopen_minutes(meeting=meeting, by=team.head, reason="বানান")
    page = client_of(team.member).get(reverse("duties:home")).content.decode()
    assert decided().text not in page


# --- Sending and confirming ----------------------------------------------------------------
def test_circulated_minutes_go_once_to_each_member_with_their_own_decisions(team):
    member = team.member.scope.main_post
    meeting = make_meeting(
        team.office, by=team.head, decisions=[decided(member)], status="finalised"
    )
    client = client_of(team.head)
    for _press in range(2):
        client.post(reverse("meetings:circulate", args=[meeting.pk]))
    letters = {letter.to_address: letter for letter in Letter.objects.all()}
    assert set(letters) == {team.head.email, team.innovation_officer.email, team.member.email}
    assert decided().text in letters[team.member.email].body
    assert decided().text not in letters[team.head.email].body
    assert letters[team.member.email].attachments.count() == 1


def test_vacant_post_gets_no_letter_and_the_page_says_so(team):
    make_post(team.office, designation="শূন্য পদের কর্মকর্তা")
    meeting = make_meeting(team.office, by=team.head, status="circulated")
    vacant = meeting.deliveries.get(name="শূন্য পদের কর্মকর্তা")
    assert vacant.letter.to_address == ""
    page = client_of(team.head).get(meeting.get_absolute_url()).content.decode()
    assert vacant.letter.get_status_display() in page


def test_other_office_gets_its_decisions_and_not_the_minutes():
    country = make_country()
    secret = "শুধু জেলার ভেতরের কথা"
    group = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    meeting = make_meeting(
        country.district, by=country["district.head"], decisions=[decided(group)]
    )
    item = meeting.items.get(kind=ItemKind.OWN)
    update_item(
        item=item,
        version=item.version,
        fields={"discussion": secret},
        by=country["district.head"],
    )
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=country["district.head"])
    letter = Letter.objects.get(to_address=country["upazila.head"].email)
    kinds = {
        document.kind
        for document in meeting.documents.filter(job__in=letter.attachments.values("job"))
    }
    assert kinds == {"extract"}
    assert secret not in letter.body


def test_minutes_are_confirmed_at_the_next_meeting(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    second = next_meeting(team)
    confirm_in(second, team)
    settle(second, team)
    first.refresh_from_db()
    assert first.status == MeetingStatus.CONFIRMED
    assert "দৃঢ়ীকরণ করা হয়" in second.versions.get().content["opening"]


def test_correction_is_recorded_and_the_original_kept(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    original = first.versions.get().content
    second = next_meeting(team)
    confirm_in(second, team, correction="২ নম্বর সিদ্ধান্তে ১৫-র জায়গায় ২৫ হবে।")
    settle(second, team)
    first.refresh_from_db()
    assert first.status == MeetingStatus.CONFIRMED
    assert first.versions.get().content == original
    page = client_of(team.head).get(first.get_absolute_url()).content.decode()
    assert "১৫-র জায়গায় ২৫ হবে" in page
    assert "১৫-র জায়গায় ২৫ হবে" in second.versions.get().content["opening"]


def test_minutes_sent_after_the_next_meeting_are_confirmed_then(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER, status="finalised")
    second = next_meeting(team)
    confirm_in(second, team)
    settle(second, team)
    first.refresh_from_db()
    assert first.status == MeetingStatus.FINALISED
    circulate_minutes(meeting=first, by=team.head)
    first.refresh_from_db()
    assert first.status == MeetingStatus.CONFIRMED


def test_opening_the_next_meeting_takes_the_confirmation_back(team):
    first = make_meeting(team.office, by=team.head, on=OCTOBER, status="circulated")
    second = next_meeting(team)
    confirm_in(second, team)
    settle(second, team)
    reopen_minutes(meeting=second, by=team.head, reason="বানান")
    first.refresh_from_db()
    assert first.status == MeetingStatus.CIRCULATED


# --- Who sees what -------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["draft", "finalised", "cancelled"])
def test_superior_does_not_see_minutes_before_they_are_sent(status):
    country = make_country()
    meeting = make_meeting(country.upazila, by=country["upazila.head"], status=status)
    client = client_of(country["district.head"])
    for name in ("detail", "minutes", "docx"):
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 404


def test_superior_reads_sent_minutes_without_contacts_or_deliveries():
    country = make_country()
    head = country["upazila.head"]
    meeting = make_meeting(country.upazila, by=head)
    client_of(head).post(
        reverse("meetings:guest_create", args=[meeting.pk]),
        {"name": "অতিথি শিক্ষক", "contact": "guest@example.test", "presence": "present"},
    )
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=head)
    page = client_of(country["district.head"]).get(meeting.get_absolute_url())
    words = page.content.decode()
    assert page.status_code == 200
    assert "অতিথি শিক্ষক" in words
    assert "guest@example.test" not in words
    assert head.email not in words.replace(meeting.versions.get().content["signature"]["email"], "")
    assert "guest@example.test" in {letter.to_address for letter in Letter.objects.all()}


def test_who_was_transferred_is_right_for_the_day(team):
    post = team.member.scope.main_post
    holding = post.holdings.get()
    holding.ends_on = date(2026, 10, 31)
    holding.save()
    successor = make_officer(team.office, Role.MEMBER)
    successor.name_bn = "নতুন কর্মকর্তা"
    successor.save()
    post.holdings.create(person=successor, starts_on=date(2026, 11, 1))
    first = make_meeting(team.office, by=team.head, on=OCTOBER, status="finalised")
    second = make_meeting(team.office, by=team.head, on=NOVEMBER, status="finalised")

    def holder_in(meeting):
        rows = meeting.versions.get().content["attendance"]["absent"]
        return next(row["name"] for row in rows if row["designation"] == post.designation_bn)

    assert holder_in(first) == team.member.name_bn
    assert holder_in(second) == "নতুন কর্মকর্তা"
    assert timezone.localdate() > NOVEMBER
