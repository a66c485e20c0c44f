"""What passes on with a post, who reads it, and who signs for it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from duties.reminders import remind
from ideas.enums import IdeaStatus
from jobs.models import Letter
from meetings.enums import MeetingStatus
from teams.actions import transfer_post
from teams.models import AuditEntry, Handover, User
from tests.access_meeting_world import post_of
from tests.factories import (
    Country,
    Team,
    client_of,
    make_country,
    make_person,
    make_plan,
    make_progress,
    make_task,
    make_team,
)
from tests.ideas.register import make_idea
from tests.meetings.rows import decided, make_meeting
from tests.pages import find, form_fields, texts_of
from tests.reports.auth import confirmed_client_of
from tests.reports.build import make_report
from tests.test_access import read
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)
DECISION = "সেবা ডেস্কে টোকেন চালু করতে হবে"


@pytest.fixture
def team(today: date) -> Team:
    return make_team()


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    """An approved plan with a task of the member, on which something was reported with a file."""
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    make_progress(plan.tasks.get(), by=team.head, evidence=True)
    return plan


def passed_on(team: Team, leaving: User, *, to: User | None = None, on: date = DAY) -> Handover:
    arriving = to or make_person("শারমিন সুলতানা")
    handover = transfer_post(post=post_of(leaving), to=arriving, starts_on=on, by=team.head)
    assert handover is not None
    return handover


def step(client: Client, name: str, handover: Handover) -> int:
    return client.post(reverse(f"duties:handover_{name}", args=[handover.pk])).status_code


def arrived(handover: Handover) -> Client:
    return confirmed_client_of(User.objects.get(pk=handover.incoming.person_id))


def left(handover: Handover) -> Client:
    return confirmed_client_of(User.objects.get(pk=handover.outgoing.person_id))


def group(client: Client, handover: Handover, key: str) -> list[str]:
    page = client.get(handover.get_absolute_url())
    return texts_of(page, f"#work-{key} li")


# --- The list ----------------------------------------------------------------------------------
def test_successor_of_who_leads_finds_everything_open_and_every_link_works(
    team: Team, plan: WorkPlan
) -> None:
    """A task, a decision, an idea, a draft of each kind, a file, and what is due."""
    task = plan.tasks.get()
    task.responsible.add(post_of(team.innovation_officer))
    officer = post_of(team.innovation_officer)
    decisions = [decided(officer, text=DECISION)]
    make_meeting(
        team.office,
        by=team.head,
        on=date(2026, 11, 5),
        decisions=decisions,
        status=MeetingStatus.CIRCULATED,
    )
    draft = make_plan(team.office, by=team.head, period="2027-2028")
    make_report(team.office, by=team.head)
    idea = make_idea(team.office, by=team.head, status=IdeaStatus.RECEIVED)
    handover = passed_on(team, team.innovation_officer)
    client = arrived(handover)
    page = client.get(handover.get_absolute_url())
    found = {key: group(client, handover, key) for key in ("tasks", "decisions", "ideas", "files")}
    assert task.title in found["tasks"][0]
    assert DECISION in found["decisions"][0]
    assert idea.title in found["ideas"][0]
    assert "ছবি.png" in found["files"][0]
    links = [link.get("href") for link in find(page, "ol.handed a")]
    assert draft.get_absolute_url() in links
    assert len(links) >= 7
    assert {read(client.get(link, follow=True)).status_code for link in links} == {200}


def test_member_takes_over_what_the_predecessor_began_and_not_the_teams_drafts(team: Team) -> None:
    make_idea(team.office, by=team.head)
    mine = make_idea(team.office, by=team.member)
    make_plan(team.office, by=team.head)
    handover = passed_on(team, team.member)
    client = arrived(handover)
    assert [mine.title in line for line in group(client, handover, "ideas")] == [True]
    assert group(client, handover, "drafts") == []
    assert "কোনো খসড়া পড়ে নেই" in client.get(handover.get_absolute_url()).content.decode()


def test_list_asks_as_often_for_a_hundred_open_things(team: Team, plan: WorkPlan) -> None:
    handover = passed_on(team, team.member)
    client = arrived(handover)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(handover.get_absolute_url()).status_code == 200
        return len(queries)

    few = asked()
    draft = make_plan(team.office, by=team.head, tasks=100, period="2027-2028")
    for number in range(10):
        make_progress(draft.tasks.in_order()[number], by=team.member, evidence=True)
        make_idea(team.office, by=team.member)
    assert asked() == few <= 38
    assert len(group(client, handover, "tasks")) == 101


# --- Who reads it ------------------------------------------------------------------------------
def test_predecessor_reads_words_of_what_was_left_and_nothing_newer(
    team: Team, plan: WorkPlan
) -> None:
    """No link, no page behind it, and not what the team has written since."""
    old = make_idea(team.office, by=team.member)
    handover = passed_on(team, team.member, on=DAY + timedelta(days=1))
    with time_machine.travel(DAY + timedelta(days=1, hours=12)):
        secret = make_task(plan_open(team), by=team.head, title="গোপন নতুন কাজ")
        client = left(handover)
        page = client.get(handover.get_absolute_url())
        shown = page.content.decode()
        assert old.title in shown
        assert secret.title not in shown
        assert find(page, "ol.handed a") == []
        assert "আপনি যাওয়ার পরে এসেছে বা বদলেছে: ১টি" in shown
        assert client.get(secret.get_absolute_url()).status_code == 404
        assert client.get(old.get_absolute_url()).status_code == 404


def test_predecessor_of_a_transfer_of_today_reads_what_was_there_until_it(team: Team) -> None:
    """Written down at noon, it takes the post away at once; the morning's words were one's own."""
    with time_machine.travel(timezone.make_aware(datetime.combine(DAY, time(9)))):
        morning = make_idea(team.office, by=team.member)
    with time_machine.travel(timezone.make_aware(datetime.combine(DAY, time(12)))):
        handover = passed_on(team, team.member, on=DAY)
    with time_machine.travel(timezone.make_aware(datetime.combine(DAY, time(15)))):
        afternoon = make_task(plan_open(team), by=team.head, title="বিকেলের গোপন কাজ")
        shown = left(handover).get(handover.get_absolute_url()).content.decode()
        assert morning.title in shown
        assert afternoon.title not in shown


def plan_open(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=0, period="2027-2028")


def test_office_above_sees_how_much_and_never_what(today: date) -> None:
    """The district's head, who manages an upazila without a head, and the administrator."""
    country: Country = make_country()
    make_plan(country.upazila, by=country["upazila.head"])
    idea = make_idea(country.upazila, by=country["upazila.head"])
    by = country["administrator"]
    handover = transfer_post(post=post_of(country["upazila.head"]), to=None, starts_on=DAY, by=by)
    assert handover is not None
    for who in ("district.head", "administrator"):
        page = client_of(country[who]).get(handover.get_absolute_url())
        assert texts_of(page, "#work-ideas h2 .chip")[0] == "১"
        assert idea.title not in page.content.decode()
    for who in ("division.head", "sibling.head", "upazila.member", "nobody"):
        assert client_of(country[who]).get(handover.get_absolute_url()).status_code == 404


