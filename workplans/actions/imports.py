"""A read table taken into a plan, whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.digits import to_bangla
from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from ..enums import ImportMode
from ..importers import ImportedPlan
from ..models import LONGEST_LINE, PlanImport, Subject, Task, WorkPlan
from ..table import cell_of
from ..terms import terms_in_force
from ..updates.plain import number, problem_with
from .details import UnwritableRow, take_details
from .writing import (
    TEXT_FIELDS,
    link_posts,
    new_version,
    next_position,
    open_for_writing,
    subject_named,
    write_cells,
)

# What a row of the plan can show a doubt about; the printed serial is not among it.
DOUBTED_CELLS = {*TEXT_FIELDS, "subject", "row"}


@transaction.atomic
def keep_import(
    *, workplan: WorkPlan, found: ImportedPlan, filename: str, by: User | None
) -> PlanImport:
    """Keep a read table beside its plan, to be looked over before it is taken in.

    `filename` is "" for a paste; `by` is None only on the command line. Raises
    PermissionDenied, WrongState.
    """
    plan = open_for_writing(workplan, by)
    read = found.as_json()
    kept = PlanImport.objects.create(
        plan=plan,
        filename=filename[-255:],
        rows=read["rows"],
        skipped=read["skipped"],
        notes=read["notes"],
        source=found.mark.as_json() if found.mark else {},
        created_by=by,
    )
    record(
        "import.keep",
        kept,
        by=by,
        office=plan.office,
        after={"rows": len(found.rows), "file": kept.filename},
    )
    return kept


@transaction.atomic
def apply_import(
    *,
    plan_import: PlanImport,
    rows: Sequence[Mapping[str, Any]],
    mode: str,
    by: User | None,
) -> int:
    """Write the looked-over rows into the plan, all or none, once. Returns how many.

    Each row holds TEXT_FIELDS, "subject", "doubts", and "progress" (words that become a first
    progress entry); "was" holds the cells as read, if somebody may have typed in them since.
    Raises WrongState when the table was taken in already, UnwritableRow.
    """
    plan = open_for_writing(plan_import.plan, by)
    fresh = PlanImport.objects.filter(pk=plan_import.pk).waiting()
    if not fresh.update(applied_at=timezone.now(), applied_by=by):
        raise WrongState(_("এই ছকটি আগেই পরিকল্পনায় নেওয়া হয়েছে।"))
    written: list[Model] = []
    if mode == ImportMode.REPLACE:
        plan.tasks.kept().update(deleted_at=timezone.now(), deleted_by=by, **new_version(by))
    _check_rows(rows)
    posts = list(plan.office.posts.active())
    terms = terms_in_force(plan)
    for row in rows:
        subject = subject_named(plan, row["subject"])
        task = Task(
            plan=plan, subject=subject, position=next_position(subject.tasks), updated_by=by
        )
        task.doubts = [doubt for doubt in row["doubts"] if cell_of(doubt) in DOUBTED_CELLS]
        write_cells(task, row, was=row.get("was", row))
        task.save()
        link_posts(task, posts)
        written += [subject, task]
        read = row.get("read", row)
        _weigh(subject, read)
        # Words typed over those that were read are the progress; the list is of what was read.
        is_typed = row["progress"] != read.get("progress")
        said = {"progress": row["progress"], **({"entries": []} if is_typed else {})}
        written += take_details(task, {**read, **said}, terms=terms, by=by)
    record(
        "workplan.import",
        plan,
        by=by,
        office=plan.office,
        after={"rows": len(rows), "mode": mode, "file": plan_import.filename},
        rows=written,
    )
    return len(rows)


def _weigh(subject: Subject, read: Mapping[str, Any]) -> None:
    """What an objective counts for, told at the first of its rows. A wrong figure is left out."""
    text = read.get("subject_weight") or ""
    if subject.weight is None and text and not problem_with("subject_weight", text):
        subject.weight = number(text)
        subject.save(update_fields=["weight"])


def _check_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """Find the row the database would refuse. Raises UnwritableRow."""
    for place, row in enumerate(rows, start=1):
        if not row["title"]:
            raise UnwritableRow(
                _("%(row)s নম্বর সারিতে কাজের নাম লেখা নেই; কোনো সারিই নেওয়া হয়নি।")
                % {"row": to_bangla(place)}
            )
        if any(len(row[cell]) > LONGEST_LINE for cell in ("subject", "start_text", "end_text")):
            raise UnwritableRow(
                _("%(row)s নম্বর সারির বিষয় বা তারিখের ঘরে লেখা অতিরিক্ত লম্বা; কোনো সারিই নেওয়া হয়নি।")
                % {"row": to_bangla(place)}
            )
