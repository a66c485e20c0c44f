"""The grammar of memo numbers (স্মারক নম্বর): what is one, which it is, and what is wrong with it.

A letter's memo number is the digital number of its file (নথি) followed by the issue number (জারি
নম্বর) of the letter. Two file numbers are alive, and papers of both kinds meet on one desk:

======  ===============  ==================================================================
digits  groups           parts
======  ===============  ==================================================================
18      2.2.4.3.2.3.2    ministry, department, place, branch, subject, file, year of opening
                         (সচিবালয় নির্দেশমালা ২০১৪)
22      2.2.4.3.3.2.4.2  ministry, department, place, subordinate office, branch, subject,
                         file, year of opening (সচিবালয় নির্দেশমালা ২০২৪, issued by D-Nothi)
======  ===============  ==================================================================

Officers type the dots as daris, commas, dashes or blanks, in either script, with a label before
and a date behind. All of that is read. What could mean two numbers is not: a memo number stands
on a signed paper and is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bangla.dates.names import BANGLA_MONTH_SPELLINGS, MONTH_SPELLINGS
from bangla.digits import to_bangla
from bangla.text import fold
from teams.language import in_bengali

# No office sends a million letters from one file; a longer number is a telephone's.
LAST_ISSUE: Final = 999_999
_LONGEST_ISSUE: Final = len(str(LAST_ISSUE))

# Whatever stands for the dot: also the dari (and its look-alikes), comma, slash and every dash.
_MARKS: Final = r".,·।৷|/\-\u2010-\u2015\u2212"
_RUN: Final = re.compile(rf"[0-9]+(?:[\s{_MARKS}]+[0-9]+)*")
_LETTERS: Final = "a-zঀ-\u09e3ৰৱ"
# The number is not over where it seems to be: ৪২৭ক and ৪২৭/ক are other letters than ৪২৭, and
# "৪২৭ ও ৪২৮" or "৪২৭ থেকে ৪৩০" are several.
_GOES_ON: Final = re.compile(
    rf"[{_MARKS}]?[a-zঅ-হৎ](?![{_LETTERS}])|\s*(?:ও|এবং|থেকে|হতে|and|to|&)\s*[0-9]"
)

# The copies (অনুলিপি) of a letter carry its number with the count of copies behind: ৪২৭/১(১২).
_COPIES: Final = re.compile(r"(?<=[0-9])\s*/\s*[0-9]\s*\([0-9\s\u2013-]+\)")
_DAY: Final = "(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])"
# A file number may begin like a date (০৫.১২.২০১৩…), but no date is followed by more digits.
_DATE_IN_DIGITS: Final = re.compile(
    rf"{_DAY}\s*([./-]|\u2013)\s*(?:0?[1-9]|1[0-2])\s*\1\s*(?:19|20)[0-9]{{2}}(?![\s{_MARKS}]*[0-9])"
)
_MONTHS: Final = "|".join(map(re.escape, {**MONTH_SPELLINGS, **BANGLA_MONTH_SPELLINGS}))
_DATE_IN_WORDS: Final = re.compile(
    rf"{_DAY}\s*(?:লা|রা|ঠা|ই|শে|st|nd|rd|th)?[\s{_MARKS}]*(?:{_MONTHS})(?![{_LETTERS}])"
    rf"(?:[\s{_MARKS}]*[0-9]{{4}}(?![0-9]))?"
)
# Takes the place of what is no part of a memo number; neither a digit nor one of the marks.
_NOTHING: Final = "#"

_EXAMPLE: Final = "05.41.3300.012.14.007.25.183"
_ORDINALS: Final = (
    gettext_lazy("১ম"),
    gettext_lazy("২য়"),
    gettext_lazy("৩য়"),
    gettext_lazy("৪র্থ"),
    gettext_lazy("৫ম"),
    gettext_lazy("৬ষ্ঠ"),
    gettext_lazy("৭ম"),
    gettext_lazy("৮ম"),
)


class MemoError(ValueError):
    """A text is no memo number; the message is a sentence that names the fault and the mend."""


class MemoGrammar(TextChoices):
    """The two file numbers in use, named by their count of digits."""

    EIGHTEEN = "18", gettext_lazy("১৮ অঙ্কের (সচিবালয় নির্দেশমালা ২০১৪)")
    TWENTY_TWO = "22", gettext_lazy("২২ অঙ্কের (সচিবালয় নির্দেশমালা ২০২৪, ডি-নথি)")

    @property
    def groups(self) -> tuple[int, ...]:
        """How many digits each part of the file number has."""
        if self is MemoGrammar.EIGHTEEN:
            return (2, 2, 4, 3, 2, 3, 2)
        return (2, 2, 4, 3, 3, 2, 4, 2)


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo number, or the file number alone while no letter has been issued under it.

    Args:
        grammar: which of the two file numbers `prefix` is.
        prefix: the file number, groups of ASCII digits joined by dots:
            "05.41.3300.012.14.007.25".
        issue: the letter's own number under that file, 1 to `LAST_ISSUE`; None without one.

    Raises:
        ValueError: `prefix` is not of that grammar, or `issue` is out of range.
    """

    grammar: MemoGrammar
    prefix: str
    issue: int | None = None

    def __post_init__(self) -> None:
        groups = self.prefix.split(".")
        digits_only = self.prefix.isascii() and all(group.isdecimal() for group in groups)
        if not digits_only or _lengths(groups) != self.grammar.groups:
            raise ValueError(f"no file number of {self.grammar.value} digits: {self.prefix!r}")
        if self.issue is not None and not 1 <= self.issue <= LAST_ISSUE:
            raise ValueError(f"no issue number: {self.issue}")

    @property
    def canonical(self) -> str:
        """The one form that is stored and compared, in ASCII digits with dots."""
        return self.prefix if self.issue is None else f"{self.prefix}.{self.issue}"

    @property
    def is_complete(self) -> bool:
        """Whether it is a letter's number and not only its file's."""
        return self.issue is not None

    @property
    def bengali(self) -> str:
        """The number as papers print it: ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩."""
        return to_bangla(self.canonical)

    def following(self) -> Memo:
        """The number of the next letter under the same file; the first one's is 1.

        Raises ValueError after `LAST_ISSUE`.
        """
        return replace(self, issue=(self.issue or 0) + 1)


