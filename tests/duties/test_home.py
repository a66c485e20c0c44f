"""The home page: what each post owes, and to whom it falls when people move."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.actions import (
    DecisionWords,
    circulate_minutes,
    complete_decision,
    explain_no_meeting,
    finalise_minutes,
    report_assignment,
)
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Meeting
from teams.actions import give_post
from teams.enums import DueKind, HoldingKind, TeamStatus
from teams.models import DueRule, PostHolding, User
from teams.models import Team as InnovationTeam
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
from tests.meetings.rows import decided, make_meeting, owed_of
from tests.pages import find, form_fields, texts_of
from tests.teams.build import make_team_order
from workplans.actions import add_progress, close_workplan, delete_task
from workplans.enums import PlanStatus
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "no_rules")]

HOME = "/"


@pytest.fixture
def no_rules() -> None:
    """Nothing is owed by the calendar; tests/duties/test_home_owed.py is about what is."""
    DueRule.objects.all().delete()


@pytest.fixture
def team() -> Team:
    """A team that has said why it does not meet this month, so that nothing waits for a call."""
    made = make_team()
    explain_no_meeting(
        office=made.office, month=date(2026, 11, 1), reason="নির্বাচনের কাজ", by=made.head
    )
    return made


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    """An approved plan with one task that is far off."""
    return make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)


def add_task(team: Team, plan: WorkPlan, title: str, end: str = "", start: str = "") -> Task:
    """A row of the plan, whatever the plan's state: an approved one was a draft before."""
    status = plan.status
    WorkPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
    task = make_task(plan, by=team.head, title=title, start_text=start, end_text=end)
    WorkPlan.objects.filter(pk=plan.pk).update(status=status)
    return task


def home_of(person: User) -> HttpResponse:
    return client_of(person).get(HOME)


def items_of(person: User) -> list[tuple[str, str]]:
    """The chips and titles of all items, in order."""
    page = home_of(person)
    chips, titles = texts_of(page, "ul.todo .chip"), texts_of(page, "ul.todo b")
    return list(zip(chips, titles, strict=True))


# --- What is owed when -----------------------------------------------------------------------
def test_items_are_ordered_late_then_this_week_then_what_comes(team: Team, plan: WorkPlan) -> None:
    for title, end in [
        ("দূরের", "৫ জানুয়ারি ২০২৭"),
        ("পরের", "২৯ নভেম্বর ২০২৬"),
        ("সাত দিনের", "২৮ নভেম্বর ২০২৬"),
        ("আজকের", "২১ নভেম্বর ২০২৬"),
        ("কালকের", "২২ নভেম্বর ২০২৬"),
        ("দেরির", "১ নভেম্বর ২০২৬"),
        ("ছয় সপ্তাহের পরের", "৬ জানুয়ারি ২০২৭"),
    ]:
        add_task(team, plan, title, end)
    assert items_of(team.member) == [
        ("২০ দিন দেরি", "দেরির"),
        ("আজ", "আজকের"),
        ("আগামীকাল", "কালকের"),
        ("২৮ নভেম্বর", "সাত দিনের"),
        ("২৯ নভেম্বর", "পরের"),
        ("৩১ ডিসেম্বর", plan.tasks.order_by("pk")[0].title),
        ("৫ জানুয়ারি", "দূরের"),
    ]
    page = home_of(team.member)
    assert len(find(page, "ul.todo")) == 2
    assert texts_of(page, ".chip-late") == ["২০ দিন দেরি"]


def test_recurring_task_shows_what_is_late_and_its_next_day(team: Team, plan: WorkPlan) -> None:
    task = add_task(team, plan, "মাসিক সভা", start="প্রতি মাসের ২৫ তারিখ")
    late, coming, *_ = items_of(team.member)
    assert (late, coming) == (("১১৯ দিন দেরি", "মাসিক সভা"), ("২৫ নভেম্বর", "মাসিক সভা"))
    words = texts_of(home_of(team.member), "ul.todo li")[0]
    assert "২৫ জুলাই ২০২৬ বাকি, আরও ৩টি" in words
    assert "প্রতি মাসের ২৫ তারিখ" in words
    add_progress(
        task=task,
        by=team.member,
        on=date(2026, 11, 21),
        part="2026-10-25",
        part_percent=100,
        with_earlier=True,
    )
    assert items_of(team.member)[0] == ("২৫ নভেম্বর", "মাসিক সভা")
    with time_machine.travel(datetime(2026, 11, 25, 18, 0, tzinfo=UTC)):
        assert items_of(team.member)[0] == ("১ দিন দেরি", "মাসিক সভা")
        assert ("২৫ ডিসেম্বর", "মাসিক সভা") in items_of(team.member)
        link = find(home_of(team.member), "ul.todo a")[0]
        assert link.get("href") == f"{task.get_absolute_url()}?part=2026-11-25#report"
        page = client_of(team.member).get(link.get("href").partition("#")[0])
        assert form_fields(page)["part"] == "2026-11-25"


