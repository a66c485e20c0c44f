"""Every write of this room. Keyword-only, atomic, and recorded."""

from .extensions import AlreadyGranted, grant_extension, revoke_extension
from .handovers import StaleNote, give_handover, save_note, settle_handover, take_handover

__all__ = [
    "AlreadyGranted",
    "StaleNote",
    "give_handover",
    "grant_extension",
    "revoke_extension",
    "save_note",
    "settle_handover",
    "take_handover",
]
