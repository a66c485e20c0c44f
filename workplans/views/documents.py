"""The plan on paper: PDF by the worker, Excel at once."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest

from ..documents import order_plan_pdf, plan_filename
from ..exports import plan_workbook
from ..models import PlanDocument
from ..table import plan_table
from .plans import get_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def workplan_xlsx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The plan as an Excel file in its printed shape."""
    plan = get_plan(request, pk)
    table = plan_table(plan, today=timezone.localdate())
    return FileResponse(
        plan_workbook(table),
        content_type=XLSX,
        as_attachment=True,
        filename=plan_filename(plan, "xlsx"),
    )


@require_POST
@print_pages.ordering
def workplan_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the plan as it stands; the same content is made only once."""
    plan = get_plan(request, pk)
    document = order_plan_pdf(plan=plan, by=request.user)
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
    name = plan_filename(document.plan, "pdf")
    return print_pages.download(request, document, name, "workplans:document_detail")


def _get_document(request: OfficerRequest, pk: int) -> PlanDocument:
    documents = PlanDocument.objects.visible_to(request.user).select_related(
        "plan__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)
