"""Who may do what with plans; views, templates and actions all ask here."""

from teams.models import User

from .enums import EDITABLE, PlanStatus
from .models import WorkPlan


def can_create_workplan(user: User, office_id: int) -> bool:
    return user.scope.is_in_team(office_id)


def can_edit_workplan(user: User, plan: WorkPlan) -> bool:
    """Every member of the team fills the plan, while its text is open."""
    return plan.status in EDITABLE and user.scope.is_in_team(plan.office_id)


def can_submit_workplan(user: User, plan: WorkPlan) -> bool:
    return plan.status in EDITABLE and user.scope.leads(plan.office_id)


def can_return_workplan(user: User, plan: WorkPlan) -> bool:
    return plan.status == PlanStatus.SUBMITTED and user.scope.heads(plan.office_id)


def can_approve_workplan(user: User, plan: WorkPlan) -> bool:
    """The head approves, as the monthly coordination meeting does under duty 2 of the gazette."""
    return plan.status == PlanStatus.SUBMITTED and user.scope.heads(plan.office_id)


def can_close_workplan(user: User, plan: WorkPlan) -> bool:
    if plan.is_revision:
        return False
    return plan.status == PlanStatus.APPROVED and user.scope.heads(plan.office_id)


def can_revise_workplan(user: User, plan: WorkPlan) -> bool:
    """Whoever leads the team starts a revision of what was approved."""
    if plan.is_revision:
        return False
    return plan.status == PlanStatus.APPROVED and user.scope.leads(plan.office_id)


def can_withdraw_revision(user: User, plan: WorkPlan) -> bool:
    return plan.is_revision and plan.status in EDITABLE and user.scope.leads(plan.office_id)


def can_add_progress(user: User, plan: WorkPlan) -> bool:
    """Progress goes on whatever the state of the plan's text, until the plan is closed."""
    if plan.is_revision:
        return False  # it is reported on the plan itself
    return plan.status != PlanStatus.CLOSED and user.scope.is_in_team(plan.office_id)
