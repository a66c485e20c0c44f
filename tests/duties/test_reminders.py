"""Reminders of decisions: to whom, on which mornings, and never twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from celery.schedules import crontab
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.celery import options
from duties import tasks
from duties.models import Reminder, ReminderRule
from duties.reminders import remind
from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import (
    DecisionWords,
    change_due_date,
    circulate_minutes,
    complete_decision,
    drop_decision,
    reopen_minutes,
    report_assignment,
    resume_decision,
)
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Assignment, Decision, Meeting
from teams.actions import give_post
from teams.enums import HoldingKind
from teams.models import Office, Post, PostHolding, User
from tests.factories import Country, Team, make_country, make_person, make_post, make_team
from tests.jobs.support import carried
from tests.meetings.rows import decided, make_meeting, owed_of
from tests.races import at_once
from tests.smtp import SmtpServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

HELD_ON = date(2026, 11, 2)
DUE_ON = date(2026, 11, 20)
DUE = "২০ নভেম্বর ২০২৬"
RACERS = 6


def add_rules() -> None:
    """Of decisions alone; tests/duties/test_deadline_reminders.py has the others."""
    ReminderRule.objects.all().delete()
    import_module("duties.migrations.0003_reminders").add_rules(apps, None)
    import_module("duties.migrations.0005_reminders_of_everything").keep_reach(apps, None)


@pytest.fixture
def rules() -> None:
    """Those that come with the system: 7 days and 1 day before, 1 and 7 days after."""
    add_rules()


@pytest.fixture
def team() -> Team:
    return make_team()


def at_seven(day: date) -> time_machine.travel:
    """The morning of a day: seven o'clock in Dhaka."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 1, tzinfo=UTC), tick=False)


def give(
    team: Team, *words: DecisionWords, on: date = HELD_ON, status: str = MeetingStatus.CIRCULATED
) -> Meeting:
    """Decisions in force from the meeting's day on; the member's unless words are given."""
    words = words or (decided(team.member.scope.main_post, due=DUE),)
    with at_seven(on):
        by = User.objects.get(pk=team.head.pk)
        kind = MeetingKind.SPECIAL
        return make_meeting(team.office, by=by, on=on, decisions=words, status=status, kind=kind)


def run_on(day: date) -> int:
    with at_seven(day):
        return remind(today=day)


def written() -> list[Letter]:
    """The reminders, in the order in which they were written."""
    return list(Letter.objects.filter(key__startswith="duties.").order_by("pk"))


def readers() -> list[str]:
    return [letter.to_address for letter in written()]


def mornings_of(person: User, *, since: date, days: int) -> list[str]:
    """On which of the mornings this person gets a letter, as "11-13"."""
    got = []
    for number in range(days):
        day, before = since + timedelta(days=number), len(readers())
        run_on(day)
        got += [f"{day:%m-%d}"] * readers()[before:].count(person.email)
    return got


def leave(post: Post, last_day: date, successor: User | None = None) -> None:
    """The holder's last day on a post, and who comes the day after."""
    PostHolding.objects.filter(post=post, ends_on=None).update(ends_on=last_day)
    if successor:
        give_post(post=post, person=successor, starts_on=last_day + timedelta(days=1))


# --- When --------------------------------------------------------------------------------------
def test_rules_that_come_with_the_system_say_where_they_are_from() -> None:
    rules = ReminderRule.objects.all()
    assert [rule.offset_days for rule in rules] == [-7, -1, 1, 7]
    assert all(rule.source and rule.valid_to is None for rule in rules)


def test_letter_comes_before_and_after_the_due_date_and_at_last_to_the_head(team: Team) -> None:
    give(team)
    since = HELD_ON + timedelta(days=1)
    assert mornings_of(team.member, since=since, days=60) == ["11-13", "11-19", "11-21", "11-27"]
    assert readers().count(team.head.email) == 1
    assert set(readers()[-2:]) == {team.member.email, team.head.email}
    assert team.innovation_officer.email not in readers()


