"""Looking at some of a plan's rows, and going on writing in them."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.models import TermOfReference
from tests.factories import Team, make_progress, make_task
from tests.pages import find, texts_of
from tests.workplans.rows import GRID, ROW, save, tool
from workplans.actions import tag_task
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def rows(team: Team, plan: WorkPlan) -> dict[str, Task]:
    """One row in each state, under two subjects, of two posts; the late one serves a duty."""
    words = {
        "late": {"start_text": "১ জুলাই ২০২৬", "end_text": "১৫ নভেম্বর ২০২৬"},
        "at_risk": {"start_text": "১ জুলাই ২০২৬", "end_text": "২৫ নভেম্বর ২০২৬"},
        "done": {"start_text": "১ জুলাই ২০২৬", "end_text": "৩০ নভেম্বর ২০২৬"},
        "running": {"start_text": "১ নভেম্বর ২০২৬", "end_text": "৩০ জুন ২০২৭"},
        "upcoming": {
            "responsible_text": "উপজেলা নির্বাহী অফিসার",
            "start_text": "১ মার্চ ২০২৭",
            "end_text": "৩০ মে ২০২৭",
        },
        "undated": {"responsible_text": "", "start_text": "", "end_text": ""},
    }
    made = {
        state: make_task(plan, by=team.head, number=number, title=state, **cells)
        for number, (state, cells) in enumerate(words.items(), start=1)
    }
    make_progress(made["done"], by=team.head, percent=100)
    term = TermOfReference.objects.covering(date(2026, 7, 1)).get(number=3)
    tag_task(task=made["late"], terms=[term], by=team.head)
    return made


def shown(response: HttpResponse) -> list[tuple[str, str]]:
    """Numbers and titles of the rows of a page, without the empty one its script adds."""
    return [
        (row.findtext("td/a"), row.findtext("td[@data-field='title']/span"))
        for row in find(response, "tr[data-task]")
        if row.get("data-task")
    ]


def asked(client: Client, plan: WorkPlan, query: str) -> list[tuple[str, str]]:
    return shown(client.get(f"{plan.get_absolute_url()}?{query}"))


# --- What is shown -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=late", ["late"]),
        ("state=at_risk", ["at_risk"]),
        ("state=done", ["done"]),
        ("state=running", ["running"]),
        ("state=upcoming", ["upcoming"]),
        ("state=undated", ["undated"]),
        ("term=3", ["late"]),
        ("term=none&state=done", ["done"]),
        ("post=none", ["undated"]),
        ("mine=1", ["late", "done", "at_risk", "running"]),
        ("mine=1&state=at_risk", ["at_risk"]),
    ],
)
def test_filter_shows_the_rows_asked_for(
    client: Client, plan: WorkPlan, rows: dict[str, Task], query: str, titles: list[str]
) -> None:
    assert [title for _number, title in asked(client, plan, query)] == titles


def test_rows_are_found_by_subject_and_post_under_the_plans_own_numbers(
    client: Client, team: Team, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    second = rows["at_risk"].subject_id
    assert asked(client, plan, f"subject={second}") == [
        ("২.১", "at_risk"), ("২.২", "running"), ("২.৩", "undated"),
    ]  # fmt: skip
    post = team.head.scope.main_post
    assert post is not None
    assert asked(client, plan, f"post={post.pk}") == [("১.৩", "upcoming")]


@pytest.mark.parametrize(
    "query",
    ["", "state=nonsense", "subject=99999999999999999999", "post=x", "term=%00", "mine=", "a=b",
     "subject=১", "state=late%00"],
)  # fmt: skip
def test_filter_nobody_offered_shows_every_row(
    client: Client, plan: WorkPlan, rows: dict[str, Task], query: str
) -> None:
    answer = client.get(f"{plan.get_absolute_url()}?{query}")
    assert len(shown(answer)) == 6
    assert not find(answer, ".narrowed")


def test_page_says_how_many_are_shown_and_leads_back(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    answer = client.get(f"{plan.get_absolute_url()}?state=late")
    assert texts_of(answer, ".narrowed") == ["৬টির মধ্যে ১টি দেখানো হচ্ছে · সব দেখুন"]
    assert texts_of(answer, ".views [aria-current]") == ["দেরি ১"]
    assert "৬টি কাজ" in texts_of(answer, "[data-grid-summary]")[0]
    # Rows keep their places while some are out of sight.
    assert not find(answer, "[data-drag]")
    assert not find(answer, "tr[data-move-url]")
    everything = client.get(plan.get_absolute_url())
    assert len(find(everything, "[data-drag]")) == 6
    assert texts_of(everything, ".views [aria-current]") == ["ছক"]


def test_filter_without_a_row_offers_the_way_back(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    answer = client.get(f"{plan.get_absolute_url()}?state=late&term=none")
    assert shown(answer) == []
    assert "এমন কোনো কাজ নেই" in answer.content.decode()


def test_filter_costs_no_query(client: Client, plan: WorkPlan, rows: dict[str, Task]) -> None:
    counts = []
    for query in ("", "?state=late", "?mine=1&term=none&state=done"):
        client.get(plan.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{plan.get_absolute_url()}{query}")
        counts.append(len(queries))
    assert len(set(counts)) == 1


# --- Writing while some rows are shown ------------------------------------------------------------
LATE = {**GRID, "X-Grid-View": "?state=late"}


def in_grid(answer: HttpResponse, rows: dict[str, Task]) -> set[str]:
    html = answer.json()["grid"]
    return {name for name, task in rows.items() if f'id="task-{task.pk}"' in html}


def test_answers_keep_to_the_rows_looked_at(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    url = reverse("workplans:task_delete", args=[rows["done"].pk])
    answer = client.post(url, headers=LATE)
    assert in_grid(answer, rows) == {"late"}
    assert "৫টির মধ্যে ১টি" in answer.json()["grid"]
    assert "দেরি ১" in " ".join(answer.json()["views"].split())
    # Without the header everything is there, as on a page without a filter.
    answer = tool(client, rows["running"], "delete")
    assert in_grid(answer, rows) == {"late", "at_risk", "upcoming", "undated"}


def test_row_that_no_longer_fits_stays_where_its_writer_is(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    task = rows["late"]
    words = {name: getattr(task, name) for name in ROW if name != "subject"}
    answer = client.post(
        reverse("workplans:task_update", args=[task.pk]),
        {**words, "end_text": "৩০ জুন ২০২৭", "version": task.version},
        headers=LATE,
    )
    assert f'id="task-{task.pk}"' in answer.json()["row"]
    assert "chip-late" not in answer.json()["views"]
    assert asked(client, plan, "state=late") == []


def test_new_row_is_shown_whatever_the_filter(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    url = reverse("workplans:task_create", args=[plan.pk])
    answer = client.post(url, {**ROW, "title": "নতুন"}, headers=LATE)
    new = Task.objects.get(title="নতুন")
    assert in_grid(answer, {**rows, "new": new}) == {"late", "new"}


def test_buttons_of_a_row_lead_back_to_the_same_rows_without_scripts(
    client: Client, plan: WorkPlan, rows: dict[str, Task]
) -> None:
    page = client.get(f"{plan.get_absolute_url()}?state=late")
    view = find(page, "#row-tools [name='view']")[0].get("value")
    assert view == "?state=late"
    answer = tool(client, rows["late"], "duplicate", page=True, view=view)
    copy = Task.objects.latest("pk")
    assert answer.url == f"{plan.get_absolute_url()}?state=late&show={copy.pk}#task-{copy.pk}"
    assert [title for _number, title in shown(client.get(answer.url))] == ["late", "late"]


@pytest.mark.parametrize("view", ["?\x00", "x" * 5000, "?" + "a=1&" * 1200, "%ff%fe", "?show=1"])
def test_odd_filter_of_a_script_is_no_filter(
    client: Client, plan: WorkPlan, rows: dict[str, Task], view: str
) -> None:
    answer = tool(client, rows["late"], "duplicate", view=view)
    assert answer.status_code == 200
    assert len(in_grid(answer, rows)) == 6
    assert save(client, rows["done"], title="অন্য", view=view).status_code == 200
