"""A read table beside its plan: which rows are the same, and where they differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from bangla.dates import parse_date
from teams.templatetags.bangla_tags import digits

from ..models import PlanImport, Task
from ..scoring import plain_number
from ..table import TaskRow, reasons_by_cell
from ..terms import terms_in_force
from .changes import About, Change, Differences, Row, RowChanges
from .current import Current
from .details import entry_changes, indicator_changes
from .plain import LABELS, day, number, plain, problem_with, shown_terms

# What a cell of the table is called in a row as it was read.
READ_AS: Final = {
    "subject": "subject",
    "title": "title",
    "start": "start_text",
    "end": "end_text",
    "period": "start_text",
    "responsible": "responsible",
    "expected_result": "expected_result",
    "measure": "measure",
}
_GRID_CELL: Final = {"start": "start_text", "end": "end_text", "period": "start_text"}
DAYS: Final = {"start": "starts_on", "end": "ends_on"}
# The names that the reader of other people's tables has for the same columns.
_ALIASES: Final = {
    "starts_on": "start",
    "ends_on": "end",
    "schedule_text": "period",
    "start_text": "start",
    "end_text": "end",
    "responsible_text": "responsible",
}


def is_update(plan_import: PlanImport) -> bool:
    """Whether the table was exported from this plan, or from the one that it revises."""
    plan, source = plan_import.plan, plan_import.source.get("plan")
    return source is not None and source in (plan.pk, plan.revises_id)


def has_same_titles(plan_import: PlanImport) -> bool:
    """Whether an update by titles can be proposed: some row is called like one of the plan."""
    titles = {plain("title", row["title"]) for row in plan_import.rows} - {""}
    known = plan_import.plan.tasks.kept().values_list("title", flat=True)
    return any(plain("title", title) in titles for title in known)


def differences(plan_import: PlanImport, *, by_title: bool = False) -> Differences:
    """Compare a read table with its plan as it stands now (a fixed number of queries)."""
    with translation.override("bn"):
        current = Current.of(plan_import.plan)
    return _Comparison(plan_import, current, by_title=by_title).result()


class _Comparison:
    """Goes through the file once, in order, and keeps which rows of the plan it has met."""

    def __init__(self, plan_import: PlanImport, current: Current, *, by_title: bool) -> None:
        self._import = plan_import
        self._source = plan_import.source
        self._current = current
        self._by_title = by_title
        self._terms = {term.number for term in terms_in_force(current.plan)}
        self._titles: dict[str, list[TaskRow]] = {}
        for row in current.rows:
            self._titles.setdefault(plain("title", row.task.title), []).append(row)
        self._met: dict[int, None] = {}  # in the order of the file
        self._weighed: set[int] = set()

    def result(self) -> Differences:
        changed: list[RowChanges] = []
        added: list[RowChanges] = []
        same, above = 0, None
        for index, row in enumerate(self._import.rows):
            found = self._find(row)
            if found is None:
                added.append(self._added(index, row, above))
                continue
            added = [
                replace(one, before=found.task.pk) if one.before is None else one for one in added
            ]
            self._met[found.task.pk] = None
            above = found.task.pk
            changes = tuple(self._changes(found, row))
            if changes:
                changed.append(RowChanges(found.number, found.task.title, changes, found.task, row))
            else:
                same += 1
        absent = () if self._by_title else tuple(self._absent())
        return Differences(tuple(changed), tuple(added), absent, same, self._order())

    def _find(self, row: Row) -> TaskRow | None:
        """The row of the plan that a row of the file is about; each only once."""
        if self._by_title:
            same = self._titles.get(plain("title", row["title"]), [])
            return next((one for one in same if one.task.pk not in self._met), None)
        found = self._current.tasks.get(_number(row))
        return found if found and found.task.pk not in self._met else None

    def _changes(self, found: TaskRow, row: Row) -> Iterator[Change]:
        task = found.task
        is_conflict = not self._by_title and self._current.has_moved_on(
            task, _number(row), self._source
        )
        for cell in _spoken_of(row):
            change = self._cell(task, cell, row)
            if change:
                yield replace(change, is_conflict=is_conflict)
        yield from self._tagged(task, row)
        yield from self._weight(task, row)
        yield from indicator_changes(self._current, task, row, is_conflict=is_conflict)
        yield from entry_changes(self._current, task, row)

    def _cell(self, task: Task, cell: str, row: Row) -> Change | None:
        old = self._current.printed[task.pk][cell]
        new = row[READ_AS[cell]]
        if plain(cell, new) == plain(cell, old) or _is_same_day(task, cell, row):
            return None
        return Change(
            About.CELL,
            f"t{task.pk}.{cell}",
            str(LABELS[cell]),
            old,
            new,
            cell=cell,
            pk=task.pk,
            value=new,
            problem=problem_with(cell, new),
            doubt=reasons_by_cell(row["doubts"]).get(_GRID_CELL.get(cell, cell), ""),
        )

    def _tagged(self, task: Task, row: Row) -> Iterator[Change]:
        if row["terms"] is None:
            return
        old, new = self._current.terms.get(task.pk, frozenset()), frozenset(row["terms"])
        if old == new:
            return
        unknown = shown_terms(new - self._terms - old)
        yield Change(
            About.TERMS,
            f"t{task.pk}.terms",
            str(LABELS["terms"]),
            shown_terms(old),
            shown_terms(new),
            pk=task.pk,
            value=sorted(new),
            problem=_("এই ক্রমের কার্যপরিধি নেই: %(numbers)s") % {"numbers": unknown}
            if unknown
            else "",
        )

    def _weight(self, task: Task, row: Row) -> Iterator[Change]:
        """The weight of an objective, told once at the first of its rows."""
        text, subject = row["subject_weight"], task.subject
        is_other = plain("subject", row["subject"]) != plain("subject", subject.name)
        if text is None or is_other or subject.pk in self._weighed:
            return
        self._weighed.add(subject.pk)
        old = plain_number(subject.weight)
        if plain("subject_weight", text) == old:
            return
        yield Change(
            About.WEIGHT,
            f"s{subject.pk}.weight",
            f"{subject.name}: {LABELS['subject_weight']}",
            digits(old),
            digits(text),
            pk=subject.pk,
            value=number(text),
            problem=problem_with("subject_weight", text),
        )

    def _added(self, index: int, row: Row, after: int | None) -> RowChanges:
        is_deleted = _number(row) in self._current.deleted
        cells = ("title", "subject", "start", "end")
        problems = (problem_with(cell, row[READ_AS[cell]]) for cell in cells)
        change = Change(
            About.NEW_ROW,
            f"n{index}",
            _("নতুন সারি"),
            "",
            row["title"],
            pk=index,
            value=row,
            is_conflict=is_deleted,
            problem=next(filter(None, problems), ""),
        )
        why = self._why_new(row)
        return RowChanges("", row["title"], (change,), row=row, after=after, notes=why)

    def _why_new(self, row: Row) -> tuple[str, ...]:
        """What a reader is told of a new row that does not look new."""
        notes = [doubt["reason"] for doubt in row["doubts"] if doubt["field"] == "row"]
        number = _number(row)
        if number in self._current.deleted:
            notes.append(_("সারিটি ফাইল নামানোর পর পরিকল্পনা থেকে মুছে ফেলা হয়েছে।"))
        elif number and not self._by_title and number not in self._current.tasks:
            notes.append(_("সারিটির চিহ্ন এই পরিকল্পনার নয়; নতুন সারি ধরা হয়েছে।"))
        return tuple(notes)

    def _order(self) -> tuple[RowChanges, ...]:
        """That the rows of a subject stand in another order in the file, as one change.

        A row that changes its subject goes to the end of the new one, as in the grid.
        """
        if self._by_title:
            return ()
        old = _by_subject(self._current.rows, [row.task.pk for row in self._current.rows])
        old = [[pk for pk in pks if pk in self._met] for pks in old]
        new = _by_subject(self._current.rows, list(self._met))
        moved = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
        if not moved:
            return ()
        numbers = {row.task.pk: row.number for row in self._current.rows}
        was, now = (
            "\n".join(", ".join(numbers[pk] for pk in pks) for pks in side)
            for side in zip(*moved, strict=True)
        )
        value = [now for _was, now in moved]
        change = Change(About.ORDER, "order", _("সারির ক্রম"), was, now, value=value)
        return (RowChanges("", _("ফাইলে সারিগুলো অন্য ক্রমে আছে"), (change,)),)

    def _absent(self) -> Iterator[RowChanges]:
        for row in self._current.rows:
            task = row.task
            if task.pk in self._met:
                continue
            change = Change(
                About.GONE_ROW,
                f"x{task.pk}.{task.version}",
                _("ফাইলে নেই"),
                task.title,
                "",
                pk=task.pk,
            )
            yield RowChanges(row.number, task.title, (change,), task)


def _by_subject(rows: Iterable[TaskRow], order: Iterable[int]) -> list[list[int]]:
    """Numbers of tasks in an order, those of each subject by themselves."""
    subjects = {row.task.pk: row.task.subject_id for row in rows}
    found: dict[int, list[int]] = {subject: [] for subject in subjects.values()}
    for pk in order:
        found[subjects[pk]].append(pk)
    return list(found.values())


def _number(row: Row) -> int:
    """The number of the task that a row was exported from; 0 for none."""
    return int(row["row_id"] or 0)


def _spoken_of(row: Row) -> list[str]:
    """The cells that the table has for a row at all."""
    columns = [_ALIASES.get(column, column) for column in row["columns"]]
    if not columns:
        return [cell for cell, name in READ_AS.items() if row[name] and cell != "period"]
    return [cell for cell in dict.fromkeys(columns) if cell in READ_AS]


def _is_same_day(task: Task, cell: str, row: Mapping[str, Any]) -> bool:
    """Whether the words of a date cell, written otherwise, mean the days that the plan has."""
    if cell not in DAYS:
        return False
    read = parse_date(row[READ_AS[cell]])
    if read.value is not None and not read.doubts:
        return read.value == getattr(task, DAYS[cell])
    # A period told in one cell.
    days = day(row["starts_on"]), day(row["ends_on"])
    return not row["end_text"] and None not in days and days == (task.starts_on, task.ends_on)
