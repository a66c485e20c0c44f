"""What anybody finds out about a report on paper or as a file, without a log-in."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from ..models import Submission
from ..receipts import seal_of
from ..signing import signature_in
from ..verification import (
    FileAnswer,
    FileCheck,
    Fingerprinter,
    Guesses,
    check_file,
    newest_of,
    read_code,
    standing_of,
)

LONGEST_CODE = 100
STATUS_OF_FILE = {FileAnswer.MISSING: 422, FileAnswer.TOO_LARGE: 413}


# The form with the file is exempt only until the handler that keeps nothing stands ready: reading
# the token reads the files. The inner view asks for the token as any other.
@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_report(request: HttpRequest) -> HttpResponse:
    """Type the code of a report, or show its file."""
    request.upload_handlers = [Fingerprinter(request)]
    return _verify(request)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_report_code(request: HttpRequest, code: str) -> HttpResponse:
    """How the report of a code stands, and whether a file is the one that was sent."""
    request.upload_handlers = [Fingerprinter(request)]
    return _verify_code(request, code)


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        check = check_file(request.FILES.get("file"))
        return _code_page(request, check=check, status=STATUS_OF_FILE.get(check.answer, 200))
    typed = request.GET.get("code", "")[:LONGEST_CODE].replace("\0", "")
    if not typed.strip():
        return _code_page(request)
    if code := read_code(typed):
        return redirect("open:verify_report_code", code=code)
    fault = _("কোডটি ঠিক নয়। কাগজের নিচে লেখা ১৬টি অক্ষর ও অঙ্ক মিলিয়ে আবার লিখুন।")
    return _code_page(request, typed=typed, fault=fault, status=422)


@csrf_protect
def _verify_code(request: HttpRequest, code: str) -> HttpResponse:
    guesses = Guesses(request)
    if guesses.are_spent:
        return _code_page(request, fault=guesses.sentence, status=HTTPStatus.TOO_MANY_REQUESTS)
    known = read_code(code[:LONGEST_CODE])
    submissions = Submission.objects.select_related("report__office", "job__document")
    submission = submissions.filter(code=known).first() if known else None
    if submission is None:
        if known:
            guesses.add()
        typed = code[:LONGEST_CODE].replace("\0", "")
        return _code_page(request, typed=typed, is_unknown=True, status=HTTPStatus.NOT_FOUND)
    check = check_file(request.FILES.get("file"), submission) if request.method == "POST" else None
    newest, made = newest_of(submission), submission.ordered_job.document
    context = {
        "submission": submission,
        "content": submission.content,
        "seal": seal_of(submission),
        "newest": newest,
        "standing": standing_of(submission, newest),
        "made": made,
        "signature": signature_in(made) if made else None,
        "check": check,
    }
    status = STATUS_OF_FILE.get(check.answer, 200) if check else 200
    return render(request, "open/verify_report_code.html", context, status=status)


def _code_page(
    request: HttpRequest,
    *,
    typed: str = "",
    fault: str = "",
    is_unknown: bool = False,
    check: FileCheck | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"typed": typed, "fault": fault, "is_unknown": is_unknown, "check": check}
    return render(request, "open/verify_report.html", context, status=status)