def test_finished_deleted_and_closed_work_is_not_owed(team: Team, plan: WorkPlan) -> None:
    done = add_task(team, plan, "শেষ হওয়া", "২৫ নভেম্বর ২০২৬")
    gone = add_task(team, plan, "মুছে ফেলা", "২৫ নভেম্বর ২০২৬")
    add_task(team, plan, "বাকি", "২৫ নভেম্বর ২০২৬")
    make_progress(done, by=team.member, percent=100)
    WorkPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
    delete_task(task=gone, by=team.head)
    WorkPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    titles = [title for _, title in items_of(team.member)]
    assert titles[0] == "বাকি"
    assert not {"শেষ হওয়া", "মুছে ফেলা"} & set(titles)
    plan.refresh_from_db()
    close_workplan(workplan=plan, by=team.head)
    assert items_of(team.member) == []


def test_items_belong_to_the_post_that_is_named(team: Team, plan: WorkPlan) -> None:
    task = add_task(team, plan, "ইউএনওর কাজ", "২৫ নভেম্বর ২০২৬")
    task.responsible.set([team.head.scope.main_post])
    assert ("২৫ নভেম্বর", "ইউএনওর কাজ") in items_of(team.head)
    assert ("২৫ নভেম্বর", "ইউএনওর কাজ") not in items_of(team.member)


def test_item_leads_to_the_form_that_answers_it(team: Team, plan: WorkPlan) -> None:
    task = add_task(team, plan, "দেরির", "১ নভেম্বর ২০২৬")
    link = find(home_of(team.member), "ul.todo a")[0]
    assert (link.get("href"), link.text) == (f"{task.get_absolute_url()}#report", "অগ্রগতি দিন")
    assert find(client_of(team.member).get(task.get_absolute_url()), "#report")


def test_nothing_owed_says_so_and_offers_the_plan(team: Team) -> None:
    assert texts_of(home_of(team.member), ".empty h2, .empty a") == [
        "আপাতত কিছু বাকি নেই",
        "নতুন পরিকল্পনা",
    ]


# --- Steps that wait for one person ------------------------------------------------------------
def test_submitted_plan_waits_for_the_head_alone(team: Team) -> None:
    plan = make_plan(team.office, by=team.member, tasks=0)
    make_task(plan, by=team.member, end_text="৩০ জুন ২০২৭")
    assert items_of(team.innovation_officer) == [("খসড়া", "কর্মপরিকল্পনা ২০২৬–২৭ অর্থবছর")]
    assert items_of(team.member) == []
    client_of(team.innovation_officer).post(reverse("workplans:submit", args=[plan.pk]))
    waits = ("আপনার অনুমোদন বাকি", "কর্মপরিকল্পনা ২০২৬–২৭ অর্থবছর")
    assert items_of(team.head) == [waits]
    assert items_of(team.innovation_officer) == items_of(team.member) == []
    approval = {"meeting_on": "১৫ নভেম্বর ২০২৬"}
    client_of(team.head).post(reverse("workplans:approve", args=[plan.pk]), approval)
    assert items_of(team.head) == []


def test_returned_plan_waits_for_the_whole_team_with_its_reason(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.RETURNED)
    for person in (team.head, team.innovation_officer, team.member):
        assert items_of(person)[0] == ("ফেরত এসেছে", f"কর্মপরিকল্পনা {plan.period.label}")
        assert "তারিখগুলো আবার দেখুন" in texts_of(home_of(person), "ul.todo li")[0]


