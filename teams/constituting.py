"""What forming a team needs: the rule of the day, the posts to choose from, a first proposal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone

from .composition import Member, Rule, Verdict, check, meets_seat, proposed_backgrounds
from .enums import LEADING_SEATS, Role, Seat
from .models import Background, CompositionRule, Office, Post, Team

# Leader first, the member-secretary last, as orders list them.
ORDER_OF_SEATS = {Seat.CHIEF: 0, Seat.LEADER: 0, Seat.MEMBER: 1, Seat.SECRETARY: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A post in a proposed team. `backgrounds` are codes; `post` is the post's id."""

    post: int
    seat: str = Seat.MEMBER
    is_nominated: bool = True
    backgrounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamText:
    """A team as it is typed: everything of a draft that people choose.

    `issuing_office` is the id of the office whose order it is; `members` stand in the order of
    their posts' ids, so that two texts can be compared.
    """

    formed_on: date
    issuing_office: int
    members: tuple[Place, ...] = ()
    subject: str = ""
    preamble: str = ""
    closing: str = ""
    copies: str = ""
    deviation_reason: str = ""

    @classmethod
    def of(cls, team: Team) -> Self:
        return cls(
            formed_on=team.formed_on,
            issuing_office=team.issuing_office_id,
            members=places_of(team),
            subject=team.subject,
            preamble=team.preamble,
            closing=team.closing,
            copies=team.copies,
            deviation_reason=team.deviation_reason,
        )


def places_of(team: Team) -> tuple[Place, ...]:
    """Who is in a team (two queries, none if the memberships are prefetched)."""
    places = (
        Place(
            post=one.post_id,
            seat=one.seat,
            is_nominated=one.is_nominated,
            backgrounds=frozenset(known.code for known in one.backgrounds.all()),
        )
        for one in team.memberships.all()
    )
    return tuple(sorted(places, key=lambda place: place.post))


# --- The office and its rule -----------------------------------------------------------------
def ordering_offices(office: Office, rule: CompositionRule) -> list[Office]:
    """The offices whose head may order the team: first the one the rule names (one query)."""
    above = Office.objects.filter(code__in=office.path_codes, tier=rule.formed_by)
    named = above.order_by("-path").first() or office
    return [named] if named.pk == office.pk else [named, office]


def posts_of(office: Office, day: date) -> list[Post]:
    """The posts to choose from, each with who held it that day (two queries)."""
    return list(office.posts.active().with_holders(day).order_by("position", "pk"))


def known_backgrounds(rule: CompositionRule) -> list[Background]:
    """The backgrounds that the rule asks for, in their order (none if prefetched)."""
    found = {one.pk: one for wanted in rule.requirements.all() for one in wanted.backgrounds.all()}
    return sorted(found.values(), key=lambda one: (one.position, one.pk))


# --- The check -------------------------------------------------------------------------------
def members_of(places: Iterable[Place], posts: Iterable[Post], day: date) -> list[Member]:
    """The proposed members as the check wants them; holders are those of that day."""
    by_id = {post.pk: post for post in posts}
    members = []
    for place in places:
        post = by_id[place.post]
        holder = post.holder_on(day)
        members.append(
            Member(
                post=post.designation,
                seat=place.seat,
                is_nominated=place.is_nominated,
                backgrounds=place.backgrounds,
                is_head=post.role == Role.HEAD,
                person=holder.pk if holder else None,
            )
        )
    return members


def verdict_on(
    *,
    rule: CompositionRule,
    issuing_office: Office,
    places: Iterable[Place],
    posts: Iterable[Post],
    day: date,
) -> Verdict:
    """How a proposed team stands to its rule; asks the database nothing that is prefetched."""
    members = members_of(places, posts, day)
    return check(Rule.of(rule), members, formed_by=issuing_office.tier)


def verdict_of(team: Team) -> Verdict:
    """How the draft of a team stands to its rule (a fixed number of queries)."""
    places = places_of(team)
    posts = Post.objects.filter(pk__in=[place.post for place in places])
    return verdict_on(
        rule=team.rule,
        issuing_office=team.issuing_office,
        places=places,
        posts=posts.with_holders(team.formed_on).order_by("position", "pk"),
        day=team.formed_on,
    )


# --- A first proposal ------------------------------------------------------------------------
def proposal(
    office: Office, rule: CompositionRule, posts: Collection[Post], *, issuing_office: Office
) -> TeamText:
    """The team to begin with: that in force, else those who work in it without an order."""
    today = timezone.localdate()
    in_force = (
        Team.objects.in_force()
        .filter(office=office)
        .prefetch_related("memberships__backgrounds")
        .first()
    )
    active = {post.pk for post in posts}
    if in_force:
        copied = (_under(place, rule) for place in places_of(in_force) if place.post in active)
        return TeamText(today, issuing_office.pk, tuple(copied))
    plain = Rule.of(rule)
    codes = [one.code for one in known_backgrounds(rule)]
    places = (_proposed(post, plain, codes) for post in posts)
    members = sorted((one for one in places if one), key=lambda place: place.post)
    return TeamText(today, issuing_office.pk, tuple(members))


def _under(place: Place, rule: CompositionRule) -> Place:
    """A place of an older team, with the name that the rule of today gives its leader."""
    if place.seat not in LEADING_SEATS:
        return place
    return Place(place.post, rule.leading_seat, is_nominated=False, backgrounds=place.backgrounds)


def _proposed(post: Post, rule: Rule, codes: Iterable[str]) -> Place | None:
    """Where somebody who works in the team already probably belongs."""
    backgrounds = proposed_backgrounds(post.designation_bn, codes)
    leading = Role.HEAD if rule.leader_is_head else Role.INNOVATION_OFFICER
    if post.role == leading:
        return Place(post.pk, rule.leading_seat, is_nominated=False)
    is_nominated = not meets_seat(backgrounds, rule)
    if post.role == Role.INNOVATION_OFFICER:
        return Place(post.pk, Seat.SECRETARY, is_nominated, backgrounds)
    if post.role == Role.MEMBER:
        return Place(post.pk, Seat.MEMBER, is_nominated, backgrounds)
    return None


# --- What the seats mean for the posts -------------------------------------------------------
def roles_after(places: Iterable[Place], posts: Iterable[Post]) -> Mapping[int, str]:
    """The role of each post of the office once this team is in force, by id.

    Whoever leads is the innovation officer. Where the head leads in person, the member-secretary
    does that daily work, or nobody but the head could call a meeting. Heads, reviewers and
    administrators stay what they are; who is in no team any more is staff.
    """
    seats = {place.post: place.seat for place in places}
    posts = list(posts)
    head_leads = any(
        post.role == Role.HEAD and seats.get(post.pk) in LEADING_SEATS for post in posts
    )
    return {
        post.pk: _role_of(seats.get(post.pk), head_leads=head_leads)
        for post in posts
        if post.role in MOVABLE
    }


MOVABLE = frozenset({Role.INNOVATION_OFFICER, Role.MEMBER, Role.STAFF})


def _role_of(seat: str | None, *, head_leads: bool) -> Role:
    if seat is None:
        return Role.STAFF
    leads = seat in LEADING_SEATS or (head_leads and seat == Seat.SECRETARY)
    return Role.INNOVATION_OFFICER if leads else Role.MEMBER
