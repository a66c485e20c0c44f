"""What the forms of all rooms share."""

from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Office


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


class OwnOfficeForm(BaseForm):
    """A form about one of the person's offices; a single one is no question.

    The value of `office` is its id; `refused` is said of an office that is not among `offices`.
    """

    refused = _("দপ্তরটি আপনার নয়। তালিকা থেকে নিজের দপ্তর বেছে নিন।")

    office = forms.TypedChoiceField(label=_("দপ্তর"), coerce=int)

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = cast(forms.TypedChoiceField, self.fields["office"])
        office.choices = [(own.pk, own.name) for own in offices]
        office.error_messages |= {"required": self.refused, "invalid_choice": self.refused}
        if len(offices) == 1:
            office.widget = forms.HiddenInput()
            office.initial = offices[0].pk
