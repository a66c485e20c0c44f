"""The plan on paper in any of its forms: PDF by the worker, Word and Excel at once."""

from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest
from teams.sheets import XLSX

from ..documents import document_filename, order_plan_pdf, plan_content, plan_filename
from ..enums import PlanForm
from ..exchange import PlanMark
from ..exports import plan_workbook
from ..models import PlanDocument, WorkPlan
from ..papers.word import DOCX, paper_docx
from .plans import get_plan


@require_safe
def workplan_xlsx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The plan as an Excel file."""
    plan = get_plan(request, pk)
    written = plan_workbook(plan, _form(request, plan))
    return file_response(written, XLSX, plan_filename(plan, "xlsx"))


@require_safe
def workplan_docx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The plan as a Word file."""
    plan = get_plan(request, pk)
    form = _form(request, plan)
    mark = PlanMark(plan.pk, form, exported_at=timezone.now().isoformat())
    written = paper_docx(plan_content(plan, form), mark)
    return file_response(written, DOCX, plan_filename(plan, "docx"))


@require_POST
@print_pages.ordering
def workplan_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the plan as it stands; the same content is made only once."""
    plan = get_plan(request, pk)
    document = order_plan_pdf(plan=plan, by=request.user, form=_form(request, plan))
    return redirect("workplans:document_detail", pk=document.pk)


@require_safe
def document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    return print_pages.detail(request, "workplans", {"document": document, "plan": document.plan})


@require_POST
def document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    return print_pages.retry(request, _get_document(request, pk), "workplans:document_detail")


@require_safe
def document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = document_filename(document)
    return print_pages.download(request, document, name, "workplans:document_detail")


def file_response(written: BytesIO, content_type: str, filename: str) -> FileResponse:
    """A file to save, of what was just made."""
    response = FileResponse(
        written, content_type=content_type, as_attachment=True, filename=filename
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _form(request: OfficerRequest, plan: WorkPlan) -> str:
    """The form that `?form=` asks for; the plan's own without one, or for one nobody knows."""
    wanted = request.GET.get("form", "")
    return wanted if wanted in PlanForm.values else plan.form


def _get_document(request: OfficerRequest, pk: int) -> PlanDocument:
    documents = PlanDocument.objects.visible_to(request.user).select_related(
        "plan__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)
