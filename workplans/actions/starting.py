"""A plan begun from what there is: an earlier plan of the office, and tasks many offices plan."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bangla.dates import format_date, parse_schedule
from bangla.digits import to_ascii, to_bangla
from teams.audit import record
from teams.models import TermOfReference, User
from teams.transitions import WrongState

from ..models import CommonTask, ProgressEntry, Task, WorkPlan
from ..periods import Period
from .copying import copy_task, written_with
from .writing import (
    keep_due,
    link_posts,
    new_version,
    next_position,
    open_for_writing,
    subject_named,
    write_cells,
)

# A year of four digits in either script, and one of two at the end of a date in numbers.
_YEAR = re.compile(r"(?<![\d০-৯])(?:20[0-9]{2}|২০[০-৯]{2})(?![\d০-৯])")
_SHORT_YEAR = re.compile(r"(?<=[/.\-])([0-9]{2}|[০-৯]{2})(?![\d০-৯/.\-])")
_DATE_IN_NUMBERS = re.compile(
    r"(?<![\d০-৯])[\d০-৯]{1,2}[/.\-][\d০-৯]{1,2}[/.\-](?:[0-9]{2}|[০-৯]{2})(?![\d০-৯])"
)


@transaction.atomic
def bring_tasks(
    *, workplan: WorkPlan, carried: Iterable[Task], copied: Iterable[Task], by: User
) -> int:
    """Bring rows of an earlier plan of the same office, in their order there. Returns how many.

    `carried` go on with their history and where they stood; `copied` begin anew. Their dates
    are moved by the years that lie between the plans. A row that was brought before is passed
    over; if it was deleted since, it comes back. Raises WrongState, PermissionDenied (also for a
    row this person may not see, or of another office).
    """
    plan = open_for_writing(workplan, by)
    carried_pks = {task.pk for task in carried}
    chosen = {*carried_pks, *(task.pk for task in copied)}
    sources = (
        Task.objects.visible_to(by)
        .kept()
        .filter(pk__in=chosen, plan__office_id=plan.office_id)
        .exclude(plan=plan)
        .with_progress()
        .select_related("plan", "subject")
        .order_by("plan__starts_on", "subject__position", "subject_id", "position", "pk")
    )
    found = list(sources)
    if len(found) != len(chosen):
        raise PermissionDenied
    known = {task.form_key: task for task in plan.tasks.all()}
    posts = list(plan.office.posts.active())
    written: list[Model] = []
    count = 0
    for source in found:
        key = brought_key(plan, source)
        task = known.get(key)
        if task is not None and task.deleted_at is None:
            continue
        count += 1
        if task is not None:
            written.append(_back_again(task, by))
            continue
        years = plan.starts_on.year - source.plan.starts_on.year
        words = {name: years_later(getattr(source, name), years) for name in _DATED}
        task = copy_task(
            source,
            plan=plan,
            by=by,
            carry=source.pk in carried_pks,
            posts=posts,
            words=words,
            form_key=key,
        )
        written += written_with(task)
        if source.pk in carried_pks and source.percent:
            written.append(_stood(task, source, by))
    if count:
        record(
            "workplan.bring", plan, by=by, office=plan.office, after={"rows": count}, rows=written
        )
    return count


_DATED = ("start_text", "end_text")


def _back_again(task: Task, by: User) -> Task:
    """A row that was brought once and deleted since stands there again."""
    Task.everything.filter(pk=task.pk).update(deleted_at=None, deleted_by=None, **new_version(by))
    return task


def brought_key(plan: WorkPlan, source: Task) -> UUID:
    """The number of the row that a row of an earlier plan becomes in this one."""
    return uuid5(source.form_key, f"brought:{plan.pk}")


def years_later(words: str, years: int) -> str:
    """The words of a date cell with every year in them moved, in the script it was written in.

    Months and days stay, so "জুলাই-ডিসেম্বর ২০২৫ এর মধ্যে" becomes "… ২০২৬ এর মধ্যে".
    """

    def moved(found: re.Match[str]) -> str:
        digits = len(found[0])
        year = f"{(int(to_ascii(found[0])) + years) % 10**digits:0{digits}}"
        return year if found[0].isascii() else to_bangla(year)

    words = _YEAR.sub(moved, words)
    return _DATE_IN_NUMBERS.sub(lambda day: _SHORT_YEAR.sub(moved, day[0]), words)


def _stood(task: Task, source: Task, by: User) -> ProgressEntry:
    """Where the carried task stood at the end of its earlier plan, as its first entry.

    In Bengali whoever brings it: what is reported stands in official papers.
    """
    with translation.override("bn"):
        told = _("আগের পরিকল্পনা (%(period)s) থেকে চলমান") % {"period": source.plan.period.label}
    on = min(timezone.localdate(), task.plan.starts_on)
    # Work that comes back begins anew: the old year's share says nothing of the new one's days.
    percent = None if task.recurrence else source.percent
    entry = ProgressEntry.objects.create(
        task=task, on=on, text=told, percent=percent, created_by=by
    )
    keep_due(task)
    return entry


# --- The library -----------------------------------------------------------------------------
@transaction.atomic
def add_common_tasks(*, workplan: WorkPlan, chosen: Iterable[CommonTask], by: User) -> int:
    """Add ready tasks to a plan, their days read in its period. Returns how many were added.

    One that stands there already is passed over; one deleted since comes back. Raises
    WrongState (also when nothing is left to add), PermissionDenied.
    """
    plan = open_for_writing(workplan, by)
    terms = {term.number: term for term in TermOfReference.objects.covering(plan.starts_on)}
    known = {task.form_key: task for task in plan.tasks.all()}
    posts = list(plan.office.posts.active())
    written: list[Model] = []
    count = 0
    for common in chosen:
        key = common_key(plan, common)
        task = known.get(key)
        if task is not None and task.deleted_at is None:
            continue
        count += 1
        if task is not None:
            written.append(_back_again(task, by))
            continue
        subject = subject_named(plan, common.subject)
        task = Task(
            plan=plan,
            subject=subject,
            position=next_position(subject.tasks),
            form_key=key,
            updated_by=by,
        )
        write_cells(task, _cells_of(common, plan.period))
        task.save()
        link_posts(task, posts)
        if common.term_number in terms:
            task.terms.set([terms[common.term_number]])
        written += [subject, task]
    if not count:
        raise WrongState(_("বাছাই করা কাজগুলো আগে থেকেই পরিকল্পনায় আছে।"))
    record(
        "workplan.start_from_library",
        plan,
        by=by,
        office=plan.office,
        after={"rows": count},
        rows=written,
    )
    return count


def common_key(plan: WorkPlan, common: CommonTask) -> UUID:
    """The number of the row that a ready task becomes in this plan."""
    return uuid5(plan_namespace(plan), f"common:{common.pk}")


def plan_namespace(plan: WorkPlan) -> UUID:
    return uuid5(UUID(int=plan.pk), "workplans.workplan")


def _cells_of(common: CommonTask, period: Period) -> dict[str, str]:
    start, end = days_in(common.start_text, common.end_text, period)
    return {
        "title": common.title,
        "start_text": start,
        "end_text": end,
        "responsible_text": common.responsible_text,
        "expected_result": common.expected_result,
        "measure": common.measure,
    }


def days_in(start_text: str, end_text: str, period: Period) -> tuple[str, str]:
    """Days without a year, written as days of the period; what recurs stays as it is.

    A day that the period does not have ("১ আগস্ট" in a plan from January to June) is left open.
    """
    found = parse_schedule(
        start_text, end_text, period_start=period.starts_on, period_end=period.ends_on
    )
    if found.recurrence:
        return start_text, end_text
    return _day(found.starts_on, period), _day(found.ends_on, period)


def _day(day: date | None, period: Period) -> str:
    return format_date(day) if day and period.contains(day) else ""
