"""The office order of a team: on the screen, as PDF and Word; and the duties it lists."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from .. import print_pages
from ..documents import content_of, order_filename, order_order_pdf
from ..enums import TeamStatus
from ..forms.terms import TermsForm
from ..models import Team, TeamDocument, TermOfReference
from ..order_word import DOCX
from ..order_word import order_docx as make_docx
from ..requests import OfficerRequest


@require_safe
def order_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The order as it would be printed: of a draft as it stands, else as it was frozen."""
    team = _get_team(request, pk)
    context = {
        "team": team,
        "content": content_of(team),
        "is_draft": team.status == TeamStatus.DRAFT,
    }
    return render(request, "teams/order_detail.html", context)


@require_POST
@print_pages.ordering
def order_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF; the same content is made only once."""
    document = order_order_pdf(_get_team(request, pk), by=request.user)
    return redirect("teams:order_document_detail", pk=document.pk)


@require_safe
def order_docx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The same as a Word file."""
    team = _get_team(request, pk)
    return FileResponse(
        make_docx(content_of(team)),
        content_type=DOCX,
        as_attachment=True,
        filename=order_filename(team, "docx"),
    )


# --- An order that was printed -------------------------------------------------------------
@require_safe
def order_document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    template = "_order_job.html" if request.htmx else "order_document_detail.html"
    return render(request, f"teams/{template}", {"document": document, "team": document.team})


@require_POST
def order_document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    document = _get_document(request, pk)
    return print_pages.retry(request, document, "teams:order_document_detail")


@require_safe
def order_document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = order_filename(document.team, "pdf", is_draft=document.is_draft)
    return print_pages.download(request, document, name, "teams:order_document_detail")


# --- The duties of teams -------------------------------------------------------------------
@require_safe
def term_list(request: OfficerRequest) -> HttpResponse:
    """What teams are there to do (কার্যপরিধি), as it stands today or stood on another day."""
    form = TermsForm(request.GET)
    is_valid = form.is_valid()
    day = form.cleaned_data.get("on") or timezone.localdate()
    context = {
        "form": form,
        "day": day if is_valid else None,
        "terms": TermOfReference.objects.covering(day).order_by("number") if is_valid else [],
        "starts": TermOfReference.objects.order_by("-valid_from")
        .values_list("valid_from", flat=True)
        .distinct(),
    }
    return render(request, "teams/term_list.html", context, status=200 if is_valid else 422)


# --- Pieces --------------------------------------------------------------------------------
def _get_team(request: OfficerRequest, pk: int) -> Team:
    teams = Team.objects.visible_to(request.user).select_related(
        "office__parent", "issuing_office", "rule", "replaces"
    )
    return get_object_or_404(teams, pk=pk)


def _get_document(request: OfficerRequest, pk: int) -> TeamDocument:
    documents = TeamDocument.objects.visible_to(request.user).select_related(
        "team__office", "job__document"
    )
    return get_object_or_404(documents.defer("content", "team__content"), pk=pk)
