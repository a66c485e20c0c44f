"""What a plan can begin with: rows of the office's earlier plans, and tasks many offices plan."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from bangla.text import normalise

from .actions.starting import brought_key, common_key
from .enums import TaskState
from .models import CommonTask, ProgressEntry, Task, TaskQuerySet, WorkPlan, WorkPlanQuerySet

if TYPE_CHECKING:
    from teams.models import Viewer

# How far back the history of a carried task is followed.
MOST_ANCESTORS = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of an earlier plan. `is_here`: it stands in the new plan already."""

    task: Task
    state: TaskState
    is_here: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Rows of an earlier plan: those left unfinished, and those that can be begun anew."""

    unfinished: tuple[Offer, ...]
    others: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class LibraryOffer:
    common: CommonTask
    is_here: bool


@dataclass(frozen=True, slots=True)
class LibraryGroup:
    subject: str
    offers: tuple[LibraryOffer, ...]


def earlier_plans(plan: WorkPlan, user: "Viewer") -> WorkPlanQuerySet:
    """The office's other plans that have rows, the newest first."""
    rows = Task.objects.filter(plan=OuterRef("pk")).kept()
    plans: WorkPlanQuerySet = WorkPlan.objects.own_of(user).filter(office_id=plan.office_id)
    return plans.exclude(pk__in=[plan.pk, plan.revises_id or plan.pk]).filter(Exists(rows))


def tasks_to_bring(source: WorkPlan) -> TaskQuerySet:
    tasks: TaskQuerySet = Task.objects.filter(plan=source).kept()
    return tasks.with_progress().select_related("plan", "subject").in_order()


def offers_of(plan: WorkPlan, source: WorkPlan, *, today: date) -> Offers:
    """A fixed number of queries. Work that comes back is begun anew, not carried on."""
    here = _keys_in(plan)
    unfinished: list[Offer] = []
    others: list[Offer] = []
    for task in tasks_to_bring(source):
        state = task.state(today)
        offer = Offer(task, state, brought_key(plan, task) in here)
        is_carried = state != TaskState.DONE and not task.recurrence
        (unfinished if is_carried else others).append(offer)
    return Offers(tuple(unfinished), tuple(others))


def library_of(plan: WorkPlan) -> "QuerySet[CommonTask]":
    """The ready tasks for an office of this tier in the year of the plan."""
    return CommonTask.objects.covering(plan.starts_on).filter(tier__in=("", plan.office.tier))


def library_groups(plan: WorkPlan, *, words: str = "") -> list[LibraryGroup]:
    """By subject, those that contain all the words looked for."""
    here = _keys_in(plan)
    found = library_of(plan)
    for word in normalise(words).split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(subject__icontains=word)
            | Q(expected_result__icontains=word)
        )
    offers = [LibraryOffer(common, common_key(plan, common) in here) for common in found]
    return [
        LibraryGroup(subject, tuple(group))
        for subject, group in groupby(offers, key=lambda offer: offer.common.subject)
    ]


def earlier_entries(task: Task, user: "Viewer") -> list[ProgressEntry]:
    """What was reported on a carried task in the plans before that this person may read, the
    newest first."""
    ancestors: list[int] = []
    source = task.carried_from_id
    while source and len(ancestors) < MOST_ANCESTORS and source not in ancestors:
        ancestors.append(source)
        source = Task.everything.values_list("carried_from_id", flat=True).get(pk=source)
    if not ancestors:
        return []
    entries = ProgressEntry.objects.visible_to(user).filter(task__in=ancestors)
    return list(entries.select_related("task__plan", "created_by", "by_post"))


def _keys_in(plan: WorkPlan) -> set[object]:
    return set(plan.tasks.kept().values_list("form_key", flat=True))
