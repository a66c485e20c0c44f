"""Form fields that read what officers write: words, numbers, dates, times, memo numbers."""

from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bangla.dates import format_time, parse_date, parse_time
from bangla.digits import to_ascii
from bangla.text import normalise, squeeze

from .language import in_bengali
from .memo import Memo, MemoError, read_memo
from .templatetags.bangla_tags import day


class BengaliCharField(forms.CharField):
    """Text normalised on the way in; `one_line` folds line breaks into spaces."""

    def __init__(self, *, one_line: bool = False, **options: Any) -> None:
        self.one_line = one_line
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return squeeze(text) if self.one_line else normalise(text)


class BengaliIntegerField(forms.IntegerField):
    """A whole number in either script's digits."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_ascii(value).strip().rstrip("%") if value else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}


class BengaliDateField(forms.CharField):
    """A day in any usual way of writing: ২১/১১/২০২৬, ২১ নভেম্বর ২০২৬, 2026-11-21."""

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        parsed = parse_date(text)
        if parsed.value is None:
            raise ValidationError(
                _("“%(words)s” তারিখ হিসেবে পড়া গেল না। এভাবে লিখুন: ২১/১১/২০২৬।"),
                params={"words": text},
            )
        return parsed.value


class BengaliTimeField(forms.CharField):
    """A time of day in any usual way of writing: দুপুর ১:৩০, সকাল ১১.০০ ঘটিকা, 15:30."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, time):
            return format_time(value, lang="bn" if in_bengali() else "en")
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        parsed = parse_time(text)
        if parsed is None:
            raise ValidationError(
                _("“%(words)s” সময় হিসেবে পড়া গেল না। দিনের ভাগসহ লিখুন, যেমন সকাল ১১:০০ বা বিকাল ৩:৩০।"),
                params={"words": text},
            )
        return parsed


class MemoField(forms.CharField):
    """A memo number of either grammar, in any digits; the value is a Memo or None."""

    def prepare_value(self, value: Any) -> Any:
        return value.bengali if isinstance(value, Memo) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_memo(text)
        except MemoError as error:
            raise ValidationError(str(error)) from error
