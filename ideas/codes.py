"""The number by which a submitter follows an idea: eleven random digits and a check digit.

Digits, because any phone types them and they can be read out; twelve of them, because then a
guess hits one of a hundred thousand ideas once in a million tries.
"""

import secrets

from bangla.digits import to_ascii

CODE_DIGITS = 12
# Damm's table: the check digit catches every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_code() -> str:
    """A code that nobody can guess, in ASCII digits without gaps."""
    digits = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS - 1))
    return digits + _check_digit(digits)


def read_code(typed: str) -> str:
    """The code in what somebody typed, in either script, with any gaps; "" if it is none."""
    digits = digits_of(typed)
    return digits if digits and _check_digit(digits) == "0" else ""


def digits_of(typed: str) -> str:
    """The twelve digits somebody typed, whether they check out or not; "" if it is not twelve."""
    digits = "".join(sign for sign in to_ascii(typed) if sign.isalnum())
    if len(digits) != CODE_DIGITS or not digits.isascii() or not digits.isdigit():
        return ""
    return digits


def spaced(code: str) -> str:
    """The code in groups of four, as it is read out: 4827 1936 5024."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check_digit(digits: str) -> str:
    """The digit that makes the whole check out as 0."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
