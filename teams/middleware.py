"""Log-in by default, without losing what was typed when the session ended meanwhile."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .kept_words import forget_sent_words, keep_words, remember_person


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


class KeepWordsLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Ask for a log-in; a form sent with an expired session is kept and offered back after it.

    Scripts (the plan grid, the minutes, job progress) get 401 with a sentence instead of a
    log-in page in the middle of their table; they keep the words in the browser.
    """

    def handle_no_permission(  # type: ignore[override] # its stub knows one redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        from_script = "HX-Request" in request.headers or "X-Requested-With" in request.headers
        if from_script:
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
        if hasattr(request, "user") and request.user.is_authenticated:
            remember_person(request, response)
            forget_sent_words(request, response)
            # An office shares computers: a page must be asked for again after the log-out.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
