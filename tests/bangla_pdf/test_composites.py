from io import BytesIO

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from bangla.pdf.composites import Part, compose
from bangla.pdf.marks import SHAPES, build_marks_font


@pytest.fixture
def font() -> bytes:
    return build_marks_font()


def test_a_drawing_becomes_a_glyph_of_shifted_parts(font: bytes):
    number = TTFont(BytesIO(font)).getGlyphID("uni2713")
    drawing = (Part(number, 0, 0), Part(number, 100, -40))
    content, first = compose(font, {drawing: 900})
    composed = TTFont(BytesIO(content))
    name = composed.getGlyphName(first)
    glyph = composed["glyf"][name]
    assert [(part.x, part.y) for part in glyph.components] == [(0, 0), (100, -40)]
    single = composed["glyf"][composed.getGlyphName(number)]
    assert (glyph.xMin, glyph.xMax) == (single.xMin, single.xMax + 100)
    assert (glyph.yMin, glyph.yMax) == (single.yMin - 40, single.yMax)
    assert composed["hmtx"][name] == (900, single.xMin)


def test_old_glyphs_keep_number_outline_and_metrics(font: bytes):
    before, after = TTFont(BytesIO(font)), TTFont(BytesIO(compose(font, {(Part(1, 5, 5),): 10})[0]))
    for number in range(before["maxp"].numGlyphs):
        outlines, metrics = [], []
        for opened in (before, after):
            name = opened.getGlyphName(number)
            pen = DecomposingRecordingPen(opened.getGlyphSet())
            opened.getGlyphSet()[name].draw(pen)
            outlines.append(pen.value)
            metrics.append(opened["hmtx"][name])
        assert outlines[0] == outlines[1]
        assert metrics[0] == metrics[1]
    assert after["maxp"].numGlyphs == before["maxp"].numGlyphs + 1


def test_parts_without_ink_are_left_out(font: bytes):
    space = TTFont(BytesIO(font)).getGlyphID("space")
    content, first = compose(font, {(Part(space, 0, 0), Part(space, 9, 9)): 500})
    composed = TTFont(BytesIO(content))
    assert composed["glyf"][composed.getGlyphName(first)].numberOfContours == 0
    assert composed["hmtx"][composed.getGlyphName(first)] == (500, 0)


def test_the_marks_font_is_reproducible_and_complete(font: bytes):
    assert font == build_marks_font()
    assert set(map(ord, SHAPES)) <= set(TTFont(BytesIO(font)).getBestCmap())
