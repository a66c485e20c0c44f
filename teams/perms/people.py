"""Who manages the posts and people of an office."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from ..enums import TEAM_ROLES, HoldingKind, Role
from ..models import Office, OfficeQuerySet, Post, PostHolding, PostQuerySet, User
from .offices import can_see_contacts


def can_manage_people(user: User, office: Office) -> bool:
    """Whoever heads the office, or the nearest office above that has a head today.

    The system administrator may everywhere. One query, none for the head of the office itself.
    """
    scope = user.scope
    if scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        return True
    mine = [path for path in _headed_paths(user) if office.path.startswith(path)]
    if not mine:
        return False
    nearest = max(mine, key=len)
    between = office.path.removeprefix(nearest).strip("/").split("/")
    if between == [""]:
        return True
    return not _held_heads().filter(office__code__in=between).exists()


def can_see_people(user: User, office: Office) -> bool:
    """Who holds and held the posts: for the office itself, those above, and who manages it."""
    return can_see_contacts(user, office) or can_manage_people(user, office)


def can_change_post(user: User, post: Post) -> bool:
    """Whoever manages the office; the posts that stand over all offices only the administrator.

    Else the head of the Cabinet Division could put anybody in charge of the system. Whoever stands
    in for the head for some days does not decide who is the head: it would be a way to stay.
    """
    if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        return True
    if post.role in (Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR):
        return False
    return can_manage_people(user, post.office) and not _stands_in(user, post)


def roles_for(user: User, office: Office, post: Post | None = None) -> list[Role]:
    """What a post may be made by this person: what it is, or what no office order gives.

    Who leads or is in the team says the order of the team (`teams.actions.issue_team`); there is
    one head. Reviewers and administrators are for the system administrator to name.
    """
    roles = [Role(post.role)] if post else []
    others = office.posts.active().filter(role=Role.HEAD)
    if not others.exclude(pk=post.pk if post else 0).exists():
        roles.append(Role.HEAD)
    if post is None or post.role not in TEAM_ROLES - {Role.HEAD}:
        roles.append(Role.STAFF)
    if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        roles += [Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR]
    return sorted(set(roles), key=list(Role).index)


def can_edit_person(user: User, person: User) -> bool:
    """Name and contact: only of people all of whose posts, today's and coming, one manages.

    Else whoever gives somebody of another office a second post could take their log-in over. An
    address opens an account as a code does, so one also answers for all of them (`answers_to`):
    whoever stands in for the head does not touch the head's.
    """
    if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        return True
    ahead = PostHolding.objects.filter(person=person).exclude(ends_on__lt=timezone.localdate())
    posts = [holding.post for holding in ahead.select_related("post__office")]
    if not posts or not all(can_change_post(user, post) for post in posts):
        return False
    mine = set(manageable_offices(user).values_list("pk", flat=True))
    return user == person or all(answers_to(post) in mine for post in posts)


def answers_to(post: Post) -> int | None:
    """The office whose manager invites the holder of this post; None: the administrator alone."""
    if post.role in (Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR):
        return None
    return post.office.parent_id if post.role == Role.HEAD else post.office_id


def manageable_offices(user: User) -> OfficeQuerySet:
    """The offices whose posts and people this person manages (two queries at most)."""
    offices = Office.objects.all()
    if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
        return offices
    paths = _headed_paths(user)
    if not paths:
        return offices.none()
    branch = offices.filter(user.scope.headed()).order_by("path").values_list("pk", "path")
    headed = set(_held_heads().values_list("office__path", flat=True))
    return offices.filter(pk__in=_without_a_head(branch, set(paths), headed))


def _without_a_head(
    branch: Iterable[tuple[int, str]], mine: set[str], headed: set[str]
) -> list[int]:
    """Of (id, path), parents first: those I head and those that come to me for want of a head."""
    reached: dict[str, int] = {}
    for pk, path in branch:
        parent = path.rstrip("/").rpartition("/")[0] + "/"
        if path in mine or (parent in reached and path not in headed):
            reached[path] = pk
    return list(reached.values())


def _stands_in(user: User, post: Post) -> bool:
    """Whether the user holds this post of a head for some days only, while somebody is on leave.

    A regular holder who is to leave on a day still has the post (one query, for heads' posts).
    """
    if post.role != Role.HEAD or post.pk not in user.scope.post_ids:
        return False
    held = PostHolding.objects.on(timezone.localdate()).filter(post=post, person=user)
    lasting = Q(kind=HoldingKind.REGULAR) | Q(ends_on__isnull=True)
    return not held.filter(lasting).exists()


def _headed_paths(user: User) -> list[str]:
    return [post.office.path for post in user.scope.posts if post.role == Role.HEAD]


def _held_heads() -> PostQuerySet:
    """Posts of heads that somebody holds today."""
    today = timezone.localdate()
    held = PostHolding.objects.on(today).values("post")
    return Post.objects.active().filter(role=Role.HEAD, pk__in=held)
