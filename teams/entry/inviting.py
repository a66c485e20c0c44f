"""How an office's people stand with their accounts, for the pages of invitations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone

from jobs.enums import LetterStatus
from jobs.models import Letter

from ..actions.invitations import letter_key
from ..enums import InvitationKind, Role
from ..models import Invitation, Office, Post, User
from ..perms import invitable
from .invitations import holdings_ahead
from .redeeming import without_giver

# Whoever has never come in, or has no password to come in with.
WITHOUT_ACCOUNT = (
    Q(last_login=None) | Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
)
UNDELIVERED = (LetterStatus.REFUSED, LetterStatus.FAILED, LetterStatus.NO_ADDRESS)


@dataclass(frozen=True, slots=True)
class Invitee:
    """One line of the list: a person, the posts that bring the person here, and how it stands."""

    person: User
    posts: Sequence[Post]
    invitation: Invitation | None
    letter: Letter | None
    can_invite: bool
    has_lost_giver: bool = False

    @property
    def has_account(self) -> bool:
        return self.person.last_login is not None and self.person.has_usable_password()

    @property
    def is_invited(self) -> bool:
        """Whether a code of theirs can still be redeemed."""
        return self.invitation is not None and self._unused and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """Whether the last code was let grow too old, or its giver has left."""
        if self.invitation is None or not self._unused:
            return False
        return self.has_lost_giver or self.invitation.expires_at <= timezone.now()

    @property
    def is_undelivered(self) -> bool:
        return self.is_invited and self.letter is not None and self.letter.status in UNDELIVERED

    @property
    def is_proposed(self) -> bool:
        """Whether the list ticks this person by itself: without account and without a code."""
        return self.can_invite and not self.has_account and not self.is_invited

    @property
    def _unused(self) -> bool:
        return self.invitation is not None and self.invitation.is_open


def people_of(office: Office) -> QuerySet[User]:
    """Whom one invites from here: the people of the office, and the heads of those right below.

    Those without an account come first.
    """
    ahead = holdings_ahead()
    heads = ahead.filter(post__role=Role.HEAD, post__office__is_active=True)
    here = Q(pk__in=ahead.filter(post__office=office).values("person"))
    below = Q(pk__in=heads.filter(post__office__parent=office).values("person"))
    people = User.objects.filter(here | below, is_active=True)
    without_first = Case(When(WITHOUT_ACCOUNT, then=0), default=1)
    return people.order_by(without_first, "name_bn", "pk")


def invitees(people: Collection[User], office: Office, *, by: User) -> list[Invitee]:
    """The lines of a page of people (seven queries at most, and four for each colleague who
    gave one of their codes)."""
    posts: dict[int, list[Post]] = defaultdict(list)
    for holding in holdings_ahead(people).select_related("post__office").order_by("starts_on"):
        if _belongs(holding.post, office):
            posts[holding.person_id].append(holding.post)
    last: dict[int, Invitation] = {}
    given = Invitation.objects.filter(person__in=people).select_related("person", "created_by")
    for invitation in given.order_by("created_at", "pk"):
        last[invitation.person_id] = invitation
    lost = without_giver([one for one in last.values() if one.is_open], seen_by=by)
    letters = Letter.objects.by_key(
        letter_key(one) for one in last.values() if one.kind == InvitationKind.EMAIL
    )
    allowed = invitable(by, people)
    return [
        Invitee(
            person=person,
            posts=posts[person.pk],
            invitation=last.get(person.pk),
            letter=letters.get(letter_key(last[person.pk])) if person.pk in last else None,
            can_invite=person.pk in allowed,
            has_lost_giver=person.pk in last and last[person.pk].pk in lost,
        )
        for person in people
    ]


def waiting_in(offices: Collection[Office]) -> dict[int, int]:
    """By office: how many of its people have no account yet; left out are offices whose posts
    nobody holds (one query)."""
    ahead = holdings_ahead().filter(post__office__in=offices, person__is_active=True)
    without = Q(person__in=User.objects.filter(WITHOUT_ACCOUNT))
    counted = (
        ahead.order_by()
        .values_list("post__office")
        .annotate(waiting=Count("person", filter=without, distinct=True))
    )
    return dict(counted)


def _belongs(post: Post, office: Office) -> bool:
    """Whether this post is why its holder is on the office's page."""
    is_head_below = post.role == Role.HEAD and post.office.parent_id == office.pk
    return post.office_id == office.pk or is_head_below
