"""A font in which every cluster of letters is one glyph with one text."""

from typing import Any

from bangla.pdf.composites import Drawing, Part, compose
from bangla.pdf.engine import Font, pydyf


class TextFont(Font):  # type: ignore[misc, unused-ignore]
    """WeasyPrint's font with character codes of our own.

    A code is chosen by what is drawn *and* what it means. The first meaning of a single glyph
    keeps the glyph's number as its code, so whatever WeasyPrint draws by itself stays valid.
    Everything else gets a number above the last glyph: further meanings of a glyph, and drawings
    of several glyphs, which become composite glyphs of the embedded font.
    """

    to_unicode: dict[int, str]
    file_content: bytes

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.undrawn: dict[int, int] = {}  # code point to code, where the font has no glyph
        self._codes: dict[tuple[Drawing, str], int] = {}
        self._claimed: set[int] = set()
        self._drawings: list[Drawing] = []  # behind the codes from glyph_count upwards
        self._composites: dict[Drawing, int] = {}  # with their advances
        self._map: list[int] = []  # glyph number in the embedded font, by code

    def code(self, drawing: Drawing, text: str, advance: float) -> int:
        """The code that shows `drawing` and reads as `text`.

        `advance` is how far the drawing moves the pen, in thousandths of an em. A composite glyph
        has one advance, the first it was asked for; `widths[code]` tells which.
        """
        key = (drawing, text)
        if key not in self._codes:
            glyph = drawing[0].glyph
            if _is_plain(drawing) and glyph not in self._claimed:
                self._claimed.add(glyph)
                code = glyph
            else:
                code = self._reserve(drawing)
            self.to_unicode[code] = text
            self.widths[code] = self._advance(drawing, advance)
            self._codes[key] = code
        return self._codes[key]

    def get_unused_glyph_id(self, codepoint: int) -> int:
        """A code for a character that the font cannot draw; it shows the box of `.notdef`.

        No text may show glyph 0 itself (ISO 14289-1, 7.21.8), so the box is a glyph of its own.
        The parent keeps these codes in `missing` and then writes a character map of its own
        making, which some readers cannot follow.
        """
        if codepoint not in self.undrawn:
            self.undrawn[codepoint] = self._reserve((Part(0, 0, 0),))
        return self.undrawn[codepoint]

    def glyph(self, code: int) -> int:
        """The glyph that WeasyPrint means by `code`."""
        return code if code < self.glyph_count else 0

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Reduce the font to what the codes in `to_unicode` draw, and compose their drawings."""
        # WeasyPrint notes texts, often empty ones, for all glyphs it shows. Those inside our
        # drawings are shown by no code any more, and readers stumble over empty texts.
        own = set(self._codes.values())
        self.to_unicode = {
            code: text
            for code, text in self.to_unicode.items()
            if code in own or (text and code < self.glyph_count)
        }
        plain = {code for code in to_unicode if code < self.glyph_count}
        used = plain | {part.glyph for drawing in self._drawings for part in drawing}
        self.missing = self.undrawn  # asks the parent to keep the outline of `.notdef`
        super().subset(dict.fromkeys(used, ""), hinting)
        self.missing = {}
        numbers: dict[Drawing, int] = {}
        if self._composites:
            self.file_content, first = compose(self.file_content, self._composites)
            numbers = {drawing: first + index for index, drawing in enumerate(self._composites)}
        self._map = [
            *range(self.glyph_count),
            *(numbers.get(drawing, drawing[0].glyph) for drawing in self._drawings),
        ]

    def map_codes(self, description: Any, pdf: Any) -> None:
        """Tell the PDF, in the font's dictionary `description`, which glyph each code shows."""
        if self._drawings:
            stream = pydyf.Stream(
                [b"".join(glyph.to_bytes(2) for glyph in self._map)], compress=True
            )
            pdf.add_object(stream)
            description["CIDToGIDMap"] = stream.reference

    def _advance(self, drawing: Drawing, asked: float) -> int:
        if _is_plain(drawing):
            return int(self.widths[drawing[0].glyph])
        return self._composites.setdefault(drawing, max(round(asked), 0))

    def _reserve(self, drawing: Drawing) -> int:
        self._drawings.append(drawing)
        return int(self.glyph_count) + len(self._drawings) - 1


def _is_plain(drawing: Drawing) -> bool:
    """Whether `drawing` is one glyph where it always is; `.notdef` means nothing by itself."""
    return len(drawing) == 1 and not drawing[0].y and drawing[0].glyph != 0


def map_codes(document: Any, pdf: Any) -> None:
    """Finish the fonts of `document` in `pdf`; a finisher for WeasyPrint's `write_pdf`."""
    fonts = {font.name: font for font in document.fonts.values()}
    for described in list(pdf.objects):
        if isinstance(described, dict) and described.get("Subtype") == "/CIDFontType2":
            fonts[described["BaseFont"]].map_codes(described, pdf)
