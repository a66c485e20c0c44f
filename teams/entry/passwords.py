"""Passwords: one spelling for what is typed, and what may not be chosen.

No rules of composition and no expiry (NIST SP 800-63B): length, lists of what everybody guesses
first, and what is known of the person. A Bengali sentence is a good password, so its letters are
counted as people see them, and the same sentence from another keyboard opens the same account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bangla.digits import to_ascii, to_bangla

from ..language import in_bengali

if TYPE_CHECKING:
    from ..models import User

SHORTEST = 10  # characters as people see them: ক্ষ is one
LONGEST = 200
# A letter can carry any number of marks; past so many code points nothing is hashed at all.
MOST_CODE_POINTS = 2_000
# What is left of a password once the words everybody would try are taken out.
LEAST_OF_ONES_OWN = 5
# Words of one or two letters are in everything.
SHORTEST_WORD = 3
FEWEST_DIFFERENT = 4

COMMON = Path(__file__).parent.parent / "data" / "common_passwords.txt"

# Typed by one keyboard and not by another, and seen by nobody: joiners, direction marks, the
# byte-order mark.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NUKTA = "\u09bc"
_NOT_LETTERS = re.compile(r"[\W\d_]+")

# What Bijoy and the national layout write, and the Latin key it is on.
_TO_KEYS = str.maketrans(
    {"ঙ": "q", "য": "w", "ড": "e", "প": "r", "ট": "t", "চ": "y", "জ": "u", "হ": "i", "গ": "o"}
    | {"ং": "q", "ঢ": "e", "ফ": "r", "ঠ": "t", "ছ": "y", "ঝ": "u", "ঞ": "i", "ঘ": "o"}
    | {"ৃ": "a", "ু": "s", "ি": "d", "া": "f", "্": "g", "ব": "h", "ক": "j", "ত": "k", "দ": "l"}
    | {"ূ": "s", "ী": "d", "অ": "f", "।": "g", "ভ": "h", "খ": "j", "থ": "k", "ধ": "l"}
    | {"ও": "x", "ো": "x", "ে": "c", "র": "v", "ন": "b", "স": "n", "ম": "m"}
    | {"ৌ": "x", "ৈ": "c", "ল": "v", "ণ": "b", "ষ": "n", "শ": "m", _NUKTA: None}
)
# Along these a finger or a school-child walks, in either direction.
_WALKS = (
    "1234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "abcdefghijklmnopqrstuvwxyz",
    "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ",
    "অআইঈউঊঋএঐওঔ",
)
_STEPS = frozenset(pair for walk in _WALKS for row in (walk, walk[::-1]) for pair in pairwise(row))


def canonical_password(typed: str) -> str:
    """The one spelling under which a password is hashed and checked.

    NFC settles the two encodings of য়, ড়, ঢ় and of ো, ৌ; joiners and other unseen characters are
    left out. Blanks, case and digits stay as typed. What is longer than MOST_CODE_POINTS is cut
    there: it is refused when chosen, and must not cost a second of hashing when tried.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", typed[:MOST_CODE_POINTS]))


def length_of(password: str) -> int:
    """How many characters a reader sees (extended grapheme clusters): স্ত্রী is one."""
    return len(regex.findall(r"\X", canonical_password(password)))


