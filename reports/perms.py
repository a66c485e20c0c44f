"""Who may do what with reports; views, templates and actions all ask here."""

from teams.enums import HAVE_OFFICES_BELOW, Role
from teams.models import User

from .enums import EDITABLE, NationalStatus, ReportStatus
from .models import Activity, Comment, NationalReport, Publication, Report, Submission


# --- Writing -----------------------------------------------------------------------------------
def can_create_report(user: User, office_id: int) -> bool:
    return user.scope.is_in_team(office_id)


def can_edit_report(user: User, report: Report) -> bool:
    """The whole team writes, until it is sent and again when it comes back."""
    return report.status in EDITABLE and user.scope.is_in_team(report.office_id)


def can_print_report(user: User, report: Report) -> bool:
    """The team prints what it is writing, at any time."""
    return user.scope.is_in_team(report.office_id)


def can_present_report(user: User, report: Report) -> bool:
    """The innovation officer lays it before the head."""
    return report.status in EDITABLE and user.scope.leads(report.office_id)


def can_write_activity(user: User, activity: Activity) -> bool:
    return user.scope.is_in_team(activity.office_id)


# --- Sending -----------------------------------------------------------------------------------
def can_submit_report(user: User, report: Report) -> bool:
    """The head of the office approves what is sent in its name, and nobody else."""
    return user.scope.heads(report.office_id)


def can_retry_submission(user: User, submission: Submission) -> bool:
    """The team, and the Cabinet Division, which waits for the paper."""
    return user.scope.is_in_team(submission.report.office_id) or is_reviewer(user)


def can_withdraw_report(user: User, report: Report) -> bool:
    """The Cabinet Division takes back what it had taken."""
    return can_review_report(user, report)


def can_keep_certificate(user: User, office_id: int) -> bool:
    """The head of the office, in whose name papers are signed."""
    return user.scope.heads(office_id)


# --- Review ------------------------------------------------------------------------------------
def is_reviewer(user: User) -> bool:
    return user.scope.has_role(Role.CABINET_REVIEWER)


def can_review_report(user: User, report: Report) -> bool:
    """Any reviewer of the Cabinet Division; the assigned one is answerable for it."""
    return is_reviewer(user) and report.status != ReportStatus.DRAFT


def can_assign_review(user: User) -> bool:
    return is_reviewer(user)


def can_comment_report(user: User, report: Report) -> bool:
    """While it is under review: reviewers, and the teams of offices above. Never one's own."""
    if report.status != ReportStatus.SUBMITTED:
        return False
    return is_reviewer(user) or is_superior(user, report)


def is_superior(user: User, report: Report) -> bool:
    """In the team of an office that stands over the report's."""
    return any(
        report.office.path.startswith(post.office.path) and post.office_id != report.office_id
        for post in user.scope.posts
        if user.scope.is_in_team(post.office_id)
    )


def can_edit_comment(user: User, comment: Comment) -> bool:
    """Its writer, until it is sent."""
    return comment.sent_at is None and comment.created_by_id == user.pk


def can_answer_comment(user: User, comment: Comment) -> bool:
    """The team, while it mends what was returned."""
    return comment.sent_at is not None and can_edit_report(user, comment.report)


def can_settle_comment(user: User, comment: Comment) -> bool:
    """The side that made it says whether it was met."""
    return comment.sent_at is not None and (
        comment.created_by_id == user.pk or can_review_report(user, comment.report)
    )


# --- Laying open -------------------------------------------------------------------------------
def can_publish_report(user: User, report: Report) -> bool:
    """The Cabinet Division; and the office itself, whose website must show it (duty 5)."""
    return is_reviewer(user) or user.scope.leads(report.office_id)


def can_release(user: User, office_id: int) -> bool:
    """The head and the innovation officer speak for the office in public."""
    return user.scope.leads(office_id)


def can_withdraw_publication(user: User, publication: Publication) -> bool:
    return can_release(user, publication.office_id) or is_reviewer(user)


# --- The nation --------------------------------------------------------------------------------
def can_view_nation(user: User) -> bool:
    """Reviewers see the whole country; teams that have offices below, their own part of it."""
    return is_reviewer(user) or any(
        office.tier in HAVE_OFFICES_BELOW for office in user.scope.team_offices
    )


def can_write_national(user: User, report: NationalReport) -> bool:
    return is_reviewer(user) and report.status == NationalStatus.DRAFT


def can_publish_national(user: User) -> bool:
    return is_reviewer(user)


# --- Deadlines -----------------------------------------------------------------------------------
def can_grant_extension(user: User) -> bool:
    """More time is the Cabinet Division's to give."""
    return is_reviewer(user)