def test_letter_says_what_until_when_and_where(team: Team) -> None:
    meeting = give(team)
    run_on(date(2026, 11, 13))
    body = written()[0].body
    decision = meeting.decisions.get()
    for words in (
        f"জনাব {team.member.name_bn}, সহকারী প্রোগ্রামার",
        decision.text,
        "শেষ তারিখ: ২০ নভেম্বর ২০২৬ (আর ৭ দিন)",
        f"নভেম্বর ২০২৬ মাসের বিশেষ সভা, {team.office.name_bn}",
        f"http://localhost:8000{decision.get_absolute_url()}",
    ):
        assert words in body
    run_on(date(2026, 11, 27))
    late, to_head = sorted(written()[1:], key=lambda letter: letter.to_address == team.head.email)
    assert "(৭ দিন দেরি)" in late.body
    assert "আপনার দপ্তরে যেগুলোর সময় পেরিয়ে গেছে" in to_head.body
    assert "যাঁর করণীয়: সহকারী প্রোগ্রামার" in to_head.body


@pytest.mark.parametrize("status", [MeetingStatus.FINALISED, MeetingStatus.CIRCULATED])
def test_own_office_is_reminded_from_final_minutes_on(team: Team, status: str) -> None:
    give(team, status=status)
    assert run_on(date(2026, 11, 13)) == 1


def test_decision_without_a_day_is_never_reminded_of(team: Team) -> None:
    give(team, decided(team.member.scope.main_post, due="যথাশীঘ্র"))
    assert [run_on(HELD_ON + timedelta(days=n)) for n in (1, 20, 60)] == [0, 0, 0]


def test_days_before_it_was_given_are_not_made_good(team: Team) -> None:
    """Old minutes taken in and settled today bring no letter about the past."""
    post = team.member.scope.main_post
    give(team, decided(post, due="৫ জানুয়ারি ২০২৬"), on=date(2026, 11, 2))
    give(team, decided(post, due="২০ নভেম্বর ২০২৬"), on=date(2026, 11, 17))
    assert mornings_of(team.member, since=date(2026, 11, 17), days=3) == ["11-19"]


def test_pause_of_a_week_brings_one_letter_with_the_latest(team: Team) -> None:
    give(team)
    assert run_on(date(2026, 11, 13)) == 1
    assert run_on(date(2026, 11, 24)) == 1
    assert "(৪ দিন দেরি)" in written()[-1].body
    assert run_on(date(2026, 11, 25)) == 0
    assert run_on(date(2026, 11, 27)) == 2


def test_first_run_of_all_after_every_day_has_passed_writes_once(team: Team) -> None:
    give(team)
    assert run_on(date(2026, 12, 15)) == 2  # to the member and to the head
    assert run_on(date(2026, 12, 16)) == 0


def test_new_due_date_begins_anew(team: Team) -> None:
    decision = give(team).decisions.get()
    run_on(date(2026, 11, 19))
    with at_seven(date(2026, 11, 20)):
        head = User.objects.get(pk=team.head.pk)
        change_due_date(decision=decision, due_on=date(2026, 12, 10), due_text="", by=head)
    mornings = mornings_of(team.member, since=date(2026, 11, 20), days=35)
    assert mornings == ["12-03", "12-09", "12-11", "12-17"]


def test_rule_counts_while_it_is_in_force(team: Team) -> None:
    give(team)
    ReminderRule.objects.filter(offset_days=-7).update(valid_to=date(2026, 11, 12))
    ReminderRule.objects.filter(offset_days=7).update(valid_from=date(2026, 11, 28))
    ReminderRule.objects.create(
        kind="decision", offset_days=-3, valid_from=date(2026, 11, 1), source="দপ্তরের আদেশ"
    )
    mornings = mornings_of(team.member, since=date(2026, 11, 3), days=40)
    assert mornings == ["11-17", "11-19", "11-21"]


# --- Never twice, never too late -----------------------------------------------------------------
def test_second_run_on_a_day_writes_to_nobody(team: Team) -> None:
    meeting = give(team)
    day = date(2026, 11, 13)
    assert [run_on(day), run_on(day)] == [1, 0]
    assert (len(written()), Reminder.objects.count()) == (1, 1)
    # Not even of what has come up since; that is for tomorrow.
    with at_seven(day):
        head = User.objects.get(pk=team.head.pk)
        words = decided(team.member.scope.main_post, text="নতুন", due="১৪ নভেম্বর ২০২৬")
        make_meeting(
            team.office,
            by=head,
            on=day,
            decisions=[words],
            status=MeetingStatus.CIRCULATED,
            kind=MeetingKind.SPECIAL,
        )
    assert run_on(day) == 0
    assert run_on(day + timedelta(days=1)) == 1
    assert "নতুন" in written()[-1].body
    assert meeting.decisions.get().text not in written()[-1].body


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_write_one_letter() -> None:
    add_rules()
    team = make_team()
    give(team, *[decided(team.member.scope.main_post, text=str(n), due=DUE) for n in range(3)])
    with at_seven(date(2026, 11, 13)):
        outcomes = at_once([lambda: remind(today=date(2026, 11, 13))] * RACERS)
    assert sorted(outcomes) == [0] * (RACERS - 1) + [1]
    assert readers() == [team.member.email]
    assert Reminder.objects.filter(letter=written()[0]).count() == 3


