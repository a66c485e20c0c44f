"""An office's staff from the list it already has: rows and doubts, nothing written.

`reading` takes the cells out of a workbook or a paste, `header` finds which column is what,
`checks` says of each row what will come of it and what must be mended first.
"""

from .checks import CheckedRow, check_staff
from .header import CELLS, HEADINGS
from .reading import MOST_ROWS, FoundStaff, UnreadableStaff, read_paste, read_workbook

__all__ = [
    "CELLS",
    "HEADINGS",
    "MOST_ROWS",
    "CheckedRow",
    "FoundStaff",
    "UnreadableStaff",
    "check_staff",
    "read_paste",
    "read_workbook",
]
