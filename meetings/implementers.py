"""Whom a decision can name: posts, groups of posts, and the offices right below."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangla.text import fold
from teams.enums import TEAM_ROLES, Role
from teams.models import Office, Post, PostGroup
from workplans.responsible import match_posts

from .models import Decision, Implementer


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be ticked; `code` is how a form names it ("post-12")."""

    code: str
    label: str
    holder: str
    thing: Post | Office | PostGroup

    @property
    def column(self) -> dict[str, Any]:
        """The column of Implementer that holds it."""
        return {self.code.partition("-")[0]: self.thing}


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything an office's decision can be given to."""

    posts: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    offices: tuple[Choice, ...]

    def __iter__(self) -> Iterator[Choice]:
        return iter((*self.posts, *self.groups, *self.offices))

    def by_codes(self, codes: Iterable[str]) -> list[Choice]:
        """The choices with these codes; what is none of them is passed over."""
        wanted = set(codes)
        return [choice for choice in self if choice.code in wanted]

    def named_in(self, text: str) -> list[Choice]:
        """The choices whose names stand in the implementer's cell as typed.

        A group is found by its whole name, so that "সকল দপ্তর প্রধান" does not also mean a post.
        """
        if not text:
            return []
        rest = fold(text)
        found = []
        for choice in sorted((*self.groups, *self.offices), key=lambda one: -len(one.label)):
            name = fold(choice.label)
            if name and name in rest:
                rest = rest.replace(name, " ")
                found.append(choice)
        posts = [one.thing for one in self.posts if isinstance(one.thing, Post)]
        named = {post.pk for post in match_posts(rest, posts)}
        return [*found, *(one for one in self.posts if one.thing.pk in named)]

    @staticmethod
    def words(chosen: Sequence[Choice]) -> str:
        """The printed cell for ticks without words."""
        return ", ".join(choice.label for choice in chosen)


def implementer_choices(office: Office, *, today: date | None = None) -> Choices:
    """Whom this office's decisions can name (three queries; holders only with `today`).

    A reviewer or a system administrator reads no decisions, so none can be given to them.
    """
    posts = office.posts.active().filter(role__in=TEAM_ROLES)
    if today:
        posts = posts.with_holders(today)
    groups = PostGroup.objects.usable_by(office)
    below = office.children.active().order_by("name_bn")
    return Choices(
        posts=tuple(
            Choice(f"post-{post.pk}", post.designation_bn, _holder(post, today), post)
            for post in posts
        ),
        groups=tuple(Choice(f"group-{group.pk}", group.name, "", group) for group in groups),
        offices=tuple(Choice(f"office-{one.pk}", one.name_bn, "", one) for one in below),
    )


def owed_by(decision: Decision, *, on: date) -> list[tuple[Office, Post | None]]:
    """The fan-out: which posts owe the decision that was taken on this day.

    A group gives the posts in it on the day, an office the post of its head; an office without
    one owes it as an office.
    """
    found: dict[tuple[int, int | None], tuple[Office, Post | None]] = {}
    named = decision.implementers.select_related("post__office", "office", "group")
    for implementer in named:
        for office, post in _posts_of(implementer, decision, on):
            found.setdefault((office.pk, post.pk if post else None), (office, post))
    return list(found.values())


def _posts_of(
    implementer: Implementer, decision: Decision, on: date
) -> list[tuple[Office, Post | None]]:
    if implementer.post:
        return [(implementer.post.office, implementer.post)]
    if implementer.office:
        head = implementer.office.posts.active().filter(role=Role.HEAD).first()
        return [(implementer.office, head)]
    if implementer.group is None:
        return []
    posts = implementer.group.posts_on(on, office=decision.meeting.office).select_related("office")
    return [(post.office, post) for post in posts]


def _holder(post: Post, today: date | None) -> str:
    holder = post.holder_on(today) if today else None
    return holder.name if holder else ""
