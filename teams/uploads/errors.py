"""The error of what cannot be opened; its message is a Bengali sentence for whoever brought it."""


class UnreadableDocument(ValueError):
    """A file or a paste cannot be opened, whichever paper was looked for in it."""