def test_superiors_are_told_of_plans_below_but_owe_nothing() -> None:
    country: Country = make_country()
    for office, head in ((country.district, "district.head"), (country.sibling, "sibling.head")):
        month = date(2026, 11, 1)
        explain_no_meeting(office=office, month=month, reason="ছুটি", by=country[head])
    make_plan(country.upazila, by=country["upazila.head"], status=PlanStatus.SUBMITTED)
    assert items_of(country["district.head"]) == []
    assert "পেশ করা পরিকল্পনা: ১টি" in " ".join(texts_of(home_of(country["district.head"]), "aside p"))
    assert not texts_of(home_of(country["sibling.head"]), "aside p a")


# --- Decisions of meetings ---------------------------------------------------------------------
def decide(team: Team, *words: DecisionWords, on: date = date(2026, 11, 10)) -> Meeting:
    """Decisions in force, of a special meeting that has been sent round."""
    return make_meeting(
        team.office,
        by=team.head,
        on=on,
        decisions=words,
        status=MeetingStatus.CIRCULATED,
        kind=MeetingKind.SPECIAL,
    )


def test_decisions_stand_among_the_tasks_by_their_due_date(team: Team, plan: WorkPlan) -> None:
    add_task(team, plan, "কাজ", "২৫ নভেম্বর ২০২৬")
    post = team.member.scope.main_post
    decide(
        team,
        decided(post, text="দেরির", due="১৯ নভেম্বর ২০২৬"),
        decided(post, text="কালকের", due="২২ নভেম্বর ২০২৬"),
        decided(post, text="ডিসেম্বরের", due="৫ ডিসেম্বর ২০২৬"),
        decided(post, text="পরের বছরের", due="৬ জানুয়ারি ২০২৭"),
        decided(team.head.scope.main_post, text="অন্যের", due="২২ নভেম্বর ২০২৬"),
    )
    assert items_of(team.member) == [
        ("২ দিন দেরি", "দেরির"),
        ("আগামীকাল", "কালকের"),
        ("২৫ নভেম্বর", "কাজ"),
        ("৫ ডিসেম্বর", "ডিসেম্বরের"),
        ("৩১ ডিসেম্বর", plan.tasks.order_by("pk")[0].title),
    ]


def test_decision_without_a_day_waits_a_month_before_it_is_urgent(team: Team) -> None:
    post = team.member.scope.main_post
    decide(team, decided(post, text="নতুন", due="যথাশীঘ্র"))
    decide(team, decided(post, text="পুরোনো", due=""), on=date(2026, 10, 20))
    page = home_of(team.member)
    this_week, later = (list_.xpath("string(.//b)") for list_ in find(page, "ul.todo"))
    assert (this_week, later) == ("পুরোনো", "নতুন")
    assert set(texts_of(page, "ul.todo .chip")) == {"তারিখ নেই"}
    assert "যথাশীঘ্র" in texts_of(page, "ul.todo li")[1]


def test_decision_item_leads_to_its_form_and_goes_when_it_is_done(team: Team) -> None:
    meeting = decide(team, decided(team.member.scope.main_post))
    assignment = owed_of(meeting)[0]
    link = find(home_of(team.member), "ul.todo a")[0]
    assert link.text == "অগ্রগতি জানান"
    assert link.get("href") == reverse("meetings:assignment_report", args=[assignment.pk])
    told = {"assignment": assignment, "by": team.member, "on": date(2026, 11, 15)}
    report_assignment(**told, text="অর্ধেক", is_done=False)
    assert "শেষ জানানো ১৫ নভেম্বর" in texts_of(home_of(team.member), "ul.todo li")[0]
    report_assignment(**told, text="সব", is_done=True)
    assert items_of(team.member) == []


def test_decision_of_a_superior_office_is_owed_once_it_was_sent() -> None:
    country: Country = make_country()
    meeting = make_meeting(
        country.district,
        by=country["district.head"],
        decisions=[decided(country.upazila, text="হেল্প ডেস্ক চালু করুন")],
        status=MeetingStatus.FINALISED,
    )
    item = ("৩০ নভেম্বর", "হেল্প ডেস্ক চালু করুন")
    assert item not in items_of(country["upazila.head"])
    circulate_minutes(meeting=meeting, by=country["district.head"])
    assert item in items_of(country["upazila.head"])
    assert item not in items_of(country["sibling.head"])
    assert country.district.name_bn in " ".join(texts_of(home_of(country["upazila.head"]), "li"))


