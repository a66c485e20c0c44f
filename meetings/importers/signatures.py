"""Who signed: a name, below it the designation, the office, telephone and e-mail."""

import re
from collections.abc import Sequence
from typing import Final

from bangla.text import normalise
from meetings.importers.marks import contact_of, is_date_line, is_signed_mark, signed_name
from meetings.importers.minutes import ImportedSignatory

_LONGEST_LINE: Final = 110
_MOST_LINES: Final = 9
_GOES_ON: Final = re.compile(normalise(r"(?:ও|এবং)(?:\s|$)"))
_STAYS_OPEN: Final = re.compile(normalise(r"(?:^|\s)(?:ও|এবং)$"))
_TRIMMINGS: Final = " ,;।"


def belongs_to_signature(text: str, lines: Sequence[str]) -> bool:
    """Whether `text` can be the next of the `lines` of one signature, prose being longer."""
    return len(text) <= _LONGEST_LINE and len(lines) < _MOST_LINES


def may_be_signature(lines: Sequence[str]) -> bool:
    """Whether lines without brackets can be a signature: a name, a designation, perhaps more."""
    told = [line for line in lines if not (is_date_line(line) or is_signed_mark(line))]
    if not 2 <= len(told) <= _MOST_LINES or contact_of(told[0]):
        return False
    return all(len(line) <= _LONGEST_LINE for line in told)


def signatory_of(lines: Sequence[str]) -> ImportedSignatory | None:
    """The signatory whom the lines of one signature name; None when nobody is named."""
    phone = email = ""
    told: list[str] = []
    for line in lines:
        if contact := contact_of(line):
            phone, email = phone or contact.phone, email or contact.email
        elif not (is_date_line(line) or is_signed_mark(line)):
            told.append(line)
    if not told:
        return None
    name = signed_name(told[0]) or told[0].strip(_TRIMMINGS)
    designation, office = _post(told[1:])
    return ImportedSignatory(name, designation, office, phone, email)


def _post(lines: Sequence[str]) -> tuple[str, str]:
    """Designation and office from the lines below a name; “ও সভাপতি” goes on with the first."""
    if not lines:
        return "", ""
    count = 1
    while count < len(lines) and (
        _GOES_ON.match(lines[count]) or _STAYS_OPEN.search(lines[count - 1])
    ):
        count += 1
    designation = " ".join(lines[:count]).strip(_TRIMMINGS)
    return designation, ", ".join(line.strip(_TRIMMINGS) for line in lines[count:])
