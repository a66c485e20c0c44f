"""A change of an office as the administrator writes it, one form for each kind."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...enums import ChangeKind, Tier
from ...fields import BengaliCharField, BengaliDateField
from ...models import Office
from ...office_changes import NAMES, Wanted
from ...offices import TIER_PARENTS
from ..base import BaseForm

LONGEST_SOURCE = 300
LONGEST_NAME = 250
LONGEST_PLACE = 150
LONGEST_CODE = 80
CODE = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("কোডে শুধু ছোট হাতের ইংরেজি অক্ষর, অঙ্ক ও মাঝে হাইফেন লিখুন, যেমন madaripur-sadar।"),
)


def name_field(label: Any, longest: int) -> BengaliCharField:
    return BengaliCharField(label=label, max_length=longest, one_line=True)


class ChangeForm(BaseForm):
    """From when, and under which order."""

    kind: ChangeKind

    effective_on = BengaliDateField(
        label=_("কার্যকরের তারিখ"),
        help_text=_("আজ বা আগের তারিখ দিলে এখনই কার্যকর হবে; পরের তারিখ দিলে সেদিন নিজে থেকে।"),
    )
    source = BengaliCharField(
        label=_("সূত্র (প্রজ্ঞাপন বা আদেশ)"),
        one_line=True,
        max_length=LONGEST_SOURCE,
        help_text=_("প্রজ্ঞাপন বা আদেশের নম্বর ও তারিখ।"),
        error_messages={"required": _("কোন প্রজ্ঞাপন বা আদেশে এই পরিবর্তন, লিখুন।")},
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        own = [name for name in self.fields if name not in ChangeForm.base_fields]
        self.order_fields([*own, *ChangeForm.base_fields])

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        today = timezone.localdate()
        if day and not 1971 <= day.year <= today.year + 5:
            raise forms.ValidationError(
                _("তারিখটি ১৯৭১ সালের আগে বা পাঁচ বছরের বেশি পরে; তারিখ মিলিয়ে নিন।")
            )
        return day

    @property
    def details(self) -> dict[str, Any]:
        """What OfficeChange.details will say."""
        return {}

    @property
    def others(self) -> tuple[Office, ...]:
        return ()

    @property
    def wanted(self) -> Wanted:
        """The change that a valid form asks for."""
        return Wanted(
            kind=self.kind,
            office=self.office,
            effective_on=self.cleaned_data["effective_on"],
            source=self.cleaned_data["source"],
            details=self.details,
            others=self.others,
        )


class NamesForm(ChangeForm):
    """The four names of an office."""

    name_bn = name_field(_("নাম (বাংলা)"), LONGEST_NAME)
    name_en = name_field(_("নাম (ইংরেজি)"), LONGEST_NAME)
    place_bn = name_field(_("সংক্ষিপ্ত নাম (বাংলা)"), LONGEST_PLACE)
    place_en = name_field(_("সংক্ষিপ্ত নাম (ইংরেজি)"), LONGEST_PLACE)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in NAMES}


class RenameForm(NamesForm):
    kind = ChangeKind.RENAME

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(office, name) for name in NAMES}
        super().__init__(*args, office=office, **kwargs)


class NewOfficeForm(NamesForm):
    """An office that is not there yet, with the code that stays with it."""

    name_bn = name_field(_("নতুন দপ্তরের নাম (বাংলা)"), LONGEST_NAME)
    name_en = name_field(_("নতুন দপ্তরের নাম (ইংরেজি)"), LONGEST_NAME)

    code = forms.CharField(
        label=_("কোড"),
        max_length=LONGEST_CODE,
        validators=[CODE],
        help_text=_("পড়ার মতো স্থায়ী পরিচয়, যেমন madaripur-sadar; পরে বদলানো যায় না।"),
    )


class CreateForm(NewOfficeForm):
    """A new office under this one."""

    kind = ChangeKind.CREATE
    tier = forms.ChoiceField(label=_("পর্যায়"))

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        below = [tier for tier, above in TIER_PARENTS.items() if above == office.tier]
        self.fields["tier"].choices = [(tier, Tier(tier).label) for tier in below]  # type: ignore[attr-defined]

    @property
    def details(self) -> dict[str, Any]:
        return {**super().details, **{name: self.cleaned_data[name] for name in ("code", "tier")}}


class SplitForm(NewOfficeForm):
    """A new office beside this one, with some of its posts."""

    kind = ChangeKind.SPLIT
    posts = forms.TypedMultipleChoiceField(
        label=_("যে পদগুলো নতুন দপ্তরে যাবে"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        posts = office.posts.active().with_holders(timezone.localdate())
        self.fields["posts"].choices = [  # type: ignore[attr-defined]
            (post.pk, f"{post} ({post.holder.name})" if post.holder else str(post))
            for post in posts
        ]

    @property
    def details(self) -> dict[str, Any]:
        said = {"code": self.cleaned_data["code"], "tier": self.office.tier}
        return {**super().details, **said, "posts": sorted(self.cleaned_data["posts"])}


class MoveForm(ChangeForm):
    kind = ChangeKind.MOVE
    parent = forms.TypedChoiceField(label=_("নতুন ঊর্ধ্বতন দপ্তর"), coerce=int)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        above = Office.objects.active().filter(tier=TIER_PARENTS[office.tier])
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("বেছে নিন")),
            *(
                (one.pk, one.name)
                for one in above.exclude(pk=office.parent_id or 0).order_by("path")
            ),
        ]

    @property
    def details(self) -> dict[str, Any]:
        return {"parent": self.cleaned_data["parent"]}


class MergeForm(ChangeForm):
    """Offices beside this one that go into it."""

    kind = ChangeKind.MERGE
    merged = forms.TypedMultipleChoiceField(
        label=_("যে দপ্তরগুলো এই দপ্তরে একীভূত হবে"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("একই ঊর্ধ্বতন দপ্তরের একই পর্যায়ের দপ্তর। অন্য দপ্তর হলে আগে তার ঊর্ধ্বতন দপ্তর বদলান।"),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, office=office, **kwargs)
        beside = Office.objects.active().filter(parent=office.parent_id, tier=office.tier)
        self._beside = {one.pk: one for one in beside.exclude(pk=office.pk).order_by("path")}
        self.fields["merged"].choices = [(pk, one.name) for pk, one in self._beside.items()]  # type: ignore[attr-defined]

    @property
    def others(self) -> tuple[Office, ...]:
        return tuple(self._beside[pk] for pk in sorted(set(self.cleaned_data["merged"])))


class CloseForm(ChangeForm):
    kind = ChangeKind.CLOSE


CHANGE_FORMS: dict[str, type[ChangeForm]] = {
    form.kind: form for form in (CreateForm, RenameForm, MoveForm, MergeForm, SplitForm, CloseForm)
}
