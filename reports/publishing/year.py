"""The figures of the last year, in words, from the reports that were laid open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.templatetags.bangla_tags import number
from workplans.enums import PeriodKind
from workplans.periods import Period

from ..enums import PublicationKind, ReportKind
from ..models import Publication, ReportFigure

# Each sentence is said when its first figure is not nothing.
SENTENCES: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("%(a)sটি সভায় %(b)sটি সিদ্ধান্ত হয়েছে।"), ("meetings.held", "meetings.decisions")),
    (
        _("%(a)sটি প্রশিক্ষণে %(b)s জন অংশ নিয়েছেন।"),
        ("training.trainings", "training.participants"),
    ),
    (_("%(a)sটি আইডিয়া এসেছে, %(b)sটি অনুমোদিত।"), ("ideas.received", "ideas.approved")),
    (
        _("%(a)sটি পাইলট চালু হয়েছে, %(b)sটি সফল।"),
        ("projects.pilots_started", "projects.pilots_succeeded"),
    ),
    (_("অন্য দপ্তরের %(a)sটি উদ্যোগ নিজেদের দপ্তরে চালু হয়েছে।"), ("replication.in_use",)),
    (_("সেবাগ্রহীতার %(a)sটি যাতায়াত বেঁচেছে।"), ("projects.saved_visits",)),
)


@dataclass(frozen=True, slots=True)
class Year:
    """A year's open reports taken together; `offices` is how many there are."""

    period: Period
    offices: int
    sentences: list[str]


def newest_year() -> Year | None:
    """The last fiscal year of which an annual report is open (two queries); None without one."""
    reports = Publication.objects.public().filter(
        kind=PublicationKind.REPORT,
        submission__report__kind=ReportKind.ANNUAL,
        submission__report__period_kind=PeriodKind.FISCAL,
    )
    days = reports.order_by("-starts_on").values_list("starts_on", "ends_on").first()
    figures = _figures(days)
    if days is None:
        return None
    offices = figures.pop("")
    said = [sentence for template, keys in SENTENCES if (sentence := _say(template, keys, figures))]
    return Year(Period("fiscal", *days), int(offices), said)


def _figures(days: tuple[date, date] | None) -> dict[str, Decimal]:
    """Sums by key, and under "" the number of reports."""
    starts_on, ends_on = days or (date.min, date.min)
    reports = Publication.objects.public().filter(
        kind=PublicationKind.REPORT,
        submission__report__kind=ReportKind.ANNUAL,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    wanted = {key for _template, keys in SENTENCES for key in keys}
    sums = (
        ReportFigure.objects.filter(
            submission__in=reports.values("submission"), key__in=sorted(wanted)
        )
        .order_by()
        .values_list("key")
        .annotate(total=Sum("value"))
    )
    return {"": Decimal(reports.count()), **dict(sums)}


def _say(template: str | Promise, keys: tuple[str, ...], figures: Mapping[str, Decimal]) -> str:
    values = [int(figures.get(key) or 0) for key in keys]
    if not values[0]:
        return ""
    return str(template) % dict(zip("ab", map(number, values), strict=False))
