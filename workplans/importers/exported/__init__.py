"""Our own exports, handed back: Excel, Word and PDF files that say which row is which.

`files` finds the lines and their marks in a file of each kind, `rows` makes tasks, indicators and
progress of them. What the marks mean is agreed with the writers in `workplans.exchange`.
"""

from dataclasses import replace

from workplans.importers.exported.files import read_lines
from workplans.importers.exported.rows import plan_of
from workplans.importers.plan import ImportedIndicator, ImportedPlan, ImportedRow
from workplans.periods import Period

__all__ = ["as_new", "read_exported"]


def read_exported(content: bytes, *, period: Period) -> ImportedPlan | None:
    """The plan in a file that was exported here; None for any other file.

    Raises UnreadableDocument.
    """
    found = read_lines(content)
    return plan_of(found, period) if found else None


def as_new(found: ImportedPlan) -> ImportedPlan:
    """The rows as those of somebody's own table: for another plan than the one exported."""
    if found.mark is None:
        return found
    return replace(found, rows=tuple(map(_new_row, found.rows)), mark=None)


def _new_row(row: ImportedRow) -> ImportedRow:
    indicators: dict[str, ImportedIndicator] = {}
    for one in row.indicators:
        key = one.row_id or one.name
        known = indicators.get(key)
        indicators[key] = _both(known, one) if known else one
    return replace(
        row,
        row_id="",
        progress="" if row.entries else row.progress,
        indicators=tuple(indicators.values()),
    )


def _both(table: ImportedIndicator, sheet: ImportedIndicator) -> ImportedIndicator:
    """An indicator that the table and the sheet of indicators tell of: all that either says."""
    return ImportedIndicator(
        name=table.name,
        unit=table.unit or sheet.unit,
        weight=sheet.weight if table.weight is None else table.weight,
        previous=sheet.previous if table.previous is None else table.previous,
        targets=table.targets or sheet.targets,
        projection=sheet.projection if table.projection is None else table.projection,
        achieved=table.achieved,
        quarters=table.quarters or sheet.quarters,
        quarters_achieved=table.quarters_achieved,
        row_id=table.row_id,
    )