def test_reported_decision_waits_for_those_who_lead_the_team(team: Team) -> None:
    meeting = decide(team, decided(team.member.scope.main_post, text="ফরম ছোট করা"))
    waits = ("মত বাকি", "ফরম ছোট করা")
    assert waits not in items_of(team.head)
    report_assignment(
        assignment=owed_of(meeting)[0],
        by=team.member,
        text="হয়েছে",
        is_done=True,
        on=date(2026, 11, 20),
    )
    assert items_of(team.head) == items_of(team.innovation_officer) == [waits]
    assert items_of(team.member) == []
    assert "দেখে সিদ্ধান্ত দিন" in texts_of(home_of(team.head), "ul.todo li")[0]
    complete_decision(decision=meeting.decisions.get(), by=team.head)
    assert items_of(team.head) == []


def test_minutes_wait_for_their_next_step_from_the_day_after_the_meeting(team: Team) -> None:
    meeting = make_meeting(
        team.office, by=team.head, on=date(2026, 11, 21), kind=MeetingKind.SPECIAL
    )
    name = "কার্যবিবরণী: নভেম্বর ২০২৬ মাসের বিশেষ সভা"
    assert items_of(team.innovation_officer) == []
    with time_machine.travel(datetime(2026, 11, 22, 6, tzinfo=UTC)):
        assert items_of(team.innovation_officer) == [("খসড়া", name)]
        assert items_of(team.member) == []
        finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=date(2026, 11, 22))
        assert items_of(team.innovation_officer) == [("জারি হয়নি", name)]
        link = find(home_of(team.head), "ul.todo a")[0]
        assert (link.text, link.get("href")) == ("জারি করুন", meeting.get_absolute_url())
        circulate_minutes(meeting=Meeting.objects.get(), by=team.head)
        assert items_of(team.innovation_officer) == []


def test_old_minutes_taken_in_do_not_bury_the_week(team: Team) -> None:
    for month in range(1, 6):
        make_meeting(team.office, by=team.head, on=date(2024, month, 10))
    assert items_of(team.head) == []


def test_meeting_of_the_month_is_asked_for_until_called_or_explained() -> None:
    team = make_team()
    wanted = ("৩০ নভেম্বর", "এ মাসের সভা এখনো ডাকা হয়নি")
    assert items_of(team.head) == items_of(team.innovation_officer) == [wanted]
    assert items_of(team.member) == []
    link = find(home_of(team.head), "ul.todo a")[0]
    assert link.get("href") == reverse("meetings:list")
    make_meeting(team.office, by=team.head, on=date(2026, 11, 26), kind=MeetingKind.SPECIAL)
    assert items_of(team.head) == [wanted]
    make_meeting(team.office, by=team.head, on=date(2026, 11, 25), status=MeetingStatus.CANCELLED)
    assert items_of(team.head) == [wanted]
    make_meeting(team.office, by=team.head, on=date(2026, 11, 25))
    assert items_of(team.head) == []
    with time_machine.travel(datetime(2026, 12, 28, 6, tzinfo=UTC)):
        asked = [title for chip, title in items_of(team.head) if chip == "৩১ ডিসেম্বর"]
        assert asked == ["এ মাসের সভা এখনো ডাকা হয়নি"]
        month = date(2026, 12, 1)
        explain_no_meeting(office=team.office, month=month, reason="ছুটি", by=team.head)
        assert "এ মাসের সভা এখনো ডাকা হয়নি" not in [title for _, title in items_of(team.head)]


# --- Transfers ---------------------------------------------------------------------------------
def test_transfer_hands_the_items_over_the_same_day(team: Team, plan: WorkPlan) -> None:
    add_task(team, plan, "চলমান কাজ", "২৫ নভেম্বর ২০২৬")
    owed = items_of(team.member)
    assert ("২৫ নভেম্বর", "চলমান কাজ") in owed
    post = team.member.scope.main_post
    PostHolding.objects.filter(person=team.member).update(ends_on=date(2026, 11, 20))
    successor = make_person("নাসরিন সুলতানা")
    give_post(post=post, person=successor, starts_on=date(2026, 11, 21))
    assert items_of(User.objects.get(pk=team.member.pk)) == []
    assert items_of(successor) == owed
    # The one who left finds nothing of the office any more, by address either.
    left = client_of(User.objects.get(pk=team.member.pk))
    assert left.get(plan.get_absolute_url()).status_code == 404
    shown = client_of(successor).get(plan.get_absolute_url())
    assert "নাসরিন সুলতানা" in texts_of(shown, ".holder")


