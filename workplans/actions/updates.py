"""A plan brought up to what a file says, change by change as ticked, all of it or nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from ..models import Indicator, PlanImport, Task, WorkPlan
from ..terms import terms_in_force
from ..updates import About, Change, Differences, RowChanges, differences
from ..updates.details import cells_of
from .details import indicator_words, report_entry, take_details
from .indicators import Weighing, add_indicator, update_indicator, weigh_subjects
from .rows import add_task, delete_task, move_task, put_in_subject, update_task
from .terms import tag_task
from .writing import TEXT_FIELDS, open_for_writing

_FIELD_OF = {
    "title": "title",
    "responsible": "responsible_text",
    "expected_result": "expected_result",
    "measure": "measure",
}


class StaleUpdate(Exception):
    """Somebody changed the plan after the differences were shown; nothing was written.

    `keys` are those of the changes whose text is another by now.
    """

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__("stale")
        self.keys = keys


@transaction.atomic
def apply_update(
    *, plan_import: PlanImport, chosen: Collection[str], by: User, by_title: bool = False
) -> int:
    """Write the chosen differences of a table into its plan, once. Returns how many.

    `chosen` are tokens of `workplans.updates.Change`; `by_title` finds the rows by their titles,
    as the page did. Raises StaleUpdate, UnwritableRow, PermissionDenied, and WrongState when the
    table was taken in already.
    """
    plan = open_for_writing(plan_import.plan, by)
    plan_import.plan = plan
    found = differences(plan_import, by_title=by_title)
    tokens = {change.token for change in found.changes}
    if missing := set(chosen) - tokens:
        raise StaleUpdate(frozenset(token.rpartition(":")[0] for token in missing))
    fresh = PlanImport.objects.filter(pk=plan_import.pk).waiting()
    if not fresh.update(applied_at=timezone.now(), applied_by=by):
        raise WrongState(_("এই ছকটি আগেই পরিকল্পনায় নেওয়া হয়েছে।"))
    _Writer(plan, by, frozenset(chosen)).write(found)
    record(
        "workplan.update",
        plan,
        by=by,
        office=plan.office,
        after={"changes": len(chosen), "file": plan_import.filename},
    )
    return len(chosen)


class _Writer:
    """Writes each change through the action that an officer's own typing would take."""

    def __init__(self, plan: WorkPlan, by: User, chosen: frozenset[str]) -> None:
        self._plan = plan
        self._by = by
        self._chosen = chosen
        self._terms = {term.number: term for term in terms_in_force(plan)}
        self._last_added: dict[int | None, Task] = {}

    def write(self, found: Differences) -> None:
        for row in found.changed:
            self._weigh(self._of(row, About.WEIGHT))
        for row in found.order:
            for change in self._of(row, About.ORDER):
                self._arrange(change.value)
        for row in found.changed:
            self._change(row)
        for row in found.added:
            if self._of(row, About.NEW_ROW):
                self._add(row)
        for row in found.absent:
            if self._of(row, About.GONE_ROW) and row.task:
                delete_task(task=row.task, by=self._by)

    def _of(self, row: RowChanges, *about: About) -> list[Change]:
        return [one for one in row.changes if one.about in about and one.token in self._chosen]

    def _weigh(self, changes: Iterable[Change]) -> None:
        for change in changes:
            subject = self._plan.subjects.get(pk=change.pk)
            weighing = Weighing(subject.pk, change.value, subject.weight)
            weigh_subjects(workplan=self._plan, weighings=[weighing], by=self._by)

    def _arrange(self, order: Iterable[Sequence[int]]) -> None:
        """Put the rows of each subject in the order of the file; the others stay where they are."""
        rows = self._plan.tasks.kept().in_order()
        known = {task.pk: task for task in rows.select_related("subject")}
        standing = list(known)
        for pks in order:
            for below, pk in pairwise(reversed(pks)):
                if standing.index(pk) + 1 == standing.index(below):
                    continue
                before = known[below]
                move_task(task=known[pk], by=self._by, subject=before.subject, before=before)
                standing.remove(pk)
                standing.insert(standing.index(below), pk)

    def _change(self, row: RowChanges) -> None:
        task = row.task
        if task is None:
            return
        if cells := {one.cell: one.value for one in self._of(row, About.CELL)}:
            fields = _fields(task, row, cells)
            task = update_task(task=task, version=task.version, fields=fields, by=self._by)
        for change in self._of(row, About.TERMS):
            self._tag(task, change.value)
        self._change_indicators(self._of(row, About.INDICATOR))
        for change in self._of(row, About.NEW_INDICATOR):
            add_indicator(task=task, words=indicator_words(change.value), by=self._by)
        for change in self._of(row, About.ENTRY):
            report_entry(task, change.value, by=self._by)

    def _change_indicators(self, changes: Iterable[Change]) -> None:
        by_indicator: dict[int, dict[str, str]] = {}
        for change in changes:
            by_indicator.setdefault(change.pk, {})[change.cell] = change.value
        for pk, cells in by_indicator.items():
            one = Indicator.objects.select_related("task__plan").get(pk=pk)
            words = indicator_words({**cells_of(one), **cells})
            update_indicator(indicator=one, version=one.version, words=words, by=self._by)

    def _tag(self, task: Task, numbers: Iterable[int]) -> None:
        terms = [self._terms[number] for number in numbers if number in self._terms]
        tag_task(task=task, terms=terms, by=self._by)

    # --- New rows --------------------------------------------------------------------------------
    def _add(self, changes: RowChanges) -> None:
        """Add a row where it stands in the file."""
        row = changes.row
        above = self._last_added.get(changes.after) or self._task(changes.after)
        fields = {
            "subject": row["subject"],
            "title": row["title"],
            "start_text": row["start_text"],
            "end_text": row["end_text"],
            "responsible_text": row["responsible"],
            "expected_result": row["expected_result"],
            "measure": row["measure"],
        }
        task = add_task(workplan=self._plan, fields=fields, by=self._by, after=above)
        self._last_added[changes.after] = task
        below = self._task(changes.before)
        is_first = not above or above.subject_id != task.subject_id
        if is_first and below and below.subject_id == task.subject_id:
            put_in_subject(task, by=self._by, subject=task.subject, before=below)
        task.plan = self._plan
        take_details(task, row, terms=list(self._terms.values()), by=self._by)

    def _task(self, pk: int | None) -> Task | None:
        rows = Task.everything.filter(plan=self._plan).select_related("subject")
        return rows.kept().filter(pk=pk).first() if pk else None


def _fields(task: Task, row: RowChanges, cells: Mapping[str, str]) -> dict[str, str]:
    """The words of a row after a change of some of its printed cells."""
    fields = {name: getattr(task, name) for name in TEXT_FIELDS}
    fields |= {_FIELD_OF[cell]: words for cell, words in cells.items() if cell in _FIELD_OF}
    if "subject" in cells:
        fields["subject"] = cells["subject"]
    if "period" in cells:
        fields |= {"start_text": cells["period"], "end_text": ""}
    elif cells.keys() & {"start", "end"}:
        fields |= _dates(task, row, cells)
    return fields


def _dates(task: Task, row: RowChanges, cells: Mapping[str, str]) -> dict[str, str]:
    """The words of both date cells after a change of one.

    A period told in one cell is printed in two: then the other is written as it was printed.
    """
    start, end = task.start_text, task.end_text
    if task.ends_on and not end:
        printed = {change.cell: change.old for change in row.changes if change.about == About.CELL}
        start = printed.get("start", str(row.row["start_text"]))
        end = printed.get("end", str(row.row["end_text"]))
    return {"start_text": cells.get("start", start), "end_text": cells.get("end", end)}
