"""Who may do what with offices and people; views, templates and actions all ask here."""

from ..enums import Role
from ..models import Office, User


def can_see_contacts(user: User, office: Office) -> bool:
    """Phone and e-mail of an office's posts: for the office itself and its superiors."""
    scope = user.scope
    return scope.has_role(Role.SYSTEM_ADMINISTRATOR) or any(
        office.path.startswith(path) for path in scope.superior_paths
    )
