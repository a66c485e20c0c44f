"""A report leaves its office: the head's approval, what was sent, its receipt, a withdrawal."""

from datetime import date
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.documents import serve
from jobs.models import StoredDocument
from teams import print_pages
from teams.qr import qr_of
from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import NotReady, ReportChanged, submit_report, withdraw_report
from ..actions.sending import approved_content, due_of, head_post_of
from ..approval import NOTHING, looked_at, part_title
from ..enums import SETTLED, SUBMIT
from ..forms.sending import WithdrawReportForm
from ..models import Report, SigningCertificate, Submission
from ..receipts import seal_of, submission_filename
from ..sections import checklist, is_ready
from ..signing import signature_in
from ..verification import newest_of, standing_of


# --- Approved and sent --------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def report_send(request: OfficerRequest, pk: int) -> HttpResponse:
    """What will be sent, whole, for the head of the office to approve."""
    report = _get_own_report(request, pk)
    if not perms.can_submit_report(request.user, report):
        raise PermissionDenied
    if report.status not in SUBMIT.sources:
        messages.info(request, _("প্রতিবেদনটি আগেই পাঠানো হয়েছে; নিচে তার রসিদ ও অবস্থা।"))
        return redirect(report.submissions.latest("number"))
    if request.method == "POST":
        return _approve(request, report)
    return _send_page(request, report)


@reauthentication_required
def _approve(request: OfficerRequest, report: Report) -> HttpResponse:
    """Send it; whoever has not typed the password of late does so first and is brought back."""
    try:
        submission = submit_report(
            report=report, by=request.user, looked_at=request.POST.get("looked_at") or NOTHING
        )
    except ReportChanged as changed:
        report.refresh_from_db()
        return _send_page(request, report, changed=changed.parts)
    except NotReady:
        return redirect("reports:send", pk=report.pk)  # which says what is missing
    except WrongState as why:
        messages.error(request, str(why))
        return redirect("reports:send", pk=report.pk)
    messages.success(
        request,
        _("প্রতিবেদন পাঠানো হয়েছে। রসিদ নম্বর %(number)s।") % {"number": submission.receipt_number},
    )
    return redirect(submission)


def _send_page(
    request: OfficerRequest, report: Report, *, changed: list[str] | None = None
) -> HttpResponse:
    """The report as it would be sent now; `changed` are the parts that somebody wrote meanwhile."""
    content = approved_content(report, request.user, head_post_of(report, request.user))
    due, checks = due_of(report), checklist(report)
    context = {
        "report": report,
        "content": content,
        "is_ready": is_ready(report),
        "wanting": [check for check in checks if not check.is_done],
        "complete": sum(1 for check in checks if check.is_done),
        "looked_at": looked_at(content),
        "due_on": report.resubmit_by or due.on,
        "is_late": _is_past(report.resubmit_by or due.on),
        "changed": [(part, part_title(part)) for part in changed or ()],
        "certificate": SigningCertificate.objects.usable().filter(office=report.office_id).first(),
        "earlier": report.submissions.order_by("-number").first(),
    }
    return render(request, "reports/send.html", context, status=409 if changed else 200)


def _is_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


# --- What was sent ------------------------------------------------------------------------------
@require_safe
def submission_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One sending: how it stands, its receipt, its PDF, and what it says."""
    submission = _get_submission(request, pk)
    made = submission.ordered_job.document
    context: dict[str, Any] = {
        "document": submission,
        "signature": signature_in(made) if made else None,
        "was_to_be_signed": bool(submission.ordered_job.payload.get("certificate_id")),
        "can_retry": perms.can_retry_submission(request.user, submission),
    }
    if request.htmx:
        return render(request, "reports/_submission_job.html", context)
    newest = newest_of(submission)
    report = submission.report
    context |= {
        "submission": submission,
        "report": report,
        "content": submission.content,
        "seal": seal_of(submission),
        "newest": newest,
        "standing": standing_of(submission, newest),
        "others": report.submissions.exclude(pk=pk).order_by("-number"),
        "pictures": _addresses_of_pictures(submission),
        "is_own": request.user.scope.is_in_team(report.office_id),
        "can_withdraw": report.status in SETTLED
        and perms.can_withdraw_report(request.user, report),
    }
    return render(request, "reports/submission_detail.html", context)


@require_POST
def submission_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    submission = _get_submission(request, pk)
    if not perms.can_retry_submission(request.user, submission):
        raise PermissionDenied
    return print_pages.retry(request, submission, "reports:submission")


@require_safe
def submission_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    submission = _get_submission(request, pk)
    name = submission_filename(submission)
    return print_pages.download(request, submission, name, "reports:submission")


@require_safe
def submission_picture(request: OfficerRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A picture that is in what was sent; no other stored file can be asked for here."""
    submission = _get_submission(request, pk)
    if sha256 not in _pictures_in(submission):
        raise Http404
    picture = get_object_or_404(StoredDocument, sha256=sha256)
    return serve(picture, as_attachment=False, request=request)


@require_safe
def receipt(request: OfficerRequest, pk: int) -> HttpResponse:
    """The receipt, to be printed and kept in the office's file."""
    submission = _get_submission(request, pk)
    seal = seal_of(submission)
    context = {
        "submission": submission,
        "report": submission.report,
        "content": submission.content,
        "seal": seal,
        "qr": qr_of(seal["address"]),
    }
    return render(request, "reports/receipt.html", context)


# --- Withdrawn ----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def report_withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """The Cabinet Division takes its acceptance back, with a reason that everybody reads."""
    reports = Report.objects.visible_to(request.user).select_related("office__parent")
    report = get_object_or_404(reports, pk=pk)
    if not perms.can_withdraw_report(request.user, report):
        raise PermissionDenied
    submission = report.submissions.latest("number")
    if report.status not in SETTLED:
        messages.error(request, _("কেবল গৃহীত বা প্রকাশিত প্রতিবেদন প্রত্যাহার করা যায়।"))
        return redirect(submission)
    form = WithdrawReportForm(sent(request))
    if form.is_valid():
        return _withdraw(request, report, form.cleaned_data["reason"])
    context = {"report": report, "submission": submission, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reports/send_withdraw.html", context, status=status)


@reauthentication_required
def _withdraw(request: OfficerRequest, report: Report, reason: str) -> HttpResponse:
    try:
        withdraw_report(report=report, by=request.user, reason=reason)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, _("প্রতিবেদনটি প্রত্যাহার করা হয়েছে।"), extra_tags=f"withdraw-report-{report.pk}"
        )
    return redirect(report.submissions.latest("number"))


# --- How these views find things ----------------------------------------------------------------
def _get_own_report(request: OfficerRequest, pk: int) -> Report:
    reports = Report.objects.own_of(request.user).select_related("plan", "office__parent")
    return get_object_or_404(reports, pk=pk)


def _get_submission(request: OfficerRequest, pk: int) -> Submission:
    submissions = Submission.objects.visible_to(request.user).select_related(
        "report__office__parent", "job__document", "withdrawn_by"
    )
    return get_object_or_404(submissions, pk=pk)


def _pictures_in(submission: Submission) -> set[str]:
    return {
        picture["sha256"]
        for section in submission.content["sections"]
        for picture in section["pictures"]
    }


def _addresses_of_pictures(submission: Submission) -> dict[str, str]:
    return {
        sha256: reverse("reports:submission_picture", args=[submission.pk, sha256])
        for sha256 in _pictures_in(submission)
    }
