"""Words written in different ways, brought to one way of writing.

What is made here is compared and never shown. It forgives what people mix up when they type
Bengali: both encodings of য়, ড় and ঢ়, joiners, digits of either script, short and long vowel
signs, letters that sound alike (ন ণ, শ ষ স, জ য, র ড় ঢ়, ঙ ং, খ ক্ষ), silent letters of
conjuncts, doubled letters, endings.
"""

import re
from functools import lru_cache

from bangla.text import fold

_WORD = re.compile(r"[a-z]+|[0-9]+|[\u0981-\u0983\u0985-\u09b9\u09bc\u09be-\u09ce\u09d7]+")
_BENGALI = re.compile("[\u0980-\u09ff]")
# 1,20,000 and ৩.৫ are one number each.
_GROUPED = re.compile(r"(?<=[0-9])[,](?=[0-9])")

# In this order; each is a way of writing → the one way.
_LETTERS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("\u09a1\u09bc|\u09a2\u09bc", "র"),  # ড়, ঢ়
        ("\u09af\u09bc", "Y"),  # য়: a glide, no letter of its own sound
        ("ক্ষ", "খ"),
        ("জ্ঞ", "গ"),
        ("ঙ্|ঙ|ঞ্", "ং"),
        ("[ণঞ]", "ন"),
        ("[শষ]", "স"),
        ("্য(?=া)|্য|্ব(?!Y)", ""),
        ("য", "জ"),
        ("ৎ", "ত"),
        ("ৃ", "্রি"),
        ("ঋ", "রি"),
        ("ী", "ি"),
        ("ূ", "ু"),
        ("ঈ", "ই"),
        ("ঊ", "উ"),
        ("ৈ|Yি", "ই"),
        ("ৌ", "উ"),
        ("ঐ", "ওই"),
        ("ঔ", "ওউ"),
        ("[ঁঃ]", ""),
        (r"(.)্\1", r"\1"),
        ("্", ""),
        ("\u09bc", ""),
    )
)
_CONSONANT = re.compile("[ক-হং]")
_VOWEL_SIGN = re.compile("[া-ৌৗ]|Y|(?<=.)[অ-ঔ]")
# Endings of nouns and of the commonest verb forms, as the letters above write them; the longest
# first. Each leaves a stem of at least LEAST_STEM letters and two consonants.
_WRITTEN = (
    "গুলোকে গুলোতে গুলোর গুলো গুলিকে গুলিতে গুলির গুলি গুলাতে গুলা সমুহের সমুহে সমুহ "
    "দেরকে দের বৃন্দ গনের গন রা েরা Yেরা "
    "টির টিকে টিতে টি টার টাকে টাতে টা খানা খানি ের েরই Yের Yে Y ে কে তে র েও েই ো ও "
    "ানোর ানো াতে াচছে িYে েছে েছেন ছেন বেন তেই ভাবে মুলক ভিততিক লে ক ত ল"
)
_ENDINGS = tuple(sorted(_WRITTEN.split(), key=len, reverse=True))
LEAST_STEM = 3
LONGEST_WORD = 40
# An ending that may as well be the word's own last letter (ফেসবুকে, আদালতে) goes with that letter,
# and only from longer words.
_DOUBTFUL = {"কে": 4, "তে": 4, "লে": 4, "ক": 4, "ত": 4, "ল": 4}


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order; of each its first LONGEST_WORD letters."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_GROUPED.sub("", fold(text)))]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word in the one way of writing, without its endings."""
    if not _BENGALI.match(word):
        return word if word.isdigit() or len(word) <= LEAST_STEM else word.removesuffix("s")
    for pattern, letters in _LETTERS:
        word = pattern.sub(letters, word)
    while (shorter := _without_ending(word)) != word:
        word = shorter
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if _is_stem(rest, least=_DOUBTFUL.get(ending, LEAST_STEM)):
                return rest
    return word


def _is_stem(rest: str, *, least: int) -> bool:
    return len(rest) >= least and len(_CONSONANT.findall(rest)) >= 2


@lru_cache(maxsize=50_000)
def skeleton(stemmed: str) -> str:
    """The consonants of a stem, where there are enough of them to tell words apart."""
    bare = _VOWEL_SIGN.sub("", stemmed)
    return bare if len(_CONSONANT.findall(bare)) >= LEAST_STEM else stemmed
