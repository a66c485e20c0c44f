"""People on posts."""

from datetime import date

from django.db import transaction

from ..enums import HoldingKind
from ..models import Post, PostHolding, User


@transaction.atomic
def give_post(
    *,
    post: Post,
    person: User,
    starts_on: date,
    ends_on: date | None = None,
    kind: str = HoldingKind.REGULAR,
) -> PostHolding:
    """Put a person on a post from a day (to a day). The same holding twice is one."""
    holding, _created = PostHolding.objects.update_or_create(
        post=post,
        person=person,
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "kind": kind},
    )
    return holding
