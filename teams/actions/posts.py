"""The posts of an office, and people put on them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit import record
from ..enums import HoldingKind, Role, TeamStatus
from ..models import Office, Post, PostHolding, User
from ..perms import can_change_post, can_manage_people, roles_for


@dataclass(frozen=True, slots=True)
class PostWords:
    """What is typed of a post; the names are the model's."""

    designation_bn: str
    designation_en: str
    role: str
    phone: str
    email: str

    @classmethod
    def of(cls, post: Post) -> PostWords:
        return cls(**{name: getattr(post, name) for name in cls.__dataclass_fields__})


class StalePost(Exception):
    """Somebody saved the post after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Post) -> None:
        super().__init__("stale")
        self.current = current


class PostRefused(Exception):
    """The post cannot be so; the text is for the user."""


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


@transaction.atomic
def create_post(*, office: Office, words: PostWords, by: User) -> Post:
    """A new post at the end of the list; the same post twice is one.

    Raises PermissionDenied, PostRefused.
    """
    if not can_manage_people(by, office) or words.role not in roles_for(by, office):
        raise PermissionDenied
    last = office.posts.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            post = Post.objects.create(office=office, position=last + 1, **asdict(words))
    except IntegrityError as taken:
        known = office.posts.filter(is_active=True, **asdict(words)).first()
        if known is None:
            raise PostRefused(_taken(office, words)) from taken
        return known
    record("post.create", post, by=by, office=office, after=asdict(words))
    return post


@transaction.atomic
def update_post(*, post: Post, seen: PostWords, words: PostWords, by: User) -> Post:
    """Save the words typed on the copy `seen`; the check and the write are one UPDATE.

    Raises PermissionDenied, StalePost, PostRefused.
    """
    office = post.office
    if not can_change_post(by, post) or words.role not in roles_for(by, office, post):
        raise PermissionDenied
    if words.role != Role.SYSTEM_ADMINISTRATOR and is_last_administrator(post):
        raise PostRefused(_("এটি একমাত্র সিস্টেম অ্যাডমিনিস্ট্রেটরের পদ। আগে আরেকজনকে দায়িত্ব দিন।"))
    try:
        with transaction.atomic():
            saved = Post.objects.filter(pk=post.pk, **asdict(seen)).update(**asdict(words))
    except IntegrityError as taken:
        raise PostRefused(_taken(office, words)) from taken
    post.refresh_from_db()
    if not saved:
        raise StalePost(post)
    before, after = asdict(seen), asdict(words)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        record(
            "post.update",
            post,
            by=by,
            office=office,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return post


@transaction.atomic
def move_post(*, post: Post, up: bool, by: User) -> None:
    """Change places with the neighbour in the office's list. Raises PermissionDenied."""
    if not can_change_post(by, post):
        raise PermissionDenied
    office = Office.objects.select_for_update().get(pk=post.office_id)
    row = list(office.posts.active())
    here = row.index(post)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    before = [one.pk for one in row]
    row[here], row[there] = row[there], row[here]
    for position, one in enumerate(row, start=1):
        one.position = position
    Post.objects.bulk_update(row, ["position"])
    record(
        "post.move",
        post,
        by=by,
        office=office,
        before={"order": before},
        after={"order": [one.pk for one in row]},
    )


@transaction.atomic
def close_post(*, post: Post, by: User) -> None:
    """The office has this post no more; who held it when stays known. Closed twice is closed.

    Raises PermissionDenied, PostRefused while somebody holds it or a team counts on it.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("office").get(pk=post.pk)
    if not can_change_post(by, post):
        raise PermissionDenied
    if not post.is_active:
        return
    if post.holdings.exclude(ends_on__lt=timezone.localdate()).exists():
        raise PostRefused(_("পদটিতে এখনো কেউ আছেন বা আসছেন। আগে পদটি শূন্য করুন।"))
    if post.memberships.filter(team__status=TeamStatus.ISSUED).exists():
        raise PostRefused(_("পদটি বলবৎ ইনোভেশন টিমে আছে। আগে টিম পুনর্গঠন করুন।"))
    post.is_active = False
    post.save(update_fields=["is_active"])
    record("post.close", post, by=by, office=post.office, before={"is_active": True})


@transaction.atomic
def reopen_post(*, post: Post, by: User) -> None:
    """A closed post is there again. Raises PermissionDenied, PostRefused."""
    if not can_change_post(by, post):
        raise PermissionDenied
    try:
        with transaction.atomic():
            reopened = Post.objects.filter(pk=post.pk, is_active=False).update(is_active=True)
    except IntegrityError as taken:
        raise PostRefused(_("দপ্তরে এখন আরেকটি দপ্তর প্রধানের পদ আছে।")) from taken
    post.refresh_from_db()
    if reopened:
        record("post.reopen", post, by=by, office=post.office, after={"is_active": True})


def is_last_administrator(post: Post) -> bool:
    """Whether nobody could let people in again without whoever holds this post."""
    administering = Post.objects.administering()
    others = administering.exclude(pk=post.pk)
    return administering.filter(pk=post.pk).exists() and not others.exists()


def _taken(office: Office, words: PostWords) -> str:
    """What another post of the office has already."""
    same = office.posts.filter(designation_bn=words.designation_bn).order_by("-is_active").first()
    if same is None:
        return _("দপ্তরে দপ্তর প্রধানের পদ একটিই হয়, আর সেটি আগে থেকেই আছে।")
    if same.is_active:
        return _("এই দপ্তরে “%(name)s” নামে একটি পদ আছে। পদবিটি আলাদা করে লিখুন।") % {
            "name": words.designation_bn
        }
    return _("“%(name)s” পদটি বন্ধ করা আছে। নতুন না খুলে সেটি আবার চালু করুন।") % {
        "name": words.designation_bn
    }
