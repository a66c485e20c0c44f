"""Lines of a file exported here → the plan's rows, with the numbers of tasks and indicators."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from bangla.dates import parse_date
from bangla.digits import to_ascii
from bangla.text import squeeze
from workplans.enums import Unit
from workplans.importers.draft import Draft
from workplans.importers.exported.files import ExportedFile, MarkedLine
from workplans.importers.header import Column
from workplans.importers.plan import (
    ImportedEntry,
    ImportedIndicator,
    ImportedPlan,
    ImportedRow,
    SkippedLine,
)
from workplans.importers.schedule import read_dates
from workplans.importers.serials import shown
from workplans.periods import Period
from workplans.scoring import GRADES

_QUARTERS: Final = range(1, 5)
_OF_AN_INDICATOR: Final = (
    *("unit", "weight", "previous", "projection", "achieved"),
    *(f"target_{grade}" for grade in GRADES),
    *(f"target_q{number}" for number in _QUARTERS),
)
_TERM: Final = re.compile("[0-9]{1,3}")
_UNITS: Final = {unit.label: unit.value for unit in Unit} | {"%": "percent", "শতাংশ": "percent"}


@dataclass
class _Group:
    """The lines of one task; `task` is its number in the plan, None in a row that is new."""

    first: MarkedLine
    task: int | None
    subject: str
    lines: list[tuple[MarkedLine, int | None]] = field(default_factory=list)
    is_copy: bool = False


def plan_of(file: ExportedFile, period: Period) -> ImportedPlan:
    """The rows of the file in order. What each says is compared with the plan later."""
    reader = _Reader(file)
    for line in file.lines:
        reader.read(line)
    further = _Further(file, reader.groups)
    rows = tuple(
        _row(group, file, period, further, number) for number, group in enumerate(reader.groups)
    )
    return ImportedPlan(period, rows, tuple(reader.skipped), mark=file.mark)


class _Reader:
    """Puts lines together to tasks: a task's indicators stand in lines of their own."""

    def __init__(self, file: ExportedFile) -> None:
        self._columns = file.columns
        self._seen: set[tuple[int, int | None]] = set()
        self._tasks: set[int] = set()
        self.groups: list[_Group] = []
        self.skipped: list[SkippedLine] = []

    def read(self, line: MarkedLine) -> None:
        mark = line.mark
        key = (mark.task, mark.detail) if mark else None
        is_known = key is not None and key not in self._seen
        if key:
            self._seen.add(key)
        if mark and is_known and self._goes_on(mark.task):
            self.groups[-1].lines.append((line, mark.detail))
        elif mark and is_known and mark.task not in self._tasks:
            self._tasks.add(mark.task)
            self._begin(line, mark.task, mark.detail)
        else:
            self._read_added(line, is_copy=key is not None)

    def _goes_on(self, task: int) -> bool:
        return bool(self.groups) and self.groups[-1].task == task

    def _read_added(self, line: MarkedLine, *, is_copy: bool) -> None:
        """A line without a mark, or with that of a line above: somebody typed or copied it."""
        if line.cells.get("title") and "title" not in line.merged:
            self._begin(line, None, None, is_copy=is_copy)
        elif self.groups and any(line.cells.get(key) for key in ("indicator", *_OF_AN_INDICATOR)):
            self.groups[-1].lines.append((line, None))
        elif words := " | ".join(filter(None, map(squeeze, line.cells.values()))):
            self.skipped.append(SkippedLine(f"{line.location}: {words[:160]}", _("ছকের সারি নয়।")))

    def _begin(
        self, line: MarkedLine, task: int | None, detail: int | None, *, is_copy: bool = False
    ) -> None:
        subject = squeeze(line.cells.get("subject", ""))
        is_unsaid = line.mark is None or "subject" not in line.cells
        if not subject and is_unsaid and self.groups:
            subject = self.groups[-1].subject  # as on paper: it goes on until the next is named
        group = _Group(line, task, subject, is_copy=is_copy)
        group.lines.append((line, detail))
        self.groups.append(group)


class _Further:
    """The lines of the further sheets, by the place of their task among the groups."""

    def __init__(self, file: ExportedFile, groups: Sequence[_Group]) -> None:
        self._numbers = {group.task: n for n, group in enumerate(groups) if group.task is not None}
        self._titles: dict[str, int] = {}
        for number, group in enumerate(groups):
            self._titles.setdefault(squeeze(group.first.cells.get("title", "")), number)
        self.indicators = self._by_group(file.indicators)
        self.entries = self._by_group(file.entries or ())

    def _by_group(self, lines: Iterable[MarkedLine]) -> dict[int, list[MarkedLine]]:
        found: dict[int, list[MarkedLine]] = {}
        for line in lines:
            number = self._numbers.get(line.mark.task) if line.mark else None
            if number is None:
                number = self._titles.get(squeeze(line.cells.get("task", "")))
            if number is not None:
                found.setdefault(number, []).append(line)
        return found


