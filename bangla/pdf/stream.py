"""Drawing text so that it can be found.

WeasyPrint draws every line as it always does. The stream below holds a line back until it is
finished; then it writes each cluster of letters as one code, in the very place where WeasyPrint
drew its glyphs, and puts each Bengali word between operators that carry its ActualText. By word,
not by line, so that selecting with the mouse stays possible.
"""

import re
from codecs import BOM_UTF16_BE
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple, Self
from unicodedata import normalize

from bangla.pdf.composites import Part
from bangla.pdf.engine import FROM_UNITS, Stream, boxes, ffi, get_pango_font_key, pango
from bangla.pdf.errors import UnsupportedEngine
from bangla.pdf.structure import BoxSet
from bangla.pdf.textfont import TextFont
from bangla.pdf.textlayer import Cluster, end_of_line, find_words, tidy

_TOKEN = re.compile(r"<([0-9a-f]*)>|([^<>]+)")
_DIGITS = 4  # hexadecimal digits of a code in a composite font
_GLYPH_FIELDS = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("gint")  # number and width come first
_EMPTY_GLYPH = pango.PANGO_GLYPH_EMPTY
# A byte order mark and what it would be the wrong way round: no text may be either.
_NO_TEXT = {0xFEFF: None, 0xFFFE: 0xFFFD}


class _Glyph(NamedTuple):
    """A glyph shown by WeasyPrint, `rise` CSS pixels above the line."""

    number: int
    rise: float


class _Gap(NamedTuple):
    """A step to the left, in thousandths of the font size."""

    width: float


class _FontChange(NamedTuple):
    """The font and size, in CSS pixels, of the glyphs that follow."""

    name: str
    size: float


_Step = _Glyph | _Gap | _FontChange


class TextStream(Stream):  # type: ignore[misc, unused-ignore]
    """A content stream whose text can be found, selected by the word and copied."""

    _artifacts: BoxSet = frozenset()
    _line_ends: BoxSet = frozenset()
    _textbox: Any = None
    _marking = False
    _is_group = False
    _line: list[_Step] | None = None
    _rise = 0.0

    @classmethod
    def over(cls, stream: Any, artifacts: BoxSet, line_ends: BoxSet) -> Self:
        """A stream that goes on writing `stream`: same operators, same resources.

        It tags what it draws, except the boxes in `artifacts`. `line_ends` are the text boxes
        that end a line of their paragraph.
        """
        own = cls.like(stream, tags={})
        own.stream = stream.stream
        own._ctm_stack = stream._ctm_stack
        own._artifacts, own._line_ends = artifacts, line_ends
        return own

    @classmethod
    def like(cls, stream: Any, **changes: Any) -> Self:
        """An empty stream with the resources of `stream`, save for `changes`."""
        shared = {
            "fonts": stream._fonts,
            "page_rectangle": stream.page_rectangle,
            "resources": stream._resources,
            "images": stream._images,
            "tags": stream._tags,
            "color_profiles": stream._color_profiles,
            "output_intent": stream._output_intent,
            "compress": stream.compress,
        }
        return cls(**(shared | changes))

    @property
    def marks(self) -> dict[Any, dict[str, Any]]:
        """What was tagged: box to a dictionary with its `mcid` and, in a group, its `group`."""
        return dict(self._tags)

    def clone(self, **changes: Any) -> Self:
        """As WeasyPrint's, for groups and patterns: their text must be found as well."""
        own = self.like(self, **changes)
        own._is_group = True
        own._artifacts, own._line_ends = self._artifacts, self._line_ends
        return own

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """The PDF font for a Pango font, and its size in CSS pixels."""
        key, description, size = get_pango_font_key(pango_font)
        if key not in self._fonts:
            font = TextFont(pango_font, description, size)
            # The page knows fonts by `hash`. Two with one hash must share their codes.
            known = {font.hash: font for font in self._fonts.values()}
            self._fonts[key] = known.get(font.hash, font)
        return self._fonts[key], size

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Tag what is drawn for `box`, and remember whose text it is."""
        self._textbox = box if isinstance(box, boxes.TextBox) else None
        mark = super().artifact() if id(box) in self._artifacts else super().marked(box, tag)
        with mark:
            self._marking = True
            yield
            self._marking = False
        if self._is_group and box in self._tags:
            self._tags[box]["group"] = self
        self._textbox = None

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark decoration. Inside tagged content it needs no mark, and must not have one."""
        if self._marking:
            yield
        else:
            with super().artifact():
                yield

    def begin_text(self) -> None:
        """Start a line of text."""
        super().begin_text()
        if self._textbox is not None:
            self._line = []

    def set_font_size(self, font: str, size: float) -> None:
        """Choose a font; inside a line the choice is held back with the line."""
        if self._line is None:
            super().set_font_size(font, size)
        else:
            self._line.append(_FontChange(font, size))

    def set_text_rise(self, rise: float) -> None:
        """Raise the following glyphs by `rise` CSS pixels."""
        if self._line is None:
            super().set_text_rise(rise)
        else:
            self._rise = rise

    def show_text(self, text: str) -> None:
        """Show glyphs and gaps; inside a line they are held back with the line."""
        if self._line is None:
            super().show_text(text)
            return
        for digits, gap in _TOKEN.findall(text):
            if gap:
                self._line.append(_Gap(float(gap)))
            for start in range(0, len(digits), _DIGITS):
                number = int(digits[start : start + _DIGITS], 16)
                self._line.append(_Glyph(number, self._rise))

    def end_text(self) -> None:
        """Finish a line: write what was held back."""
        line, self._line = self._line, None
        if line:
            self._write_line(line)
        super().end_text()

    def _write_line(self, line: list[_Step]) -> None:
        clusters = self._clusters_of_line()
        words = find_words(clusters)
        starts = {word.first: word.text for word in words}
        ends = {word.last for word in words}
        steps = iter(line)
        shown = _Shown(self)
        for index, cluster in enumerate(clusters):
            first = self._write_until_glyph(steps, shown)
            if index in starts:
                shown.flush()
                text = BOM_UTF16_BE + starts[index].encode("utf-16-be")
                self.stream.append(f"/Span <</ActualText <{text.hex()}>>> BDC")
            shown.add_cluster(first, steps, cluster)
            if index in ends:
                shown.flush()
                self.end_marked_content()
        shown.flush()
        if any(isinstance(step, _Glyph) for step in steps):
            raise UnsupportedEngine("WeasyPrint drew more glyphs than Pango shaped.")

    def _write_until_glyph(self, steps: Iterator[_Step], shown: "_Shown") -> _Glyph:
        for step in steps:
            if isinstance(step, _Glyph):
                return step
            if isinstance(step, _Gap):
                shown.add_gap(step.width)
            else:
                shown.change_font(step)
        raise UnsupportedEngine("WeasyPrint drew fewer glyphs than Pango shaped.")

    def _clusters_of_line(self) -> list[Cluster]:
        """The clusters of the line just drawn, in drawing order.

        Follows the same Pango runs as WeasyPrint's `draw_first_line`, which shows every glyph
        except `PANGO_GLYPH_EMPTY`.
        """
        layout = self._textbox.pango_layout
        line, _ = layout.get_first_line()
        utf8 = layout.text.encode()
        clusters: list[Cluster] = []
        run = line.runs
        while run != ffi.NULL:
            item, glyphs = run.data.item, run.data.glyphs
            run = run.next
            count = glyphs.num_glyphs
            offsets = ffi.unpack(glyphs.log_clusters, count)
            fields = ffi.unpack(ffi.cast("gint *", glyphs.glyphs), count * _GLYPH_FIELDS)
            bounds = [*sorted(set(offsets)), item.length]
            ends = dict(pairwise(bounds))
            drawn = dict.fromkeys(offsets, 0)
            widths = dict.fromkeys(offsets, 0)
            numbers, advances = fields[::_GLYPH_FIELDS], fields[1::_GLYPH_FIELDS]
            for offset, number, advance in zip(offsets, numbers, advances, strict=True):
                drawn[offset] += number != _EMPTY_GLYPH
                widths[offset] += advance
            for offset, count in drawn.items():
                letters = utf8[item.offset + offset : item.offset + ends[offset]].decode()
                text = normalize("NFC", letters.translate(_NO_TEXT))
                clusters.append(Cluster(text, count, widths[offset] * FROM_UNITS))
        tidied = tidy(clusters)
        if id(self._textbox) in self._line_ends and tidied:
            style = self._textbox.style
            tidied[-1] = end_of_line(tidied[-1], style["hyphenate_character"])
        return tidied


