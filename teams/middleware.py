"""Log-in by default, without losing what was typed when the session ended meanwhile."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from .buckets import Buckets
from .entry.second_factor import NEXT_KEY, is_wanting
from .entry.sessions import note_seen
from .history.whence import answering
from .kept_words import forget_sent_words, keep_words, remember_person
from .requests import client_address


class ResourcePolicyMiddleware:
    """Tell browsers that other sites get nothing of ours to embed, except what is for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_open = "public" in response.headers.get("Cache-Control", "")
        policy = "cross-origin" if is_open else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        return response


class ChosenLanguageMiddleware:
    """Bengali unless the person chose otherwise with the switch.

    Django's own middleware would follow the browser, and most office PCs have an English one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        request.LANGUAGE_CODE = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class WaitForDatabaseMiddleware:
    """Let a request wait some seconds for a database that is being restarted.

    Otherwise each office that presses a button in those seconds would get an error page. What
    was already under way when the connection broke gets a 503 (`teams.views.faults.server_error`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        until = time.monotonic() + settings.DATABASE_PATIENCE_SECONDS
        while not _is_connected() and time.monotonic() < until:
            time.sleep(0.2)
        return self.get_response(request)


def _is_connected() -> bool:
    """Whether the database answers; a broken connection is given up, so the next try is new."""
    try:
        connection.ensure_connection()
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True


class WhenceMiddleware:
    """Let the record know from which address something was done (`teams.history.whence`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with answering(request):
            return self.get_response(request)


class LoadLimitMiddleware:
    """No browser may take the pages of all others: past PAGES_AT_ONCE requests in a row it gets
    PAGES_PER_SECOND, and beyond that the word to wait a moment.

    Only reading is held back. A form that was sent is always taken, or words would be lost. Each
    process counts for itself, without asking anything outside it: a limit that needs the cache
    would fail with it on the very day it is for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._buckets = Buckets(settings.PAGES_PER_SECOND, settings.PAGES_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"} and not self._buckets.take(_browser_of(request)):
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = "2"
            return response
        return self.get_response(request)


def _browser_of(request: HttpRequest) -> str:
    """Whom a request counts for: the session, so that an upazila behind one address is many."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return session or client_address(request)


class KeepWordsLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Ask for a log-in; a form sent with an expired session is kept and offered back after it.

    Scripts (the plan grid, the minutes, job progress) get 401 with a sentence instead of a
    log-in page in the middle of their table; they keep the words in the browser.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Of a page for everybody, unlike Django's own, not even look who asks."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override] # its stub knows one redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if _is_from_script(request):
            return JsonResponse(
                {"message": _("সেশনের মেয়াদ শেষ। আবার লগ-ইন করুন; আপনার লেখা রাখা আছে।")},
                status=401,
            )
        if request.method == "POST":
            # Not back to the address itself: most that take a form have no page to show.
            kept = keep_words(request)
            return redirect_to_login(reverse("teams:kept_words" if kept else "duties:home"))
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "public" in response.headers.get("Cache-Control", ""):
            return response  # for everybody to keep: it carries nobody's cookie
        if hasattr(request, "user") and request.user.is_authenticated:
            remember_person(request, response)
            if not getattr(request, "is_held_up", False):
                forget_sent_words(request, response)
            note_seen(request, response)
            # An office shares computers: a page must be asked for again after the log-out.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class SecondFactorMiddleware(MiddlewareMixin):
    """Whoever holds a guarded post sets up a second factor before anything else.

    Asked on every page, by the posts held today: a post given tomorrow asks tomorrow. What was
    typed into a form is kept and offered afterwards, as when a session has ended.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponse | None:
        if _is_open_to_all(request, view_func) or not is_wanting(request):
            return None
        if _is_from_script(request):
            message = _("আপনার পদে দুই ধাপের লগ-ইন লাগে। আগে সেটি ঠিক করুন; আপনার লেখা রাখা আছে।")
            return JsonResponse({"message": message}, status=403)
        if request.method == "POST":
            request.is_held_up = keep_words(request)  # type: ignore[attr-defined] # ours
        elif request.method == "GET":
            request.session[NEXT_KEY] = request.get_full_path()
        return redirect("mfa_index")


def _is_open_to_all(request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> bool:
    """Pages without log-in, the account's own pages (setting it up, leaving) and the language."""
    if not getattr(view_func, "login_required", True) or not request.user.is_authenticated:
        return True
    return bool(request.resolver_match and request.resolver_match.route.startswith("account/"))


def _is_from_script(request: HttpRequest) -> bool:
    """Scripts want a sentence, not a page in the middle of their table."""
    return "HX-Request" in request.headers or "X-Requested-With" in request.headers
