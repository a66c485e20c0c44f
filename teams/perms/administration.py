"""Who keeps the rules and the tree of offices."""

from ..enums import Role
from ..models import User


def can_manage_rules(user: User) -> bool:
    """Rules that change by gazette or circular: the system administrator alone."""
    return user.scope.has_role(Role.SYSTEM_ADMINISTRATOR)


def can_change_offices(user: User) -> bool:
    """New offices, names, mergers and the like: the system administrator alone."""
    return user.scope.has_role(Role.SYSTEM_ADMINISTRATOR)
