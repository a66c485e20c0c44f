"""A plan from its start to its close."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState, apply_transition

from .. import enums, perms
from ..enums import PlanForm
from ..models import WorkPlan
from ..periods import Period
from .keeping import keep_approved, keep_submitted
from .revisions import approve_revision, open_revision
from .writing import lock_plan


class DuplicatePlan(Exception):
    """The office has a plan for this period already; `existing` is it."""

    def __init__(self, existing: WorkPlan) -> None:
        super().__init__("duplicate")
        self.existing = existing


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
            plan: WorkPlan = WorkPlan.objects.create(
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


@transaction.atomic
def submit_workplan(*, workplan: WorkPlan, by: User) -> None:
    """Send the plan to the head. Raises WrongState (also for an empty plan), PermissionDenied."""
    lock_plan(workplan.pk)  # or the last row could be taken out between the look and the step
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
    keep_submitted(workplan, by=by)


@transaction.atomic
def return_workplan(*, workplan: WorkPlan, by: User, reason: str = "") -> None:
    """Send the plan back to the team: with a reason, or with remarks on its cells.

    Raises WrongState (also when neither is there), PermissionDenied.
    """
    lock_plan(workplan.pk)
    is_silent = not reason and not workplan.comments.open().exists()
    if is_silent and perms.can_return_workplan(by, workplan):
        raise WrongState(_("কী সংশোধন করতে হবে তা লিখুন, অথবা অন্তত একটি ঘরে মন্তব্য করুন।"))
    apply_transition(
        workplan,
        enums.RETURN,
        by=by,
        allowed=perms.can_return_workplan(by, workplan),
        office=workplan.office,
        changes={"return_reason": reason},
    )


@transaction.atomic
def approve_workplan(
    *, workplan: WorkPlan, by: User, meeting_on: date, reference: str = ""
) -> None:
    """The head approves what the monthly coordination meeting of `meeting_on` agreed to.

    `reference` is the memo number of its minutes, if they have one. What a revision says is in
    force from here on. Raises WrongState, PermissionDenied.
    """
    if workplan.is_revision:
        approve_revision(workplan=workplan, by=by, meeting_on=meeting_on, reference=reference)
        return
    lock_plan(workplan.pk)
    apply_transition(
        workplan,
        enums.APPROVE,
        by=by,
        allowed=perms.can_approve_workplan(by, workplan),
        office=workplan.office,
        changes={"meeting_on": meeting_on, "approval_reference": reference},
    )
    keep_approved(workplan, by=by)


@transaction.atomic
def close_workplan(*, workplan: WorkPlan, by: User) -> None:
    """The year is over. Raises WrongState (also while a revision is open), PermissionDenied."""
    lock_plan(workplan.pk)
    if open_revision(workplan) and perms.can_close_workplan(by, workplan):
        raise WrongState(
            _("পরিকল্পনার একটি সংশোধন চলমান। আগে সেটি অনুমোদন বা প্রত্যাহার করুন, তারপর সমাপ্ত ঘোষণা করুন।")
        )
    apply_transition(
        workplan,
        enums.CLOSE,
        by=by,
        allowed=perms.can_close_workplan(by, workplan),
        office=workplan.office,
    )
