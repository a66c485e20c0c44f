"""Text typed for Bijoy fonts (SutonnyMJ and kin) → Unicode.

Those fonts draw Bengali in the places of Latin letters, so the text itself is Latin: `ZvwiL` is
তারিখ. What a code draws is in `bijoy_codes`; here the shapes are put in the order in which
Unicode wants them: vowel signs and the ref (র্) after and before the whole conjunct they belong to.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from bangla.bijoy_codes import (
    AFTER,
    AFTER_RA,
    BEFORE,
    CANDRABINDU,
    CONSONANTS,
    ENDINGS,
    HALVES,
    HASANTA,
    KILLER,
    REF,
    SIGNS,
    TAILS,
    TAILS_OF_HALVES,
    VOWELS,
)

__all__ = ["is_bijoy", "is_bijoy_font", "leftovers", "to_unicode", "words_to_unicode"]

_BENGALI: Final = re.compile("[\u0980-\u09ff]")
_LETTER: Final = re.compile(r"[^\W\d_]")
# What Windows-1252 has above ASCII, without quotation marks, dashes and the ellipsis.
_SIGNS: Final = (
    "\u00a1-\u00ff\u0152-\u0192\u02c6\u02dc\u201a\u201e\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122"
)
# Of these the ones that no European language writes its words with: é and ç are also French.
_SIGN: Final = re.compile(
    "[\u00a1-\u00bf\u00d6-\u00d8\u00ff\u0152-\u0192\u02c6\u02dc\u201a\u201e\u2020-\u2022"
    "\u2030\u2039\u203a\u20ac\u2122]"
)
# Words of office papers as they stand in Bijoy: বিষয়, তারিখ, কর্ম, ক্রঃ, নং, কাজ, টিম, সভা, করা …
_WORD: Final = re.compile(
    r"\b(?:welq|ZvwiL|Kg©|µt|bs|KvR|Kv‡Ri|wUg|mfv|†mev|cwigvc|djvdj|Kiv|Ges|MÖnY|cÖ¯‘Z)(?!\w)"
)
_FONT: Final = re.compile(r"(?<!o)mj$", re.IGNORECASE)
_FEWEST_LETTERS: Final = 12
_MOST_BENGALI_SHARE: Final = 0.05
_FEWEST_SIGNS_SHARE: Final = 0.03
_FEWEST_WORDS: Final = 2

_RA, _JA_PHALA, _JOINER, _NON_JOINER = "র", "্য", "\u200d", "\u200c"
_MERGED: Final = {"ে" + "া": "ো", "ে" + "\u09d7": "ৌ"}
_STARTS: Final = CONSONANTS.keys() | HALVES.keys() | BEFORE.keys()
# Below these letters the code of ্ন is ্ণ (হ্ণ, ক্ষ্ণ).
_CEREBRAL: Final = {"হ", "ক্ষ"}
# Characters of Unicode and of other scripts stand as they are; so does what no code draws.
_BETWEEN_BENGALI: Final = re.compile(
    f"(?<=[\u0980-\u09ff])[{_SIGNS}]+|[{_SIGNS}]+(?=[\u0980-\u09ff])"
)


def is_bijoy(text: str) -> bool:
    """Whether `text` is most likely Bengali typed for a Bijoy font."""
    letters = len(_LETTER.findall(text))
    if letters < _FEWEST_LETTERS or len(_BENGALI.findall(text)) > letters * _MOST_BENGALI_SHARE:
        return False
    signs = len(_SIGN.findall(text))
    return signs >= letters * _FEWEST_SIGNS_SHARE or len(_WORD.findall(text)) >= _FEWEST_WORDS


def is_bijoy_font(name: str) -> bool:
    """Whether a font of this name draws Bijoy codes: SutonnyMJ does, SutonnyOMJ is Unicode."""
    return bool(_FONT.search(name.strip().strip("\"'")))


def leftovers(text: str) -> str:
    """The codes that stand unconverted amid Bengali letters of `text`, each once."""
    found = "".join(_BETWEEN_BENGALI.findall(text))
    return "".join(dict.fromkeys(found))


def to_unicode(text: str) -> str:
    """All of `text`, taken as codes of a Bijoy font, in Unicode (NFC).

    What is Bengali in it already stays, and so do codes that draw nothing known.
    """
    syllables = _Syllables()
    for position, code in enumerate(text):
        syllables.take(code, text[position + 1 : position + 2])
    return unicodedata.normalize("NFC", syllables.finish())


def words_to_unicode(text: str) -> str:
    """`text` in Unicode but for the words that are English, where no font tells them apart."""
    # Imported here because the words are needed by few texts.
    from bangla.bijoy_words import is_latin

    parts = re.split(r"(\s+)", text)
    return "".join(part if is_latin(part) else to_unicode(part) for part in parts)


@dataclass
class _Syllable:
    """One syllable as far as it has been seen."""

    before: str = ""  # a vowel sign that stands in front, and the code it came from
    before_code: str = ""
    cluster: str = ""
    vowel: str = ""
    has_ref: bool = False
    has_candrabindu: bool = False

    @property
    def waits(self) -> bool:
        """Whether half a letter waits for the next."""
        return self.cluster.endswith(HASANTA)

    @property
    def is_open(self) -> bool:
        """Whether a vowel sign may still come after the letters."""
        return bool(self.cluster) and not self.waits

    def words(self) -> str:
        if not self.cluster:
            return self.before_code
        vowel = _MERGED.get(self.before + self.vowel, self.before + self.vowel)
        cluster = self.cluster
        if cluster == "অ" and vowel == "া":
            cluster, vowel = "আ", ""
        ref = _RA + HASANTA if self.has_ref else ""
        return ref + cluster + vowel + ("ঁ" if self.has_candrabindu else "")


class _Syllables:
    """Puts codes together, syllable by syllable, as they come."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._now = _Syllable()

    def finish(self) -> str:
        self._close()
        return "".join(self._done)

    def take(self, code: str, following: str) -> None:
        """The next code; `following` is the one after it, "" at the end."""
        if self._takes_mark(code, following):
            return
        if code in BEFORE:
            self._take_before(code)
        elif code in HALVES and _joins(code, following):
            self._take_letters(HALVES[code])
        elif code in CONSONANTS or code in VOWELS:
            self._take_letters(CONSONANTS.get(code) or VOWELS[code])
        else:
            self._close()
            self._done.append(SIGNS.get(code) or ENDINGS.get(code, code))

    def _takes_mark(self, code: str, following: str) -> bool:
        """Whether `code` only adds to the syllable that is under way, and was added."""
        now = self._now
        if not now.cluster:
            return False
        if now.waits and code in TAILS_OF_HALVES:
            self._add_tail(code, TAILS_OF_HALVES[code])
        elif code in TAILS:
            self._add_tail(code, TAILS[code])
        elif code in AFTER and now.is_open:
            self._add_vowel(AFTER[code])
        elif code in AFTER_RA and self._has_ra(code, following):
            self._add_vowel(AFTER_RA[code])
        elif code == REF:
            now.has_ref = True
        elif code == CANDRABINDU:
            now.has_candrabindu = True
        elif code == KILLER and not now.vowel and now.is_open:
            now.cluster += HASANTA + (_NON_JOINER if following in _STARTS else "")
            self._close()
        else:
            return False
        return True

    def _has_ra(self, code: str, following: str) -> bool:
        """Whether the sign stands below র; a dash does only with more of the word to come."""
        ends_in_ra = self._now.cluster.endswith(_RA) and not self._now.vowel
        return ends_in_ra and (code != "–" or following in CONSONANTS)

    def _take_before(self, code: str) -> None:
        if not self._now.waits:
            self._close()
        self._now.before, self._now.before_code = BEFORE[code], code

    def _take_letters(self, letters: str) -> None:
        now = self._now
        if now.cluster and not now.waits:
            self._close()
        # গু, শু, হু, হৃ: a letter and its vowel sign in one code.
        has_vowel = letters[-1] in "ুৃ"
        self._now.cluster += letters[:-1] if has_vowel else letters
        if has_vowel:
            self._now.vowel = letters[-1]

    def _add_tail(self, code: str, tail: str) -> None:
        now = self._now
        if tail.endswith("ু"):
            tail, now.vowel = tail[:-1], "ু"
        if code == "è" and now.cluster in _CEREBRAL:
            tail = "্ণ"
        if now.cluster == _RA and tail == _JA_PHALA and not now.has_ref:
            tail = _JOINER + tail  # র‍্যাব, where র্য would be a ref
        now.cluster += tail.removeprefix(HASANTA) if now.waits else tail

    def _add_vowel(self, sign: str) -> None:
        if sign != self._now.vowel:  # typed twice, one lies on the other
            self._now.vowel += sign

    def _close(self) -> None:
        self._done.append(self._now.words())
        self._now = _Syllable()


def _joins(code: str, following: str) -> bool:
    """Whether the code is half a letter here: “”” and “•” are also a quote and a bullet."""
    if code == "”":
        return following in {"P", "Q", "T"}
    if code == "•":
        return following in {"K", "L", "M", "N", "¶", "ÿ", "g", "b"}
    return True
