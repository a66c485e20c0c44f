"""What officers report on a task."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.text import shorten
from teams.fields import BengaliCharField, BengaliDateField, BengaliIntegerField
from teams.forms import BaseForm
from teams.templatetags.bangla_tags import day, digits
from teams.uploads import check_evidence

from ..actions import Report
from ..models import Indicator, Task
from ..parts import DONE, PartLine, first_undone
from ..scoring import UnreadableValue, read_value
from . import LONGEST_CELL

QUICK = (25, 50, 75)
LONGEST_OPTION = 60


class ProgressForm(BaseForm):
    """What happened, how far, and a picture or paper that shows it.

    `lines` are the parts of the task with what is known of them, `part` the key of the one to
    begin with. The button `done` says 100 % without a word more.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    part = forms.ChoiceField(label=_("কোনটির অগ্রগতি"), required=False)
    with_earlier = forms.BooleanField(
        label=_("এর আগের যেগুলো জানানো হয়নি, সেগুলোও হয়েছে"), required=False
    )
    quick = forms.TypedChoiceField(
        label=_("কত দূর হয়েছে"),
        choices=[(percent, percent) for percent in QUICK],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    percent = BengaliIntegerField(
        label=_("অগ্রগতি (শতাংশ)"),
        required=False,
        min_value=0,
        max_value=DONE,
        help_text=_("০ থেকে ১০০; ১০০ লিখলে কাজটি সম্পন্ন ধরা হবে।"),
        error_messages={
            "invalid": _("শতাংশ ০ থেকে ১০০-এর মধ্যে একটি পূর্ণ সংখ্যা লিখুন, যেমন ৬০।"),
            "min_value": _("শতাংশ ০-এর কম হয় না।"),
            "max_value": _("শতাংশ ১০০-এর বেশি হয় না।"),
        },
    )
    text = BengaliCharField(
        label=_("কী হয়েছে"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_CELL,
    )
    achieved_value = BengaliCharField(
        label=_("অর্জিত মান"),
        one_line=True,
        required=False,
        max_length=200,
        help_text=_("পরিমাপ সংখ্যায় হলে, যেমন “২০ জনের মধ্যে ১৪ জন”।"),
    )
    photo = forms.FileField(
        label=_("ছবি তুলুন"),
        required=False,
        help_text=_("ফোনে ক্যামেরা খুলবে। কোথায় কোন ফোনে তোলা, সে তথ্য রাখা হয় না।"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    evidence = forms.FileField(
        label=_("অথবা প্রমাণের ফাইল দিন"),
        required=False,
        help_text=_("JPG, PNG, WebP, PDF, Word বা Excel।"),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx"}),
    )
    on = BengaliDateField(label=_("তারিখ"))

    def __init__(
        self,
        *args: Any,
        task: Task,
        lines: Sequence[PartLine] = (),
        indicators: Sequence[Indicator] = (),
        part: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.lines, self.indicators = task, lines, indicators
        self.initial.setdefault("on", day(timezone.localdate()))
        if lines:
            self._offer_parts(part)
        else:
            del self.fields["part"], self.fields["with_earlier"]
        for indicator in indicators:
            self.fields[_field_of(indicator)] = _value_field(indicator)
        if indicators:
            del self.fields["achieved_value"]

    def _offer_parts(self, chosen: str) -> None:
        today = timezone.localdate()
        field = cast(forms.ChoiceField, self.fields["part"])
        named = [(line.part.key, _option(line, today)) for line in self.lines]
        field.choices = [*named, ("", gettext("পুরো কাজ একসঙ্গে"))]
        undone = first_undone(self.lines)
        keys = [key for key, _label in named]
        first = undone.part.key if undone else ""
        self.initial.setdefault("part", chosen if chosen in keys else first)
        late = [line for line in self.lines if line.is_late(today)]
        if len(late) < 2 and self.initial["part"] in ("", first):
            del self.fields["with_earlier"]

    @property
    def value_fields(self) -> list[forms.BoundField]:
        """The boxes for the values of the task's indicators."""
        return [self[_field_of(indicator)] for indicator in self.indicators]

    def clean_photo(self) -> Any:
        return self._checked("photo")

    def clean_evidence(self) -> Any:
        return self._checked("evidence")

    def _checked(self, name: str) -> Any:
        upload = self.cleaned_data[name]
        return check_evidence(upload) if upload else None

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise ValidationError(_("অগ্রগতির তারিখ আজকের পরে হতে পারে না।"))
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("photo") and data.get("evidence"):
            self.add_error("evidence", _("ছবি ও ফাইলের একটি দিন; অন্যটি আরেকবার অগ্রগতি দিয়ে যোগ করুন।"))
        for indicator in self.indicators:
            self._read(indicator)
        words = (data.get("text"), data.get("achieved_value"), *self._values.values())
        if not any(words) and self.reported is None and not self.errors:
            raise ValidationError(_("কী হয়েছে লিখুন, অথবা শতাংশ দিন।"))
        return data

    def _read(self, indicator: Indicator) -> None:
        """The value stays as written, but only if it is one of its unit."""
        name, plan = _field_of(indicator), self.task.plan
        try:
            read_value(
                indicator.unit,
                self.cleaned_data.get(name, ""),
                period=(plan.starts_on, plan.ends_on),
            )
        except UnreadableValue as error:
            self.add_error(name, str(error))

    @property
    def _values(self) -> dict[Indicator, str]:
        found = {one: self.cleaned_data.get(_field_of(one), "") for one in self.indicators}
        return {one: value for one, value in found.items() if value}

    @property
    def reported(self) -> int | None:
        """How far it is: the button counts most, then the number typed, then the one ticked."""
        if "done" in self.data:
            return DONE
        typed: int | None = self.cleaned_data.get("percent")
        return typed if typed is not None else self.cleaned_data.get("quick")

    @property
    def report(self) -> Report:
        """What was typed, ready for the action."""
        data = self.cleaned_data
        part = data.get("part", "")
        return Report(
            on=data["on"],
            text=data["text"],
            percent=None if part else self.reported,
            part=part,
            part_percent=self.reported if part else None,
            with_earlier=bool(data.get("with_earlier")),
            achieved_value=data.get("achieved_value", ""),
            values=tuple(self._values.items()),
            evidence=data.get("photo") or data.get("evidence"),
        )


def _field_of(indicator: Indicator) -> str:
    return f"value_{indicator.pk}"


def _value_field(indicator: Indicator) -> BengaliCharField:
    return BengaliCharField(
        label=indicator.name,
        one_line=True,
        required=False,
        max_length=60,
        help_text=gettext("একক: %(unit)s · লক্ষ্যমাত্রা: %(target)s")
        % {"unit": indicator.get_unit_display(), "target": indicator.target_100 or "—"},
    )


def _option(line: PartLine, today: date) -> str:
    """ "১৫ আগস্ট ২০২৬ — ৯৯ দিন দেরি"."""
    name = shorten(line.part.name, LONGEST_OPTION)
    due = line.part.due_on
    if line.is_done:
        return gettext("%(part)s — হয়েছে") % {"part": name}
    if due and due < today:
        return gettext("%(part)s — %(days)s দিন দেরি") % {
            "part": name,
            "days": digits((today - due).days),
        }
    return name
