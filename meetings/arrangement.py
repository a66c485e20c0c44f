"""Everything the page shows on which an office arranges what its meetings use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any, Final, TypeAlias

from django.db.models import Max, Prefetch, Q
from django.utils import timezone

from teams.actions import propose_memo
from teams.enums import TEAM_ROLES, GroupKind, Role
from teams.memo import LAST_ISSUE, Memo, parse_prefix
from teams.models import MemoPrefix, Office, Post, PostGroup, PostGroupMember

from .enums import PhrasePlace, TemplateKind
from .forms.arranging import (
    ArrangingForm,
    GroupChangeForm,
    GroupForm,
    PhraseForm,
    PrefixChangeForm,
    PrefixForm,
    TemplateForm,
    TopicChangeForm,
    TopicForm,
    ticked,
)
from .models import Phrase, StandingTopic, WordTemplate
from .word import TemplateField, fields_of

Listed: TypeAlias = StandingTopic | Phrase | MemoPrefix | PostGroup

_SECTIONS: Final[Mapping[type[Listed], str]] = {
    StandingTopic: "topic",
    Phrase: "phrase",
    MemoPrefix: "prefix",
    PostGroup: "group",
}


def row_key(thing: Listed) -> str:
    """How the page and its address name a row: "topic-12"."""
    return f"{_SECTIONS[type(thing)]}-{thing.pk}"


# --- The forms of single rows --------------------------------------------------------------
def topic_form(topic: StandingTopic, data: Any = None) -> TopicChangeForm:
    initial = {"title": topic.title, "is_active": topic.is_active}
    return TopicChangeForm(data, key=row_key(topic), initial=initial)


def phrase_form(phrase: Phrase, data: Any = None) -> PhraseForm:
    initial = {"place": phrase.place, "text": phrase.text}
    return PhraseForm(data, key=row_key(phrase), initial=initial)


def prefix_form(prefix: MemoPrefix, data: Any = None) -> PrefixChangeForm:
    initial = {"label": prefix.label, "is_active": prefix.is_active}
    return PrefixChangeForm(data, key=row_key(prefix), initial=initial)


def group_form(
    group: PostGroup,
    office: Office,
    *,
    posts: list[Post],
    members: list[Post] | None = None,
    data: Any = None,
) -> GroupChangeForm:
    """The form of a group; `posts` can be ticked, `members` are as long as nothing was sent."""
    initial = {"name": group.name, "members": ticked(members or []), "is_active": group.is_active}
    return GroupChangeForm(data, key=row_key(group), initial=initial, posts=posts, office=office)


# --- What the page shows -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Opened:
    """The form that stands open: one that came back with a fault, or the row asked for."""

    key: str
    sent: ArrangingForm | None

    def row(self, thing: Listed, make: Callable[[], ArrangingForm]) -> ArrangingForm | None:
        """The form of a row if it is the one being changed."""
        return (self.sent or make()) if row_key(thing) == self.key else None

    def adding(self, form: ArrangingForm) -> ArrangingForm:
        """The form that adds to a list: empty, or as it was sent."""
        return self.sent if self.sent and self.sent.key == form.key else form


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list; `form` is there while it is being changed."""

    key: str
    form: ArrangingForm | None


@dataclass(frozen=True, slots=True)
class TopicRow(Row):
    """A topic; `up` and `down` say above which one a press puts it ("" where it cannot go)."""

    topic: StandingTopic
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class PhraseRow(Row):
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class PhraseList:
    """The sentences of one place: the office's own, then those every office is offered."""

    label: str
    own: list[PhraseRow]
    common: list[Phrase]


@dataclass(frozen=True, slots=True)
class PrefixRow(Row):
    """A file number, the highest number given under it (None yet) and the one that follows."""

    prefix: MemoPrefix
    last: Memo | None
    following: Memo | None


