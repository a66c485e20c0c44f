"""Reports: the list, one report with its words and its PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest
from workplans.models import WorkPlan
from workplans.table import plan_table

from . import perms
from .actions import StaleReport, create_report, order_report_pdf, update_report
from .documents import report_filename
from .forms import ReportForm
from .models import Report, ReportDocument

REPORTS_PER_PAGE = 30


@require_safe
def report_list(request: OfficerRequest) -> HttpResponse:
    """The team's reports, and the plans that have none yet."""
    reports = Report.objects.visible_to(request.user).select_related("plan", "office__parent")
    page = Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    unreported = (
        WorkPlan.objects.own_of(request.user)
        .filter(report__isnull=True)
        .select_related("office__parent")
        .order_by("-starts_on")[:REPORTS_PER_PAGE]
    )
    context = {"page": page, "unreported": unreported}
    return render(request, "reports/report_list.html", context)


@require_POST
def report_create(request: OfficerRequest, plan_pk: int) -> HttpResponse:
    plan = get_object_or_404(WorkPlan.objects.own_of(request.user), pk=plan_pk)
    return redirect(create_report(plan=plan, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def report_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """What the report says so far; its own words are edited here."""
    report = _get_report(request, pk)
    form = ReportForm(request.POST or None, initial=_words(report))
    if request.method == "POST" and form.is_valid():
        try:
            update_report(report=report, by=request.user, **form.cleaned_data)
        except StaleReport as stale:
            return _conflict(request, form, stale.current)
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"report-{report.pk}")
        return redirect(report)
    context = {
        "report": report,
        "form": form,
        "table": plan_table(report.plan, today=timezone.localdate()),
        "document": report.documents.select_related("job").first(),
    }
    return render(
        request, "reports/report_detail.html", context, status=422 if form.errors else 200
    )


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
    if not perms.can_edit_report(request.user, document.report):
        raise PermissionDenied
    return print_pages.retry(request, document, "reports:document_detail")


@require_safe
def document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = report_filename(document.report, "pdf")
    return print_pages.download(request, document, name, "reports:document_detail")


def _get_report(request: OfficerRequest, pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related(
        "plan__office__parent", "office__parent"
    )
    return get_object_or_404(reports, pk=pk)


def _get_document(request: OfficerRequest, pk: int) -> ReportDocument:
    documents = ReportDocument.objects.visible_to(request.user).select_related(
        "report__plan", "report__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)


def _words(report: Report) -> dict[str, object]:
    return {
        "version": report.version,
        "introduction": report.introduction,
        "closing": report.closing,
    }


def _conflict(request: OfficerRequest, form: ReportForm, current: Report) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    words = form.cleaned_data
    form = ReportForm(initial={**words, "version": current.version})
    theirs = [
        (form.fields[name].label, getattr(current, name))
        for name in ("introduction", "closing")
        if getattr(current, name) != words[name]
    ]
    context = {"report": current, "form": form, "theirs": theirs}
    return render(request, "reports/report_conflict.html", context, status=409)
