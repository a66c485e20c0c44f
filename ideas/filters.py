"""Searching an office's register."""

from datetime import date
from itertools import islice
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from teams.filters import LONGEST_SEARCH
from workplans.periods import Period

from .enums import IdeaChannel, IdeaStatus
from .models import Idea, IdeaQuerySet

MOST_YEARS = 30


def years_of(ideas: IdeaQuerySet) -> list[tuple[str, str]]:
    """The fiscal years in which these ideas came, the newest first, as choices; one query."""
    ends = ideas.aggregate(first=Min("received_on"), last=Max("received_on"))
    if ends["first"] is None:
        return []
    first, last = (Period.fiscal_year_of(ends[name]).starts_on.year for name in ("first", "last"))
    years = (Period.fiscal_year_of(date(year, 7, 1)) for year in range(last, first - 1, -1))
    return [(year.code, year.label) for year in islice(years, MOST_YEARS)]


class IdeaFilter(django_filters.FilterSet):
    """By words, channel, fiscal year and state.

    The state is chosen on the chips; the form only remembers it.
    """

    q = django_filters.CharFilter(
        method="search",
        label=_("শিরোনাম, লেখা বা নাম"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = django_filters.ChoiceFilter(
        choices=IdeaStatus.choices, empty_label=None, widget=forms.HiddenInput
    )

    channel = django_filters.ChoiceFilter(
        choices=IdeaChannel.choices, label=_("যেভাবে এসেছে"), empty_label=_("সব পথ")
    )
    year = django_filters.ChoiceFilter(
        method="within_year", label=_("অর্থবছর"), empty_label=_("সব বছর")
    )
    appeal = django_filters.BooleanFilter(method="appealed", widget=forms.HiddenInput)

    class Meta:
        model = Idea
        fields = ("q", "channel", "year", "status", "appeal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years_of(self.queryset)

    def within_year(self, queryset: IdeaQuerySet, _name: str, value: str) -> IdeaQuerySet:
        year = Period.parse(value)
        return queryset.filter(received_on__range=(year.starts_on, year.ends_on))

    def appealed(self, queryset: IdeaQuerySet, _name: str, value: bool) -> IdeaQuerySet:
        """Those whose submitter asked for a second look that is still to be taken."""
        return queryset.with_open_appeal() if value else queryset

    def search(self, queryset: IdeaQuerySet, _name: str, value: str) -> IdeaQuerySet:
        return queryset.search(value)

    @property
    def chosen_status(self) -> str:
        """The state asked for; "" for all of them, and for one that does not exist."""
        return self._asked("status")

    @property
    def chosen_appeal(self) -> bool:
        """Whether only ideas with an appeal are asked for."""
        return bool(self._asked("appeal"))

    def counts(self) -> dict[IdeaStatus, int]:
        """How many ideas with the words asked for stand in each state; none, only if chosen."""
        found = self._found()
        standing = dict(found.order_by().values_list("status").annotate(Count("pk")))
        return {
            status: standing.get(status, 0)
            for status in IdeaStatus
            if status in standing or status == self.chosen_status
        }

    def appeals(self) -> int:
        """How many of the ideas asked for, whatever their state, wait for a second look."""
        count: int = self._found().with_open_appeal().count()
        return count

    def _found(self) -> IdeaQuerySet:
        """All that is asked for, but for the state."""
        found = self.queryset
        for name in ("q", "channel", "year"):
            found = self.filters[name].filter(found, self._asked(name))
        return found

    def _asked(self, name: str) -> str:
        """What was asked for under a name, if it made sense."""
        return "" if name in self.errors else self.form.cleaned_data[name]
