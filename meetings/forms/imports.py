"""Taking old minutes in: a paste or a file, and whether their decisions still matter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from teams.forms import BaseForm, OwnOfficeForm


class MinutesImportForm(OwnOfficeForm):
    """Minutes pasted from Word, or a file."""

    refused = _("এই দপ্তরের কার্যবিবরণী আপনি আনতে পারেন না।")

    pasted = forms.CharField(
        label=_("কার্যবিবরণীর লেখা আটকান"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "Word-এ পুরো কার্যবিবরণী বেছে নিয়ে (Ctrl+A) কপি করুন, তারপর এখানে আটকান (Ctrl+V)। "
            "একবারে একটি সভার।"
        ),
    )
    # The clipboard's own table (with merged cells), put here by import.js.
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("অথবা ফাইল দিন"),
        required=False,
        help_text=_(".docx, .html, .txt, .tsv বা .xlsx; সর্বোচ্চ ১০ মেগাবাইট।"),
        widget=forms.FileInput(attrs={"accept": ".docx,.html,.htm,.txt,.tsv,.xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not (data.get("pasted") or "").strip() and not self.errors:
            raise ValidationError(_("কার্যবিবরণীর লেখা আটকান অথবা একটি ফাইল বেছে নিন।"))
        return data


class TakeInForm(BaseForm):
    """The last question before a meeting is made of the minutes."""

    follow = forms.BooleanField(
        label=_("সিদ্ধান্তগুলোর বাস্তবায়ন অনুসরণ করুন"),
        required=False,
        help_text=_(
            "টিক দিলে কার্যবিবরণী চূড়ান্ত হওয়ার পর সিদ্ধান্তগুলো বাস্তবায়নকারীদের করণীয়তে উঠবে। "
            "টিক না দিলে সমাপ্ত হিসেবে থাকবে; কাউকে তাগিদ দেওয়া হবে না।"
        ),
    )
