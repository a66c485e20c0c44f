"""What the calendar asks of those who lead a team: plan, meetings and reports by their day."""

from collections import Counter
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teams.enums import DueKind
from teams.models import Office
from teams.templatetags.bangla_tags import day, digits
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

from ..enums import Urgency
from ..matters import Matter, Words
from .item import NEXT_DAYS, DutyItem, when

PAPERS = (DueKind.ANNUAL_REPORT, DueKind.HALF_YEAR)


def owed_items(led: list[Office], owed: list[Matter], today: date) -> list[DutyItem]:
    """Of what their offices owe: the plan and the reports, and months whose minutes are missing."""
    mine = {office.pk for office in led}
    near = [
        matter
        for matter in owed
        if matter.office_id in mine
        and matter.due_on
        and matter.due_on <= today + timedelta(days=NEXT_DAYS)
    ]
    papers = [matter for matter in near if matter.kind in PAPERS]
    plans = _unbegun([matter for matter in near if matter.kind == DueKind.PLAN])
    words = Words([*papers, *plans])
    months = Counter(
        matter.office_id
        for matter in near
        if matter.kind == DueKind.MEETING and matter.due_on and matter.due_on < today
    )
    return [
        *(_item(matter, words, _("প্রতিবেদন খুলুন"), today) for matter in papers),
        *(_item(matter, words, _("পরিকল্পনা খুলুন"), today) for matter in plans),
        *(_months_item(office, months[office.pk]) for office in led if months[office.pk]),
    ]


def _unbegun(plans: list[Matter]) -> list[Matter]:
    """Those of which there is no plan yet; one under way has an item of its own."""
    if not plans:
        return []
    begun = set(
        WorkPlan.objects.filter(office__in={matter.office_id for matter in plans})
        .exclude(status__in=(PlanStatus.APPROVED, PlanStatus.CLOSED))
        .values_list("office_id", "starts_on")
    )
    return [matter for matter in plans if (matter.office_id, matter.starts_on) not in begun]


def _item(matter: Matter, words: Words, action: str, today: date) -> DutyItem:
    due = matter.due_on or today
    urgency, chip, kind = when(due, today, is_late=due < today)
    detail = _("শেষ তারিখ %(day)s · %(office)s")
    return DutyItem(
        urgency=urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=words.title(matter),
        detail=detail % {"day": day(due), "office": words.office(matter).name},
        url=words.address(matter),
        action=action,
    )


def _months_item(office: Office, count: int) -> DutyItem:
    """Months that are over without minutes, and without a reason why there was no meeting."""
    title = ngettext("%(count)s মাসের সভার কার্যবিবরণী বাকি", "%(count)s মাসের সভার কার্যবিবরণী বাকি", count)
    return DutyItem(
        urgency=Urgency.LATE,
        due=None,
        chip=_("দেরি"),
        chip_kind="late",
        title=title % {"count": digits(count)},
        detail=_("কার্যবিবরণী চূড়ান্ত করুন, অথবা সভা না হওয়ার কারণ লিখুন · %(office)s")
        % {"office": office.name},
        url=reverse("meetings:list"),
        action=_("সভাগুলো খুলুন"),
    )
