"""Rows and subjects of a plan as they are moved and renamed."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import Team, client_of, make_plan, make_team
from tests.workplans.rows import GRID, add, arrangement, save, tool
from workplans.actions import delete_task, step_task
from workplans.models import Subject, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# --- Moving ----------------------------------------------------------------------------------
@pytest.fixture
def four(client: Client, plan: WorkPlan) -> dict[str, Task]:
    for subject, title in [("ক", "এক"), ("ক", "দুই"), ("খ", "তিন"), ("খ", "চার")]:
        add(client, plan, subject=subject, title=title)
    return {task.title: task for task in plan.tasks.all()}


@pytest.mark.parametrize(
    ("title", "to", "after"),
    [
        ("দুই", "up", ["ক দুই", "ক এক", "খ তিন", "খ চার"]),
        ("এক", "down", ["ক দুই", "ক এক", "খ তিন", "খ চার"]),
        ("দুই", "down", ["ক এক", "খ দুই", "খ তিন", "খ চার"]),
        ("তিন", "up", ["ক এক", "ক দুই", "ক তিন", "খ চার"]),
        ("এক", "up", ["ক এক", "ক দুই", "খ তিন", "খ চার"]),
        ("চার", "down", ["ক এক", "ক দুই", "খ তিন", "খ চার"]),
    ],
)
def test_move_by_one_place_goes_into_the_next_subject_at_the_edge(
    client: Client, plan: WorkPlan, four: dict[str, Task], title: str, to: str, after: list[str]
) -> None:
    assert tool(client, four[title], "move", to=to).json()["focus"] == four[title].pk
    assert [" ".join(row) for row in arrangement(plan)] == after


def test_move_by_dropping_on_a_row_of_another_subject(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    tool(client, four["এক"], "move", before=four["চার"].pk)
    assert [" ".join(row) for row in arrangement(plan)] == ["ক দুই", "খ তিন", "খ এক", "খ চার"]


def test_move_of_the_last_row_takes_the_heading_along(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    for title in ("দুই", "এক"):
        tool(client, four[title], "move", before=four["তিন"].pk)
    assert [" ".join(row) for row in arrangement(plan)] == ["খ দুই", "খ এক", "খ তিন", "খ চার"]
    assert [subject.name for subject in plan.subjects.all()] == ["খ"]


def test_move_is_not_undone_by_a_save_from_before_it(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    copy = Task.objects.select_related("subject").get(pk=four["এক"].pk)
    tool(client, four["এক"], "move", before=four["চার"].pk)
    response = save(client, copy, title="এক, নতুন কথায়")
    assert response.status_code == 409
    assert ("খ", "এক") in arrangement(plan)


def test_move_to_a_row_of_another_plan_is_not_found(
    client: Client, team: Team, four: dict[str, Task]
) -> None:
    other = make_plan(team.office, by=team.head, period="2025-2026").tasks.get()
    assert tool(client, four["এক"], "move", before=other.pk).status_code == 404


# --- Subjects --------------------------------------------------------------------------------
def rename(client: Client, subject: Subject, name: str) -> HttpResponse:
    url = reverse("workplans:subject_rename", args=[subject.pk])
    return client.post(url, {"name": name}, headers=GRID)


def test_rename_keeps_the_rows_and_the_place(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    rename(client, four["এক"].subject, "  নতুন   বিষয় ")
    assert arrangement(plan)[:2] == [("নতুন বিষয়", "এক"), ("নতুন বিষয়", "দুই")]


def test_rename_to_a_known_name_joins_the_two(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    assert rename(client, four["তিন"].subject, "ক").status_code == 200
    assert [" ".join(row) for row in arrangement(plan)] == ["ক এক", "ক দুই", "ক তিন", "ক চার"]
    assert plan.subjects.count() == 1


@pytest.mark.parametrize("up", [True, False])
def test_move_of_a_row_taken_out_meanwhile_changes_nothing(
    plan: WorkPlan, four: dict[str, Task], team: Team, up: bool
) -> None:
    copy = Task.objects.select_related("plan", "subject").get(pk=four["দুই"].pk)
    delete_task(task=four["দুই"], by=team.head)
    step_task(task=copy, by=team.member, up=up)
    assert [title for _, title in arrangement(plan)] == ["এক", "তিন", "চার"]


def test_rename_is_not_undone_by_a_save_from_before_it(
    client: Client, plan: WorkPlan, four: dict[str, Task]
) -> None:
    copy = Task.objects.select_related("subject").get(pk=four["এক"].pk)
    rename(client, four["এক"].subject, "নতুন")
    assert save(client, copy, title="এক, নতুন কথায়").status_code == 409
    assert {subject for subject, _ in arrangement(plan)} == {"নতুন", "খ"}


def test_rename_in_someone_elses_plan_is_not_found(four: dict[str, Task], team: Team) -> None:
    stranger = make_team("stranger", parent=team.office)
    response = rename(client_of(stranger.head), four["এক"].subject, "দখল")
    assert response.status_code == 404
