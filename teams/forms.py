"""Forms of accounts and the directory."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from .models import canonical_login


class BaseForm(forms.Form):
    """A form that leaves the <form> tag and the buttons to its template."""

    required_css_class = "required"

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # the template's own <form> carries the token
        helper.use_custom_control = False
        return helper


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
