"""What the person who logged in owes, gathered from every room."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangla.dates import format_date
from meetings.documents import due_words
from meetings.enums import DecisionStatus, MeetingKind, MeetingStatus
from meetings.models import Assignment, AssignmentQuerySet, Decision, Meeting, NoMeeting
from meetings.months import last_day_of
from teams.models import Office, User, in_bengali
from teams.templatetags.bangla_tags import day, day_short, digits
from workplans.enums import EDITABLE, PlanStatus, TaskState
from workplans.models import Task, TaskQuerySet, WorkPlan

from .enums import Urgency

SOON_DAYS = 7
NEXT_DAYS = 45
MOST_ITEMS = 60
# A decision without a due date is not urgent until this long after the meeting.
UNDATED_DAYS = 30
# Older minutes are history being taken in, and the list of meetings tells where they stand.
MINUTES_DAYS = 90


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
    """Late first, then this week, then what comes next (a fixed number of queries)."""
    items = [
        *_plan_items(user, today),
        *_task_items(user, today),
        *_assignment_items(user, today),
    ]
    if led := user.scope.led_offices:
        items += [*_decision_items(led), *_minutes_items(led, today), *_call_items(led, today)]
    return sorted(items, key=lambda item: item.order)[:MOST_ITEMS]


def late_count(user: User, *, today: date) -> int:
    """How many tasks and decisions of this person's posts are overdue (one query)."""
    tasks = _open_tasks(user, today).late(today)
    decisions = Assignment.objects.owed_by(user).filter(decision__due_on__lt=today)
    late = tasks.order_by().values_list("pk")
    return late.union(decisions.order_by().values_list("pk"), all=True).count()


# --- The plan ------------------------------------------------------------------------------
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
    urgency, chip, kind = _when(due, today, is_late=task.state(today) == TaskState.LATE)
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


# --- Decisions of meetings -----------------------------------------------------------------
def _assignment_items(user: User, today: date) -> list[DutyItem]:
    """What this person's posts owe on decisions."""
    owed: AssignmentQuerySet = Assignment.objects.owed_by(user).with_last_report()
    found = owed.select_related("decision__meeting__office", "office")
    items = [_assignment_item(user, assignment, today) for assignment in found]
    return [item for item in items if item is not None]


def _assignment_item(user: User, assignment: Assignment, today: date) -> DutyItem | None:
    decision = assignment.decision
    due = decision.due_on or assignment.assigned_on + timedelta(days=UNDATED_DAYS)
    if due > today + timedelta(days=NEXT_DAYS):
        return None
    if decision.due_on:
        urgency, chip, kind = _when(due, today, is_late=due < today)
    else:
        urgency = Urgency.SOON if due < today else Urgency.NEXT
        chip, kind = _("তারিখ নেই"), ""
    is_ours = user.scope.is_in_team(decision.meeting.office_id)
    details = [
        decision.meeting.name,
        "" if is_ours else decision.meeting.office.name,
        "" if decision.due_on else due_words(decision),
        _("শেষ জানানো %(day)s") % {"day": day_short(assignment.last_report_on)}
        if assignment.last_report_on
        else _("এখনো কিছু জানানো হয়নি"),
    ]
    return DutyItem(
        urgency=urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=decision.text,
        detail=" · ".join(part for part in details if part),
        url=reverse("meetings:assignment_report", args=[assignment.pk]),
        action=_("অগ্রগতি জানান"),
    )


# --- Steps of those who lead a team ----------------------------------------------------------
def _decision_items(led: list[Office]) -> list[DutyItem]:
    """Decisions that all implementers call carried out, and that wait for the team's word."""
    waiting = Decision.objects.in_force().filter(
        status=DecisionStatus.REPORTED, meeting__office__in=led
    )
    return [
        DutyItem(
            urgency=Urgency.SOON,
            due=None,
            chip=_("মত বাকি"),
            chip_kind="risk",
            title=decision.text,
            detail=_("বাস্তবায়নের কথা জানানো হয়েছে: দেখে সিদ্ধান্ত দিন"),
            url=decision.get_absolute_url(),
            action=_("দেখুন"),
        )
        for decision in waiting.order_by("reported_at")[:MOST_ITEMS]
    ]


def _minutes_items(led: list[Office], today: date) -> list[DutyItem]:
    """Held meetings whose minutes are not final, and final minutes that were not sent."""
    recent = Meeting.objects.filter(
        office__in=led, held_on__range=(today - timedelta(days=MINUTES_DAYS), today)
    )
    waiting = recent.filter(
        Q(status=MeetingStatus.DRAFT, held_on__lt=today) | Q(status=MeetingStatus.FINALISED)
    )
    return [_minutes_item(meeting) for meeting in waiting.select_related("office")]


def _minutes_item(meeting: Meeting) -> DutyItem:
    is_draft = meeting.status == MeetingStatus.DRAFT
    return DutyItem(
        urgency=Urgency.SOON,
        due=None,
        chip=_("খসড়া") if is_draft else _("জারি হয়নি"),
        chip_kind="risk",
        title=_("কার্যবিবরণী: %(meeting)s") % {"meeting": meeting.name},
        detail=f"{day(meeting.held_on)} · {meeting.office.name}",
        url=meeting.get_absolute_url(),
        action=_("চূড়ান্ত করুন") if is_draft else _("জারি করুন"),
    )


def _call_items(led: list[Office], today: date) -> list[DutyItem]:
    """The month's meeting that nobody has called, nor said why there is none.

    One a month is duty 2 of the gazette of 16 November 2023.
    """
    month = today.replace(day=1)
    last_day = last_day_of(month)
    called = Meeting.objects.kept().filter(kind=MeetingKind.MONTHLY, month=month)
    settled = {
        *called.filter(office__in=led).values_list("office_id", flat=True),
        *NoMeeting.objects.filter(office__in=led, month=month).values_list("office_id", flat=True),
    }
    urgency, chip, kind = _when(last_day, today, is_late=False)
    return [
        DutyItem(
            urgency=urgency,
            due=last_day,
            chip=chip,
            chip_kind=kind,
            title=_("এ মাসের সভা এখনো ডাকা হয়নি"),
            detail=office.name,
            url=reverse("meetings:list"),
            action=_("সভা ডাকুন"),
        )
        for office in led
        if office.pk not in settled
    ]


# --- How a due date is shown -----------------------------------------------------------------
def _when(due: date, today: date, *, is_late: bool) -> tuple[Urgency, str, str]:
    """The urgency of something due on a day, its chip and the chip's kind."""
    days = (due - today).days
    if is_late:
        return Urgency.LATE, _late_chip(-days), "late"
    if days <= SOON_DAYS:
        return Urgency.SOON, _day_chip(due, days), "risk" if days <= 1 else ""
    return Urgency.NEXT, _short(due), ""


def _late_chip(days: int) -> str:
    return ngettext("%(days)s দিন দেরি", "%(days)s দিন দেরি", days) % {"days": digits(days)}


def _day_chip(due: date, days: int) -> str:
    return {0: _("আজ"), 1: _("আগামীকাল")}.get(days) or _short(due)


def _short(day: date) -> str:
    """২৫ নভেম্বর"""
    return format_date(day, lang="bn" if in_bengali() else "en").rsplit(" ", 1)[0]
