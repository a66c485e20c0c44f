"""Forms for any kind of dated rule, made of the columns its room names."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...actions.rules import fingerprint
from ...fields import BengaliCharField, BengaliDateField, BengaliIntegerField
from ...rule_kinds import RuleKind, RuleLines
from ..base import BaseForm

LARGEST = 32_767
LONGEST_TEXT = 4_000
LONGEST_SOURCE = 300
LONGEST_REASON = 1_000
MOST_LINES = 40
BLANK_LINES = 3

Choices = list[tuple[Any, Any]]


def field_for(column: "models.Field[Any, Any]", label: Any, choices: Choices | None) -> forms.Field:
    """The box in which a column of a rule is typed."""
    common: dict[str, Any] = {"label": label, "required": not (column.blank or column.null)}
    if isinstance(column, models.ManyToManyField):
        return forms.TypedMultipleChoiceField(
            coerce=int, choices=choices or [], widget=forms.CheckboxSelectMultiple, **common
        )
    if choices is not None:
        return forms.TypedChoiceField(
            coerce=int, empty_value=None, choices=choices, **{**common, "required": False}
        )
    if column.choices or isinstance(column, models.SlugField):
        box: Any = column.formfield(label=label)
        if column.choices:
            # Django's own line for "nothing chosen" is a row of dashes.
            box.choices = [(value, text if value else _("বেছে নিন")) for value, text in box.choices]
        return box
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(label=label, required=False)
    if isinstance(column, models.IntegerField):
        least = 0 if isinstance(column, models.PositiveSmallIntegerField) else -LARGEST
        return BengaliIntegerField(min_value=least, max_value=LARGEST, **common)
    if isinstance(column, models.TextField):
        lines = forms.Textarea(attrs={"rows": 3})
        return BengaliCharField(max_length=LONGEST_TEXT, widget=lines, **common)
    return BengaliCharField(max_length=column.max_length, one_line=True, **common)


class RuleForm(BaseForm):
    """One rule of a kind: what it says, from when, under which order."""

    valid_from = BengaliDateField(
        label=_("যে তারিখ থেকে চালু"), help_text=_("যেমন ০১/০৭/২০২৭। চালু নিয়মটি এর আগের দিন শেষ হবে।")
    )
    valid_to = BengaliDateField(
        label=_("যে তারিখ পর্যন্ত"), required=False, help_text=_("শেষ জানা না থাকলে খালি রাখুন।")
    )
    source = BengaliCharField(
        label=_("সূত্র (প্রজ্ঞাপন বা পরিপত্র)"),
        one_line=True,
        max_length=LONGEST_SOURCE,
        help_text=_("যে প্রজ্ঞাপন, পরিপত্র বা আদেশে নিয়মটি এসেছে, তার নম্বর ও তারিখ।"),
        error_messages={"required": _("নিয়মটি কোন প্রজ্ঞাপন বা আদেশে এসেছে, লিখুন।")},
    )
    reason = BengaliCharField(
        label=_("কারণ"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("চালু নিয়ম সংশোধন করলে বা আগের তারিখ থেকে চালু করলে লিখতে হবে; নথিতে থাকবে।"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, kind: RuleKind, rule: Any = None, model_rule: Any = None, **kwargs: Any
    ) -> None:
        """`rule` is corrected; a new one begins with what `model_rule` says."""
        shown = rule or model_rule
        if shown is not None:
            kwargs["initial"] = {name: getattr(shown, name) for name in kind.columns}
        if rule is not None:
            for name in ("valid_from", "valid_to", "source"):
                kwargs["initial"][name] = getattr(rule, name)
            kwargs["initial"]["seen"] = fingerprint(kind, rule)
        super().__init__(*args, **kwargs)
        self.kind = kind
        own = {
            name: field_for(
                kind.model._meta.get_field(name),  # type: ignore[arg-type]
                kind.name_of(name),
                kind.choices[name]() if name in kind.choices else None,
            )
            for name in kind.columns
        }
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wrong = "" if self.errors else self.kind.objection(data)
        if wrong:
            self.add_error(None, str(wrong))
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in self.fields if name not in NOT_OF_THE_RULE
        }


NOT_OF_THE_RULE = frozenset({"reason", "seen"})


class LineForm(BaseForm):
    """One line of a rule."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        lines: RuleLines,
        kind: RuleKind,
        offers: Mapping[str, Choices],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in lines.columns:
            column: Any = lines.model._meta.get_field(name)
            label = kind.labels.get(name) or column.verbose_name
            self.fields[name] = field_for(column, label, offers.get(name))


class LineFormSet(forms.BaseFormSet):
    """The lines of a rule; what is ticked to be left out, or was left empty, is left out."""

    def clean(self) -> None:
        lines: RuleLines = self.form_kwargs["lines"]
        left_out = self.deleted_forms
        if any(form.errors for form in self.forms if form not in left_out):
            return
        wrong = lines.objection(self.rows)
        if wrong:
            raise forms.ValidationError(str(wrong))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("সারিটি বাদ দিন")

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


_LineFormSet = forms.formset_factory(
    LineForm,
    formset=LineFormSet,
    extra=BLANK_LINES,
    can_delete=True,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
)


def lines_of(kind: RuleKind, rule: Any, data: Any, *, as_new: bool) -> Any:
    """The boxes for a rule's lines, None if its kind has none; `as_new` copies them.

    What a line may choose from is asked for once, not for every line.
    """
    if kind.lines is None:
        return None
    many = {field.name: field.related_model for field in kind.lines.model._meta.many_to_many}
    asked = [name for name in kind.lines.columns if name in many]
    offers: dict[str, Choices] = {
        name: [(one.pk, str(one)) for one in many[name]._default_manager.all()] for name in asked
    }
    initial = []
    if rule is not None:
        found = kind.lines.model._default_manager.filter(**{kind.lines.link: rule})
        for line in found.prefetch_related(*asked):
            said = {name: getattr(line, name) for name in kind.lines.columns if name not in many}
            said |= {name: [one.pk for one in getattr(line, name).all()] for name in asked}
            initial.append(said if as_new else {**said, "id": line.pk})
    return _LineFormSet(
        data,
        initial=initial,
        prefix="lines",
        form_kwargs={"lines": kind.lines, "kind": kind, "offers": offers},
    )
