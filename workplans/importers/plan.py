"""What an importer hands back: the plan's rows, each with its doubts, and the lines left out."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workplans.exchange import PlanMark
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
class ImportedIndicator:
    """One indicator of a scored or quarterly form, its values as written.

    `unit` is a value of `Unit`; `targets` are those for 100, 90, 80, 70 and 60 per cent;
    `quarters` and `quarters_achieved` are by quarter, as many as the form has. "" is an empty
    cell, None a cell that the form does not have. `row_id` is the indicator's number in the plan
    it was exported from, "" in a document of somebody's own.
    """

    name: str
    unit: str = ""
    weight: str | None = None
    previous: str | None = None
    targets: tuple[str, ...] | None = None
    projection: str | None = None
    achieved: str | None = None
    quarters: tuple[str, ...] | None = None
    quarters_achieved: tuple[str, ...] | None = None
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """One dated entry of progress: `on` None means the document does not say when."""

    text: str = ""
    percent: int | None = None
    on: date | None = None
    achieved_value: str = ""
    part: str = ""
    part_percent: int | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One task as the document has it.

    Texts are normalised but never reworded. Dates are None unless certain; `schedule_text`
    keeps the words of the date cells. `recurrence` says how often the work repeats, "" when it
    happens once. `location` says where the row stood in the document. `start_text` and
    `end_text` are the words of the two date cells as they would be typed into the plan.
    `row_id` is the task's number in the plan a table was exported from, "" in any other;
    `columns` are the cells that the document has at all, so that an update leaves the others.
    `entries` is what the document says was achieved, `terms` the numbers of the terms of
    reference, None when the document has no such column.
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
    row_id: str = ""
    columns: tuple[str, ...] = ()
    subject_weight: str | None = None
    indicators: tuple[ImportedIndicator, ...] = ()
    entries: tuple[ImportedEntry, ...] = ()
    terms: tuple[int, ...] | None = None

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
            "row_id": self.row_id,
            "columns": list(self.columns),
            "subject_weight": self.subject_weight,
            "indicators": [asdict(indicator) for indicator in self.indicators],
            "entries": [{**asdict(entry), "on": _iso(entry.on)} for entry in self.entries],
            "terms": None if self.terms is None else list(self.terms),
        }


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """Everything read from one document, in the order it was written.

    `mark` says which plan the document was exported from, if it was exported here; `notes` are
    sentences about the document as a whole.
    """

    period: Period
    rows: tuple[ImportedRow, ...]
    skipped: tuple[SkippedLine, ...]
    mark: PlanMark | None = None
    notes: tuple[str, ...] = ()

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
            "notes": list(self.notes),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
