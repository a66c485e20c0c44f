"""Comments on what was sent, and the team's answers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    StaleComment,
    add_comment,
    answer_comment,
    delete_comment,
    send_comments,
    settle_comment,
    update_comment,
)
from ..forms.review import AnswerForm, CommentForm, CommentUpdateForm
from ..models import Comment, Submission
from ..review.page import View
from ..review.places import Place, quote_of


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Draft a comment on the place in the address; a piece of the page for whoever has htmx."""
    submissions = Submission.objects.visible_to(request.user).select_related("report__office")
    submission = get_object_or_404(submissions, pk=pk)
    place = Place(*(request.GET.get(name, "") for name in ("section", "row", "figure")))
    quote = quote_of(submission.content, place)
    if quote is None:
        raise Http404
    if not perms.is_reviewer(request.user) and not perms.is_superior(
        request.user, submission.report
    ):
        raise PermissionDenied
    form, view = CommentForm(sent(request)), _view(request)
    back = _place_on_page(pk, place, view)
    draft = f"comment-{pk}-{place.anchor}"
    if not form.is_valid():
        context = {
            "form": form,
            "submission": submission,
            "report": submission.report,
            "quote": quote,
            "back": back,
            "draft": draft,
            "action": request.get_full_path(),
        }
        if request.htmx and not form.errors:
            return render(request, "reports/_comment_form.html", context)
        status = 422 if form.errors else 200
        return render(request, "reports/comment_form.html", context, status=status)
    try:
        add_comment(submission=submission, place=place, by=request.user, **form.cleaned_data)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        said = _("মন্তব্যটি খসড়া হিসেবে রাখা হয়েছে; না পাঠানো পর্যন্ত দপ্তর দেখবে না।")
        messages.success(request, said, extra_tags=draft)
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change one's own draft."""
    comment = _get_comment(request, pk)
    if comment.created_by_id != request.user.pk:
        raise PermissionDenied
    if comment.sent_at:
        messages.info(request, _("মন্তব্যটি পাঠানো হয়ে গেছে, তাই আর বদলানো যায় না।"))
        return redirect(_on_page(comment, request))
    first = {"version": comment.version, "text": comment.text}
    form = CommentUpdateForm(sent(request), initial=first)
    if not form.is_valid():
        return _comment_page(request, comment, form)
    try:
        update_comment(comment=comment, by=request.user, **form.cleaned_data)
    except StaleComment as stale:
        return _conflict(request, stale.current, stale.current.text, form, "text")
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"comment-{pk}")
    return redirect(_on_page(comment, request))


@require_POST
def comment_delete(request: OfficerRequest, pk: int) -> HttpResponse:
    comment = _get_comment(request, pk)
    back = _on_page(comment, request)
    try:
        delete_comment(comment=comment, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("খসড়া মন্তব্যটি মুছে ফেলা হয়েছে।"))
    return redirect(back)


@require_POST
def comment_send(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send all that one has drafted on this submission."""
    submission = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    try:
        send_comments(submission=submission, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("মন্তব্য পাঠানো হয়েছে; দপ্তরকে জানানো হচ্ছে।"))
    return redirect("reports:review_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_answer(request: OfficerRequest, pk: int) -> HttpResponse:
    """The team says what it did about a comment."""
    comment = _get_comment(request, pk)
    if not request.user.scope.is_in_team(comment.report.office_id):
        raise PermissionDenied
    if not perms.can_answer_comment(request.user, comment):
        said = _("প্রতিবেদনটি এখন “%(status)s”; জবাব লেখা যায় সংশোধনের জন্য ফেরত এলে।")
        messages.info(request, said % {"status": comment.report.get_status_display()})
        return redirect(_on_page(comment, request))
    first = {"version": comment.version, "answer": comment.answer}
    form = AnswerForm(sent(request), initial=first)
    if not form.is_valid():
        return _comment_page(request, comment, form)
    try:
        answer_comment(comment=comment, by=request.user, **form.cleaned_data)
    except StaleComment as stale:
        return _conflict(request, stale.current, stale.current.answer, form, "answer")
    messages.success(request, _("জবাব রাখা হয়েছে; পর্যালোচক দেখবেন।"), extra_tags=f"answer-{pk}")
    return redirect(_after_answer(comment))


@require_POST
def comment_settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that a comment was met; with `open` that it was not after all."""
    comment = _get_comment(request, pk)
    is_settled = "open" not in request.POST
    settle_comment(comment=comment, is_settled=is_settled, by=request.user)
    said = _("মন্তব্যটি মিটেছে বলে রাখা হয়েছে।") if is_settled else _("মন্তব্যটি আবার খোলা হয়েছে।")
    messages.success(request, said)
    return redirect(_on_page(comment, request))


# --- How these views answer --------------------------------------------------------------------
def _get_comment(request: OfficerRequest, pk: int) -> Comment:
    comments = Comment.objects.visible_to(request.user).select_related(
        "report__office", "by_post__office", "created_by"
    )
    return get_object_or_404(comments, pk=pk)


def _comment_page(
    request: OfficerRequest, comment: Comment, form: CommentUpdateForm | AnswerForm
) -> HttpResponse:
    is_answer = isinstance(form, AnswerForm)
    context = {
        "form": form,
        "comment": comment,
        "report": comment.report,
        "quote": comment.quote,
        "is_answer": is_answer,
        "draft": f"{'answer' if is_answer else 'comment'}-{comment.pk}",
        "action": request.get_full_path(),
        "back": _after_answer(comment) if is_answer else _on_page(comment, request),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/comment_form.html", context, status=status)


def _conflict(
    request: OfficerRequest,
    comment: Comment,
    theirs: str,
    form: CommentUpdateForm | AnswerForm,
    field: str,
) -> HttpResponse:
    """Both texts; one's own stays in the box, ready to be saved over or reworked."""
    mine = {"version": comment.version, field: form.cleaned_data[field]}
    context: dict[str, Any] = {
        "form": type(form)(initial=mine),
        "comment": comment,
        "report": comment.report,
        "theirs": theirs,
        "action": request.get_full_path(),
        "back": _on_page(comment, request),
    }
    return render(request, "reports/comment_conflict.html", context, status=409)


def _view(request: OfficerRequest) -> str:
    """The way of looking at the page one came from."""
    asked = request.POST.get("view") or request.GET.get("view", "")
    return asked if asked in set(View) else View.WHOLE


def _place_on_page(submission_pk: int, place: Place, view: str) -> str:
    address = reverse("reports:review_detail", args=[submission_pk])
    return f"{address}?{urlencode({'view': view})}#{place.anchor}"


def _on_page(comment: Comment, request: OfficerRequest) -> str:
    """The comment on the page of the submission it was made on."""
    return _place_on_page(comment.submission_id, Place.of(comment), _view(request))


def _after_answer(comment: Comment) -> str:
    """Where the team goes on: the part it mends, or the page of the whole report."""
    if comment.section:
        return reverse("reports:section", args=[comment.report_id, comment.section])
    return comment.report.get_absolute_url()
