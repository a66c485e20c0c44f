"""What an importer hands back: the plan's rows, each with its doubts, and the lines left out."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workplans.periods import Period


@dataclass(frozen=True, slots=True)
class Doubt:
    """One cell a person should look at before the plan is saved.

    `field` is an attribute name of `ImportedRow`, or "row" when it concerns the whole row;
    `reason` is a Bengali sentence.
    """

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """One line that did not become a row: `line` says where it stood and its words."""

    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One task as the document has it.

    Texts are normalised but never reworded. Dates are None unless certain; `schedule_text`
    keeps the words of the date cells. `recurrence` says how often the work repeats, "" when it
    happens once. `location` says where the row stood in the document. `start_text` and
    `end_text` are the words of the two date cells as they would be typed into the plan.
    """

    serial: str
    subject: str
    title: str
    starts_on: date | None
    ends_on: date | None
    schedule_text: str
    recurrence: str
    responsible: str
    expected_result: str
    measure: str
    progress: str
    doubts: tuple[Doubt, ...]
    location: str
    start_text: str = ""
    end_text: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row as plain JSON values: dates in ISO form or None, doubts as objects."""
        return {
            "serial": self.serial,
            "subject": self.subject,
            "title": self.title,
            "starts_on": _iso(self.starts_on),
            "ends_on": _iso(self.ends_on),
            "schedule_text": self.schedule_text,
            "responsible": self.responsible,
            "expected_result": self.expected_result,
            "measure": self.measure,
            "progress": self.progress,
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "recurrence": self.recurrence,
            "location": self.location,
            "start_text": self.start_text,
            "end_text": self.end_text,
        }


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """Everything read from one document, in the order it was written."""

    period: Period
    rows: tuple[ImportedRow, ...]
    skipped: tuple[SkippedLine, ...]

    def as_json(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        return {
            "period": {
                "code": self.period.code,
                "kind": self.period.kind,
                "starts_on": self.period.starts_on.isoformat(),
                "ends_on": self.period.ends_on.isoformat(),
            },
            "rows": [row.as_json() for row in self.rows],
            "skipped": [asdict(line) for line in self.skipped],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
