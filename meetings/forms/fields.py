"""Fields of this room's forms; dates, times and memo numbers are read by teams.fields."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.fields import BengaliCharField, BengaliDateField, BengaliTimeField, MemoField
from teams.templatetags.bangla_tags import digits

from ..models import LONGEST_LINE

__all__ = ["ClockField", "CopiesField", "DayField", "LineField", "MemoField", "WordsField"]

DayField = BengaliDateField
ClockField = BengaliTimeField

_ADDRESS = re.compile(r"[<(\[]?\s*([^\s<>()\[\],;]+@[^\s<>()\[\],;]+)\s*[>)\]]?")
MOST_COPIES = 60
LONGEST_COPY = 500
LONGEST_WORDS = 20_000


class LineField(BengaliCharField):
    """One line of text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(one_line=True, **{"max_length": LONGEST_LINE, **options})


class WordsField(BengaliCharField):
    """A paragraph or more, lines kept."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_WORDS, **options})
        self.widget.attrs.setdefault("rows", 3)


class CopiesField(forms.CharField):
    """A copy list, one recipient a line, an e-mail address anywhere in the line.

    The value is a list of (text, e-mail); the address is taken out of the printed words.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return "\n".join(f"{text} <{email}>" if email else text for text, email in value)
        return value

    def clean(self, value: Any) -> Any:
        lines = [line for line in normalise(super().clean(value) or "").split("\n") if line.strip()]
        if len(lines) > MOST_COPIES:
            raise ValidationError(
                _("একটি তালিকায় সর্বোচ্চ %(most)s জন প্রাপক লেখা যায়।") % {"most": digits(MOST_COPIES)}
            )
        return [self._line(number, line) for number, line in enumerate(lines, start=1)]

    def _line(self, number: int, line: str) -> tuple[str, str]:
        match = _ADDRESS.search(line)
        email = match[1].strip(".।") if match else ""
        text = squeeze(_ADDRESS.sub(" ", line))
        text = re.sub(r"^[0-9০-৯]{1,2}\s*[.)।]\s*", "", text)
        if email:
            try:
                validate_email(email)
            except ValidationError as error:
                raise ValidationError(
                    _("%(row)s নম্বর লাইনের ই-মেইল ঠিকানাটি ঠিক নয়: %(email)s")
                    % {"row": digits(number), "email": email}
                ) from error
        if not text or len(text) > LONGEST_COPY:
            raise ValidationError(
                _("%(row)s নম্বর লাইনে প্রাপকের পদবি ও দপ্তর লিখুন (সর্বোচ্চ %(most)s অক্ষর)।")
                % {"row": digits(number), "most": digits(LONGEST_COPY)}
            )
        return text, email
