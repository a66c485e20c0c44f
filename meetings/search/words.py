"""What a search compares: the words of minutes, and those somebody types to find them."""

import re
from functools import lru_cache
from unicodedata import category

from bangla.text import fold, normalise

# Words beyond these are left out of the search: each one is a condition of the query.
MOST_WORDS = 16

# A word typed between any two of these is searched as a phrase.
_PHRASE_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^"\s]+)')


class _Marks(dict[int, str]):
    """What each character becomes in a search key; worked out when it is first met.

    Marks stand apart, so that a word is whole also before a danda or a comma. All dashes are
    one dash. Quotation marks and apostrophes go: keyboards disagree about them, and between
    quotation marks a word is the same word.
    """

    # Beside those that Unicode calls quotation marks: two accents and three modifier letters.
    _QUOTES = frozenset("\"'`\u00b4\u02b9\u02bc\u02bd")
    _MINUS = "\u2212"

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kind = category(letter)
        if kind in {"Pi", "Pf"} or letter in self._QUOTES:
            shown = " "
        elif kind == "Pd" or letter == self._MINUS:
            shown = " - "
        else:
            shown = f" {letter} " if kind[0] in "PS" else letter
        self[code] = shown
        return shown


_MARKS = _Marks()


def key_letters(text: str) -> str:
    """Return `text` folded (bangla.text.fold) with its marks apart, blanks as they come."""
    return fold(text).translate(_MARKS)


def search_key(text: str) -> str:
    """Return `text` as the index holds it.

    Folded, so that both encodings of য়, ড় and ঢ়, digits of either script, joiners and case
    make no difference; marks apart; one blank between words and one at either end. Hence
    `"ফরম" in search_key(text)` asks for a part of a word and `" ফরম " in …` for a whole one.
    What is indexed keeps the key it was given: whoever changes this, or fold, adds a migration
    that makes the keys of all SearchEntry rows anew.
    """
    return f" {' '.join(key_letters(text).split())} "


@lru_cache(maxsize=64)
def search_terms(words: str) -> tuple[str, ...]:
    """Return what must be found for `words` as typed, each as a piece of a search key.

    A word is found also within a longer one. Between quotation marks, several are found in
    this order and whole; such a term begins and ends with a blank. Nothing else that is typed
    has a meaning of its own: %, _, * and the like are looked for as they stand.
    """
    terms = []
    for phrase, word in _PHRASE_OR_WORD.findall(normalise(words).translate(_PHRASE_MARKS)):
        key = search_key(phrase or word)
        if key.strip():
            terms.append(key if phrase else key.strip())
    return tuple(dict.fromkeys(terms))[:MOST_WORDS]
