"""What a work plan asks of somebody: its tasks, and its own way."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from teams.models import User
from teams.templatetags.bangla_tags import digits
from workplans.enums import EDITABLE, PlanStatus, TaskState
from workplans.models import Task, TaskQuerySet, WorkPlan

from ..enums import Urgency
from .item import NEXT_DAYS, DutyItem, when


def open_tasks(user: User, today: date) -> TaskQuerySet:
    """What is left to do of what this person's posts are responsible for."""
    return (
        Task.objects.filter(plan__in=WorkPlan.objects.own_of(user).alive(today))
        .kept()
        .responsibility_of(user.scope.post_ids)
        .with_progress()
        .undone()
    )


def task_items(user: User, today: date) -> list[DutyItem]:
    tasks = open_tasks(user, today).select_related("plan", "subject")
    items = [task_item(task, today) for task in tasks]
    return [item for item in items if item is not None]


def task_item(task: Task, today: date) -> DutyItem | None:
    """None for what is not due for a while; needs with_progress()."""
    due = task.ends_on or task.next_occurrence(today)
    if due is None or due > today + timedelta(days=NEXT_DAYS):
        return None
    urgency, chip, kind = when(due, today, is_late=task.state(today) == TaskState.LATE)
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


def plan_items(user: User, today: date) -> list[DutyItem]:
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
