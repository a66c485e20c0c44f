"""A cell of a schedule cut into words whose kind is known.

Each kind is one character, so that the kinds of a cell in a row form a string, its signature, on
which the patterns of `bangla.dates.mentions` are plain regular expressions:

=====  ==================================    =====  ==================================
n      number of one or two digits           y      number of four digits
x      any other number                      k      number in words (তিন)
m      Gregorian month                       b      Bangla month
d      weekday                               o      ending of an ordinal (১লা, ১৫ই)
c      ordinal in words (প্রথম)               l      last (শেষ)
t      date (তারিখ)                          s      year sign (সাল)
>      from (হতে, থেকে)                      <      until, within (পর্যন্ত, মধ্যে)
e      every (প্রতি)                          i      at intervals (অন্তর)
D W M  day, week, month                      Q H Y  quarter, half-year, year
P      adjective of these (মাসিক)            h      half
N      next (পরবর্তী)                         S      the same (একই)
g      ongoing (চলমান)                       r      after, before (পর, আগে)
a j A  whole, long, all year                 f      adds nothing (এর, খ্রি)
&      and                                   - / .  the sign itself
\\,     comma, semicolon                      w      any other word or sign
=====  ==================================    =====  ==================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from bangla.dates.names import (
    BANGLA_MONTH_SPELLINGS,
    FULL_MONTH_NAMES,
    MONTH_SPELLINGS,
    WEEKDAY_SPELLINGS,
)
from bangla.dates.times import blank_times
from bangla.digits import to_ascii
from bangla.text import fold

_KINDS: Final = {
    ">": "হতে হইতে থেকে from since",
    "<": "পর্যন্ত মধ্যে মধ্যেই ভিতরে ভেতরে নাগাদ until till by within",
    "t": "তারিখ তাং date",
    "s": "সাল সন",
    "o": "লা রা ঠা ই শে ম য় র্থ ষ্ঠ তম st nd rd th",
    "l": "শেষ last",
    "e": "প্রতি প্রতিটি প্রত্যেক every each",
    "i": "অন্তর পরপর",
    "r": "পর পরে আগে পূর্বে after before",
    "D": "দিন day days",
    "W": "সপ্তাহ week weeks",
    "M": "মাস month months",
    "Q": "ত্রৈমাসিক ত্রৈমাস কোয়ার্টার প্রান্তিক quarter q",
    "H": "ষান্মাসিক ষাণ্মাসিক অর্ধবার্ষিক অর্ধবর্ষ",
    "Y": "বছর বৎসর অর্থবছর অর্থবৎসর year years",
    "P": "সাপ্তাহিক পাক্ষিক মাসিক দ্বিমাসিক বার্ষিক বাৎসরিক "
    "weekly fortnightly monthly quarterly yearly annual annually",
    "h": "অর্ধ half",
    "N": "পরবর্তী পরের next",
    "S": "একই ঐ ওই same",
    "g": "চলমান অব্যাহত ongoing continuous continuing",
    "a": "সারা পুরো সমগ্র whole",
    "j": "ব্যাপী জুড়ে",
    "A": "সারাবছর বছরব্যাপী বছরজুড়ে",
    "f": "এর র এ অর্থ খ্রি খ্রিষ্টাব্দ খ্রিস্টাব্দ খ্রীষ্টাব্দ খৃষ্টাব্দ ইং ইংরেজি বঙ্গাব্দ বাংলা রোজ of the in on ad ce",
    "&": "ও এবং and &",
    "-": "to - \u2010 \u2011 \u2012 – — ― \u2212 ~",
    "/": "/",
    ".": ".",
    ",": ", ;",
}
_ORDINALS: Final = ("প্রথম first", "দ্বিতীয় second", "তৃতীয় third", "চতুর্থ fourth")
_NUMERALS: Final = ("এক one", "দুই two", "তিন three", "চার four", "পাঁচ five", "ছয় six")


def _lexicon() -> dict[str, tuple[str, int]]:
    """Return every known word, folded, with its kind and its value (0 where it has none)."""
    known = {fold(word): (kind, 0) for kind, words in _KINDS.items() for word in words.split()}
    for kind, lists in (("c", _ORDINALS), ("k", _NUMERALS)):
        for value, words in enumerate(lists, start=1):
            known |= {fold(word): (kind, value) for word in words.split()}
    for kind, numbers in (
        ("m", MONTH_SPELLINGS),
        ("b", BANGLA_MONTH_SPELLINGS),
        ("d", WEEKDAY_SPELLINGS),
    ):
        known |= {name: (kind, number) for name, number in numbers.items()}
    return known


_LEXICON: Final = _lexicon()

# Longest first: of several endings that fit, the longest is the one meant.
_CASE_ENDINGS: Final = tuple(fold(e) for e in ("য়ের", "য়ে", "ের", "এর", "তে", "য়", "ে", "র", "এ"))
_INFLECTED: Final = frozenset("mbdtslcDWMQHYPg")
_PREFIXES: Final = ("প্রতি", "পরবর্তী", "সারা")
_PREFIXED: Final = frozenset("dDWMQHY")

_TOKEN: Final = re.compile("[0-9]+|[ঀ-ৣৰ-\u09ff\u200c\u200d]+|[A-Za-z]+|\\S")
# Signs that neither separate nor join anything in a date.
_SILENT: Final = frozenset("()[]{}।'\"`‘’“”:*ঃ")

# A word this like a month's name, and in a month's place, is taken for it. The measure is twice
# the shared letters over all letters: at 0.8 five letters may have one wrong, ten letters two.
_LIKENESS: Final = 0.8
# Words other than months that stand beside numbers and are that like a month's name.
_NOT_MONTHS: Final = frozenset(("জন",))


@dataclass(frozen=True)
class Token:
    """One word or sign.

    Args:
        kind: its kind, one character as listed above.
        value: the number it stands for, or 0.
        word: what was recognised: folded, without its case ending.
        start, end: where it stands in the cell's text.
        repaired: whether it is a month's name that had to be mended.
    """

    kind: str
    value: int
    word: str
    start: int
    end: int
    repaired: bool = False


def tokenise(text: str) -> list[Token]:
    """Cut a normalised text into tokens. Times of day and silent signs are left out."""
    plain = blank_times(to_ascii(text))
    pieces = [m for m in _TOKEN.finditer(plain) if m[0] not in _SILENT]
    tokens: list[Token] = []
    place = 0
    while place < len(pieces):
        mended = _joined_month(plain, pieces, place)
        if mended is None:
            tokens.extend(_read(pieces[place]))
            place += 1
        else:
            token, length = mended
            tokens.append(token)
            place += length
    return [_respelt(tokens, i) for i in range(len(tokens))]


def signature(tokens: list[Token]) -> str:
    """Return the kinds of the tokens as one string."""
    return "".join(token.kind for token in tokens)


def _read(piece: re.Match[str]) -> Iterator[Token]:
    """Turn one piece of text into a token, or two when a prefix is written together."""
    written, (start, end) = piece[0], piece.span()
    if written.isdecimal():
        kind = "n" if len(written) <= 2 else "y" if len(written) == 4 else "x"
        yield Token(kind, int(written[:9]), written, start, end)
        return
    prefix = next((p for p in _PREFIXES if written.startswith(p) and written != p), None)
    if prefix is not None and _look_up(written) is None:
        kind, value, word = _look_up(written.removeprefix(prefix)) or ("w", 0, "")
        if kind in _PREFIXED:
            middle = start + len(prefix)
            yield Token(_LEXICON[prefix][0], 0, prefix, start, middle)
            yield Token(kind, value, word, middle, end)
            return
    kind, value, word = _look_up(written) or ("w", 0, fold(written))
    yield Token(kind, value, word, start, end)


def _look_up(written: str) -> tuple[str, int, str] | None:
    """Return kind, value and base of a word, with or without a case ending."""
    word = fold(written)
    if len(word) > 1:
        word = word.rstrip("ঃ")  # used as a full stop after abbreviations: খ্রিঃ, তাং
    if word in _LEXICON:
        return (*_LEXICON[word], word)
    for ending in _CASE_ENDINGS:
        base = word.removesuffix(ending)
        if base != word and base in _LEXICON and _LEXICON[base][0] in _INFLECTED:
            return (*_LEXICON[base], base)
    return None


def _joined_month(plain: str, pieces: list[re.Match[str]], place: int) -> tuple[Token, int] | None:
    """Return the month that two or three pieces make once the blanks in it are removed.

    Converted documents break long words at the edge of a cell: সেপ্টেম্ব র.
    """
    alone = _look_up(pieces[place][0])
    for length in (3, 2):
        parts = pieces[place : place + length]
        start, end = parts[0].start(), parts[-1].end()
        if len(parts) < length or any(part[0][0].isdecimal() for part in parts):
            continue
        if plain[start:end].split() != [part[0] for part in parts]:
            continue
        found = _look_up("".join(part[0] for part in parts))
        # জুন এর is not a broken জুনএর: the word was whole before its ending.
        if found and found[0] in "mb" and not (alone and alone[2] == found[2]):
            return Token(*found, start, end, repaired=True), length
    return None


def _respelt(tokens: list[Token], i: int) -> Token:
    """Return token `i`, read as a month if it is nearly one's name and stands in its place."""
    token = tokens[i]
    before = signature(tokens[max(0, i - 2) : i])
    in_place = re.search("no?$", before) or signature(tokens[i + 1 : i + 2]) == "y"
    if token.kind != "w" or token.word in _NOT_MONTHS or not in_place:
        return token
    likeness: dict[int, float] = {}
    for name, month in FULL_MONTH_NAMES.items():
        ratio = SequenceMatcher(None, token.word, name, autojunk=False).ratio()
        likeness[month] = max(ratio, likeness.get(month, 0.0))
    best = max(likeness.values())
    nearest = [month for month, ratio in likeness.items() if ratio == best]
    if best < _LIKENESS or len(nearest) > 1:
        return token
    return replace(token, kind="m", value=nearest[0], repaired=True)
