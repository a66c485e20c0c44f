"""What matters are called, and where each is answered."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bangla.dates import format_date
from meetings.models import Assignment
from reports.enums import ReportKind
from teams.enums import DueKind
from teams.models import Office, Post, in_bengali
from teams.templatetags.bangla_tags import month_label
from workplans.models import Task
from workplans.parts import parts_of
from workplans.periods import Kind, Period

from .matter import Matter

LISTS = {DueKind.PLAN: "workplans:list", DueKind.MEETING: "meetings:list"}


class Words:
    """The words for some matters, in the language of the page (at most four queries for all)."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        matters = list(matters)
        self.offices = Office.objects.in_bulk({matter.office_id for matter in matters})
        given = {one.thing_id for one in matters if one.kind == DueKind.DECISION}
        self.assignments = (
            Assignment.objects.select_related(
                "decision__meeting__office", "post", "office"
            ).in_bulk(given)
            if given
            else {}
        )
        own = {one.thing_id for one in matters if one.kind == DueKind.TASK}
        of_tasks = {one.post_id for one in matters if one.kind == DueKind.TASK and one.post_id}
        self.tasks = Task.objects.select_related("plan").in_bulk(own) if own else {}
        self.posts = Post.objects.in_bulk(of_tasks) if of_tasks else {}

    def title(self, matter: Matter) -> str:
        """ "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর"; of a decision its own words."""
        if matter.kind == DueKind.DECISION:
            return self.assignments[matter.thing_id or 0].decision.text
        if matter.kind == DueKind.TASK:
            return self._task_title(matter)
        if matter.kind == DueKind.RESUBMISSION:
            return _("ফেরত আসা %(paper)s") % {"paper": paper_name(matter)}
        if matter.kind == DueKind.REVIEW:
            return _("পর্যালোচনা: %(paper)s") % {"paper": paper_name(matter)}
        return f"{DueKind(matter.kind).label}, {period_name(matter)}"

    def address(self, matter: Matter) -> str:
        """The page on which it is answered, without the host."""
        if matter.kind == DueKind.DECISION:
            return self.assignments[matter.thing_id or 0].decision.get_absolute_url()
        if matter.kind == DueKind.TASK:
            chosen = f"?{urlencode({'part': matter.part})}" if matter.part else ""
            return f"{self.tasks[matter.thing_id or 0].get_absolute_url()}{chosen}#report"
        if matter.kind in LISTS:
            return reverse(LISTS[DueKind(matter.kind)])
        if matter.kind == DueKind.REVIEW:
            return reverse("reports:review_list")
        if matter.thing_id:
            return reverse("reports:detail", args=[matter.thing_id])
        return reverse("reports:list")

    def _task_title(self, matter: Matter) -> str:
        """The task's words; of one part, with its name before them."""
        task = self.tasks[matter.thing_id or 0]
        if not matter.part:
            return task.title
        name = next((part.name for part in parts_of(task) if part.key == matter.part), matter.part)
        return f"{name}: {task.title}"

    def office(self, matter: Matter) -> Office:
        return self.offices[matter.office_id]


def title_of(kind: str, starts_on: date, ends_on: date) -> str:
    """What belongs to a period, whichever office owes it: "মাসিক সভা, নভেম্বর ২০২৬"."""
    matter = Matter(kind, "", 0, None, starts_on, starts_on, ends_on)
    if kind == DueKind.RESUBMISSION:
        return _("ফেরত আসা প্রতিবেদন, %(period)s") % {"period": period_name(matter)}
    return f"{DueKind(kind).label}, {period_name(matter)}"


def paper_name(matter: Matter) -> str:
    """The report a matter is about: "অর্ধবার্ষিক প্রতিবেদন, জুলাই–ডিসেম্বর ২০২৬"."""
    period = _period(matter)
    kind = ReportKind.HALF_YEARLY if period.kind == "half" else ReportKind.ANNUAL
    return f"{kind.label}, {period.label}"


def period_name(matter: Matter) -> str:
    """ "২০২৬–২৭ অর্থবছর", "নভেম্বর ২০২৬"."""
    if matter.kind == DueKind.MEETING and matter.starts_on:
        return month_label(matter.starts_on)
    return _period(matter).label


def day_words(matter: Matter) -> str:
    """The due day with its year, "" for what was let off."""
    if matter.due_on is None:
        return ""
    return format_date(matter.due_on, lang="bn" if in_bengali() else "en")


def _period(matter: Matter) -> Period:
    if matter.starts_on is None or matter.ends_on is None:
        raise ValueError(f"{matter.key} is about no period")
    months = (matter.ends_on - matter.starts_on).days // 30
    kind: Kind = "half"
    if months > 6:
        kind = "calendar" if matter.starts_on.month == 1 else "fiscal"
    return Period(kind, matter.starts_on, matter.ends_on)
