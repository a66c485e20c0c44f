"""What an implementer reports on a decision, and why its team moves it."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.forms import BaseForm
from teams.uploads import check_evidence

from .fields import DayField, WordsField

LONGEST_REPORT = 20_000
LONGEST_REASON = 4_000


class AssignmentReportForm(BaseForm):
    """What was done on a decision by a day, with a picture or paper that shows it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = WordsField(
        label=_("কী করা হয়েছে"),
        max_length=LONGEST_REPORT,
        error_messages={"required": _("কী করা হয়েছে, অন্তত এক লাইনে লিখুন।")},
    )
    is_done = forms.BooleanField(
        label=_("সিদ্ধান্তটি পুরোপুরি বাস্তবায়িত"),
        required=False,
        help_text=_("টিক দিলে আপনার অংশ শেষ ধরা হবে, আর যে টিম সিদ্ধান্ত নিয়েছে তারা দেখে বন্ধ করবে।"),
    )
    on = DayField(label=_("তারিখ"), initial=timezone.localdate)
    evidence = forms.FileField(
        label=_("প্রমাণ (ছবি বা ফাইল)"),
        required=False,
        help_text=_("JPG, PNG, WebP, PDF, Word বা Excel।"),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx"}),
    )

    def clean_evidence(self) -> Any:
        """The upload under the extension of what it really is."""
        upload = self.cleaned_data["evidence"]
        return check_evidence(upload) if upload else upload

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(
                _("তারিখটি আজকের পরে হতে পারে না; যেদিন পর্যন্ত কাজ হয়েছে সেই দিন লিখুন।")
            )
        return on


class DropForm(BaseForm):
    reason = WordsField(
        label=_("বাদ দেওয়ার কারণ"),
        max_length=LONGEST_REASON,
        help_text=_("বাস্তবায়নকারীরা এই কারণটি দেখবেন।"),
        error_messages={"required": _("সিদ্ধান্তটি কেন বাদ দেওয়া হলো, লিখুন।")},
    )


class ResumeForm(BaseForm):
    reason = WordsField(
        label=_("কী বাকি আছে"),
        max_length=LONGEST_REASON,
        help_text=_("সিদ্ধান্তটি আবার সব বাস্তবায়নকারীর করণীয়তে উঠবে; তাঁরা এই কথাগুলো দেখবেন।"),
        error_messages={"required": _("সিদ্ধান্তটি আবার চালু করতে কী বাকি আছে, লিখুন।")},
    )
