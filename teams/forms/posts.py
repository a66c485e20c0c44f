"""What a head types of posts and people: a post, who takes it over, a contact."""

import hashlib
import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions import Newcomer, PersonWords, PostWords
from ..enums import HoldingKind, Role
from ..fields import BengaliCharField, BengaliDateField
from ..models import MOBILE, Office, Post, PostHolding, User, canonical_mobile
from .base import BaseForm

LONGEST_NAME = 150
LONGEST_DESIGNATION = 200
LONGEST_REFERENCE = 300
LONGEST_CONTACT = 254
# Nobody writes down a posting older than this, nor one further ahead.
FIRST_DAY = date(1971, 12, 16)
DAYS_AHEAD = 366
VACANT = "vacant"


def clean_contact(text: str) -> str:
    """An e-mail address in small letters or a canonical mobile number.

    Raises ValidationError with the mend.
    """
    text = text.strip()
    if "@" in text:
        try:
            validate_email(text.lower())
        except ValidationError as wrong:
            raise ValidationError(
                gettext("ই-মেইল ঠিকানাটি ঠিক নয়। এভাবে লিখুন: rahima@example.gov.bd।")
            ) from wrong
        return text.lower()
    mobile = canonical_mobile(text)
    if not mobile:
        raise ValidationError(
            gettext("এটি ই-মেইল ঠিকানাও নয়, মোবাইল নম্বরও নয়। নম্বর হলে ১১ অঙ্কে লিখুন, যেমন ০১৭১২৩৪৫৬৭৮।")
        )
    MOBILE(mobile)
    return mobile


