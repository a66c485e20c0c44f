"""Text outside tables: titles, addresses and signatures, kept so that nothing vanishes unseen."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.templatetags.bangla_tags import digits
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import MAX_CELL_CHARS, MAX_ROWS, Cell, Grid, Line


def loose_grid(lines: Iterable[tuple[str, str]]) -> Grid | None:
    """A grid of the lines that say something, from (text, location) pairs; None for none.

    Raises UnreadableDocument when there is far more text than a paper comes with.
    """
    kept: list[Line] = []
    for text, location in lines:
        words = normalise(text)[:MAX_CELL_CHARS]
        if words:
            row = len(kept)
            kept.append(Line((Cell(words, row, 0),), row, location))
    if len(kept) > MAX_ROWS:
        raise UnreadableDocument(
            _("ছকের বাইরে %(limit)sটির বেশি লাইন আছে। দরকারি অংশটুকু নতুন একটি ফাইলে কপি করে আবার দিন।")
            % {"limit": digits(MAX_ROWS)}
        )
    return Grid(tuple(kept), is_table=False) if kept else None
