"""What officers type about a pilot: its plan, risks, visits, tasks, and how it ended."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.text import squeeze
from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm
from teams.models import Office, Post
from teams.templatetags.bangla_tags import digits
from teams.uploads import CleanFile, clean_upload
from workplans.forms import LONGEST_CELL
from workplans.models import WorkPlan

from ..actions import PilotPlan, RiskText, TaskRow, VisitText
from ..models import LONGEST_NAME, Pilot, Risk, Visit
from .hand_in import ManyFiles
from .measures import BengaliCountField

LARGEST_BUDGET = 10_000_000_000_000  # taka; no office pilots for more
MOST_PICTURES = 10
LONGEST_LINE = 300


class PostChoice(forms.ModelChoiceField):
    """A post with whoever holds it today."""

    def label_from_instance(self, obj: Any) -> str:
        holder = obj.holder
        return f"{obj.designation} — {holder.name if holder else gettext('পদ শূন্য')}"


def posts_of(office: Office, *, and_also: int | None = None) -> Any:
    """The office's posts, and the one that is chosen even if it has been closed since."""
    kept = Q(is_active=True) | Q(pk=and_also)
    return office.posts.filter(kept).with_holders(timezone.localdate())


class PilotForm(BaseForm):
    """The plan of a pilot. `plan` is shown at first; every line may wait."""

    place = BengaliCharField(
        label=_("পাইলটের স্থান"),
        one_line=True,
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("যে শাখা, ইউনিয়ন বা এলাকায় পরখ করা হবে।"),
    )
    starts_on = BengaliDateField(label=_("শুরু"), required=False, max_length=60)
    ends_on = BengaliDateField(label=_("শেষ"), required=False, max_length=60)
    owner_post = PostChoice(
        label=_("দায়িত্বপ্রাপ্ত পদ"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("— পরে ঠিক হবে —"),
        help_text=_("কাজ পদের; বদলি হলেও পদেই থাকে।"),
        error_messages={"invalid_choice": _("পদটি এ দপ্তরের নয়। তালিকা থেকে বেছে নিন।")},
    )
    mentor = BengaliCharField(
        label=_("মেন্টর"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("যিনি পরামর্শ দেবেন; নাম ও পদবি।"),
    )
    budget = BengaliCountField(
        label=_("বাজেট (টাকা)"), largest=LARGEST_BUDGET, required=False, max_length=60
    )
    budget_source = BengaliCharField(
        label=_("অর্থের উৎস"), one_line=True, required=False, max_length=LONGEST_NAME
    )
    expected = BengaliCharField(
        label=_("প্রত্যাশিত ফলাফল"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, office: Office, plan: PilotPlan | None = None, **kwargs: Any
    ) -> None:
        shown = plan or PilotPlan()
        kwargs["initial"] = {**shown.as_fields(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        chosen = shown.owner_post.pk if shown.owner_post else None
        self.fields["owner_post"].queryset = posts_of(office, and_also=chosen)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_order(self, cleaned)
        return cleaned

    @property
    def plan(self) -> PilotPlan:
        """The plan as typed, ready for the actions."""
        return PilotPlan(**{name: self.cleaned_data[name] for name in PilotForm.base_fields})


class PilotUpdateForm(PilotForm):
    """The plan as it is; `plan` is shown instead of the pilot's own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, pilot: Pilot, plan: PilotPlan | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"version": pilot.version}
        super().__init__(
            *args, office=pilot.idea.office, plan=plan or PilotPlan.of(pilot), **kwargs
        )


def check_order(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Put a word beside an end that lies before its start."""
    starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        form.add_error("ends_on", _("শেষের তারিখ শুরুর তারিখের আগে হতে পারে না।"))


# --- Risks ---------------------------------------------------------------------------------
class RiskForm(BaseForm):
    """A risk as it is first named."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = BengaliCharField(
        label=_("ঝুঁকি"),
        one_line=True,
        max_length=LONGEST_LINE,
        error_messages={"required": _("ঝুঁকিটি এক লাইনে লিখুন।")},
    )
    mitigation = BengaliCharField(
        label=_("মোকাবিলার উপায়"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def words(self) -> RiskText:
        return RiskText(
            text=self.cleaned_data["text"],
            mitigation=self.cleaned_data["mitigation"],
            is_over=self.cleaned_data.get("is_over", False),
        )


class RiskUpdateForm(RiskForm):
    """A risk as it is; `words` are shown instead of its own."""

    form_key = None  # type: ignore[assignment]
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    is_over = forms.BooleanField(label=_("ঝুঁকিটি কেটে গেছে"), required=False)

    def __init__(
        self, *args: Any, risk: Risk, words: RiskText | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**(words or RiskText.of(risk)).as_json(), "version": risk.version}
        super().__init__(*args, **kwargs)


# --- Visits --------------------------------------------------------------------------------
class PicturesField(forms.FileField):
    """Several pictures at once. The value is a list of teams.uploads.CleanFile."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "drop", "accept": "image/jpeg,image/png,image/webp"}
        super().__init__(widget=ManyFiles(attrs=attrs), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST_PICTURES:
            raise ValidationError(
                _("একবারে সর্বোচ্চ %(most)sটি ছবি দেওয়া যায়; বাকিগুলো পরে যোগ করুন।"),
                params={"most": digits(MOST_PICTURES)},
            )
        return [self._cleaned(super(PicturesField, self).clean(one, initial)) for one in uploads]

    def _cleaned(self, upload: Any) -> CleanFile:
        try:
            return clean_upload(upload, pictures_only=True)
        except ValidationError as error:
            # Named, for there may be several.
            said, name = " ".join(error.messages), squeeze(upload.name or "")[:60]
            raise ValidationError(f"“{name}”: {said}") from error


class VisitForm(BaseForm):
    """What somebody saw at the pilot; `visit` is shown at first when it is mended."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    visited_on = BengaliDateField(
        label=_("পরিদর্শনের তারিখ"),
        max_length=60,
        initial=timezone.localdate,
        error_messages={"required": _("কোন তারিখে পরিদর্শন হয়েছে, লিখুন।")},
    )
    visitor = BengaliCharField(
        label=_("পরিদর্শক"),
        one_line=True,
        max_length=LONGEST_NAME,
        help_text=_("নাম ও পদবি।"),
        error_messages={"required": _("কে পরিদর্শন করেছেন, লিখুন।")},
    )
    notes = BengaliCharField(
        label=_("যা দেখা গেল"),
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("কী দেখা গেল, দু-এক বাক্যে লিখুন।")},
    )
    advice = BengaliCharField(
        label=_("পরামর্শ"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pictures = PicturesField(
        label=_("ছবি"),
        required=False,
        help_text=_("JPG, PNG বা WebP। ছবির ভেতরের অবস্থান ও যন্ত্রের তথ্য মুছে রাখা হয়।"),
    )

    def __init__(self, *args: Any, visit: Visit | None = None, **kwargs: Any) -> None:
        if visit is not None:
            kwargs["initial"] = VisitText.of(visit).as_fields()
        super().__init__(*args, **kwargs)

    def clean_visited_on(self) -> date:
        visited_on = self.cleaned_data["visited_on"]
        if visited_on > timezone.localdate():
            raise ValidationError(_("পরিদর্শনের তারিখ আজকের পরে হতে পারে না।"))
        return visited_on

    @property
    def words(self) -> VisitText:
        names = ("visited_on", "visitor", "notes", "advice")
        return VisitText(**{name: self.cleaned_data[name] for name in names})


# --- Tasks ---------------------------------------------------------------------------------
class PlanChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.period.label} ({obj.get_status_display()})"


class TasksForm(BaseForm):
    """Which plan the tasks go into, and under what heading."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    plan = PlanChoice(
        label=_("কর্মপরিকল্পনা"),
        queryset=WorkPlan.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("কোন কর্মপরিকল্পনায় কাজগুলো যাবে, বেছে নিন।"),
            "invalid_choice": _("কর্মপরিকল্পনাটিতে এখন কাজ যোগ করা যায় না। তালিকা থেকে বেছে নিন।"),
        },
    )
    subject = BengaliCharField(
        label=_("বিষয়"),
        one_line=True,
        max_length=LONGEST_LINE,
        error_messages={"required": _("কাজগুলো কোন বিষয়ের নিচে যাবে, লিখুন।")},
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


class TaskRowForm(BaseForm):
    """One row offered; only those that are ticked are made."""

    chosen = forms.BooleanField(label=_("নিন"), required=False)
    title = BengaliCharField(label=_("কাজ"), one_line=True, required=False, max_length=LONGEST_CELL)
    starts_on = BengaliDateField(label=_("শুরু"), required=False, max_length=60)
    ends_on = BengaliDateField(label=_("শেষ"), required=False, max_length=60)
    responsible_text = BengaliCharField(
        label=_("দায়িত্বপ্রাপ্ত"), one_line=True, required=False, max_length=LONGEST_LINE
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("chosen"):
            # What is not taken cannot be wrong.
            self._errors = forms.utils.ErrorDict()
            return cleaned
        if "title" in cleaned and not cleaned["title"]:
            self.add_error("title", _("কাজটির নাম লিখুন, অথবা টিক তুলে দিন।"))
        if "starts_on" in cleaned and not cleaned["starts_on"]:
            self.add_error("starts_on", _("কাজটি কবে শুরু হবে, লিখুন।"))
        check_order(self, cleaned)
        return cleaned

    @property
    def row(self) -> TaskRow | None:
        """The row as typed; None when it was not ticked."""
        if not self.cleaned_data.get("chosen"):
            return None
        names = ("title", "starts_on", "ends_on", "responsible_text")
        return TaskRow(**{name: self.cleaned_data[name] for name in names})


TaskRows = forms.formset_factory(TaskRowForm, extra=0, max_num=20, absolute_max=20)


# --- How it ended --------------------------------------------------------------------------
class FinishForm(BaseForm):
    """A success. `is_measured` False asks why the TCV table has no values after the change."""

    results = BengaliCharField(
        label=_("ফলাফল"),
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("কী বদলেছে, কারা উপকৃত হয়েছেন।"),
        error_messages={"required": _("পাইলটে কী ফল পাওয়া গেল, লিখুন।")},
    )
    lessons = BengaliCharField(
        label=_("যা শেখা গেল"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("অন্য দপ্তর চালু করলে যা জানা দরকার।"),
    )
    unmeasured_reason = BengaliCharField(
        label=_("পরের পরিমাপ কেন নেই"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("পরিমাপ পরে লেখা যাবে; কারণটি পাইলটের পাতায় থাকবে।"),
        error_messages={"required": _("পরের পরিমাপ এখনো লেখা হয়নি। পরিমাপ লিখুন, অথবা কেন নেই তা জানান।")},
    )

    def __init__(self, *args: Any, is_measured: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_measured:
            del self.fields["unmeasured_reason"]


class StopForm(BaseForm):
    lessons = BengaliCharField(
        label=_("যা শেখা গেল"),
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("কেন চালানো গেল না, আবার করলে কী অন্যভাবে করবেন।"),
        error_messages={"required": _("পাইলটটি থেকে কী শেখা গেল, লিখুন।")},
    )
