"""Forming a team: who is in it, what the order says beside the usual, and its issue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions import TEAMS_SINCE, propose_memo
from ..composition import Rule, Verdict, proposed_backgrounds
from ..constituting import Place, TeamText, known_backgrounds, verdict_on
from ..enums import LEADING_SEATS, Role, Seat
from ..fields import BengaliCharField, BengaliDateField, MemoField
from ..models import CompositionRule, Office, Post, Team
from ..models.teams import LONGEST_LINE
from ..templatetags.bangla_tags import day as day_words
from .base import BaseForm

LONGEST_TEXT = 10_000
LEADER, BY_POST, NOMINATED = "leader", "by_post", "nominated"
SECRETARY_BY_POST, SECRETARY = "secretary_by_post", "secretary"
# What a choice means: the seat ("" for that of the rule's leader) and whether it is nominated.
CHOICES = {
    LEADER: ("", False),
    BY_POST: (Seat.MEMBER, False),
    NOMINATED: (Seat.MEMBER, True),
    SECRETARY_BY_POST: (Seat.SECRETARY, False),
    SECRETARY: (Seat.SECRETARY, True),
}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlaceForm(BaseForm):
    """Whether a post is in the team, as what, and what its holder is good for.

    `rule` says which choices are shown; any that exists is taken, because the rule may be another
    once the day of the order has changed.
    """

    place = forms.ChoiceField(
        label=_("টিমে"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": _("তালিকা থেকে বেছে নিন।")},
    )
    known = forms.MultipleChoiceField(
        label=_("পূর্বদক্ষতা"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("তালিকা থেকে বেছে নিন।")},
    )

    def __init__(self, *args: Any, rule: CompositionRule, who: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = Rule.of(rule)
        labels = {
            "": gettext("টিমে নেই"),
            LEADER: str(Seat(plain.leading_seat).label),
            BY_POST: gettext("সদস্য, পদাধিকারবলে"),
            NOMINATED: gettext("সদস্য, মনোনীত") if plain.has_seats else gettext("সদস্য"),
            SECRETARY_BY_POST: gettext("সদস্য-সচিব, পদাধিকারবলে"),
            SECRETARY: gettext("সদস্য-সচিব, মনোনীত") if plain.has_seats else gettext("সদস্য-সচিব"),
        }
        place = cast(forms.ChoiceField, self.fields["place"])
        place.choices = list(labels.items())
        shown = labels if plain.has_seats else set(labels) - {BY_POST, SECRETARY_BY_POST}
        # One that is chosen already is shown even where the rule of today has no such members.
        shown = {*shown, str(self["place"].value() or "")}
        place.widget.choices = [(key, label) for key, label in labels.items() if key in shown]
        place.widget.attrs["aria-label"] = gettext("%(who)s: টিমে") % {"who": who}
        known = cast(forms.MultipleChoiceField, self.fields["known"])
        known.choices = [(one.code, str(one)) for one in known_backgrounds(rule)]

    def clean_known(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["known"])

    def read(self, post: int, rule: CompositionRule) -> Place | None:
        """The place of this post, None when it is not in the team."""
        chosen = self.cleaned_data["place"]
        if not chosen:
            return None
        seat, is_nominated = CHOICES[chosen]
        # Whoever leads stands for nothing else.
        known = self.cleaned_data["known"] if seat else frozenset()
        return Place(post, seat or rule.leading_seat, is_nominated, known)


def _choice_of(place: Place) -> str:
    """The choice that stands for a place."""
    if place.seat in LEADING_SEATS:
        return LEADER
    return next(key for key, means in CHOICES.items() if means == (place.seat, place.is_nominated))


class NewPostForm(PlaceForm):
    """A post that the office has not written down yet."""

    designation = BengaliCharField(
        label=_("নতুন পদের পদবি"),
        one_line=True,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"place": NOMINATED})
        super().__init__(*args, who=gettext("নতুন পদ"), **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("designation") and not self.cleaned_data.get("place"):
            self.cleaned_data["place"] = NOMINATED
        return self.cleaned_data


class TeamForm(BaseForm):
    """A team as it is put together; `text` is shown at first.

    `posts` are the office's, with who held them on `day`, which is the day as typed (`typed_day`);
    `rule` is the one of that day, `offices` are those that may order the team, the one the rule
    names first.
    """

    formed_on = BengaliDateField(
        label=_("আদেশের তারিখ"),
        max_length=100,
        help_text=_("এই তারিখে যে প্রজ্ঞাপন বলবৎ ছিল, টিম তার নিয়মেই দেখা হবে। পুরোনো আদেশও লেখা যায়।"),
        error_messages={"required": _("আদেশটি কোন তারিখের, লিখুন।")},
    )
    issuing_office = forms.TypedChoiceField(
        label=_("কোন দপ্তরের আদেশ"),
        coerce=int,
        error_messages={"invalid_choice": _("তালিকা থেকে দপ্তর বেছে নিন।")},
    )
    deviation_reason = BengaliCharField(
        label=_("নিয়মের ব্যতিক্রম থাকলে তার কারণ"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_lines(2),
        help_text=_("ঊর্ধ্বতন দপ্তর ও মন্ত্রিপরিষদ বিভাগ কারণটি দেখবে।"),
    )
    subject = BengaliCharField(
        label=_("বিষয়"), one_line=True, required=False, max_length=LONGEST_LINE
    )
    preamble = BengaliCharField(
        label=_("সূচনা"), required=False, max_length=LONGEST_TEXT, widget=_lines(3)
    )
    closing = BengaliCharField(
        label=_("শেষ কথা"), required=False, max_length=LONGEST_TEXT, widget=_lines(2)
    )
    copies = BengaliCharField(
        label=_("অনুলিপি"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_lines(4),
        help_text=_("প্রতি লাইনে একজন।"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        text: TeamText,
        posts: Sequence[Post],
        rule: CompositionRule,
        offices: Sequence[Office],
        day: date,
        can_add_post: bool,
    ) -> None:
        initial = {name: getattr(text, name) for name in TeamForm.base_fields}
        super().__init__(data, initial=initial)
        self.rule, self.posts, self.offices, self.day = rule, posts, offices, day
        self.shown = text
        field = cast(forms.TypedChoiceField, self.fields["issuing_office"])
        field.choices = [(one.pk, one.name) for one in offices]
        if len(offices) == 1:
            field.widget = forms.HiddenInput()
        places = {place.post: place for place in text.members}
        self.rows = [self._row(post, places.get(post.pk)) for post in posts]
        self.new_post = NewPostForm(data, prefix="new", rule=rule) if can_add_post else None

    def _row(self, post: Post, place: Place | None) -> PlaceForm:
        form = PlaceForm(
            self.data if self.is_bound else None,
            prefix=f"post-{post.pk}",
            rule=self.rule,
            who=post.designation,
            initial={
                "place": _choice_of(place) if place else "",
                "known": sorted(place.backgrounds if place else self._proposed(post)),
            },
        )
        form.post = post  # type: ignore[attr-defined]  # for the template
        return form

    def _proposed(self, post: Post) -> frozenset[str]:
        """Ticked beforehand, for whoever is taken into the team next."""
        codes = [one.code for one in known_backgrounds(self.rule)]
        return proposed_backgrounds(post.designation_bn, codes)

    def clean_formed_on(self) -> date:
        formed_on: date = self.cleaned_data["formed_on"]
        if formed_on > timezone.localdate():
            raise ValidationError(gettext("আদেশের তারিখ আজকের পরে হতে পারে না।"))
        if formed_on < TEAMS_SINCE:
            raise ValidationError(
                gettext(
                    "প্রথম ইনোভেশন টিম হয়েছে ৮ এপ্রিল ২০১৩ তারিখের প্রজ্ঞাপনে; তার আগের তারিখ হতে পারে না।"
                )
            )
        return formed_on

    def clean(self) -> dict[str, Any]:
        """The rows belong to the form: a wrong one stops it, two leaders do too."""
        cleaned = super().clean() or self.cleaned_data
        if not all(form.is_valid() for form in self.parts):
            raise ValidationError(gettext("নিচের তালিকায় ভুল আছে; লাল লেখা দেখুন।"))
        leaders = [form for form in self.parts if form.cleaned_data["place"] == LEADER]
        if len(leaders) > 1:
            raise ValidationError(gettext("টিমের প্রধান একজনই হবেন। একজনকে রেখে অন্যদের সদস্য করুন।"))
        return cleaned

    @property
    def parts(self) -> Iterator[PlaceForm]:
        yield from self.rows
        if self.new_post:
            yield self.new_post

    @property
    def places(self) -> tuple[Place, ...]:
        """Who is in the team, of the posts that exist."""
        found = (
            form.read(post.pk, self.rule) for post, form in zip(self.posts, self.rows, strict=True)
        )
        return tuple(sorted((one for one in found if one), key=lambda place: place.post))

    @property
    def new_designation(self) -> str:
        """The post to be written down first, "" for none."""
        return self.new_post.cleaned_data["designation"] if self.new_post else ""

    @property
    def new_place(self) -> Place | None:
        """Where it belongs, under the id 0 as long as it has none."""
        if not self.new_post or not self.new_designation:
            return None
        return self.new_post.read(0, self.rule)

    def verdict(self) -> Verdict | None:
        """How the team stands to the rule as it is shown; None while a row cannot be read."""
        posts = list(self.posts)
        if not self.is_bound:
            places, ordering = self.shown.members, self.shown.issuing_office
        elif not all(form.is_valid() for form in self.parts):
            return None
        else:
            self.is_valid()
            places = self.places
            ordering = self.cleaned_data.get("issuing_office") or self.offices[0].pk
            if self.new_place:
                places = (*places, self.new_place)
                posts.append(_unwritten(self.new_designation))
        office = next((one for one in self.offices if one.pk == ordering), self.offices[0])
        return verdict_on(
            rule=self.rule, issuing_office=office, places=places, posts=posts, day=self.day
        )

    def text(self, *, places: tuple[Place, ...] | None = None) -> TeamText:
        """The team as typed, ready for the actions."""
        words = {name: self.cleaned_data[name] for name in TeamForm.base_fields}
        return TeamText(**words, members=self.places if places is None else places)


def _unwritten(designation: str) -> Post:
    """A post that is not there yet: nobody holds it."""
    post = Post(pk=0, designation_bn=designation, role=Role.STAFF)
    post.current_holdings = []  # type: ignore[attr-defined]
    return post


def told(text: TeamText, posts: Sequence[Post]) -> dict[str, str]:
    """A draft in words, {label: text}, to lay two of them side by side."""
    rule_free = {
        **{LEADER: gettext("টিমের প্রধান"), BY_POST: gettext("সদস্য, পদাধিকারবলে")},
        **{NOMINATED: gettext("সদস্য, মনোনীত"), SECRETARY: gettext("সদস্য-সচিব, মনোনীত")},
        SECRETARY_BY_POST: gettext("সদস্য-সচিব, পদাধিকারবলে"),
    }
    names = {post.pk: post.designation for post in posts}
    members = [
        f"{names[place.post]}: {rule_free[_choice_of(place)]}"
        for place in text.members
        if place.post in names
    ]
    words = {
        str(field.label): getattr(text, name)
        for name, field in TeamForm.base_fields.items()
        if isinstance(getattr(text, name), str)
    }
    return {
        gettext("টিমের সদস্য"): "\n".join(members),
        gettext("আদেশের তারিখ"): day_words(text.formed_on),
        **words,
    }


class TeamUpdateForm(TeamForm):
    """The draft as it is; `version` is the copy that the words were typed on."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(self, *args: Any, team: Team, text: TeamText, **kwargs: Any) -> None:
        super().__init__(*args, text=text, **kwargs)
        self.initial["version"] = team.version


