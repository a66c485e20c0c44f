"""The request as views see it: somebody is logged in, and htmx says whether it asked."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class OfficerRequest(HttpRequest):
    """A type for annotations only: log-in is required by the middleware, so there is a user."""

    user: User
    htmx: HtmxDetails
