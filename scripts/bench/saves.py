"""Fifty officers saving rows of one plan at the same moment: every save counts or is refused.

Threads of one process, through the whole of the application as a browser meets it.
"""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from django.db import connections
from django.test import Client
from django.urls import reverse

from scripts.bench.measure import heading, line
from scripts.bench.pages import client_of
from scripts.bench.plans import editable_copy, fullest_plan
from workplans.actions import TEXT_FIELDS
from workplans.models import Task

OFFICERS = 50
SAVES_EACH = 3
SAVED, STALE = "saved", "refused as stale"


@dataclass(frozen=True, slots=True)
class Save:
    """One save: of which row, with which words, how it ended and after how many seconds."""

    task_id: int
    words: str
    outcome: str
    seconds: float


def measure() -> list[str]:
    """Print how the saves ended; returns what went wrong."""
    officer = fullest_plan().created_by
    plan = editable_copy(fullest_plan(), by=officer)
    tasks = list(plan.tasks.kept().select_related("subject"))
    alone = [save(client_of(officer), task, f"একা {task.pk}") for task in tasks]
    crowd = crowded_saves([client_of(officer) for _number in range(OFFICERS)], tasks)

    outcomes = Counter(each.outcome for each in crowd)
    longer = [each.seconds / statistics.median(one.seconds for one in alone) for each in crowd]
    heading(f"{OFFICERS} officers saving rows of one plan of {len(tasks)} rows at once, in threads")
    for outcome, count in outcomes.most_common():
        line(outcome, f"{count:8}")
    line(
        "a save in the crowd ÷ a save alone (median, longest)",
        f"{statistics.median(longer):8.0f} {max(longer):6.0f}",
    )
    return [
        *(f"saves: {outcome}" for outcome in outcomes if outcome not in {SAVED, STALE}),
        *(problem for task in tasks for problem in _what_became_of(task, [*alone, *crowd])),
    ]


def crowded_saves(clients: list[Client], tasks: list[Task]) -> list[Save]:
    """Every client saves SAVES_EACH rows, all beginning together; neighbours share some rows."""
    ready = Barrier(len(clients))

    def officer(number: int) -> list[Save]:
        ready.wait()
        try:
            return [
                save(clients[number], tasks[(number + turn) % len(tasks)], f"{number} {turn}")
                for turn in range(SAVES_EACH)
            ]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as threads:
        return [each for saves in threads.map(officer, range(len(clients))) for each in saves]


def save(client: Client, task: Task, words: str) -> Save:
    """Open the row, write `words` as its measure and save it, as the grid does."""
    started = time.perf_counter()
    try:
        opened = Task.objects.select_related("subject").get(pk=task.pk)
        cells = {name: getattr(opened, name) for name in TEXT_FIELDS}
        answer = client.post(
            reverse("workplans:task_update", args=[task.pk]),
            {**cells, "subject": opened.subject.name, "version": opened.version, "measure": words},
            headers={"X-Requested-With": "grid"},
        )
        outcome = {200: SAVED, 409: STALE}.get(answer.status_code, f"status {answer.status_code}")
    except Exception as error:  # a locked database, and whatever else there may be, is the figure
        outcome = f"{type(error).__name__}: {error}"
    return Save(task.pk, words, outcome, time.perf_counter() - started)


def _what_became_of(task: Task, saves: list[Save]) -> list[str]:
    """What is wrong with a row: each accepted save is one version; one of them's words stand."""
    accepted = [each for each in saves if each.task_id == task.pk and each.outcome == SAVED]
    now = Task.objects.get(pk=task.pk)
    problems = []
    if now.version - task.version != len(accepted):
        problems.append(
            f"row {task.pk}: {len(accepted)} saves accepted, {now.version - task.version} kept"
        )
    if now.measure not in {each.words for each in accepted}:
        problems.append(f"row {task.pk}: the words of a refused save stand")
    return problems