def test_additional_charge_adds_the_other_posts_items(team: Team, plan: WorkPlan) -> None:
    add_task(team, plan, "প্রোগ্রামারের কাজ", "২৫ নভেম্বর ২০২৬")
    vacant = team.member.scope.main_post
    PostHolding.objects.filter(person=team.member).update(ends_on=date(2026, 11, 20))
    assert items_of(team.innovation_officer) == []
    give_post(
        post=vacant,
        person=team.innovation_officer,
        starts_on=date(2026, 11, 21),
        kind=HoldingKind.ADDITIONAL,
    )
    deputy = User.objects.get(pk=team.innovation_officer.pk)
    assert ("২৫ নভেম্বর", "প্রোগ্রামারের কাজ") in items_of(deputy)


# --- The frame ---------------------------------------------------------------------------------
def test_rail_counts_what_is_late(team: Team, plan: WorkPlan) -> None:
    def counts(person: User) -> list[str]:
        return texts_of(home_of(person), ".rail .count")

    assert counts(team.member) == []
    for title in ("এক", "দুই"):
        add_task(team, plan, title, "১ নভেম্বর ২০২৬")
    late = add_task(team, plan, "তিন", "২০ নভেম্বর ২০২৬")
    assert [count.split()[0] for count in counts(team.member)] == ["৩"]
    assert counts(team.head) == []
    make_progress(late, by=team.member, percent=100)
    assert [count.split()[0] for count in counts(team.member)] == ["২"]
    post = team.member.scope.main_post
    decide(team, decided(post, due="২০ নভেম্বর ২০২৬"), decided(post, due="২১ নভেম্বর ২০২৬"))
    assert [count.split()[0] for count in counts(team.member)] == ["৩"]


def test_doors_stand_in_the_order_of_the_work(team: Team) -> None:
    page = home_of(team.member)
    assert [link.get("href") for link in find(page, ".rail a")] == [
        "/",
        "/plans/",
        "/ideas/",
        "/meetings/",
        "/reports/",
        "/offices/",
    ]
    # The phone's bar has room for five; the last door moves into the person's menu.
    assert texts_of(page, ".tabs a") == ["করণীয়", "পরিকল্পনা", "আইডিয়া", "সভা", "প্রতিবেদন"]
    assert "টিম ও দপ্তর" in texts_of(page, ".menu a")


def test_order_of_a_team_waits_for_its_head_alone(team: Team) -> None:
    draft = make_team_order(team.office, by=team.head, status=TeamStatus.DRAFT)
    assert ("স্বাক্ষর বাকি", "টিম গঠনের অফিস আদেশ") in items_of(team.head)
    assert draft.get_absolute_url() in home_of(team.head).content.decode()
    assert "টিম গঠনের অফিস আদেশ" not in home_of(team.innovation_officer).content.decode()
    InnovationTeam.objects.all().delete()
    assert "টিম গঠনের অফিস আদেশ" not in home_of(team.head).content.decode()


