"""The government's single sign-on (OpenID Connect): who of our people somebody is there."""

import logging
from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from ..models import User, canonical_mobile
from .second_factor import STRONG_KEY

logger = logging.getLogger(__name__)

PROVIDER = "sso"
# Claims of which the standard says how a server tells that it has verified them.
VERIFIED_BY = {"email": "email_verified", "phone_number": "phone_number_verified"}


class Refused(Exception):
    """Whoever comes from the single sign-on is not let in; the message is for the operator."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Nobody signs up by it, and nobody is told who else is known here."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The one from the settings; none in the database, which pages need not ask."""
        found = [SocialApp(provider="openid_connect", **app) for app in _configured()]
        return [app for app in found if provider in (None, app.provider, app.provider_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        logger.warning("single sign-on: %s %s", why.get("error"), why.get("exception") or "")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person whom the server means, or show the page that says no."""
        try:
            claims = checked_claims(sociallogin)
            person = known_person(sociallogin, claims)
        except Refused as why:
            logger.warning("single sign-on refused: %s", why)
            response = render(request, "socialaccount/refused.html", status=403)
            raise ImmediateHttpResponse(response) from why
        sociallogin.user = person
        # Nothing of what the server tells about a person is kept but its number for them.
        SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})
        if is_strong(sociallogin.account.extra_data["id_token"]):
            request.session[STRONG_KEY] = person.pk


def checked_claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the server says of the person, once it is sure that it answers *our* question.

    allauth has checked state, PKCE, issuer, audience and age. Raises Refused when the nonce is
    not the one we sent, or token and user info speak of different people.
    """
    said = sociallogin.account.extra_data
    token, info = said.get("id_token"), said.get("userinfo") or {}
    if not isinstance(token, dict) or not isinstance(info, dict):
        raise Refused("no id_token")
    nonce = sociallogin.state.get("nonce") or ""
    if not nonce or not constant_time_compare(str(token.get("nonce")), nonce):
        raise Refused("the nonce is not ours")
    if info.get("sub", token.get("sub")) != token.get("sub"):
        raise Refused("user info of somebody else")
    return {**token, **info}


def known_person(sociallogin: SocialLogin, claims: Mapping[str, Any]) -> User:
    """The person tied to this account of the server, tied now if this is the first time.

    From then on the server's own number for the person counts: a postal address of an office
    passes from one officer to the next, and with it the way into the account would. Raises
    Refused.
    """
    if sociallogin.account.pk:
        tied: User = sociallogin.account.user
        return tied
    person = _claimed_person(claims)
    if person is None:
        raise Refused("nobody of ours, or not verified")
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=person.pk)
            if SocialAccount.objects.filter(user=person, provider=PROVIDER).exists():
                raise Refused("tied to another account of the server")
            sociallogin.account.user = person
            sociallogin.account.save()
    except IntegrityError as why:
        raise Refused("two log-ins at once") from why
    return person


def _claimed_person(claims: Mapping[str, Any]) -> User | None:
    claim = settings.OIDC_MATCH_CLAIM
    value, verified_by = claims.get(claim), VERIFIED_BY.get(claim)
    if not isinstance(value, str) or (verified_by and claims.get(verified_by) is not True):
        return None
    if claim == "email":
        return User.objects.filter(email__iexact=value.strip()).exclude(email="").first()
    mobile = canonical_mobile(value)
    return User.objects.filter(mobile=mobile).first() if mobile else None


def is_strong(token: Mapping[str, Any]) -> bool:
    """Whether the server says that this log-in had a second factor."""
    methods = token.get("amr")
    return token.get("acr") in settings.OIDC_STRONG_ACR or (
        isinstance(methods, list) and bool({*settings.OIDC_STRONG_AMR} & {*map(str, methods)})
    )


def name() -> str:
    """What people call it, for its button; "" where there is none."""
    apps = _configured()
    return str(apps[0]["name"]) if apps else ""


def _configured() -> list[dict[str, Any]]:
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    apps: list[dict[str, Any]] = providers["openid_connect"]["APPS"]
    return apps
