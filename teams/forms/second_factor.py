"""The forms of the second factor: allauth's, with our words, and codes in either script."""

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii
from bangla.text import normalise

from ..entry.second_factor import claim_code
from ..entry.throttling import TooSoon, count_try
from ..models import User

LONGEST_CODE = 40  # with blanks and hyphens between its groups
# What reading a passkey's answer can stumble over when somebody has made it up.
MADE_UP = (
    *(AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError),
    *(AssertionError, RecursionError, struct.error),
)


def plain_code(text: str) -> str:
    """ "১২৩ ৪৫৬" and "123-456" are both 123456."""
    return "".join(sign for sign in to_ascii(text) if sign.isascii() and sign.isalnum())


class TypedCode(forms.Form):
    """A code that people read off and type; guessing is slowed for each person."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("কোড")
        code.widget.attrs.update(
            {"placeholder": "", "autocomplete": "one-time-code", "maxlength": LONGEST_CODE}
        )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = plain_code(self.cleaned_data["code"])
        try:
            attempt = count_try(context.request, "second_factor", str(self.user.pk))
        except TooSoon as wait:
            raise forms.ValidationError(str(wait), code="too_soon") from wait
        code = self.checked_code()
        attempt.succeeded()
        return code

    def checked_code(self) -> str:
        """The code, if it is right. Raises ValidationError."""
        code: str = super().clean_code()  # type: ignore[misc] # of allauth's form beside it
        return code


class ActivateAppForm(TypedCode, ActivateTOTPForm):
    """The first code of the app, which proves that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("অ্যাপে দেখানো ৬ অঙ্কের কোড")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class UsedOnce(TypedCode):
    """A code of the app or a recovery code, good for one time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("অ্যাপের কোড বা উদ্ধার কোড")
        self.fields["code"].widget.attrs |= {"autofocus": True}

    def checked_code(self) -> str:
        code = super().checked_code()
        used: Authenticator = self.authenticator  # type: ignore[attr-defined] # set by allauth
        if used.type == Authenticator.Type.TOTP and not claim_code(used, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(UsedOnce, AuthenticateForm):
    """At log-in."""


class CodeAgainForm(UsedOnce, ReauthenticateForm):
    """Before a final act."""


class CheckedPasskey(forms.Form):
    """A passkey's answer; made-up ones are refused like wrong ones."""

    def clean_credential(self) -> Any:
        inner = getattr(super(), "clean_credential", None)
        try:
            return inner() if inner else self.cleaned_data["credential"]
        except MADE_UP as why:
            raise get_adapter().validation_error("incorrect_passkey") from why
        except forms.ValidationError as why:
            if why.code != "incorrect_code":  # too many attempts, for one
                raise
            raise get_adapter().validation_error("incorrect_passkey") from why

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        except MADE_UP as why:
            raise get_adapter().validation_error("incorrect_passkey") from why
        return cleaned


class AddPasskeyForm(CheckedPasskey, AddWebAuthnForm):
    """A new passkey; what it can do is for the device to say."""

    name = forms.CharField(
        label=_("পাসকির নাম"),
        required=False,
        max_length=100,
        help_text=_("কোন যন্ত্রের, তা যেন নাম দেখেই বোঝা যায়।"),
    )
    passwordless = None

    def clean_name(self) -> str:
        self.cleaned_data["name"] = normalise(self.cleaned_data["name"])
        name: str = super().clean_name()
        return name


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("পাসকির নাম"), max_length=100)

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"])


class PasskeyForm(CheckedPasskey, AuthenticateWebAuthnForm):
    """At log-in, after the password."""


class PasskeyAgainForm(CheckedPasskey, ReauthenticateWebAuthnForm):
    """Before a final act."""


class PasskeyLoginForm(CheckedPasskey, LoginWebAuthnForm):
    """At log-in, instead of the password: the device has asked for a finger or a PIN."""
