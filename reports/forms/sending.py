"""What is typed when a report is sent, withdrawn or checked, and when a certificate is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm

from ..signing import BadCertificate, Credential, read_credential

LARGEST_CERTIFICATE = 100 * 1024  # bytes; one with a long chain has a tenth of it


class WithdrawReportForm(BaseForm):
    reason = BengaliCharField(
        label=_("প্রত্যাহারের কারণ"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        help_text=_("কাগজটি যিনিই যাচাই করবেন, তিনি তারিখসহ এই কারণ দেখবেন।"),
        error_messages={
            "required": _("প্রতিবেদনটি কেন প্রত্যাহার করা হলো, লিখুন।"),
            "max_length": _("কারণটি সর্বোচ্চ ২,০০০ অক্ষরের মধ্যে লিখুন।"),
        },
    )


class CertificateForm(BaseForm):
    """A PKCS#12 file and its password; after `is_valid`, `credential` is what was read of them."""

    credential: Credential

    file = forms.FileField(
        label=_("স্বাক্ষরের সনদ (.p12 বা .pfx)"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx", "class": "drop"}),
        help_text=_("সনদদাতা কর্তৃপক্ষের (CA) দেওয়া ফাইল, যাতে সনদ ও গোপন চাবি দুটিই আছে।"),
        error_messages={
            "required": _("সনদের ফাইলটি বেছে নিন।"),
            "empty": _("ফাইলটি খালি। আবার বেছে নিন।"),
        },
    )
    # So called, because what is called so is never kept for later when the session has ended.
    password = forms.CharField(
        label=_("সনদের পাসওয়ার্ড"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("ফাইলটি খুলতে একবার লাগে; কোথাও রাখা হয় না। আপনার লগ-ইনের পাসওয়ার্ড নয়।"),
        error_messages={"max_length": _("পাসওয়ার্ডটি সর্বোচ্চ ২০০ অক্ষরের হতে পারে।")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_CERTIFICATE:
            raise ValidationError(_("ফাইলটি সনদের তুলনায় অনেক বড়। .p12 বা .pfx ফাইলটি বেছে নিন।"))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.credential = read_credential(cleaned["file"].read(), cleaned["password"])
            except BadCertificate as why:
                self.add_error("file", str(why))
        return cleaned
