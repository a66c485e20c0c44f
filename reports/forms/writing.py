"""What officers type into a report: which one to begin, words, a number of their own, scores."""

from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ideas.forms.measures import BengaliDecimalField
from teams.fields import BengaliCharField
from teams.forms import BaseForm
from teams.uploads import CleanFile, clean_upload
from workplans.enums import PeriodKind
from workplans.forms import LONGEST_CELL, period_choices
from workplans.periods import Period, PeriodError

from ..actions import ScoreText
from ..enums import ReportKind
from ..models import Report, ScoreLine, Section

LONGEST_REASON = 300
LARGEST_FIGURE = Decimal(10) ** 15
LARGEST_SCORE = Decimal("9999.99")  # the column's own


# --- Which one -----------------------------------------------------------------------------------
class ReportCreateForm(BaseForm):
    """The kind and period of a report to begin; the office comes with it, from the address."""

    kind = forms.ChoiceField(
        label=_("প্রতিবেদনের ধরন"),
        choices=ReportKind.choices,
        error_messages={"invalid_choice": _("বার্ষিক বা অর্ধবার্ষিক, একটি বেছে নিন।")},
    )
    period = forms.CharField(label=_("সময়কাল"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].widget = forms.Select(choices=_begun_periods())

    def clean_period(self) -> Period:
        try:
            period = Period.parse(self.cleaned_data["period"])
        except PeriodError as error:
            raise ValidationError(str(error)) from error
        if period.starts_on > timezone.localdate():
            raise ValidationError(gettext("সময়কালটি এখনো শুরু হয়নি। শুরু হলে প্রতিবেদন লেখা যাবে।"))
        return period

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, period = cleaned.get("kind"), cleaned.get("period")
        if kind and period and (kind == ReportKind.HALF_YEARLY) != (period.kind == PeriodKind.HALF):
            self.add_error(
                "period",
                _("অর্ধবার্ষিক প্রতিবেদন ছয় মাসের, বার্ষিক প্রতিবেদন পুরো বছরের। সময়কাল মিলিয়ে নিন।"),
            )
        return cleaned


def _begun_periods() -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods one may report on: those that have begun, grouped by kind."""
    today = timezone.localdate()
    return [
        (label, [one for one in choices if Period.parse(one[0]).starts_on <= today])
        for label, choices in period_choices()
    ]


# --- Words ---------------------------------------------------------------------------------------
def mark_of(words: str) -> str:
    """Tells these words from others."""
    return sha256(words.encode()).hexdigest()[:16]


class SectionForm(BaseForm):
    """The words of a part. `was` marks the words one began from: when only a number has changed
    since, nobody's words stand against each other."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    was = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, max_length=16
    )
    words = BengaliCharField(
        label=_("কথা"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("প্রতিবেদনে যেমন থাকবে। নতুন অনুচ্ছেদ শুরু করতে নতুন লাইনে যান।"),
    )

    def __init__(
        self, *args: Any, section: Section, words: str | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "version": section.version,
            "was": mark_of(section.words),
            "words": section.words if words is None else words,
        }
        super().__init__(*args, **kwargs)


class VersionForm(BaseForm):
    """A button that acts on the copy it was shown with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LeaveOutForm(VersionForm):
    """Why the report goes without a part."""

    reason = BengaliCharField(
        label=_("অংশটি কেন থাকবে না"),
        one_line=True,
        max_length=LONGEST_REASON,
        help_text=_("যেমন “এ বছর কোনো শোকেসিং হয়নি”। কারণটি শুধু টিম দেখবে।"),
        error_messages={"required": _("অংশটি কেন থাকবে না, এক লাইনে লিখুন।")},
    )


class OwnFigureForm(VersionForm):
    """A number typed instead of counted, and why."""

    value = BengaliDecimalField(
        label=_("আপনার সংখ্যা"),
        largest=LARGEST_FIGURE,
        max_length=40,
        error_messages={"required": _("সংখ্যাটি লিখুন।")},
    )
    reason = BengaliCharField(
        label=_("কারণ"),
        one_line=True,
        max_length=LONGEST_REASON,
        help_text=_("পর্যালোচক পড়বেন। যেমন “দুটি প্রশিক্ষণ সিস্টেম চালুর আগে হয়েছে”।"),
        error_messages={"required": _("নথির সংখ্যার বদলে কেন এটি, এক লাইনে লিখুন।")},
    )


# --- Pictures ------------------------------------------------------------------------------------
class CaptionForm(BaseForm):
    """The words under a picture."""

    caption = BengaliCharField(
        label=_("ছবির কথা"),
        one_line=True,
        max_length=300,
        help_text=_("ছবিতে কী আছে, এক বাক্যে; যাঁরা দেখতে পান না তাঁরা এটি শুনবেন।"),
        error_messages={"required": _("ছবিতে কী দেখা যাচ্ছে, এক বাক্যে লিখুন।")},
    )


class PictureForm(CaptionForm):
    """A picture for the annex."""

    field_order = ("picture",)
    picture = forms.FileField(
        label=_("ছবি"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPG, PNG বা WebP। ছবির ভেতরের অবস্থান ও যন্ত্রের তথ্য মুছে রাখা হয়।"),
        error_messages={
            "required": _("একটি ছবি বেছে নিন।"),
            "empty": _("ফাইলটি খালি। আবার বেছে নিন।"),
        },
    )

    def clean_picture(self) -> CleanFile:
        return clean_upload(self.cleaned_data["picture"], pictures_only=True)


# --- Scores --------------------------------------------------------------------------------------
SPARE_LINES = 5
MOST_LINES = 200


class ScoreLineForm(BaseForm):
    """One line of the score sheet; an empty one is no line."""

    objective = BengaliCharField(label=_("উদ্দেশ্য"), one_line=True, required=False, max_length=300)
    indicator = BengaliCharField(
        label=_("কর্মসম্পাদন সূচক"), one_line=True, required=False, max_length=300
    )
    unit = BengaliCharField(label=_("একক"), one_line=True, required=False, max_length=60)
    weight = BengaliDecimalField(
        label=_("মান"), largest=LARGEST_SCORE, required=False, max_length=20
    )
    target = BengaliCharField(label=_("লক্ষ্যমাত্রা"), one_line=True, required=False, max_length=120)
    achieved = BengaliCharField(label=_("অর্জন"), one_line=True, required=False, max_length=120)
    score = BengaliDecimalField(
        label=_("প্রাপ্ত নম্বর"), largest=LARGEST_SCORE, required=False, max_length=20
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In a table the head of the column is no label of the box.
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_line or self.errors:
            return cleaned
        if not cleaned["indicator"]:
            self.add_error("indicator", _("সূচকটি লিখুন, অথবা সারির সব ঘর খালি করুন।"))
        if not cleaned["weight"]:
            self.add_error("weight", _("মান শূন্যের বেশি হতে হবে।"))
        elif cleaned["score"] is None:
            self.add_error("score", _("প্রাপ্ত নম্বর লিখুন।"))
        elif cleaned["score"] > cleaned["weight"]:
            self.add_error("score", _("প্রাপ্ত নম্বর মানের বেশি হতে পারে না।"))
        return cleaned

    @property
    def is_line(self) -> bool:
        """Something stands in it; a nought counts."""
        return any(value not in (None, "") for value in self.cleaned_data.values())

    @property
    def line(self) -> ScoreText:
        return ScoreText(**self.cleaned_data)


ScoreSheet = forms.formset_factory(
    ScoreLineForm,
    extra=SPARE_LINES,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,
)


def lines_typed(sheet: "forms.BaseFormSet[ScoreLineForm]") -> list[ScoreText]:
    """The lines of a valid sheet, without the empty ones."""
    return [form.line for form in sheet.forms if form.is_line]


def sheet_of(report: Report) -> list[dict[str, Any]]:
    """The lines as they are, for the boxes."""
    names = ScoreLineForm.base_fields
    return [_as_fields(line, names) for line in report.score_lines.all()]


def _as_fields(line: ScoreLine, names: Any) -> dict[str, Any]:
    return {name: getattr(line, name) for name in names}
