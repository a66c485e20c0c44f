"""Minutes as one reads them, and their way: final, opened again, sent out; their papers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams import print_pages
from teams.actions import MemoTaken, propose_memo
from teams.memo import Memo, parse_memo
from teams.requests import OfficerRequest
from teams.transitions import WrongState

from .. import perms
from ..actions import circulate_minutes, finalise_minutes, import_of, reopen_minutes
from ..deliveries import (
    member_readers,
    order_draft_pdf,
    order_extract_pdf,
    order_minutes_pdf,
    other_office_readers,
)
from ..documents import document_filename, minutes_content
from ..enums import HELD, SENT, Confirmation, DocumentKind, MeetingStatus, TemplateKind
from ..forms.minutes import FinaliseForm
from ..forms.writing import ReasonForm
from ..models import Assignment, Meeting, MeetingDocument, MinutesVersion
from ..papers_word import DOCX, paper_docx
from .access import get_meeting, get_own_meeting


@require_safe
def meeting_minutes(request: OfficerRequest, pk: int) -> HttpResponse:
    """The minutes as they would be printed."""
    return minutes_page(request, get_meeting(request, pk))


def minutes_page(request: OfficerRequest, meeting: Meeting) -> HttpResponse:
    """Settled minutes as they were frozen, a draft as it stands."""
    version = current_version(meeting)
    is_own = request.user.scope.is_in_team(meeting.office_id)
    context = {
        "meeting": meeting,
        "content": version.content if version else minutes_content(meeting, is_draft=True),
        "version": version,
        # A meeting that was called off has no minutes, unless somebody had begun to write them.
        "has_words": meeting.status != MeetingStatus.CANCELLED or _was_begun(meeting),
        "earlier": _earlier(meeting) if is_own else [],
        "deliveries": _deliveries(meeting) if is_own else [],
        "corrections": _corrections(meeting, is_own=is_own),
        "is_own": is_own,
        "can_write": perms.can_write_minutes(request.user, meeting),
        "can_lead": is_own and request.user.scope.leads(meeting.office_id),
    }
    return render(request, "meetings/meeting_minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_finalise(request: OfficerRequest, pk: int) -> HttpResponse:
    """The last look: what is still open, the memo number and the day; then it is settled."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_finalise_minutes(request.user, meeting):
        raise PermissionDenied
    if meeting.status != MeetingStatus.DRAFT:
        return _told(request, meeting, _("কার্যবিবরণী আগেই চূড়ান্ত করা হয়েছে; নিচে এখনকার অবস্থা দেখুন।"))
    initial = {"memo": _memo_of(meeting), "issued_on": meeting.issued_on or timezone.localdate()}
    form = FinaliseForm(request.POST or None, meeting=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            finalise_minutes(meeting=meeting, by=request.user, **form.cleaned_data)
        except MemoTaken as taken:
            form.add_error("memo", str(taken))
        except WrongState as reason:
            return _told(request, meeting, str(reason))
        else:
            messages.success(request, _("কার্যবিবরণী চূড়ান্ত হয়েছে; সিদ্ধান্তগুলো এখন কার্যকর। এবার জারি করুন।"))
            return redirect(meeting)
    items, old = meeting.items.open(), import_of(meeting)
    unassigned = meeting.decisions.kept().filter(implementers__isnull=True)
    context = {
        "meeting": meeting,
        "form": form,
        "old": old,
        "has_chair": bool(meeting.chair_post or meeting.chair_text),
        # Nothing of old minutes comes back on an agenda, and nobody is noted as absent.
        "undiscussed": [] if old else items.exclude(pk__in=items.discussed().values("pk")),
        "is_attendance_taken": old is not None or meeting.attendance.members().exists(),
        "unassigned": unassigned if old is None or old.is_followed else [],
    }
    return render(
        request, "meetings/minutes_finalise.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Open settled minutes for a mend; why is kept with the version that ends."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_reopen_minutes(request.user, meeting):
        raise PermissionDenied
    if meeting.status != MeetingStatus.FINALISED:
        return _told(
            request,
            meeting,
            _("জারি হওয়া কার্যবিবরণী আর খোলা যায় না। ভুল থাকলে পরের সভায় সংশোধনসহ দৃঢ়ীকরণ করুন।")
            if meeting.is_held
            else _("কার্যবিবরণী খসড়া অবস্থাতেই আছে।"),
        )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_minutes(meeting=meeting, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as reason:
            return _told(request, meeting, str(reason))
        messages.success(request, _("কার্যবিবরণী আবার খসড়া হলো; আগের সংস্করণ রাখা আছে।"))
        return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return render(
        request, "meetings/minutes_reopen.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_circulate(request: OfficerRequest, pk: int) -> HttpResponse:
    """Who will get the minutes; one press sends them."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_circulate_minutes(request.user, meeting):
        raise PermissionDenied
    if meeting.status != MeetingStatus.FINALISED:
        return _told(request, meeting, _("কাজটি এখন করা যায় না; নিচে এখনকার অবস্থা দেখুন।"))
    if request.method == "POST":
        try:
            circulate_minutes(meeting=meeting, by=request.user)
        except WrongState as reason:
            return _told(request, meeting, str(reason))
        messages.success(request, _("কার্যবিবরণী জারি হয়েছে; কার কাছে পৌঁছাল, নিচে দেখুন।"))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "members": member_readers(meeting),
        "copies": meeting.copies.exclude(email=""),
        "guests": meeting.attendance.guests().filter(contact__contains="@"),
        "others": other_office_readers(meeting),
    }
    return render(request, "meetings/minutes_circulate.html", context)


@require_safe
def version_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """A version as it was frozen, also one that was opened again: the team's own record."""
    own = Meeting.objects.own_of(request.user)
    versions = MinutesVersion.objects.filter(meeting__in=own).select_related("meeting__office")
    version = get_object_or_404(versions, pk=pk)
    context = {"version": version, "meeting": version.meeting}
    return render(request, "meetings/minutes_version.html", context)


# --- Papers --------------------------------------------------------------------------------
@require_POST
@print_pages.ordering
def minutes_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF: of settled minutes the frozen version, else the draft as it stands."""
    meeting = get_meeting(request, pk)
    version = current_version(meeting)
    if version:
        document = order_minutes_pdf(version, by=request.user)
    else:
        document = order_draft_pdf(meeting, by=request.user)
    return redirect("meetings:document_detail", pk=document.pk)


@require_safe
def minutes_docx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The same as a Word file, in the office's own shape if it has one."""
    meeting = get_meeting(request, pk)
    version = current_version(meeting)
    content = version.content if version else minutes_content(meeting, is_draft=True)
    kind = DocumentKind.MINUTES if version else DocumentKind.DRAFT
    return FileResponse(
        paper_docx(TemplateKind.MINUTES, content, office=meeting.office),
        content_type=DOCX,
        as_attachment=True,
        filename=document_filename(meeting, kind, "docx"),
    )


@require_POST
@print_pages.ordering
def extract_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of what the person's own office has to carry out of a meeting."""
    visible = Assignment.objects.visible_to(request.user).kept()
    own = request.user.scope.team_office_ids
    mine = visible.filter(decision__meeting__pk=pk, office_id__in=own)
    assignment = mine.select_related("office", "decision__meeting__office").first()
    version = current_version(assignment.decision.meeting) if assignment else None
    if assignment is None or version is None:
        raise Http404
    document = order_extract_pdf(version, office=assignment.office, by=request.user)
    return redirect("meetings:document_detail", pk=document.pk)


@require_safe
def document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    is_own = request.user.scope.is_in_team(document.meeting.office_id)
    context = {"document": document, "meeting": document.meeting, "is_own": is_own}
    return print_pages.detail(request, "meetings", context)


@require_POST
def document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    return print_pages.retry(request, _get_document(request, pk), "meetings:document_detail")


@require_safe
def document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = document_filename(document.meeting, document.kind, "pdf")
    return print_pages.download(request, document, name, "meetings:document_detail")


# --- Shared --------------------------------------------------------------------------------
def current_version(meeting: Meeting) -> MinutesVersion | None:
    """The settled version in force, if there is one."""
    return meeting.versions.filter(reopened_at__isnull=True).first()


def _get_document(request: OfficerRequest, pk: int) -> MeetingDocument:
    documents = MeetingDocument.objects.visible_to(request.user).select_related(
        "meeting__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)


def _corrections(meeting: Meeting, *, is_own: bool) -> Any:
    """What later minutes mend in these; from above, once those minutes were sent too."""
    settled = meeting.confirmations.open().filter(meeting__status__in=HELD if is_own else SENT)
    return settled.filter(confirmation=Confirmation.CORRECTED).select_related("meeting")


def _earlier(meeting: Meeting) -> QuerySet[MinutesVersion]:
    """The versions that were opened again; their contents have pages of their own."""
    opened = meeting.versions.filter(reopened_at__isnull=False)
    return opened.select_related("reopened_by").defer("content")


def _was_begun(meeting: Meeting) -> bool:
    return meeting.items.discussed().exists()


def _deliveries(meeting: Meeting) -> Any:
    return meeting.deliveries.filter(version__isnull=False).select_related("letter", "post")


def _memo_of(meeting: Meeting) -> Memo | None:
    """The number the meeting has already (it was opened again, or is old), else the next.

    Old minutes without a readable number get none: the next one belongs to a new letter.
    """
    if meeting.memo_number or import_of(meeting):
        return parse_memo(meeting.memo_number)
    return propose_memo(meeting.office)


def _told(request: OfficerRequest, meeting: Meeting, words: str) -> HttpResponse:
    messages.info(request, words)
    return redirect(meeting)
