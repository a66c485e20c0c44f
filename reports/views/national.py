"""The consolidated report of the nation: written by reviewers, read by everybody once published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState
from workplans.periods import Period

from .. import perms
from ..actions.nation import (
    StaleWords,
    create_national,
    order_national_pdf,
    publish_national,
    reopen_national,
    save_national_words,
)
from ..enums import NationalPart, ReportKind
from ..forms.nation import NationalCreateForm, NationalWordsForm
from ..models import NationalDocument, NationalReport
from ..nation.compiling import (
    generated_words,
    load_year,
    national_content,
    version_of,
    words_of,
)
from ..nation.papers import DOCX, national_docx, national_filename
from ..nation.periods import Calendar

REPORTS_PER_PAGE = 30
PERIODS_OFFERED = 5
PRINTS_SHOWN = 5


@require_safe
def national_list(request: OfficerRequest) -> HttpResponse:
    """The nation's reports: published ones, and for reviewers drafts too."""
    return _list_page(request, None)


@require_POST
def national_create(request: OfficerRequest) -> HttpResponse:
    """Begin the report on a period, or open the one there is."""
    if not perms.can_publish_national(request.user):
        raise PermissionDenied
    form = _create_form(request)
    if not form.is_valid():
        return _list_page(request, form)
    report = create_national(
        kind=ReportKind(form.cleaned_data["kind"]),
        period=Period.parse(form.cleaned_data["period"]),
        by=request.user,
    )
    return redirect(report)


@require_safe
def national_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The report as it stands, counted now; of a published one, what was published."""
    report = _get_report(request, pk)
    can_write = perms.can_write_national(request.user, report)
    published = report.documents.filter(is_published=True).first()
    context = {
        "report": report,
        "content": published.content if published and not can_write else national_content(report),
        "published": published,
        "can_write": can_write,
        "can_publish": perms.can_publish_national(request.user),
        "prints": report.documents.select_related("job")[:PRINTS_SHOWN] if can_write else [],
    }
    return render(request, "reports/national_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def national_section(request: OfficerRequest, pk: int, part: str) -> HttpResponse:
    """Write the words of one part; a save made from an old copy shows both texts instead."""
    report = _get_written(request, pk)
    key = _part(part)
    form = NationalWordsForm(
        sent(request),
        initial={"version": version_of(report, key), "words": _present_words(report, key)},
    )
    if not form.is_valid():
        return _section_page(request, report, key, form, status=422 if form.errors else 200)
    words = form.cleaned_data["words"]
    try:
        save_national_words(
            report=report,
            part=key,
            version=form.cleaned_data["version"],
            words=words,
            by=request.user,
        )
    except StaleWords as stale:
        if words_of(stale.current, key) != words:
            return _conflict(request, stale.current, key, words)
        # Saved already; the answer was lost on the way.
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=_draft(report, key))
    return redirect(f"{report.get_absolute_url()}#section-{key}")


@require_POST
@print_pages.ordering
def national_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Freeze the report as it stands and order its PDF."""
    document = order_national_pdf(report=_get_written(request, pk), by=request.user)
    return redirect("reports:national_document", pk=document.pk)


