"""What officers type about an activity; each kind is asked only what it is counted by."""

import uuid
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ideas.forms.measures import BengaliCountField
from ideas.forms.pilots import PicturesField
from teams.actions import TEAMS_SINCE
from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm, OwnOfficeForm
from teams.models import Office
from teams.uploads import CleanFile
from workplans.forms import LONGEST_CELL
from workplans.models import Task, WorkPlan

from ..actions.activities import ActivityText
from ..activities import FORMS, NEEDED, NO_TASK
from ..models import Activity

LONGEST_LINE = 300
LONGEST_DATE = 60
LONGEST_LINK = 200  # the column's own length
LONGEST_ACTIVITY = timedelta(days=366)
LATEST_PLANS = timedelta(days=2 * 366)  # whose tasks are offered
MOST_PEOPLE = 1_000_000
MOST_BATCHES = 1_000
LARGEST_QUANTITY = 10_000_000
LARGEST_AMOUNT = 10_000_000_000_000  # taka
NEED_WORDS = {
    "quantity": _("কতটি, সংখ্যায় লিখুন; প্রতিবেদনে এই সংখ্যাই গোনা হয়।"),
    "amount": _("কত টাকা, সংখ্যায় লিখুন; প্রতিবেদনে এই অঙ্কই যোগ হয়।"),
}


class LinkField(forms.CharField):
    """The address of a page elsewhere, by http or https; any other kind is refused."""

    widget = forms.URLInput

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if not address:
            return ""
        if "://" not in address and ":" not in address.split("/")[0]:
            address = f"https://{address}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as refused:
            raise ValidationError(
                gettext("ঠিকানাটি ঠিক নয়। https:// দিয়ে শুরু হওয়া পুরো ঠিকানা লিখুন।")
            ) from refused
        if len(address) > LONGEST_LINK:
            raise ValidationError(gettext("ঠিকানাটি অনেক লম্বা। ছোট ঠিকানাটি দিন।"))
        return address


def tasks_of(offices: list[int]) -> Any:
    """The tasks one may name: of the newest revision of each plan of late; with their plans."""
    newest = WorkPlan.objects.filter(
        office=OuterRef("office"), starts_on=OuterRef("starts_on"), ends_on=OuterRef("ends_on")
    ).order_by("-revision")
    plans = WorkPlan.objects.filter(
        office_id__in=offices,
        ends_on__gte=timezone.localdate() - LATEST_PLANS,
        pk=Subquery(newest.values("pk")[:1]),
    )
    return (
        Task.objects.kept()
        .filter(plan__in=plans)
        .select_related("plan")
        .order_by("-plan__starts_on", "plan_id", "subject__position", "position", "pk")
    )


class TaskChoice(forms.ModelChoiceField):
    """A task under its title, shortened to fit a phone."""

    def label_from_instance(self, obj: Any) -> str:
        words = " ".join(str(obj.title).split())
        return words if len(words) <= 90 else f"{words[:89]}…"


