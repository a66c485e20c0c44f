"""Composite glyphs added to a TrueType font.

A composite glyph draws other glyphs of the font at given offsets (OpenType specification, table
`glyf`). Only the tables that count or locate glyphs change, and they change as bytes: decoding
and compiling the whole font would take longer than laying out the page.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from struct import Struct
from typing import NamedTuple

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

_DROPPED = ("GDEF", "STAT", "vhea", "vmtx", "DSIG")  # unused in a PDF, yet they list glyphs

_ARE_WORDS, _ARE_OFFSETS, _MORE = 0x0001, 0x0002, 0x0020
_UNSCALED = 0x1000
_HEADER = Struct(">5h")  # contours (-1: composite), xMin, yMin, xMax, yMax
_COMPONENT = Struct(">HHhh")  # flags, glyph, x, y
_METRIC = Struct(">Hh")  # advance, left side bearing


class Part(NamedTuple):
    """A glyph in a drawing, shifted by `x` and `y` thousandths of an em from its start."""

    glyph: int
    x: int
    y: int


Drawing = tuple[Part, ...]


def compose(content: bytes, drawings: Mapping[Drawing, int]) -> tuple[bytes, int]:
    """Add a glyph for each of `drawings` to the TrueType font in `content`.

    `drawings` gives each drawing's advance in thousandths of an em. Returns the new font and the
    number of the first added glyph; the others follow in order.
    """
    tables = _read(content)
    upem = int.from_bytes(tables["head"][18:20])
    outlines = _outlines(tables)
    metrics = _metrics(tables, len(outlines))
    first = len(outlines)
    for drawing, advance in drawings.items():
        outline = _composite(drawing, outlines, upem)
        outlines.append(outline)
        bearing = _HEADER.unpack_from(outline)[1] if outline else 0
        metrics.append(_METRIC.pack(round(advance * upem / 1000), bearing))
    _store(tables, outlines, metrics, max(map(len, drawings), default=0))
    return _write(tables), first


def _read(content: bytes) -> dict[str, bytearray]:
    reader = SFNTReader(BytesIO(content))
    return {tag: bytearray(reader[tag]) for tag in reader.keys() if tag not in _DROPPED}  # noqa: SIM118


def _outlines(tables: Mapping[str, bytearray]) -> list[bytes]:
    """The entries of `glyf`, cut along the offsets in `loca`."""
    is_long = int.from_bytes(tables["head"][50:52])
    size, unit = (4, 1) if is_long else (2, 2)
    loca = tables["loca"]
    offsets = [
        unit * int.from_bytes(loca[start : start + size]) for start in range(0, len(loca), size)
    ]
    glyf = bytes(tables["glyf"])
    return [glyf[start:end] for start, end in pairwise(offsets)]


def _metrics(tables: Mapping[str, bytearray], glyphs: int) -> list[bytes]:
    """The entries of `hmtx`, one full entry a glyph (the table shares the last advance)."""
    full = int.from_bytes(tables["hhea"][34:36])
    hmtx = bytes(tables["hmtx"])
    entries = [hmtx[start : start + 4] for start in range(0, 4 * full, 4)]
    last_advance = entries[-1][:2]
    bearings = hmtx[4 * full :]
    return entries + [
        last_advance + bearings[start : start + 2] for start in range(0, 2 * (glyphs - full), 2)
    ]


def _composite(drawing: Drawing, outlines: Sequence[bytes], upem: int) -> bytes:
    """The `glyf` entry of a drawing; empty if there is nothing to draw."""
    components: list[tuple[int, int, int]] = []
    boxes: list[tuple[int, int, int, int]] = []
    for part in drawing:
        if outlines[part.glyph]:
            x, y = round(part.x * upem / 1000), round(part.y * upem / 1000)
            _, left, bottom, right, top = _HEADER.unpack_from(outlines[part.glyph])
            components.append((part.glyph, x, y))
            boxes.append((left + x, bottom + y, right + x, top + y))
    if not components:
        return b""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    entry = _HEADER.pack(-1, min(lefts), min(bottoms), max(rights), max(tops))
    for index, component in enumerate(components, start=1):
        more = _MORE if index < len(components) else 0
        entry += _COMPONENT.pack(_ARE_WORDS | _ARE_OFFSETS | _UNSCALED | more, *component)
    return entry


def _store(
    tables: dict[str, bytearray], outlines: list[bytes], metrics: list[bytes], most_parts: int
) -> None:
    """Write outlines and metrics back, with the counts that go with them."""
    padded = [outline + bytes(-len(outline) % 4) for outline in outlines]
    offsets = [0]
    for outline in padded:
        offsets.append(offsets[-1] + len(outline))
    tables["glyf"] = bytearray(b"".join(padded))
    tables["loca"] = bytearray(b"".join(offset.to_bytes(4) for offset in offsets))
    tables["head"][50:52] = (1).to_bytes(2)  # long offsets
    tables["hmtx"] = bytearray(b"".join(metrics))
    tables["hhea"][34:36] = len(metrics).to_bytes(2)
    tables["post"][:] = b"\0\3\0\0" + tables["post"][4:32]  # version 3: no glyph names
    maxp = tables["maxp"]
    maxp[4:6] = len(outlines).to_bytes(2)
    points, contours = int.from_bytes(maxp[6:8]), int.from_bytes(maxp[8:10])
    deepest, widest = int.from_bytes(maxp[30:32]), int.from_bytes(maxp[28:30])
    maxp[10:12] = _upper_bound(int.from_bytes(maxp[10:12]), points * most_parts)
    maxp[12:14] = _upper_bound(int.from_bytes(maxp[12:14]), contours * most_parts)
    maxp[28:30] = max(widest, most_parts).to_bytes(2)
    maxp[30:32] = (deepest + 1).to_bytes(2)


def _upper_bound(*values: int) -> bytes:
    return min(max(values), 0xFFFF).to_bytes(2)


def _write(tables: Mapping[str, bytearray]) -> bytes:
    output = BytesIO()
    writer = SFNTWriter(output, len(tables))
    for tag, data in sorted(tables.items()):
        writer[tag] = bytes(data)
    writer.close()
    return output.getvalue()