def test_successor_sees_nothing_before_the_day(team: Team) -> None:
    handover = passed_on(team, team.member, on=DAY + timedelta(days=1))
    assert arrived(handover).get(handover.get_absolute_url()).status_code == 404
    page = left(handover).get(handover.get_absolute_url())
    assert find(page, f"form[action='{reverse('duties:handover_give', args=[handover.pk])}']")
    with time_machine.travel(DAY + timedelta(days=1, hours=12)):
        assert arrived(handover).get(handover.get_absolute_url()).status_code == 200


# --- Signing -----------------------------------------------------------------------------------
def test_both_sign_and_the_list_is_kept_as_it_was(team: Team, plan: WorkPlan) -> None:
    task = plan.tasks.get()
    handover = passed_on(team, team.member)
    was = task.title
    assert step(left(handover), "give", handover) == 302
    assert step(arrived(handover), "take", handover) == 302
    handover.refresh_from_db()
    assert handover.settled_by_id == handover.incoming.person_id
    assert handover.content["signatures"].keys() == {"given", "taken", "settled"}
    assert handover.content["happens_on"] == "২১ নভেম্বর ২০২৬"
    type(task).objects.filter(pk=task.pk).update(title="বদলানো কাজ")
    page = client_of(team.head).get(handover.get_absolute_url())
    assert was in page.content.decode()
    assert find(page, "ol.handed a") == []
    # It is over for whoever has left.
    assert left(handover).get(handover.get_absolute_url()).status_code == 404
    steps = AuditEntry.objects.filter(action__startswith="handover.").values_list(
        "action", flat=True
    )
    assert sorted(steps) == ["handover.given", "handover.taken"]


def test_head_settles_when_somebody_does_not_sign(team: Team) -> None:
    handover = passed_on(team, team.member)
    head = confirmed_client_of(team.head)
    assert step(head, "settle", handover) == 302
    assert step(head, "settle", handover) == 302  # a button pressed twice
    handover.refresh_from_db()
    assert (handover.settled_by, handover.given_at, handover.taken_at) == (team.head, None, None)
    assert AuditEntry.objects.filter(action="handover.settled").count() == 1


@pytest.mark.parametrize(("name", "status"), [("take", 403), ("settle", 403)])
def test_predecessor_signs_for_nobody_else(team: Team, name: str, status: int) -> None:
    handover = passed_on(team, team.member)
    assert step(left(handover), name, handover) == status


