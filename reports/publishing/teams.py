"""The team of an office as everybody may know it: who they are, never how to reach them."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Prefetch
from django.utils import timezone

from bangla.digits import to_bangla
from teams.enums import LEAD_ROLES, LEADING_SEATS, TEAM_ROLES, Role, Seat
from teams.models import Membership, Office, Post, Team

ORDER_OF_ROLES = (Role.HEAD, Role.INNOVATION_OFFICER, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class OpenMember:
    """A post in the team; `name` is today's holder's, "" while the post is vacant. `seat` is said
    of those who lead the team or write its minutes."""

    designation: str
    name: str
    seat: str


@dataclass(frozen=True, slots=True)
class OpenTeam:
    """`order` is the team in force; None of an office that works without an order."""

    order: Team | None
    members: list[OpenMember]

    @classmethod
    def of(cls, office: Office) -> Self:
        """The team as its order forms it, else those who do the work (at most four queries)."""
        order = _in_force(office)
        if order:
            return cls(order, [_as_ordered(one) for one in order.memberships.all()])
        return cls(None, _without_order(office))

    @property
    def memo(self) -> str:
        return to_bangla(self.order.memo_number) if self.order else ""


def _in_force(office: Office) -> Team | None:
    posts = Post.objects.with_holders(timezone.localdate())
    memberships = Membership.objects.order_by("position", "pk").prefetch_related(
        Prefetch("post", queryset=posts)
    )
    found = Team.objects.in_force().filter(office=office).defer("content")
    return found.prefetch_related(Prefetch("memberships", queryset=memberships)).first()


def _as_ordered(member: Membership) -> OpenMember:
    is_told = member.seat in LEADING_SEATS or member.seat == Seat.SECRETARY
    return _member(member.post, str(member.get_seat_display()) if is_told else "")


def _without_order(office: Office) -> list[OpenMember]:
    """Those whose posts make them the team, head first."""
    posts = (
        office.posts.active()
        .filter(role__in=TEAM_ROLES)
        .with_holders(timezone.localdate())
        .order_by("position", "pk")
    )
    ranked = sorted(posts, key=lambda post: ORDER_OF_ROLES.index(Role(post.role)))
    return [
        _member(post, str(post.get_role_display()) if post.role in LEAD_ROLES else "")
        for post in ranked
    ]


def _member(post: Post, seat: str) -> OpenMember:
    holder = post.holder
    return OpenMember(post.designation, holder.name if holder else "", seat)
