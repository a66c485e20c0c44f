"""Which duties of the team the tasks of a plan serve."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import TermOfReference, User
from teams.transitions import WrongState

from .. import perms
from ..models import OPEN_REVISION, Task, WorkPlan
from ..terms import terms_in_force
from .writing import lock_plan


@transaction.atomic
def tag_task(*, task: Task, terms: Iterable[TermOfReference], by: User) -> None:
    """Say which duties a task serves; what was said before is replaced.

    No word of the row changes, so neither does its version. Raises PermissionDenied, WrongState.
    """
    plan = _open_for_tagging(task.plan, by)
    _tag(task, _checked(terms, terms_in_force(plan)), plan=plan, by=by)


@transaction.atomic
def tag_tasks(
    *, workplan: WorkPlan, terms: Mapping[int, Iterable[TermOfReference]], by: User
) -> int:
    """Tag many rows at once; `terms` by the number of the task. Returns how many were.

    A task that somebody has tagged or taken out meanwhile stays as it is. Raises PermissionDenied,
    WrongState.
    """
    plan = _open_for_tagging(workplan, by)
    known = terms_in_force(plan)
    tasks = [task for task in untagged(plan) if task.pk in terms]
    wanted = [(task, _checked(terms[task.pk], known)) for task in tasks]
    chosen = [(task, of_task) for task, of_task in wanted if of_task]
    for task, of_task in chosen:
        _tag(task, of_task, plan=plan, by=by)
    return len(chosen)


def untagged(plan: WorkPlan) -> QuerySet[Task]:
    """The rows of which nobody has said yet what duty they serve, in order.

    Duties of another time, as carried on from an older plan, say nothing of this one's.
    """
    told = Task.terms.through.objects.filter(
        termofreference__in=TermOfReference.objects.covering(plan.starts_on)
    )
    tasks = Task.everything.filter(plan=plan).kept()
    return tasks.exclude(pk__in=told.values("task_id")).in_order()


def set_terms(task: Task, terms: Iterable[TermOfReference]) -> list[Task]:
    """Write what duties a task serves, for actions that record it; answers with the copies changed.

    The copy in a revision that is being written follows if it said the same: approving the
    revision must not bring back what was changed here meanwhile.
    """
    before = _numbers(task)
    copies = Task.everything.filter(revises=task, plan__status__in=OPEN_REVISION)
    following = [copy for copy in copies if _numbers(copy) == before]
    chosen = list(terms)
    for one in (task, *following):
        one.terms.set(chosen)
    return following


def _tag(task: Task, terms: list[TermOfReference], *, plan: WorkPlan, by: User) -> None:
    before, after = _numbers(task), sorted(term.number for term in terms)
    if before == after:
        return
    following = set_terms(task, terms)
    record(
        "task.tag",
        task,
        by=by,
        office=plan.office,
        before={"terms": before},
        after={"terms": after},
        rows=following,
    )


def _open_for_tagging(plan: WorkPlan, by: User) -> WorkPlan:
    plan = lock_plan(plan.pk)
    if not by.scope.is_in_team(plan.office_id):
        raise PermissionDenied
    if not perms.can_tag_tasks(by, plan):
        raise WrongState(
            _("পরিকল্পনাটি এখন “%(status)s”, তাই আপনি এর কাজের কার্যপরিধি বদলাতে পারেন না।")
            % {"status": plan.get_status_display()}
        )
    return plan


def _checked(
    terms: Iterable[TermOfReference], known: Iterable[TermOfReference]
) -> list[TermOfReference]:
    """The same duties, if all of them were in force when the plan began. Raises WrongState."""
    chosen = list(terms)
    if not {term.pk for term in chosen} <= {term.pk for term in known}:
        raise WrongState(_("পরিকল্পনা শুরুর দিনে এই কার্যপরিধি বলবৎ ছিল না।"))
    return chosen


def _numbers(task: Task) -> list[int]:
    return sorted(task.terms.values_list("number", flat=True))
