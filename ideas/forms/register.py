"""What officers type about an idea."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm, OwnOfficeForm
from teams.models.people import canonical_mobile
from workplans.forms import LONGEST_CELL

from ..actions import ContactText, IdeaText
from ..enums import IdeaChannel
from ..models import LONGEST_NAME, LONGEST_TITLE, Idea
from .hand_in import CleanFilesField, ManyFiles


class IdeaForm(BaseForm):
    """The words of an idea."""

    title = BengaliCharField(
        label=_("শিরোনাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"data-phonetic": ""}),
        help_text=_("এক লাইনে, যেমন “নামজারির শুনানির তারিখ মোবাইলে জানানো”।"),
        error_messages={"required": _("আইডিয়ার একটি শিরোনাম লিখুন।")},
    )
    problem = BengaliCharField(
        label=_("সমস্যা"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3, "data-phonetic": ""}),
        help_text=_("এখন কার কী অসুবিধা হয়।"),
    )
    description = BengaliCharField(
        label=_("প্রস্তাব"),
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5, "data-phonetic": ""}),
        help_text=_("কীভাবে তা দূর করা যায়।"),
        error_messages={"required": _("প্রস্তাবটি দু-এক বাক্যে লিখুন।")},
    )
    benefit = BengaliCharField(
        label=_("কে কীভাবে উপকৃত হবেন"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3, "data-phonetic": ""}),
        help_text=_("সময়, খরচ বা যাতায়াত কতটা কমবে; জানা না থাকলে খালি রাখুন।"),
    )
    channel = forms.ChoiceField(label=_("যেভাবে এসেছে"), choices=IdeaChannel.choices)
    submitter_name = BengaliCharField(
        label=_("প্রস্তাবকের নাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"data-phonetic": ""}),
        help_text=_("নাম জানা না থাকলে বা তিনি জানাতে না চাইলে খালি রাখুন।"),
    )
    submitter_detail = BengaliCharField(
        label=_("পদবি ও দপ্তর, বা পেশা ও ঠিকানা"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
    )
    received_on = BengaliDateField(
        label=_("প্রাপ্তির তারিখ"),
        initial=timezone.localdate,
        error_messages={"required": _("আইডিয়াটি কোন তারিখে পাওয়া গেছে, লিখুন।")},
    )

    def clean_received_on(self) -> date:
        received_on = self.cleaned_data["received_on"]
        if received_on > timezone.localdate():
            raise ValidationError(_("প্রাপ্তির তারিখ আজকের পরে হতে পারে না।"))
        return received_on

    @property
    def text(self) -> IdeaText:
        """The idea as typed, ready for the actions."""
        return IdeaText(**{name: self.cleaned_data[name] for name in IdeaForm.base_fields})


class ContactForm(BaseForm):
    """Where the submitter wants to hear from us."""

    email = forms.EmailField(
        label=_("প্রস্তাবকের ই-মেইল"),
        required=False,
        max_length=254,
        help_text=_("দিলে আইডিয়ার কী হলো, তিনি চিঠিতে জানবেন। শুধু টিম দেখবে।"),
        error_messages={"invalid": _("ই-মেইল ঠিকানাটি ঠিক নয়; name@example.com এভাবে লিখুন।")},
    )
    phone = BengaliCharField(
        label=_("প্রস্তাবকের মোবাইল"), one_line=True, required=False, max_length=40
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not canonical_mobile(typed):
            raise ValidationError(_("মোবাইল নম্বর ১১ সংখ্যার হবে, যেমন ০১৭১২৩৪৫৬৭৮।"))
        return canonical_mobile(typed)

    @property
    def contact(self) -> ContactText:
        return ContactText(email=self.cleaned_data["email"], phone=self.cleaned_data["phone"])


class IdeaCreateForm(OwnOfficeForm, ContactForm, IdeaForm):
    """An idea that has just reached the office."""

    field_order = ("office", *IdeaForm.base_fields)
    attachments = CleanFilesField(
        label=_("সংযুক্তি"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("ছবি বা PDF, সর্বোচ্চ ৩টি। ফাইলের ভেতরে লেখা স্থান, যন্ত্র ও লেখকের তথ্য মুছে রাখা হয়।"),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class IdeaUpdateForm(IdeaForm):
    """The words as they are; `words` are shown instead of the idea's own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, idea: Idea, words: IdeaText | None = None, **kwargs: Any
    ) -> None:
        text = words or IdeaText.of(idea)
        kwargs["initial"] = {**asdict(text), "version": idea.version}
        super().__init__(*args, **kwargs)


class DeclineForm(BaseForm):
    reason = BengaliCharField(
        label=_("গৃহীত না হওয়ার কারণ"),
        widget=forms.Textarea(attrs={"rows": 3, "data-phonetic": ""}),
        max_length=4_000,
        help_text=_("প্রস্তাবককে যেভাবে বলবেন, সেভাবে লিখুন।"),
        error_messages={"required": _("আইডিয়াটি কেন গৃহীত হয়নি, লিখুন।")},
    )
