"""Telephone numbers and e-mail addresses amid words about a person.

Lists and papers name a submitter and never say how to reach them (models.Contact is kept apart);
what somebody typed beside a name is taken out before it gets there.
"""

import re
from typing import Final

from bangla.digits import to_ascii
from bangla.text import squeeze

_LABEL: Final = (
    r"(?:(?:মোবাইল|মোবা|মো|ফোন|টেলিফোন|সেল|mobile|mob|phone|cell|tel)\s*(?:নং|নম্বর|no|number)?"
    r"\s*[.:ঃ।-]*\s*)?"
)
# Nine to eleven digits that begin with 0, the country before them or not. A date has fewer.
_PHONE: Final = re.compile(
    _LABEL + r"(?<!\d)(?:\+?88[\s-]?)?0(?:[\s-]?\d){8,10}(?!\d)", re.IGNORECASE
)
_EMAIL: Final = re.compile(
    r"(?:(?:ই-?মেইল|ইমেল|e-?mail)\s*[.:ঃ-]*\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_EMPTY_BRACKETS: Final = re.compile(r"[(\[{]\s*[)\]}]")
_DANGLING: Final = re.compile(r"(?:\s*[,;|])+(?=\s*(?:[,;|]|$))|^[\s,;|]+")


def without_contacts(text: str) -> str:
    """The words without telephone numbers and e-mail addresses; unchanged if there are none."""
    ascii_text = to_ascii(text)  # digit by digit, so that places stay the same
    spans = [match.span() for pattern in (_EMAIL, _PHONE) for match in pattern.finditer(ascii_text)]
    if not spans:
        return text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = _EMPTY_BRACKETS.sub(" ", text)
    return "\n".join(filter(None, (_tidy(line) for line in text.split("\n"))))


def _tidy(line: str) -> str:
    return _DANGLING.sub("", squeeze(line)).replace(" ,", ",")
