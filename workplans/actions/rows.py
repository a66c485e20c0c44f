"""Rows and subjects of a plan: added, changed, moved, deleted, restored."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from ..models import Subject, Task, WorkPlan
from .writing import (
    COMPUTED,
    TEXT_FIELDS,
    drop_empty_subjects,
    key_in,
    link_posts,
    new_version,
    next_position,
    open_for_writing,
    subject_named,
    texts_of,
    write_cells,
)


class StaleTask(Exception):
    """Somebody saved the row after this copy was opened; `current` is the row as it is now."""

    def __init__(self, current: Task) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def add_task(
    *,
    workplan: WorkPlan,
    fields: Mapping[str, str],
    by: User | None,
    after: Task | None = None,
    form_key: UUID | None = None,
) -> Task:
    """Add a row: at the end of its subject, or right below `after`.

    `fields` holds TEXT_FIELDS and "subject" (the name; a new name is a new subject). The same
    `form_key` with the same words again returns the row it made; with other words, as typed into
    a form come back to, it makes another row.
    """
    plan = open_for_writing(workplan, by)
    form_key = form_key and _key_of_row(plan, form_key, fields)
    if form_key and (made := plan.tasks.filter(form_key=form_key).first()):
        return made
    subject = subject_named(plan, fields.get("subject", after.subject.name if after else ""))
    if after and after.subject_id == subject.pk:
        later = Task.everything.filter(subject=subject, position__gt=after.position)
        later.update(position=F("position") + 1)
        position = after.position + 1
    else:
        position = next_position(subject.tasks)
    task = Task(plan=plan, subject=subject, position=position, updated_by=by)
    if form_key:
        task.form_key = form_key
    write_cells(task, fields)
    task.save()
    link_posts(task)
    record(
        "task.create", task, by=by, office=plan.office, after=texts_of(task), rows=[task.subject]
    )
    return task


@transaction.atomic
def update_task(*, task: Task, version: int, fields: Mapping[str, str], by: User) -> Task:
    """Save a row typed from copy `version`. Raises StaleTask when the row has moved on.

    The check and the write are one UPDATE, so of two saves at once only one can win. A row
    deleted meanwhile has moved on too; saved from the copy that says so, it comes back.
    """
    plan = open_for_writing(task.plan, by)
    before = texts_of(task)
    subject = subject_named(plan, fields.get("subject", task.subject.name))
    changed = Task(pk=task.pk, plan=plan, doubts=task.doubts)
    write_cells(changed, fields, was={**before, "subject": task.subject.name})
    values = {name: getattr(changed, name) for name in (*TEXT_FIELDS, *COMPUTED, "doubts")}
    moved_to: list[Subject] = []
    if subject.pk != task.subject_id:
        values |= {"subject": subject, "position": next_position(subject.tasks)}
        moved_to = [subject]  # perhaps a new one
    values |= {"deleted_at": None, "deleted_by": None, **new_version(by)}
    saved = Task.everything.filter(pk=task.pk, version=version).update(**values)
    task.refresh_from_db()
    if not saved:
        raise StaleTask(task)
    task.plan = plan
    link_posts(task)
    drop_empty_subjects(plan)
    record(
        "task.update",
        task,
        by=by,
        office=plan.office,
        before=before,
        after=texts_of(task),
        rows=moved_to,
    )
    return task


@transaction.atomic
def delete_task(*, task: Task, by: User) -> None:
    """Take a row out; restore_task puts it back where it was."""
    plan = open_for_writing(task.plan, by)
    gone = (
        Task.everything.filter(pk=task.pk)
        .kept()
        .update(deleted_at=timezone.now(), deleted_by=by, **new_version(by))
    )
    if gone:
        record("task.delete", task, by=by, office=plan.office, before=texts_of(task))


@transaction.atomic
def restore_task(*, task: Task, by: User) -> None:
    plan = open_for_writing(task.plan, by)
    back = Task.everything.filter(pk=task.pk, deleted_at__isnull=False).update(
        deleted_at=None, deleted_by=None, **new_version(by)
    )
    if back:
        record("task.restore", task, by=by, office=plan.office, after=texts_of(task))


def duplicate_task(*, task: Task, by: User) -> Task:
    """Copy a row right below itself, without its progress."""
    fields = {name: getattr(task, name) for name in TEXT_FIELDS}
    return add_task(
        workplan=task.plan, fields={**fields, "subject": task.subject.name}, by=by, after=task
    )


@transaction.atomic
def move_task(*, task: Task, by: User, subject: Subject, before: Task | None = None) -> None:
    """Put a row into a subject of its plan: above `before`, or at the end.

    A change of subject counts as a change of the row, or a save from before it would undo it.
    """
    plan = open_for_writing(task.plan, by)
    if not plan.subjects.filter(pk=subject.pk).exists():
        raise WrongState(_("এর মধ্যে বিষয়টি আর নেই। পাতাটি আবার খুলে দেখুন।"))
    if task.subject_id != subject.pk:
        Task.everything.filter(pk=task.pk).update(**new_version(by))
    was_under = task.subject.name
    others = list(subject.tasks.kept().exclude(pk=task.pk).order_by("position", "pk"))
    place = next(
        (i for i, other in enumerate(others) if before and other.pk == before.pk), len(others)
    )
    task.subject = subject
    _renumber([*others[:place], task, *others[place:]], ["position", "subject"])
    drop_empty_subjects(plan)
    record(
        "task.move",
        task,
        by=by,
        office=plan.office,
        before={"subject": was_under},
        after={"subject": subject.name},
    )


@transaction.atomic
def step_task(*, task: Task, by: User, up: bool) -> None:
    """Move a row one place up or down, into the next subject at the edge of its own."""
    open_for_writing(task.plan, by)
    rows = list(Task.everything.filter(plan=task.plan).kept().select_related("subject").in_order())
    at = next((i for i, row in enumerate(rows) if row.pk == task.pk), None)
    if at is None:  # taken out by somebody meanwhile
        return
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    task, neighbour = rows[at], rows[to]
    if neighbour.subject_id == task.subject_id:
        first, second = (task, neighbour) if up else (neighbour, task)
        move_task(task=first, by=by, subject=neighbour.subject, before=second)
    else:
        move_task(task=task, by=by, subject=neighbour.subject, before=None if up else neighbour)


@transaction.atomic
def rename_subject(*, subject: Subject, name: str, by: User) -> Subject:
    """Give a subject another name; a name that exists already joins the two.

    It counts as a change of its rows, or a save from before it would bring the old name back.
    """
    plan = open_for_writing(subject.plan, by)
    subject.tasks.update(**new_version(by))
    name = squeeze(name)
    twin = plan.subjects.filter(name=name).exclude(pk=subject.pk).first()
    before = subject.name
    moved = list(subject.tasks.all()) if twin else []
    if twin:
        for task in subject.tasks.order_by("position", "pk"):
            task.subject, task.position = twin, next_position(twin.tasks)
            task.save(update_fields=["subject", "position"])
        subject.delete()
        subject = twin
    else:
        subject.name = name
        subject.save(update_fields=["name"])
    record(
        "subject.rename",
        subject,
        by=by,
        office=plan.office,
        before={"name": before},
        after={"name": name},
        rows=moved,
    )
    return subject


@transaction.atomic
def settle_doubts(*, task: Task, by: User) -> None:
    """An officer has looked at the marked cells of a row and finds them right."""
    plan = open_for_writing(task.plan, by)
    settled = list(task.doubts)
    Task.everything.filter(pk=task.pk).update(doubts=[], **new_version(by))
    record("task.settle_doubts", task, by=by, office=plan.office, before={"doubts": settled})


def _key_of_row(plan: WorkPlan, form_key: UUID, fields: Mapping[str, str]) -> UUID:
    """A form's key bound to its plan and to the words sent with it.

    The words as sent, not the row's: the row may have been changed since it was made.
    """
    words = [fields.get(name, "") for name in ("subject", *TEXT_FIELDS)]
    return uuid5(key_in(plan, form_key), json.dumps(words))


def _renumber(tasks: Sequence[Task], fields: Sequence[str]) -> None:
    for position, task in enumerate(tasks, start=1):
        task.position = position
    Task.everything.bulk_update(tasks, fields)
