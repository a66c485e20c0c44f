"""An approved plan is changed only by a revision: written beside it, approved, then written in.

The rows of a revision are copies, tied to the plan's own tasks and indicators by `revises`. So
the tasks keep their numbers, and with them progress, evidence, decisions and reviews.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState, apply_transition

from .. import enums, perms
from ..enums import PlanStatus
from ..models import OPEN_REVISION, TEXT_FIELDS, Indicator, Subject, Task, WorkPlan
from .copying import (
    OF_SCHEDULE,
    copy_indicator,
    copy_quarters,
    copy_task,
    values_of,
    written_with,
)
from .keeping import in_force, keep_approved
from .writing import drop_empty_subjects, keep_due, lock_plan, new_version

# The words of a row and what is computed from them.
CELLS = (*TEXT_FIELDS, *(name for name in OF_SCHEDULE if name != "due_on"), "doubts")


class RevisionOpen(Exception):
    """The plan is being revised already; `existing` is that revision."""

    def __init__(self, existing: WorkPlan) -> None:
        super().__init__("open")
        self.existing = existing


def open_revision(plan: WorkPlan) -> WorkPlan | None:
    """The revision of a plan that somebody works on or that waits for the head."""
    return plan.revisions.filter(status__in=OPEN_REVISION).first()


@transaction.atomic
def start_revision(*, workplan: WorkPlan, reason: str, by: User) -> WorkPlan:
    """Begin to revise an approved plan. Raises RevisionOpen, WrongState, PermissionDenied."""
    plan = lock_plan(workplan.pk)
    if existing := open_revision(plan):
        raise RevisionOpen(existing)
    if plan.status != PlanStatus.APPROVED or plan.is_revision:
        raise WrongState(_("শুধু অনুমোদিত কর্মপরিকল্পনার সংশোধন করা যায়।"))
    if not perms.can_revise_workplan(by, plan):
        raise PermissionDenied
    in_force(plan)
    try:
        with transaction.atomic():
            revision: WorkPlan = WorkPlan.everything.create(
                office=plan.office,
                period_kind=plan.period_kind,
                starts_on=plan.starts_on,
                ends_on=plan.ends_on,
                form=plan.form,
                revision=plan.revision + 1,
                revises=plan,
                reason=reason,
                created_by=by,
            )
    except IntegrityError as twin:  # two who begin at once, where rows cannot be locked
        raise RevisionOpen(plan.revisions.get(status__in=OPEN_REVISION)) from twin
    copies = [
        copy_task(task, plan=revision, by=by, as_revision=True)
        for task in plan.tasks.kept().select_related("subject").in_order()
    ]
    record(
        "workplan.start_revision",
        revision,
        by=by,
        office=plan.office,
        after={"revision": revision.revision, "reason": reason, "tasks": len(copies)},
        rows=[row for copy in copies for row in written_with(copy)],
    )
    return revision


@transaction.atomic
def withdraw_revision(*, workplan: WorkPlan, by: User) -> None:
    """Give a revision up; what it said stays with the team. Raises WrongState, PermissionDenied."""
    apply_transition(
        workplan,
        enums.WITHDRAW,
        by=by,
        allowed=perms.can_withdraw_revision(by, workplan),
        office=workplan.office,
    )


@transaction.atomic
def approve_revision(*, workplan: WorkPlan, by: User, meeting_on: date, reference: str) -> None:
    """Approve a revision and put its words in force. Raises WrongState, PermissionDenied."""
    plan = lock_plan(workplan.revises.pk)  # type: ignore[union-attr]
    approval = {"meeting_on": meeting_on, "approval_reference": reference}
    apply_transition(
        workplan,
        enums.APPROVE,
        by=by,
        allowed=perms.can_approve_workplan(by, workplan),
        office=workplan.office,
        changes=dict(approval),
    )
    changed = _write_in(workplan, plan, by=by)
    WorkPlan.everything.filter(pk=plan.pk).update(
        **approval,
        revision=workplan.revision,
        form=workplan.form,
        version=plan.version + 1,
        approved_at=workplan.approved_at,
        approved_by=by,
    )
    plan.refresh_from_db()
    keep_approved(plan, by=by, reason=workplan.reason)
    record(
        "workplan.revise",
        plan,
        by=by,
        office=plan.office,
        after={"revision": plan.revision, "reason": workplan.reason},
        rows=changed,
    )


def mirror_added(task: Task, *, by: User) -> list[Model]:
    """A task decided meanwhile goes into the open revision too, or its approval would not know
    of it. Returns the rows that were written."""
    revision = open_revision(task.plan)
    if revision is None:
        return []
    copy = copy_task(task, plan=lock_plan(revision.pk), by=by, as_revision=True)
    return written_with(copy)


def mirror_schedule(task: Task, *, by: User) -> list[Model]:
    """An end date decided meanwhile holds in the open revision too."""
    revision = open_revision(task.plan)
    if revision is None:
        return []
    copies = Task.everything.filter(plan=lock_plan(revision.pk), revises=task)
    copies.update(
        end_text=task.end_text,
        **{name: getattr(task, name) for name in OF_SCHEDULE},
        **new_version(by),
    )
    return list(copies)


# --- The words of a revision, written into the plan -------------------------------------------
def _write_in(revision: WorkPlan, plan: WorkPlan, *, by: User) -> list[Model]:
    """Make the plan say what the revision says; returns the rows that were written."""
    subjects = _write_subjects(revision, plan)
    written: list[Model] = list(subjects.values())
    terms_before = {row["key"]: row["terms"] for row in in_force(plan).rows}
    copies = revision.tasks.select_related("subject", "revises__subject").in_order()
    places: dict[int, int] = {}
    for copy in copies:
        if copy.deleted_at:
            written += _take_out(copy.revises, by=by)
            continue
        subject = subjects[copy.subject_id]
        place = places[subject.pk] = places.get(subject.pk, 0) + 1
        if copy.revises is None:
            written += _write_new(copy, plan, subject, place, by=by)
        else:
            written += _write_row(copy, copy.revises, plan, subject, place, by=by)
            _write_terms(copy, copy.revises, terms_before)
    _put_others_last(plan, revision, places)
    drop_empty_subjects(plan)
    return [row for row in written if not _is_dropped(row, plan)]


def _write_subjects(revision: WorkPlan, plan: WorkPlan) -> dict[int, Subject]:
    """The plan's subjects by the number of the revision's: named, weighed and ordered as there."""
    own = {subject.name: subject for subject in plan.subjects.all()}
    found: dict[int, Subject] = {}
    used = revision.subjects.filter(tasks__deleted_at__isnull=True, tasks__isnull=False).distinct()
    for position, theirs in enumerate(used, start=1):
        mine = own.pop(theirs.name, None) or Subject(plan=plan, name=theirs.name)
        mine.position, mine.weight = position, theirs.weight
        mine.save()
        found[theirs.pk] = mine
    for position, left in enumerate(own.values(), start=len(found) + 1):
        left.position = position
        left.save(update_fields=["position"])
    return found


def _write_new(
    copy: Task, plan: WorkPlan, subject: Subject, place: int, *, by: User
) -> list[Model]:
    """A row that the revision adds; from now on its copy stands for it."""
    task = Task(plan=plan, subject=subject, position=place, updated_by=by)
    task.carried_from = copy.carried_from
    for name in CELLS:
        setattr(task, name, getattr(copy, name))
    task.due_on = copy.due_on
    task.save()
    task.responsible.set(copy.responsible.all())
    task.terms.set(copy.terms.all())
    for theirs in copy.indicators.kept():
        _tie(theirs, copy_indicator(theirs, task=task, by=by))
    Task.everything.filter(pk=copy.pk).update(revises=task)
    return written_with(task)


def _write_row(
    copy: Task, task: Task, plan: WorkPlan, subject: Subject, place: int, *, by: User
) -> Iterable[Model]:
    """A row that the plan has: only what differs is written, and it counts as a new version."""
    values = {name: getattr(copy, name) for name in CELLS}
    differing = {name: value for name, value in values.items() if getattr(task, name) != value}
    if task.subject_id != subject.pk:
        differing["subject"] = subject
    if task.deleted_at:
        differing |= {"deleted_at": None, "deleted_by": None}
    if differing:
        Task.everything.filter(pk=task.pk).update(**differing, **new_version(by))
    Task.everything.filter(pk=task.pk).update(position=place)
    task.refresh_from_db()
    task.plan = plan
    keep_due(task)
    task.responsible.set(copy.responsible.all())
    for theirs in copy.indicators.all():
        _write_indicator(theirs, task, by=by)
    return written_with(task)


def _write_terms(copy: Task, task: Task, before: dict[str, list[int]]) -> None:
    """The duties a row serves, if the revision has changed them.

    They may be tagged in the plan as well while it is being revised, and that stays.
    """
    wanted = copy.terms.all()
    if sorted(term.number for term in wanted) != before.get(str(task.pk)):
        task.terms.set(wanted)


def _write_indicator(theirs: Indicator, task: Task, *, by: User) -> None:
    mine = theirs.revises
    if mine is None:
        if theirs.deleted_at is None:
            _tie(theirs, copy_indicator(theirs, task=task, by=by))
        return
    gone = {"deleted_at": theirs.deleted_at, "deleted_by": theirs.deleted_by}
    values = values_of(theirs) | gone
    if any(getattr(mine, name) != value for name, value in values.items()):
        Indicator.objects.filter(pk=mine.pk).update(**values, **new_version(by))
    wanted = list(theirs.quarter_targets.values_list("quarter", "target"))
    if wanted != list(mine.quarter_targets.values_list("quarter", "target")):
        copy_quarters(theirs, mine)


def _tie(theirs: Indicator, mine: Indicator) -> None:
    Indicator.objects.filter(pk=theirs.pk).update(revises=mine)


def _take_out(task: Task | None, *, by: User) -> list[Model]:
    """A row that the revision leaves out; what was reported on it is kept with it."""
    if task is None or task.deleted_at:
        return []
    Task.everything.filter(pk=task.pk).update(
        deleted_at=timezone.now(), deleted_by=by, **new_version(by)
    )
    return [task]


def _put_others_last(plan: WorkPlan, revision: WorkPlan, places: dict[int, int]) -> None:
    """Rows of which the revision has no copy stay, below those it has put in order."""
    copied = revision.tasks.filter(revises__isnull=False).values("revises")
    for task in plan.tasks.exclude(pk__in=copied).order_by("subject", "position", "pk"):
        place = places[task.subject_id] = places.get(task.subject_id, 0) + 1
        if task.position != place:
            Task.everything.filter(pk=task.pk).update(position=place)


def _is_dropped(row: Model, plan: WorkPlan) -> bool:
    return isinstance(row, Subject) and not plan.subjects.filter(pk=row.pk).exists()
