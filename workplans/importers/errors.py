"""The errors an importer raises.

Their messages are Bengali sentences for the person who brought the file: what is wrong, where,
and what to do about it.
"""


class UnreadableDocument(ValueError):
    """A file or a paste cannot be opened, whichever paper was looked for in it."""


class UnreadablePlan(UnreadableDocument):
    """A file or a paste cannot be read as a work plan."""
