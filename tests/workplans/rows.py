"""Typing in the rows of a plan as the grid does, and without it."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from workplans.models import Task, WorkPlan

GRID = {"X-Requested-With": "grid"}
CELLS = (
    "subject",
    "title",
    "start_text",
    "end_text",
    "responsible_text",
    "expected_result",
    "measure",
)
ROW = {
    "subject": "সেবা সহজীকরণ",
    "title": "নামজারি আবেদনের ধাপ কমানো",
    "start_text": "১ আগস্ট ২০২৬",
    "end_text": "৩১/১২/২০২৬",
    "responsible_text": "সহকারী প্রোগ্রামার",
    "expected_result": "ধাপ ১১টি থেকে ৭টিতে নামবে",
    "measure": "অনুমোদিত নকশা",
}


def add(client: Client, plan: WorkPlan, **cells: str) -> HttpResponse:
    """Send a new row as the grid does."""
    url = reverse("workplans:task_create", args=[plan.pk])
    return client.post(url, {**ROW, **cells}, headers=GRID)


def save(client: Client, task: Task, *, page: bool = False, **cells: object) -> HttpResponse:
    """Send a row from the copy `task`, with some cells typed anew; `page` without scripts.

    The form of a page sends the subject along, the grid does not.
    """
    words = {name: getattr(task, name) for name in CELLS if name != "subject"}
    if page:
        words["subject"] = task.subject.name
    form = {**words, "version": task.version, **cells}
    url = reverse("workplans:task_update", args=[task.pk])
    return client.post(url, form, headers={} if page else GRID)


def tool(client: Client, task: Task, name: str, *, page: bool = False, **data: object):
    """Press one of the row's buttons."""
    url = reverse(f"workplans:task_{name}", args=[task.pk])
    return client.post(url, data, headers={} if page else GRID)


def arrangement(plan: WorkPlan) -> list[tuple[str, str]]:
    """Subjects and titles in the order of the plan."""
    tasks = plan.tasks.kept().select_related("subject").in_order()
    return [(task.subject.name, task.title) for task in tasks]


def titles(plan: WorkPlan) -> list[str]:
    """The titles in the order of the plan."""
    return [title for _subject, title in arrangement(plan)]