def test_nobody_takes_over_before_the_day(team: Team) -> None:
    handover = passed_on(team, team.member, on=DAY + timedelta(days=1))
    assert step(left(handover), "give", handover) == 302
    assert step(confirmed_client_of(team.head), "settle", handover) == 403
    assert step(arrived(handover), "take", handover) == 404


def test_signing_asks_for_the_password_again(team: Team) -> None:
    handover = passed_on(team, team.member)
    url = reverse("duties:handover_settle", args=[handover.pk])
    response = client_of(team.head).post(url)
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_note_of_the_predecessor_meets_that_of_the_head(team: Team) -> None:
    """Both write from the same copy; the second sees both texts and loses none."""
    handover = passed_on(team, team.member)
    url = reverse("duties:handover_note", args=[handover.pk])
    opened = form_fields(left(handover).get(handover.get_absolute_url()))
    client_of(team.head).post(url, {**opened, "note": "আলমারির চাবি আমার কাছে"})
    response = left(handover).post(url, {**opened, "note": "মেলার ফাইল টেবিলে"})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "আলমারির চাবি" in shown
    assert "মেলার ফাইল" in shown
    left(handover).post(url, form_fields(response))
    handover.refresh_from_db()
    assert handover.note == "মেলার ফাইল টেবিলে"
    step(left(handover), "give", handover)
    left(handover).post(url, {"note": "আরও কিছু", "version": 99})
    handover.refresh_from_db()
    assert handover.note == "মেলার ফাইল টেবিলে"


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "-1"])
def test_note_with_a_forged_version_is_refused(team: Team, version: str) -> None:
    handover = passed_on(team, team.member)
    url = reverse("duties:handover_note", args=[handover.pk])
    sent = {"note": "x", "version": version}
    assert client_of(team.head).post(url, sent).status_code == 422


# --- Whom it concerns, on the home page ---------------------------------------------------------
def home(user: User) -> list[str]:
    return texts_of(client_of(User.objects.get(pk=user.pk)).get("/"), ".todo b")


def test_home_asks_for_the_signatures_that_are_missing(team: Team) -> None:
    handover = passed_on(team, team.member)
    title = f"দায়িত্ব হস্তান্তর: {handover.post.designation}"
    arriving = handover.incoming.person
    assert all(title in home(one) for one in (team.head, team.member, arriving))
    assert title not in home(team.innovation_officer)
    step(left(handover), "give", handover)
    assert title not in home(team.member)
    step(arrived(handover), "take", handover)
    assert not any(title in home(one) for one in (team.head, arriving))


def test_work_of_a_vacant_post_falls_to_the_head_until_somebody_comes(
    team: Team, plan: WorkPlan
) -> None:
    title = plan.tasks.get().title
    vacant = post_of(team.member)
    decisions = [decided(vacant, text=DECISION, due="২৫ নভেম্বর ২০২৬")]
    make_meeting(
        team.office,
        by=team.head,
        on=date(2026, 11, 5),
        decisions=decisions,
        status=MeetingStatus.CIRCULATED,
    )
    assert not {title, DECISION} & set(home(team.head))
    transfer_post(post=vacant, to=None, starts_on=DAY, by=team.head)
    assert {title, DECISION} <= set(home(team.head))
    assert not {title, DECISION} & set(home(team.innovation_officer))
    arriving = make_person()
    transfer_post(post=vacant, to=arriving, starts_on=DAY, by=team.head)
    assert not {title, DECISION} & set(home(team.head))
    assert {title, DECISION} <= set(home(arriving))


# --- Letters -----------------------------------------------------------------------------------
def told(day: date) -> set[str]:
    """The addresses that are reminded of the decision on the morning of a day."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 1, tzinfo=UTC)):
        remind(today=day)
    of_day = Letter.objects.filter(key__startswith="duties.", key__endswith=f"{day:%Y-%m-%d}")
    about = of_day.filter(body__contains=DECISION)
    return set(about.values_list("to_address", flat=True))


def test_reminders_of_a_vacant_post_go_to_the_head_and_of_a_vacant_head_above(
    today: date,
) -> None:
    """A decision: to the holder, with a vacant post to the head, with neither to the district."""
    country = make_country()
    member, head = country["upazila.member"], country["upazila.head"]
    make_meeting(
        country.upazila,
        by=head,
        on=date(2026, 11, 5),
        decisions=[decided(post_of(member), text=DECISION, due="৪ ডিসেম্বর ২০২৬")],
        status=MeetingStatus.CIRCULATED,
    )
    by, above = country["administrator"], country["district.innovation_officer"].email
    people = {member.email, head.email, above}
    assert told(date(2026, 11, 27)) & people == {member.email}
    transfer_post(post=post_of(member), to=None, starts_on=DAY, by=by)
    assert told(date(2026, 12, 3)) & people == {head.email}
    transfer_post(post=post_of(head), to=None, starts_on=DAY, by=by)
    assert told(date(2026, 12, 5)) & people == {above}
