"""A list of ideas on its way into the register: given, then looked over."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm, OwnOfficeForm
from workplans.forms import LONGEST_CELL, ImportForm

from ..actions import IMPORTABLE
from ..importers import MOST_IDEAS
from ..importers.words import read_day
from ..models import LONGEST_NAME, LONGEST_TITLE


class IdeaImportForm(OwnOfficeForm, ImportForm):
    """A list pasted from Word or Excel, or a file; whose register, and which year at a pinch."""

    field_order = ("office", "pasted", "pasted_html", "file", "year")

    year = BengaliCharField(
        label=_("তালিকায় বছর না থাকলে কোন বছরের"),
        one_line=True,
        required=False,
        max_length=40,
        help_text=_("যেমন ২০১৭-১৮ বা ২০১৮; যেসব সারিতে বছর লেখা নেই, সেগুলোর জন্য।"),
    )

    def clean_year(self) -> str:
        return _checked_day_words(self.cleaned_data["year"])


class YearField(BengaliCharField):
    """A year (২০১৭-১৮, ২০১৮) or a day; the value is the day it gives, the first of a year."""

    def clean(self, value: Any) -> Any:
        words = _checked_day_words(super().clean(value))
        return read_day(words, today=timezone.localdate()).day if words else None


class IdeaRowForm(BaseForm):
    """One row of the list being looked over before it is taken in."""

    take = forms.BooleanField(
        label=_("নিন"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    title = BengaliCharField(
        label=_("শিরোনাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.Textarea,
    )
    problem = BengaliCharField(
        label=_("সমস্যা"), required=False, max_length=LONGEST_CELL, widget=forms.Textarea
    )
    description = BengaliCharField(
        label=_("প্রস্তাব"), required=False, max_length=LONGEST_CELL, widget=forms.Textarea
    )
    benefit = BengaliCharField(
        label=_("উপকার"), required=False, max_length=LONGEST_CELL, widget=forms.Textarea
    )
    submitter_name = BengaliCharField(
        label=_("প্রস্তাবকের নাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.Textarea,
    )
    submitter_detail = BengaliCharField(
        label=_("পদবি ও দপ্তর"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.Textarea,
    )
    status = forms.ChoiceField(
        label=_("অবস্থা"), choices=[(status.value, status.label) for status in IMPORTABLE]
    )
    received_text = YearField(label=_("বছর বা তারিখ"), one_line=True, required=False, max_length=100)
    remarks = BengaliCharField(
        label=_("মন্তব্য বা কারণ"), required=False, max_length=LONGEST_CELL, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "take":  # that one stands in a label with the row's number
                field.widget.attrs["aria-label"] = field.label
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 1  # it grows with its text

    def full_clean(self) -> None:
        """A row that is left out may stay as it is, however wrong."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("take"):
            self.errors.clear()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("take"):
            return data
        for name, missing in (
            ("title", _("শিরোনাম নেই; লিখুন, অথবা সারিটির টিক তুলে দিন।")),
            ("description", _("প্রস্তাব লেখা নেই; লিখুন, অথবা সারিটির টিক তুলে দিন।")),
            ("received_text", _("বছর বা তারিখ নেই; যেমন ২০১৭-১৮ লিখুন, অথবা টিক তুলে দিন।")),
        ):
            if name not in self.errors and not data.get(name):
                self.add_error(name, missing)
        return data

    @property
    def row(self) -> dict[str, Any]:
        """The row as typed, as actions.import_ideas takes it."""
        received_on: date | None = self.cleaned_data["received_text"]
        return {**self.cleaned_data, "received_on": received_on}


IdeaRowFormSet = forms.formset_factory(
    IdeaRowForm, extra=0, max_num=MOST_IDEAS, absolute_max=MOST_IDEAS
)


def _checked_day_words(words: str) -> str:
    """The words, if they are a year or a day that has been."""
    read = read_day(words, today=timezone.localdate())
    if words and read.day is None:
        raise ValidationError(read.reason)
    return words
