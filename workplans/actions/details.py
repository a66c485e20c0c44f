"""What stands beside the cells of a row that was read: duties served, indicators, progress."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.models import TermOfReference, User
from teams.transitions import WrongState

from ..models import INDICATOR_CELLS, Indicator, ProgressEntry, Task, WorkPlan
from ..models.progress import LONGEST_ACHIEVED, LONGEST_PART
from ..score_table import quarters_of
from ..scoring import UnreadableValue
from ..updates import Row
from ..updates.details import cells_of_read, read_progress
from ..updates.plain import LABELS, day, number, problem_with
from .indicators import IndicatorWords, add_indicator
from .progress import add_progress
from .terms import set_terms
from .writing import keep_due

_NOTHING: dict[str, Any] = {
    **{"text": "", "percent": None, "on": None, "part": "", "part_percent": None},
    **{"indicator": "", "achieved_value": ""},
}


class UnwritableRow(Exception):
    """A row of a read table cannot become a task; the text names the row, for the user."""


def take_details(
    task: Task, row: Row, *, terms: Sequence[TermOfReference], by: User | None
) -> list[Model]:
    """Write all that a read row says beside its cells onto its new task, `task.plan` at hand.

    `terms` are those in force. Answers with what was written, for the record.
    """
    if numbers := row.get("terms"):
        set_terms(task, [term for term in terms if term.number in numbers])
    # An Excel file tells of an indicator in the table and in a sheet of its own.
    told = [read for read in row.get("indicators", ()) if read["name"]]
    by_name = {read["row_id"] or read["name"]: read for read in reversed(told)}
    indicators: list[Model] = [
        add_indicator(task=task, words=indicator_words(_storable(task, read)), by=by)
        for read in reversed(by_name.values())
    ]
    if indicators:
        Task.everything.filter(pk=task.pk).update(doubts=task.doubts)
    if task.plan.is_revision:
        return indicators  # progress is reported on the plan itself
    written = [_write_entry(task, entry, by=by) for entry in entries_of(row, task.plan)]
    if written:
        keep_due(task)
    return [*indicators, *written]


def _storable(task: Task, read: Mapping[str, Any]) -> dict[str, str]:
    """The cells of an indicator without those that cannot be stored, which become doubts."""
    cells = cells_of_read(read)
    for cell, words in cells.items():
        if words and (problem := problem_with(cell, words)):
            told = {"name": read["name"][:80], "cell": LABELS[cell], "words": words[:200]}
            reason = _("সূচক ‘%(name)s’, %(cell)s: লেখা ছিল ‘%(words)s’, নেওয়া যায়নি।") % told
            task.doubts = [*task.doubts, {"field": "row", "reason": f"{reason} {problem}"}]
            cells[cell] = ""
    return cells


def entries_of(row: Row, plan: WorkPlan) -> list[dict[str, Any]]:
    """The entries of progress of a read row: those of a list, else what its cells say."""
    found: list[dict[str, Any]] = [
        {**entry, "on": day(entry["on"])} for entry in row.get("entries") or ()
    ]
    if any(entry["indicator"] for entry in found):
        return list(filter(_says_something, found))
    if not found:
        words, percent = read_progress(row["progress"])
        found = [{**_NOTHING, "text": words, "percent": percent}]
    found += [
        {**_NOTHING, "indicator": read["name"], "achieved_value": reached, "on": on}
        for read in row.get("indicators", ())
        for reached, on in _achieved(read, plan)
    ]
    return list(filter(_says_something, found))


def _says_something(entry: Mapping[str, Any]) -> bool:
    of_part = entry["part"] and entry["part_percent"] is not None
    said = entry["text"] or entry["achieved_value"] or of_part
    return bool(said) or entry["percent"] is not None


def _achieved(read: Mapping[str, Any], plan: WorkPlan) -> Iterator[tuple[str, date | None]]:
    """What an indicator had reached, each with its day; a quarter without more says it again."""
    if read.get("achieved"):
        yield read["achieved"], None
    before = ""
    today = timezone.localdate()
    for quarter, reached in zip(
        quarters_of(plan), read.get("quarters_achieved") or (), strict=False
    ):
        if reached and reached != before and quarter.starts_on <= today:
            before = reached
            yield reached, min(quarter.ends_on, today)


def _write_entry(task: Task, value: Mapping[str, Any], *, by: User | None) -> ProgressEntry:
    """An entry as the file has it: also about a part of which the file does not tell the dates.

    Progress of a quarter that is not over yet is of today.
    """
    named = task.indicators.kept()
    latest = min(timezone.localdate(), task.plan.ends_on)
    return ProgressEntry.objects.create(
        task=task,
        on=min(value["on"] or latest, latest),
        text=value["text"],
        percent=_at_most_all(value["percent"]),
        part=value["part"][:LONGEST_PART],
        part_percent=_at_most_all(value["part_percent"]) if value["part"] else None,
        achieved_value=value["achieved_value"][:LONGEST_ACHIEVED],
        indicator=next((one for one in named if _names(one, value["indicator"])), None),
        created_by=by,
    )


def _at_most_all(percent: int | None) -> int | None:
    return None if percent is None else min(percent, 100)


def _names(one: Indicator, words: str) -> bool:
    return squeeze(one.name) == squeeze(words)


def report_entry(task: Task, value: Mapping[str, Any], *, by: User | None) -> None:
    """Report on a task of the plan what a file says of it. Raises UnwritableRow."""
    named = task.indicators.kept()
    try:
        add_progress(
            task=task,
            by=by,
            on=value["on"] or min(timezone.localdate(), task.plan.ends_on),
            text=value["text"],
            percent=value["percent"],
            part=value["part"],
            part_percent=value["part_percent"] if value["part"] else None,
            achieved_value=value["achieved_value"],
            indicator=next((one for one in named if _names(one, value["indicator"])), None),
        )
    except (UnreadableValue, WrongState) as reason:
        told = {"title": task.title[:80], "reason": str(reason)}
        raise UnwritableRow(
            _("“%(title)s” কাজের অগ্রগতি নেওয়া যায়নি: %(reason)s কিছুই লেখা হয়নি।") % told
        ) from reason


def indicator_words(cells: Mapping[str, str]) -> IndicatorWords:
    """An indicator's cells as its actions take them."""
    fields: dict[str, Any] = {name: cells.get(name, "") for name in INDICATOR_CELLS}
    fields["weight"] = number(cells.get("weight", ""))
    fields["unit"] = cells.get("unit") or "number"
    quarters = {n: cells[f"quarter_{n}"] for n in range(1, 5) if f"quarter_{n}" in cells}
    return IndicatorWords(fields, quarters)
