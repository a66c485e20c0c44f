"""The form of logging in."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext_lazy as _

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
