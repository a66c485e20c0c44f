"""What reviewers type for the consolidated report of the nation."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm

from ..enums import ReportKind

LONGEST_PART = 20_000
NEWEST_VERSION = 2_147_483_647


class NationalCreateForm(BaseForm):
    """Which kind of report, on which of the periods that are over."""

    kind = forms.ChoiceField(
        label=_("ধরন"),
        choices=ReportKind.choices,
        error_messages={"invalid_choice": _("ধরনটি তালিকা থেকে বেছে নিন।")},
    )
    period = forms.ChoiceField(
        label=_("সময়কাল"),
        error_messages={
            "required": _("কোন সময়কালের প্রতিবেদন, তা বেছে নিন।"),
            "invalid_choice": _("সময়কালটি তালিকা থেকে বেছে নিন; ধরনের সঙ্গে মিলতে হবে।"),
        },
    )

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["period"]).choices = periods


class NationalWordsForm(BaseForm):
    """The words of one part."""

    version = forms.IntegerField(
        min_value=0,
        max_value=NEWEST_VERSION,
        widget=forms.HiddenInput(attrs={"data-draft-keep": True}),
        error_messages={"required": _("ফরমটি অসম্পূর্ণ এসেছে। পাতাটি আবার খুলুন।")},
    )
    words = BengaliCharField(
        label=_("এই অংশের কথা"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("প্রতিটি লাইন একটি অনুচ্ছেদ। সব মুছে সংরক্ষণ করলে হিসাব থেকে লেখা কথা ফিরে আসবে।"),
    )
