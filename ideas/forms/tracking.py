"""What the holder of a code types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm

from ..codes import digits_of, read_code

LONGEST_APPEAL = 4_000  # characters
NO_SUCH_CODE = _("এই কোডে কোনো আইডিয়া পাওয়া যায়নি। কোডটি কাগজ বা বার্তার সঙ্গে মিলিয়ে আবার লিখুন।")


class CodeForm(BaseForm):
    """The code of an idea, in either script's digits, with or without gaps."""

    code = BengaliCharField(
        label=_("অনুসরণ কোড"),
        one_line=True,
        max_length=100,
        help_text=_("আইডিয়া দেওয়ার সময় পাওয়া ১২ সংখ্যার কোড, যেমন ৪৮২৭ ১৯৩৬ ৫০২৪।"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("কোডটি লিখুন।"),
            "max_length": _("কোডে ১২টি সংখ্যা থাকে। শুধু কোডটি লিখুন।"),
        },
    )

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if code := read_code(typed):
            return code
        if digits_of(typed):
            raise ValidationError(_("কোডে একটি সংখ্যা ভুল আছে। মিলিয়ে আবার লিখুন।"))
        raise ValidationError(_("কোডে ১২টি সংখ্যা থাকে। গুনে আবার লিখুন।"))


class AppealForm(BaseForm):
    text = BengaliCharField(
        label=_("কেন আবার বিবেচনা করা উচিত"),
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 6, "data-phonetic": ""}),
        help_text=_("জানানো কারণটির উত্তরে কী বলার আছে, লিখুন। আবেদন একবারই করা যায়।"),
        error_messages={"required": _("কেন আবার বিবেচনা করা উচিত, লিখুন।")},
    )
