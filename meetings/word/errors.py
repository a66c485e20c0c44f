"""What can be wrong with a Word template."""


class TemplateFailed(ValueError):
    """A template cannot be taken or filled in.

    The message is a Bengali sentence for the person who brought it: what is wrong, where, and the
    mend.
    """
