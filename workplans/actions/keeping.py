"""What a plan says, kept as it was at a step of its life."""

from typing import Any

from teams.models import User

from ..enums import Occasion, PlanStatus
from ..models import OPEN_REVISION, PlanSnapshot, WorkPlan
from ..snapshots import plan_rows


def keep_submitted(plan: WorkPlan, *, by: User) -> PlanSnapshot:
    """What was sent to the head; a later submission is compared with it."""
    return _keep(plan, Occasion.SUBMITTED, by=by, reason=plan.reason)


def keep_approved(plan: WorkPlan, *, by: User | None, reason: str = "") -> PlanSnapshot:
    """What is in force from now on, under the plan's present number."""
    return _keep(
        plan,
        Occasion.APPROVED,
        by=by,
        reason=reason,
        meeting_on=plan.meeting_on,
        reference=plan.approval_reference,
    )


def in_force(plan: WorkPlan) -> PlanSnapshot:
    """The words of a plan that are in force; kept now if nobody kept them at its approval."""
    kept = plan.snapshots.approved().order_by("-revision").first()
    return kept or keep_approved(plan, by=plan.approved_by)


def keep_decided(plan: WorkPlan, *, reference: str, by: User) -> list[WorkPlan]:
    """A settled decision has changed an approved plan: that is its next revision.

    Several decisions of the same meeting are one revision. Nothing happens to a plan not yet
    approved, whose words are the team's own. The caller has asked for `in_force` before it
    wrote. Returns the plans that got another number.
    """
    if plan.status != PlanStatus.APPROVED:
        return []
    last = plan.snapshots.approved().order_by("-revision").first()
    if last and last.occasion == Occasion.DECIDED and last.reason == reference:
        last.rows = plan_rows(plan)
        last.save(update_fields=["rows"])
        return []
    plan.revision += 1
    WorkPlan.everything.filter(pk=plan.pk).update(revision=plan.revision)
    # Whatever is being revised comes after what was decided meanwhile.
    waiting = plan.revisions.filter(status__in=OPEN_REVISION)
    waiting.update(revision=plan.revision + 1)
    _keep(plan, Occasion.DECIDED, by=by, reason=reference, reference=reference[:200])
    return [plan, *waiting]


def _keep(plan: WorkPlan, occasion: Occasion, *, by: User | None, **about: Any) -> PlanSnapshot:
    made: PlanSnapshot = PlanSnapshot.objects.create(
        plan=plan,
        occasion=occasion,
        revision=plan.revision,
        rows=plan_rows(plan),
        taken_by=by,
        **about,
    )
    return made
