"""The second proof of who somebody is: who must have one, and codes that count once."""

import base64
import secrets
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..enums import GUARDED_ROLES
from ..models import User
from .browsers import browser_in_words

# What proves something by itself; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where a guarded person wanted to go before the second factor was asked for.
NEXT_KEY = "after_second_factor"
# Whose log-in the single sign-on vouched for with a second factor of its own.
STRONG_KEY = "strong_single_sign_on"
# Kept apart from everything else that is made of SECRET_KEY; a new meaning takes a new name.
PURPOSE = b"udbhabon.teams.second-factor.1"


# --- Who must have one -----------------------------------------------------------------------
def is_required_of(user: User) -> bool:
    """Whether a post held today asks for a second factor."""
    return settings.SECOND_FACTOR == "required" and user.scope.has_role(*GUARDED_ROLES)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_wanting(request: HttpRequest) -> bool:
    """Whether this person must set one up before anything else (one query, for the guarded)."""
    user = request.user
    return (
        user.is_authenticated
        and is_required_of(user)
        and not has_second_factor(user)
        and not came_strongly(request, user)
    )


def came_strongly(request: HttpRequest, user: User) -> bool:
    """Whether the single sign-on said of this very log-in that it had a second factor."""
    return request.session.get(STRONG_KEY) == user.pk


def just_came_in(request: HttpRequest) -> bool:
    """Whether this person logged in within the time for which a re-authentication counts."""
    records = get_authentication_records(request, request.user)
    return any(
        time.time() - record["at"] < account_settings.REAUTHENTICATION_TIMEOUT for record in records
    )


# --- A code counts once ------------------------------------------------------------------------
def claim_code(authenticator: Authenticator, code: str) -> bool:
    """Take a right code of the app for good; False if it, or a later one, was taken before.

    allauth notes used codes in the cache, where two processes can pass at once, and for shorter
    than a code is good. The row of the database decides instead.
    """
    secret = decrypt(authenticator.data["secret"])
    steps = [
        step
        for step in yield_hotp_counters_from_time()
        if secrets.compare_digest(format_hotp_value(hotp_value(secret, step)), code)
    ]
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = max(steps, default=0)
        if step <= row.data.get("last_step", 0):
            return False
        row.data["last_step"] = step
        row.save(update_fields=["data"])
    return True


class AskSecondFactor(AuthenticateStage):
    """allauth's question at log-in, left out when the single sign-on has asked its own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        asks: bool = super()._should_handle(request)
        return asks and not came_strongly(request, self.login.user)


# --- What allauth asks us ----------------------------------------------------------------------
class SecondFactorAdapter(DefaultMFAAdapter):
    """Sentences in Bengali, secrets sealed, and the last factor kept where a post asks for one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("কোডটি ঠিক নয়, বা আগেই ব্যবহার হয়েছে। অ্যাপের নতুন কোডটি দেখে আবার লিখুন।"),
        "incorrect_passkey": _("পাসকিটি যাচাই করা গেল না। আবার চেষ্টা করুন।"),
        "cannot_delete_authenticator": _(
            "আপনার পদে দুই ধাপের লগ-ইন লাগে, তাই শেষ উপায়টি বাদ দেওয়া যায় না। আগে অন্য একটি উপায় যোগ করুন।"
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return (
            not is_required_of(authenticator.user) or others.exclude(pk=authenticator.pk).exists()
        )

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed. Sealed with a key that is gone, it becomes something nobody can guess:
        then no code fits, and the office resets the second factor."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """A passkey is told from others by where it was made."""
        return browser_in_words(self.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {
            **super().get_public_key_credential_rp_entity(),
            "name": settings.MFA_TOTP_ISSUER,
        }

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
