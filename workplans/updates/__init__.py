"""Where a table handed in differs from the plan: what an update would write, cell by cell.

A file exported here says which row is which; in a table of somebody's own the rows are proposed
by their titles. Both sides are compared as they are printed in the form of the file, so a date
written in another way, or a line that paper has not, is no difference.

Nothing here writes. Each `Change` has a `token` made of the text it would replace: whoever ticks
it says so of that text, and the action (`actions/updates.py`) refuses it when another stands there.
"""

from .changes import About, Change, Differences, Row, RowChanges
from .compare import differences, has_same_titles, is_update

__all__ = [
    "About",
    "Change",
    "Differences",
    "Row",
    "RowChanges",
    "differences",
    "has_same_titles",
    "is_update",
]
