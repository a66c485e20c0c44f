"""What an importer hands back: the ideas of a list with their doubts, and the lines left out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from workplans.importers.errors import UnreadableDocument
from workplans.importers.plan import Doubt, SkippedLine

__all__ = ["Doubt", "FoundIdea", "FoundList", "SkippedLine", "UnreadableList"]


class UnreadableList(UnreadableDocument):
    """A file or a paste cannot be read as a list of ideas; the message says why, in Bengali."""


@dataclass
class FoundIdea:
    """One idea as the list has it; texts are normalised but never reworded.

    `received_text` are the words of the year or date, `received_on` the day they give (None
    unless certain). `status` is an IdeaStatus. `office` are the words of the office column.
    `location` says where the row stood. A doubt's `field` is a name of this class or "row".
    """

    location: str
    serial: str = ""
    title: str = ""
    problem: str = ""
    description: str = ""
    benefit: str = ""
    submitter_name: str = ""
    submitter_detail: str = ""
    office: str = ""
    status: str = ""
    received_text: str = ""
    received_on: date | None = None
    remarks: str = ""
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, field_name: str, reason: str) -> None:
        """Note that a person should look at `field_name`."""
        self.doubts.append(Doubt(str(field_name), reason))

    def as_json(self) -> dict[str, Any]:
        """The row as plain JSON values: the day in ISO form or None, doubts as objects."""
        day = self.received_on.isoformat() if self.received_on else None
        return {**asdict(self), "received_on": day}


@dataclass(frozen=True, slots=True)
class FoundList:
    """Everything read from one document, in the order it was written."""

    rows: tuple[FoundIdea, ...]
    skipped: tuple[SkippedLine, ...]

    def as_json(self) -> dict[str, Any]:
        """The list as plain JSON values."""
        return {"rows": rows_as_json(self.rows), "skipped": [asdict(line) for line in self.skipped]}


def rows_as_json(rows: Iterable[FoundIdea]) -> list[dict[str, Any]]:
    return [row.as_json() for row in rows]
