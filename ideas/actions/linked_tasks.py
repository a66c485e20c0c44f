"""Tasks of the work plan that carry out a pilot or a replication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState
from workplans.actions import add_decided_task
from workplans.models import Task, WorkPlan

from .. import perms
from ..models import LinkedTask, Pilot, Replication
from .measures import office_of

LONGEST_TITLE_NAMED = 200  # characters of the idea's title in the record of a task


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as typed; the words are the plan's own cells."""

    title: str
    starts_on: date
    ends_on: date | None = None
    responsible_text: str = ""
    expected_result: str = ""


@transaction.atomic
def add_linked_tasks(
    *,
    of: Pilot | Replication,
    plan: WorkPlan,
    subject: str,
    rows: Sequence[TaskRow],
    by: User,
    form_key: UUID,
) -> list[Task]:
    """Write the rows into the office's plan and tie them to the pilot or replication.

    All of them or none. A draft takes them from any member of the team; to an approved plan only
    those who lead it add, and the record names what it was decided by. The same `form_key` with
    the same words makes each task once. Raises WrongState, PermissionDenied.
    """
    office = office_of(of)
    # Locked before anything is asked: the plan may be on its way to being approved.
    plan = WorkPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.office_id != office.pk or not perms.can_write_tasks_into(by, plan):
        raise PermissionDenied
    if not perms.can_measure(by, of):
        raise WrongState(
            _("এটি এখন “%(status)s”, তাই এর জন্য কাজ যোগ করা যায় না।")
            % {"status": of.get_status_display()}
        )
    tasks = [
        add_decided_task(
            workplan=plan,
            subject=subject,
            title=row.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            responsible_text=row.responsible_text,
            expected_result=row.expected_result,
            reference=_reference(of),
            by=by,
            form_key=uuid5(form_key, f"{of._meta.label_lower}:{of.pk}:{number}"),
        )
        for number, row in enumerate(rows)
    ]
    if linked := [task.pk for task in tasks if _link(of, task)]:
        record(
            f"{of._meta.model_name}.add_tasks", of, by=by, office=office, after={"tasks": linked}
        )
    return tasks


def _link(of: Pilot | Replication, task: Task) -> bool:
    """Tie a task; False when it was tied already."""
    own = {"pilot": of} if isinstance(of, Pilot) else {"replication": of}
    return LinkedTask.objects.get_or_create(task=task, defaults=own)[1]


def _reference(of: Pilot | Replication) -> str:
    """What it was decided by, as the record of the task says it."""
    with override("bn"):
        kind = _("পাইলট") if isinstance(of, Pilot) else _("রেপ্লিকেশন")
    name = f"{kind}: {of.idea.title[:LONGEST_TITLE_NAMED]}"
    return f"{name}; {of.idea.reference}" if of.idea.reference else name
