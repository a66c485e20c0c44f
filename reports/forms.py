"""The report's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm
from workplans.forms import LONGEST_CELL


class ReportForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    introduction = BengaliCharField(
        label=_("ভূমিকা"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("বছরের কাজের প্রেক্ষাপট, দুই-তিন অনুচ্ছেদে। খালি রাখলে অংশটি ছাপা হবে না।"),
    )
    closing = BengaliCharField(
        label=_("সমস্যা, শিক্ষা ও সুপারিশ"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("কী আটকেছে, কী শেখা গেছে, কী করা দরকার। খালি রাখলে অংশটি ছাপা হবে না।"),
    )