def reported(decision: Decision, by: User) -> None:
    for assignment in owed_of(decision.meeting):
        report_assignment(
            assignment=assignment, by=by, text="হয়েছে", is_done=True, on=timezone.localdate()
        )


@pytest.mark.parametrize(
    "settle",
    [
        reported,
        lambda decision, by: complete_decision(decision=decision, by=by),
        lambda decision, by: drop_decision(decision=decision, by=by, reason="আর লাগবে না"),
        lambda decision, by: reopen_minutes(meeting=decision.meeting, by=by, reason="বানান"),
    ],
    ids=["reported", "completed", "dropped", "minutes reopened"],
)
def test_nothing_is_written_once_nothing_is_owed(team: Team, settle) -> None:
    decision = give(team, status=MeetingStatus.FINALISED).decisions.get()
    run_on(date(2026, 11, 13))
    with at_seven(date(2026, 11, 14)):
        settle(decision, User.objects.get(pk=team.head.pk))
    assert mornings_of(team.member, since=date(2026, 11, 15), days=20) == []
    assert readers() == [team.member.email]


def test_resumed_decision_is_reminded_of_from_its_next_day_on(team: Team) -> None:
    decision = give(team).decisions.get()
    run_on(date(2026, 11, 13))
    with at_seven(date(2026, 11, 14)):
        head = User.objects.get(pk=team.head.pk)
        reported(decision, head)
        resume_decision(decision=Decision.objects.get(), by=head, reason="অর্ধেক বাকি")
    assert mornings_of(team.member, since=date(2026, 11, 14), days=7) == ["11-19"]


def test_letter_still_waiting_is_taken_back_when_the_thing_was_reported(
    team: Team, smtp_server: SmtpServer
) -> None:
    decision = give(team).decisions.get()
    day = date(2026, 11, 13)
    run_on(day)
    with at_seven(day):
        reported(decision, User.objects.get(pk=team.head.pk))
        remind(today=day)
        assert carried(written()[0]).status == LetterStatus.EXPIRED
    assert smtp_server.mails == []


def test_letter_that_could_not_go_out_is_followed_by_the_next_mornings(
    team: Team, smtp_server: SmtpServer
) -> None:
    """The mail server was down all day; the words of yesterday are not sent today."""
    give(team)
    run_on(date(2026, 11, 13))
    with at_seven(date(2026, 11, 14)):
        assert carried(written()[0]).status == LetterStatus.EXPIRED
    assert run_on(date(2026, 11, 14)) == 1
    with at_seven(date(2026, 11, 14)):
        second = carried(written()[1])
    assert second.status == LetterStatus.SENT
    assert "(আর ৬ দিন)" in smtp_server.to(team.member.email).text
    assert len(smtp_server.mails) == 1
    assert run_on(date(2026, 11, 15)) == 0
    assert Reminder.objects.get().letter == second


def test_letter_of_the_day_goes_out_until_midnight(team: Team, smtp_server: SmtpServer) -> None:
    give(team)
    run_on(date(2026, 11, 13))
    with time_machine.travel(datetime(2026, 11, 13, 17, 59, tzinfo=UTC)):
        assert carried(written()[0]).status == LetterStatus.SENT


# --- To whom -------------------------------------------------------------------------------------
def test_successor_is_told_and_not_who_left(team: Team) -> None:
    give(team)
    run_on(date(2026, 11, 13))
    successor = make_person("নাসরিন সুলতানা")
    leave(team.member.scope.main_post, date(2026, 11, 15), successor)
    assert run_on(date(2026, 11, 14)) == run_on(date(2026, 11, 15)) == 0
    # The first morning on the post tells what is open; from then on as everybody.
    mornings = mornings_of(successor, since=date(2026, 11, 16), days=20)
    assert mornings == ["11-16", "11-19", "11-21", "11-27"]
    assert readers().count(team.member.email) == 1


