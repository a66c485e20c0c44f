"""One document of the corpus, and plans printed as tables in the words of an office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.workplans.importers.build import Table, Task, table
from tests.workplans.importers.corpus.plans import Truth
from tests.workplans.importers.corpus.writing import DATES, PERIODS, form
from workplans.periods import Period

YEAR = Period.parse("2025-26")
ALL = (
    "serial",
    "subject",
    "title",
    "starts_on",
    "ends_on",
    "responsible",
    "expected_result",
    "measure",
)
NO_SUBJECT = tuple(name for name in ALL if name != "subject")
COMBINED = ("serial", "title", "period", "responsible", "expected_result", "measure")
WHEN = "বাস্তবায়নকাল"


@dataclass(frozen=True)
class Case:
    """One document: what it holds, how it comes in, and what it truly says."""

    name: str
    content: bytes | str
    truth: list[Truth]
    filename: str = ""
    html: str = ""


def truths(tasks: Sequence[Task], columns: Sequence[str]) -> list[Truth]:
    has = {
        name
        for name in columns
        if name in {"subject", "title", "responsible", "expected_result", "measure"}
    }
    dates = {"starts_on", "ends_on", "period"} & set(columns)
    return [
        Truth(task, frozenset(has | ({"dates"} if dates else set())), task.starts_on, task.ends_on)
        for task in tasks
    ]


def printed(
    head: str,
    columns: Sequence[str],
    tasks: Sequence[Task],
    *,
    dates: str = "words",
    period: str = "hote",
    over: str = "",
    merged: bool = True,
    latin_serials: bool = False,
) -> Table:
    """The tasks under the labels of `head`, their dates in the form named."""
    made = table(form(head, *columns, over=over), tasks, merged=merged)
    write = DATES[dates]
    rows: list[tuple[str | date, ...]] = []
    body = len(made.rows) - len(tasks)
    for number, row in enumerate(made.rows):
        if number < body:
            rows.append(row)
            continue
        task = tasks[number - body]
        cells = [write(cell) if isinstance(cell, date) else cell for cell in row]
        for place, name in enumerate(columns):
            if name == "period":
                cells[place] = PERIODS[period].format(
                    start=write(task.starts_on), end=write(task.ends_on)
                )
            elif name == "serial" and latin_serials:
                cells[place] = f"{number - body + 1}."
        rows.append(tuple(cells))
    return Table(tuple(rows), made.merges)


def with_real_dates(
    head: str, columns: Sequence[str], tasks: Sequence[Task], over: str = ""
) -> Table:
    return table(form(head, *columns, over=over), tasks)
