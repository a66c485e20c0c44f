"""Recognises text typed for Bijoy fonts (SutonnyMJ and kin).

Those fonts draw Bengali shapes in the places of Latin letters, so the text itself is Latin:
`ZvwiL` is তারিখ. Conjuncts sit on typographic signs and accented letters, which English hardly
uses and Bijoy text is full of.
"""

import re
from typing import NoReturn

from django.utils.translation import gettext as _

from workplans.importers.errors import UnreadableDocument

_BENGALI = re.compile("[\u0980-\u09ff]")
_LETTER = re.compile(r"[^\W\d_]")
# What Windows-1252 has above ASCII, without quotation marks, dashes and the ellipsis.
_SIGN = re.compile(
    "[\u00a1-\u00ff\u0152-\u0192\u02c6\u02dc\u201a\u201e\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122]"
)
# Words of the plan's own form, as they stand in Bijoy: বিষয়, তারিখ, কর্ম, ক্রঃ নং, কাজ, সংক্রান্ত.
_WORD = re.compile(r"\b(?:welq|ZvwiL|Kg©|µt|bs|KvR|Kv‡Ri|wUg|mfv|†mev|cwigvc|djvdj)\b")

_FEWEST_LETTERS = 12
_MOST_BENGALI_SHARE = 0.05
_FEWEST_SIGNS_SHARE = 0.03
_FEWEST_WORDS = 2


def looks_like_bijoy(text: str) -> bool:
    """Whether `text` is most likely Bengali typed for a Bijoy font."""
    letters = len(_LETTER.findall(text))
    if letters < _FEWEST_LETTERS or len(_BENGALI.findall(text)) > letters * _MOST_BENGALI_SHARE:
        return False
    signs = len(_SIGN.findall(text))
    return signs >= letters * _FEWEST_SIGNS_SHARE or len(_WORD.findall(text)) >= _FEWEST_WORDS


def refuse_bijoy() -> NoReturn:
    """Raise UnreadableDocument, saying how to turn the text into Unicode."""
    raise UnreadableDocument(
        _(
            "লেখাটি বিজয় (SutonnyMJ জাতীয়) ফন্টে টাইপ করা বলে মনে হচ্ছে, ইউনিকোডে নয়। ইউনিকোডে "
            "রূপান্তর করে (যেমন নিকষ ফন্টে) আবার দিন।"
        )
    )
