"""Writes Unicode Bengali as it would be typed for SutonnyMJ, to have texts to read back.

A table of its own, by what is written rather than by code, so that a slip in the reader's table
does not cancel out.
"""

# ruff: noqa: E501, RUF001 -- the codes are these very signs, a conjunct counts as several

import re
import unicodedata

LETTERS = dict(
    zip(
        "অইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ_`abcdefghijklmn",
        strict=True,
    )
) | {"আ": "Av"} | {"ড\u09bc": "o", "ঢ\u09bc": "p", "য\u09bc": "q"}  # fmt: skip
WHOLE = {
    "ক্ক": "°", "ক্ট": "±", "ক্ত": "³", "ক্ম": "´", "ক্র": "µ", "ক্ষ": "ÿ", "ক্ষ্ম": "²", "ক্স": "·", "গ্ধ": "»",
    "ঙ্ক": "¼", "ঙ্গ": "½", "জ্জ": "¾", "জ্ঞ": "Á", "ঞ্চ": "Â", "ঞ্ছ": "Ã", "ঞ্জ": "Ä", "ট্ট": "Æ",
    "ণ্ট": "È", "ণ্ঠ": "É", "ণ্ড": "Ê", "ত্ত": "Ë", "ত্থ": "Ì", "ত্ম": "Z¥", "ত্র": "Î", "দ্দ": "Ï", "দ্ধ": "×",
    "দ্ব": "Ø", "দ্ম": "Ù", "ন্ঠ": "Ú", "ন্ড": "Û", "ন্ধ": "Ü", "ন্স": "Ý", "প্ট": "Þ", "প্ত": "ß", "প্প": "à",
    "প্স": "á", "ব্জ": "â", "ব্দ": "ã", "ব্ধ": "ä", "ভ্র": "å", "ম্ফ": "ç", "ল্ক": "é", "ল্গ": "ê", "ল্ট": "ë",
    "ল্ড": "ì", "ল্প": "í", "শ্চ": "ð", "শ্ছ": "ñ", "ষ্ণ": "ò", "ষ্ট": "ó", "ষ্ঠ": "ô", "ষ্ফ": "õ", "স্ট": "÷",
    "স্ফ": "ù", "হ্ন": "ý", "হ্ম": "þ", "স্ক": "¯‹", "স্থ": "¯’", "স্ত": "¯Í", "স্প": "¯ú", "স্ব": "¯^",
    "ন্ত": "šÍ", "ন্থ": "š’", "ন্ত্র": "š¿", "স্ত্র": "¯¿", "স্ক্র": "¯Œ", "ম্ব": "¤^", "ম্প": "¤ú", "ম্ভ": "¤¢",
    "ম্ম": "¤§", "ম্ন": "¤œ", "ম্ল": "¤ø", "ন্ব": "š^", "ষ্ক": "®‹", "ষ্প": "®ú", "ষ্ম": "®§", "ন্ট": "›U",
    "ন্দ": "›`", "ন্দ্র": "›`ª", "দ্ভ": "™¢", "দ্গ": "˜M", "চ্চ": "”P", "চ্ছ": "”Q", "ঙ্খ": "•L", "ঙ্ঘ": "•N",
    "ষ্ট্র": "óª", "হ্ণ": "nè", "ক্ষ্ণ": "ÿè", "ড্ড": "Ç", "ঙ্ক্ষ": "•ÿ", "স্ট্র": "÷ª", "ত্ত্ব": "Ë¡", "চ্ছ্ব": "”Q¡", "জ্জ্ব": "¾¡",
}  # fmt: skip
AFTER_LETTER = {
    "ব": {"ব": "Ÿ", "ধ": "Ÿ", "ল": "¦", "": "¡"},
    "র": {"প": "Ö", "গ": "Ö", "শ": "Ö", "ব": "ª", "দ": "ª", "ট": "ª", "": "«"},
    "ল": {"ক": "¬", "ফ": "¬", "ব": "\u00ad", "গ": "\u00ad", "শ": "\u00ad", "": "ø"},
    "ন": {"": "œ"},
    "ণ": {"": "Y"},
    "ম": {"": "¥"},
    "ভ": {"": "¢"},
    "য": {"": "¨"},
    "প": {"": "ú"},
}
BEFORE = {"ি": "w", "ে": "‡", "ৈ": "‰", "ো": "‡", "ৌ": "‡"}
AFTER = {
    "া": "v", "ী": "x", "ু": "y", "ূ": "~", "ৃ": "…", "ো": "v", "ৌ": "Š",
}  # fmt: skip
OTHER = {
    "ং": "s", "ঃ": "t", "ৎ": "r", "।": "|", "৳": "$", "“": "Ò", "”": "Ó", "‘": "Ô", "’": "Õ",
    "–": "Ð", "—": "Ñ", "\u200c": "", "\u200d": "",
} | dict(zip("০১২৩৪৫৬৭৮৯", "0123456789", strict=True))  # fmt: skip
SPECIAL = {("গ", "ু"): "¸", ("শ", "ু"): "ï", ("হ", "ু"): "û", ("হ", "ৃ"): "ü", ("র", "ু"): "iæ"}
SPECIAL |= {("র", "ূ"): "iƒ", ("স্ত", "ু"): "¯‘", ("ন্ত", "ু"): "š‘"}

