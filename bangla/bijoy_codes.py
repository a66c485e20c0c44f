"""What the codes of Bijoy fonts (SutonnyMJ and kin) draw.

The fonts put Bengali shapes in the places of Windows-1252. A code stands for a letter, half of
one (it waits for the next), a form below or after a letter, a whole conjunct, or a vowel sign
where it is seen: ে of “কে” comes before its letter.
"""

# ruff: noqa: RUF001 -- the codes are these very signs

from typing import Final

HASANTA: Final = "\u09cd"

VOWELS: Final = dict(zip("ABCDEFGHIJ", "অইঈউঊঋএঐওঔ", strict=True))

_LETTERS: Final = dict(
    zip("KLMNOPQRSTUVWXYZ_`abcdefghijklmn", "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ", strict=True)
) | {"o": "\u09a1\u09bc", "p": "\u09a2\u09bc", "q": "\u09af\u09bc"}

# Conjuncts, and letters with a vowel sign of an unusual shape, that have one code.
_CONJUNCTS: Final = {
    "°": "ক্ক", "±": "ক্ট", "³": "ক্ত", "´": "ক্ম", "µ": "ক্র", "¶": "ক্ষ", "ÿ": "ক্ষ", "²": "ক্ষ্ম",
    "·": "ক্স", "¸": "গু", "º": "গ্দ", "»": "গ্ধ", "¼": "ঙ্ক", "½": "ঙ্গ", "¾": "জ্জ", "À": "জ্ঝ",
    "Á": "জ্ঞ", "¹": "জ্ঞ", "Â": "ঞ্চ", "Ã": "ঞ্ছ", "Ä": "ঞ্জ", "Å": "ঞ্ঝ", "Æ": "ট্ট", "Ç": "ড্ড",
    "È": "ণ্ট", "É": "ণ্ঠ", "Ê": "ণ্ড", "Ë": "ত্ত", "Ì": "ত্থ", "Í": "ত্ম", "Î": "ত্র", "Ï": "দ্দ",
    "×": "দ্ধ", "Ø": "দ্ব", "Ù": "দ্ম", "Ú": "ন্ঠ", "Û": "ন্ড", "Ü": "ন্ধ", "Ý": "ন্স", "Þ": "প্ট",
    "ß": "প্ত", "à": "প্প", "á": "প্স", "â": "ব্জ", "ã": "ব্দ", "ä": "ব্ধ", "å": "ভ্র", "æ": "ম্ন",
    "ç": "ম্ফ", "é": "ল্ক", "ê": "ল্গ", "ë": "ল্ট", "ì": "ল্ড", "í": "ল্প", "î": "ল্ফ", "ï": "শু",
    "ð": "শ্চ", "ñ": "শ্ছ", "ò": "ষ্ণ", "ó": "ষ্ট", "ô": "ষ্ঠ", "õ": "ষ্ফ", "ö": "স্খ", "÷": "স্ট",
    "ù": "স্ফ", "û": "হু", "ü": "হৃ", "ý": "হ্ন", "þ": "হ্ম",
}  # fmt: skip
CONSONANTS: Final = _LETTERS | _CONJUNCTS

# The first letter of a conjunct, which joins whatever comes next.
HALVES: Final = {
    "¤": "ম্", "¯": "স্", "®": "ষ্", "š": "ন্", "›": "ন্", "˜": "দ্", "™": "দ্", "”": "চ্", "•": "ঙ্",
}  # fmt: skip

# What hangs below or after a letter.
TAILS: Final = {
    "^": "্ব", "¡": "্ব", "¦": "্ব", "Ÿ": "্ব", "¢": "্ভ", "£": "্ভ্র", "¥": "্ম", "§": "্ম", "¨": "্য",
    "ª": "্র", "«": "্র", "Ö": "্র", "¬": "্ল", "\u00ad": "্ল", "ø": "্ল", "œ": "্ন", "è": "্ন",
    "ú": "্প", "¿": "্ত্র", "‹": "্ক", "Œ": "্ক্র",
}  # fmt: skip
# These are such forms only below a waiting half (স্ত, ন্তু, স্থ); elsewhere they are what they seem.
TAILS_OF_HALVES: Final = {"Í": "্ত", "—": "্ত", "‘": "্তু", "’": "্থ"}

BEFORE: Final = {"w": "ি", "†": "ে", "‡": "ে", "ˆ": "ৈ", "‰": "ৈ"}
AFTER: Final = {
    "v": "া", "x": "ী", "y": "ু", "z": "ু", "~": "ূ", "ƒ": "ূ", "‚": "ূ", "„": "ৃ", "…": "ৃ",
    "Š": "\u09d7",
}  # fmt: skip
# The same signs as they stand below র and ্র alone (রু, দ্রুত); elsewhere a quote, a dash, ম্ন.
AFTER_RA: Final = {"“": "ু", "–": "ু", "æ": "ু"}

REF: Final = "©"
CANDRABINDU: Final = "u"
KILLER: Final = "&"
ENDINGS: Final = {"s": "ং", "t": "ঃ"}

_DIGITS: Final = dict(zip("0123456789", "০১২৩৪৫৬৭৮৯", strict=True))
SIGNS: Final = _DIGITS | {
    "r": "ৎ", "|": "।", "$": "৳", "Ð": "–", "Ñ": "—", "Ò": "“", "Ó": "”", "Ô": "‘", "Õ": "’",
}  # fmt: skip
