"""Progress reported on a task, on one part of it, or on one of its indicators."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Post, User
from teams.transitions import WrongState

from .. import perms
from ..models import Indicator, ProgressEntry, Task
from ..parts import DONE, Part, parts_of
from ..scoring import read_value
from .writing import keep_due, key_in, lock_plan


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports on a task as it stood on the day `on`.

    `percent` is of the whole task and `part_percent` of the one occurrence or sub-step `part`
    (a key of `workplans.parts.Part`); both are 0–100 or None for "no new figure". `with_earlier`:
    all that was due before that part and is not reported yet was done as well. `achieved_value`
    is free words, or the value of one `indicator` of the task; `values` are those of several.
    """

    on: date
    text: str = ""
    percent: int | None = None
    part: str = ""
    part_percent: int | None = None
    with_earlier: bool = False
    achieved_value: str = ""
    indicator: Indicator | None = None
    values: Sequence[tuple[Indicator, str]] = ()
    evidence: "File[bytes] | None" = None


@transaction.atomic
def report_progress(
    *, task: Task, report: Report, by: User | None, form_key: UUID | None = None
) -> ProgressEntry:
    """Write a report: one entry, and one more for each further indicator and earlier part.

    The same `form_key` again returns the entry it made. Raises PermissionDenied, UnreadableValue,
    and WrongState for a part or an indicator that the task does not have any more.
    """
    # Nobody closes the plan meanwhile, and a form's twin waits for the first with its file.
    task.plan = lock_plan(task.plan_id)
    if by is not None and not perms.can_add_progress(by, task.plan):
        raise PermissionDenied
    key = key_in(task, form_key) if form_key else None
    if key and (made := ProgressEntry.objects.filter(form_key=key).first()):
        return made
    report, others = _spread(report)
    entry = _write(task, report, by=by, key=key)
    more = [*others, *_of_earlier(task, report)]
    written = [
        _write(task, one, by=by, key=uuid5(key, str(number)) if key else None)
        for number, one in enumerate(more)
    ]
    keep_due(task)
    after = {"task": task.pk, "on": report.on.isoformat(), "text": report.text}
    figures = {"percent": report.percent, "part": report.part, "part_percent": report.part_percent}
    record(
        "progress.add",
        entry,
        by=by,
        office=task.plan.office,
        after=after
        | {name: figure for name, figure in figures.items() if figure not in ("", None)},
        rows=written,
    )
    return entry


def add_progress(
    *,
    task: Task,
    by: User | None,
    on: date,
    text: str = "",
    percent: int | None = None,
    part: str = "",
    part_percent: int | None = None,
    with_earlier: bool = False,
    achieved_value: str = "",
    indicator: Indicator | None = None,
    evidence: "File[bytes] | None" = None,
    form_key: UUID | None = None,
) -> ProgressEntry:
    """Write one dated entry; see `Report` and `report_progress`."""
    report = Report(
        on=on,
        text=text,
        percent=percent,
        part=part,
        part_percent=part_percent,
        with_earlier=with_earlier,
        achieved_value=achieved_value,
        indicator=indicator,
        evidence=evidence,
    )
    return report_progress(task=task, report=report, by=by, form_key=form_key)


def _spread(report: Report) -> tuple[Report, list[Report]]:
    """The report with at most one value, and one more for each value that is left."""
    values = list(report.values)
    if values and not report.achieved_value:
        (indicator, value), *values = values
        report = replace(report, indicator=indicator, achieved_value=value)
    others = [
        Report(on=report.on, indicator=indicator, achieved_value=value)
        for indicator, value in values
    ]
    return replace(report, values=()), others


def _of_earlier(task: Task, report: Report) -> list[Report]:
    """The earlier parts that the report says were done as well."""
    if not (report.part and report.with_earlier):
        return []
    told = ProgressEntry.objects.filter(task=task).latest_of_parts().get(task.pk, {})
    parts = parts_of(task)
    place = next(i for i, part in enumerate(parts) if part.key == report.part)
    return [
        Report(on=report.on, part=part.key, part_percent=DONE)
        for part in parts[:place]
        if part.key not in told or told[part.key].percent < DONE
    ]


def _write(task: Task, report: Report, *, by: User | None, key: UUID | None) -> ProgressEntry:
    _check(task, report)
    entry = ProgressEntry(
        task=task,
        on=report.on,
        text=report.text,
        percent=report.percent,
        part=report.part,
        part_percent=report.part_percent,
        indicator=report.indicator,
        achieved_value=report.achieved_value,
        created_by=by,
        by_post=_post_in(by, task.plan.office_id) if by else None,
    )
    if key:
        entry.form_key = key
    if report.evidence:
        entry.evidence = report.evidence
        entry.evidence_name = (report.evidence.name or "")[-255:]
    entry.save()
    return entry


def _check(task: Task, report: Report) -> None:
    if report.part and part_named(task, report.part) is None:
        raise WrongState(_("কাজের তারিখ বা ধাপ এর মধ্যে বদলেছে। পাতাটি আবার খুলে তালিকা থেকে বেছে নিন।"))
    indicator = report.indicator
    if indicator is None:
        return
    if indicator.task_id != task.pk or indicator.deleted_at:
        raise WrongState(_("সূচকটি এর মধ্যে মুছে ফেলা হয়েছে। পাতাটি আবার খুলে দেখুন।"))
    period = (task.plan.starts_on, task.plan.ends_on)
    read_value(indicator.unit, report.achieved_value, period=period)


def part_named(task: Task, key: str) -> Part | None:
    """The part of a task by its key; None for a key it does not have."""
    return next((part for part in parts_of(task) if part.key == key), None)


def _post_in(user: User, office_id: int) -> Post | None:
    return next((post for post in user.scope.posts if post.office_id == office_id), None)
