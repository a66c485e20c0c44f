"""One agenda item while it is being put together."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from bangla.text import squeeze
from meetings.importers.columns import Column
from meetings.importers.minutes import Doubt, ImportedItem
from teams.templatetags.bangla_tags import digits
from workplans.importers.serials import plain_number

TEXTS: Final = (Column.TOPIC, Column.DISCUSSION, Column.DECISION, Column.IMPLEMENTER)
"""The four texts of an item, in the order in which they are printed."""

_LONGEST_QUOTED: Final = 160


@dataclass
class Draft:
    """The words of one item by column, where it stood, and what is doubtful so far.

    `doubts` are pairs of a field of `ImportedItem` (or "row") and a reason.
    """

    location: str
    serial: str = ""
    words: dict[Column, str] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def text(self, column: Column) -> str:
        """The words in `column` so far."""
        return self.words.get(column, "")

    def append(self, column: Column, words: str) -> None:
        """Add words below those that are in `column` already."""
        if words:
            self.words[column] = f"{self.text(column)}\n{words}".strip("\n")

    def doubt(self, field_name: str, reason: str) -> None:
        """Note that a person should look at `field_name`."""
        self.doubts.append((str(field_name), reason))

    def finished(self, place: int) -> ImportedItem:
        """The item as the `place`-th (from 1) of the minutes; its doubts name its number."""
        number = plain_number(self.serial) or place
        doubts = tuple(
            Doubt(field_name, _numbered(reason, number), place)
            for field_name, reason in self.doubts
        )
        return ImportedItem(
            serial=self.serial,
            topic=self.text(Column.TOPIC),
            discussion=self.text(Column.DISCUSSION),
            decision=self.text(Column.DECISION),
            implementer=self.text(Column.IMPLEMENTER),
            location=self.location,
            doubts=doubts,
            deadline=self.text(Column.DEADLINE),
        )


def short(words: str) -> str:
    """Words on one line, cut where they get too long to be quoted in a sentence."""
    words = squeeze(words)
    return words if len(words) <= _LONGEST_QUOTED else f"{words[:_LONGEST_QUOTED]}…"


def _numbered(reason: str, number: int) -> str:
    return _("আলোচ্য বিষয় %(number)s: %(reason)s") % {"number": digits(number), "reason": reason}
