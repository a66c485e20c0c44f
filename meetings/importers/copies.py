"""Who gets a copy (অনুলিপি): numbered or not, one recipient over one line or several."""

import re
from typing import Final

from meetings.enums import CopyKind
from meetings.importers.marks import CopiesHeading, contact_of, is_blank_to_fill
from meetings.importers.minutes import ImportedCopy

_SERIAL: Final = re.compile(
    r"\(?(?:[0-9০-৯]{1,3}\s*[.।):\-–]+|[0-9০-৯]{1,3}(?=\s|$)|[ক-হ]\s*[.।)])\)?\s*(?!\d)"
)
_END_OF_RECIPIENT: Final = ("।", "৷")
# A line that is shorter was not broken for want of room, so the next one is not its rest.
_FULL_LINE: Final = 50


def serial_end(text: str) -> int:
    """Where the serial that `text` begins with ends; 0 when it begins with none."""
    found = _SERIAL.match(text)
    return found.end() if found else 0


class CopyReader:
    """Collects recipients under one heading after another.

    `has_blank` tells that a heading stands over dots, for names to be written by hand.
    """

    def __init__(self) -> None:
        self.has_blank = False
        self._found: list[tuple[CopyKind, str]] = []
        self._kind = CopyKind.INFORMATION
        self._last_line = ""  # under the present heading, none yet
        self._is_numbered = False

    def start(self, heading: CopiesHeading) -> None:
        """Begin a list under `heading`."""
        self._kind, self._last_line, self._is_numbered = heading.kind, "", False
        if heading.rest:
            self.take(heading.rest)

    def take(self, text: str) -> bool:
        """Take in the next line of the list; False when the line is not of it."""
        end = serial_end(text)
        if is_blank_to_fill(text):
            self.has_blank = True
        elif end:
            self._is_numbered = True
            self._add(text, text[end:])
        elif text.startswith("("):
            self._go_on(text)
        elif contact_of(text) or (self._is_numbered and self._is_complete()):
            return False
        elif self._is_numbered:
            self._go_on(text)
        else:
            self._add(text, text)
        return True

    def copies(self) -> tuple[ImportedCopy, ...]:
        """The recipients, in order."""
        return tuple(ImportedCopy(kind, text) for kind, text in self._found if text)

    def _is_complete(self) -> bool:
        _kind, recipient = self._found[-1]
        is_short = bool(recipient) and len(self._last_line) < _FULL_LINE
        return is_short or recipient.endswith(_END_OF_RECIPIENT)

    def _add(self, line: str, recipient: str) -> None:
        self._last_line = line
        self._found.append((self._kind, recipient.strip()))

    def _go_on(self, text: str) -> None:
        """Add the rest of a recipient; brackets right below a heading are about the list."""
        if self._last_line:
            self._last_line = text
            kind, above = self._found[-1]
            self._found[-1] = (kind, f"{above} {text}".strip())
