"""Who is in a plan just now, and how its rows stand, as the open page asks for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import Team, client_of, make_plan, make_task, make_team
from tests.workplans.rows import GRID, ROW, add, save, tool
from workplans.actions import rename_subject, submit_workplan
from workplans.actions.presence import FORGOTTEN, STALE
from workplans.models import Presence, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def beat(client: Client, plan: WorkPlan, **said: object) -> Any:
    """One beat of an open page, and what it is told."""
    url = reverse("workplans:presence", args=[plan.pk])
    response = client.post(url, said, headers=GRID)
    assert response.status_code == 200
    return response.json()


def rows(client: Client, plan: WorkPlan, *pks: object) -> HttpResponse:
    return client.get(reverse("workplans:rows", args=[plan.pk]), {"row": pks}, headers=GRID)


@pytest.fixture
def head(team: Team) -> Client:
    return client_of(team.head)


def age(by: timedelta) -> None:
    """As if everybody's last beat were so long ago."""
    Presence.objects.update(seen_at=timezone.now() - by)


# --- Who is there ----------------------------------------------------------------------------
def test_others_see_who_writes_which_row(
    client: Client, head: Client, plan: WorkPlan, task: Task, team: Team
) -> None:
    assert beat(head, plan)["others"] == []
    beat(client, plan, task=task.pk)
    seen = {"name": team.member.name_bn, "initials": team.member.initials, "task": task.pk}
    assert beat(head, plan)["others"] == [seen]
    assert beat(client, plan)["others"][0]["task"] is None
    beat(client, plan, left="1")
    assert beat(head, plan)["others"] == [{**seen, "task": None}]


def test_second_window_does_not_wipe_out_the_row_of_the_first(
    client: Client, head: Client, plan: WorkPlan, task: Task
) -> None:
    beat(client, plan, task=task.pk)
    beat(client, plan)
    assert beat(head, plan)["others"][0]["task"] == task.pk
    age(STALE + timedelta(seconds=1))
    beat(client, plan)
    assert beat(head, plan)["others"][0]["task"] is None


def test_nobody_stays_after_going(client: Client, head: Client, plan: WorkPlan) -> None:
    beat(client, plan)
    beat(client, plan, gone="1")
    assert beat(head, plan)["others"] == []
    beat(client, plan)
    age(STALE + timedelta(seconds=1))
    assert beat(head, plan)["others"] == []


def test_what_nobody_needs_is_swept_away(client: Client, head: Client, plan: WorkPlan) -> None:
    beat(client, plan)
    age(FORGOTTEN + timedelta(minutes=1))
    beat(head, plan)
    assert Presence.objects.get().user_id == int(head.session["_auth_user_id"])


@pytest.mark.parametrize("named", ["", "০", "x", "\0", "9" * 30, "-1"])
def test_odd_row_is_no_row(client: Client, head: Client, plan: WorkPlan, named: str) -> None:
    beat(client, plan, task=named)
    assert beat(head, plan)["others"][0]["task"] is None


def test_row_of_another_plan_is_no_row(
    client: Client, head: Client, plan: WorkPlan, team: Team
) -> None:
    other = make_plan(team.office, by=team.head, period="2020-2021")
    beat(client, plan, task=other.tasks.get().pk)
    assert beat(head, plan)["others"][0]["task"] is None


def test_nobody_else_sees_who_is_there(plan: WorkPlan, team: Team) -> None:
    submit = make_task(plan, by=team.head)
    submit_workplan(workplan=plan, by=team.head)
    elsewhere = client_of(make_team("elsewhere", team.office).head)
    for name in ("presence", "rows", "undo"):
        url = reverse(f"workplans:{name}", args=[plan.pk])
        for ask in (elsewhere.get, elsewhere.post):
            assert ask(url, headers=GRID).status_code in (404, 405)
    assert not Presence.objects.exists()
    assert submit.plan_id == plan.pk


