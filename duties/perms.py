"""Who may do what with a handover; views, templates and actions all ask here."""

from django.utils import timezone

from teams.models import Handover, Post, User
from teams.perms import can_change_post


def can_give(user: User, handover: Handover) -> bool:
    """Whoever leaves the post signs, before the day or after it."""
    return handover.outgoing is not None and handover.outgoing.person_id == user.pk


def can_take(user: User, handover: Handover) -> bool:
    """Whoever comes signs from the first day on: before it there is nothing to take over."""
    return (
        handover.incoming is not None
        and handover.incoming.person_id == user.pk
        and _has_come(handover)
    )


def can_settle(user: User, handover: Handover) -> bool:
    """Whoever manages the people of the office, once the day has come."""
    return _has_come(handover) and can_change_post(user, handover.post)


def can_read_work(user: User, post: Post) -> bool:
    """What is open on a post, word for word: for its holder and the head of its office."""
    return post.pk in user.scope.post_ids or user.scope.heads(post.office_id)


def _has_come(handover: Handover) -> bool:
    return handover.happens_on <= timezone.localdate()
