"""Taking a table in: paste or file, then a look at every row, then the plan."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import UnwritableRow, apply_import, keep_import
from ..arrangement import arrangement_of, mark_of
from ..enums import ImportMode
from ..forms import ImportForm, ImportModeForm, ImportRowForm, ImportRowFormSet
from ..importers import ImportedPlan, UnreadablePlan, read_paste, read_plan
from ..importers.exported import as_new
from ..importers.shown import details_of
from ..models import PlanImport, WorkPlan
from ..table import reasons_by_cell
from ..updates import has_same_titles, is_update
from .plans import get_plan
from .updates import draft_of, import_update


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: OfficerRequest, plan_pk: int) -> HttpResponse:
    """Read a pasted table or a file; what cannot be read is said here, and nothing is kept."""
    plan = get_plan(request, plan_pk)
    if not request.user.scope.is_in_team(plan.office_id):
        raise PermissionDenied
    if not perms.can_edit_workplan(request.user, plan):
        return _closed(request, plan)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        filename = upload.name if upload else ""
        try:
            found = _found(form, plan)
            kept = keep_import(workplan=plan, found=found, filename=filename, by=request.user)
        except UnreadablePlan as reason:
            form.add_error("file" if upload else "pasted", str(reason))
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(plan)
        else:
            return redirect(kept)
    status = 422 if form.errors else 200
    waiting = plan.imports.waiting()[:5]
    context = {"plan": plan, "form": form, "waiting": waiting}
    return render(request, "workplans/import_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Look the rows over, mend what is marked, and take them into the plan."""
    imports = PlanImport.objects.visible_to(request.user).select_related("plan__office__parent")
    plan_import = get_object_or_404(imports, pk=pk)
    plan = plan_import.plan
    if not perms.can_edit_workplan(request.user, plan):
        raise PermissionDenied
    if plan_import.applied_at:
        messages.info(request, _("এই ছকটি আগেই পরিকল্পনায় নেওয়া হয়েছে।"))
        return redirect(plan)
    if is_update(plan_import):
        return import_update(request, plan_import, by_title=False)
    arrangement, known = arrangement_of(plan)
    has_tasks = bool(known)
    if has_tasks and request.GET.get("mode") == ImportMode.UPDATE:
        return import_update(request, plan_import, by_title=True)
    posted = sent(request)
    rows = ImportRowFormSet(posted, initial=_initial(plan_import), prefix="rows")
    mark = mark_of(arrangement)
    is_changed = request.POST.get("mark", mark) != mark
    mode = ImportModeForm(posted or None, prefix="mode", is_changed=is_changed)
    if posted is not None and rows.is_valid() and (not has_tasks or mode.is_valid()):
        taken = _taken(rows, plan_import)
        if taken:
            return _apply(request, plan_import, taken, mode if has_tasks else None)
        messages.error(request, _("কোনো সারিতে টিক নেই। অন্তত একটি সারি বেছে নিন।"))
    context = {
        "plan": plan,
        "plan_import": plan_import,
        "formset": rows,
        "lines": _lines(rows, plan_import),
        "mode": mode if has_tasks else None,
        "mark": mark,
        "has_same_titles": has_tasks and has_same_titles(plan_import),
    }
    status = 422 if posted is not None else 200
    return render(request, "workplans/import_detail.html", context, status=status)


def _closed(request: OfficerRequest, plan: WorkPlan) -> HttpResponse:
    """What an officer of the team does instead with a file for a plan that is settled."""
    context = {"plan": plan, "can_revise": perms.can_revise_workplan(request.user, plan)}
    return render(request, "workplans/import_closed.html", context, status=403)


def _found(form: ImportForm, plan: WorkPlan) -> ImportedPlan:
    """The table as read; the rows of another plan's export are rows like any others."""
    found = _read(form, plan)
    if found.mark and found.mark.plan not in (plan.pk, plan.revises_id):
        return as_new(found)
    return found


def _read(form: ImportForm, plan: WorkPlan) -> ImportedPlan:
    upload = form.cleaned_data["file"]
    if upload:
        # One byte more than allowed tells the reader enough; the rest stays on the disk.
        content = upload.read(settings.MAX_UPLOAD_BYTES + 1)
        return read_plan(
            content,
            filename=upload.name,
            period=plan.period,
            max_bytes=settings.MAX_UPLOAD_BYTES,
        )
    data = form.cleaned_data
    return read_paste(data["pasted"], data["pasted_html"], period=plan.period)


def _initial(plan_import: PlanImport) -> list[dict[str, Any]]:
    return [
        {
            "take": True,
            "subject": row["subject"],
            "title": row["title"],
            "start_text": row["start_text"],
            "end_text": row["end_text"],
            "responsible_text": row["responsible"],
            "expected_result": row["expected_result"],
            "measure": row["measure"],
            "progress": row["progress"],
        }
        for row in plan_import.rows
    ]


def _lines(rows: Any, plan_import: PlanImport) -> list[dict[str, Any]]:
    """Form, what was read, and the doubts, side by side for the template."""
    lines = [
        {
            "form": form,
            "doubts": reasons_by_cell(row["doubts"]),
            "days": _days(form, row),
            "details": details_of(row),
            "serial": digits(row["serial"] or "—"),
        }
        for form, row in zip(rows.forms, plan_import.rows, strict=False)
    ]
    for line in lines:
        for name in line["doubts"].keys() & line["form"].fields.keys():
            _describe(line["form"][name])
    doubtful = next((line for line in lines if line["doubts"]), None)
    if doubtful:
        doubtful["is_first_doubt"] = True
    return lines


def _days(form: ImportRowForm, row: dict[str, Any]) -> dict[str, date | None]:
    """The days read from the date cells, for those that still stand as they were read."""
    read = {"start_text": row["starts_on"], "end_text": row["ends_on"]}
    typed_anew = form.changed_data if form.is_bound else []
    return {name: parse_date(day) for name, day in read.items() if day and name not in typed_anew}


def _describe(field: BoundField) -> None:
    """Tie a box to the reason under it, and to its error if it has one."""
    notes = [f"{field.auto_id}_doubt", field.aria_describedby or ""]
    field.field.widget.attrs["aria-describedby"] = " ".join(filter(None, notes))


def _taken(rows: Any, plan_import: PlanImport) -> list[dict[str, Any]]:
    """The ticked rows as now typed, with what was read and doubted in them."""
    return [
        {**form.cleaned_data, "doubts": read["doubts"], "was": form.initial, "read": read}
        for form, read in zip(rows.forms, plan_import.rows, strict=False)
        if form.cleaned_data.get("take")
    ]


def _apply(
    request: OfficerRequest,
    plan_import: PlanImport,
    rows: list[dict[str, Any]],
    mode: ImportModeForm | None,
) -> HttpResponse:
    chosen = mode.cleaned_data["mode"] if mode else ImportMode.APPEND
    try:
        count = apply_import(plan_import=plan_import, rows=rows, mode=chosen, by=request.user)
    except UnwritableRow as reason:
        messages.error(request, str(reason))
        return redirect(plan_import)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        text = ngettext(
            "%(count)sটি কাজ পরিকল্পনায় নেওয়া হয়েছে।", "%(count)sটি কাজ পরিকল্পনায় নেওয়া হয়েছে।", count
        )
        draft = draft_of(plan_import)
        messages.success(request, text % {"count": digits(count)}, extra_tags=draft)
    return redirect(plan_import.plan)
