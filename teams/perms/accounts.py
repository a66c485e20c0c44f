"""Who may help somebody back into an account."""

from ..enums import Role
from ..models import User
from .invitations import can_invite


def can_reset_second_factor(user: User, person: User) -> bool:
    """Whoever could give the person a code for a new password; never for oneself.

    The two together open an account, so neither is anybody else's. The system administrator also
    helps those who hold no post.
    """
    if user == person:
        return False
    return user.scope.has_role(Role.SYSTEM_ADMINISTRATOR) or can_invite(user, person)
