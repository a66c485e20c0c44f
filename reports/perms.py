"""Who may do what with reports."""

from teams.models import User

from .models import Report


def can_create_report(user: User, office_id: int) -> bool:
    return user.scope.is_in_team(office_id)


def can_edit_report(user: User, report: Report) -> bool:
    """The whole team writes the report; nothing is sent from here yet."""
    return user.scope.is_in_team(report.office_id)
