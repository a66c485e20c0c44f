"""What reading old minutes hands back: the paper's parts as written, and what is doubtful."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from meetings.enums import CopyKind


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing a person should look at before the minutes are kept.

    `field` is an attribute name of `ImportedMinutes`, or of `ImportedItem` when `item` is given;
    "row" concerns a whole item. `item` is the item's place in `items`, from 1. `reason` is a
    Bengali sentence that says what is odd and how to mend it.
    """

    field: str
    reason: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One agenda item; texts are normalised but never reworded, several decisions stay together.

    `location` says where the item stood in the document. `deadline` holds the words of a column
    of due times (সময়সীমা), which few offices print.
    """

    serial: str
    topic: str
    discussion: str
    decision: str
    implementer: str
    location: str
    doubts: tuple[Doubt, ...] = ()
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCopy:
    """One recipient of a copy, without the serial in front."""

    kind: CopyKind
    text: str


@dataclass(frozen=True, slots=True)
class ImportedSignatory:
    """Who signed, in the order of the paper: the chair under the minutes comes first."""

    name: str
    designation: str = ""
    office: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ImportedAttendee:
    """One row of the attendance annex (পরিশিষ্ট ‘ক’)."""

    serial: str
    name: str
    designation: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class ImportedMinutes:
    """Everything read from one paper.

    Dates and times are None unless certain; `held_on_text`, `time_text` and `memo_text` keep the
    words they were read from. `memo_number` has ASCII digits and no blanks, "" when it could not
    be read. `opening` and `closing` are paragraphs, one a line. `confirmation` is the
    `meetings.enums.Confirmation` that the opening tells of the minutes before, "" when it tells
    nothing. `doubts` are all of them: those of the paper first, then those of each item, which
    stand on the item too.
    """

    title: str
    chair: str
    place: str
    held_on: date | None
    held_on_text: str
    time: time | None
    time_text: str
    memo_number: str
    memo_text: str
    issued_on: date | None
    opening: str
    closing: str
    confirmation: str
    items: tuple[ImportedItem, ...]
    copies: tuple[ImportedCopy, ...]
    signatories: tuple[ImportedSignatory, ...]
    attendance: tuple[ImportedAttendee, ...]
    doubts: tuple[Doubt, ...]

    def as_json(self) -> dict[str, Any]:
        """The minutes as plain JSON values: "2019-08-25", "13:30", None for what is not known."""
        return {
            "title": self.title,
            "chair": self.chair,
            "place": self.place,
            "held_on": self.held_on.isoformat() if self.held_on else None,
            "time": self.time.isoformat("minutes") if self.time else None,
            "memo_number": self.memo_number,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "items": [
                {
                    "topic": item.topic,
                    "discussion": item.discussion,
                    "decision": item.decision,
                    "implementer": item.implementer,
                }
                for item in self.items
            ],
            "copies": [copy.text for copy in self.copies],
            "doubts": _plain(self.doubts),
            "signatories": _plain(self.signatories),
            "attendance": _plain(self.attendance),
            "opening": self.opening,
            "closing": self.closing,
        }


def _plain(
    rows: Iterable[Doubt | ImportedSignatory | ImportedAttendee],
) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]
