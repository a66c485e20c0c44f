"""Sort keys in the order of a Bengali dictionary.

The Unicode Collation Algorithm (pyuca) with the two rules that Unicode's locale data gives for
Bengali, so that lists sorted in Python agree with PostgreSQL's ``bn-x-icu``:

* ং, ঃ and ঁ are letters of their own between ঔ and ক (the plain algorithm all but ignores them);
* Bengali letters come before those of every other script, after punctuation and digits.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from pyuca import Collator

from bangla.text import normalise

_LAST_VOWEL: Final = "ঔ"
_SIGNS_AFTER_VOWELS: Final = "ংঃঁ"
_FIRST_BENGALI, _LAST_BENGALI, _FIRST_OF_ALL_LETTERS = "অ", "্", "a"

# Greater than any primary weight in the table.
_BEYOND: Final = 0x10000


def sort_key(text: str) -> tuple[int, ...]:
    """Return a key by which texts sort as a Bengali reader expects.

    Both encodings of য়, ড় and ঢ় give the same key; so do the two scripts' digits. The first
    call loads the collation table, which takes a good part of a second; later ones look it up.
    """
    collator, bengali, first_letter = _bengali_collator()
    elements = [
        # Other scripts are carried past Bengali by the same distance, so keep their own order.
        [first + _BEYOND if first >= first_letter and first not in bengali else first, *rest]
        for first, *rest in collator.collation_elements(normalise(text))
    ]
    key: tuple[int, ...] = collator.sort_key_from_collation_elements(elements)
    return key


@cache
def _bengali_collator() -> tuple[Any, range, int]:
    """Return pyuca's collator with the Bengali signs in place, the range of primary weights of
    Bengali letters, and the lowest primary weight of any letter."""
    collator = Collator()

    def primary(letter: str) -> int:
        weight: int = collator.collation_elements(letter)[0][0]
        return weight

    vowel = primary(_LAST_VOWEL)
    for place, sign in enumerate(_SIGNS_AFTER_VOWELS, start=1):
        # No free weight lies between ঔ and ক, so a sign weighs as ঔ and then as something that
        # follows whatever may follow ঔ.
        weights = [[vowel, 0x20, 2], [2 * _BEYOND + place, 0x20, 2]]
        collator.table.add([ord(sign)], weights)
    bengali = range(primary(_FIRST_BENGALI), primary(_LAST_BENGALI) + 1)
    return collator, bengali, primary(_FIRST_OF_ALL_LETTERS)