class _Shown:
    """Collects codes and gaps into as few text-showing operators as possible."""

    def __init__(self, stream: TextStream) -> None:
        self._stream = stream
        self._pieces: list[str] = []
        self._gap = 0.0
        self._font: TextFont
        self._size = 0.0

    def change_font(self, change: _FontChange) -> None:
        """Show what follows in another font."""
        self.flush()
        fonts = self._stream._fonts.values()
        self._font = next(font for font in fonts if font.hash == change.name)
        self._size = change.size
        self._stream.set_font_size(change.name, change.size)

    def add_cluster(self, glyph: _Glyph, steps: Iterator[_Step], cluster: Cluster) -> None:
        """Show the glyphs of `cluster`, of which `glyph` is the first, as one code."""
        pen = 0.0
        parts = [self._part(glyph, pen)]
        pen += self._font.widths[glyph.number]
        while len(parts) < cluster.glyphs:
            step = next(steps)
            if isinstance(step, _Gap):
                pen -= step.width
            elif isinstance(step, _Glyph):
                parts.append(self._part(step, pen))
                pen += self._font.widths[step.number]
        code = self._font.code(tuple(parts), cluster.text, 1000 * cluster.width / self._size)
        self._write_gap()
        self._pieces.append(f"<{code:04x}>")
        self._gap = self._font.widths[code] - pen

    def add_gap(self, width: float) -> None:
        """Step `width` thousandths of the font size to the left."""
        self._gap += width

    def flush(self) -> None:
        """Write what was collected, if anything."""
        self._write_gap()
        if self._pieces:
            text = "".join(self._pieces).replace("><", "")
            self._pieces.clear()
            self._stream.show_text(text)

    def _part(self, glyph: _Glyph, pen: float) -> Part:
        rise = round(1000 * glyph.rise / self._size)
        return Part(self._font.glyph(glyph.number), round(pen), rise)

    def _write_gap(self) -> None:
        if gap := round(self._gap, 2):
            self._pieces.append(f"{gap:.10g} ")
        self._gap = 0.0
