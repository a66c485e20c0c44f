"""The errors an importer raises.

Their messages are Bengali sentences for the person who brought the file: what is wrong, where,
and what to do about it.
"""

from teams.uploads.errors import UnreadableDocument

__all__ = ["UnreadableDocument", "UnreadablePlan"]


class UnreadablePlan(UnreadableDocument):
    """A file or a paste cannot be read as a work plan."""
