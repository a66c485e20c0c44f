"""What a work plan asks of somebody: its tasks, and its own way."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from teams.models import User
from teams.templatetags.bangla_tags import digits
from workplans.enums import EDITABLE, PlanStatus
from workplans.models import ProgressEntry, Task, TaskQuerySet, WorkPlan
from workplans.parts import Part, Reported, parts_of, standing

from ..enums import Urgency
from .item import NEXT_DAYS, DutyItem, when

# Of each task, what was last reported of each of its parts.
Told = Mapping[int, Mapping[str, Reported]]


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
    """Late and coming tasks (two queries)."""
    tasks = list(open_tasks(user, today).select_related("plan", "subject"))
    told = told_of_parts(tasks)
    return [item for task in tasks for item in items_of_task(task, told, today)]


def told_of_parts(tasks: Iterable[Task]) -> Told:
    """What was reported of the parts of some tasks (one query)."""
    return ProgressEntry.objects.filter(task__in=[task.pk for task in tasks]).latest_of_parts()


def items_of_task(task: Task, told: Told, today: date) -> list[DutyItem]:
    """Nothing for what is not due for a while; needs with_progress().

    Of work in parts the first one that is late, which speaks for all that are, and the next one.
    """
    if not task.part_count:
        due = task.next_due
        return [_task_item(task, due, today)] if due and _is_near(due, today) else []
    lines = standing(parts_of(task), told.get(task.pk, {}), task.whole_percent)
    undone = [line.part for line in lines if not line.is_done]
    near = [(part, part.due_on) for part in undone if part.due_on and _is_near(part.due_on, today)]
    late = [(part, due) for part, due in near if due < today]
    ahead = [(part, due) for part, due in near if due >= today]
    return [
        _task_item(task, due, today, part=part, others=others)
        for part, due, others in (
            *((*one, len(late) - 1) for one in late[:1]),
            *((*one, 0) for one in ahead[:1]),
        )
    ]


def _is_near(due: date, today: date) -> bool:
    return due <= today + timedelta(days=NEXT_DAYS)


def _task_item(
    task: Task, due: date, today: date, *, part: Part | None = None, others: int = 0
) -> DutyItem:
    """`others` are further parts that are late as well."""
    urgency, chip, kind = when(due, today, is_late=due < today)
    details = [
        task.subject.name,
        _part_words(part, others) if part else "",
        task.schedule_text if task.recurrence else "",
        _("অগ্রগতি %(percent)s%%") % {"percent": digits(task.percent)}
        if task.percent is not None
        else _("এখনো অগ্রগতি নেই"),
    ]
    chosen = f"?{urlencode({'part': part.key})}" if part else ""
    return DutyItem(
        urgency=urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=task.title,
        detail=" · ".join(part for part in details if part),
        url=f"{task.get_absolute_url()}{chosen}#report",
        action=_("অগ্রগতি দিন"),
    )


def _part_words(part: Part, others: int) -> str:
    """ "১৫ আগস্ট ২০২৬-এরটি বাকি, আরও ৩টি"."""
    if not others:
        return _("%(part)s বাকি") % {"part": part.name}
    return _("%(part)s বাকি, আরও %(count)sটি") % {"part": part.name, "count": digits(others)}


def plan_items(user: User, today: date) -> list[DutyItem]:
    """Plans, and revisions of them, that wait for this person's own step."""
    plans = (
        WorkPlan.everything.own_of(user)
        .alive(today)
        .exclude(status__in=(PlanStatus.APPROVED, PlanStatus.WITHDRAWN))
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
        title=_title(plan),
        detail=plan.return_reason or plan.office.name,
        url=plan.get_absolute_url(),
        action=action,
    )


def _title(plan: WorkPlan) -> str:
    title = _("কর্মপরিকল্পনা %(period)s") % {"period": plan.period.label}
    if not plan.is_revision:
        return title
    return _("%(plan)s, সংস্করণ %(number)s") % {"plan": title, "number": digits(plan.revision)}
