"""An office's staff from Excel: the template, the upload, a look at every row."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangla.digits import to_bangla

from ...actions.staff import StaffRefused, apply_staff, cells_of, keep_staff
from ...enums import HoldingKind
from ...forms.administration.staff import StaffRowFormSet, StaffUploadForm
from ...importers import (
    CELLS,
    HEADINGS,
    FoundStaff,
    UnreadableStaff,
    check_staff,
    read_paste,
    read_workbook,
)
from ...models import Office, Post, StaffImport
from ...perms import can_manage_people
from ...requests import OfficerRequest, sent
from ...sheets import Column, Value, sheet_response, table_workbook
from ...templatetags.bangla_tags import digits
from ...transitions import WrongState
from ...uploads import refuse_too_large

WAITING_SHOWN = 5
LARGEST_PK = 2**63 - 1
WIDTHS = (30, 26, 26, 22, 16, 30, 18, 18, 22)


@require_http_methods(["GET", "HEAD", "POST"])
def staff_upload(request: OfficerRequest, code: str) -> HttpResponse:
    """Read a file or a paste; what cannot be read is said here, and nothing is kept."""
    office = _get_office(request, code)
    posted = sent(request)
    form = StaffUploadForm(posted, request.FILES or None)
    if posted is not None and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = _read(form)
        except UnreadableStaff as why:
            form.add_error("file" if upload else "pasted", str(why))
        except ValidationError as why:
            form.add_error("file", why)
        else:
            name = upload.name if upload else ""
            kept = keep_staff(office=office, rows=found.rows, filename=name, by=request.user)
            return redirect("teams:staff_import", pk=kept.pk)
    waiting = office.staff_imports.filter(applied_at__isnull=True).defer("rows")
    context = {"office": office, "form": form, "waiting": waiting[:WAITING_SHOWN]}
    status = 422 if form.errors else 200
    return render(request, "teams/administration/staff_upload.html", context, status=status)


@require_safe
def staff_template(request: OfficerRequest, code: str) -> HttpResponse:
    """An Excel file to fill in: headings, a line that shows how, and the posts as they are."""
    office = _get_office(request, code)
    posts = office.posts.active().prefetch_related("holdings__person")
    written = table_workbook(
        _("জনবল"),
        [office.name, _("প্রতিটি পদ এক সারিতে লিখুন। পদ শূন্য থাকলে নাম খালি রাখুন।")],
        [Column(str(label), width) for label, width in zip(HEADINGS.values(), WIDTHS, strict=True)],
        [_hint(), *(_as_is(post) for post in posts)],
    )
    return sheet_response(written, f"staff-{office.code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def staff_import(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Look the rows over, mend what is marked, and take them in, all or none."""
    kept = _get_import(request, pk)
    if kept.applied_at:
        messages.info(request, _("এই তালিকাটি আগেই নেওয়া হয়েছে।"))
        return redirect("teams:people", code=kept.office.code)
    posted = sent(request)
    initial = [{**cells_of(row), "take": True} for row in kept.rows]
    formset = StaffRowFormSet(posted, initial=initial, prefix="rows")
    if posted is None:
        return _page(request, kept, formset, _rows(initial))
    if not formset.is_valid():
        return _page(request, kept, formset, _rows(_typed(formset)))
    rows = _rows([form.cleaned_data for form in formset.forms[: len(kept.rows)]])
    if not rows:
        messages.error(request, _("কোনো সারিতে টিক নেই। অন্তত একটি সারি বেছে নিন।"))
        return _page(request, kept, formset, rows)
    return _apply(request, kept, formset, rows)


# --- Pieces ------------------------------------------------------------------------------------
def _get_office(request: OfficerRequest, code: str) -> Office:
    offices = Office.objects.visible_to(request.user).active()
    office = get_object_or_404(offices, code=code)
    if not can_manage_people(request.user, office):
        raise PermissionDenied
    return office


def _get_import(request: OfficerRequest, pk: int) -> StaffImport:
    if pk > LARGEST_PK:
        raise Http404
    imports = StaffImport.objects.visible_to(request.user).select_related("office")
    found = get_object_or_404(imports, pk=pk)
    if not can_manage_people(request.user, found.office):
        raise PermissionDenied
    return found


