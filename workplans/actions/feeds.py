"""The address at which a calendar program reads a post's due days."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from teams.audit import record
from teams.enums import TEAM_ROLES
from teams.models import Post, User

from ..feeds import hash_of, new_secret
from ..models import CalendarFeed


@transaction.atomic
def make_feed(*, post: Post, by: User) -> str:
    """Make an address for a post one holds, and end the one there was; answers with its secret.

    It is told once. Raises PermissionDenied (also for a post outside the team).
    """
    if post.pk not in by.scope.post_ids or post.role not in TEAM_ROLES:
        raise PermissionDenied
    Post.objects.select_for_update().get(pk=post.pk)  # two presses make one address after the other
    for old in CalendarFeed.objects.in_use().filter(post=post, made_for=by):
        _end(old, by=by)
    secret = new_secret()
    feed: CalendarFeed = CalendarFeed.objects.create(
        post=post, made_for=by, secret_hash=hash_of(secret)
    )
    record("calendar.make", feed, by=by, office=post.office)
    return secret


@transaction.atomic
def end_feed(*, feed: CalendarFeed, by: User) -> bool:
    """Stop an address from answering; False if it had ended already. Raises PermissionDenied."""
    if feed.made_for_id != by.pk:
        raise PermissionDenied
    return _end(feed, by=by)


def _end(feed: CalendarFeed, *, by: User) -> bool:
    open_ones = CalendarFeed.objects.in_use().filter(pk=feed.pk)
    ended = open_ones.update(ended_at=timezone.now(), ended_by=by)
    if ended:
        record("calendar.end", feed, by=by, office=feed.post.office)
    return bool(ended)
