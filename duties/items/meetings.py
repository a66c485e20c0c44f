"""What meetings ask of somebody: decisions to carry out, and steps of those who lead a team."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.documents import due_words
from meetings.enums import DecisionStatus, MeetingKind, MeetingStatus
from meetings.models import Assignment, AssignmentQuerySet, Decision, Meeting, NoMeeting
from meetings.months import last_day_of
from teams.models import Office, User
from teams.templatetags.bangla_tags import day, day_short

from ..enums import Urgency
from .item import MOST_ITEMS, NEXT_DAYS, DutyItem, when

# A decision without a due date is not urgent until this long after the meeting.
UNDATED_DAYS = 30
# Older minutes are history being taken in, and the list of meetings tells where they stand.
MINUTES_DAYS = 90


def assignment_items(user: User, today: date) -> list[DutyItem]:
    """What this person's posts owe on decisions."""
    owed: AssignmentQuerySet = Assignment.objects.owed_by(user).with_last_report()
    found = owed.select_related("decision__meeting__office", "office")
    items = [assignment_item(user, assignment, today) for assignment in found]
    return [item for item in items if item is not None]


def assignment_item(user: User, assignment: Assignment, today: date) -> DutyItem | None:
    """None for what is not due for a while; needs with_last_report()."""
    decision = assignment.decision
    due = decision.due_on or assignment.assigned_on + timedelta(days=UNDATED_DAYS)
    if due > today + timedelta(days=NEXT_DAYS):
        return None
    if decision.due_on:
        urgency, chip, kind = when(due, today, is_late=due < today)
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
def decision_items(led: list[Office]) -> list[DutyItem]:
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


def minutes_items(led: list[Office], today: date) -> list[DutyItem]:
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


def call_items(led: list[Office], today: date) -> list[DutyItem]:
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
    urgency, chip, kind = when(last_day, today, is_late=False)
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
