"""Taking a list of ideas in: paste or file, then a look at every row, then the register."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState
from workplans.table import reasons_by_cell

from .. import perms
from ..actions import UnwritableRow, import_ideas, keep_import, office_names
from ..forms.imports import IdeaImportForm, IdeaRowForm, IdeaRowFormSet
from ..importers import FoundList, UnreadableList, read_list, read_paste
from ..models import IdeaImport

WAITING_SHOWN = 5
SHOWN_AT = {"office": "title", "row": "title", "serial": "title"}
TEXTS = (
    *("title", "problem", "description", "benefit", "submitter_name", "submitter_detail"),
    *("status", "received_text", "remarks"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: OfficerRequest) -> HttpResponse:
    """Read a pasted list or a file; what cannot be read is said here, and nothing is kept."""
    offices = request.user.scope.led_offices
    if not offices:
        raise PermissionDenied
    posted = sent(request)
    form = IdeaImportForm(posted, request.FILES or None, offices=offices)
    if posted is not None and form.is_valid():
        office = get_object_or_404(Office, pk=form.cleaned_data["office"])
        upload = form.cleaned_data["file"]
        try:
            found = _read(form, office)
        except UnreadableList as reason:
            form.add_error("file" if upload else "pasted", str(reason))
        else:
            name = upload.name if upload else ""
            return redirect(keep_import(office=office, found=found, filename=name, by=request.user))
    waiting = IdeaImport.objects.visible_to(request.user).waiting().defer("rows", "skipped")
    context = {"form": form, "waiting": waiting[:WAITING_SHOWN]}
    status = 422 if form.errors else 200
    return render(request, "ideas/import_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Look the rows over, mend what is marked, and take them into the register."""
    imports = IdeaImport.objects.visible_to(request.user).select_related("office")
    idea_import = get_object_or_404(imports, pk=pk)
    if not perms.can_import_ideas(request.user, idea_import.office_id):
        raise PermissionDenied
    if idea_import.applied_at:
        messages.info(request, _("এই তালিকাটি আগেই নিবন্ধনে নেওয়া হয়েছে।"))
        return redirect("ideas:list")
    posted = sent(request)
    rows = IdeaRowFormSet(posted, initial=_initial(idea_import), prefix="rows")
    if posted is not None and rows.is_valid():
        taken = [form.row for form in rows.forms[: len(idea_import.rows)] if _is_taken(form)]
        if taken:
            return _apply(request, idea_import, taken)
        messages.error(request, _("কোনো সারিতে টিক নেই। অন্তত একটি সারি বেছে নিন।"))
    context = {
        "idea_import": idea_import,
        "formset": rows,
        "lines": _lines(rows, idea_import),
        "doubts": sum(len(_marks(row["doubts"])) for row in idea_import.rows),
    }
    status = 422 if posted is not None else 200
    return render(request, "ideas/import_detail.html", context, status=status)


# --- Pieces --------------------------------------------------------------------------------
def _read(form: IdeaImportForm, office: Office) -> FoundList:
    data = form.cleaned_data
    upload = data["file"]
    names, today = office_names(office), timezone.localdate()
    if upload:
        # One byte more than allowed tells the reader enough; the rest stays on the disk.
        return read_list(
            upload.read(settings.MAX_UPLOAD_BYTES + 1),
            filename=upload.name,
            names=names,
            today=today,
            year=data["year"],
            max_bytes=settings.MAX_UPLOAD_BYTES,
        )
    return read_paste(
        data["pasted"], data["pasted_html"], names=names, today=today, year=data["year"]
    )


def _initial(idea_import: IdeaImport) -> list[dict[str, Any]]:
    """The rows as read. One that may be another office's has to be asked for."""
    return [
        {
            **{name: row[name] for name in TEXTS},
            "take": all(doubt["field"] != "office" for doubt in row["doubts"]),
        }
        for row in idea_import.rows
    ]


def _is_taken(form: IdeaRowForm) -> bool:
    return bool(form.cleaned_data.get("take"))


def _lines(rows: Any, idea_import: IdeaImport) -> list[dict[str, Any]]:
    """Form, what was read, and the doubts, side by side for the template."""
    lines = [
        {
            "form": form,
            "doubts": _marks(row["doubts"]),
            "day": _day(form, row),
            "serial": digits(row["serial"] or number),
        }
        for number, (form, row) in enumerate(
            zip(rows.forms, idea_import.rows, strict=False), start=1
        )
    ]
    for line in lines:
        for name in line["doubts"].keys() & line["form"].fields.keys():
            _describe(line["form"][name])
    doubtful = next((line for line in lines if line["doubts"]), None)
    if doubtful:
        doubtful["is_first_doubt"] = True
    return lines


def _marks(doubts: list[dict[str, str]]) -> dict[str, str]:
    """Why cells are marked; what concerns no box of its own stands where it is looked for."""
    return reasons_by_cell(
        {**doubt, "field": SHOWN_AT.get(doubt["field"], doubt["field"])} for doubt in doubts
    )


def _day(form: IdeaRowForm, row: dict[str, Any]) -> date | None:
    """The day read from the year's words, while they still stand as they were read."""
    typed_anew = form.is_bound and "received_text" in form.changed_data
    return parse_date(row["received_on"]) if row["received_on"] and not typed_anew else None


def _describe(field: BoundField) -> None:
    """Tie a box to the reason under it, and to its error if it has one."""
    notes = [f"{field.auto_id}_doubt", field.aria_describedby or ""]
    field.field.widget.attrs["aria-describedby"] = " ".join(filter(None, notes))


def _apply(
    request: OfficerRequest, idea_import: IdeaImport, rows: list[dict[str, Any]]
) -> HttpResponse:
    try:
        ideas = import_ideas(idea_import=idea_import, rows=rows, by=request.user)
    except UnwritableRow as reason:
        messages.error(request, str(reason))
        return redirect(idea_import)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        text = ngettext(
            "%(count)sটি ধারণা নিবন্ধনে নেওয়া হয়েছে।", "%(count)sটি ধারণা নিবন্ধনে নেওয়া হয়েছে।", len(ideas)
        )
        draft = f"import-ideas-{idea_import.pk}"
        messages.success(request, text % {"count": digits(len(ideas))}, extra_tags=draft)
    return redirect("ideas:list")
