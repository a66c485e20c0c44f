"""What is decided about a plan beside its text: a new task, or another end date.

The monthly coordination meeting is where a plan is approved (duty 2 of the gazette of
16 November 2023), so its settled minutes may add to an approved plan and move a date in it, and
so may the pilot of an idea that was approved. The record names what it was decided by. In an
approved plan a decision is its next revision; an open revision gets to know of it at once.
"""

import json
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from bangla.dates import format_date
from bangla.text import normalise, squeeze
from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from ..enums import EDITABLE, PlanStatus
from ..models import Task, WorkPlan
from .keeping import in_force, keep_decided
from .revisions import mirror_added, mirror_schedule
from .writing import (
    COMPUTED,
    TEXT_FIELDS,
    key_in,
    link_posts,
    new_version,
    next_position,
    open_for_writing,
    subject_named,
    texts_of,
    write_cells,
)

DECIDED_IN = EDITABLE | {PlanStatus.APPROVED}


@transaction.atomic
def add_decided_task(
    *,
    workplan: WorkPlan | None,
    subject: str,
    title: str,
    starts_on: date,
    ends_on: date | None,
    responsible_text: str,
    reference: str,
    by: User,
    expected_result: str = "",
    form_key: UUID | None = None,
) -> Task:
    """Add the task that was decided on. `reference` names the meeting or the pilot, for the record.

    The same `form_key` with the same words returns the task it made. Raises WrongState when there
    is no plan for the day or it takes no more tasks, PermissionDenied.
    """
    if workplan is None:
        raise WrongState(_("সভার তারিখে দপ্তরের কোনো কর্মপরিকল্পনা নেই, তাই সিদ্ধান্ত থেকে কাজ যোগ করা যায়নি।"))
    plan = open_for_writing(workplan, by, states=DECIDED_IN)
    cells = {
        "title": squeeze(title),
        "start_text": format_date(starts_on),
        "end_text": format_date(ends_on) if ends_on else "",
        "responsible_text": responsible_text,
        "expected_result": normalise(expected_result),
        "measure": "",
    }
    key = uuid5(key_in(plan, form_key), json.dumps([subject, cells])) if form_key else uuid4()
    if made := plan.tasks.filter(form_key=key).first():
        return made
    _keep_before(plan)
    heading = subject_named(plan, subject)
    task = Task(
        plan=plan,
        subject=heading,
        position=next_position(heading.tasks),
        form_key=key,
        updated_by=by,
    )
    write_cells(task, cells)
    task.save()
    link_posts(task)
    mirrored = mirror_added(task, by=by)
    revised = keep_decided(plan, reference=reference, by=by)
    record(
        "task.decide",
        task,
        by=by,
        office=plan.office,
        after={**texts_of(task), "reference": reference},
        rows=[heading, *mirrored, *revised],
    )
    return task


@transaction.atomic
def reschedule_decided_task(*, task: Task, ends_on: date, reference: str, by: User) -> None:
    """Give a task the end date that a meeting decided on. Raises WrongState."""
    plan = open_for_writing(task.plan, by, states=DECIDED_IN)
    if task.ends_on == ends_on:
        return
    _keep_before(plan)
    before = texts_of(task)
    changed = Task(pk=task.pk, plan=plan, doubts=task.doubts)
    write_cells(changed, {**before, "end_text": format_date(ends_on)}, was=before)
    names = (*TEXT_FIELDS, *COMPUTED, "doubts")
    Task.everything.filter(pk=task.pk).update(
        **{name: getattr(changed, name) for name in names}, **new_version(by)
    )
    task.refresh_from_db()
    mirrored = mirror_schedule(task, by=by)
    revised = keep_decided(plan, reference=reference, by=by)
    record(
        "task.decide",
        task,
        by=by,
        office=plan.office,
        before=before,
        after={**texts_of(task), "reference": reference},
        rows=[*mirrored, *revised],
    )


def _keep_before(plan: WorkPlan) -> None:
    """What was in force is kept before the decision changes it."""
    if plan.status == PlanStatus.APPROVED:
        in_force(plan)
