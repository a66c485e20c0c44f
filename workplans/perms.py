"""Who may do what with plans; views, templates and actions all ask here."""

from teams.enums import LEAD_ROLES, Role
from teams.models import Post, User

from .enums import EDITABLE, SENT, PlanStatus
from .models import WorkPlan

# Whoever leads an office above, and for all of them the Cabinet Division's reviewers.
REVIEWING_ROLES = LEAD_ROLES | {Role.CABINET_REVIEWER}


def can_create_workplan(user: User, office_id: int) -> bool:
    return user.scope.is_in_team(office_id)


def can_edit_workplan(user: User, plan: WorkPlan) -> bool:
    """Every member of the team fills the plan, while its text is open."""
    return plan.status in EDITABLE and user.scope.is_in_team(plan.office_id)


def can_switch_form(user: User, plan: WorkPlan) -> bool:
    """The form is how a plan is shown: whoever leads may change it until the plan is closed."""
    if can_edit_workplan(user, plan):
        return True
    if plan.is_revision:
        return False
    settled = {PlanStatus.SUBMITTED, PlanStatus.APPROVED}
    return plan.status in settled and user.scope.leads(plan.office_id)


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


def can_comment_workplan(user: User, plan: WorkPlan) -> bool:
    """The team at any time; offices above, once the plan was sent. A settled past is only read."""
    is_past = plan.status in {PlanStatus.CLOSED, PlanStatus.WITHDRAWN}
    if is_past or (plan.is_revision and plan.status == PlanStatus.APPROVED):
        return False
    if user.scope.is_in_team(plan.office_id):
        return True
    return plan.status in SENT and _is_above(user, plan)


def can_read_removed(user: User, plan: WorkPlan) -> bool:
    """The words of rows that were taken out of a plan are its team's alone."""
    return user.scope.is_in_team(plan.office_id)


def can_settle_comment(user: User, plan: WorkPlan) -> bool:
    """Whoever works on the plan says that a remark is dealt with, or that it is not."""
    return can_comment_workplan(user, plan) and user.scope.is_in_team(plan.office_id)


def _is_above(user: User, plan: WorkPlan) -> bool:
    return any(plan.office.path.startswith(path) for path in user.scope.superior_paths)


def can_add_progress(user: User, plan: WorkPlan) -> bool:
    """Progress goes on whatever the state of the plan's text, until the plan is closed."""
    if plan.is_revision:
        return False  # it is reported on the plan itself
    return plan.status != PlanStatus.CLOSED and user.scope.is_in_team(plan.office_id)


def can_review_scores(user: User, plan: WorkPlan) -> bool:
    """Whoever leads an office above reviews what an approved plan achieved; never its own team."""
    if plan.is_revision or plan.status not in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
        return False
    return not user.scope.is_in_team(plan.office_id) and reviewing_post(user, plan) is not None


def reviewing_post(user: User, plan: WorkPlan) -> Post | None:
    """The post from which somebody would review the plan: the nearest one above its office."""
    above = [
        post
        for post in user.scope.posts
        if post.role in REVIEWING_ROLES
        and post.office_id != plan.office_id
        and plan.office.path.startswith(post.office.path)
    ]
    return max(above, key=lambda post: len(post.office.path), default=None)


def can_tag_tasks(user: User, plan: WorkPlan) -> bool:
    """Say which duties of the team its tasks serve: the team, while it writes the plan.

    In an approved plan whoever leads the team may still do so, because no word of it changes; a
    plan that waits for the head stays as it was handed in.
    """
    if plan.status in EDITABLE:
        return user.scope.is_in_team(plan.office_id)
    is_standing = plan.status == PlanStatus.APPROVED and not plan.is_revision
    return is_standing and user.scope.leads(plan.office_id)
