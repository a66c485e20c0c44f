"""What a person may reach today, worked out once a request from the posts held."""

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from .enums import HAVE_OFFICES_BELOW, LEAD_ROLES, TEAM_ROLES, Role

if TYPE_CHECKING:
    from .models import Office, Post


@dataclass(frozen=True, slots=True)
class Scope:
    """The posts a person holds on one day and what follows from them.

    `posts` are the held posts with their offices loaded. Everything else is derived, so a
    person transferred yesterday has an empty scope for yesterday's office today. In an office
    that was merged into one's own, one is what one is in one's own: its papers have nobody else.
    """

    on: date
    posts: tuple["Post", ...] = ()
    _roles: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, posts: "tuple[Post, ...]", *, on: date) -> "Scope":
        roles: dict[int, frozenset[str]] = {}
        for post in posts:
            for office_id in (post.office_id, *post.office.absorbed_ids):
                roles[office_id] = roles.get(office_id, frozenset()) | {post.role}
        return cls(on=on, posts=posts, _roles=roles)

    @property
    def main_post(self) -> "Post | None":
        """The post named in the page head: the regular one held longest."""
        return self.posts[0] if self.posts else None

    @property
    def office(self) -> "Office | None":
        return self.main_post.office if self.main_post else None

    @property
    def post_ids(self) -> list[int]:
        return [post.pk for post in self.posts]

    def roles_in(self, office_id: int) -> frozenset[str]:
        return self._roles.get(office_id, frozenset())

    def has_role(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts)

    def is_in_team(self, office_id: int) -> bool:
        return bool(self.roles_in(office_id) & TEAM_ROLES)

    def leads(self, office_id: int) -> bool:
        return bool(self.roles_in(office_id) & LEAD_ROLES)

    def heads(self, office_id: int) -> bool:
        return Role.HEAD in self.roles_in(office_id)

    @property
    def manages_people(self) -> bool:
        """Whether there is any office whose posts and people this person manages."""
        return self.has_role(Role.HEAD, Role.SYSTEM_ADMINISTRATOR)

    @property
    def team_office_ids(self) -> list[int]:
        """Offices whose papers, drafts included, are this person's own."""
        return [pk for pk, roles in self._roles.items() if roles & TEAM_ROLES]

    @property
    def team_offices(self) -> "list[Office]":
        """The same offices, the main post's first."""
        offices = {post.office_id: post.office for post in self.posts}
        return [office for pk, office in offices.items() if self.is_in_team(pk)]

    @property
    def led_offices(self) -> "list[Office]":
        """Of these, those whose papers this person may send on their way."""
        return [office for office in self.team_offices if self.leads(office.pk)]

    @property
    def superior_paths(self) -> list[str]:
        """Path prefixes below which this person sees what was submitted."""
        return [
            post.office.path
            for post in self.posts
            if post.role in TEAM_ROLES or post.role == Role.CABINET_REVIEWER
        ]

    @property
    def looks_below(self) -> bool:
        """Whether offices can stand below one whose papers this person reads."""
        paths = self.superior_paths
        offices = (post.office for post in self.posts if post.office.path in paths)
        return any(office.tier in HAVE_OFFICES_BELOW for office in offices)

    def headed(self, prefix: str = "") -> Q:
        """Match rows whose office I head, or stands below one that I head.

        What a head may do in an office below is for perms to say: see `can_manage_people`.
        """
        paths = [post.office.path for post in self.posts if post.role == Role.HEAD]
        return any_of([Q(**{f"{prefix}path__startswith": path}) for path in paths])

    def below(self, prefix: str = "") -> Q:
        """Match rows whose office stands below one of mine (mine included).

        `prefix` leads from the row to its office: "" for Office itself, "office__" for a plan.
        """
        return any_of([Q(**{f"{prefix}path__startswith": path}) for path in self.superior_paths])


def any_of(conditions: list[Q]) -> Q:
    """OR the conditions; none of them matches nothing (an empty Q would match everything)."""
    return reduce(or_, conditions, Q(pk__in=[]))
