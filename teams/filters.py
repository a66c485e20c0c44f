"""The directory's search."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .enums import Tier
from .models import Office, OfficeQuerySet

# Each word becomes a condition, and a database refuses a statement with a thousand of them.
LONGEST_SEARCH = 200


class OfficeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("দপ্তরের নাম"), max_length=LONGEST_SEARCH)
    tier = django_filters.ChoiceFilter(
        choices=Tier.choices, label=_("পর্যায়"), empty_label=_("সব পর্যায়")
    )

    class Meta:
        model = Office
        fields = ("q", "tier")

    def search(self, queryset: OfficeQuerySet, _name: str, value: str) -> OfficeQuerySet:
        return queryset.search(value)
