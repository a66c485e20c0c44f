"""What a member gives an idea: points for each criterion, and a note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm
from teams.templatetags.bangla_tags import digits

from ..actions import ScoreWords
from ..models import MOST_POINTS, Criterion

LONGEST_NOTE = 4_000


class ScoreForm(BaseForm):
    """The marks of one idea; with `must_be_whole` every criterion needs its points."""

    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), initial=0, min_value=0
    )
    note = BengaliCharField(
        label=_("মন্তব্য"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("কেন এই নম্বর; নম্বর দেওয়া শেষ হলে টিমের সবাই দেখবেন।"),
    )

    def __init__(
        self,
        *args: Any,
        criterions: Sequence[Criterion],
        words: ScoreWords | None = None,
        version: int = 0,
        must_be_whole: bool = False,
        **kwargs: Any,
    ) -> None:
        words = words or ScoreWords()
        self.criterions = tuple(criterions)
        self.must_be_whole = must_be_whole
        kwargs["initial"] = {
            "version": version,
            "note": words.note,
            **{_name(pk): str(points) for pk, points in words.points.items()},
        }
        super().__init__(*args, **kwargs)
        for one in self.criterions:
            self.fields[_name(one.pk)] = forms.TypedChoiceField(
                label=one.name,
                choices=[(str(n), digits(n)) for n in range(MOST_POINTS + 1)],
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": gettext("“%(name)s”: ০ থেকে ৫-এর একটি নম্বর বেছে নিন।")
                    % {"name": one.name}
                },
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.must_be_whole:
            for one in self.criterions:
                name = _name(one.pk)
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext("“%(name)s”-এ নম্বর দিন।") % {"name": one.name})
        elif not data.get("version") and not self.errors and not self.words.is_given:
            raise ValidationError(gettext("অন্তত একটি মানদণ্ডে নম্বর দিন, অথবা মন্তব্য লিখুন।"))
        return data

    @property
    def words(self) -> ScoreWords:
        """What was given, ready for the actions."""
        given = {one.pk: self.cleaned_data.get(_name(one.pk)) for one in self.criterions}
        points = {pk: points for pk, points in given.items() if points is not None}
        return ScoreWords(points, self.cleaned_data["note"])

    @property
    def rows(self) -> list[tuple[Criterion, BoundField]]:
        """Each criterion with its field."""
        return [(one, self[_name(one.pk)]) for one in self.criterions]


def _name(criterion_pk: int) -> str:
    return f"points-{criterion_pk}"
