"""What is asked about each kind of activity, how it is worded, and how a year adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from teams.templatetags.bangla_tags import day, digits, number
from workplans.periods import Period

from .enums import ActivityKind
from .models import Activity
from .models.activities import ActivityQuerySet

MOST_YEARS = 30
SUMMED = ("participants", "women", "quantity", "amount")
NO_TASK = pgettext_lazy("activity", "— কোনো কাজের সঙ্গে নয় —")


@dataclass(frozen=True, slots=True)
class KindForm:
    """What one kind of activity is asked for: field names of the model, in order.

    `labels` and `helps` word a field for this kind; `says` tells the officer what belongs here.
    """

    says: str | Promise
    fields: tuple[str, ...]
    labels: Mapping[str, str | Promise]
    helps: Mapping[str, str | Promise]


_PEOPLE = ("participants", "women")
_LAST = ("result", "task")

FORMS: dict[str, KindForm] = {
    ActivityKind.TRAINING: KindForm(
        _("দক্ষতা উন্নয়নের প্রশিক্ষণ, যত দিনের বা যত ব্যাচেরই হোক।"),
        ("title", "held_on", "ends_on", "place", "batches", *_PEOPLE, "partner", *_LAST),
        {"title": _("প্রশিক্ষণের বিষয়"), "partner": _("আয়োজক বা প্রশিক্ষক")},
        {"title": _("যেমন “নাগরিক সেবায় উদ্ভাবন”।")},
    ),
    ActivityKind.WORKSHOP: KindForm(
        _("কর্মশালা, সেমিনার বা মতবিনিময় সভা।"),
        ("title", "held_on", "ends_on", "place", *_PEOPLE, "partner", *_LAST),
        {"title": _("কর্মশালা বা সেমিনারের বিষয়"), "partner": _("আয়োজক")},
        {},
    ),
    ActivityKind.VISIT: KindForm(
        _("মাঠপর্যায়ে বা অন্য দপ্তরে পরিদর্শন ও পরিবীক্ষণ।"),
        ("title", "held_on", "ends_on", "place", "partner", *_LAST),
        {
            "title": _("যা পরিদর্শন করা হলো"),
            "partner": _("পরিদর্শনকারী"),
            "result": _("যা দেখা গেল ও পরামর্শ"),
        },
        {"partner": _("নাম ও পদবি।")},
    ),
    ActivityKind.CIRCLE: KindForm(
        _("ইনোভেশন সার্কেলের সভা বা আড্ডা।"),
        ("title", "held_on", "place", *_PEOPLE, *_LAST),
        {"title": _("আলোচনার বিষয়")},
        {},
    ),
    ActivityKind.SOCIAL_MEDIA: KindForm(
        _("ফেসবুক পাতা বা গ্রুপে পোস্ট, নাগরিকের মতামত ও জবাব।"),
        ("title", "held_on", "ends_on", "quantity", "link", "result", "task"),
        {
            "title": _("যা করা হলো"),
            "held_on": _("শুরুর তারিখ"),
            "quantity": _("পোস্ট বা জবাবের সংখ্যা"),
            "link": _("পাতার ঠিকানা"),
        },
        {"title": _("যেমন “অক্টোবর মাসের পোস্ট”; মাসে একবার লিখলেই চলে।")},
    ),
    ActivityKind.E_SERVICE: KindForm(
        _("চালু বা উন্নত করা ওয়েবসাইট, ই-ফাইলিং বা অনলাইন সেবা।"),
        ("title", "held_on", "link", "result", "task"),
        {"title": _("সেবা বা ব্যবস্থার নাম"), "held_on": _("চালুর তারিখ")},
        {},
    ),
    ActivityKind.FUNDING: KindForm(
        _("উদ্ভাবনের জন্য পাওয়া বা দেওয়া অর্থ।"),
        ("title", "held_on", "amount", "partner", "result", "task"),
        {
            "title": _("যে কাজের জন্য"),
            "amount": _("পরিমাণ (টাকা)"),
            "partner": _("অর্থের উৎস"),
            "result": _("যেভাবে ব্যয় হলো"),
        },
        {},
    ),
    ActivityKind.RECOGNITION: KindForm(
        _("দপ্তর, টিম বা কর্মচারী যে পুরস্কার বা স্বীকৃতি পেয়েছেন।"),
        ("title", "held_on", "place", "partner", "link", "result", "task"),
        {
            "title": _("স্বীকৃতির নাম"),
            "held_on": _("প্রাপ্তির তারিখ"),
            "partner": _("যাঁরা দিয়েছেন"),
            "result": _("যে জন্য"),
        },
        {},
    ),
}
# Without these the report cannot be counted, so they are asked for before saving.
NEEDED: dict[str, tuple[str, ...]] = {
    ActivityKind.SOCIAL_MEDIA: ("quantity",),
    ActivityKind.FUNDING: ("amount",),
}


@dataclass(frozen=True, slots=True)
class KindTotal:
    """One kind's year: how many, and what its own columns add up to (0 where nothing is said)."""

    kind: ActivityKind
    count: int
    batches: int
    participants: int
    women: int
    quantity: int
    amount: int


