"""Searching the list of plans."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bangla.text import normalise
from teams.filters import LONGEST_SEARCH

from .enums import PlanStatus
from .models import WorkPlan, WorkPlanQuerySet


class WorkPlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="search",
        label=_("দপ্তর বা কাজ"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = django_filters.ChoiceFilter(
        choices=PlanStatus.choices, label=_("অবস্থা"), empty_label=_("সব অবস্থা")
    )

    class Meta:
        model = WorkPlan
        fields = ("q", "status")

    def search(self, queryset: WorkPlanQuerySet, _name: str, value: str) -> WorkPlanQuerySet:
        """Plans of an office so named, or with a kept task that says so."""
        for word in normalise(value).split():
            queryset = queryset.filter(
                Q(office__name_bn__icontains=word)
                | Q(office__name_en__icontains=word)
                | Q(
                    pk__in=WorkPlan.objects.filter(
                        tasks__title__icontains=word, tasks__deleted_at__isnull=True
                    ).values("pk")
                )
            )
        return queryset
