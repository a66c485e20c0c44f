"""Bengali and ASCII digits, and numbers grouped by thousand, lakh and crore."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

Language = Literal["bn", "en"]

BANGLA_DIGITS = "০১২৩৪৫৬৭৮৯"

_TO_BANGLA = str.maketrans("0123456789", BANGLA_DIGITS)
_TO_ASCII = str.maketrans(BANGLA_DIGITS, "0123456789")

# The last three digits stand together; above them every two digits make a group.
_GROUP_BREAK = re.compile(r"(?<=\d)(?=(?:\d\d)*\d{3}$)")


def to_bangla(text: object) -> str:
    """Return ``str(text)`` with every ASCII digit written in Bengali; the rest is untouched."""
    return str(text).translate(_TO_BANGLA)


def to_ascii(text: str) -> str:
    """Return `text` with every Bengali digit written in ASCII; the rest is untouched."""
    return text.translate(_TO_ASCII)


def group_lakh(number: int | Decimal) -> str:
    """Group a number as South Asia does: ``1234567`` becomes ``"12,34,567"``.

    The digits are ASCII. A decimal keeps exactly the fraction digits it carries.

    Raises:
        ValueError: `number` is a NaN or an infinity, which have no digits to group.
    """
    if isinstance(number, Decimal) and not number.is_finite():
        raise ValueError(f"not a finite number: {number}")
    # Fixed-point notation, because Decimal("1E+6") would otherwise print its exponent.
    digits = format(number, "f") if isinstance(number, Decimal) else str(number)
    sign = "-" if digits.startswith("-") else ""
    whole, point, fraction = digits.removeprefix("-").partition(".")
    return f"{sign}{_GROUP_BREAK.sub(',', whole)}{point}{fraction}"


def format_number(n: int | Decimal, *, lang: Language = "bn") -> str:
    """Return `n` in lakh grouping, in the digits of `lang`: ``"১২,৩৪,৫৬৭"``."""
    grouped = group_lakh(n)
    return to_bangla(grouped) if lang == "bn" else grouped