@dataclass(frozen=True, slots=True)
class GroupRow(Row):
    """A group and the posts in it today."""

    group: PostGroup
    members: list[Post]


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind of paper, its own template if there is one, and what such a template may show.

    `fields` are in blocks, each with the tags of the lists it stands in ("" outside of any).
    """

    kind: TemplateKind
    own: WordTemplate | None
    form: ArrangingForm
    fields: list[tuple[str, list[TemplateField]]]


def arrangement(office: Office, opened: Opened, *, can_arrange: bool) -> dict[str, Any]:
    """The context of the page (a fixed number of queries).

    Whoever only reads is not offered posts to tick.
    """
    posts = posts_to_tick(office) if can_arrange else []
    return {
        "office": office,
        "can_arrange": can_arrange,
        "topics": _topics(office, opened),
        "topic_form": opened.adding(TopicForm(key="topic")),
        "phrases": _phrases(office, opened),
        "phrase_form": opened.adding(PhraseForm(key="phrase")),
        "prefixes": _prefixes(office, opened),
        "prefix_form": opened.adding(PrefixForm(key="prefix")),
        "proposed": propose_memo(office),
        "groups": _groups(office, posts, opened),
        "group_form": opened.adding(GroupForm(key="group", posts=posts, office=office)),
        "common_groups": _common_groups(office),
        "templates": _templates(office, opened),
    }


def _topics(office: Office, opened: Opened) -> list[TopicRow]:
    """Those in use as they stand on an agenda, then those switched off."""
    topics = sorted(office.standing_topics.all(), key=lambda topic: not topic.is_active)
    active = [str(topic.pk) for topic in topics if topic.is_active]
    rows = []
    for at, topic in enumerate(topics):
        is_last = at >= len(active) - 1
        rows.append(
            TopicRow(
                key=row_key(topic),
                topic=topic,
                form=opened.row(topic, partial(topic_form, topic)),
                up=active[at - 1] if topic.is_active and at else "",
                down="" if is_last else [*active, "end"][at + 2],
            )
        )
    return rows


def _phrases(office: Office, opened: Opened) -> list[PhraseList]:
    own: dict[str, list[PhraseRow]] = {place: [] for place in PhrasePlace.values}
    common: dict[str, list[Phrase]] = {place: [] for place in PhrasePlace.values}
    for phrase in Phrase.objects.filter(Q(office=office) | Q(office__isnull=True)):
        if phrase.office_id is None:
            common[phrase.place].append(phrase)
        else:
            form = opened.row(phrase, partial(phrase_form, phrase))
            own[phrase.place].append(PhraseRow(row_key(phrase), form, phrase))
    return [PhraseList(str(place.label), own[place], common[place]) for place in PhrasePlace]


def _prefixes(office: Office, opened: Opened) -> list[PrefixRow]:
    """The files in use, then those switched off."""
    given = office.memo_numbers.order_by().values_list("prefix").annotate(Max("issue"))
    highest = dict(given)
    rows = []
    for prefix in sorted(office.memo_prefixes.all(), key=lambda one: not one.is_active):
        file = parse_prefix(prefix.number)
        issue = highest.get(prefix.number)
        last = replace(file, issue=issue) if issue else None
        is_full = issue == LAST_ISSUE
        rows.append(
            PrefixRow(
                key=row_key(prefix),
                prefix=prefix,
                form=opened.row(prefix, partial(prefix_form, prefix)),
                last=last,
                following=None if is_full else (last or file).following(),
            )
        )
    return rows


def _groups(office: Office, posts: list[Post], opened: Opened) -> list[GroupRow]:
    """The office's own groups in use, then those switched off."""
    today = PostGroupMember.objects.on(timezone.localdate()).filter(post__is_active=True)
    today = today.select_related("post__office").order_by("post__office__path", "post__position")
    groups = (
        office.post_groups.filter(kind=GroupKind.LISTED)
        .order_by("-is_active", "pk")
        .prefetch_related(Prefetch("memberships", today, to_attr="current"))
    )
    rows = []
    for group in groups:
        members = [member.post for member in group.current]
        make = partial(group_form, group, office, posts=posts, members=members)
        rows.append(GroupRow(row_key(group), opened.row(group, make), group, members))
    return rows


def _common_groups(office: Office) -> list[GroupRow]:
    """The groups every office has, with the posts they mean today."""
    today = timezone.localdate()
    groups = PostGroup.objects.active().filter(office__isnull=True)
    posts = {
        kind: list(PostGroup(kind=kind).posts_on(today, office=office).select_related("office"))
        for kind in (GroupKind.TEAM, GroupKind.HEADS_BELOW)
    }
    return [GroupRow(row_key(group), None, group, posts[GroupKind(group.kind)]) for group in groups]


def _templates(office: Office, opened: Opened) -> list[TemplateRow]:
    own = {one.kind: one for one in office.word_templates.select_related("uploaded_by")}
    return [
        TemplateRow(
            kind=kind,
            own=own.get(kind),
            form=opened.adding(TemplateForm(key=f"template-{kind}", kind=kind)),
            fields=[
                (" ".join(within), list(fields))
                for within, fields in groupby(fields_of(kind), key=lambda field: field.within)
            ],
        )
        for kind in TemplateKind
    ]


def posts_to_tick(office: Office) -> list[Post]:
    """The team's posts, the heads right below it, and whoever is in one of its groups today."""
    ticked_today = PostGroupMember.objects.on(timezone.localdate()).filter(group__office=office)
    heads_below = Q(office__parent=office, office__is_active=True, role=Role.HEAD)
    team = Q(office=office, role__in=TEAM_ROLES)
    posts = Post.objects.active().filter(team | heads_below | Q(pk__in=ticked_today.values("post")))
    return list(posts.select_related("office").order_by("office__path", "position", "pk"))