class DayField(BengaliDateField):
    """A day on which somebody may have come or may be coming."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day < FIRST_DAY:
            raise ValidationError(gettext("তারিখটি অনেক আগের। সালটি মিলিয়ে দেখুন।"))
        if day is not None and day > timezone.localdate() + timedelta(days=DAYS_AHEAD):
            raise ValidationError(gettext("তারিখটি এক বছরেরও পরের। সালটি মিলিয়ে দেখুন।"))
        return day


class OnDayForm(BaseForm):
    """For which day the holders are shown."""

    on = DayField(label=_("কোন তারিখে কে ছিলেন"), required=False, max_length=60)

    @property
    def day(self) -> date:
        """The day asked for; today when none was, or it makes no sense."""
        is_asked = self.is_bound and self.is_valid()
        return (self.cleaned_data["on"] if is_asked else None) or timezone.localdate()


# --- A post --------------------------------------------------------------------------------------
class PostForm(BaseForm):
    """The words of a post; `roles` are those it may have."""

    designation_bn = BengaliCharField(
        label=_("পদবি"),
        one_line=True,
        max_length=LONGEST_DESIGNATION,
        help_text=_("অফিস আদেশে যেভাবে লেখা হয়, যেমন সহকারী কমিশনার (ভূমি)।"),
        error_messages={"required": _("পদবি লিখুন।")},
    )
    designation_en = BengaliCharField(
        label=_("পদবি (ইংরেজি)"), required=False, one_line=True, max_length=LONGEST_DESIGNATION
    )
    role = forms.ChoiceField(
        label=_("ভূমিকা"),
        help_text=_("কে ইনোভেশন অফিসার আর কে সদস্য, তা টিম গঠনের অফিস আদেশ থেকে আসে।"),
        error_messages={"invalid_choice": _("এই ভূমিকা এখানে দেওয়া যায় না। তালিকা থেকে একটি বেছে নিন।")},
    )
    phone = BengaliCharField(label=_("দাপ্তরিক ফোন"), required=False, one_line=True, max_length=40)
    email = forms.EmailField(
        label=_("দাপ্তরিক ই-মেইল"),
        required=False,
        max_length=254,
        help_text=_("পদের ঠিকানা; ব্যক্তি বদলালেও এটি থাকে।"),
        error_messages={"invalid": _("ই-মেইল ঠিকানাটি ঠিক নয়। এভাবে লিখুন: uno@example.gov.bd।")},
    )

    def __init__(
        self, *args: Any, roles: list[Role], words: PostWords | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            **(asdict(words) if words else {"role": Role.STAFF}),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        role = cast(forms.ChoiceField, self.fields["role"])
        role.choices = [(one.value, one.label) for one in roles]

    @property
    def words(self) -> PostWords:
        return PostWords(
            **{name: self.cleaned_data[name] for name in PostWords.__dataclass_fields__}
        )


class SeenMixin(BaseForm):
    """Remembers on which words of a row somebody has typed over them.

    Posts and people change from several sides (an office order, a list of staff), so the row's
    own words are compared instead of a number.
    """

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), max_length=40)

    def is_made_on(self, words: object) -> bool:
        return bool(self.cleaned_data["seen"] == mark_of(words))


def mark_of(words: object) -> str:
    """A short mark of some words; other words have another one."""
    text = json.dumps(asdict(cast(Any, words)), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PostUpdateForm(PostForm, SeenMixin):
    """The words of a post as they are; `typed` are shown instead."""

    def __init__(
        self, *args: Any, post: Post, typed: PostWords | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"seen": mark_of(PostWords.of(post))}
        super().__init__(*args, words=typed or PostWords.of(post), **kwargs)


# --- Who comes -----------------------------------------------------------------------------------
class IncomingForm(BaseForm):
    """A colleague of the same office, or somebody else by name and contact.

    Somebody else is found by the exact contact only: no list shows the people of other offices,
    and the answer is the same whether the contact is known or new.
    """

    person = forms.ChoiceField(label=_("কে"), required=False)
    name = BengaliCharField(label=_("নাম"), required=False, one_line=True, max_length=LONGEST_NAME)
    contact = forms.CharField(
        label=_("ই-মেইল বা মোবাইল নম্বর"),
        required=False,
        max_length=LONGEST_CONTACT,
        help_text=_("তাঁর লগ-ইন হবে এটি। আগে থেকে অ্যাকাউন্ট থাকলে সেটিই এই পদে বসবে, নতুন করে খুলবে না।"),
    )

    other = _("অন্য কেউ: নিচে নাম ও যোগাযোগ লিখুন")

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues_of(post.office)
        person = cast(forms.ChoiceField, self.fields["person"])
        person.choices = [
            ("", self.other),
            *self.more_choices(post),
            *((str(pk), f"{user.name}, {place}") for pk, (user, place) in self.colleagues.items()),
        ]
        person.error_messages["invalid_choice"] = gettext("তালিকা থেকে একজনকে বেছে নিন।")

    def more_choices(self, post: Post) -> list[tuple[str, Any]]:
        return []

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        return clean_contact(text) if text and not self.data.get("person") else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("person") == "":
            if not data.get("name") and "name" not in self.errors:
                self.add_error("name", gettext("যিনি আসছেন তাঁর নাম লিখুন।"))
            if not data.get("contact") and "contact" not in self.errors:
                self.add_error("contact", gettext("তাঁর ই-মেইল বা মোবাইল নম্বর লিখুন; তা ছাড়া লগ-ইন হয় না।"))
        return data

    @property
    def incoming(self) -> User | Newcomer | None:
        """Who comes; None for nobody."""
        chosen = self.cleaned_data["person"]
        if chosen == VACANT:
            return None
        if chosen:
            return self.colleagues[int(chosen)][0]
        return Newcomer(self.cleaned_data["name"], self.cleaned_data["contact"])


class TransferForm(IncomingForm):
    """Who takes a post over, from which day, and by which order."""

    starts_on = DayField(
        label=_("যে দিন থেকে"),
        max_length=60,
        help_text=_("আগেরজনের শেষ কর্মদিবস হবে তার আগের দিন; সেদিন পর্যন্তই তিনি পদের কাজ দেখতে পাবেন।"),
        error_messages={"required": _("কোন দিন থেকে, তা লিখুন।")},
    )
    kind = forms.ChoiceField(label=_("কীভাবে"), choices=HoldingKind.choices)
    reference = BengaliCharField(
        label=_("আদেশের সূত্র বা কারণ"),
        required=False,
        one_line=True,
        max_length=LONGEST_REFERENCE,
        help_text=_("যেমন বদলি আদেশের স্মারক নম্বর ও তারিখ, বা পিআরএল।"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": timezone.localdate(), "kind": HoldingKind.REGULAR}
        super().__init__(*args, **kwargs)

    def more_choices(self, post: Post) -> list[tuple[str, Any]]:
        return [(VACANT, _("কেউ না: পদ শূন্য থাকবে"))]


class ChargeForm(IncomingForm):
    """Who is in charge of a post for some days, or was once."""

    kind = forms.ChoiceField(
        label=_("কীভাবে"),
        choices=[
            (HoldingKind.ADDITIONAL, HoldingKind.ADDITIONAL.label),
            (HoldingKind.IN_CHARGE, HoldingKind.IN_CHARGE.label),
            (HoldingKind.REGULAR, _("নিয়মিত, অতীতের (ইতিহাসে লেখার জন্য)")),
        ],
    )
    starts_on = DayField(
        label=_("যে দিন থেকে"),
        max_length=60,
        error_messages={"required": _("কোন দিন থেকে, তা লিখুন।")},
    )
    ends_on = DayField(
        label=_("যে দিন পর্যন্ত"),
        max_length=60,
        error_messages={"required": _("কোন দিন পর্যন্ত, তা লিখুন।")},
    )
    reference = BengaliCharField(
        label=_("আদেশের সূত্র বা কারণ"),
        required=False,
        one_line=True,
        max_length=LONGEST_REFERENCE,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("শেষ দিন শুরুর দিনের আগে হতে পারে না।"))
        return data


class ReleaseForm(BaseForm):
    """The last day of a charge that has one."""

    ends_on = DayField(
        label=_("শেষ দিন"),
        max_length=60,
        help_text=_("শুরুর আগের কোনো দিন দিলে দায়িত্বটি আর শুরুই হবে না।"),
        error_messages={"required": _("শেষ দিন লিখুন।")},
    )


def colleagues_of(office: Office) -> dict[int, tuple[User, str]]:
    """Who is on a post of the office today, each with a designation, by id (one query)."""
    held = (
        PostHolding.objects.on(timezone.localdate())
        .filter(post__office=office, post__is_active=True)
        .select_related("person", "post")
        .order_by("post__position", "post_id")
    )
    found: dict[int, tuple[User, str]] = {}
    for holding in held:
        found.setdefault(holding.person_id, (holding.person, holding.post.designation))
    return found


# --- A person ----------------------------------------------------------------------------------
class PersonForm(SeenMixin):
    """Name and contact of a person; `typed` are shown instead."""

    name_bn = BengaliCharField(
        label=_("নাম"),
        one_line=True,
        max_length=LONGEST_NAME,
        error_messages={"required": _("নাম লিখুন।")},
    )
    name_en = BengaliCharField(
        label=_("নাম (ইংরেজি)"), required=False, one_line=True, max_length=LONGEST_NAME
    )
    email = forms.EmailField(
        label=_("ই-মেইল"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("ই-মেইল ঠিকানাটি ঠিক নয়। এভাবে লিখুন: rahima@example.gov.bd।")},
    )
    mobile = forms.CharField(label=_("মোবাইল নম্বর"), required=False, max_length=40)

    def __init__(
        self, *args: Any, person: User, typed: PersonWords | None = None, **kwargs: Any
    ) -> None:
        now = PersonWords.of(person)
        kwargs["initial"] = {**asdict(typed or now), "seen": mark_of(now)}
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_mobile(self) -> str:
        text = self.cleaned_data["mobile"]
        if not text:
            return ""
        mobile = canonical_mobile(text)
        MOBILE(mobile)
        return mobile

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("email") or data.get("mobile")):
            raise ValidationError(gettext("ই-মেইল বা মোবাইল নম্বরের অন্তত একটি লিখুন; তা ছাড়া লগ-ইন হয় না।"))
        return data

    @property
    def words(self) -> PersonWords:
        return PersonWords(
            **{name: self.cleaned_data[name] for name in PersonWords.__dataclass_fields__}
        )
