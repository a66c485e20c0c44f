"""Writing a report: the list, one report with its parts, prints of the draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.deadlines import Grants, Rules
from teams.models import Office
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import StaleReport, create_report, order_report_pdf, present_report
from ..actions.everything import take_all_offers
from ..documents import report_content, report_filename
from ..enums import EDITABLE
from ..forms.writing import ReportCreateForm
from ..models import Report, ReportDocument, Submission
from ..parts import reads_reports
from ..report_page import lines_of, steps_of, to_begin, wait_for
from ..section_page import picture_urls, source_url
from ..sections import FIGURES

REPORTS_PER_PAGE = 30


@require_safe
def report_list(request: OfficerRequest) -> HttpResponse:
    """The team's reports with what is due, and those it can begin."""
    return _list_page(request)


@require_POST
def report_create(request: OfficerRequest) -> HttpResponse:
    """Begin a report; asked twice it is the same one."""
    office = _own_office(request)
    form = ReportCreateForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form=form)
    report = create_report(
        office=office,
        kind=form.cleaned_data["kind"],
        period=form.cleaned_data["period"],
        by=request.user,
    )
    return redirect(report)


@require_safe
def report_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The report as a table of contents one works through all year."""
    report = get_report(request, pk)
    can_edit = perms.can_edit_report(request.user, report)
    lines = lines_of(report, request.user, with_checks=can_edit)
    context = {
        "report": report,
        "lines": lines,
        "ready": sum(line.is_ready for line in lines),
        "news": sum(line.is_news for line in lines),
        "can_edit": can_edit,
        "can_send": can_edit and perms.can_submit_report(request.user, report),
        "can_present": perms.can_present_report(request.user, report),
        "wait": wait_for(report),
        "steps": steps_of(report),
        "submissions": list(report.submissions.order_by("-number")),
        "document": report.documents.select_related("job").first(),
    }
    return render(request, "reports/report_detail.html", context)


@require_safe
def report_preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The whole report as a reviewer will read it, from what stands in it now."""
    report = get_report(request, pk)
    context = {
        "report": report,
        "content": report_content(report),
        "pictures": picture_urls(report),
        "source_urls": {
            f"{section}.{kind.key}": source_url(report, section, kind.key)
            for section, kinds in FIGURES.items()
            for kind in kinds
        },
        "can_edit": perms.can_edit_report(request.user, report),
    }
    return render(request, "reports/report_preview.html", context)


@require_POST
def report_take_all(request: OfficerRequest, pk: int) -> HttpResponse:
    """Bring every part up to the records; own words and numbers stay."""
    report = get_report(request, pk)
    try:
        taken = take_all_offers(report=report, by=request.user)
    except StaleReport:
        messages.error(request, _("এর মধ্যে আরেকজন প্রতিবেদনে লিখেছেন। পাতাটি দেখে আবার চাপুন।"))
    except WrongState as why:
        messages.error(request, str(why))
    else:
        said = _("%(count)sটি অংশে নথির এখনকার তথ্য এসেছে।") % {"count": digits(taken)}
        messages.success(request, said)
    return redirect(report)


@require_POST
def report_present(request: OfficerRequest, pk: int) -> HttpResponse:
    """Lay it before the head, who alone can send it."""
    report = get_report(request, pk)
    if report.status not in EDITABLE:
        messages.info(request, _("প্রতিবেদনটি আগেই পাঠানো হয়েছে।"))
        return redirect(report)
    present_report(report=report, by=request.user)
    messages.success(request, _("প্রতিবেদনটি দপ্তর প্রধানের কাছে পেশ করা হয়েছে।"))
    return redirect(report)


# --- Prints of the draft -------------------------------------------------------------------------
@require_POST
@print_pages.ordering
def report_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the report as it stands; the same content is made only once."""
    document = order_report_pdf(report=get_report(request, pk), by=request.user)
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


# --- How these views answer ----------------------------------------------------------------------
def get_report(request: OfficerRequest, pk: int) -> Report:
    """The team's own report with its parts."""
    reports = Report.objects.own_of(request.user).select_related(
        "plan__office__parent", "office__parent", "returned_by", "presented_by"
    )
    return get_object_or_404(reports.prefetch_related("sections"), pk=pk)


def _get_document(request: OfficerRequest, pk: int) -> ReportDocument:
    documents = ReportDocument.objects.visible_to(request.user).select_related(
        "report__plan", "report__office__parent", "job__document"
    )
    return get_object_or_404(documents, pk=pk)


def _own_office(request: OfficerRequest) -> Office:
    """The chosen one of the person's own offices."""
    chosen = request.POST.get("office")
    for office in request.user.scope.team_offices:
        if str(office.pk) == chosen:
            return office
    raise Http404


def _list_page(request: OfficerRequest, *, form: ReportCreateForm | None = None) -> HttpResponse:
    """The list; `form` was sent with a fault."""
    offices = request.user.scope.team_offices
    reports = Report.objects.own_of(request.user).select_related("office")
    page = Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page"))
    rules, grants = Rules(), Grants()
    newest = Submission.objects.newest().filter(report__in=list(page)).in_bulk(field_name="pk")
    of_report = {submission.report_id: submission for submission in newest.values()}
    context: dict[str, Any] = {
        "page": page,
        "lines": [
            (report, wait_for(report, rules=rules, grants=grants), of_report.get(report.pk))
            for report in page
        ],
        "beginnings": to_begin(offices),
        "form": form or ReportCreateForm(),
        "offices": offices,
        "shows_office": len(offices) > 1,
        "reads_reports": reads_reports(request.user),
    }
    status = 422 if form else 200
    return render(request, "reports/report_list.html", context, status=status)