def test_page_learns_that_the_plan_was_sent_meanwhile(
    client: Client, plan: WorkPlan, task: Task, team: Team
) -> None:
    assert "closed" not in beat(client, plan)
    submit_workplan(workplan=plan, by=team.head)
    assert "অনুমোদনের অপেক্ষায়" in beat(client, plan)["closed"]


# --- How the rows stand ----------------------------------------------------------------------
def test_rows_are_told_once_and_again_when_they_changed(
    client: Client, plan: WorkPlan, task: Task, team: Team
) -> None:
    first = beat(client, plan)
    assert first["rows"].split()[1] == f"{task.pk}:1"
    assert "rows" not in beat(client, plan, mark=first["mark"])
    changes: list[Callable[[], object]] = [
        lambda: save(client, Task.everything.get(pk=task.pk), measure="অন্য"),
        lambda: add(client, plan, title="আরেকটি"),
        lambda: tool(client, task, "move", to="down"),
        lambda: rename_subject(subject=plan.subjects.get(), name="অন্য নাম", by=team.member),
        lambda: tool(client, task, "delete"),
    ]
    for change in changes:
        mark = beat(client, plan)["mark"]
        change()
        answer = beat(client, plan, mark=mark)
        assert answer["mark"] != mark
        assert answer["rows"]


def test_listing_says_what_the_page_shows(client: Client, plan: WorkPlan, team: Team) -> None:
    """The page compares the two word by word."""
    for number in range(1, 4):
        make_task(plan, by=team.head, number=number)
    listed = beat(client, plan)["rows"].split()
    page = client.get(plan.get_absolute_url()).content.decode()
    at = [
        page.index(
            f'data-subject-mark="{word[1:]}"'
            if word.startswith("s")
            else f'data-task="{word.split(":")[0]}" data-version="{word.split(":")[1]}"'
        )
        for word in listed
    ]
    assert len(at) == 5
    assert at == sorted(at)


def test_rows_come_by_themselves_or_all_at_once(client: Client, plan: WorkPlan) -> None:
    one, two = (add(client, plan, title=title).json()["focus"] for title in ("এক", "দুই"))
    some = rows(client, plan, one).json()
    assert list(some["rows"]) == [str(one)]
    assert "২টি কাজ" in some["summary"]
    every = rows(client, plan).json()
    assert f'id="task-{two}"' in every["grid"]
    assert rows(client, plan, "x", "9" * 30, two + 999).json()["rows"] == {}
    assert "grid" in rows(client, plan, *range(20)).json()


# --- What it costs ---------------------------------------------------------------------------
def test_beat_is_small_and_leaves_the_session_alone(
    client: Client, plan: WorkPlan, team: Team
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            beat(client, plan, mark=mark)
        return len(queries)

    make_task(plan, by=team.head)
    beat(client, plan)
    mark = beat(client, plan)["mark"]
    expires = Session.objects.get(session_key=client.session.session_key).expire_date
    few = cost()
    for number in range(2, 61):
        make_task(plan, by=team.head, number=number)
    answer = beat(client, plan)
    mark = answer["mark"]
    assert len(str(answer)) < 1024
    assert cost() == few <= 10
    session = Session.objects.get(session_key=client.session.session_key)
    assert session.expire_date == expires


def test_stale_name_of_a_subject_shows_both(client: Client, plan: WorkPlan, task: Task) -> None:
    url = reverse("workplans:subject_rename", args=[task.subject_id])
    assert client.post(url, {"name": "প্রথম নাম", "was": ROW["subject"]}, headers=GRID).json()["grid"]
    stale = {"name": "দ্বিতীয় নাম", "was": ROW["subject"]}
    for headers in (GRID, {}):
        response = client.post(url, stale, headers=headers)
        assert response.status_code == 409
        page = response.json()["conflict"] if headers else response.content.decode()
        assert "প্রথম নাম" in page
        assert "দ্বিতীয় নাম" in page
    assert plan.subjects.get().name == "প্রথম নাম"
    # The same name again is no conflict: it may be the answer that was lost.
    again = client.post(url, {"name": "প্রথম নাম", "was": ROW["subject"]}, headers=GRID)
    assert again.status_code == 200
