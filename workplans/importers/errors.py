"""The one error an importer raises."""


class UnreadablePlan(ValueError):
    """A file or a paste cannot be read as a work plan.

    The message is a Bengali sentence for the person who brought the file: what is wrong, where,
    and what to do about it.
    """