def test_waiting_letter_does_not_reach_who_has_left(team: Team, smtp_server: SmtpServer) -> None:
    """The mail server was down over the transfer."""
    give(team)
    run_on(date(2026, 11, 13))
    successor = make_person("নাসরিন সুলতানা")
    leave(team.member.scope.main_post, date(2026, 11, 13), successor)
    run_on(date(2026, 11, 14))
    with at_seven(date(2026, 11, 14)):
        for letter in written():
            carried(letter)
    assert [mail.to for mail in smtp_server.mails] == [successor.email]


def test_waiting_letter_is_taken_back_when_the_transfer_is_entered_late(
    team: Team, smtp_server: SmtpServer
) -> None:
    """On the same day: the holder had left yesterday, and nobody had said so."""
    give(team)
    day = date(2026, 11, 13)
    run_on(day)
    leave(team.member.scope.main_post, date(2026, 11, 12))
    assert run_on(day) == 1
    with at_seven(day):
        for letter in written():
            carried(letter)
    assert [mail.to for mail in smtp_server.mails] == [team.head.email]


def test_vacant_posts_letter_goes_to_the_head(team: Team) -> None:
    vacant = make_post(team.office, designation="উপজেলা শিক্ষা অফিসার")
    give(team, decided(vacant, due=DUE))
    assert mornings_of(team.head, since=HELD_ON, days=40) == ["11-13", "11-19", "11-21", "11-27"]
    assert set(readers()) == {team.head.email}
    body = written()[0].body
    assert "যে পদে এখন কেউ নেই" in body
    assert "যাঁর করণীয়: উপজেলা শিক্ষা অফিসার" in body


def test_head_who_owes_it_alone_gets_one_letter_when_late(team: Team) -> None:
    give(team, decided(team.head.scope.main_post, due=DUE))
    assert mornings_of(team.head, since=HELD_ON, days=40)[-1] == "11-27"
    assert len(readers()) == 4


def test_nobody_is_written_to_in_an_office_of_vacant_posts(team: Team) -> None:
    give(team)
    for person in (team.member, team.head):
        leave(person.scope.main_post, date(2026, 11, 10))
    assert run_on(date(2026, 11, 13)) == 0
    assert not Reminder.objects.exists()


def test_holder_without_an_address_hinders_nobody(team: Team) -> None:
    posts = [person.scope.main_post for person in (team.member, team.innovation_officer)]
    give(team, decided(*posts, due=DUE))
    Post.objects.filter(pk=posts[0].pk).update(email="")
    User.objects.filter(pk=team.member.pk).update(email="")
    assert run_on(date(2026, 11, 13)) == 2
    assert {letter.to_address: letter.status for letter in written()} == {
        "": LetterStatus.NO_ADDRESS,
        team.innovation_officer.email: LetterStatus.WAITING,
    }


def test_one_letter_tells_all_that_is_due(team: Team) -> None:
    """Own things of two posts and what is late in the office, in one letter a day."""
    extra = make_post(team.office, designation="সহকারী কমিশনার (অতিরিক্ত)")
    give_post(post=extra, person=team.head, starts_on=HELD_ON, kind=HoldingKind.ADDITIONAL)
    own = (team.head.scope.main_post, extra)
    give(
        team,
        decided(own[0], text="প্রথম কাজ", due="২৮ নভেম্বর ২০২৬"),
        decided(own[1], text="দ্বিতীয় কাজ", due="২৮ নভেম্বর ২০২৬"),
        decided(own[0], text="পরের মাসের কাজ", due="৩১ ডিসেম্বর ২০২৬"),
        decided(team.member.scope.main_post, text="দেরির কাজ", due=DUE),
    )
    assert run_on(date(2026, 11, 27)) == 2
    letter = Letter.objects.get(to_address=team.head.email, key__startswith="duties.")
    assert "৩টি সিদ্ধান্তের" in letter.subject
    parts = letter.body.split("সময় পেরিয়ে গেছে")
    assert "১. প্রথম কাজ" in parts[0]
    assert "২. দ্বিতীয় কাজ" in parts[0]
    assert "১. দেরির কাজ" in parts[1]
    assert "পরের মাসের কাজ" not in letter.body


def test_hundreds_of_posts_are_no_trouble(team: Team) -> None:
    """SQLite takes a thousand conditions in a statement and no more."""
    meeting = give(team, decided(team.head.scope.main_post, due=DUE))
    decision = meeting.decisions.get()
    posts = Post.objects.bulk_create(
        Post(office=team.office, designation_bn=f"শূন্য পদ {number}") for number in range(1_001)
    )
    Assignment.objects.bulk_create(
        Assignment(decision=decision, office=team.office, post=post, assigned_on=HELD_ON)
        for post in posts
    )
    assert run_on(date(2026, 11, 13)) == 1
    assert Reminder.objects.count() == 1_002


