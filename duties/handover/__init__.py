"""What passes on with a post: the list of everything open, and the paper it becomes."""

from .paper import frozen_content
from .parts import groups_of
from .showing import Shown, shown_content, shown_groups
from .work import Desk, Entry, Group

__all__ = [
    "Desk",
    "Entry",
    "Group",
    "Shown",
    "frozen_content",
    "groups_of",
    "shown_content",
    "shown_groups",
]
