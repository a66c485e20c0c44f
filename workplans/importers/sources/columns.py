"""Tables drawn in plain text: cells parted by upright strokes, or lined up with blanks.

They are rewritten with tabs, the way a table comes from the clipboard; any other text is left as
it is.
"""

import re
from collections.abc import Sequence
from typing import Final

from workplans.importers.header import column_of

_STROKES: Final = re.compile(r"^[\s|+:=\-–—]+$")
_MOST_STROKED_SHARE: Final = 0.6
_FEWEST_LINES: Final = 3
_FEWEST_CELLS: Final = 3
_GAP: Final = re.compile(r"[ \u00a0]{2,}")
_NEAR: Final = 2  # characters by which a cell may stand beside its heading


def with_tabs(text: str) -> str:
    """`text` with tabs between the cells of its tables."""
    if "\t" in text:
        return text
    lines = text.splitlines()
    stroked = [line for line in lines if line.count("|") >= _FEWEST_CELLS - 1]
    said = [line for line in lines if line.strip()]
    if len(stroked) >= _FEWEST_LINES and len(stroked) >= len(said) * _MOST_STROKED_SHARE:
        return "\n".join(_unstroked(line) for line in lines if not _is_rule(line))
    head = next((line for line in lines if _is_head(line)), None)
    if head is None:
        return text
    columns = [start for start, _words in _pieces(head)]
    at = lines.index(head)
    return "\n".join([*lines[:at], *(_lined_up(line, columns) for line in lines[at:])])


def _is_rule(line: str) -> bool:
    """Whether the line only draws: |---|---| or +----+."""
    return bool(_STROKES.match(line)) and any(sign in line for sign in "-=–—")


def _unstroked(line: str) -> str:
    if line.count("|") < _FEWEST_CELLS - 1:
        return line
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return "\t".join(cell.strip() for cell in cells)


def _is_head(line: str) -> bool:
    kinds = {column_of(words) for _start, words in _pieces(line)} - {None}
    return len(kinds) >= _FEWEST_CELLS


def _pieces(line: str) -> list[tuple[int, str]]:
    """The cells of a lined up row: where each begins, and its words."""
    pieces = []
    position = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        words = line[position:end]
        if words.strip():
            pieces.append((position + len(words) - len(words.lstrip()), words.strip()))
        position = gap.end() if gap else len(line)
    return pieces


def _lined_up(line: str, columns: Sequence[int]) -> str:
    """The row with tabs; a row with empty cells by where its words stand, if that is clear."""
    pieces = _pieces(line)
    if len(pieces) < 2 and not (pieces and pieces[0][0]):
        return line
    if len(pieces) >= len(columns):
        return "\t".join(words for _start, words in pieces)
    cells = [""] * len(columns)
    for start, words in pieces:
        near = [at for at, column in enumerate(columns) if abs(start - column) <= _NEAR]
        if len(near) != 1 or cells[near[0]]:
            return "\t".join(words for _start, words in pieces)
        cells[near[0]] = words
    return "\t".join(cells)