@require_safe
def national_word(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The report as a Word file: as it stands, or as it was published."""
    report = _get_report(request, pk)
    published = report.documents.filter(is_published=True).first()
    is_frozen = published and not perms.can_write_national(request.user, report)
    content = published.content if published and is_frozen else national_content(report)
    return FileResponse(
        national_docx(content),
        as_attachment=True,
        filename=national_filename(report, "docx"),
        content_type=DOCX,
    )


@require_POST
def national_reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    report = _get_report(request, pk)
    return _step(
        request,
        report,
        lambda: reopen_national(report=report, by=request.user),
        _("প্রতিবেদনটি সংশোধনের জন্য খোলা হয়েছে; নতুন করে প্রকাশ না করা পর্যন্ত আগেরটিই সবাই দেখবেন।"),
    )


# --- Prints ------------------------------------------------------------------------------------
@require_safe
def national_document(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    document = _get_document(request, pk)
    context = {
        "document": document,
        "report": document.report,
        "can_publish": perms.can_write_national(request.user, document.report),
    }
    template = "national_job.html" if request.htmx else "national_document.html"
    return render(request, f"reports/{template}", context)


@require_POST
def national_document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    document = _get_document(request, pk)
    if not perms.can_publish_national(request.user):
        raise PermissionDenied
    return print_pages.retry(request, document, "reports:national_document")


@require_safe
def national_document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = national_filename(document.report, "pdf")
    return print_pages.download(request, document, name, "reports:national_document")


@require_POST
def national_publish(request: OfficerRequest, pk: int) -> HttpResponse:
    """Lay this print open."""
    document = _get_document(request, pk)
    return _step(
        request,
        document.report,
        lambda: publish_national(document=document, by=request.user),
        _("জাতীয় প্রতিবেদন প্রকাশিত হয়েছে; এখন সবাই দেখতে পাচ্ছেন।"),
    )


# --- How these views answer --------------------------------------------------------------------
def _get_report(request: OfficerRequest, pk: int) -> NationalReport:
    reports = NationalReport.objects.visible_to(request.user).select_related("updated_by")
    return get_object_or_404(reports, pk=pk)


def _get_written(request: OfficerRequest, pk: int) -> NationalReport:
    """The report, if the person may write it as it stands."""
    report = _get_report(request, pk)
    if not perms.can_write_national(request.user, report):
        raise PermissionDenied
    return report


def _get_document(request: OfficerRequest, pk: int) -> NationalDocument:
    documents = NationalDocument.objects.visible_to(request.user).select_related(
        "report", "job__document"
    )
    return get_object_or_404(documents, pk=pk)


def _part(key: str) -> NationalPart:
    try:
        return NationalPart(key)
    except ValueError as unknown:
        raise Http404 from unknown


def _present_words(report: NationalReport, part: NationalPart) -> str:
    """What stands in the part now: one's own words, else the generated ones."""
    return words_of(report, part) or "\n".join(generated_words(part, load_year(report)))


def _create_form(request: OfficerRequest) -> NationalCreateForm:
    """The periods of the chosen kind; the newest one over is offered first."""
    kind = request.POST.get("kind") or request.GET.get("kind") or ReportKind.ANNUAL
    known = ReportKind(kind) if kind in ReportKind.values else ReportKind.ANNUAL
    calendar = Calendar(known)
    years = calendar.beside(calendar.last_over(timezone.localdate()), PERIODS_OFFERED)
    return NationalCreateForm(
        sent(request),
        initial={"kind": known},
        periods=[(year.code, year.label) for year in years],
    )


def _list_page(request: OfficerRequest, form: NationalCreateForm | None) -> HttpResponse:
    """`form` is one that was sent with a fault."""
    can_create = perms.can_publish_national(request.user)
    reports = NationalReport.objects.visible_to(request.user)
    context = {
        "page": Paginator(reports, REPORTS_PER_PAGE).get_page(request.GET.get("page")),
        "form": form or (_create_form(request) if can_create else None),
        "can_create": can_create,
        "sees_nation": perms.can_view_nation(request.user),
        "kinds": ReportKind.choices,
    }
    return render(request, "reports/national_list.html", context, status=422 if form else 200)


def _section_page(
    request: OfficerRequest,
    report: NationalReport,
    part: NationalPart,
    form: NationalWordsForm,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "report": report,
        "part": part,
        "form": form,
        "draft": _draft(report, part),
        "is_own": bool(words_of(report, part)),
    }
    return render(request, "reports/national_section.html", context, status=status)


def _conflict(
    request: OfficerRequest, current: NationalReport, part: NationalPart, mine: str
) -> HttpResponse:
    """Both texts; one's own stays in the box, ready to be saved over or reworked."""
    context: dict[str, Any] = {
        "report": current,
        "part": part,
        "theirs": words_of(current, part),
        "form": NationalWordsForm(initial={"version": version_of(current, part), "words": mine}),
    }
    return render(request, "reports/national_conflict.html", context, status=409)


def _draft(report: NationalReport, part: NationalPart) -> str:
    return f"national-{report.pk}-{part}"


def _step(
    request: OfficerRequest, report: NationalReport, step: Callable[[], object], done: str
) -> HttpResponse:
    try:
        step()
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect(report)
