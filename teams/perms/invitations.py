"""Who may give somebody the code that opens an account."""

from collections import defaultdict
from collections.abc import Collection

from ..entry.invitations import holdings_ahead
from ..enums import Role
from ..models import Invitation, Post, User
from .people import answers_to, manageable_offices


def can_invite(user: User, person: User) -> bool:
    """Whoever manages the people of every office in which the person holds a post or will.

    Of a head: whoever manages those of the office above. Of a reviewer or an administrator: the
    administrator alone. Whoever gives the code could use it, so nobody gives one that opens more
    than the giver answers for; and nobody invites oneself.
    """
    return person.pk in invitable(user, [person])


def invitable(user: User, people: Collection[User]) -> set[int]:
    """The ids of those among the people whom this person may invite (three queries at most)."""
    posts: dict[int, list[Post]] = defaultdict(list)
    active = [person for person in people if person.is_active and person != user]
    for holding in holdings_ahead(active).select_related("post__office"):
        posts[holding.person_id].append(holding.post)
    if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        return set(posts)
    mine = set(manageable_offices(user).values_list("pk", flat=True))
    return {pk for pk, held in posts.items() if all(answers_to(post) in mine for post in held)}


def can_revoke_invitation(user: User, invitation: Invitation) -> bool:
    """Whoever could give a new one."""
    return can_invite(user, invitation.person)