# --- From above ----------------------------------------------------------------------------------
def test_lower_office_is_reminded_from_the_day_the_minutes_were_sent() -> None:
    country: Country = make_country()
    words = decided(country.upazila, due=DUE)
    with at_seven(HELD_ON):
        meeting = make_meeting(
            country.district,
            by=User.objects.get(pk=country["district.head"].pk),
            on=HELD_ON,
            decisions=[words],
            status=MeetingStatus.FINALISED,
        )
    assert run_on(date(2026, 11, 13)) == 0
    with at_seven(date(2026, 11, 16)):
        circulate_minutes(meeting=meeting, by=User.objects.get(pk=country["district.head"].pk))
    mornings = mornings_of(country["upazila.head"], since=date(2026, 11, 16), days=30)
    # The seventh day before lay before it was sent.
    assert mornings == ["11-19", "11-21", "11-27"]
    assert set(readers()) == {country["upazila.head"].email}


@pytest.mark.parametrize(
    ("status", "is_told"), [(MeetingStatus.FINALISED, False), (MeetingStatus.CIRCULATED, True)]
)
def test_office_above_is_not_told_the_words_of_minutes_that_were_not_sent(
    status: str, is_told: bool
) -> None:
    country: Country = make_country()
    head, member = country["upazila.head"], country["upazila.member"]
    with at_seven(HELD_ON):
        meeting = make_meeting(
            country.upazila,
            by=User.objects.get(pk=head.pk),
            on=HELD_ON,
            decisions=[decided(member.scope.main_post, due=DUE)],
            status=status,
        )
    for person in (head, member):
        leave(person.scope.main_post, date(2026, 11, 10))
    run_on(date(2026, 11, 21))
    letter = Letter.objects.get(to_address=country["district.innovation_officer"].email)
    words = Decision.objects.get(meeting=meeting).text
    assert (words[:100] in letter.body) is is_told
    assert "সভার সিদ্ধান্ত" in letter.body or is_told


def test_office_without_a_heads_post_gets_its_letter_once_there_is_one() -> None:
    country: Country = make_country()
    office: Office = country.upazila
    office.posts.filter(pk=country["upazila.head"].scope.main_post.pk).update(is_active=False)
    with at_seven(HELD_ON):
        make_meeting(
            country.district,
            by=User.objects.get(pk=country["district.head"].pk),
            on=HELD_ON,
            decisions=[decided(office, due=DUE)],
            status=MeetingStatus.CIRCULATED,
        )
    assert Assignment.objects.get().post is None
    assert run_on(date(2026, 11, 13)) == 0
    head = make_person("নতুন প্রধান")
    make_post(office, "head", "উপজেলা নির্বাহী অফিসার (নতুন)", head)
    assert mornings_of(head, since=date(2026, 11, 14), days=6) == ["11-14", "11-19"]


# --- The clock -----------------------------------------------------------------------------------
@pytest.fixture
def morning(team: Team) -> Iterator[None]:
    give(team)
    with at_seven(date(2026, 11, 13)):
        yield


@pytest.mark.usefixtures("morning")
def test_operator_can_run_it_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remind")
    call_command("remind")
    assert capsys.readouterr().out.splitlines() == [
        "reminders: 1 letters written",
        "reminders: 0 letters written",
    ]


@pytest.mark.usefixtures("morning")
def test_clock_runs_it_at_seven_each_morning(team: Team) -> None:
    entry = options()["beat_schedule"]["remind"]
    assert entry["task"] == tasks.remind.name
    assert entry["schedule"] == crontab(hour=7, minute=0)
    assert options()["timezone"] == "Asia/Dhaka"
    tasks.remind()
    assert readers() == [team.member.email]


def test_persons_letter_costs_the_same_for_one_thing_and_for_many(team: Team) -> None:
    def cost(day: date, how_many: int) -> int:
        due = f"{day + timedelta(days=7):%d/%m/%Y}"
        post = team.member.scope.main_post
        give(team, *[decided(post, text=f"কাজ {n}", due=due) for n in range(how_many)])
        with CaptureQueriesContext(connection) as queries:
            assert run_on(day) == 1
        return len(queries)

    cost(date(2026, 11, 12), 1)  # whose letter waits on both mornings that are compared
    assert cost(date(2026, 11, 13), 1) == cost(date(2026, 11, 14), 40)
