"""Two texts laid over each other, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# A word or a sign with the blanks behind it: the pieces put together are the text again.
WORD = re.compile(r"[^\s।,;:!?()]+\s*|[।,;:!?()]\s*|\s+")
# Two long texts with nothing in common would be compared word by word for seconds.
MOST_WORDS = 4_000


class Piece(NamedTuple):
    """A stretch of text: `kind` is "same", "ins" (only the newer has it) or "del"."""

    kind: Literal["same", "ins", "del"]
    text: str


def text_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one: what stayed, what went, what came. Joined without "ins" it is the old
    text, without "del" the new one."""
    if old == new:
        return (Piece("same", new),) if new else ()
    one, other = WORD.findall(old), WORD.findall(new)
    if len(one) + len(other) > MOST_WORDS:
        return _both(old, new)
    pieces: list[Piece] = []
    for step, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(one[i:j])))
        else:
            pieces += _both("".join(one[i:j]), "".join(other[k:m]))
    return tuple(pieces)


def _both(old: str, new: str) -> tuple[Piece, ...]:
    """The old stretch gone, the new one come; an empty one is no piece."""
    both = (Piece("del", old), Piece("ins", new))
    return tuple(piece for piece in both if piece.text)
