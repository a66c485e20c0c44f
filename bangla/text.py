"""Bengali text as it should be stored, shown on one line, and searched.

Unicode gives য়, ড় and ঢ় two encodings. NFC settles on the letter followed by the nukta, so
every text is normalised on its way in and every search term in the same way.
"""

from __future__ import annotations

import re
import unicodedata

from bangla.digits import to_ascii

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_JOINERS = _ZWNJ + _ZWJ
_HASANTA = "\u09cd"

# Characters that are invisible and never mean anything in Bengali text: control characters,
# soft hyphen, zero-width space, direction marks, word joiner, the byte-order mark and the two
# code points that are no characters. Pasting from the web and from Word (whose marks of cells
# and fields are control characters) leaves them behind, and neither XML nor a spreadsheet can
# hold the first and the last of them.
_CONTROL = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_INVISIBLE = re.compile(
    f"[{_CONTROL}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[^\\S\n]")
# A joiner shapes the two letters it stands between, so one that lacks a neighbour is stray, and
# of several in a row only the first acts.
_STRAY_JOINER = re.compile(
    f"(?<!\\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\\S)|(?<=[{_JOINERS}])[{_JOINERS}]+"
)
_JOINER = re.compile(f"[{_JOINERS}]")
_BLANKS_BEFORE_LINE_END = re.compile(" +\n")


def normalise(text: str) -> str:
    """Return `text` as it is stored.

    NFC; no invisible characters except zero-width joiners inside words, where they choose
    between two correct shapes; every kind of blank is a space and every line end is ``\\n``
    (Bengali cells carry meaning in their line breaks); no blanks at either end.
    Normalising twice changes nothing.
    """
    text = _INVISIBLE.sub("", text)
    text = _LINE_END.sub("\n", text)
    text = _BLANK.sub(" ", text)
    text = _STRAY_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text).strip()


def squeeze(text: str) -> str:
    """Return `text` normalised and on one line, with single spaces between words."""
    return " ".join(normalise(text).split())


def shorten(text: str, longest: int) -> str:
    """Return `text` in at most `longest` characters, with “…” for what was left out.

    Characters as a database column counts them. Django's Truncator counts what stands on the
    line, without vowel signs and hasanta, and can return more than a column holds.
    """
    if len(text) <= longest:
        return text
    return text[: longest - 1].rstrip(f"{_HASANTA}{_JOINERS} \n") + "…"


def fold(text: str) -> str:
    """Return `text` reduced to what a search compares.

    Squeezed, without any zero-width character, digits in ASCII, lower-cased. Two spellings
    that a reader takes for the same word fold to the same string.
    """
    bare = _JOINER.sub("", squeeze(text))
    return unicodedata.normalize("NFC", to_ascii(bare).casefold())
