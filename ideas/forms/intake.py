"""What officers type about what comes in: slips out of the box, the office an idea belongs to."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm, OwnOfficeForm
from teams.models import Office
from teams.models.people import canonical_mobile
from workplans.forms import LONGEST_CELL

from ..actions import ContactText, IdeaText, Slip
from ..enums import IdeaChannel
from ..models import LONGEST_NAME, LONGEST_TITLE

FIRST_SLIPS = 5  # rows on an empty page
MORE_SLIPS = 5  # rows that one press of the button adds
MOST_SLIPS = 60
# Where a bundle of ideas is found that somebody has to type in.
BOXES = (
    IdeaChannel.PAPER_BOX,
    IdeaChannel.SOCIAL_MEDIA,
    IdeaChannel.MEETING,
    IdeaChannel.SHOWCASE,
)


def read_contact(typed: str) -> ContactText:
    """An e-mail address or a mobile number. Raises ValidationError with a sentence."""
    if not typed:
        return ContactText()
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError as error:
            raise ValidationError(_("ই-মেইল ঠিকানাটি ঠিক নয়; name@example.com এভাবে লিখুন।")) from error
        return ContactText(email=typed)
    if mobile := canonical_mobile(typed):
        return ContactText(phone=mobile)
    raise ValidationError(_("মোবাইল নম্বর ১১ সংখ্যার হবে, যেমন ০১৭১২৩৪৫৬৭৮; অথবা ই-মেইল ঠিকানা লিখুন।"))


class ContactField(BengaliCharField):
    """An e-mail address or a mobile number in one box; the value is a ContactText."""

    def __init__(self, **options: Any) -> None:
        super().__init__(one_line=True, required=False, max_length=200, **options)

    def clean(self, value: Any) -> Any:
        return read_contact(super().clean(value))


class BoxForm(OwnOfficeForm):
    """What all slips of one emptying share."""

    field_order = ("office",)
    channel = forms.ChoiceField(
        label=gettext_lazy("যেভাবে এসেছে"),
        choices=[(box.value, box.label) for box in BOXES],
        initial=IdeaChannel.PAPER_BOX,
    )
    received_on = BengaliDateField(
        label=gettext_lazy("বাক্স খোলার বা পাওয়ার তারিখ"),
        initial=timezone.localdate,
        error_messages={"required": gettext_lazy("কোন তারিখে পাওয়া গেছে, লিখুন।")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_received_on(self) -> date:
        received_on: date = self.cleaned_data["received_on"]
        if received_on > timezone.localdate():
            raise ValidationError(_("তারিখটি আজকের পরে হতে পারে না।"))
        return received_on


class SlipForm(forms.Form):
    """One slip. A row left empty is no slip."""

    title = BengaliCharField(
        label=gettext_lazy("শিরোনাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"data-phonetic": ""}),
        error_messages={"required": gettext_lazy("শিরোনাম লিখুন।")},
    )
    description = BengaliCharField(
        label=gettext_lazy("লেখা"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 1, "data-phonetic": ""}),
    )
    submitter_name = BengaliCharField(
        label=gettext_lazy("নাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"data-phonetic": ""}),
    )
    contact = ContactField(label=gettext_lazy("মোবাইল বা ই-মেইল"))

    def slip(self, *, channel: str, received_on: date) -> Slip:
        """The slip as typed; one that is a single sentence has it as title and text."""
        words = self.cleaned_data
        text = IdeaText(
            title=words["title"],
            description=words["description"] or words["title"],
            submitter_name=words["submitter_name"],
            channel=channel,
            received_on=received_on,
        )
        return Slip(text, words["contact"])


class BaseSlips(forms.BaseFormSet):
    """The rows of the page; at least one of them has to be filled."""

    default_error_messages = {
        "missing_management_form": gettext_lazy("ফরমটি অসম্পূর্ণ এসেছে। পাতাটি আবার খুলে লিখুন।"),
        "too_many_forms": gettext_lazy("একবারে এত চিরকুট লেখা যায় না। কয়েক ভাগে লিখুন।"),
    }

    def clean(self) -> None:
        if not any(form.has_changed() for form in self.forms):
            raise ValidationError(_("অন্তত একটি চিরকুটের শিরোনাম লিখুন।"))


SlipFormSet = forms.formset_factory(
    SlipForm,
    formset=BaseSlips,
    extra=FIRST_SLIPS,
    max_num=MOST_SLIPS,
    absolute_max=MOST_SLIPS,
    validate_max=True,
)


def read_slips(rows: forms.BaseFormSet, *, channel: str, received_on: date) -> list[Slip]:
    """The rows that somebody has written in, in order."""
    written = [row for row in rows.forms if row.has_changed()]
    return [row.slip(channel=channel, received_on=received_on) for row in written]


class ForwardForm(BaseForm):
    """The office an idea belongs to, out of those that were found by name."""

    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=gettext_lazy("যে দপ্তরে পাঠাবেন"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("কোন দপ্তরে পাঠাবেন, বেছে নিন।"),
            "invalid_choice": gettext_lazy("এই দপ্তরে পাঠানো যায় না। তালিকা থেকে অন্য একটি দপ্তর বেছে নিন।"),
        },
    )

    def __init__(self, *args: Any, own: Office, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Office.objects.active().exclude(pk=own.pk)
        field = cast(forms.ModelChoiceField, self.fields["office"])
        # Chosen from all, shown as found: the words may have changed since the list was drawn.
        field.queryset = others
        found = others.search(words)[:MOST_OFFICES] if words else others.none()
        self.found = list(found)
        field.choices = [(office.pk, office.name) for office in self.found]


MOST_OFFICES = 20