def totals(activities: ActivityQuerySet) -> list[KindTotal]:
    """What these activities add up to, each kind that occurs, in the usual order; one query."""
    rows = (
        activities.order_by()
        .values("kind")
        .annotate(
            count=Count("pk"),
            batches=Sum("batches"),
            **{name: Sum(name) for name in SUMMED},
        )
    )
    found: dict[str, Mapping[str, Any]] = {row["kind"]: row for row in rows}
    return [_total(kind, found[kind]) for kind in ActivityKind if kind in found]


def _total(kind: ActivityKind, row: Mapping[str, Any]) -> KindTotal:
    is_asked = "batches" in FORMS[kind].fields
    return KindTotal(
        kind=kind,
        count=row["count"] or 0,
        batches=(row["batches"] or 0) if is_asked else 0,
        **{name: row[name] or 0 for name in SUMMED},
    )


def years_of(activities: ActivityQuerySet) -> list[Period]:
    """The fiscal years to choose from, the newest first: this one, the last, and any with
    something in it; one query."""
    this_year = Period.fiscal_year_of(timezone.localdate()).starts_on.year
    ends = activities.aggregate(first=Min("held_on"), last=Max("held_on"))
    seen = [_year(day) for day in ends.values() if day is not None]
    first, last = min([this_year - 1, *seen]), max([this_year, *seen])
    first = max(first, last - MOST_YEARS + 1)
    return [Period.fiscal_year_of(date(year, 7, 1)) for year in range(last, first - 1, -1)]


def chosen_year(code: str | None, years: Iterable[Period]) -> Period:
    """The year of that code, or the one of today."""
    today = Period.fiscal_year_of(timezone.localdate())
    return next((year for year in years if year.code == code), today)


def _year(held_on: date) -> int:
    return Period.fiscal_year_of(held_on).starts_on.year


# --- What is said of one ---------------------------------------------------------------------
def label_of(kind: str, name: str) -> str:
    """What a field is called for this kind of activity."""
    usual = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return str(FORMS[kind].labels.get(name, usual))


def shown(value: object) -> str:
    """A value as a page shows it; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def how_much(activity: Activity) -> str:
    """Its own number in words, by which one row of a list is told from the next: ২ ব্যাচে ৬৪ জন."""
    if activity.amount is not None:
        return gettext("%(n)s টাকা") % {"n": number(activity.amount)}
    if activity.quantity is not None:
        return gettext("%(n)sটি") % {"n": number(activity.quantity)}
    if activity.participants is None:
        return ""
    said = {"n": number(activity.participants), "batches": number(activity.batches)}
    if activity.batches > 1:
        return gettext("%(batches)s ব্যাচে %(n)s জন") % said
    return gettext("%(n)s জন") % said


def days(activity: Activity) -> str:
    """The day, or the days: ১০–১১ সেপ্টেম্বর ২০২৬."""
    first, last = activity.held_on, activity.ends_on
    if last is None:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{digits(first.day)}–{day(last)}"
    return f"{day(first)} – {day(last)}"
