"""Who may do what with offices, teams and people; views, templates and actions all ask here."""

from .offices import can_see_contacts

__all__ = ["can_see_contacts"]
