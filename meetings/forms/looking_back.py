"""What officers type to look back: words and dates for a search, an order for a list."""

from datetime import date
from typing import Any, Literal

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangla.dates import parse_date, parse_schedule
from teams.filters import LONGEST_SEARCH, OfficeFilter
from teams.forms import BaseForm
from teams.models import Office, OfficeQuerySet
from teams.templatetags.bangla_tags import day
from workplans.periods import Period, PeriodError

from ..models import EntryKind
from ..statistics import Sorting
from .fields import LineField

LONGEST_DATE = 100
# Offices offered when the words fit several.
OFFICES_OFFERED = 10


class EdgeField(forms.CharField):
    """The first or the last day of a stretch of time, in any usual way of writing.

    A day is its own edge; of a month, of "জুলাই-ডিসেম্বর ২০২৫" or of a year it is the first day
    or the last one. The value is a date or None.
    """

    def __init__(self, *, edge: Literal["first", "last"], **options: Any) -> None:
        self.edge = edge
        super().__init__(**{"max_length": LONGEST_DATE, "required": False, **options})

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        span = _read_span(text)
        if span is None:
            raise ValidationError(
                _(
                    "“%(words)s” তারিখ হিসেবে পড়া গেল না। দিন, মাস বা সন লিখুন, যেমন ২১/১১/২০২৬, "
                    "নভেম্বর ২০২৬ বা ২০২৬।"
                ),
                params={"words": text},
            )
        first, last = span
        return first if self.edge == "first" else last


def _read_span(text: str) -> tuple[date, date] | None:
    """The first and the last day that the words mean, if they say so clearly."""
    if one_day := parse_date(text).value:
        return one_day, one_day
    span = parse_schedule(text)
    if span.starts_on and span.ends_on and not span.doubts:
        return span.starts_on, span.ends_on
    try:
        period = Period.parse(text)
    except PeriodError:
        return None
    return period.starts_on, period.ends_on


class SearchForm(BaseForm):
    """What is looked for in settled minutes, and where.

    `offices` are those whose minutes the person reads; one alone is not asked about.
    `offered` holds those that fit the words typed for an office when they fit several.
    """

    q = LineField(
        label=_("যে কথা খুঁজছেন"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("কোন অংশে"),
        required=False,
        choices=[("", pgettext_lazy("filter", "সব অংশে")), *EntryKind.choices],
    )
    office = LineField(
        label=_("দপ্তরের নাম"),
        required=False,
        max_length=LONGEST_SEARCH,
        help_text=_("নাম বা নামের অংশ, যেমন কালীগঞ্জ।"),
    )
    since = EdgeField(
        edge="first", label=_("কবে থেকে"), help_text=_("দিন, মাস বা সন, যেমন জুলাই ২০২৬।")
    )
    until = EdgeField(
        edge="last", label=_("কবে পর্যন্ত"), help_text=_("ওই দিন, মাস বা সনের শেষ পর্যন্ত।")
    )

    def __init__(self, *args: Any, offices: OfficeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.offered: list[Office] = []
        if len(offices[:2]) < 2:
            del self.fields["office"]

    @property
    def is_narrowed(self) -> bool:
        """Something besides the words was asked, be it well or badly."""
        return any(self[name].value() for name in self.fields if name != "q")

    def clean_office(self) -> Office | None:
        """The one office of that name; a whole name comes before a part of others."""
        words = self.cleaned_data["office"]
        if not words:
            return None
        if whole := self.offices.filter(Q(name_bn=words) | Q(name_en__iexact=words)).first():
            return whole
        found = list(self.offices.search(words)[:OFFICES_OFFERED])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("“%(words)s” নামে কোনো দপ্তর পাওয়া যায়নি। নামের অন্য অংশ লিখুন, অথবা ঘরটি খালি রাখুন।"),
                params={"words": words},
            )
        self.offered = found
        raise ValidationError(
            _("“%(words)s” নামে কয়েকটি দপ্তর আছে। নিচ থেকে একটি বাছুন, অথবা নামের আরও অংশ লিখুন।"),
            params={"words": words},
        )

    def clean_until(self) -> date | None:
        since: date | None = self.cleaned_data.get("since")
        until: date | None = self.cleaned_data["until"]
        if since and until and since > until:
            raise ValidationError(
                _("শেষ তারিখটি (%(until)s) শুরুর তারিখের (%(since)s) আগে। তারিখ দুটি মিলিয়ে লিখুন।"),
                params={"since": day(since), "until": day(until)},
            )
        return until


class BelowFilter(OfficeFilter):
    """Which offices below are listed, and in which order (which sorts figures, not offices)."""

    sort = django_filters.ChoiceFilter(
        method="keep_for_figures",
        label=_("সাজান"),
        choices=Sorting.choices,
        empty_label=None,
    )
    year = django_filters.CharFilter(method="keep_for_figures", widget=forms.HiddenInput)

    def keep_for_figures(self, offices: OfficeQuerySet, _name: str, _value: str) -> OfficeQuerySet:
        return offices

    @property
    def sorting(self) -> str:
        """The order asked for; by name without one, and for one that does not exist."""
        chosen: str = "" if "sort" in self.errors else self.form.cleaned_data["sort"]
        return chosen or Sorting.NAME
