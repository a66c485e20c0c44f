"""Following an idea by its code, without log-in and without a session.

The code is the key, so these answers are kept by no cache and found by no search engine, and the
address is told to no other site (Referrer-Policy same-origin; "no-referrer" would make browsers
hide where our own forms come from, and the CSRF check would refuse them).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from teams.models import User
from teams.requests import sent
from teams.transitions import WrongState

from ..actions import appeal_idea
from ..codes import read_code
from ..following import Followed, follow
from ..forms.tracking import NO_SUCH_CODE, AppealForm, CodeForm
from ..guard import Crowded, Visitor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private(view: View[P]) -> View[P]:
    """Keep what a secret address opens out of caches, search engines and other sites' logs."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def idea_track(request: HttpRequest) -> HttpResponse:
    """Type the code; a code that leads somewhere opens the page of what became of the idea."""
    form = CodeForm(sent(request))
    if not form.is_valid():
        return _ask(request, form, status=422 if form.errors else 200)
    code = form.cleaned_data["code"]
    try:
        followed = _followed(request, code)
    except Crowded as crowd:
        return _too_many(request, crowd)
    if followed is None:
        form.add_error("code", NO_SUCH_CODE)
        return _ask(request, form, status=422)
    return redirect("public:follow", code)


@login_not_required
@require_safe
@private
def idea_follow(request: HttpRequest, code: str) -> HttpResponse:
    """What became of the idea behind a code."""
    try:
        followed = _followed(request, code)
    except Crowded as crowd:
        return _too_many(request, crowd)
    if followed is None:
        return _no_such_code(request, code)
    return render(request, "public/follow.html", {"followed": followed})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def idea_appeal(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a second look at a declined idea, once."""
    try:
        followed = _followed(request, code)
    except Crowded as crowd:
        return _too_many(request, crowd)
    if followed is None:
        return _no_such_code(request, code)
    if not followed.can_appeal:
        return redirect("public:follow", followed.code)
    form = AppealForm(sent(request))
    if form.is_valid():
        try:
            appeal_idea(
                idea=followed.idea, text=form.cleaned_data["text"], by=_submitter(request, followed)
            )
        except WrongState:
            pass  # sent twice: the page says that it has arrived
        return redirect("public:follow", followed.code)
    context = {"form": form, "followed": followed}
    return render(request, "public/track_appeal.html", context, status=422 if form.errors else 200)


# --- How these views answer ----------------------------------------------------------------
def _followed(request: HttpRequest, typed: str) -> Followed | None:
    """What a code leads to. Raises Crowded for whoever has guessed too often within the hour."""
    code = read_code(typed)
    if not code:
        return None
    visitor = Visitor(request)
    visitor.look_for_code()
    followed = follow(code)
    if followed is None:
        visitor.count_wrong_code()
    return followed


def _submitter(request: HttpRequest, followed: Followed) -> User | None:
    """The person logged in, if the idea is theirs; else whoever holds the code."""
    user = request.user
    is_theirs = isinstance(user, User) and user.pk == followed.idea.submitted_by_id
    return user if isinstance(user, User) and is_theirs else None


def _ask(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(request, "public/track.html", {"form": form}, status=status)


def _no_such_code(request: HttpRequest, typed: str) -> HttpResponse:
    """The form once more, with what is wrong with the code of the address."""
    form = CodeForm({"code": typed})
    if form.is_valid():
        form.add_error("code", NO_SUCH_CODE)
    return _ask(request, form, status=404)


def _too_many(request: HttpRequest, crowd: Crowded) -> HttpResponse:
    """So many guesses came from this connection that it has to wait."""
    return render(request, "public/track_wait.html", {"until": crowd.until}, status=429)
