"""Text typed for Bijoy fonts (SutonnyMJ and kin) in the documents offices bring.

Where a document says which font a stretch of text is in, that alone decides. Where it does not
(plain text, a paste, a font lost on the way), the text as a whole does, then each cell, and
English words stay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from bangla.bijoy import is_bijoy, leftovers, to_unicode, words_to_unicode
from workplans.importers.grid import MAX_CELL_CHARS, Cell, Grid, Line, Sheet

__all__ = ["Typed", "conversion_note", "in_unicode", "kept_codes", "unread_codes"]


@dataclass
class Typed:
    """Puts stretches of text together, those of a Bijoy font in Unicode, and remembers if any."""

    was_converted: bool = False

    def text(self, pieces: Iterable[tuple[str, bool]]) -> str:
        """The text of (words, whether they are in a Bijoy font).

        Neighbours in such a font are converted as one, because Word parts a run anywhere.
        """
        said = (piece for piece in pieces if piece[0])
        return "".join(
            self._stretch("".join(words for words, _is_typed in stretch), is_typed=is_typed)
            for is_typed, stretch in groupby(said, key=lambda piece: piece[1])
        )

    def _stretch(self, words: str, *, is_typed: bool) -> str:
        if not is_typed:
            return words
        converted = to_unicode(words[: MAX_CELL_CHARS + 1])  # what is longer is refused as a cell
        self.was_converted = self.was_converted or converted != words
        return converted


def conversion_note() -> str:
    """What people are told when a document was converted."""
    return _("বিজয় (SutonnyMJ জাতীয়) ফন্টের লেখা ইউনিকোডে বদলানো হয়েছে; মূল কাগজের সঙ্গে মিলিয়ে নিন।")


def unread_codes(text: str) -> str:
    """A sentence about the codes of `text` that could not be converted; "" when all could."""
    codes = leftovers(text)
    if not codes:
        return ""
    return _("এই চিহ্নগুলো বিজয় থেকে ইউনিকোডে বদলানো যায়নি: %(codes)s") % {"codes": " ".join(codes)}


def kept_codes(text: str) -> str:
    """`text` so that the cleaning of texts takes no code out: one of Bijoy's is the soft hyphen."""
    return text.replace("\u00ad", "¬") if "\u00ad" in text and is_bijoy(text) else text


def in_unicode(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with what no font told to be Bijoy text converted: all of it, or single cells."""
    is_all = is_bijoy("\n".join(_texts(sheets)))
    return [_converted(sheet, is_all=is_all) for sheet in sheets]


def _texts(sheets: Sequence[Sheet]) -> Iterable[str]:
    for sheet in sheets:
        for grid in sheet.grids:
            for line in grid.lines:
                yield from (cell.text for cell in line.own_cells())


def _converted(sheet: Sheet, *, is_all: bool) -> Sheet:
    if not is_all and not any(is_bijoy(text) for text in _texts([sheet])):
        return sheet
    # A merged cell is one object at several places, and stays one.
    known: dict[int, Cell] = {}
    grids = tuple(
        Grid(tuple(_line(line, known, is_all=is_all) for line in grid.lines), grid.is_table)
        for grid in sheet.grids
    )
    return replace(sheet, grids=grids, is_converted=True)


def _line(line: Line, known: dict[int, Cell], *, is_all: bool) -> Line:
    cells = tuple(
        known.setdefault(id(cell), _cell(cell, is_all=is_all))
        if id(cell) not in known
        else known[id(cell)]
        for cell in line.cells
    )
    return replace(line, cells=cells)


def _cell(cell: Cell, *, is_all: bool) -> Cell:
    if is_all or is_bijoy(cell.text):
        return replace(cell, text=words_to_unicode(cell.text))
    return cell
