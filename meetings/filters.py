"""Searching the register of decisions."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models import TextChoices as Choices
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangla.text import normalise
from teams.filters import LONGEST_SEARCH
from teams.models import Post, User
from teams.templatetags.bangla_tags import day

from .enums import FOLLOWED, DecisionStatus
from .models import Assignment, Decision, DecisionQuerySet, Meeting


class Shown(Choices):
    """Which decisions of the register are listed; the first is what one comes for."""

    FOLLOWED = "followed", _("অনুসরণে আছে")
    LATE = "late", _("দেরি")
    REPORTED = "reported", pgettext_lazy("decision", "বাস্তবায়নের কথা জানানো হয়েছে")
    DONE = "done", pgettext_lazy("decision", "বাস্তবায়িত")
    DROPPED = "dropped", pgettext_lazy("decision", "বাদ")
    ALL = "all", _("সব")

    def condition(self) -> Q:
        """What a decision must be to be listed under this."""
        if self is Shown.ALL:
            return Q()
        if self is Shown.FOLLOWED:
            return Q(status__in=FOLLOWED)
        if self is Shown.LATE:
            return Q(status__in=FOLLOWED, due_on__lt=timezone.localdate())
        return Q(status=DecisionStatus(self.value))


class Origin(Choices):
    """Whose decisions: for an office in the middle of the tree three different lists."""

    MINE = "mine", _("নিজের ও পাওয়া সিদ্ধান্ত")
    OWN = "own", _("নিজের সভার")
    RECEIVED = "received", _("অন্য দপ্তর থেকে পাওয়া")
    BELOW = "below", _("অধীন দপ্তরের সভার")

    def condition(self, user: User) -> Q:
        """What a decision must be to come from there."""
        mine = user.scope.team_office_ids
        own = Q(meeting__office_id__in=mine)
        given = Assignment.objects.kept().filter(decision=OuterRef("pk"), office_id__in=mine)
        to_us = Q(Exists(given))
        if self is Origin.MINE:
            return own | to_us
        if self is Origin.BELOW:
            return ~own & ~to_us
        return own if self is Origin.OWN else ~own & to_us


class DecisionFilter(django_filters.FilterSet):
    """By words, state, implementer, meeting and origin; without choices, what is followed.

    The state is chosen on the chips over the list; the form only remembers it.
    """

    q = django_filters.CharFilter(
        method="search",
        label=_("সিদ্ধান্ত, বিষয় বা বাস্তবায়নকারী"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    post = django_filters.ModelChoiceFilter(
        method="owed_by_post",
        label=_("যাঁর করণীয়"),
        empty_label=_("সকল পদ"),
        queryset=lambda request: _posts(request.user),
    )
    meeting = django_filters.ModelChoiceFilter(
        label=_("সভা"),
        empty_label=_("সকল সভা"),
        queryset=lambda request: _meetings(request.user),
    )
    origin = django_filters.ChoiceFilter(
        method="come_from", label=_("কোথাকার"), choices=Origin.choices, empty_label=None
    )
    state = django_filters.ChoiceFilter(
        method="keep_for_chips",
        choices=Shown.choices,
        empty_label=None,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Decision
        fields = ("q", "post", "meeting", "origin", "state")

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        in_a_team = bool(self.request.user.scope.team_office_ids)
        usual = {"origin": Origin.MINE if in_a_team else Origin.BELOW, "state": Shown.FOLLOWED}
        self.data = data.copy()
        for name, value in usual.items():
            if not self.data.get(name):
                self.data[name] = value
        self.is_narrowed = any(data.get(name) for name in self.filters)
        posts, meetings = self.form.fields["post"], self.form.fields["meeting"]
        posts.label_from_instance = self._post_label
        meetings.label_from_instance = _meeting_label

    def search(self, decisions: DecisionQuerySet, _name: str, value: str) -> DecisionQuerySet:
        for word in normalise(value).split():
            decisions = decisions.filter(
                Q(text__icontains=word)
                | Q(implementer_text__icontains=word)
                | Q(item__topic__icontains=word)
            )
        return decisions

    def owed_by_post(self, decisions: DecisionQuerySet, _name: str, post: Post) -> DecisionQuerySet:
        given = Assignment.objects.visible_to(self.request.user).kept()
        return decisions.filter(Exists(given.filter(decision=OuterRef("pk"), post=post)))

    def come_from(self, decisions: DecisionQuerySet, _name: str, value: str) -> DecisionQuerySet:
        return decisions.filter(Origin(value).condition(self.request.user))

    def keep_for_chips(self, decisions: DecisionQuerySet, _n: str, _v: str) -> DecisionQuerySet:
        """The chips count every state, so the state is the last thing to be asked (`listed`)."""
        return decisions

    @property
    def chosen_state(self) -> Shown:
        """The state asked for; all of them for one that does not exist."""
        return Shown.ALL if "state" in self.errors else Shown(self.form.cleaned_data["state"])

    @property
    def listed(self) -> DecisionQuerySet:
        """The decisions asked for."""
        return self.qs.filter(self.chosen_state.condition())

    def counts(self) -> dict[Shown, int]:
        """How many of the decisions asked for stand in each state (one query)."""
        found = self.qs.order_by().aggregate(
            **{shown.value: Count("pk", filter=shown.condition()) for shown in Shown}
        )
        return {shown: found[shown.value] for shown in Shown}

    def _post_label(self, post: Post) -> str:
        scope = self.request.user.scope
        is_own = scope.is_in_team(post.office_id)
        return post.designation if is_own else f"{post.designation}, {post.office.name}"


def _posts(user: User) -> Any:
    """The posts that owe or owed something this person may see, own office first."""
    owing = Assignment.objects.visible_to(user).kept().values("post_id")
    own = Q(office_id__in=user.scope.team_office_ids)
    return (
        Post.objects.filter(pk__in=owing)
        .select_related("office")
        .alias(is_own=own)
        .order_by("-is_own", "office__path", "position", "pk")
    )


def _meetings(user: User) -> Any:
    """The held meetings of one's own offices, the latest first."""
    return Meeting.objects.own_of(user).held()


def _meeting_label(meeting: Meeting) -> str:
    return f"{meeting.name} · {day(meeting.held_on)}"
