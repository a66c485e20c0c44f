"""What officers type of indicators: targets, weights; and what a reviewer accepts."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm

from ..actions import IndicatorWords, Reviewing, Weighing
from ..enums import Unit
from ..models import GRADES, INDICATOR_CELLS, Indicator, IndicatorReview, Subject, WorkPlan
from ..models.scores import LONGEST_VALUE
from ..score_table import FULL_WEIGHT, IndicatorRow, quarters_of, weight_words
from ..scoring import Span, TargetsOutOfOrder, read_value, scale_of

LONGEST_NAME = 2_000
LONGEST_REMARK = 4_000
PLACES = 2


class ValueField(BengaliCharField):
    """A number, per cent, day or yes/no, kept in the officer's words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(one_line=True, max_length=LONGEST_VALUE, **{"required": False, **options})


class WeightField(ValueField):
    """A weight of 0 to 100 with two decimals in either script's digits; a Decimal or None."""

    refused = _("মান ০ থেকে ১০০-এর মধ্যে একটি সংখ্যা, দশমিকের পর সর্বোচ্চ দুই ঘর; যেমন ১০ বা ২.৫।")

    def prepare_value(self, value: Any) -> Any:
        return weight_words(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            weight = read_value(Unit.NUMBER, text)
        except ValueError as error:
            raise ValidationError(self.refused) from error
        if not isinstance(weight, Decimal):
            return None
        if weight > FULL_WEIGHT or weight != round(weight, PLACES):
            raise ValidationError(self.refused)
        return weight


class IndicatorForm(BaseForm):
    """One indicator with its targets. Only the name is required."""

    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, initial=0
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    name = BengaliCharField(
        label=_("কর্মসম্পাদন সূচক"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_NAME,
        help_text=_("কী গুনে বোঝা যাবে কাজটি হয়েছে, যেমন “প্রশিক্ষণপ্রাপ্ত কর্মকর্তা”।"),
        error_messages={"required": _("সূচকটি লিখুন।")},
    )
    unit = forms.ChoiceField(label=_("একক"), choices=Unit.choices, initial=Unit.NUMBER)
    weight = WeightField(label=_("সূচকের মান"), help_text=_("মোট ১০০-এর মধ্যে এই সূচকের অংশ।"))
    previous = ValueField(label=_("পূর্ববর্তী অর্জন"))
    target_100 = ValueField(label=_("অসাধারণ (১০০%)"))
    target_90 = ValueField(label=_("অতি উত্তম (৯০%)"))
    target_80 = ValueField(label=_("উত্তম (৮০%)"))
    target_70 = ValueField(label=_("চলতি মান (৭০%)"))
    target_60 = ValueField(label=_("চলতি মানের নিম্নে (৬০%)"))
    projection = ValueField(label=_("প্রক্ষেপণ"))

    def __init__(
        self, *args: Any, plan: WorkPlan, indicator: Indicator | None = None, **kwargs: Any
    ) -> None:
        if indicator is not None:
            kwargs["initial"] = {"version": indicator.version, **words_of(indicator)}
        super().__init__(*args, **kwargs)
        self.period: Span = (plan.starts_on, plan.ends_on)
        self.quarters = quarters_of(plan)
        for quarter in self.quarters:
            self.fields[f"quarter_{quarter.number}"] = ValueField(label=quarter.label)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        unit = data.get("unit")
        if unit is None:
            return data
        names = [f"target_{grade}" for grade in GRADES]
        for name in (*names, *(f"quarter_{one.number}" for one in self.quarters)):
            self._check_value(name, unit, data.get(name, ""))
        if unit == Unit.YES_NO and any(data.get(name) for name in names[1:]):
            self.add_error(
                "target_100",
                _("হ্যাঁ/না সূচকের একটিই লক্ষ্যমাত্রা: ১০০%-এর ঘরে “হ্যাঁ” লিখুন, বাকি ঘর খালি রাখুন।"),
            )
        elif not any(name in self.errors for name in names):
            self._check_order(unit, [data[name] for name in names])
        return data

    def _check_value(self, name: str, unit: str, words: str) -> None:
        try:
            read_value(unit, words, period=self.period)
        except ValueError as error:
            self.add_error(name, str(error))

    def _check_order(self, unit: str, targets: list[str]) -> None:
        try:
            scale_of(unit, targets, period=self.period)
        except TargetsOutOfOrder as error:
            self.add_error(f"target_{error.grade}", str(error))

    @property
    def words(self) -> IndicatorWords:
        """The indicator as typed, ready for the actions."""
        return IndicatorWords(
            {name: self.cleaned_data[name] for name in INDICATOR_CELLS},
            {one.number: self.cleaned_data[f"quarter_{one.number}"] for one in self.quarters},
        )

    @property
    def texts(self) -> dict[str, str]:
        """The same as texts, by the names of the fields; see `words_of`."""
        weight = weight_words(self.cleaned_data["weight"])
        names = (*INDICATOR_CELLS, *(f"quarter_{one.number}" for one in self.quarters))
        return {**{name: self.cleaned_data[name] for name in names}, "weight": weight}

    @property
    def target_fields(self) -> list[forms.BoundField]:
        return [self[f"target_{grade}"] for grade in GRADES]

    @property
    def quarter_fields(self) -> list[forms.BoundField]:
        return [self[f"quarter_{quarter.number}"] for quarter in self.quarters]


def words_of(indicator: Indicator) -> dict[str, str]:
    """The texts of an indicator by the names of the form's fields, quarters included."""
    fields = {name: getattr(indicator, name) for name in INDICATOR_CELLS}
    return {
        **fields,
        "weight": weight_words(indicator.weight),
        **{f"quarter_{one.quarter}": one.target for one in indicator.quarter_targets.all()},
    }


class WeightsForm(BaseForm):
    """What each objective of a plan counts for, with what it was when the page was opened."""

    def __init__(self, *args: Any, subjects: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subjects
        self.theirs: dict[int, str] = {}
        for subject in subjects:
            self.fields[f"weight_{subject.pk}"] = WeightField(
                label=subject.name or _("বিষয় লেখা নেই"), initial=subject.weight
            )
            self.fields[f"was_{subject.pk}"] = WeightField(
                widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), initial=subject.weight
            )

    @property
    def weighings(self) -> list[Weighing]:
        """What was typed, ready for the action."""
        return [
            Weighing(
                subject.pk,
                self.cleaned_data[f"weight_{subject.pk}"],
                self.cleaned_data[f"was_{subject.pk}"],
            )
            for subject in self.subjects
        ]

    def meet(self, theirs: Iterable[Subject]) -> None:
        """Keep what was typed, and show what somebody else has set meanwhile."""
        data = QueryDict(mutable=True)
        data.update({name: self.data[name] for name in self.data})
        for subject in theirs:
            data[f"was_{subject.pk}"] = weight_words(subject.weight)
            self.theirs[subject.pk] = weight_words(subject.weight) or "—"
        self.data = data

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """The field of each objective, what stood in it, and what somebody else has set."""
        return [
            (self[f"weight_{one.pk}"], self[f"was_{one.pk}"], self.theirs.get(one.pk, ""))
            for one in self.subjects
        ]


class ReviewForm(BaseForm):
    """What a reviewer accepts of one indicator; the forms of all stand on one page.

    `was_…` is what stood there when the page was opened: what the reviewer did not touch is not
    sent against what somebody else has written meanwhile.
    """

    theirs: IndicatorReview | None = None

    accept = forms.BooleanField(label=_("টিমের অর্জন গ্রহণ করি"), required=False)
    achieved = ValueField(label=_("গৃহীত অর্জন"))
    remark = BengaliCharField(
        label=_("মন্তব্য"),
        widget=forms.Textarea(attrs={"rows": 1}),
        required=False,
        max_length=LONGEST_REMARK,
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, initial=0
    )
    was_achieved = ValueField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    was_remark = BengaliCharField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, row: IndicatorRow, period: Span) -> None:
        review = row.review
        words = {"achieved": review.achieved, "remark": review.remark} if review else {}
        initial = {
            **words,
            **{f"was_{name}": text for name, text in words.items()},
            "version": review.version if review else 0,
        }
        super().__init__(data, prefix=f"i{row.indicator.pk}", initial=initial)
        self.row, self.period = row, period
        for name in ("accept", "achieved", "remark"):
            self.fields[name].widget.attrs["aria-label"] = (
                f"{self.fields[name].label}: {row.number} {row.indicator.name[:80]}"
            )

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def clean_achieved(self) -> str:
        words: str = self.cleaned_data["achieved"]
        try:
            read_value(self.row.indicator.unit, words, period=self.period)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return words

    def clean(self) -> dict[str, Any]:
        """A tick takes over what the team has reported, unless another value was typed."""
        data = super().clean() or self.cleaned_data
        if data.get("accept") and not data.get("achieved") and "achieved" not in self.errors:
            data["achieved"] = self.row.own.achieved if self.can_accept else ""
        return data

    @property
    def can_accept(self) -> bool:
        """Whether the team's own value has a score, and nobody has reviewed it yet."""
        return self.row.own.raw is not None and self.row.review is None

    @property
    def is_touched(self) -> bool:
        data = self.cleaned_data
        return (data["achieved"], data["remark"]) != (data["was_achieved"], data["was_remark"])

    @property
    def reviewing(self) -> Reviewing:
        data = self.cleaned_data
        return Reviewing(self.row.indicator.pk, data["version"], data["achieved"], data["remark"])

    def meet(self, theirs: IndicatorReview) -> None:
        """Keep what was typed, and show what somebody else has written meanwhile.

        Sent again, it stands on their version: the reviewer has seen both.
        """
        self.theirs = theirs
        data = QueryDict(mutable=True)
        data.update(
            {name: self.data[name] for name in self.data if name.startswith(f"{self.prefix}-")}
        )
        for name, value in (
            ("version", theirs.version),
            ("was_achieved", theirs.achieved),
            ("was_remark", theirs.remark),
        ):
            data[self.add_prefix(name)] = str(value)
        self.data = data
