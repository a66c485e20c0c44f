"""Every write to a plan. Keyword-only, atomic, with the person who does it, and recorded."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.dates import parse_schedule
from bangla.digits import to_bangla
from bangla.text import squeeze
from teams.audit import record
from teams.models import Office, Post, User
from teams.transitions import WrongState, apply_transition

from . import enums, perms
from .enums import EDITABLE, ImportMode, PlanForm
from .importers.schedule import doubt_sentence
from .models import LONGEST_LINE, PlanImport, ProgressEntry, Subject, Task, WorkPlan
from .periods import Period
from .responsible import match_posts
from .table import cell_of

# The cells of a row that an officer types; the subject is one of them.
TEXT_FIELDS = (
    "title",
    "start_text",
    "end_text",
    "responsible_text",
    "expected_result",
    "measure",
)


class StaleTask(Exception):
    """Somebody saved the row after this copy was opened; `current` is the row as it is now."""

    def __init__(self, current: Task) -> None:
        super().__init__("stale")
        self.current = current


class DuplicatePlan(Exception):
    """The office has a plan for this period already; `existing` is it."""

    def __init__(self, existing: WorkPlan) -> None:
        super().__init__("duplicate")
        self.existing = existing


class UnwritableRow(Exception):
    """A row of a read table cannot become a task; the text names the row, for the user."""


# --- The plan ------------------------------------------------------------------------------
@transaction.atomic
def create_workplan(
    *, office: Office, period: Period, form: str = PlanForm.PROGRESS, by: User | None
) -> WorkPlan:
    """Start an office's plan for a period. Raises DuplicatePlan, PermissionDenied.

    `by` is None only on the command line.
    """
    if by is not None and not perms.can_create_workplan(by, office.pk):
        raise PermissionDenied
    existing = WorkPlan.objects.filter(office=office).for_period(period).first()
    if existing:
        raise DuplicatePlan(existing)
    try:
        with transaction.atomic():
            plan = WorkPlan.objects.create(
                office=office,
                period_kind=period.kind,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                form=form,
                created_by=by,
            )
    except IntegrityError as twin:
        # The same button pressed twice: the second one gets the first one's plan.
        existing = WorkPlan.objects.filter(office=office).for_period(period).get()
        raise DuplicatePlan(existing) from twin
    record("workplan.create", plan, by=by, office=office, after={"period": period.code})
    return plan


def submit_workplan(*, workplan: WorkPlan, by: User) -> None:
    """Send the plan to the head. Raises WrongState (also for an empty plan), PermissionDenied."""
    if not workplan.tasks.kept().exists():
        raise WrongState(_("পরিকল্পনায় এখনো কোনো কাজ নেই। অন্তত একটি কাজ লিখে পেশ করুন।"))
    apply_transition(
        workplan,
        enums.SUBMIT,
        by=by,
        allowed=perms.can_submit_workplan(by, workplan),
        office=workplan.office,
        changes={"return_reason": ""},
    )


def return_workplan(*, workplan: WorkPlan, by: User, reason: str) -> None:
    apply_transition(
        workplan,
        enums.RETURN,
        by=by,
        allowed=perms.can_return_workplan(by, workplan),
        office=workplan.office,
        changes={"return_reason": reason},
    )


def approve_workplan(*, workplan: WorkPlan, by: User) -> None:
    apply_transition(
        workplan,
        enums.APPROVE,
        by=by,
        allowed=perms.can_approve_workplan(by, workplan),
        office=workplan.office,
    )


def close_workplan(*, workplan: WorkPlan, by: User) -> None:
    apply_transition(
        workplan,
        enums.CLOSE,
        by=by,
        allowed=perms.can_close_workplan(by, workplan),
        office=workplan.office,
    )


# --- Rows ----------------------------------------------------------------------------------
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
    plan = _open_for_writing(workplan, by)
    form_key = form_key and _key_of_row(plan, form_key, fields)
    if form_key and (made := plan.tasks.filter(form_key=form_key).first()):
        return made
    subject = _subject(plan, fields.get("subject", after.subject.name if after else ""))
    if after and after.subject_id == subject.pk:
        later = Task.objects.filter(subject=subject, position__gt=after.position)
        later.update(position=F("position") + 1)
        position = after.position + 1
    else:
        position = _next_position(subject.tasks)
    task = Task(plan=plan, subject=subject, position=position, updated_by=by)
    if form_key:
        task.form_key = form_key
    _write_fields(task, fields)
    task.save()
    _link_posts(task)
    record("task.create", task, by=by, office=plan.office, after=_texts(task))
    return task


@transaction.atomic
def update_task(*, task: Task, version: int, fields: Mapping[str, str], by: User) -> Task:
    """Save a row typed from copy `version`. Raises StaleTask when the row has moved on.

    The check and the write are one UPDATE, so of two saves at once only one can win.
    """
    plan = _open_for_writing(task.plan, by)
    before = _texts(task)
    subject = _subject(plan, fields.get("subject", task.subject.name))
    changed = Task(pk=task.pk, plan=plan, doubts=task.doubts)
    _write_fields(changed, fields, was={**before, "subject": task.subject.name})
    values = {name: getattr(changed, name) for name in (*TEXT_FIELDS, *COMPUTED, "doubts")}
    if subject.pk != task.subject_id:
        values |= {"subject": subject, "position": _next_position(subject.tasks)}
    saved = (
        Task.objects.filter(pk=task.pk, version=version)
        .kept()
        .update(**values, version=F("version") + 1, updated_at=timezone.now(), updated_by=by)
    )
    task.refresh_from_db()
    if not saved:
        raise StaleTask(task)
    task.plan = plan
    _link_posts(task)
    _drop_empty_subjects(plan)
    record("task.update", task, by=by, office=plan.office, before=before, after=_texts(task))
    return task


@transaction.atomic
def delete_task(*, task: Task, by: User) -> None:
    """Take a row out; restore_task puts it back where it was."""
    plan = _open_for_writing(task.plan, by)
    gone = (
        Task.objects.filter(pk=task.pk)
        .kept()
        .update(deleted_at=timezone.now(), deleted_by=by, version=F("version") + 1)
    )
    if gone:
        record("task.delete", task, by=by, office=plan.office, before=_texts(task))


@transaction.atomic
def restore_task(*, task: Task, by: User) -> None:
    plan = _open_for_writing(task.plan, by)
    back = Task.objects.filter(pk=task.pk, deleted_at__isnull=False).update(
        deleted_at=None, deleted_by=None, version=F("version") + 1
    )
    if back:
        record("task.restore", task, by=by, office=plan.office, after=_texts(task))


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
    plan = _open_for_writing(task.plan, by)
    if task.subject_id != subject.pk:
        Task.objects.filter(pk=task.pk).update(version=F("version") + 1)
    others = list(subject.tasks.kept().exclude(pk=task.pk).order_by("position", "pk"))
    place = next(
        (i for i, other in enumerate(others) if before and other.pk == before.pk), len(others)
    )
    task.subject = subject
    _renumber([*others[:place], task, *others[place:]], ["position", "subject"])
    _drop_empty_subjects(plan)
    record("task.move", task, by=by, office=plan.office, after={"subject": subject.name})


@transaction.atomic
def step_task(*, task: Task, by: User, up: bool) -> None:
    """Move a row one place up or down, into the next subject at the edge of its own."""
    _open_for_writing(task.plan, by)
    rows = list(Task.objects.filter(plan=task.plan).kept().select_related("subject").in_order())
    at = next(i for i, row in enumerate(rows) if row.pk == task.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    neighbour = rows[to]
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
    plan = _open_for_writing(subject.plan, by)
    subject.tasks.update(version=F("version") + 1)
    name = squeeze(name)
    twin = plan.subjects.filter(name=name).exclude(pk=subject.pk).first()
    before = subject.name
    if twin:
        for task in subject.tasks.order_by("position", "pk"):
            task.subject, task.position = twin, _next_position(twin.tasks)
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
    )
    return subject


@transaction.atomic
def settle_doubts(*, task: Task, by: User) -> None:
    """An officer has looked at the marked cells of a row and finds them right."""
    plan = _open_for_writing(task.plan, by)
    settled = list(task.doubts)
    Task.objects.filter(pk=task.pk).update(doubts=[], version=F("version") + 1)
    record("task.settle_doubts", task, by=by, office=plan.office, before={"doubts": settled})


# --- Progress ------------------------------------------------------------------------------
@transaction.atomic
def add_progress(
    *,
    task: Task,
    by: User | None,
    on: date,
    text: str = "",
    percent: int | None = None,
    achieved_value: str = "",
    evidence: "File[bytes] | None" = None,
    form_key: UUID | None = None,
) -> ProgressEntry:
    """Write one dated entry. The same `form_key` again returns the entry it made.

    `percent` is 0–100 or None for "no new figure". Raises PermissionDenied.
    """
    if by is not None and not perms.can_add_progress(by, task):
        raise PermissionDenied
    fields: dict[str, Any] = {
        "task": task,
        "on": on,
        "text": text,
        "percent": percent,
        "achieved_value": achieved_value,
        "created_by": by,
        "by_post": _post_in(by, task.plan.office_id) if by else None,
    }
    if evidence:
        fields |= {"evidence": evidence, "evidence_name": (evidence.name or "")[-255:]}
    if form_key is None:
        entry = ProgressEntry.objects.create(**fields)
    else:
        entry, created = ProgressEntry.objects.get_or_create(
            form_key=_key_in(task, form_key), defaults=fields
        )
        if not created:
            return entry
    record(
        "progress.add",
        entry,
        by=by,
        office=task.plan.office,
        after={"task": task.pk, "on": on.isoformat(), "percent": percent, "text": text},
    )
    return entry


# --- A table taken in ----------------------------------------------------------------------
@transaction.atomic
def apply_import(
    *,
    plan_import: PlanImport,
    rows: Sequence[Mapping[str, Any]],
    mode: str,
    by: User | None,
) -> int:
    """Write the looked-over rows into the plan, all or none, once. Returns how many.

    Each row holds TEXT_FIELDS, "subject", "doubts", and "progress" (words that become a first
    progress entry); "was" holds the cells as read, if somebody may have typed in them since.
    Raises WrongState when the table was taken in already, UnwritableRow.
    """
    plan = _open_for_writing(plan_import.plan, by)
    fresh = PlanImport.objects.filter(pk=plan_import.pk).waiting()
    if not fresh.update(applied_at=timezone.now(), applied_by=by):
        raise WrongState(_("এই ছকটি আগেই পরিকল্পনায় নেওয়া হয়েছে।"))
    if mode == ImportMode.REPLACE:
        for task in plan.tasks.kept():
            task.deleted_at, task.deleted_by = timezone.now(), by
            task.save(update_fields=["deleted_at", "deleted_by"])
    _check_rows(rows)
    posts = list(plan.office.posts.active())
    for row in rows:
        subject = _subject(plan, row["subject"])
        task = Task(
            plan=plan, subject=subject, position=_next_position(subject.tasks), updated_by=by
        )
        task.doubts = [doubt for doubt in row["doubts"] if cell_of(doubt) in DOUBTED_CELLS]
        _write_fields(task, row, was=row.get("was", row))
        task.save()
        _link_posts(task, posts)
        if row["progress"]:
            ProgressEntry.objects.create(
                task=task,
                on=min(timezone.localdate(), plan.ends_on),
                text=row["progress"],
                created_by=by,
            )
    record(
        "workplan.import",
        plan,
        by=by,
        office=plan.office,
        after={"rows": len(rows), "mode": mode, "file": plan_import.filename},
    )
    return len(rows)


# --- Shared by the writes above ------------------------------------------------------------
COMPUTED = ("starts_on", "ends_on", "recurrence")
SCHEDULE_CELLS = {"start_text", "end_text"}
# What a row of the plan can show a doubt about; the printed serial is not among it.
DOUBTED_CELLS = {*TEXT_FIELDS, "subject", "row"}


def _open_for_writing(plan: WorkPlan, by: User | None) -> WorkPlan:
    """Lock the plan for this transaction and check that its text is open to this person."""
    locked = WorkPlan.objects.select_for_update(of=("self",)).select_related("office")
    plan = locked.get(pk=plan.pk)
    if by is not None and not by.scope.is_in_team(plan.office_id):
        raise PermissionDenied
    if plan.status not in EDITABLE:
        raise WrongState(
            _("পরিকল্পনাটি এখন “%(status)s”, তাই এর লেখা বদলানো যায় না।")
            % {"status": plan.get_status_display()}
        )
    return plan


def _check_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """Find the row the database would refuse. Raises UnwritableRow."""
    for number, row in enumerate(rows, start=1):
        if not row["title"]:
            raise UnwritableRow(
                _("%(row)s নম্বর সারিতে কাজের নাম লেখা নেই; কোনো সারিই নেওয়া হয়নি।")
                % {"row": to_bangla(number)}
            )
        if any(len(row[cell]) > LONGEST_LINE for cell in ("subject", "start_text", "end_text")):
            raise UnwritableRow(
                _("%(row)s নম্বর সারির বিষয় বা তারিখের ঘরে লেখা অতিরিক্ত লম্বা; কোনো সারিই নেওয়া হয়নি।")
                % {"row": to_bangla(number)}
            )


def _subject(plan: WorkPlan, name: str) -> Subject:
    name = squeeze(name)
    found = plan.subjects.filter(name=name).first()
    return found or Subject.objects.create(
        plan=plan, name=name, position=_next_position(plan.subjects)
    )


def _key_in(parent: WorkPlan | Task, form_key: UUID) -> UUID:
    """A form's key bound to what the form is about.

    The same form sent for another plan or task is another row, and never touches the first.
    """
    return uuid5(form_key, f"{parent._meta.label_lower}:{parent.pk}")


def _key_of_row(plan: WorkPlan, form_key: UUID, fields: Mapping[str, str]) -> UUID:
    """A form's key bound to its plan and to the words sent with it.

    The words as sent, not the row's: the row may have been changed since it was made.
    """
    words = [fields.get(name, "") for name in ("subject", *TEXT_FIELDS)]
    return uuid5(_key_in(plan, form_key), json.dumps(words))


def _next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _write_fields(
    task: Task, fields: Mapping[str, str], *, was: Mapping[str, str] | None = None
) -> None:
    """Put the typed words on the task and compute what is certain of its schedule.

    A doubt lives until the cell it is about changes; the schedule's are worked out anew
    whenever one of its two cells does.
    """
    for name in TEXT_FIELDS:
        setattr(task, name, fields[name])
    schedule = parse_schedule(
        task.start_text,
        task.end_text,
        period_start=task.plan.starts_on,
        period_end=task.plan.ends_on,
    )
    task.starts_on, task.ends_on = schedule.starts_on, schedule.ends_on
    task.recurrence = schedule.recurrence.to_code() if schedule.recurrence else ""
    typed = [name for name in (*TEXT_FIELDS, "subject") if name in fields]
    changed = {name for name in typed if was is None or fields[name] != was.get(name)}
    if changed & SCHEDULE_CELLS:
        changed |= SCHEDULE_CELLS
    kept = [doubt for doubt in task.doubts if cell_of(doubt) not in changed]
    if changed & SCHEDULE_CELLS:
        kept += [
            {"field": doubt.field, "reason": doubt_sentence(doubt)} for doubt in schedule.doubts
        ]
    task.doubts = kept


def _link_posts(task: Task, posts: Sequence[Post] | None = None) -> None:
    among = posts if posts is not None else list(task.plan.office.posts.active())
    task.responsible.set(match_posts(task.responsible_text, among))


def _drop_empty_subjects(plan: WorkPlan) -> None:
    """A heading without rows is no heading. Deleted rows keep theirs, for undo."""
    plan.subjects.filter(tasks__isnull=True).delete()


def _renumber(tasks: Sequence[Task], fields: Sequence[str]) -> None:
    for position, task in enumerate(tasks, start=1):
        task.position = position
    Task.objects.bulk_update(tasks, fields)


def _texts(task: Task) -> dict[str, str]:
    return {name: getattr(task, name) for name in TEXT_FIELDS}


def _post_in(user: User, office_id: int) -> Post | None:
    return next((post for post in user.scope.posts if post.office_id == office_id), None)
