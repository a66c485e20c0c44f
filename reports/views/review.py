"""The review of what was sent: the queue, a submission with its checklist, the verdict."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.deadlines import Rules
from teams.enums import DueKind
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import clock
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    StaleReview,
    accept_report,
    assign_reviews,
    reopen_report,
    return_report,
    save_marks,
    take_review,
)
from ..actions.review import newest_of
from ..enums import REOPEN, RETURN, ReportKind, ReportStatus
from ..filters import QueueFilter, named
from ..forms.review import MarksForm, ReturnForm, plain
from ..models import Report, Review, Submission
from ..review.page import (
    View,
    changes_since_last,
    chosen_view,
    comments_on,
    last_years,
    picture_addresses,
    side_by_side,
)
from ..review.queue import Owed, Paper, reviewer_posts, rows_of
from ..review.scoring import MarkWords, criteria_of, score_of
from ..review.standing import Standing

ROWS_PER_PAGE = 30
# What is given to mend a report when no rule says how long.
DAYS_TO_MEND = 10


# --- The queue ---------------------------------------------------------------------------------
@require_safe
def review_list(request: OfficerRequest) -> HttpResponse:
    """Who has sent, who has not, and where each report stays."""
    today = timezone.localdate()
    queue = QueueFilter(request.GET, user=request.user, today=today)
    if queue.owed is None:
        return render(request, "reports/review_list.html", {"filter": queue})
    page = Paginator(queue.ordered, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    found = queue.found()
    context = {
        "filter": queue,
        "paper": queue.paper,
        "due_on": queue.owed.due_on,
        "figures": queue.ground(),
        "states": [(state, n) for state, n in found.states.items() if n],
        "all_states": found.must,
        "state": queue.asked("state"),
        "sort": queue.asked("sort"),
        "page": page,
        "rows": rows_of(list(page), queue.owed),
        "can_assign": perms.can_assign_review(request.user),
        "reviewers": [(post.pk, named(post)) for post in queue.reviewers],
        "today": today,
    }
    return render(request, "reports/review_list.html", context)


# --- One submission ----------------------------------------------------------------------------
@require_safe
def review_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """What was sent, what changed, what was said of it; and for reviewers, what to decide."""
    submission = _get_submission(request, pk)
    return _page(request, submission)


@require_POST
def review_take(request: OfficerRequest, pk: int) -> HttpResponse:
    """Make oneself answerable for it."""
    report = _get_submission(request, pk).report
    return _step(
        request, pk, lambda: take_review(report=report, by=request.user), _("পর্যালোচনাটি এখন আপনার।")
    )


@require_POST
def review_assign(request: OfficerRequest, pk: int) -> HttpResponse:
    """Make a reviewer answerable for it, or nobody."""
    submission = _get_submission(request, pk)
    posts = {str(post.pk): post for post in reviewer_posts(timezone.localdate())}
    asked = request.POST.get("post", "")
    if asked and asked not in posts:
        messages.error(request, _("তালিকা থেকে একজন পর্যালোচক বেছে নিন।"))
        return redirect("reports:review_detail", pk)
    return _step(
        request,
        pk,
        lambda: assign_reviews(reports=[submission.report], post=posts.get(asked), by=request.user),
        _("পর্যালোচক বদলেছে।"),
    )


@require_POST
def review_marks(request: OfficerRequest, pk: int) -> HttpResponse:
    """Keep the checklist as it is filled in: by itself after each field, or by its button."""
    submission = _get_submission(request, pk)
    if not perms.can_review_report(request.user, submission.report):
        raise PermissionDenied
    review = _review_of(submission)
    form = MarksForm(request.POST, criteria=criteria_of(submission.report))
    if not form.is_valid():
        if request.htmx:
            return _marks_line(request, submission, review, wrong=form)
        return _page(request, submission, marks=form, status=422)
    try:
        review = save_marks(
            submission=submission,
            version=form.cleaned_data["version"],
            words=form.words,
            by=request.user,
        )
    except StaleReview as stale:
        if request.htmx:
            return _marks_line(request, submission, stale.current, is_stale=True)
        return _marks_conflict(request, submission, stale.current, mine=form.words)
    except WrongState as why:
        if request.htmx:
            return _marks_line(request, submission, review, refused=str(why))
        messages.error(request, str(why))
        return redirect("reports:review_detail", pk)
    if request.htmx:
        return _marks_line(request, submission, review, is_saved=True)
    messages.success(request, _("নম্বর সংরক্ষিত হয়েছে।"), extra_tags=f"marks-{pk}")
    return redirect("reports:review_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review_return(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send it back to the office, with what to mend and until when."""
    submission = _get_submission(request, pk)
    report = submission.report
    if not perms.can_review_report(request.user, report):
        raise PermissionDenied
    if report.status not in RETURN.sources:
        return _told_where_it_stands(request, submission)
    form = ReturnForm(sent(request), initial={"resubmit_by": _usual_day(timezone.localdate())})
    if not form.is_valid():
        context = {"form": form, "submission": submission, "report": report}
        context["comments"] = comments_on(submission, request.user)
        status = 422 if form.errors else 200
        return render(request, "reports/review_return.html", context, status=status)
    return _step(
        request,
        pk,
        lambda: return_report(
            report=report, submission=submission, by=request.user, **form.cleaned_data
        ),
        _("প্রতিবেদন ফেরত গেছে; দপ্তর প্রধান ও ইনোভেশন অফিসারকে জানানো হচ্ছে।"),
        draft=f"return-{pk}",
    )


