"""A plan's year as bars over months, as plain data: one shape for the page and for the paper.

Positions are per cents of the width, in words ("12.50%"), so that a drawing needs no style. The
months are columns of one width, as in a wall planner; a day stands within its month by its share
of it. What a bar shows is also said in words, and the state stands beside it in words.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import day, digits

from .enums import TaskState
from .models import ProgressEntry
from .parts import PartLine, Reported, parts_of, standing
from .periods import Period
from .table import PlanTable, SubjectGroup, TaskRow

# A bar of one day in a year would not be seen.
_LEAST = 0.008
# Half the width of a mark, so that none is cut at the edge.
_EDGE = 0.008
_A_YEAR = 365  # days; later than that is not counted
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """The months of a period side by side; a day's place is a number from 0 to 1."""

    period: Period

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        first = self.period.starts_on
        count = _month_number(self.period.ends_on) - _month_number(first) + 1
        return [date(*_year_and_month(_month_number(first) + offset), 1) for offset in range(count)]

    def start_of(self, moment: date) -> float:
        """Where a day begins; days outside the period stand at its edge."""
        return self._place(moment, moment.day - 1)

    def end_of(self, moment: date) -> float:
        """Where a day ends."""
        return self._place(moment, moment.day)

    def _place(self, moment: date, days: int) -> float:
        length = monthrange(moment.year, moment.month)[1]
        months = _month_number(moment) - _month_number(self.period.starts_on)
        return min(1.0, max(0.0, (months + days / length) / len(self.months)))


def timeline_of(table: PlanTable, *, today: date, urls: bool = False) -> dict[str, Any]:
    """The plan's rows on a scale of months (one query), in the language of the moment.

    {"months": [{"name", "title", "year"}], "years": [{"label", "span"}], "today": "38.71%" or "",
    "today_words", "groups": [{"subject", "rows": [row]}], "undated": [row]}

    row: {"number", "title", "dates", "state", "state_words", "percent", "url", "words",
    "bars": [{"x", "width", "done", "kind"}], "marks": [{"x", "kind"}]}; the kind of a bar is a
    value of TaskState, of a mark "done", "late" or "open". `urls` adds the rows' addresses.
    """
    scale = Scale(table.plan.period)
    reported = ProgressEntry.objects.of_plan(table.plan).latest_of_parts()
    drawn = [
        (
            group,
            [
                _row(row, scale, reported.get(row.task.reported_on_id, {}), urls=urls)
                for row in group.rows
            ],
        )
        for group in table.groups
    ]
    return {
        "months": [_month(first) for first in scale.months],
        "years": _years(scale.months),
        "today": _percent(scale.start_of(today)) if table.plan.period.contains(today) else "",
        "today_words": _("আজ %(day)s") % {"day": day(today)},
        "groups": [
            {"subject": _subject(group), "rows": dated}
            for group, rows in drawn
            if (dated := [row for row in rows if row["bars"] or row["marks"]])
        ],
        "undated": [
            row for _group, rows in drawn for row in rows if not (row["bars"] or row["marks"])
        ],
    }


# --- The head ----------------------------------------------------------------------------------
def _month(first: date) -> dict[str, str]:
    names = (
        *(_("জানু"), _("ফেব্রু"), _("মার্চ"), _("এপ্রিল"), _("মে"), _("জুন")),
        *(_("জুলাই"), _("আগস্ট"), _("সেপ্টে"), _("অক্টো"), _("নভে"), _("ডিসে")),
    )
    return {"name": names[first.month - 1], "year": digits(first.year)}


def _years(months: Sequence[date]) -> list[dict[str, Any]]:
    """Each year with the number of its months."""
    years = list(dict.fromkeys(first.year for first in months))
    return [
        {"label": digits(year), "span": sum(1 for first in months if first.year == year)}
        for year in years
    ]


def _subject(group: SubjectGroup) -> str:
    return f"{group.number}. {group.subject.name}" if group.subject.name else ""


