"""Pages that anybody may keep: drawn without knowing who asks, and the same for everybody.

An open page is rendered without its request. No template can then show who is logged in, a
message meant for somebody, or a form's secret; neither session nor user is read, and no cookie is
set. Hence any cache on the way may keep it. What differs is the language alone, which a cookie
chooses.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe

# Short, so that what is withdrawn is gone within minutes everywhere.
FRESH_SECONDS = 300
REDIRECTS = frozenset({HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY})

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def laid_open(view: View[Given]) -> View[Given]:
    """A view for everybody: no log-in, GET and HEAD only, kept by caches for a few minutes.

    Its ETag is of the very bytes, so that a cache asking again never keeps a page that a new
    release of the application, or a rule we did not think of, has changed.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code not in REDIRECTS:
            response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
            patch_vary_headers(response, ["Cookie"])
        return response

    return login_not_required(require_safe(conditional_page(answer)))


def open_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page for everybody. Of the request only its address is known to the template."""
    html = render_to_string(
        template, {**context, "here": request.get_full_path(), "query": request.GET}
    )
    return HttpResponse(html, status=status)