@require_POST
def review_accept(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take it."""
    submission = _get_submission(request, pk)
    return _step(
        request,
        pk,
        lambda: accept_report(report=submission.report, submission=submission, by=request.user),
        _("প্রতিবেদন গৃহীত হয়েছে; দপ্তরকে জানানো হচ্ছে।"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review_reopen(request: OfficerRequest, pk: int) -> HttpResponse:
    """A report that was taken goes back after all."""
    submission = _get_submission(request, pk)
    report = submission.report
    if not perms.can_review_report(request.user, report):
        raise PermissionDenied
    if report.status not in REOPEN.sources:
        return _told_where_it_stands(request, submission)
    form = ReturnForm(sent(request), initial={"resubmit_by": _usual_day(timezone.localdate())})
    if not form.is_valid():
        context = {"form": form, "submission": submission, "report": report}
        status = 422 if form.errors else 200
        return render(request, "reports/review_reopen.html", context, status=status)
    return _step(
        request,
        pk,
        lambda: reopen_report(report=report, by=request.user, **form.cleaned_data),
        _("প্রতিবেদন সংশোধনের জন্য আবার খোলা হয়েছে; দপ্তরকে জানানো হচ্ছে।"),
        draft=f"reopen-{pk}",
    )


# --- How these views answer --------------------------------------------------------------------
def _get_submission(request: OfficerRequest, pk: int) -> Submission:
    submissions = Submission.objects.visible_to(request.user).select_related(
        "report__office__parent", "report__reviewer__office", "created_by", "by_post"
    )
    return get_object_or_404(submissions, pk=pk)


def _review_of(submission: Submission) -> Review | None:
    reviews = Review.objects.filter(submission=submission).select_related("decided_by")
    return reviews.prefetch_related("marks__criterion").first()


def _page(
    request: OfficerRequest,
    submission: Submission,
    *,
    marks: MarksForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a submission; `marks` is a checklist that was sent with a fault."""
    user, report = request.user, submission.report
    newest = newest_of(report)
    changes = changes_since_last(submission)
    earlier = last_years(submission)
    view = chosen_view(
        request.GET.get("view", ""), changes=changes is not None, beside=earlier is not None
    )
    is_open = submission == newest and report.status == ReportStatus.SUBMITTED
    may_review = perms.can_review_report(user, report)
    context = {
        "submission": submission,
        "newest": newest,
        "report": report,
        "content": submission.content,
        "pictures": picture_addresses(submission),
        "submissions": report.submissions.defer("content").order_by("number"),
        "view": view,
        "changes": changes,
        "earlier": earlier,
        "pairs": side_by_side(submission.content, earlier.content)
        if earlier and view == View.BESIDE
        else [],
        "comments": (comments := comments_on(submission, user)),
        "elsewhere": comments.outside({change.key for change in changes or ()}),
        "standing": _standing(report),
        "can_comment": is_open and perms.can_comment_report(user, report),
        "can_review": may_review,
        "can_decide": may_review and is_open,
        "can_reopen": may_review and submission == newest and report.status in REOPEN.sources,
        **_review_context(submission, marks, may_review=may_review, is_open=is_open),
        "reviewers": reviewer_posts(timezone.localdate()) if may_review else [],
    }
    return render(request, "reports/review_detail.html", context, status=status)


def _standing(report: Report) -> Standing:
    """With whom the report is now."""
    owed = Owed.load(Paper(ReportKind(report.kind), report.period), timezone.localdate())
    return rows_of([report.office], owed)[0].standing


def _review_context(
    submission: Submission, form: MarksForm | None, *, may_review: bool, is_open: bool
) -> dict[str, Any]:
    """The checklist: to be filled in, or as it was decided; nothing for whoever may not see it."""
    review = _review_of(submission)
    if may_review and is_open:
        criteria = criteria_of(submission.report)
        words = MarkWords.of(review)
        version = review.version if review else 0
        form = form or MarksForm(criteria=criteria, words=words, version=version)
        return {"review": review, "marks": form, "score": score_of(criteria, words.points)}
    if review and review.decided_at:
        rows = [(mark, plain(mark.points)) for mark in review.marks.all()]
        return {"review": review, "decided": True, "mark_rows": rows}
    return {"review": None}


def _marks_line(
    request: OfficerRequest,
    submission: Submission,
    review: Review | None,
    *,
    is_saved: bool = False,
    is_stale: bool = False,
    refused: str = "",
    wrong: MarksForm | None = None,
) -> HttpResponse:
    """The line under the checklist that says what became of what was just typed."""
    criteria = criteria_of(submission.report)
    errors = [str(text) for texts in (wrong.errors if wrong else {}).values() for text in texts]
    # An old copy stays old: its version goes along until both texts were seen.
    version = request.POST.get("version", "0") if is_stale else review.version if review else 0
    context = {
        "version": version,
        "score": score_of(criteria, MarkWords.of(review).points),
        "said": _("%(time)s-এ সংরক্ষিত") % {"time": clock(timezone.now())} if is_saved else "",
        "errors": [refused] if refused else errors,
        "is_stale": is_stale,
        "draft": f"marks-{submission.pk}" if is_saved else "",
    }
    return render(request, "reports/_review_marks_line.html", context)


def _marks_conflict(
    request: OfficerRequest, submission: Submission, current: Review, *, mine: MarkWords
) -> HttpResponse:
    """Both checklists; one's own stays in the boxes, ready to be kept or reworked."""
    criteria = criteria_of(submission.report)
    theirs = MarkWords.of(current)
    context = {
        "submission": submission,
        "report": submission.report,
        "form": MarksForm(criteria=criteria, words=mine, version=current.version),
        "theirs": [
            (
                one.name,
                plain(theirs.points[one.pk]) if one.pk in theirs.points else "",
                theirs.notes.get(one.pk, ""),
            )
            for one in criteria
            if (theirs.points.get(one.pk), theirs.notes.get(one.pk))
            != (mine.points.get(one.pk), mine.notes.get(one.pk))
        ],
        "summary": theirs.summary if theirs.summary != mine.summary else "",
    }
    return render(request, "reports/review_marks_conflict.html", context, status=409)


def _step(
    request: OfficerRequest,
    pk: int,
    step: Callable[[], object],
    done: str,
    *,
    draft: str = "",
) -> HttpResponse:
    """Take a step and say so, or say why it could not be taken."""
    try:
        step()
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done, extra_tags=draft)
    return redirect("reports:review_detail", pk)


def _told_where_it_stands(request: OfficerRequest, submission: Submission) -> HttpResponse:
    said = _("প্রতিবেদনটি এখন “%(status)s”, তাই কাজটি আর করা যায় না।")
    messages.info(request, said % {"status": submission.report.get_status_display()})
    return redirect("reports:review_detail", submission.pk)


def _usual_day(today: date) -> date:
    """By when a returned report is usually owed."""
    days = Rules().days_after(DueKind.RESUBMISSION, today) or DAYS_TO_MEND
    return today + timedelta(days=days)