def parse_memo(text: str) -> Memo | None:
    """The one memo number that `text` holds, with or without an issue number; None otherwise.

    18 or 22 digits run together are a file number. With an issue number run into them they are
    nothing: 22 digits might then be 18 and 4.
    """
    try:
        return _find(text)
    except MemoError:
        return None


def read_memo(text: str) -> Memo:
    """The one complete memo number that `text` holds.

    Raises MemoError.
    """
    memo = _find(text)
    if not memo.is_complete:
        raise MemoError(
            _("শেষে জারি নম্বর নেই। %(prefix)s-এর পরে বিন্দু দিয়ে জারি নম্বর লিখুন।")
            % {"prefix": _digits(memo.prefix)}
        )
    return memo


def parse_prefix(text: str) -> Memo:
    """The one file number that `text` holds, as a Memo without an issue number.

    Raises MemoError, also for a letter's complete number: which of its digits to leave out is
    for the officer to see.
    """
    memo = _find(text, wants_issue=False)
    if memo.is_complete:
        raise MemoError(
            _("এটি একটি চিঠির পূর্ণ স্মারক নম্বর। শেষের জারি নম্বর %(issue)s বাদ দিয়ে শুধু নথি নম্বর লিখুন।")
            % {"issue": _digits(memo.issue)}
        )
    return memo


def next_issue(used: Iterable[int]) -> int:
    """The issue number after the highest of those `used`; 1 when there are none.

    Gaps stay gaps: a number that was passed over may stand on a letter written by hand.
    """
    return max(used, default=0) + 1


# --- Finding -------------------------------------------------------------------------------
def _find(text: str, *, wants_issue: bool = True) -> Memo:
    """The one memo number in `text`. `wants_issue` only shapes the sentence of the MemoError."""
    plain = _plain(text)
    runs = [(_groups(match[0]), plain[match.end() :]) for match in _RUN.finditer(plain)]
    found = [(memo, rest) for groups, rest in runs if (memo := _memo(groups))]
    if not found:
        raise MemoError(_fault([groups for groups, _rest in runs], wants_issue=wants_issue))
    if len({memo for memo, _rest in found}) > 1:
        raise MemoError(_("এখানে একাধিক স্মারক নম্বর আছে। একটি রেখে বাকিগুলো বাদ দিন।"))
    if any(_is_unclear(memo, rest) for memo, rest in found):
        raise MemoError(_("স্মারক নম্বরটি কোথায় শেষ হয়েছে তা বোঝা যায়নি। নম্বরের পরের লেখা বাদ দিন।"))
    return found[0][0]


def _plain(text: str) -> str:
    """`text` on one line in ASCII digits, without invisible signs, dates and counts of copies."""
    plain = "".join(sign for sign in fold(text) if unicodedata.category(sign) != "Cf")
    for pattern in (_COPIES, _DATE_IN_DIGITS, _DATE_IN_WORDS):
        plain = pattern.sub(_NOTHING, plain)
    return plain


