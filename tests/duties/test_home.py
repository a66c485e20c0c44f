"""The home page: what each post owes, and to whom it falls when people move."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.http import HttpResponse
from django.urls import reverse

from duties.enums import DueKind
from duties.models import DueRule
from teams.actions import give_post
from teams.enums import HoldingKind
from teams.models import PostHolding, User
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
from tests.pages import find, texts_of
from workplans.actions import close_workplan, delete_task
from workplans.enums import PlanStatus
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HOME = "/"


@pytest.fixture
def team() -> Team:
    return make_team()


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


def test_recurring_task_shows_its_next_day_with_its_words(team: Team, plan: WorkPlan) -> None:
    add_task(team, plan, "মাসিক সভা", start="প্রতি মাসের ২৫ তারিখ")
    assert items_of(team.member)[0] == ("২৫ নভেম্বর", "মাসিক সভা")
    assert "প্রতি মাসের ২৫ তারিখ" in texts_of(home_of(team.member), "ul.todo li")[0]
    with time_machine.travel(datetime(2026, 11, 25, 18, 0, tzinfo=UTC)):
        assert ("২৫ ডিসেম্বর", "মাসিক সভা") in items_of(team.member)


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
    client_of(team.head).post(reverse("workplans:approve", args=[plan.pk]))
    assert items_of(team.head) == []


def test_returned_plan_waits_for_the_whole_team_with_its_reason(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.RETURNED)
    for person in (team.head, team.innovation_officer, team.member):
        assert items_of(person)[0] == ("ফেরত এসেছে", f"কর্মপরিকল্পনা {plan.period.label}")
        assert "তারিখগুলো আবার দেখুন" in texts_of(home_of(person), "ul.todo li")[0]


def test_superiors_are_told_of_plans_below_but_owe_nothing() -> None:
    country: Country = make_country()
    make_plan(country.upazila, by=country["upazila.head"], status=PlanStatus.SUBMITTED)
    assert items_of(country["district.head"]) == []
    assert "পেশ করা পরিকল্পনা: ১টি" in " ".join(texts_of(home_of(country["district.head"]), "aside p"))
    assert not texts_of(home_of(country["sibling.head"]), "aside p a")


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
@pytest.fixture
def no_rules() -> None:
    DueRule.objects.all().delete()


def make_rule(month: int, day: int, start: date, end: date | None = None) -> DueRule:
    return DueRule.objects.create(
        kind=DueKind.ANNUAL_REPORT, month=month, day=day, valid_from=start, valid_to=end, source="—"
    )


def next_due(today: date) -> date | None:
    return DueRule.objects.next_due(DueKind.ANNUAL_REPORT, today)


def test_gazette_of_2023_is_the_rule_that_comes_with_the_system(no_rules: None) -> None:
    import_module("duties.migrations.0002_due_rules").add_rules(apps, None)
    rule = DueRule.objects.get()
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


def test_next_due_before_a_later_day_of_a_new_rule_is_the_old_one(no_rules: None) -> None:
    make_rule(7, 31, date(2023, 11, 16))
    make_rule(9, 15, date(2027, 8, 1))
    assert next_due(date(2027, 6, 1)) == date(2027, 7, 31)
    assert next_due(date(2027, 8, 1)) == date(2027, 9, 15)


def test_next_due_without_a_rule_in_force_is_none(no_rules: None) -> None:
    assert next_due(date(2026, 11, 21)) is None
    make_rule(7, 31, date(2020, 1, 1), date(2023, 12, 31))
    assert next_due(date(2026, 11, 21)) is None


def test_home_counts_the_days_to_the_report(team: Team, no_rules: None) -> None:
    assert "বাকি" not in " ".join(texts_of(home_of(team.member), "aside"))
    make_rule(7, 31, date(2023, 11, 16))
    assert "৩১ জুলাই ২০২৭ · বাকি ২৫২ দিন" in texts_of(home_of(team.member), "aside p")
    with time_machine.travel(datetime(2027, 7, 31, 17, 59, tzinfo=UTC)):
        assert "৩১ জুলাই ২০২৭ · বাকি ০ দিন" in texts_of(home_of(team.member), "aside p")
    with time_machine.travel(datetime(2027, 7, 31, 18, 0, tzinfo=UTC)):
        assert "৩১ জুলাই ২০২৮ · বাকি ৩৬৫ দিন" in texts_of(home_of(team.member), "aside p")
