"""Which code still opens an account: the invitation behind what somebody typed.

Whoever gave a code could use it. So it works only as long as its giver may give it: not after
the giver's own last day in the office, nor once the person has come to posts for which somebody
else answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db.models import QuerySet

from ..models import Invitation, User
from ..perms import can_invite, invitable
from .invitations import hash_of, holdings_ahead


def invitation_of(code: str) -> Invitation | None:
    """The invitation a code opens, if it still opens one; `code` as `read_code` gives it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    hashes = [hash_of(code, key) for key in keys]
    return _good(Invitation.objects.open().filter(code_hash__in=hashes)) if code else None


def good_invitation(pk: int) -> Invitation | None:
    """The invitation, if it can be redeemed now."""
    return _good(Invitation.objects.open().filter(pk=pk))


def _good(invitations: QuerySet[Invitation]) -> Invitation | None:
    """Open, to somebody who is active and holds a post or will, of a giver who may give it."""
    expected = holdings_ahead().values("person")
    found = (
        invitations.filter(person__is_active=True, person__in=expected)
        .select_related("person", "office", "created_by")
        .first()
    )
    if found is None or found.created_by is None:
        return found  # given on the command line: whoever may do that answers for everybody
    return found if can_invite(found.created_by, found.person) else None


def without_giver(invitations: Collection[Invitation], *, seen_by: User) -> set[int]:
    """The ids of those whose giver may no longer give them (four queries for each giver).

    `seen_by` looks at the list and knows for whom the own codes work.
    """
    given: dict[User, list[Invitation]] = defaultdict(list)
    for one in invitations:
        if one.created_by is not None and one.created_by != seen_by:
            given[one.created_by].append(one)
    lost: set[int] = set()
    for giver, theirs in given.items():
        allowed = invitable(giver, [one.person for one in theirs])
        lost |= {one.pk for one in theirs if one.person_id not in allowed}
    return lost
