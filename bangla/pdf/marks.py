"""A tiny font for the signs that the Bengali faces do not draw: ticks, crosses and boxes.

Plans and attendance sheets use `✓`; the Noto Bengali subsets have no glyph for it. Drawing a few
simple shapes is lighter than shipping a symbol font, and they carry a text like any letter.
Coordinates are in units of a 1000-unit em, y upwards, baseline at 0.
"""

import io
from collections.abc import Sequence

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

MARKS_FAMILY = "Udbhabon Marks"

_EM = 1000
_ADVANCE = 800
_ASCENT, _DESCENT = 1069, -293  # those of the Noto Bengali faces, so a tick never moves a line

Contour = Sequence[tuple[int, int]]


def _square(left: int, bottom: int, side: int) -> Contour:
    """A filled square, clockwise as TrueType wants its outer contours."""
    right, top = left + side, bottom + side
    return ((left, bottom), (left, top), (right, top), (right, bottom))


_TICK: Contour = ((90, 330), (160, 410), (300, 270), (640, 690), (720, 620), (310, 110))
_CROSS: Contour = (
    (120, 150), (330, 360), (120, 570), (190, 640), (400, 430), (610, 640),
    (680, 570), (470, 360), (680, 150), (610, 80), (400, 290), (190, 80),
)  # fmt: skip
_FRAME: tuple[Contour, ...] = (_square(80, 40, 640), tuple(reversed(_square(130, 90, 540))))
_SMALL_TICK: Contour = ((190, 340), (240, 400), (330, 310), (560, 590), (620, 540), (340, 190))
_SMALL_CROSS: Contour = (
    (210, 220), (350, 360), (210, 500), (260, 550), (400, 410), (540, 550),
    (590, 500), (450, 360), (590, 220), (540, 170), (400, 310), (260, 170),
)  # fmt: skip

_ARROW: Contour = (
    (60, 325), (60, 395), (560, 395), (420, 535), (470, 585), (700, 360),
    (470, 135), (420, 185), (560, 325),
)  # fmt: skip

_RING: tuple[Contour, ...] = (
    (
        (260, 300),
        (260, 420),
        (340, 500),
        (460, 500),
        (540, 420),
        (540, 300),
        (460, 220),
        (340, 220),
    ),
    (
        (300, 320),
        (360, 260),
        (440, 260),
        (500, 320),
        (500, 400),
        (440, 460),
        (360, 460),
        (300, 400),
    ),
)

SHAPES: dict[str, tuple[Contour, ...]] = {
    "✓": (_TICK,),
    "✔": (_TICK,),
    "✗": (_CROSS,),
    "☐": _FRAME,
    "☑": (*_FRAME, _SMALL_TICK),
    "☒": (*_FRAME, _SMALL_CROSS),
    "■": (_square(80, 40, 640),),
    "▪": (_square(240, 200, 320),),
    "◦": _RING,
    "→": (_ARROW,),
}
_SPACES = (" ", "\N{NO-BREAK SPACE}")  # Pango takes a space from the font of the sign before it
_SPACE_ADVANCE = 260


def build_marks_font() -> bytes:
    """The font as TrueType bytes; the same bytes on every call."""
    names = {ord(sign): f"uni{ord(sign):04X}" for sign in SHAPES}
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for sign, contours in SHAPES.items():
        pen = TTGlyphPen(None)
        for first, *rest in contours:
            pen.moveTo(first)
            for point in rest:
                pen.lineTo(point)
            pen.closePath()
        glyphs[names[ord(sign)]] = pen.glyph()
    for space in _SPACES:
        names[ord(space)] = "space"
    glyphs["space"] = TTGlyphPen(None).glyph()
    builder = FontBuilder(_EM, isTTF=True)
    builder.updateHead(created=0, modified=0)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(
        {
            name: (_SPACE_ADVANCE if name == "space" else _ADVANCE, getattr(glyph, "xMin", 0))
            for name, glyph in glyphs.items()
        }
    )
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": MARKS_FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWeightClass=400)
    builder.setupPost()
    builder.font.recalcTimestamp = False
    output = io.BytesIO()
    builder.font.save(output)
    return output.getvalue()
