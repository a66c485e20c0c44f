"""What the record is searched by."""

from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii
from bangla.text import normalise

from ..enums import Origin
from ..fields import BengaliDateField
from ..filters import LONGEST_SEARCH
from ..models import AuditEntry, Office, Post, User
from .acts import choices
from .versions import every_kept

LONGEST_NUMBER = 18  # digits that fit into the column
# Nothing was recorded before or will be after, and a day more or less is still a day.
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(9998, 12, 31)


def object_choices() -> list[tuple[str, Any]]:
    return sorted(
        ((kept.model._meta.label_lower, kept.model._meta.verbose_name) for kept in every_kept()),
        key=lambda one: str(one[1]),
    )


def _start_of(day: date) -> datetime:
    within = min(max(day, FIRST_DAY), LAST_DAY)
    return timezone.make_aware(datetime.combine(within, time.min))


class DayFilter(django_filters.Filter):
    """A day in any usual way of writing."""

    field_class = BengaliDateField


class RecordFilter(django_filters.FilterSet):
    office = django_filters.CharFilter(
        method="in_office", label=_("দপ্তর (নাম বা কোড)"), max_length=LONGEST_SEARCH
    )
    person = django_filters.CharFilter(
        method="by_person", label=_("ব্যক্তি"), max_length=LONGEST_SEARCH
    )
    post = django_filters.CharFilter(
        method="by_post_named", label=_("পদ"), max_length=LONGEST_SEARCH
    )
    action = django_filters.ChoiceFilter(
        choices=choices, label=_("কী করা হয়েছে"), empty_label=_("সব")
    )
    kind = django_filters.ChoiceFilter(
        field_name="object_type",
        choices=object_choices,
        label=_("কিসে"),
        empty_label=_("সব"),
    )
    number = django_filters.CharFilter(method="of_number", label=_("নম্বর"), max_length=20)
    since = DayFilter(method="from_day", label=_("যে তারিখ থেকে"), max_length=40)
    until = DayFilter(method="to_day", label=_("যে তারিখ পর্যন্ত"), max_length=40)
    origin = django_filters.ChoiceFilter(
        choices=Origin.choices, label=_("কোথা থেকে"), empty_label=_("সব")
    )
    address = django_filters.CharFilter(method="from_address", label=_("আইপি ঠিকানা"), max_length=45)

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()

    def in_office(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        words = Q(code__iexact=value.strip())
        return entries.filter(
            Q(office__in=Office.objects.filter(words)) | Q(office__in=Office.objects.search(value))
        )

    def by_person(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        value = normalise(value).strip()
        people = User.objects.filter(
            Q(name_bn__icontains=value) | Q(name_en__icontains=value) | Q(login__iexact=value)
        )
        return entries.filter(by__in=people.values("pk"))

    def by_post_named(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        value = normalise(value).strip()
        posts = Post.objects.filter(
            Q(designation_bn__icontains=value) | Q(designation_en__icontains=value)
        )
        return entries.filter(by_post__in=posts.values("pk"))

    def of_number(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        digits = to_ascii(value).strip().lstrip("#")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
            return entries.none()
        return entries.filter(object_id=int(digits))

    # Moments rather than days of a column: the index on the moment is used.
    def from_day(self, entries: QuerySet, _name: str, value: date) -> QuerySet:
        return entries.filter(at__gte=_start_of(value))

    def to_day(self, entries: QuerySet, _name: str, value: date) -> QuerySet:
        return entries.filter(at__lt=_start_of(value) + timedelta(days=1))

    def from_address(self, entries: QuerySet, _name: str, value: str) -> QuerySet:
        """An exact address; what is none finds nothing."""
        try:
            return entries.filter(address=str(ip_address(to_ascii(value).strip())))
        except ValueError:
            return entries.none()
