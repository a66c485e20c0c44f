"""Who may do what with offices, teams and people; views, templates and actions all ask here."""

from .accounts import can_reset_second_factor
from .invitations import can_invite, can_revoke_invitation, invitable
from .offices import can_see_contacts
from .people import (
    can_change_post,
    can_edit_person,
    can_manage_people,
    can_see_people,
    manageable_offices,
    roles_for,
)
from .teams import (
    can_dissolve_team,
    can_form_team,
    can_issue_team,
    can_see_team,
    can_write_team,
)

__all__ = [
    "can_change_post",
    "can_dissolve_team",
    "can_edit_person",
    "can_form_team",
    "can_invite",
    "can_issue_team",
    "can_manage_people",
    "can_reset_second_factor",
    "can_revoke_invitation",
    "can_see_contacts",
    "can_see_people",
    "can_see_team",
    "can_write_team",
    "invitable",
    "manageable_offices",
    "roles_for",
]