_CONSONANT = "(?:[ক-হ]\u09bc?)"
_SYLLABLE = re.compile(
    f"(?P<letters>{_CONSONANT}(?:\u200d?\u09cd{_CONSONANT})*|[অ-ঔ](?:\u09cdয)?)"
    "(?P<killer>\u09cd\u200c?(?!\\w))?(?P<vowel>[া-ৌ])?(?P<moon>ঁ)?"
)


class NoCode(ValueError):
    """A conjunct that SutonnyMJ has no shape for, or that this writer does not know."""


def to_bijoy(text: str) -> str:
    """`text` in the codes of SutonnyMJ; what is not Bengali stays. Raises NoCode."""
    text = unicodedata.normalize("NFD", text).replace("\u09c7\u09be", "ো")
    text = text.replace("\u09c7\u09d7", "ৌ")
    parts: list[str] = []
    position = 0
    while position < len(text):
        match = _SYLLABLE.match(text, position)
        if match:
            parts.append(_syllable(match))
            position = match.end()
            continue
        character = text[position]
        parts.append(OTHER.get(character, character))
        if "\u0980" <= character <= "\u09ff" and character not in OTHER:
            raise NoCode(text[max(0, position - 3) : position + 3])
        position += 1
    return "".join(parts)


def _syllable(match: re.Match[str]) -> str:
    letters, vowel = match["letters"], match["vowel"] or ""
    has_ref = letters.startswith("র\u09cd") and len(letters) > 2
    if has_ref:
        letters = letters[2:]
    letters = letters.replace("\u200d", "")
    before = BEFORE.get(vowel, "")
    if (letters, vowel) in SPECIAL:
        body, after = SPECIAL[letters, vowel], ""
    else:
        body, after = _letters(letters), AFTER.get(vowel, "")
    killer = "&" if match["killer"] else ""
    moon = "u" if match["moon"] else ""
    return before + body + killer + ("©" if has_ref else "") + after + moon


def _letters(letters: str) -> str:
    """The codes of a letter or a conjunct: the longest known beginning, then what hangs on it."""
    pieces = letters.split("\u09cd")
    for count in range(len(pieces), 0, -1):
        head = "\u09cd".join(pieces[:count])
        body = WHOLE.get(head) or LETTERS.get(head)
        if body:
            break
    else:
        raise NoCode(letters)
    for previous, piece in zip(pieces[count - 1 :], pieces[count:], strict=False):
        forms = AFTER_LETTER.get(piece)
        if forms is None or (piece == "ণ"):
            raise NoCode(letters)
        body += forms.get(previous, forms[""])
    return body
