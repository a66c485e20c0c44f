"""The one error that reading minutes raises."""

from workplans.importers.errors import UnreadableDocument


class UnreadableMinutes(UnreadableDocument):
    """A file or a paste cannot be read as minutes; the message is a Bengali sentence."""
