"""Writing a report: the list, one report with its parts, prints of the draft."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.models import Office
from teams.requests import OfficerRequest
from workplans.periods import Period

from .. import perms
from ..actions import create_report, order_report_pdf
from ..documents import report_filename
from ..enums import ReportKind
from ..models import Report, ReportDocument

REPORTS_PER_PAGE = 30


@require_safe
def report_list(request: OfficerRequest) -> HttpResponse:
    """The team's reports."""
    reports = Report.objects.visible_to(request.user).select_related("plan", "office__parent")
    page = Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/report_list.html", {"page": page})


@require_POST
def report_create(request: OfficerRequest) -> HttpResponse:
    own = Office.objects.filter(pk__in=request.user.scope.team_office_ids)
    office = get_object_or_404(own, pk=request.POST.get("office"))
    period = Period.parse(request.POST.get("period", ""))
    kind = ReportKind(request.POST.get("kind", ReportKind.ANNUAL))
    return redirect(create_report(office=office, kind=kind, period=period, by=request.user))


@require_safe
def report_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """What the report says so far."""
    report = _get_report(request, pk)
    context = {"report": report, "document": report.documents.select_related("job").first()}
    return render(request, "reports/report_detail.html", context)


@require_POST
def report_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the report as it stands; the same content is made only once."""
    document = order_report_pdf(report=_get_report(request, pk), by=request.user)
    return redirect("reports:document_detail", pk=document.pk)


@require_safe
def document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    return print_pages.detail(request, "reports", {"document": document, "report": document.report})


@require_POST
def document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    document = _get_document(request, pk)
    if not perms.can_print_report(request.user, document.report):
        raise PermissionDenied
    return print_pages.retry(request, document, "reports:document_detail")


@require_safe
def document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = report_filename(document.report, "pdf")
    return print_pages.download(request, document, name, "reports:document_detail")


def _get_report(request: OfficerRequest, pk: int) -> Report:
    reports = Report.objects.own_of(request.user).select_related(
        "plan__office__parent", "office__parent"
    )
    return get_object_or_404(reports, pk=pk)


def _get_document(request: OfficerRequest, pk: int) -> ReportDocument:
    documents = ReportDocument.objects.visible_to(request.user).select_related(
        "report__plan", "report__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)