class IssueForm(BaseForm):
    """What the head adds to the order; `deviates` asks for the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    memo = MemoField(
        label=_("স্মারক নম্বর"),
        required=False,
        max_length=200,
        help_text=_("পুরোনো আদেশের নম্বর জানা না থাকলে খালি রাখুন।"),
    )
    reason = BengaliCharField(
        label=_("নিয়মের ব্যতিক্রমের কারণ"),
        max_length=LONGEST_TEXT,
        widget=_lines(3),
        help_text=_("ঊর্ধ্বতন দপ্তর ও মন্ত্রিপরিষদ বিভাগ কারণটি দেখবে।"),
        error_messages={"required": _("টিম নিয়মের সঙ্গে পুরো মেলে না। কেন, তা লিখুন।")},
    )

    def __init__(self, *args: Any, team: Team, deviates: bool, **kwargs: Any) -> None:
        is_old = team.formed_on < timezone.localdate()
        kwargs["initial"] = {
            "version": team.version,
            "reason": team.deviation_reason,
            "memo": None if is_old else propose_memo(team.issuing_office),
        }
        super().__init__(*args, **kwargs)
        if not deviates:
            del self.fields["reason"]


class DissolveForm(BaseForm):
    reason = BengaliCharField(
        label=_("বিলুপ্তির কারণ"),
        widget=_lines(3),
        max_length=LONGEST_TEXT,
        help_text=_("টিমের পাতায় কারণটি থাকবে।"),
        error_messages={"required": _("টিমটি কেন বিলুপ্ত হচ্ছে, লিখুন।")},
    )


def typed_day(data: Mapping[str, Any] | None, otherwise: date) -> date:
    """The day of the order as typed, if it can be read."""
    if data is None:
        return otherwise
    try:
        typed = TeamForm.base_fields["formed_on"].clean(data.get("formed_on"))
    except ValidationError:
        return otherwise
    return cast(date, typed)
