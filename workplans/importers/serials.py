"""Serial numbers as plans print them: ১, ১., (১), ১.১, ১(ক), ক."""

import re
from typing import Final

from bangla.digits import to_ascii, to_bangla
from bangla.text import squeeze

_SERIAL: Final = re.compile(
    r"[(\[]?\s*(?P<number>\d{1,3}(?:[.\-/]\d{1,2})*)\s*(?:[.)\]।:]|\s*\(?[ক-হa-z]\)?)*"
)
_LETTER: Final = re.compile(r"\(?[ক-হa-zA-Z]\s*[).।]?")
_TRIMMINGS: Final = " .।:)(]["
_PLAIN: Final = re.compile(r"\d{1,3}")


def is_serial(text: str) -> bool:
    """Whether `text` is nothing but a serial number."""
    words = to_ascii(squeeze(text))
    return bool(_SERIAL.fullmatch(words) or _LETTER.fullmatch(words))


def plain_number(text: str) -> int | None:
    """The number when the serial is one whole number (“১”, “১.”, “(১)”), else None."""
    words = to_ascii(squeeze(text)).strip(_TRIMMINGS)
    return int(words) if _PLAIN.fullmatch(words) else None


def shown(text: str) -> str:
    """The serial as it is kept: one line, Bengali digits, so that ১ and 1 are the same serial."""
    return to_bangla(squeeze(text))


def is_column_numbering(texts: list[str]) -> bool:
    """Whether the cells only number the columns: ১ ২ ৩ ৪(ক) ৪(খ) …, under a printed head."""
    return len(texts) > 2 and plain_number(texts[0]) == 1 and all(map(is_serial, texts))
