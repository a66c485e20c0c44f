"""Which column of a list of staff holds what."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from bangla.text import fold

# The cells of a row in the order of the template, with their headings. What officers call them
# is recognised by stems below.
HEADINGS: Final = {
    "designation_bn": _("পদবি (বাংলা)"),
    "designation_en": _("পদবি (ইংরেজি)"),
    "name_bn": _("নাম (বাংলা)"),
    "name_en": _("নাম (ইংরেজি)"),
    "mobile": _("মোবাইল নম্বর"),
    "email": _("ই-মেইল"),
    "joined": _("যোগদানের তারিখ"),
    "kind": _("দায়িত্বের ধরন"),
    "role": _("ভূমিকা"),
}
CELLS: Final = tuple(HEADINGS)

_LONGEST_LABEL: Final = 60
_NUKTA: Final = "\u09bc"
_IN_ENGLISH: Final = re.compile(r"ইংরেজি|ইংরেজী|english")
_STEMS: Final = (
    ("mobile", r"মোবাইল|ফোন|mobile|phone|cell"),
    ("email", r"ই-?মেইল|ই-?মেল|e-?mail"),
    ("joined", r"যোগদান|তারিখ|joined|joining|date"),
    ("role", r"ভূমিকা|ভুমিকা|role"),
    ("kind", r"ধরন|ধরণ|নিয়মিত|kind|type|charge"),
    ("designation", r"পদবি|পদবী|^পদ|designation|post"),
    ("name", r"নাম|name"),
)


def _plain(text: str) -> str:
    """A label as compared: folded, without blanks and without the dots some keyboards type."""
    return re.sub(r"\s+", "", fold(text)).replace(_NUKTA, "")


_PATTERNS: Final = [(cell, re.compile(_plain(stem))) for cell, stem in _STEMS]


def columns_of(labels: Sequence[str]) -> dict[str, int] | None:
    """Where each cell stands in a row with these labels; None if this is no head of the list.

    A head names the designation and something of the person. Of two columns called alike the
    second one is the English.
    """
    found: dict[str, int] = {}
    for position, label in enumerate(labels):
        cell = _cell_of(label, found)
        if cell is not None:
            found.setdefault(cell, position)
    return found if "designation_bn" in found and len(found) > 1 else None


def _cell_of(label: str, found: dict[str, int]) -> str | None:
    words = _plain(label)
    if not words or len(label) > _LONGEST_LABEL:
        return None
    cell = next((cell for cell, pattern in _PATTERNS if pattern.search(words)), None)
    if cell not in {"name", "designation"}:
        return cell
    is_english = _IN_ENGLISH.search(words) or f"{cell}_bn" in found
    return f"{cell}_{'en' if is_english else 'bn'}"
