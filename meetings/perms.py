"""Who may do what with meetings and decisions; views, templates and actions all ask here."""

from teams.models import User

from .enums import FOLLOWED, MeetingStatus
from .models import Assignment, Decision, Meeting


def can_create_meeting(user: User, office_id: int) -> bool:
    """The head and the innovation officer call the team together."""
    return user.scope.leads(office_id)


def can_import_minutes(user: User, office_id: int) -> bool:
    """Old minutes come in as a draft, and every member of the team may type a draft."""
    return user.scope.is_in_team(office_id)


def can_write_minutes(user: User, meeting: Meeting) -> bool:
    """Every member of the team may type, while the minutes are a draft."""
    return meeting.status == MeetingStatus.DRAFT and user.scope.is_in_team(meeting.office_id)


def can_issue_notice(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.DRAFT and user.scope.leads(meeting.office_id)


def can_cancel_meeting(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.DRAFT and user.scope.leads(meeting.office_id)


def can_finalise_minutes(user: User, meeting: Meeting) -> bool:
    return user.scope.leads(meeting.office_id)


def can_reopen_minutes(user: User, meeting: Meeting) -> bool:
    return user.scope.leads(meeting.office_id)


def can_circulate_minutes(user: User, meeting: Meeting) -> bool:
    return user.scope.leads(meeting.office_id)


def can_close_decision(user: User, decision: Decision) -> bool:
    """Those who lead the team that decided say whether a decision is done or dropped."""
    return decision.meeting.is_held and user.scope.leads(decision.meeting.office_id)


def can_report_assignment(user: User, assignment: Assignment) -> bool:
    """Whoever holds the post, and those who lead its office (its post may be vacant)."""
    if assignment.decision.status not in FOLLOWED or not assignment.decision.meeting.is_held:
        return False
    scope = user.scope
    return assignment.post_id in scope.post_ids or scope.leads(assignment.office_id)


def can_arrange_meetings(user: User, office_id: int) -> bool:
    """The lists an office keeps for its meetings: topics, phrases, groups, file numbers."""
    return user.scope.leads(office_id)
