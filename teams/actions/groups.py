"""Groups of posts that an office lists itself."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from ..audit import record
from ..models import Office, Post, PostGroup, PostGroupMember, User

# The gazette of this day first formed innovation teams: no meeting of theirs is older.
TEAMS_SINCE = date(2013, 4, 8)


@transaction.atomic
def make_group(*, office: Office, name: str, posts: Collection[Post], by: User | None) -> PostGroup:
    """A group that the office lists itself; whoever calls this has asked whether `by` may.

    A new group has never meant anybody else, so its first posts stand for every day: minutes of
    a meeting held last week may name it too. Raises IntegrityError for a name the office has.
    """
    group = PostGroup.objects.create(office=office, name=name)
    record("postgroup.create", group, by=by, office=office, after={"name": name})
    set_group_members(group=group, posts=posts, since=TEAMS_SINCE, by=by)
    return group


@transaction.atomic
def set_group_members(
    *, group: PostGroup, posts: Collection[Post], since: date, by: User | None
) -> None:
    """From the day `since` on, the listed group is exactly these posts; before it, as it was.

    Whoever calls this has asked whether `by` may.
    """
    PostGroup.objects.select_for_update().get(pk=group.pk)
    wanted = {post.pk for post in posts}
    later = group.memberships.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
    staying = {
        member.post_id
        for member in later
        if member.post_id in wanted and member.starts_on <= since and member.ends_on is None
    }
    leaving = later.exclude(post__in=staying)
    before = set(leaving.values_list("post_id", flat=True))
    if not before and staying == wanted:
        return
    leaving.filter(starts_on__gte=since).delete()
    leaving.update(ends_on=since - timedelta(days=1))
    PostGroupMember.objects.bulk_create(
        PostGroupMember(group=group, post_id=pk, starts_on=since) for pk in sorted(wanted - staying)
    )
    record(
        "postgroup.members",
        group,
        by=by,
        office=group.office,
        before={"posts": sorted(before | staying)},
        after={"posts": sorted(wanted), "since": since.isoformat()},
    )
