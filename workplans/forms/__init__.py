"""What officers type: a plan's period, a row, progress, a table to take in."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.actions import TEAMS_SINCE
from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm, OwnOfficeForm

from ..actions import TEXT_FIELDS
from ..enums import ImportMode, PeriodKind, PlanForm
from ..form_rules import form_for
from ..models import LONGEST_LINE, Task
from ..periods import Period, PeriodError

LONGEST_CELL = 20_000
BY_RULE = "rule"  # the form that the dated rule has for the period

FIRST_YEAR = TEAMS_SINCE.year


def period_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods one plans for, from next year back to the first teams, grouped by kind."""
    this_year = timezone.localdate().year
    years = range(this_year + 1, FIRST_YEAR - 1, -1)
    current = Period.fiscal_year_of(timezone.localdate())
    fiscal = [f"{year}-{year + 1}" for year in years]
    halves = [f"{year}-{months}" for year in years for months in ("07..{}-12", "01..{}-06")]
    codes = {
        PeriodKind.FISCAL: [current.code, *(code for code in fiscal if code != current.code)],
        PeriodKind.CALENDAR: [str(year) for year in years],
        PeriodKind.HALF: [half.format(half[:4]) for half in halves],
    }
    return [
        (str(kind.label), [(code, Period.parse(code).label) for code in of_kind])
        for kind, of_kind in codes.items()
    ]


class PlanCreateForm(OwnOfficeForm):
    """Which office, which period, which printed shape."""

    period = forms.ChoiceField(
        label=_("সময়কাল"),
        choices=period_choices,
        help_text=_("চলতি নিয়মে পরিকল্পনা হয় অর্থবছর (জুলাই–জুন) ধরে।"),
    )
    form = forms.ChoiceField(
        label=_("ছাপার ছক"),
        choices=[(BY_RULE, _("নিয়ম অনুযায়ী")), *PlanForm.choices],
        initial=BY_RULE,
        widget=forms.RadioSelect,
        help_text=_("ছক পরে যে কোনো সময় বদলানো যায়; কোনো লেখা হারায় না।"),
    )

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except PeriodError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """`form` becomes a value of PlanForm: which one the rule says depends on the period."""
        data = super().clean() or self.cleaned_data
        if data.get("form") == BY_RULE and "period" in data:
            data["form"] = form_for(data["period"])
        return data


class LineField(BengaliCharField):
    """A short cell: one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(one_line=True, required=False, max_length=LONGEST_LINE, **options)


class CellField(BengaliCharField):
    """A cell of any length, with its line breaks."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_CELL, **{"required": False, **options})


class RowForm(BaseForm):
    """The cells of a row, as they are typed in the plan and looked over in an import."""

    subject = LineField(label=_("বিষয়"))
    title = CellField(label=_("গৃহীতব্য কাজ"))
    start_text = LineField(label=_("শুরুর তারিখ"))
    end_text = LineField(label=_("সমাপ্তির তারিখ"))
    responsible_text = CellField(label=_("দায়িত্বপ্রাপ্ত কর্মকর্তা"))
    expected_result = CellField(label=_("প্রত্যাশিত ফলাফল"))
    measure = CellField(label=_("পরিমাপ"))


class TaskForm(RowForm):
    """One row of the plan. Only the title is required; odd dates are marked, not refused."""

    version = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, initial=0
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    title = CellField(
        label=_("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"),
        required=True,
        error_messages={"required": _("কাজের নাম লিখুন; বাকি ঘর পরে পূরণ করা যায়।")},
    )
    start_text = LineField(
        label=_("শুরুর তারিখ"),
        help_text=_("যেমন ১ জুলাই ২০২৬; অথবা “প্রতি মাসের ১৫ তারিখ”।"),
    )
    responsible_text = CellField(
        label=_("দায়িত্বপ্রাপ্ত কর্মকর্তা"),
        help_text=_("পদবি লিখুন; ওই পদে যিনি আছেন, কাজটি তাঁর “আমার করণীয়”-তে উঠবে।"),
    )

    def __init__(self, *args: Any, task: Task | None = None, **kwargs: Any) -> None:
        if task is not None:
            kwargs["initial"] = {
                "version": task.version,
                "subject": task.subject.name,
                **{name: getattr(task, name) for name in TEXT_FIELDS},
            }
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2
        self.fields["subject"].widget.attrs["list"] = "subjects"

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    @property
    def words(self) -> dict[str, str]:
        """The row as typed, ready for the actions; without a subject if none was sent."""
        sent = ("subject", *TEXT_FIELDS) if "subject" in self.data else TEXT_FIELDS
        return {name: self.cleaned_data[name] for name in sent}