def _read(form: StaffUploadForm) -> FoundStaff:
    upload = form.cleaned_data["file"]
    if not upload:
        return read_paste(form.cleaned_data["pasted"])
    refuse_too_large(upload)
    return read_workbook(upload.read())


def _hint() -> list[Value]:
    """A line that shows how each cell is written; it is not read back."""
    return [
        _("যেমন: সহকারী কমিশনার (ভূমি)"),
        "Assistant Commissioner (Land)",
        _("রহিমা খাতুন"),
        "Rahima Khatun",
        "০১৭১২৩৪৫৬৭৮",
        "rahima@example.gov.bd",
        "০১/০৭/২০২৬",
        str(HoldingKind.REGULAR.label),
        "",
    ]


def _as_is(post: Post) -> list[Value]:
    """A post as it stands, so that only what has changed need be typed."""
    holding = next((one for one in post.holdings.all() if one.ends_on is None), None)
    own: list[Value] = [post.designation_bn, post.designation_en]
    role = str(post.get_role_display())
    if holding is None:
        return [*own, "", "", "", "", None, "", role]
    person = holding.person
    contact: list[Value] = [to_bangla(person.mobile), person.email]
    kind = str(holding.get_kind_display())
    return [*own, person.name_bn, person.name_en, *contact, holding.starts_on, kind, role]


def _typed(formset: Any) -> list[dict[str, Any]]:
    """What was typed, as far as it can be read, when a cell is too long for any list."""
    return [
        {name: form.cleaned_data.get(name, "") for name in ("take", *CELLS)}
        for form in formset.forms
        if hasattr(form, "cleaned_data")
    ]


def _rows(said: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The ticked rows, each with its number on the page."""
    return [
        {**cells_of(row), "number": str(number)}
        for number, row in enumerate(said, start=1)
        if row.get("take")
    ]


@reauthentication_required
def _apply(
    request: OfficerRequest, kept: StaffImport, formset: Any, rows: list[dict[str, str]]
) -> HttpResponse:
    try:
        written = apply_staff(staff_import=kept, rows=rows, by=request.user)
    except StaffRefused as why:
        return _page(request, kept, formset, rows, refused=why.wrong)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        told = {"people": digits(written.people), "posts": digits(written.posts)}
        text = _("তালিকা নেওয়া হয়েছে: %(people)s জন কর্মকর্তা পদে বসেছেন, %(posts)sটি নতুন পদ হয়েছে।")
        messages.success(request, text % told, extra_tags=f"staff-rows-{kept.pk}")
    return redirect("teams:people", code=kept.office.code)


def _page(
    request: OfficerRequest,
    kept: StaffImport,
    formset: Any,
    rows: list[dict[str, str]],
    *,
    refused: dict[int, dict[str, str]] | None = None,
) -> HttpResponse:
    """Every row with its boxes, what must be mended in it and what will come of it."""
    today = timezone.localdate()
    checked = {
        row.number: row
        for row in check_staff(rows, office=kept.office, by=request.user, today=today)
    }
    wrong = {number: row.wrong for number, row in checked.items() if row.wrong} | (refused or {})
    lines = []
    for number, form in enumerate(formset.forms[: len(kept.rows)], start=1):
        row = checked.get(number)
        cells = [
            (
                form[cell],
                wrong.get(number, {}).get(cell) or " ".join(form.errors.get(cell, [])),
                row.doubts.get(cell, "") if row else "",
                row.notes.get(cell, "") if row else "",
            )
            for cell in CELLS
        ]
        for box, *said in cells:
            if any(said):
                box.field.widget.attrs["aria-describedby"] = f"{box.auto_id}_said"
        lines.append({"number": number, "form": form, "cells": cells})
    context = {
        "kept": kept,
        "office": kept.office,
        "formset": formset,
        "headings": HEADINGS.values(),
        "lines": lines,
        "wrong": [
            (number, HEADINGS[cell], reason)
            for number, cells in sorted(wrong.items())
            for cell, reason in cells.items()
        ],
    }
    status = 422 if formset.is_bound else 200
    return render(request, "teams/administration/staff_import.html", context, status=status)
