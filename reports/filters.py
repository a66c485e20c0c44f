"""Searching the queue of reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from teams.enums import Tier
from teams.filters import LONGEST_SEARCH
from teams.models import Office, OfficeQuerySet, Post, User

from .review.queue import (
    ORDERS,
    Figures,
    Owed,
    Paper,
    is_untaken,
    of_posts,
    papers_for,
    queue_offices,
    reviewer_posts,
    with_paper,
)
from .review.queue import is_late as late_rows
from .review.standing import QueueState

MINE, NOBODY = "mine", "none"
PLACES = {"ministry": Tier.MINISTRY, "division": Tier.DIVISION, "district": Tier.DISTRICT}
# What narrows down the offices; the figures on top follow these and nothing else.
GROUND = ("tier", *PLACES)


class QueueFilter(django_filters.FilterSet):
    """By words, paper, tier, place, state, lateness and reviewer.

    The state is chosen on the chips and the order on the heads; the form only remembers them.
    """

    q = django_filters.CharFilter(
        method="search",
        label=_("দপ্তরের নাম"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    paper = django_filters.ChoiceFilter(method="ignore", label=_("প্রতিবেদন"), empty_label=None)
    tier = django_filters.ChoiceFilter(
        choices=Tier.choices, label=_("পর্যায়"), empty_label=_("সব পর্যায়")
    )
    ministry = django_filters.ChoiceFilter(
        method="under", label=_("মন্ত্রণালয়/বিভাগ"), empty_label=_("সব মন্ত্রণালয়")
    )
    division = django_filters.ChoiceFilter(
        method="under", label=_("প্রশাসনিক বিভাগ"), empty_label=_("সব বিভাগ")
    )
    district = django_filters.ChoiceFilter(method="under", label=_("জেলা"), empty_label=_("সব জেলা"))
    reviewer = django_filters.ChoiceFilter(
        method="of_reviewer", label=_("পর্যালোচক"), empty_label=_("সব পর্যালোচক")
    )
    late = django_filters.ChoiceFilter(
        method="only_late",
        label=_("সময়"),
        choices=(("1", _("শুধু দেরি")),),
        empty_label=_("সময়মতো ও দেরি"),
    )
    state = django_filters.ChoiceFilter(
        choices=QueueState.choices, empty_label=None, widget=forms.HiddenInput
    )
    sort = django_filters.ChoiceFilter(
        method="ignore",
        choices=[(name, name) for name in ORDERS if name],
        empty_label=None,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Office
        fields = ("q", "paper", "tier", *PLACES, "reviewer", "late", "state", "sort")

    def __init__(self, data: Any, *, user: User, today: date) -> None:
        self.user, self.today = user, today
        self.papers = papers_for(user, today)
        self.paper = self._chosen_paper(data)
        self.owed = Owed.load(self.paper, today) if self.paper else None
        offices = queue_offices(user)
        self.reviewers = reviewer_posts(today)
        self._paths = _places(offices)
        super().__init__(
            data, queryset=with_paper(offices, self.owed) if self.owed else offices.none()
        )
        self.filters["paper"].extra["choices"] = [(one.code, one.label) for one in self.papers]
        self.filters["reviewer"].extra["choices"] = self._reviewer_choices()
        for name, tier in PLACES.items():
            self.filters[name].extra["choices"] = [
                (office.code, office.place) for office in self._paths if office.tier == tier
            ]

    def _chosen_paper(self, data: Any) -> Paper | None:
        """The paper asked for; the first there is, if that makes no sense."""
        asked = Paper.parse(str((data or {}).get("paper", "")))
        return asked if asked in self.papers else next(iter(self.papers), None)

    def _reviewer_choices(self) -> list[tuple[str, str]]:
        own = [(MINE, str(_("আমার কাছে")))] if self.user.scope.post_ids else []
        return [
            *own,
            (NOBODY, str(_("কেউ নেননি"))),
            *((str(p.pk), named(p)) for p in self.reviewers),
        ]

    # --- How each narrows down ----------------------------------------------------------------
    def search(self, queryset: OfficeQuerySet, _name: str, value: str) -> OfficeQuerySet:
        return queryset.search(value)

    def ignore(self, queryset: OfficeQuerySet, _name: str, _value: str) -> OfficeQuerySet:
        """Chosen before: the paper decides which rows there are at all."""
        return queryset

    def under(self, queryset: OfficeQuerySet, _name: str, value: str) -> OfficeQuerySet:
        path = next(office.path for office in self._paths if office.code == value)
        return queryset.filter(path__startswith=path)

    def of_reviewer(self, queryset: OfficeQuerySet, _name: str, value: str) -> OfficeQuerySet:
        if value == MINE:
            return queryset.filter(of_posts(self.user.scope.post_ids))
        if value == NOBODY:
            return queryset.filter(is_untaken())
        return queryset.filter(of_posts([int(value)]))

    def only_late(self, queryset: OfficeQuerySet, _name: str, _value: str) -> OfficeQuerySet:
        return queryset.filter(late_rows(self.owed)) if self.owed else queryset

    # --- What the page asks -------------------------------------------------------------------
    @property
    def ordered(self) -> OfficeQuerySet:
        """The rows asked for, in the order asked for."""
        return self.qs.order_by(*ORDERS[self.asked("sort")])

    def ground(self) -> Figures:
        """How the offices of the chosen tier and place stand, whatever else was asked."""
        return Figures.of(self._narrowed(GROUND))

    def found(self) -> Figures:
        """How the rows asked for stand, but for the state: the numbers on the chips."""
        return Figures.of(self._narrowed((*GROUND, "q", "reviewer", "late")))

    def asked(self, name: str) -> str:
        """What was asked for under a name, if it made sense."""
        return "" if name in self.errors else self.form.cleaned_data[name] or ""

    @property
    def is_narrow(self) -> bool:
        """Whether one of the choices behind the fold is made."""
        return any(self.asked(name) for name in ("tier", *PLACES, "reviewer", "late"))

    def _narrowed(self, names: Sequence[str]) -> OfficeQuerySet:
        found = self.queryset
        for name in names:
            found = self.filters[name].filter(found, self.asked(name))
        return found


def named(post: Post) -> str:
    """A reviewer as the lists show one."""
    return f"{post.holder.name}, {post.designation}" if post.holder else post.designation


def _places(offices: OfficeQuerySet) -> list[Office]:
    """The ministries, divisions and districts in sight; one query."""
    return list(offices.filter(tier__in=PLACES.values()).order_by("path"))