def _groups(run: str) -> list[str]:
    """The digits of a run by groups; a whole file number typed without dots is cut into its own."""
    first, *others = re.findall("[0-9]+", run)
    for grammar in MemoGrammar:
        if len(first) == sum(grammar.groups):
            signs = iter(first)
            return ["".join(next(signs) for _ in range(n)) for n in grammar.groups] + others
    return [first, *others]


def _memo(groups: list[str]) -> Memo | None:
    """The memo number that these groups are, all of them; None if they are none."""
    for grammar in MemoGrammar:
        count = len(grammar.groups)
        prefix, issue = groups[:count], groups[count:]
        if _lengths(prefix) != grammar.groups:
            continue
        if not issue:
            return Memo(grammar, ".".join(prefix))
        if len(issue) == 1 and len(issue[0]) <= _LONGEST_ISSUE and int(issue[0]):
            return Memo(grammar, ".".join(prefix), int(issue[0]))
    return None


def _is_unclear(memo: Memo, rest: str) -> bool:
    """Whether `rest`, the text behind the number, may belong to it.

    Behind a file number any digits may be the issue number, as in "…২৫ (অংশ-১) ১৮৩".
    """
    if _GOES_ON.match(rest):
        return True
    return not memo.is_complete and re.search("[0-9]", rest) is not None


# --- Saying what is wrong ------------------------------------------------------------------
def _fault(runs: list[list[str]], *, wants_issue: bool) -> str:
    """What keeps the longest of `runs` from being a memo number, in one sentence or two."""
    if not runs:
        return _("স্মারক নম্বর পাওয়া যায়নি। এভাবে লিখুন: %(example)s।") % {
            "example": _digits(_EXAMPLE if wants_issue else _EXAMPLE.rpartition(".")[0])
        }
    lengths = _lengths(max(runs, key=len))
    # The two patterns differ in three groups, so at most one of them is nearly kept.
    for grammar in MemoGrammar:
        wrong = [n for n, size in enumerate(grammar.groups) if lengths[n : n + 1] != (size,)]
        if len(lengths) - len(grammar.groups) in (0, 1) and len(wrong) <= 1:
            return _wrong_length(grammar, lengths, wrong[0]) if wrong else _wrong_issue()
    if max(lengths) > _LONGEST_ISSUE:
        return _run_together(max(lengths))
    nearest = max(MemoGrammar, key=lambda g: SequenceMatcher(None, g.groups, lengths).ratio())
    return _wrong_parts(nearest, lengths, wants_issue=wants_issue)


def _wrong_length(grammar: MemoGrammar, lengths: tuple[int, ...], place: int) -> str:
    return _("স্মারক নম্বরের %(ordinal)s অংশে %(wanted)s অঙ্ক থাকার কথা, আছে %(found)s।") % {
        "ordinal": _ORDINALS[place],
        "wanted": _digits(grammar.groups[place]),
        "found": _digits(lengths[place]),
    }


def _wrong_issue() -> str:
    return _("জারি নম্বর ১ থেকে %(last)s পর্যন্ত হতে পারে। শেষের সংখ্যাটি দেখুন।") % {
        "last": _digits(LAST_ISSUE)
    }


def _run_together(count: int) -> str:
    return _(
        "%(count)s অঙ্ক একসঙ্গে লেখা আছে, তাই অংশগুলো বোঝা যায়নি। অংশের মাঝে বিন্দু দিন, যেমন %(example)s।"
    ) % {"count": _digits(count), "example": _digits(_EXAMPLE)}


def _wrong_parts(grammar: MemoGrammar, lengths: tuple[int, ...], *, wants_issue: bool) -> str:
    """Both patterns side by side, so that the part that is missing or too many can be seen."""
    sentence = (
        _(
            "স্মারক নম্বরে %(wanted)s অঙ্কের %(parts)sটি অংশ ও শেষে জারি নম্বর থাকার কথা; "
            "আছে %(found)s অঙ্কের %(count)sটি অংশ।"
        )
        if wants_issue
        else _(
            "নথি নম্বরে %(wanted)s অঙ্কের %(parts)sটি অংশ থাকার কথা; "
            "আছে %(found)s অঙ্কের %(count)sটি অংশ।"
        )
    )
    return sentence % {
        "wanted": _digits(".".join(map(str, grammar.groups))),
        "parts": _digits(len(grammar.groups)),
        "found": _digits(".".join(map(str, lengths))),
        "count": _digits(len(lengths)),
    }


def _lengths(groups: list[str]) -> tuple[int, ...]:
    return tuple(map(len, groups))


def _digits(value: object) -> str:
    """`value` in the digits of the page."""
    return to_bangla(value) if in_bengali() else str(value)