def _row(
    group: _Group, file: ExportedFile, period: Period, further: _Further, number: int
) -> ImportedRow:
    cells = dict(group.first.cells)
    indicators, measure = _indicators(group, further.indicators.get(number, ()))
    columns = [key for key in file.columns if key not in _OF_AN_INDICATOR]
    if not group.subject and number and "subject" in columns:
        columns.remove("subject")  # cells taken apart leave all but the first empty
    if measure is not None:
        cells["measure"] = measure
        columns.append("measure")
    draft = _dated(group, cells)
    dates = read_dates(draft, period)
    if group.is_copy:
        draft.doubt("row", _("ফাইলে একই সারি দুবার আছে; দ্বিতীয়টি নতুন সারি ধরা হয়েছে।"))
    entries = tuple(map(_entry, further.entries.get(number, ())))
    return ImportedRow(
        serial=shown(cells.get("serial", "")),
        subject=group.subject,
        title=cells.get("title", ""),
        starts_on=dates.schedule.starts_on,
        ends_on=dates.schedule.ends_on,
        schedule_text=dates.schedule.text,
        recurrence=dates.schedule.recurrence.to_code() if dates.schedule.recurrence else "",
        responsible=cells.get("responsible", ""),
        expected_result=cells.get("expected_result", ""),
        measure=cells.get("measure", ""),
        progress=cells.get("progress", ""),
        doubts=tuple(draft.doubts),
        location=group.first.location,
        start_text=dates.start_text,
        end_text=squeeze(cells.get("end", "")),
        row_id="" if group.task is None else str(group.task),
        columns=tuple(columns),
        subject_weight=cells.get("subject_weight"),
        indicators=indicators,
        entries=entries,
        terms=_terms(cells["terms"]) if "terms" in cells else None,
    )


def _dated(group: _Group, cells: Mapping[str, str]) -> Draft:
    """The date cells as the reader of dates takes them."""
    words = {
        Column.START: squeeze(cells.get("start", "")),
        Column.END: squeeze(cells.get("end", "")),
        Column.PERIOD: squeeze(cells.get("period", "")),
    }
    return Draft(group.first.location, words, has_period_column="period" in cells)


def _indicators(
    group: _Group, sheet: Sequence[MarkedLine]
) -> tuple[tuple[ImportedIndicator, ...], str | None]:
    """The indicators of a task, from the table and from their own sheet, and its measure, which
    stands in their place while there is none (None when the table does not say it so)."""
    found: list[ImportedIndicator] = []
    measure: str | None = None
    for line, detail in group.lines:
        if "indicator" not in line.cells:
            continue
        says_more = any(line.cells.get(key) for key in _OF_AN_INDICATOR)
        if detail is None and not says_more and line is group.first:
            measure = line.cells["indicator"]
        elif detail is not None or line.cells["indicator"]:
            found.append(_indicator(line.cells, detail, name="indicator", quarter="target_q"))
    for line in sheet:
        number = line.mark.detail if line.mark else None
        if number is not None or line.cells.get("name"):
            found.append(_indicator(line.cells, number, name="name", quarter="quarter_"))
    return tuple(found), measure


def _indicator(
    cells: Mapping[str, str], number: int | None, *, name: str, quarter: str
) -> ImportedIndicator:
    unit = squeeze(cells.get("unit", ""))
    return ImportedIndicator(
        name=cells.get(name, ""),
        unit=_UNITS.get(unit, unit),
        weight=cells.get("weight"),
        previous=cells.get("previous"),
        targets=_series(cells, [f"target_{grade}" for grade in GRADES]),
        projection=cells.get("projection"),
        achieved=cells.get("achieved"),
        quarters=_series(cells, [f"{quarter}{n}" for n in _QUARTERS]),
        quarters_achieved=_series(cells, [f"achieved_q{n}" for n in _QUARTERS]),
        row_id="" if number is None else str(number),
    )


def _series(cells: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...] | None:
    """The cells of neighbouring columns as far as the table has them; None when it has none."""
    found = tuple(cells[key] for key in keys if key in cells)
    return found or None


def _entry(line: MarkedLine) -> ImportedEntry:
    cells = line.cells
    return ImportedEntry(
        text=cells.get("text", ""),
        percent=_per_cent(cells.get("percent", "")),
        on=_day(cells.get("on", "")),
        achieved_value=squeeze(cells.get("achieved_value", "")),
        part=squeeze(cells.get("part", "")),
        part_percent=_per_cent(cells.get("part_percent", "")),
        indicator=squeeze(cells.get("indicator", "")),
    )


def _per_cent(text: str) -> int | None:
    words = to_ascii(squeeze(text)).rstrip("%").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 3 else None


def _day(text: str) -> date | None:
    return parse_date(text).value if text else None


def _terms(text: str) -> tuple[int, ...]:
    """Numbers such as "৩, ৫"; what is no number is left out and told later by the comparison."""
    words = to_ascii(text).replace("।", ",").replace(";", ",").split(",")
    return tuple(int(word) for word in map(str.strip, words) if _TERM.fullmatch(word))
