"""A page asks the database as often for a hundred rows as for one."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from teams.actions import give_post
from teams.enums import Role, Tier
from teams.models import Office
from tests.factories import (
    SINCE,
    Team,
    client_of,
    make_office,
    make_person,
    make_plan,
    make_post,
    make_progress,
    make_task,
    make_team,
)
from tests.reports.build import report_of
from workplans.actions import create_workplan
from workplans.enums import PlanStatus
from workplans.models import PlanImport, WorkPlan
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FEW, MANY = 1, 100


@dataclass
class World:
    """A team with one plan, and how many rows of each kind were made so far."""

    team: Team
    plan: WorkPlan
    made: dict[str, int] = field(default_factory=dict)

    def grow(self, kind: str, to: int, make: Callable[[int], object]) -> None:
        """Make rows until there are `to` of this kind; `make` gets each one's number."""
        for number in range(self.made.get(kind, 0), to):
            make(number)
        self.made[kind] = to


@pytest.fixture
def world() -> World:
    team = make_team()
    return World(team, make_plan(team.office, by=team.head, tasks=0))


# --- What each page is full of, and its address -------------------------------------------------
def tasks(world: World, count: int) -> None:
    """Rows with a responsible post, doubts and progress, some of them late or recurring."""

    def make(number: int) -> None:
        start = "প্রতি মাসের ২৫ তারিখ" if number % 3 else "১ আগস্ট ২০২৬"
        end = "" if number % 3 else "১ নভেম্বর ২০২৬"
        task = make_task(
            world.plan, by=world.team.head, number=number, start_text=start, end_text=end
        )
        make_progress(task, by=world.team.member)

    world.grow("task", count, make)


def home(world: World, count: int) -> str:
    tasks(world, count)
    plans_below(world, count)
    return reverse("duties:home")


def plan_detail(world: World, count: int) -> str:
    tasks(world, count)
    return world.plan.get_absolute_url()


def plan_filtered(world: World, count: int) -> str:
    return f"{plan_detail(world, count)}?mine=1&state=late"


def plan_timeline(world: World, count: int) -> str:
    tasks(world, count)
    return reverse("workplans:timeline", args=[world.plan.pk])


def plan_coverage(world: World, count: int) -> str:
    tasks(world, count)
    return reverse("workplans:coverage", args=[world.plan.pk])


def plan_terms(world: World, count: int) -> str:
    tasks(world, count)
    return reverse("workplans:plan_terms", args=[world.plan.pk])


def plan_xlsx(world: World, count: int) -> str:
    tasks(world, count)
    return reverse("workplans:xlsx", args=[world.plan.pk])


def plans_below(world: World, count: int) -> None:
    """Submitted plans, each of an office of its own."""

    def make(number: int) -> None:
        office = make_office(f"below-{number}", Tier.UPAZILA, world.team.office)
        plan = create_workplan(office=office, period=Period.parse("2026-2027"), by=None)
        make_task(plan, by=None)
        WorkPlan.objects.filter(pk=plan.pk).update(
            status=PlanStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=world.team.head,
        )

    world.grow("plan below", count, make)


def plan_list(world: World, count: int) -> str:
    plans_below(world, count)
    return reverse("workplans:list")


def plan_search(world: World, count: int) -> str:
    plans_below(world, count)
    return reverse("workplans:list") + "?q=ফরম&status=submitted"


def task_detail(world: World, count: int) -> str:
    tasks(world, 1)
    task = world.plan.tasks.get()
    world.grow("entry", count, lambda _: make_progress(task, by=world.team.member, evidence=True))
    return task.get_absolute_url()


def report_detail(world: World, count: int) -> str:
    tasks(world, count)
    return report_of(world.plan, by=world.team.head).get_absolute_url()


def report_list(world: World, count: int) -> str:
    """Reports, and as many plans without one."""

    def make(number: int) -> None:
        head, office = world.team.head, world.team.office
        report_of(make_plan(office, by=head, period=f"{1800 + number}", tasks=0), by=head)
        make_plan(office, by=head, period=f"{1900 + number}", tasks=0)

    world.grow("report", count, make)
    return reverse("reports:list")


def import_preview(world: World, count: int) -> str:
    cells = ("subject", "title", "start_text", "end_text", "responsible", "expected_result")
    row = {
        **dict.fromkeys((*cells, "measure", "progress"), "কথা"),
        "serial": "১",
        "starts_on": None,
        "ends_on": None,
        "doubts": [{"field": "title", "reason": "দেখে নিন"}],
    }
    table = PlanImport.objects.create(plan=world.plan, rows=[row] * count, skipped=[])
    return table.get_absolute_url()


def offices(world: World, count: int) -> None:
    def make(number: int) -> Office:
        return make_office(f"office-{number:03}", Tier.UPAZILA, world.team.office)

    world.grow("office", count, make)


def office_list(world: World, count: int) -> str:
    offices(world, count)
    return reverse("teams:office_list")


def office_detail(world: World, count: int) -> str:
    offices(world, count)

    def make(number: int) -> None:
        post = make_post(world.team.office, Role.MEMBER, f"পদ {number}")
        give_post(post=post, person=make_person(), starts_on=SINCE)

    world.grow("post", count, make)
    return world.team.office.get_absolute_url()


# Each page, and the most queries it may need. Four of them belong to the frame around every
# page: session, person, posts, late tasks.
PAGES = {
    home: 30,
    plan_list: 6,
    plan_search: 6,
    plan_detail: 13,
    plan_filtered: 13,
    plan_timeline: 11,
    plan_coverage: 11,
    plan_terms: 9,
    plan_xlsx: 12,
    task_detail: 13,
    report_detail: 32,
    report_list: 14,
    import_preview: 6,
    office_list: 6,
    office_detail: 11,
}


def asked(answer: Callable[[], HttpResponse]) -> int:
    """How many queries an answer costs."""
    with CaptureQueriesContext(connection) as queries:
        response = answer()
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("page", "most"), PAGES.items(), ids=lambda value: getattr(value, "__name__", "at most")
)
def test_page_asks_as_often_for_a_hundred_rows(
    world: World, page: Callable[[World, int], str], most: int
) -> None:
    client: Client = client_of(world.team.member)
    address = page(world, FEW)
    few = asked(lambda: client.get(address))
    address = page(world, MANY)
    many = asked(lambda: client.get(address))
    assert few == many <= most


def test_saving_a_row_asks_as_often_in_a_plan_of_a_hundred(world: World) -> None:
    client = client_of(world.team.member)

    def save(title: str) -> HttpResponse:
        task = world.plan.tasks.order_by("pk").first()
        words = {
            "title": title,
            "version": task.version,
            "subject": task.subject.name,
            "responsible_text": task.responsible_text,
        }
        url = reverse("workplans:task_update", args=[task.pk])
        return client.post(url, words, headers={"X-Requested-With": "grid"})

    tasks(world, FEW)
    save("প্রথম নাম")
    few = asked(lambda: save("দ্বিতীয় নাম"))
    tasks(world, MANY)
    assert asked(lambda: save("তৃতীয় নাম")) == few <= 29


def test_counting_notices_a_query_for_each_row(world: World) -> None:
    """The control: rows that are each asked for by themselves are seen to be."""

    def plainly() -> HttpResponse:
        return HttpResponse([task.subject.name for task in world.plan.tasks.all()])

    tasks(world, FEW)
    few = asked(plainly)
    tasks(world, MANY)
    assert asked(plainly) == few + MANY - FEW