# --- A row -------------------------------------------------------------------------------------
def _row(
    row: TaskRow, scale: Scale, reported: Mapping[str, Reported], *, urls: bool
) -> dict[str, Any]:
    task = row.task
    lines = standing(parts_of(task), reported, task.whole_percent) if task.part_count else []
    steps = [] if task.recurrence else lines
    return {
        "number": row.number,
        "title": task.title,
        "dates": row.period or "",
        "responsible": task.responsible_text,
        "state": row.state.value,
        "state_words": state_words(row),
        "percent": digits(f"{task.percent}%") if task.percent is not None else "",
        "url": task.get_absolute_url() if urls else "",
        "bars": [_bar(*span, scale) for span in _spans(row, steps)],
        "marks": _marks(row, lines, scale),
        "words": _words(row, lines),
    }


# From a day to a day, how much of it is done (0–1), and the state.
Span = tuple[date, date, float, str]


def _spans(row: TaskRow, steps: Iterable[PartLine]) -> list[Span]:
    """What is drawn as bars: the steps that have a first and a last day, or the whole task."""
    task = row.task
    of_steps = [
        (line.part.starts_on, line.part.due_on, _share(line), _state_of(line, row))
        for line in steps
        if line.part.starts_on and line.part.due_on and line.part.starts_on < line.part.due_on
    ]
    if of_steps:
        return of_steps
    if task.recurrence or not (task.starts_on and task.ends_on):
        return []
    return [(task.starts_on, task.ends_on, (task.percent or 0) / 100, row.state.value)]


def _share(line: PartLine) -> float:
    if line.is_done:
        return 1.0
    return line.reported.percent / 100 if line.reported else 0.0


def _state_of(line: PartLine, row: TaskRow) -> str:
    if line.is_done:
        return TaskState.DONE.value
    return (TaskState.LATE if line.is_late(row.today) else TaskState.RUNNING).value


def _bar(start: date, end: date, done: float, kind: str, scale: Scale) -> dict[str, str]:
    x = min(scale.start_of(start), 1 - _LEAST)
    width = max(scale.end_of(end) - x, _LEAST)
    return {
        "x": _percent(x),
        "width": _percent(width),
        "done": _percent(width * done) if done else "",
        "kind": kind,
    }


def _marks(row: TaskRow, lines: Sequence[PartLine], scale: Scale) -> list[dict[str, str]]:
    """Days by which something is due: occurrences and steps, or the only day of a task."""
    task = row.task
    if lines:
        days = [(line.part.due_on, _kind(line.is_done, line.is_late(row.today))) for line in lines]
    elif not task.recurrence and bool(task.starts_on) != bool(task.ends_on):
        kind = _kind(row.state == TaskState.DONE, row.state == TaskState.LATE)
        days = [(task.starts_on or task.ends_on, kind)]
    else:
        days = []
    return [
        {"x": _percent(_inside((scale.start_of(on) + scale.end_of(on)) / 2)), "kind": kind}
        for on, kind in days
        if on is not None
    ]


def _inside(place: float) -> float:
    return min(1 - _EDGE, max(_EDGE, place))


def _kind(is_done: bool, is_late: bool) -> str:
    if is_done:
        return "done"
    return "late" if is_late else "open"


# --- In words ----------------------------------------------------------------------------------
def state_words(row: TaskRow) -> str:
    """Where a task stands: "৪ দিন দেরি", "চলমান"."""
    if row.state == TaskState.LATE and row.late_days <= _A_YEAR:
        return _("%(days)s দিন দেরি") % {"days": digits(row.late_days)}
    return str(row.state.label)


def _words(row: TaskRow, lines: Sequence[PartLine]) -> str:
    """What the drawing shows, for whoever cannot see it."""
    said = [row.period, state_words(row)]
    if lines:
        counts = {
            "total": digits(len(lines)),
            "done": digits(sum(1 for line in lines if line.is_done)),
            "late": digits(sum(1 for line in lines if line.is_late(row.today))),
        }
        said.append(_("%(total)sটি তারিখের %(done)sটি সম্পন্ন, %(late)sটি দেরি") % counts)
    elif row.task.percent is not None:
        said.append(_("%(percent)s%% শেষ") % {"percent": digits(row.task.percent)})
    return "; ".join(filter(None, said))


def _percent(place: float) -> str:
    return f"{100 * place:.2f}%"


def _month_number(moment: date) -> int:
    return moment.year * MONTHS_OF_YEAR + moment.month - 1


def _year_and_month(number: int) -> tuple[int, int]:
    return number // MONTHS_OF_YEAR, number % MONTHS_OF_YEAR + 1
