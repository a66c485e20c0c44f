"""What every write to the rows of a plan shares: the lock, the cells, the links to posts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.dates import parse_schedule
from bangla.text import squeeze
from teams.models import Post, User
from teams.transitions import WrongState

from ..enums import EDITABLE, PlanStatus
from ..importers.schedule import doubt_sentence
from ..models import OPEN_REVISION, ProgressEntry, Subject, Task, WorkPlan
from ..models import TEXT_FIELDS as TEXT_FIELDS
from ..parts import Part, Reported, due_day, parts_of, read_parts
from ..responsible import match_posts
from ..table import cell_of

COMPUTED = ("starts_on", "ends_on", "recurrence", "part_count", "due_on")
SCHEDULE_CELLS = {"start_text", "end_text"}


def lock_plan(pk: int) -> WorkPlan:
    """The plan as it is now; nobody else writes to it until this transaction has ended."""
    locked = WorkPlan.everything.select_for_update(of=("self",)).select_related("office")
    return locked.get(pk=pk)


def open_for_writing(
    plan: WorkPlan, by: User | None, *, states: frozenset[PlanStatus] = EDITABLE
) -> WorkPlan:
    """Lock the plan and check that its text is open to this person, in one of `states`.

    Raises PermissionDenied, WrongState.
    """
    plan = lock_plan(plan.pk)
    if by is not None and not by.scope.is_in_team(plan.office_id):
        raise PermissionDenied
    if plan.status not in states:
        raise WrongState(
            _("পরিকল্পনাটি এখন “%(status)s”, তাই এর লেখা বদলানো যায় না।")
            % {"status": plan.get_status_display()}
        )
    return plan


def new_version(by: User | None) -> dict[str, Any]:
    """What every change of a row sets, so that a save from before it is told whom it met."""
    return {"version": F("version") + 1, "updated_at": timezone.now(), "updated_by": by}


def subject_named(plan: WorkPlan, name: str) -> Subject:
    name = squeeze(name)
    found = plan.subjects.filter(name=name).first()
    return found or Subject.objects.create(
        plan=plan, name=name, position=next_position(plan.subjects)
    )


def next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def key_in(parent: WorkPlan | Task, form_key: UUID) -> UUID:
    """A form's key bound to what the form is about.

    The same form sent for another plan or task is another row, and never touches the first.
    """
    return uuid5(form_key, f"{parent._meta.label_lower}:{parent.pk}")


def write_cells(
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
    parts, of_letters = read_parts(task)
    _take_parts(task, parts)
    typed = [name for name in (*TEXT_FIELDS, "subject") if name in fields]
    changed = {name for name in typed if was is None or fields[name] != was.get(name)}
    if changed & SCHEDULE_CELLS or ("title" in changed and task.part_count):
        changed |= SCHEDULE_CELLS
    kept = [doubt for doubt in task.doubts if cell_of(doubt) not in changed]
    if changed & SCHEDULE_CELLS:
        kept += [
            {"field": doubt.field, "reason": doubt_sentence(doubt)}
            for doubt in (*schedule.doubts, *of_letters)
        ]
    task.doubts = kept


def keep_due(task: Task) -> None:
    """Work out anew what is due next. For every write of progress; `task.plan` is at hand.

    So does what a revision is being written on: it shows the progress of the plan's own row.
    """
    was = (task.part_count, task.due_on)
    _take_parts(task, parts_of(task))
    if was != (task.part_count, task.due_on):
        now = {"part_count": task.part_count, "due_on": task.due_on}
        Task.everything.filter(pk=task.pk).update(**now)
        for copy in task.copies.filter(plan__status__in=OPEN_REVISION).select_related("plan"):
            keep_due(copy)


def _take_parts(task: Task, parts: Sequence[Part]) -> None:
    reported: dict[str, Reported] = {}
    whole = None
    if task.pk or task.revises_id:  # a new row has no progress yet
        told = ProgressEntry.objects.filter(task=task.reported_on_id).order_by("on", "pk")
        for on, percent, part, part_percent in told.values_list(
            "on", "percent", "part", "part_percent"
        ):
            whole = whole if percent is None else percent
            if part and part_percent is not None:
                reported[part] = Reported(part_percent, on)
    task.part_count = len(parts)
    task.due_on = due_day(task, parts, reported, whole)


def cells_after(task: Task, plan: WorkPlan, fields: Mapping[str, str]) -> dict[str, Any]:
    """What the cells of a row, and what is computed of them, become with these words."""
    changed = Task(pk=task.pk, revises_id=task.revises_id, plan=plan, doubts=task.doubts)
    write_cells(changed, fields, was={**texts_of(task), "subject": task.subject.name})
    return {name: getattr(changed, name) for name in (*TEXT_FIELDS, *COMPUTED, "doubts")}


def link_posts(task: Task, posts: Sequence[Post] | None = None) -> None:
    among = posts if posts is not None else list(task.plan.office.posts.active())
    task.responsible.set(match_posts(task.responsible_text, among))


def drop_empty_subjects(plan: WorkPlan) -> None:
    """A heading without rows is no heading. Deleted rows keep theirs, for undo."""
    plan.subjects.filter(tasks__isnull=True).delete()


def texts_of(task: Task) -> dict[str, str]:
    return {name: getattr(task, name) for name in TEXT_FIELDS}
