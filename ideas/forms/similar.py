"""What is typed to stand by an idea, and to look for the idea another one goes on with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.filters import LONGEST_SEARCH
from teams.forms import BaseForm

from ..models import LONGEST_NAME

LONGEST_NOTE = 4_000  # characters


class SupportForm(BaseForm):
    """Standing by an idea; everything may stay empty."""

    note = BengaliCharField(
        label=_("আপনি যা যোগ করতে চান"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("আপনার এলাকার অভিজ্ঞতা বা আরও ভালো উপায় জানা থাকলে লিখুন। শুধু দপ্তর পড়বে।"),
    )
    name = BengaliCharField(
        label=_("নাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("দিতে না চাইলে খালি রাখুন।"),
    )
    email = forms.EmailField(
        label=_("ই-মেইল"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("দিলে আইডিয়াটির খবর এই ঠিকানায় যাবে। আর কাউকে দেখানো হবে না।"),
        error_messages={"invalid": _("ই-মেইল ঠিকানাটি ঠিক নয়; name@example.com এভাবে লিখুন।")},
    )
    # For programs that fill in whatever they find.
    website = forms.CharField(
        label=_("এই ঘরটি খালি রাখুন"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    @property
    def words(self) -> dict[str, str]:
        """What was written, ready for the action."""
        return {name: self.cleaned_data[name] for name in ("note", "name", "email")}


class OthersForm(BaseForm):
    """Looking for an idea by its words, when those offered are not it."""

    q = BengaliCharField(
        label=_("শিরোনাম বা লেখার শব্দ"),
        one_line=True,
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