class SubjectForm(BaseForm):
    """Another name for a subject; `was` is the one its writer saw."""

    name = BengaliCharField(label=_("বিষয়"), one_line=True, max_length=LONGEST_LINE, required=False)
    was = forms.CharField(required=False, max_length=LONGEST_LINE, empty_value="")


class ReturnForm(BaseForm):
    reason = BengaliCharField(
        label=_("ফেরতের কারণ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4_000,
        help_text=_("কোন সারিতে কী বদলাতে হবে, লিখুন। টিম এই কথাগুলো পরিকল্পনার মাথায় দেখবে।"),
        error_messages={"required": _("কী সংশোধন করতে হবে, লিখুন।")},
    )

    def __init__(self, *args: Any, remarks: int = 0, **kwargs: Any) -> None:
        """`remarks`: how many open ones there are; they say enough without a reason."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not remarks


class ApproveForm(BaseForm):
    """The monthly coordination meeting that approved the plan (duty 2 of the gazette of 2023)."""

    meeting_on = BengaliDateField(label=_("সমন্বয় সভার তারিখ"))
    reference = BengaliCharField(
        label=_("কার্যবিবরণীর স্মারক বা সূত্র"), one_line=True, required=False, max_length=200
    )

    def clean_meeting_on(self) -> Any:
        day = self.cleaned_data["meeting_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("সভার তারিখ আজকের পরে হতে পারে না।"))
        return day


class ImportForm(BaseForm):
    """A table pasted from Word or Excel, or a file."""

    pasted = forms.CharField(
        label=_("ছক আটকান"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Word বা Excel-এ পুরো ছকটি বেছে নিয়ে কপি করুন, তারপর এখানে আটকান (Ctrl+V)।"),
    )
    # The clipboard's own table (with merged cells), put here by import.js.
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("অথবা ফাইল দিন"),
        required=False,
        help_text=_(".docx, .xlsx, .html, .txt বা .tsv; এখান থেকে নামানো PDF-ও চলে। সর্বোচ্চ ১০ মেগাবাইট।"),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.html,.htm,.txt,.tsv,.csv,.pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("file") and not (data.get("pasted") or "").strip() and not self.errors:
            raise ValidationError(_("একটি ছক আটকান অথবা একটি ফাইল বেছে নিন।"))
        return data


class ImportRowForm(RowForm):
    """One row of the table being looked over before it is taken in."""

    take = forms.BooleanField(
        label=_("নিন"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    subject = LineField(label=_("বিষয়"), widget=forms.Textarea)  # long ones are read whole
    progress = CellField(label=_("অগ্রগতি"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "take":  # that one stands in a label with the row's number
                field.widget.attrs["aria-label"] = field.label
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 1  # it grows with its text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("take") and not data.get("title") and "title" not in self.errors:
            self.add_error("title", _("কাজের নাম নেই; লিখুন, অথবা সারিটির টিক তুলে দিন।"))
        return data


ImportRowFormSet = forms.formset_factory(ImportRowForm, extra=0, max_num=2_000, absolute_max=2_000)


class ImportModeForm(BaseForm):
    mode = forms.ChoiceField(
        label=_("পরিকল্পনায় আগে থেকে কাজ আছে"),
        # An update has a page of its own.
        choices=[one for one in ImportMode.choices if one[0] != ImportMode.UPDATE],
        initial=ImportMode.APPEND,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_changed: bool = False, **kwargs: Any) -> None:
        """`is_changed`: the plan's rows are others by now than when the page was opened."""
        super().__init__(*args, **kwargs)
        self._is_changed = is_changed

    def clean_mode(self) -> str:
        mode: str = self.cleaned_data["mode"]
        if mode == ImportMode.REPLACE and self._is_changed:
            raise ValidationError(
                _("পাতাটি খোলার পর পরিকল্পনার সারি বদলেছে। দেখে নিয়ে আবার বেছে নিন; কিছু মোছা হয়নি।")
            )
        return mode
