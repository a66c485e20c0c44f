"""A list of staff brought in: the file or paste, then every cell to be looked over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...fields import BengaliCharField
from ...importers import HEADINGS, MOST_ROWS
from ...importers.reading import LONGEST_CELL
from ..base import BaseForm

LONGEST_PASTE = 500_000


class StaffUploadForm(BaseForm):
    """An Excel file, or rows copied out of one."""

    file = forms.FileField(
        label=_("Excel ফাইল (.xlsx)"),
        required=False,
        help_text=_("নমুনা ফাইলটি নামিয়ে পূরণ করুন, অথবা আপনার নিজের তালিকা দিন।"),
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "drop"}),
    )
    pasted = forms.CharField(
        label=_("অথবা সারিগুলো আটকান"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Excel বা Word-এ শিরোনামসহ সারিগুলো বেছে কপি করুন, তারপর এখানে আটকান (Ctrl+V)।"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not (data.get("pasted") or "").strip() and not self.errors:
            raise forms.ValidationError(_("একটি ফাইল বেছে নিন, অথবা সারিগুলো আটকান।"))
        return data


class StaffRowForm(BaseForm):
    """One row being looked over; what it says is understood by teams.importers, not here."""

    take = forms.BooleanField(
        label=_("নিন"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell, label in HEADINGS.items():
            self.fields[cell] = BengaliCharField(
                label=label,
                required=False,
                one_line=True,
                max_length=LONGEST_CELL,
                widget=forms.Textarea(attrs={"rows": 1, "aria-label": label}),
            )


StaffRowFormSet = forms.formset_factory(
    StaffRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
