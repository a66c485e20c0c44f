"""All parts of a report with their numbers and tables, in the order of `SectionKey`."""

from ..enums import SectionKey
from . import activities, ideas, meetings, plans, spreading
from .figures import FigureKind
from .parts import Part
from .tables import TableKind

_LISTED = {
    part.key: part
    for module in (meetings, activities, ideas, spreading, plans)
    for part in module.PARTS
}
# Introduction and problems are words alone.
PARTS: dict[SectionKey, Part] = {key: _LISTED.get(key, Part(key)) for key in SectionKey}

FIGURES: dict[str, tuple[FigureKind, ...]] = {
    key.value: part.figures for key, part in PARTS.items()
}
TABLES: dict[str, tuple[TableKind, ...]] = {key.value: part.tables for key, part in PARTS.items()}


def figure_kind(section: str, figure: str) -> FigureKind:
    """Raises KeyError for a number that no report has."""
    for kind in FIGURES[section]:
        if kind.key == figure:
            return kind
    raise KeyError(figure)
