"""What the person who logged in owes, gathered from every room."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangla.dates import format_date
from teams.models import User, in_bengali
from teams.templatetags.bangla_tags import digits
from workplans.enums import EDITABLE, PlanStatus, TaskState
from workplans.models import Task, TaskQuerySet, WorkPlan

from .enums import Urgency

SOON_DAYS = 7
NEXT_DAYS = 45
MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One thing to do, with its one button."""

    urgency: Urgency
    due: date | None
    chip: str
    chip_kind: str
    title: str
    detail: str
    url: str
    action: str

    @property
    def order(self) -> tuple[int, date, str]:
        rank = list(Urgency).index(self.urgency)
        return (rank, self.due or date.min, self.title)


def duty_items(user: User, *, today: date) -> list[DutyItem]:
    """Late first, then this week, then what comes next (a fixed two queries)."""
    items = [*_plan_items(user, today), *_task_items(user, today)]
    return sorted(items, key=lambda item: item.order)[:MOST_ITEMS]


def late_count(user: User, *, today: date) -> int:
    """How many tasks of this person's posts are overdue (one query)."""
    return _open_tasks(user, today).late(today).count()


def _open_tasks(user: User, today: date) -> TaskQuerySet:
    return (
        Task.objects.filter(plan__in=WorkPlan.objects.own_of(user).alive(today))
        .kept()
        .responsibility_of(user.scope.post_ids)
        .with_progress()
        .undone()
    )


def _task_items(user: User, today: date) -> list[DutyItem]:
    tasks = _open_tasks(user, today).select_related("plan", "subject")
    items = [_task_item(task, today) for task in tasks]
    return [item for item in items if item is not None]


def _task_item(task: Task, today: date) -> DutyItem | None:
    due = task.ends_on or task.next_occurrence(today)
    if due is None or due > today + timedelta(days=NEXT_DAYS):
        return None
    days = (due - today).days
    if task.state(today) == TaskState.LATE:
        urgency = Urgency.LATE
        chip, kind = _late_chip(-days), "late"
    elif days <= SOON_DAYS:
        urgency = Urgency.SOON
        chip, kind = _day_chip(due, days), "risk" if days <= 1 else ""
    else:
        urgency = Urgency.NEXT
        chip, kind = _short(due), ""
    details = [
        task.subject.name,
        task.schedule_text if task.recurrence else "",
        _("অগ্রগতি %(percent)s%%") % {"percent": digits(task.percent)}
        if task.percent is not None
        else _("এখনো অগ্রগতি নেই"),
    ]
    return DutyItem(
        urgency=urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=task.title,
        detail=" · ".join(part for part in details if part),
        url=reverse("workplans:task_detail", args=[task.pk]) + "#report",
        action=_("অগ্রগতি দিন"),
    )


def _plan_items(user: User, today: date) -> list[DutyItem]:
    """Plans that wait for this person's own step."""
    plans = (
        WorkPlan.objects.own_of(user)
        .alive(today)
        .exclude(status=PlanStatus.APPROVED)
        .select_related("office")
    )
    return [item for plan in plans if (item := _plan_item(user, plan)) is not None]


def _plan_item(user: User, plan: WorkPlan) -> DutyItem | None:
    scope = user.scope
    if plan.status == PlanStatus.SUBMITTED and scope.heads(plan.office_id):
        chip, kind, action = _("আপনার অনুমোদন বাকি"), "risk", _("দেখুন")
    elif plan.status == PlanStatus.RETURNED:
        chip, kind, action = _("ফেরত এসেছে"), "late", _("সংশোধন করুন")
    elif plan.status in EDITABLE and scope.leads(plan.office_id):
        chip, kind, action = _("খসড়া"), "", _("খুলুন")
    else:
        return None
    return DutyItem(
        urgency=Urgency.SOON,
        due=None,
        chip=chip,
        chip_kind=kind,
        title=_("কর্মপরিকল্পনা %(period)s") % {"period": plan.period.label},
        detail=plan.return_reason or plan.office.name,
        url=plan.get_absolute_url(),
        action=action,
    )


def _late_chip(days: int) -> str:
    return ngettext("%(days)s দিন দেরি", "%(days)s দিন দেরি", days) % {"days": digits(days)}


def _day_chip(due: date, days: int) -> str:
    return {0: _("আজ"), 1: _("আগামীকাল")}.get(days) or _short(due)


def _short(day: date) -> str:
    """২৫ নভেম্বর"""
    return format_date(day, lang="bn" if in_bengali() else "en").rsplit(" ", 1)[0]
