"""What reviewers, superior offices and teams type in a review."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii
from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm
from teams.templatetags.bangla_tags import day, digits

from ..models import ReviewCriterion
from ..review.scoring import HALF, MarkWords

LONGEST_COMMENT = 4_000
LONGEST_NOTE = 500
LONGEST_REASON = 4_000
LONGEST_WAIT = timedelta(days=366)
LONGEST_POINTS = 10
LARGEST_VERSION = 2**31 - 1


def version_field() -> forms.IntegerField:
    """The version words were typed on; it comes back with a draft."""
    return forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}),
        min_value=0,
        max_value=LARGEST_VERSION,
    )


class CommentForm(BaseForm):
    """A new comment; where it belongs is in the address."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = BengaliCharField(
        label=_("মন্তব্য"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("মন্তব্যটি লিখুন।")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class CommentUpdateForm(BaseForm):
    """One's own draft again."""

    version = version_field()
    text = BengaliCharField(
        label=_("মন্তব্য"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("মন্তব্যটি লিখুন, অথবা খসড়াটি মুছে ফেলুন।")},
    )


class AnswerForm(BaseForm):
    """What the team did about a comment."""

    version = version_field()
    answer = BengaliCharField(
        label=_("জবাব"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("কী সংশোধন করেছেন, বা কেন করেননি।"),
        error_messages={"required": _("জবাবটি লিখুন।")},
    )


class ReturnForm(BaseForm):
    """Why a report goes back, and until when it must come again."""

    reason = BengaliCharField(
        label=_("কারণ"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("দপ্তর এটিই প্রথমে পড়বে: কী কী সংশোধন করতে হবে।"),
        error_messages={"required": _("কেন ফেরত যাচ্ছে তা লিখুন।")},
    )
    resubmit_by = BengaliDateField(
        label=_("আবার পাঠানোর শেষ তারিখ"),
        error_messages={"required": _("কোন তারিখের মধ্যে আবার পাঠাতে হবে তা লিখুন।")},
    )

    def clean_resubmit_by(self) -> date:
        chosen: date = self.cleaned_data["resubmit_by"]
        today = timezone.localdate()
        if not today < chosen <= today + LONGEST_WAIT:
            raise ValidationError(
                gettext("শেষ তারিখ %(first)s থেকে এক বছরের মধ্যে দিন।")
                % {"first": day(today + timedelta(days=1))}
            )
        return chosen


class PointsField(forms.DecimalField):
    """Points in either script's digits, in halves."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = to_ascii(str(value or "")).strip()
        if len(text) > LONGEST_POINTS:
            # The check of the step counts in floats, which end long before that.
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return digits(plain(value)) if isinstance(value, Decimal) else value


def plain(points: Decimal) -> str:
    """Points without needless noughts: 12, 12.5."""
    return f"{points.normalize():f}"


class MarksForm(BaseForm):
    """The reviewer's checklist: points and a note for each question, and words on the whole."""

    version = version_field()
    summary = BengaliCharField(
        label=_("সার্বিক মন্তব্য"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("সিদ্ধান্তের পরে দপ্তর দেখবে।"),
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[ReviewCriterion],
        words: MarkWords | None = None,
        version: int = 0,
        **kwargs: Any,
    ) -> None:
        words = words or MarkWords()
        self.criteria = tuple(criteria)
        kwargs["initial"] = {
            "version": version,
            "summary": words.summary,
            **{f"points-{pk}": points for pk, points in words.points.items()},
            **{f"note-{pk}": note for pk, note in words.notes.items()},
        }
        super().__init__(*args, **kwargs)
        for one in self.criteria:
            self.fields[f"points-{one.pk}"] = self._points(one)
            self.fields[f"note-{one.pk}"] = BengaliCharField(
                label=gettext("নোট: %(name)s") % {"name": one.name},
                one_line=True,
                required=False,
                max_length=LONGEST_NOTE,
            )

    @staticmethod
    def _points(one: ReviewCriterion) -> PointsField:
        said = gettext("“%(name)s”: ০ থেকে %(most)s-এর মধ্যে একটি নম্বর দিন, আধা নম্বরও চলে।") % {
            "name": one.name,
            "most": digits(one.points),
        }
        errors = dict.fromkeys(
            (
                "invalid",
                "min_value",
                "max_value",
                "step_size",
                "max_digits",
                "max_decimal_places",
                "max_whole_digits",
            ),
            said,
        )
        return PointsField(
            label=one.name,
            required=False,
            min_value=0,
            max_value=one.points,
            step_size=HALF,
            max_digits=5,
            decimal_places=2,
            error_messages=errors,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for one in self.criteria:
            name = f"points-{one.pk}"
            if data.get(f"note-{one.pk}") and data.get(name) is None and name not in self.errors:
                self.add_error(
                    name, gettext("“%(name)s”: নোট রাখতে নম্বরও দিন।") % {"name": one.name}
                )
        return data

    @property
    def words(self) -> MarkWords:
        """What was given, ready for the actions."""
        given = {one.pk: self.cleaned_data.get(f"points-{one.pk}") for one in self.criteria}
        points = {pk: value for pk, value in given.items() if value is not None}
        notes = {pk: note for pk in points if (note := self.cleaned_data[f"note-{pk}"])}
        return MarkWords(points, notes, self.cleaned_data["summary"])

    @property
    def rows(self) -> list[tuple[ReviewCriterion, BoundField, BoundField]]:
        """Each question with its two fields."""
        return [(one, self[f"points-{one.pk}"], self[f"note-{one.pk}"]) for one in self.criteria]
