"""What stands beside the cells of a row: its indicators, and what was reported on it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.digits import to_ascii
from bangla.text import squeeze
from teams.templatetags.bangla_tags import day as shown_day
from teams.templatetags.bangla_tags import digits

from ..enums import Unit
from ..models import GRADES, Indicator, ProgressEntry, Task
from ..scoring import plain_number
from .changes import About, Change, Row
from .current import Current
from .plain import LABELS, day, number, plain, problem_with

# "… (৪০%)", as `progress_words` writes it.
_PER_CENT: Final = re.compile(r"(?P<words>.*?)\s*\(?(?P<percent>\d{1,3})\s*%\)?", re.DOTALL)
_NOTHING_YET: Final = "শুরু হয়নি"


# --- Indicators ----------------------------------------------------------------------------------
def indicator_changes(
    current: Current, task: Task, row: Row, *, is_conflict: bool
) -> Iterator[Change]:
    """What the file says otherwise of the indicators of a task, and those it adds.

    An Excel file says most cells twice, in the table and in the sheet of indicators: the one that
    was changed counts, and of two changes the table's.
    """
    known = current.indicators.get(task.pk, {})
    by_name = {plain("name", one.name): one for one in known.values()}
    seen: set[str] = set()
    for read in row["indicators"]:
        one = known.get(int(read["row_id"] or 0)) or by_name.get(plain("name", read["name"]))
        found = (
            _changed_cells(one, read, is_conflict=is_conflict)
            if one
            else _added(task, read, len(seen))
        )
        for change in found:
            key = change.key if one else plain("name", read["name"])
            if key not in seen:
                seen.add(key)
                yield change


def cells_of_read(read: Mapping[str, Any]) -> dict[str, str]:
    """The cells that a read indicator speaks of, by the names of its fields."""
    targets = read["targets"] if len(read["targets"] or ()) == len(GRADES) else ()
    cells = {
        "name": read["name"],
        "unit": read["unit"],
        "weight": read["weight"],
        "previous": read["previous"],
        **{f"target_{grade}": words for grade, words in zip(GRADES, targets, strict=False)},
        "projection": read["projection"],
        **{f"quarter_{n}": words for n, words in enumerate(read["quarters"] or (), start=1)},
    }
    return {cell: words for cell, words in cells.items() if words is not None}


def cells_of(one: Indicator) -> dict[str, str]:
    """The cells of an indicator of the plan, by the same names."""
    quarters = {target.quarter: target.target for target in one.quarter_targets.all()}
    return {
        "name": one.name,
        "unit": one.unit,
        "weight": "" if one.weight is None else str(one.weight),
        "previous": one.previous,
        **{f"target_{grade}": getattr(one, f"target_{grade}") for grade in GRADES},
        "projection": one.projection,
        **{f"quarter_{n}": quarters.get(n, "") for n in range(1, 5)},
    }


def _changed_cells(
    one: Indicator, read: Mapping[str, Any], *, is_conflict: bool
) -> Iterator[Change]:
    own = cells_of(one)
    for cell, words in cells_of_read(read).items():
        if cell == "unit" and not words:
            continue  # an indicator has a unit, so an empty cell says nothing
        if plain(cell, words) != plain(cell, own[cell]):
            yield Change(
                About.INDICATOR,
                f"i{one.pk}.{cell}",
                f"{one.name}: {LABELS[cell]}" if cell != "name" else str(LABELS[cell]),
                _shown(cell, own[cell]),
                _shown(cell, words),
                cell=cell,
                pk=one.pk,
                value=words,
                is_conflict=is_conflict,
                problem=problem_with(cell, words),
            )


def _added(task: Task, read: Mapping[str, Any], place: int) -> Iterator[Change]:
    cells = cells_of_read(read)
    if not cells["name"]:
        return
    problems = (problem_with(cell, words) for cell, words in cells.items() if words)
    yield Change(
        About.NEW_INDICATOR,
        f"t{task.pk}.indicator{place}",
        _("নতুন সূচক"),
        "",
        read["name"],
        pk=task.pk,
        value=cells,
        problem=next(filter(None, problems), ""),
    )


def _shown(cell: str, words: str) -> str:
    if cell == "unit" and words in Unit.values:
        return str(Unit(words).label)
    if cell == "weight" and (value := number(words)) is not None:
        return digits(plain_number(value))
    return words


# --- Progress ------------------------------------------------------------------------------------
def entry_changes(current: Current, task: Task, row: Row) -> Iterator[Change]:
    """What the file reports that the plan does not know yet. Nothing reported is ever taken away:
    an entry that was changed in the file is a new one."""
    if current.plan.is_revision:
        return  # it is reported on the plan itself
    found = [*_new_entries(current, task, row), *_achievements(current, task, row)]
    if not found:
        found = list(_progress_cell(current, task, row))
    for place, value in enumerate(found):
        yield Change(
            About.ENTRY,
            f"t{task.pk}.entry{place}",
            _("নতুন অগ্রগতি"),
            "",
            _entry_words(value),
            pk=task.pk,
            value=value,
            problem=_problem_with_entry(value),
        )


def _new_entries(current: Current, task: Task, row: Row) -> Iterator[dict[str, Any]]:
    entries = [_facts(entry) for entry in current.entries.get(task.pk, ())]
    known = Counter(map(_key, entries))
    undated = {_key({**entry, "on": None}) for entry in entries}
    for read in row["entries"]:
        value = {**read, "on": day(read["on"]), "achieved_value": squeeze(read["achieved_value"])}
        if value["on"] is None and _key(value) in undated:
            continue
        if known[_key(value)]:
            known[_key(value)] -= 1
        elif value["text"] or value["achieved_value"] or _says_how_far(value):
            yield value


def _says_how_far(value: Mapping[str, Any]) -> bool:
    return value["percent"] is not None or value["part_percent"] is not None


def _facts(entry: ProgressEntry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "percent": entry.percent,
        "on": entry.on,
        "achieved_value": entry.achieved_value,
        "part": entry.part,
        "part_percent": entry.part_percent,
        "indicator": entry.indicator.name if entry.indicator else "",
    }


def _key(value: Mapping[str, Any]) -> tuple[Any, ...]:
    words = (plain("title", value["text"]), squeeze(value["indicator"]))
    return (
        *(*words, squeeze(value["achieved_value"]), squeeze(value["part"])),
        *(value["percent"], value["part_percent"], value["on"]),
    )


def _achievements(current: Current, task: Task, row: Row) -> Iterator[dict[str, Any]]:
    """Achievements typed into the scored or the quarterly form."""
    known = current.indicators.get(task.pk, {})
    for read in row["indicators"]:
        one = known.get(int(read["row_id"] or 0))
        if one is None:
            continue
        said = [e for e in current.entries.get(task.pk, ()) if e.indicator_id == one.pk]
        reached = [entry for entry in said if entry.achieved_value]
        today = timezone.localdate()
        latest = reached[-1].achieved_value if reached else ""
        if read["achieved"] and squeeze(read["achieved"]) != squeeze(latest):
            yield _achieved(one, read["achieved"], min(today, current.plan.ends_on))
        for quarter, words in zip(current.quarters, read["quarters_achieved"] or (), strict=False):
            by_then = [entry for entry in reached if entry.on <= quarter.ends_on]
            has_begun = quarter.starts_on <= today
            was = by_then[-1].achieved_value if by_then and has_begun else ""
            if words and squeeze(words) != squeeze(was):
                yield _achieved(one, words, min(today, quarter.ends_on) if has_begun else None)


def _achieved(one: Indicator, words: str, on: date | None) -> dict[str, Any]:
    return {
        **{"text": "", "percent": None, "part": "", "part_percent": None},
        "indicator": one.name,
        "achieved_value": squeeze(words),
        "on": on,
        "is_early": on is None,
    }


def _progress_cell(current: Current, task: Task, row: Row) -> Iterator[dict[str, Any]]:
    """The cell of progress, which prints the last words and the last figure."""
    if "progress" not in row["columns"]:
        return
    known = current.entries.get(task.pk, ())
    printed = current.printed[task.pk]["progress"]
    if plain("title", row["progress"]) in {plain("title", printed), "", _NOTHING_YET}:
        return
    words, percent = read_progress(row["progress"])
    texts = {plain("title", entry.text) for entry in known} | {""}
    if plain("title", words) in texts and (
        percent is None or any(entry.percent == percent for entry in known)
    ):
        return  # as it was when the file was made
    yield {
        **{"part": "", "part_percent": None, "indicator": "", "achieved_value": ""},
        **{"text": words, "percent": percent},
        "on": min(timezone.localdate(), current.plan.ends_on),
    }


def read_progress(text: str) -> tuple[str, int | None]:
    """The words and the figure of a printed cell of progress."""
    found = _PER_CENT.fullmatch(to_ascii(text))
    if found is None or int(found["percent"]) > 100:
        return ("" if squeeze(text) == _NOTHING_YET else text), None
    return text[: len(found["words"])].strip(), int(found["percent"])


def _entry_words(value: Mapping[str, Any]) -> str:
    parts = (
        shown_day(value["on"]) if value["on"] else "",
        value["text"],
        "" if value["percent"] is None else f"{digits(value['percent'])}%",
        value["part"] and f"({value['part']})",
        "" if value["part_percent"] is None else f"{digits(value['part_percent'])}%",
        value["indicator"] and f"{value['indicator']}:",
        value["achieved_value"],
    )
    return " · ".join(filter(None, parts))


def _problem_with_entry(value: Mapping[str, Any]) -> str:
    if value.get("is_early"):
        return _("এই ত্রৈমাসিক এখনো শুরু হয়নি, তাই এর অর্জন এখন নেওয়া যায় না।")
    if value["on"] and value["on"] > timezone.localdate():
        return _("অগ্রগতির তারিখ আজকের পরে হতে পারে না।")
    figures = (value["percent"], value["part_percent"])
    if any(figure is not None and figure > 100 for figure in figures):
        return _("শতাংশ ১০০-এর বেশি হয় না।")
    if len(value["achieved_value"]) > 200:
        return _("অর্জিত মান ২০০ অক্ষরের বেশি হতে পারে না।")
    return ""
