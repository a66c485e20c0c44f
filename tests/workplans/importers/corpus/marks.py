"""How well a document was read: right cells, wrong dates that nobody is warned of, doubts."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bangla.digits import to_bangla
from tests.workplans.importers.corpus.plans import Indicator, Truth
from workplans.importers import ImportedRow

_DATE_FIELDS = {"starts_on", "ends_on", "schedule_text", "row"}


@dataclass
class Marks:
    """The figures of one document or of all."""

    cells: int = 0
    right: int = 0
    doubts: int = 0
    wrong: list[str] = field(default_factory=list)
    silent_dates: list[str] = field(default_factory=list)

    def add(self, other: "Marks") -> None:
        self.cells += other.cells
        self.right += other.right
        self.doubts += other.doubts
        self.wrong += other.wrong
        self.silent_dates += other.silent_dates

    @property
    def share(self) -> float:
        return self.right / self.cells if self.cells else 0.0


def mark_of(truths: list[Truth], rows: tuple[ImportedRow, ...]) -> Marks:
    """Compare rows with the truth, in order; a row too many or too few is wrong in every cell."""
    marks = Marks(doubts=sum(len(row.doubts) for row in rows))
    for number, truth in enumerate(truths):
        row = rows[number] if number < len(rows) else None
        for name, want, got in _cells(truth, row):
            marks.cells += 1
            if same(want, got):
                marks.right += 1
                continue
            marks.wrong.append(f"{number + 1} {name}: {want!r} ≠ {got!r}")
            is_date = name in {"starts_on", "ends_on"} or name.endswith(" day")
            if (
                is_date
                and row
                and not any(d.field in {*_DATE_FIELDS, "progress"} for d in row.doubts)
            ):
                marks.silent_dates.append(marks.wrong[-1])
    for row in rows[len(truths) :]:
        marks.cells += 1
        marks.wrong.append(f"too many: {row.title[:40]!r} ({row.location})")
    return marks


def same(want: Any, got: Any) -> bool:
    """Whether two values say the same: texts in NFC, with single blanks and Bengali digits."""
    return _plain(want) == _plain(got)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return to_bangla(" ".join(unicodedata.normalize("NFC", value).split()))
    return value


def _cells(truth: Truth, row: ImportedRow | None) -> Iterator[tuple[str, Any, Any]]:
    for name in ("subject", "title", "responsible", "expected_result", "measure"):
        if name in truth.has:
            yield name, getattr(truth.task, name), row and getattr(row, name)
    if "dates" in truth.has:
        yield "starts_on", truth.starts_on, row and row.starts_on
        yield "ends_on", truth.ends_on, row and row.ends_on
        yield "recurrence", truth.recurs, row and row.recurrence
    if truth.subject_weight is not None:
        yield "subject_weight", truth.subject_weight, row and row.subject_weight
    if "entries" in truth.has:
        yield from _entries(truth.entries, row)
    for number, indicator in enumerate(truth.indicators):
        yield from _indicator(number, indicator, row)
    if truth.indicators and row:
        yield "indicators", len(truth.indicators), len(row.indicators)


def _entries(
    entries: tuple[tuple[str, int | None, date | None], ...], row: ImportedRow | None
) -> Iterator[tuple[str, Any, Any]]:
    found = [one for one in row.entries if not one.indicator] if row else []
    for number, (words, percent, on) in enumerate(entries):
        one = found[number] if number < len(found) else None
        yield f"entry {number} words", words, one and one.text
        yield f"entry {number} per cent", percent, one and one.percent
        yield f"entry {number} day", on, one and one.on
    yield "entries", len(entries), len(found)


def _indicator(
    number: int, want: Indicator, row: ImportedRow | None
) -> Iterator[tuple[str, Any, Any]]:
    has = row is not None and number < len(row.indicators)
    got = row.indicators[number] if row and has else None
    yield f"indicator {number} name", want.name, got and got.name
    yield f"indicator {number} unit", want.unit, got and got.unit
    if want.weight:
        yield f"indicator {number} weight", want.weight, got and got.weight
        yield f"indicator {number} previous", want.previous, got and got.previous
    for name in ("targets", "quarters", "achieved"):
        wanted = getattr(want, name)
        read = got and getattr(got, "quarters_achieved" if name == "achieved" else name)
        for place, value in enumerate(wanted):
            yield f"indicator {number} {name} {place}", value, read and read[place]
