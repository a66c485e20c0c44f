"""Taking old minutes in: paste or file, then a look at every word, then a draft meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day, digits, moment, weekday
from teams.transitions import WrongState

from ..actions import (
    MonthTaken,
    apply_minutes_import,
    draft_to_fill,
    follows_usually,
    keep_minutes_import,
)
from ..forms.imports import MinutesImportForm, TakeInForm
from ..importers import (
    Doubt,
    ImportedAttendee,
    ImportedItem,
    ImportedMinutes,
    ImportedSignatory,
    UnreadableMinutes,
    read_minutes,
    read_minutes_paste,
)
from ..models import MinutesImport
from ..old_minutes import found_in, letters
from .access import own_offices

MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the paper: its words as read, and why a person should look at them.

    `written` are the words of the paper where something was computed from them.
    """

    label: str
    words: str
    doubts: tuple[str, ...] = ()
    written: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: OfficerRequest) -> HttpResponse:
    """Read pasted minutes or a file; what cannot be read is said here, and nothing is kept."""
    offices = own_offices(request.user)
    if not offices:
        raise PermissionDenied
    form = MinutesImportForm(sent(request), request.FILES or None, offices=offices)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = _read(form)
        except UnreadableMinutes as reason:
            form.add_error("file" if upload else "pasted", str(reason))
        else:
            kept = keep_minutes_import(
                office=next(own for own in offices if own.pk == form.cleaned_data["office"]),
                found=found,
                filename=upload.name if upload else "",
                by=request.user,
            )
            return redirect(kept)
    waiting = MinutesImport.objects.visible_to(request.user).waiting().select_related("office")
    context = {"form": form, "waiting": waiting[:MOST_WAITING], "offices": offices}
    status = 422 if form.errors else 200
    return render(request, "meetings/import_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Look over what was read, and make a draft meeting of it."""
    imports = MinutesImport.objects.visible_to(request.user).select_related("office", "meeting")
    minutes_import = get_object_or_404(imports, pk=pk)
    if minutes_import.meeting:
        messages.info(request, _("এই কার্যবিবরণী আগেই নেওয়া হয়েছে; সভাটি নিচে।"))
        return redirect(minutes_import.meeting)
    found = found_in(minutes_import.content)
    form = TakeInForm(sent(request), initial={"follow": _follows(found.held_on)})
    if form.is_valid():
        return _take_in(request, minutes_import, follow=form.cleaned_data["follow"])
    parts, rows = _parts(found), _rows(found.items)
    context = {
        "minutes_import": minutes_import,
        "form": form,
        "parts": parts,
        "rows": rows,
        "doubt_count": len(found.doubts),
        "first_doubt": _first_doubt(parts, rows),
        **_outlook(minutes_import),
    }
    return render(request, "meetings/import_detail.html", context)


def _read(form: MinutesImportForm) -> ImportedMinutes:
    upload = form.cleaned_data["file"]
    if upload:
        # One byte more than allowed tells the reader enough; the rest stays on the disk.
        content = upload.read(settings.MAX_UPLOAD_BYTES + 1)
        return read_minutes(content, filename=upload.name, max_bytes=settings.MAX_UPLOAD_BYTES)
    return read_minutes_paste(form.cleaned_data["pasted"], form.cleaned_data["pasted_html"])


def _take_in(
    request: OfficerRequest, minutes_import: MinutesImport, *, follow: bool
) -> HttpResponse:
    try:
        meeting = apply_minutes_import(
            minutes_import=minutes_import, by=request.user, follow=follow
        )
    except WrongState:
        # The page of the import tells what keeps it; one taken in meanwhile leads to its meeting.
        return redirect(minutes_import)
    messages.success(request, _("কার্যবিবরণী খসড়া হিসেবে নেওয়া হয়েছে। চিহ্নিত জায়গাগুলো মিলিয়ে চূড়ান্ত করুন।"))
    return redirect(meeting)


def _outlook(minutes_import: MinutesImport) -> dict[str, object]:
    """What would come of taking the minutes in: a new meeting, a draft filled, or a refusal."""
    try:
        return {"draft": draft_to_fill(minutes_import)}
    except WrongState as reason:
        taken = reason.existing if isinstance(reason, MonthTaken) else None
        return {"obstacle": str(reason), "taken": taken}


def _follows(held_on: date | None) -> bool:
    return held_on is not None and follows_usually(held_on)


# --- What the page shows -------------------------------------------------------------------
def _parts(found: ImportedMinutes) -> list[Part]:
    """Everything but the agenda items, in the order of the paper."""
    of_paper = [doubt for doubt in found.doubts if doubt.item is None]

    def part(label: str, words: str, *fields: str, written: str = "") -> Part:
        written = "" if letters(written) == letters(words) else written
        return Part(label, words, _reasons(of_paper, *fields), written)

    held_on = f"{day(found.held_on)}, {weekday(found.held_on)}" if found.held_on else ""
    memo = digits(found.memo_number)
    return [
        part(_("শিরোনাম"), found.title, "title"),
        part(_("সভাপতি"), found.chair, "chair"),
        part(_("স্থান"), found.place, "place"),
        part(_("তারিখ"), held_on, "held_on", written=found.held_on_text),
        part(_("সময়"), moment(found.time), "time", written=found.time_text),
        part(_("স্মারক নম্বর"), memo, "memo_number", written=found.memo_text),
        part(_("জারির তারিখ"), day(found.issued_on), "issued_on"),
        part(_("সূচনা অনুচ্ছেদ"), found.opening, "opening"),
        part(_("সমাপ্তি অনুচ্ছেদ"), found.closing, "closing"),
        part(_("আলোচ্য বিষয়"), _counted(len(found.items)), "items"),
        part(_("অনুলিপি"), "\n".join(copy.text for copy in found.copies), "copies"),
        part(_("স্বাক্ষরকারী"), _listed(found.signatories), "signatories"),
        part(_("উপস্থিতি"), _listed(found.attendance), "attendance"),
    ]


def _rows(items: Sequence[ImportedItem]) -> list[list[Part]]:
    """The agenda items, cell by cell; few offices print due times."""
    has_deadlines = any(item.deadline for item in items)
    return [
        [
            Part(_("ক্রম"), digits(item.serial or place), _reasons(item.doubts, "serial", "row")),
            Part(_("আলোচ্য বিষয়"), item.topic, _reasons(item.doubts, "topic")),
            Part(_("আলোচনা"), item.discussion, _reasons(item.doubts, "discussion")),
            Part(_("সিদ্ধান্ত"), item.decision, _reasons(item.doubts, "decision")),
            Part(_("বাস্তবায়নকারী"), item.implementer, _reasons(item.doubts, "implementer")),
            *(
                [Part(_("সময়সীমা"), item.deadline, _reasons(item.doubts, "deadline"))]
                if has_deadlines
                else []
            ),
        ]
        for place, item in enumerate(items, start=1)
    ]


def _first_doubt(parts: Sequence[Part], rows: Sequence[Sequence[Part]]) -> str:
    """The anchor of the first row that is marked; "" when none is."""
    of_paper = ((f"part-{number}", [part]) for number, part in enumerate(parts, start=1))
    of_items = ((f"item-{number}", row) for number, row in enumerate(rows, start=1))
    marked = (
        anchor for anchor, cells in chain(of_paper, of_items) if any(cell.doubts for cell in cells)
    )
    return next(marked, "")


def _reasons(doubts: Iterable[Doubt], *fields: str) -> tuple[str, ...]:
    return tuple(doubt.reason for doubt in doubts if doubt.field in fields)


def _counted(items: int) -> str:
    return ngettext("%(count)sটি", "%(count)sটি", items) % {"count": digits(items)}


def _listed(people: Iterable[ImportedSignatory | ImportedAttendee]) -> str:
    """One person a line: name, designation, office."""
    return "\n".join(
        ", ".join(filter(None, (who.name, who.designation, who.office))) for who in people
    )
