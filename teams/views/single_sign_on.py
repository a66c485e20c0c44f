"""To the government's single sign-on and back."""

import logging
import secrets
from collections.abc import Callable
from functools import wraps

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
View = Callable[[HttpRequest, str], HttpResponse]
# What a server that is away, or answers something else than it should, makes of allauth.
NO_ANSWER = (
    requests.RequestException,
    *(OAuth2Error, ImproperlyConfigured),
    *(AttributeError, KeyError, TypeError, ValueError),
)


def _says_so(view: View) -> View:
    """Show a page instead of a fault when the server does not answer as the standard says."""

    @wraps(view)
    def told(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            provider = get_adapter().get_provider(request, provider_id)
        except SocialApp.DoesNotExist as why:
            raise Http404 from why  # not set up here
        try:
            return view(request, provider_id)
        except NO_ANSWER as why:
            logger.warning("single sign-on does not answer: %s", why)
            return render_authentication_error(request, provider, exception=why)

    return told


@login_not_required
@never_cache
@require_safe
@_says_so
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the server. Only the page to come back to may be said in the address."""
    nonce = secrets.token_urlsafe(24)
    provider = get_adapter().get_provider(request, provider_id)
    return provider.redirect(
        request,
        process="login",
        next_url=get_next_redirect_url(request),
        auth_params={**provider.get_auth_params(), "nonce": nonce},
        nonce=nonce,
    )


@login_not_required
@never_cache
@require_safe
@_says_so
def single_sign_on_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The browser comes back with the server's answer."""
    return openid_connect.callback(request, provider_id)
