"""Searching the published pages of initiatives."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.collation import sort_key
from teams.enums import Tier
from teams.filters import LONGEST_SEARCH
from teams.models import Office
from teams.templatetags.bangla_tags import digits

from .models import Initiative
from .models.showcase import InitiativeQuerySet

# The branches of the government a reader can ask for, each by its own field.
BRANCHES = {"ministry": Tier.MINISTRY, "division": Tier.DIVISION, "district": Tier.DISTRICT}


class PageFilter(django_filters.FilterSet):
    """By words, by branch of the government, by kind of office, by year of publication.

    Only what leads to a page is offered.
    """

    q = django_filters.CharFilter(
        method="search",
        label=_("শব্দ"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    ministry = django_filters.ChoiceFilter(
        method="in_branch", label=_("মন্ত্রণালয়"), empty_label=_("সব মন্ত্রণালয়")
    )
    division = django_filters.ChoiceFilter(
        method="in_branch", label=_("বিভাগ"), empty_label=_("সব বিভাগ")
    )
    district = django_filters.ChoiceFilter(
        method="in_branch", label=_("জেলা"), empty_label=_("সব জেলা")
    )
    tier = django_filters.ChoiceFilter(
        field_name="idea__office__tier",
        choices=Tier.choices,
        label=_("দপ্তরের পর্যায়"),
        empty_label=_("সব পর্যায়"),
    )
    year = django_filters.ChoiceFilter(
        field_name="published_at__year", label=_("প্রকাশের বছর"), empty_label=_("সব বছর")
    )

    class Meta:
        model = Initiative
        fields = ("q", "ministry", "division", "district", "tier", "year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = set(
            self.queryset.order_by().values_list(F("idea__office__path"), "published_at")
        )
        self._branches = {
            office.code: office for office in _branches({path for path, _at in standing})
        }
        for name, tier in BRANCHES.items():
            offered = [(one.code, one.place) for one in self._branches.values() if one.tier == tier]
            self._offer(name, sorted(offered, key=lambda choice: sort_key(choice[1])))
        years = {timezone.localtime(at).year for _path, at in standing if at}
        self._offer("year", [(str(year), digits(year)) for year in sorted(years, reverse=True)])

    def search(self, queryset: InitiativeQuerySet, _name: str, value: str) -> InitiativeQuerySet:
        return queryset.search(value)

    def in_branch(self, queryset: InitiativeQuerySet, _name: str, value: str) -> InitiativeQuerySet:
        return queryset.filter(idea__office__path__startswith=self._branches[value].path)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words was asked for."""
        return any(self.data.get(name) for name in self.Meta.fields if name != "q")

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices


def _branches(paths: set[str]) -> list[Office]:
    """The offices of those tiers that stand at or over one of the paths."""
    over = {code for path in paths for code in path.split("/")}
    offices = Office.objects.filter(tier__in=BRANCHES.values())
    return [office for office in offices if office.code in over]
