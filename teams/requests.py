"""The request as views see it: who asks, whether htmx does, what was sent with a form."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from .models import User


class OfficerRequest(HttpRequest):
    """A type for annotations only: log-in is required by the middleware, so there is a user."""

    user: User
    htmx: HtmxDetails


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page_asked(request: HttpRequest) -> str:
    """The page of ours to go back to, as `next` names it; "" for anything else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    # Words that are no path would be looked up as the name of a view.
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else ""


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, behind our own proxies; "" when that cannot be told."""
    try:
        return get_adapter().get_client_ip(request) or ""
    except PermissionDenied:
        return ""