# --- What may be chosen --------------------------------------------------------------------
class LengthValidator:
    """Long enough to be hard to guess, short enough to be hashed."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with what to do."""
        if len(password) > MOST_CODE_POINTS or (length := length_of(password)) > LONGEST:
            raise ValidationError(
                _("পাসওয়ার্ডটি বেশি বড়। %(most)s অক্ষরের মধ্যে রাখুন।") % {"most": _digits(LONGEST)},
                code="password_too_long",
            )
        if length < SHORTEST:
            raise ValidationError(
                _(
                    "পাসওয়ার্ডে এখন %(count)s অক্ষর আছে, অন্তত %(least)s অক্ষর লাগবে। মনে রাখার মতো"
                    " একটি ছোট বাক্য লিখুন, বাংলায়ও হতে পারে।"
                )
                % {"count": _digits(length), "least": _digits(SHORTEST)},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _("অন্তত %(least)s অক্ষর। বাংলা বা ইংরেজিতে নিজের মনে রাখার মতো একটি ছোট বাক্য ভালো।") % {
            "least": _digits(SHORTEST)
        }


class CommonValidator:
    """Nothing that is tried first: lists of leaked passwords, our own list, walks on a keyboard."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with what to do."""
        folded = _fold(password)
        if folded in _listed() or _as_keys(folded) in _listed() or _is_walk(folded):
            raise ValidationError(
                _("এই পাসওয়ার্ড অনেকে ব্যবহার করেন, তাই সহজে অনুমান করা যায়। অন্য একটি বাক্য ভাবুন।"),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("অনেকে ব্যবহার করেন এমন কিছু নয়, যেমন “বাংলাদেশ ১২৩” বা কিবোর্ডের পাশাপাশি অক্ষর।")


class ContextValidator:
    """Not made only of what everybody knows of the person, the office and this work."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with what to do."""
        own = _without(_fold(password), [*_context_of(user), *_common_words()])
        if length_of(own) < LEAST_OF_ONES_OWN:
            raise ValidationError(
                _(
                    "পাসওয়ার্ডে নাম, দপ্তর, মোবাইল নম্বর, সাল বা খুব চেনা কথা ছাড়া প্রায় কিছু নেই। সঙ্গে"
                    " এমন কয়েকটি শব্দ যোগ করুন, যা কেবল আপনি জানেন।"
                ),
                code="password_too_similar",
            )

    def get_help_text(self) -> str:
        return _("শুধু নিজের নাম, দপ্তরের নাম, মোবাইল নম্বর বা সাল নয়।")


# --- How it is looked at -------------------------------------------------------------------
def _fold(password: str) -> str:
    """What the lists compare: small letters, ASCII digits, no blanks, no nukta."""
    text = unicodedata.normalize("NFC", to_ascii(canonical_password(password)).casefold())
    return "".join(text.split()).replace(_NUKTA, "")


def _as_keys(folded: str) -> str:
    """The same keys on a Latin keyboard: "password" is no secret when Bijoy was on."""
    return folded.translate(_TO_KEYS)


def _is_walk(folded: str) -> bool:
    """Keys or letters side by side, or hardly any different ones: qwerty12345, ককককককককক."""
    return any(
        len(set(text)) < FEWEST_DIFFERENT or _parts_of_walk(text) * 3 <= len(text)
        for text in (folded, _as_keys(folded))
    )


def _parts_of_walk(text: str) -> int:
    """In how many pieces the text was typed, a piece being neighbours or one key repeated."""
    steps = pairwise(text)
    return 1 + sum(1 for step in steps if step not in _STEPS and step[0] != step[1])


def _without(folded: str, words: Iterable[str]) -> str:
    """The letters that remain when the words are taken out, the longest first."""
    for word in sorted(set(words), key=len, reverse=True):
        folded = folded.replace(word, " ")
    return _NOT_LETTERS.sub("", _keep_signs(folded))


def _keep_signs(folded: str) -> str:
    """Vowel signs are no word characters to `re`; alone they are nothing to remember either."""
    return "".join(sign for sign in folded if not unicodedata.category(sign).startswith("M"))


def _context_of(user: User | None) -> list[str]:
    """What anybody knows of the person: names, log-in, offices, posts."""
    if user is None:
        return []
    texts = [user.name_bn, user.name_en, user.login, user.email, user.mobile]
    if user.pk:
        for holding in user.holdings.select_related("post__office"):
            post, office = holding.post, holding.post.office
            texts += [post.designation_bn, post.designation_en, office.code, office.name_bn]
            texts += [office.name_en, office.place_bn, office.place_en]
    return _words_in(texts)


def _words_in(texts: Sequence[str]) -> list[str]:
    """The words of the texts, and each text whole, folded as the password is."""
    words = [word for text in texts for word in re.split(r"[\s.,;:@()/_\-–—]+", text)]
    folded = (_fold(word) for word in [*texts, *words])
    return [word for word in folded if len(word) >= SHORTEST_WORD]


@cache
def _listed() -> frozenset[str]:
    """Whole passwords: Django's twenty thousand, and ours."""
    leaked: set[str] = CommonPasswordValidator().passwords
    return frozenset(leaked | set(_common_words()))


@cache
def _common_words() -> tuple[str, ...]:
    """Our own list: each entry folded, with its words run together."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    entries = (_fold(line) for line in lines if line.strip() and not line.startswith("#"))
    return tuple(entry for entry in entries if len(entry) >= SHORTEST_WORD)


def _digits(number: int) -> str:
    return to_bangla(number) if in_bengali() else str(number)
