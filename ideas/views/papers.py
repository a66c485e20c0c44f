"""The register and the innovation database on paper: PDF by the worker, Word and Excel at once."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.models import Office
from teams.requests import OfficerRequest
from teams.sheets import XLSX
from workplans.periods import Period

from .. import registers
from ..enums import RegisterKind
from ..exports import register_workbook
from ..forms.papers import RegisterForm
from ..models import RegisterDocument
from ..papers_word import DOCX
from ..papers_word import register_docx as make_docx

DOCUMENTS_SHOWN = 10


@require_safe
def register_papers(request: OfficerRequest) -> HttpResponse:
    """Choose a table, an office and a span; what would be in it; what was printed before."""
    form = _form(request, request.GET)
    return _page(request, form, status=200 if form.is_valid() else 422)


@require_POST
@print_pages.ordering
def register_print(request: OfficerRequest) -> HttpResponse:
    """Order the PDF of the table as it stands; the same content is made only once."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    document = registers.order_register(**_asked(form), by=request.user)
    return redirect(document)


@require_safe
def register_docx(request: OfficerRequest) -> HttpResponseBase:
    """The table as a Word file."""
    return _file(request, "docx", DOCX, make_docx)


@require_safe
def register_xlsx(request: OfficerRequest) -> HttpResponseBase:
    """The table as an Excel file."""
    return _file(request, "xlsx", XLSX, register_workbook)


# --- A table that was printed --------------------------------------------------------------
@require_safe
def register_document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    context = {
        "document": document,
        "span": registers.span_label(document.starts_on, document.ends_on),
    }
    template = "_register_job.html" if request.htmx else "register_document_detail.html"
    return render(request, f"ideas/{template}", context)


@require_POST
def register_document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    document = _get_document(request, pk)
    return print_pages.retry(request, document, "ideas:register_document_detail")


@require_safe
def register_document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = registers.register_filename(
        document.office, document.kind, document.starts_on, document.ends_on, "pdf"
    )
    return print_pages.download(request, document, name, "ideas:register_document_detail")


# --- Pieces --------------------------------------------------------------------------------
def _form(request: OfficerRequest, data: QueryDict) -> RegisterForm:
    """The choice as asked for; what was not named is one's first office and its present year."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    usual = {
        "office": offices[0].pk,
        "kind": RegisterKind.REGISTER.value,
        "year": Period.fiscal_year_of(timezone.localdate()).code,
    }
    return RegisterForm({**usual, **data.dict()}, offices=offices)


def _asked(form: RegisterForm) -> dict[str, Any]:
    """A valid choice as the register's functions take it."""
    starts_on, ends_on = form.span
    return {
        "office": get_object_or_404(Office, pk=form.cleaned_data["office"]),
        "kind": form.cleaned_data["kind"],
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _page(request: OfficerRequest, form: RegisterForm, *, status: int) -> HttpResponse:
    printed = RegisterDocument.objects.visible_to(request.user).select_related("office", "job")
    context: dict[str, Any] = {
        "form": form,
        "can_import": bool(request.user.scope.led_offices),
        "documents": [
            (document, registers.span_label(document.starts_on, document.ends_on))
            for document in printed.defer("content")[:DOCUMENTS_SHOWN]
        ],
    }
    if form.is_valid():
        asked = _asked(form)
        choice = QueryDict(mutable=True)
        choice.update({name: str(form[name].value() or "") for name in form.fields})
        context |= {
            "chosen": asked,
            "kind": RegisterKind(asked["kind"]),
            "span": registers.span_label(asked["starts_on"], asked["ends_on"]),
            "count": registers.count_rows(**asked),
            "choice": choice,
        }
    return render(request, "ideas/register_papers.html", context, status=status)


def _file(
    request: OfficerRequest,
    extension: str,
    content_type: str,
    make: Callable[[Mapping[str, Any]], BytesIO],
) -> HttpResponseBase:
    form = _form(request, request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = _asked(form)
    return FileResponse(
        make(registers.register_content(**asked)),
        content_type=content_type,
        as_attachment=True,
        filename=registers.register_filename(**asked, extension=extension),
    )


def _get_document(request: OfficerRequest, pk: int) -> RegisterDocument:
    documents = RegisterDocument.objects.visible_to(request.user).select_related(
        "office", "job__document"
    )
    return get_object_or_404(documents.defer("content"), pk=pk)
