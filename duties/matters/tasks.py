"""Tasks of approved plans, and each of their occurrences and sub-steps, as things owed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.utils import timezone

from teams.enums import DueKind
from workplans.enums import PlanStatus
from workplans.models import ProgressEntry, Task, WorkPlan
from workplans.parts import Reported, parts_of, standing

from .matter import Matter, part_key, thing_key

ONE_DAY = timedelta(days=1)
# Nothing that was due longer ago is asked for any more.
LOOK_BACK = timedelta(days=365)


def tasks_owed(*, today: date, until: date, offices: Collection[int] | None = None) -> list[Matter]:
    """What is due of tasks by a day and not reported done (three queries).

    A matter for each post that is responsible, or one without a post; what is planned but not
    approved yet, or closed, is owed by nobody.
    """
    plans = WorkPlan.objects.filter(status=PlanStatus.APPROVED)
    if offices is not None:
        plans = plans.filter(office_id__in=offices)
    found = Task.objects.filter(plan__in=plans.alive(today), due_on__lte=until).kept()
    tasks = list(found.with_progress().select_related("plan").order_by("due_on", "pk"))
    numbers = [task.pk for task in tasks if task.part_count]
    told = ProgressEntry.objects.filter(task__in=numbers).latest_of_parts()
    posts: dict[int, list[int | None]] = defaultdict(list)
    links = Task.responsible.through.objects.filter(task__in=found.values("pk"))
    for task_id, post_id in links.order_by("pk").values_list("task_id", "post_id"):
        posts[task_id].append(post_id)
    return [
        _matter(task, due_on, known_on, part, post_id)
        for task in tasks
        for part, due_on, known_on in _dues(task, told.get(task.pk, {}))
        if today - LOOK_BACK <= due_on <= until
        for post_id in posts[task.pk] or [None]
    ]


def _dues(task: Task, told: dict[str, Reported]) -> Iterator[tuple[str, date, date]]:
    """Each part that is not done, when it is due, and since when it is the next one.

    So a week's work is not reminded of seven days before, when that of the last week is due.
    """
    known_on = timezone.localdate(task.plan.approved_at) if task.plan.approved_at else date.min
    if not task.part_count:
        if task.due_on:
            yield "", task.due_on, known_on
        return
    for line in standing(parts_of(task), told, task.whole_percent):
        due_on = line.part.due_on
        if due_on is None:
            continue
        if not line.is_done:
            yield line.part.key, due_on, known_on
        known_on = max(known_on, due_on + ONE_DAY) if task.recurrence else known_on


def _matter(task: Task, due_on: date, known_on: date, part: str, post_id: int | None) -> Matter:
    return Matter(
        kind=DueKind.TASK,
        key=part_key(DueKind.TASK, task.pk, part) if part else thing_key(DueKind.TASK, task.pk),
        office_id=task.plan.office_id,
        due_on=due_on,
        known_on=known_on,
        thing_id=task.pk,
        post_id=post_id,
        part=part,
    )
