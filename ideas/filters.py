"""Searching an office's register."""

import django_filters
from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from teams.filters import LONGEST_SEARCH

from .enums import IdeaStatus
from .models import Idea, IdeaQuerySet


class IdeaFilter(django_filters.FilterSet):
    """By words and by state. The state is chosen on the chips; the form only remembers it."""

    q = django_filters.CharFilter(
        method="search",
        label=_("শিরোনাম, লেখা বা নাম"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = django_filters.ChoiceFilter(
        choices=IdeaStatus.choices, empty_label=None, widget=forms.HiddenInput
    )

    class Meta:
        model = Idea
        fields = ("q", "status")

    def search(self, queryset: IdeaQuerySet, _name: str, value: str) -> IdeaQuerySet:
        return queryset.search(value)

    @property
    def chosen_status(self) -> str:
        """The state asked for; "" for all of them, and for one that does not exist."""
        return self._asked("status")

    def counts(self) -> dict[IdeaStatus, int]:
        """How many ideas with the words asked for stand in each state; none, only if chosen."""
        found = self.filters["q"].filter(self.queryset, self._asked("q"))
        standing = dict(found.order_by().values_list("status").annotate(Count("pk")))
        return {
            status: standing.get(status, 0)
            for status in IdeaStatus
            if status in standing or status == self.chosen_status
        }

    def _asked(self, name: str) -> str:
        """What was asked for under a name, if it made sense."""
        return "" if name in self.errors else self.form.cleaned_data[name]