class ActivityForm(BaseForm):
    """An activity of one kind; `text` is shown at first, `offices` are whose tasks are offered."""

    title = BengaliCharField(
        label=_("বিষয়"),
        one_line=True,
        max_length=LONGEST_LINE,
        error_messages={"required": _("কী করা হয়েছে, এক লাইনে লিখুন।")},
    )
    held_on = BengaliDateField(
        label=_("তারিখ"),
        max_length=LONGEST_DATE,
        help_text=_("যেমন ২১/১১/২০২৬ বা ২১ নভেম্বর ২০২৬।"),
        error_messages={"required": _("কোন তারিখে হয়েছে, লিখুন।")},
    )
    ends_on = BengaliDateField(
        label=_("শেষ দিন"),
        required=False,
        max_length=LONGEST_DATE,
        help_text=_("এক দিনের হলে খালি রাখুন।"),
    )
    place = BengaliCharField(label=_("স্থান"), one_line=True, required=False, max_length=LONGEST_LINE)
    batches = BengaliCountField(
        label=_("ব্যাচ"), largest=MOST_BATCHES, required=False, max_length=40, initial=1
    )
    participants = BengaliCountField(
        label=_("অংশগ্রহণকারী (জন)"),
        largest=MOST_PEOPLE,
        required=False,
        max_length=40,
        help_text=_("সব ব্যাচ মিলিয়ে। এখনো না জানলে খালি রাখুন; প্রতিবেদনের তালিকা মনে করিয়ে দেবে।"),
    )
    women = BengaliCountField(
        label=_("তাঁদের মধ্যে নারী (জন)"), largest=MOST_PEOPLE, required=False, max_length=40
    )
    quantity = BengaliCountField(
        label=_("সংখ্যা"), largest=LARGEST_QUANTITY, required=False, max_length=40
    )
    amount = BengaliCountField(label=_("টাকা"), largest=LARGEST_AMOUNT, required=False, max_length=60)
    partner = BengaliCharField(
        label=_("আয়োজক"), one_line=True, required=False, max_length=LONGEST_LINE
    )
    link = LinkField(
        label=_("ওয়েব ঠিকানা"),
        required=False,
        max_length=2 * LONGEST_LINK,
        help_text=_("থাকলে: https:// দিয়ে শুরু হওয়া ঠিকানা।"),
    )
    result = BengaliCharField(
        label=_("ফলাফল"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    task = TaskChoice(
        label=_("কর্মপরিকল্পনার কাজ"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=NO_TASK,
        help_text=_("কাজটি পরিকল্পনায় থাকলে বেছে নিন।"),
        error_messages={"invalid_choice": _("কাজটি এই দপ্তরের পরিকল্পনায় নেই। তালিকা থেকে বেছে নিন।")},
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        task_offices: list[int],
        text: ActivityText | None = None,
        **kwargs: Any,
    ) -> None:
        if text is not None:
            kwargs["initial"] = {**text.as_fields(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._ask_only_what_counts()
        self._offer_tasks(task_offices, text.task if text else None)

    def _ask_only_what_counts(self) -> None:
        """Drop the fields this kind has no use for, and word the others for it."""
        form = FORMS[self.kind]
        for name in [name for name in ActivityForm.base_fields if name not in form.fields]:
            del self.fields[name]
        for name in form.fields:
            field = self.fields[name]
            if name in form.labels:
                field.label = str(form.labels[name])
            if name in form.helps:
                field.help_text = str(form.helps[name])
        for name in NEEDED.get(self.kind, ()):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = NEED_WORDS[name]
        extra = [name for name in self.fields if name not in ActivityForm.base_fields]
        before = [name for name in extra if name != "pictures"]
        self.order_fields([*before, *form.fields, "pictures"])

    def _offer_tasks(self, offices: list[int], chosen: Task | None) -> None:
        field = cast(forms.ModelChoiceField, self.fields["task"])
        tasks = list(tasks_of(offices))
        if chosen is not None and all(task.pk != chosen.pk for task in tasks):
            tasks.append(chosen)  # of an old plan, or struck out since: it stays until changed
        # With their plans, whose office is compared with the chosen one.
        known = Task.objects.filter(pk__in=[task.pk for task in tasks])
        field.queryset = known.select_related("plan")
        groups: dict[str, list[tuple[int, str]]] = {}
        for task in tasks:
            label = task.plan.period.label
            groups.setdefault(label, []).append((task.pk, field.label_from_instance(task)))
        field.choices = [("", NO_TASK), *groups.items()]

    def clean_held_on(self) -> date:
        return _checked_day(self.cleaned_data["held_on"])

    def clean_ends_on(self) -> date | None:
        ends_on = self.cleaned_data["ends_on"]
        held_on = self.cleaned_data.get("held_on")
        if ends_on and held_on and ends_on < held_on:
            raise ValidationError(gettext("শেষ দিন শুরুর তারিখের আগে হতে পারে না।"))
        if ends_on and held_on and ends_on - held_on > LONGEST_ACTIVITY:
            raise ValidationError(gettext("শেষ দিন এক বছরের বেশি পরে। বছরটি দেখে নিন।"))
        return None if ends_on == held_on else ends_on

    def clean_batches(self) -> int:
        batches: int | None = self.cleaned_data["batches"]
        if batches == 0:
            raise ValidationError(gettext("অন্তত একটি ব্যাচ লিখুন।"))
        return batches or 1

    def clean_women(self) -> int | None:
        women: int | None = self.cleaned_data["women"]
        people: int | None = self.cleaned_data.get("participants")
        if women is None or "participants" in self.errors:
            return women
        if people is None:
            raise ValidationError(gettext("আগে মোট অংশগ্রহণকারী কতজন, লিখুন।"))
        if women > people:
            raise ValidationError(gettext("নারীর সংখ্যা মোট অংশগ্রহণকারীর বেশি হতে পারে না।"))
        return women

    @property
    def text(self) -> ActivityText:
        """The activity as typed, ready for the actions."""
        return ActivityText(**{name: self.cleaned_data[name] for name in FORMS[self.kind].fields})


def _checked_day(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(gettext("তারিখটি এখনো আসেনি। কার্যক্রম হয়ে গেলে লিখুন।"))
    if day < TEAMS_SINCE:
        raise ValidationError(gettext("ইনোভেশন টিম গঠনের আগের তারিখ। বছরটি দেখে নিন।"))
    return day


class ActivityCreateForm(OwnOfficeForm, ActivityForm):
    """A new activity, with its pictures."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    pictures = PicturesField(
        label=_("ছবি"),
        required=False,
        help_text=_("JPG, PNG বা WebP। ছবির ভেতরের অবস্থান ও যন্ত্রের তথ্য মুছে রাখা হয়।"),
    )

    def __init__(self, *args: Any, kind: str, offices: list[Office], **kwargs: Any) -> None:
        own = [office.pk for office in offices]
        super().__init__(*args, kind=kind, offices=offices, task_offices=own, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        task = cleaned.get("task")
        if task and task.plan.office_id != cleaned.get("office"):
            self.add_error("task", self.fields["task"].error_messages["invalid_choice"])
        return cleaned


class ActivityUpdateForm(ActivityForm):
    """The activity as it is; `text` is shown instead of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, activity: Activity, text: ActivityText | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"version": activity.version}
        super().__init__(
            *args,
            kind=activity.kind,
            task_offices=[activity.office_id],
            text=text or ActivityText.of(activity),
            **kwargs,
        )


class PicturesForm(BaseForm):
    """More pictures of an activity."""

    pictures = PicturesField(
        label=_("ছবি"),
        help_text=_("JPG, PNG বা WebP। ছবির ভেতরের অবস্থান ও যন্ত্রের তথ্য মুছে রাখা হয়।"),
    )

    def clean_pictures(self) -> list[CleanFile]:
        pictures: list[CleanFile] = self.cleaned_data["pictures"]
        if not pictures:
            raise ValidationError(gettext("অন্তত একটি ছবি বেছে নিন।"))
        return pictures


class CaptionForm(BaseForm):
    """The words under a picture."""

    caption = BengaliCharField(
        label=_("ছবির কথা"),
        one_line=True,
        required=False,
        max_length=300,
        help_text=_("ছবিতে কী আছে, এক বাক্যে; যাঁরা দেখতে পান না তাঁরা এটি শুনবেন।"),
    )