def test_home_asks_the_database_as_often_for_a_hundred_decisions(team: Team) -> None:
    client = client_of(team.head)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(HOME).status_code == 200
        return len(queries)

    def add(how_many: int) -> None:
        """As many owed, reported and waiting for the head's word, and minutes to be settled."""
        posts = (team.head.scope.main_post, team.member.scope.main_post)
        words = [decided(post, text=str(n)) for n in range(how_many) for post in posts]
        meeting = decide(team, *words)
        for assignment in owed_of(meeting):
            if assignment.post == posts[1]:
                report_assignment(
                    assignment=assignment,
                    by=team.head,
                    text="হয়েছে",
                    is_done=True,
                    on=date(2026, 11, 20),
                )
        for day in range(1, 1 + how_many // 10):
            make_meeting(
                team.office, by=team.head, on=date(2026, 10, day), kind=MeetingKind.SPECIAL
            )

    add(1)
    few = asked()
    add(100)
    assert asked() == few <= 31


def test_piece_of_a_page_counts_nothing_for_the_frame_it_has_not(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = make_plan(team.office, by=team.head).tasks.get()
    counted: list[User] = []
    monkeypatch.setattr(
        "duties.context_processors.late_count", lambda user, today: counted.append(user) or 0
    )
    client, grid = client_of(team.member), {"X-Requested-With": "grid"}
    client.post(reverse("workplans:task_duplicate", args=[task.pk]), headers=grid)
    assert counted == []
    client.get(HOME)
    assert counted == [team.member]


def test_home_says_which_day_it_is_in_both_calendars(team: Team) -> None:
    said = texts_of(home_of(team.member), ".head .muted")
    assert said == ["আজ শনিবার, ২১ নভেম্বর ২০২৬ · ৬ অগ্রহায়ণ ১৪৩৩"]


def test_home_shows_the_plan_of_today_rather_than_the_newest(team: Team) -> None:
    current = make_plan(team.office, by=team.head)
    make_plan(team.office, by=team.head, period="2027-2028")
    button = find(home_of(team.member), ".actions a")[0]
    assert button.get("href") == current.get_absolute_url()


# --- When the report is due ----------------------------------------------------------------------
def make_rule(month: int, day: int, start: date, end: date | None = None) -> DueRule:
    return DueRule.objects.create(
        kind=DueKind.ANNUAL_REPORT, month=month, day=day, valid_from=start, valid_to=end, source="—"
    )


def next_due(today: date) -> date | None:
    return DueRule.objects.next_due(DueKind.ANNUAL_REPORT, today)


def test_gazette_of_2023_is_the_rule_that_comes_with_the_system() -> None:
    import_module("teams.migrations.0005_due_rules").add_rules(apps, None)
    rule = DueRule.objects.get(kind=DueKind.ANNUAL_REPORT)
    assert (rule.month, rule.day, rule.valid_from) == (7, 31, date(2023, 11, 16))
    assert "১৬ নভেম্বর ২০২৩" in rule.source


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 7, 30), date(2026, 7, 31)),
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2027, 7, 31)),
        (date(2026, 12, 31), date(2027, 7, 31)),
        (date(2027, 1, 1), date(2027, 7, 31)),
    ],
)
def test_next_due_goes_over_the_end_of_the_year(no_rules: None, today: date, due: date) -> None:
    make_rule(7, 31, date(2023, 11, 16))
    assert next_due(today) == due


@pytest.mark.parametrize("old_ends", [None, date(2026, 12, 31)], ids=["left open", "ended"])
@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 6, 1), date(2026, 7, 31)),  # by the old rule
        (date(2026, 11, 21), date(2027, 6, 15)),  # by the new one, already known
        (date(2027, 6, 15), date(2027, 6, 15)),
        (date(2027, 6, 16), date(2028, 6, 15)),  # and not 31 July again
    ],
)
def test_next_due_follows_a_new_rule_from_its_day(
    no_rules: None, old_ends: date | None, today: date, due: date
) -> None:
    make_rule(7, 31, date(2023, 11, 16), old_ends)
    make_rule(6, 15, date(2027, 1, 1))
    assert next_due(today) == due


def test_next_due_before_a_later_day_of_a_new_rule_is_the_old_one() -> None:
    make_rule(7, 31, date(2023, 11, 16))
    make_rule(9, 15, date(2027, 8, 1))
    assert next_due(date(2027, 6, 1)) == date(2027, 7, 31)
    assert next_due(date(2027, 8, 1)) == date(2027, 9, 15)


def test_next_due_without_a_rule_in_force_is_none() -> None:
    assert next_due(date(2026, 11, 21)) is None
    make_rule(7, 31, date(2020, 1, 1), date(2023, 12, 31))
    assert next_due(date(2026, 11, 21)) is None


def test_home_counts_the_days_to_the_report(team: Team) -> None:
    assert "বাকি" not in " ".join(texts_of(home_of(team.member), "aside"))
    make_rule(7, 31, date(2023, 11, 16))
    assert "৩১ জুলাই ২০২৭ · বাকি ২৫২ দিন" in texts_of(home_of(team.member), "aside p")
    with time_machine.travel(datetime(2027, 7, 31, 17, 59, tzinfo=UTC)):
        assert "৩১ জুলাই ২০২৭ · বাকি ০ দিন" in texts_of(home_of(team.member), "aside p")
    with time_machine.travel(datetime(2027, 7, 31, 18, 0, tzinfo=UTC)):
        assert "৩১ জুলাই ২০২৮ · বাকি ৩৬৫ দিন" in texts_of(home_of(team.member), "aside p")
