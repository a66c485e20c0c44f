"""The forms of coming in: logging in, and asking for a new password."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..entry.throttling import TooSoon, count_try
from ..models import canonical_login


class LoginForm(AllauthLoginForm):
    """Log-in by e-mail address or mobile number."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("ই-মেইল বা মোবাইল নম্বর")
        login.widget.attrs.update(
            {"placeholder": "", "autocomplete": "username", "inputmode": "email", "autofocus": True}
        )
        password = self.fields["password"]
        password.label = _("পাসওয়ার্ড")
        password.help_text = ""
        password.widget.attrs["placeholder"] = ""

    def clean_login(self) -> str:
        """One spelling, so that the limit on failed tries counts all spellings together."""
        return canonical_login(super().clean_login())


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asking for the letter with a new password's link; each asking counts, whoever it is for."""

    def clean_email(self) -> str:
        try:
            count_try(context.request, "reset", canonical_login(self.cleaned_data["email"]))
        except TooSoon as wait:
            raise ValidationError(str(wait), code="too_soon") from wait
        return str(super().clean_email())
