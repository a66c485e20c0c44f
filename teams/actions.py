"""Writes to offices and posts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from .audit import record
from .enums import HoldingKind
from .memo import LAST_ISSUE, Memo, MemoGrammar, next_issue
from .models import (
    MemoNumber,
    MemoPrefix,
    Office,
    Post,
    PostGroup,
    PostGroupMember,
    PostHolding,
    User,
)
from .offices import OfficeRow


@dataclass(frozen=True, slots=True)
class LoadedOffices:
    """How many offices a load created, changed and found as they were."""

    created: int
    changed: int
    unchanged: int


@transaction.atomic
def load_offices(*, rows: Iterable[OfficeRow]) -> LoadedOffices:
    """Bring the office tree in line with the rows (parents before children).

    The code is an office's identity: a new name is an update, and offices that are not in the
    rows stay as they are. A new parent moves the whole branch.
    """
    known = {office.code: office for office in Office.objects.all()}
    created = changed = unchanged = 0
    for row in rows:
        parent = known[row.parent] if row.parent else None
        fields = {
            "tier": row.tier,
            "parent": parent,
            "name_bn": row.name_bn,
            "name_en": row.name_en,
            "place_bn": row.place_bn,
            "place_en": row.place_en,
            "is_active": row.is_active,
        }
        office = known.get(row.code)
        path = f"{parent.path if parent else ''}{row.code}/"
        if office is None:
            known[row.code] = Office.objects.create(code=row.code, **fields)
            created += 1
        elif office.path != path or any(
            getattr(office, name) != value for name, value in fields.items()
        ):
            for name, value in fields.items():
                setattr(office, name, value)
            office.save()
            changed += 1
        else:
            unchanged += 1
    return LoadedOffices(created, changed, unchanged)


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


# --- Memo numbers --------------------------------------------------------------------------
class MemoTaken(Exception):
    """Another letter of the office has this memo number; the text is for the user."""


@transaction.atomic
def claim_memo(
    *, office: Office, memo: Memo, purpose: str, object_id: int, by: User | None
) -> MemoNumber:
    """Give a memo number to one letter, for good. Raises MemoTaken.

    `purpose` and `object_id` name the letter ("meetings.minutes", 12); asking again for it
    gives it the new number and frees the old one. A file number the office has not used before
    is remembered.
    """
    known = MemoNumber.objects.filter(purpose=purpose, object_id=object_id).first()
    number = known or MemoNumber(office=office, purpose=purpose, object_id=object_id, created_by=by)
    number.canonical, number.prefix, number.issue = memo.canonical, memo.prefix, memo.issue
    try:
        with transaction.atomic():
            number.save()
    except IntegrityError as taken:
        raise MemoTaken(
            _("স্মারক নম্বর %(number)s এই দপ্তরের আরেকটি পত্রে দেওয়া হয়েছে। পরের নম্বরটি দিন।")
            % {"number": memo.bengali}
        ) from taken
    MemoPrefix.objects.get_or_create(office=office, number=memo.prefix)
    return number


def propose_memo(office: Office) -> Memo | None:
    """The next number under the file the office used last, of those it has not switched off.

    None before it has named a file, and when the file has no number left.
    """
    files = list(office.memo_prefixes.active().values_list("number", flat=True))
    last = office.memo_numbers.filter(prefix__in=files).first()
    prefix = last.prefix if last else next(iter(files), None)
    if prefix is None:
        return None
    used = office.memo_numbers.filter(prefix=prefix).values_list("issue", flat=True)
    issue = next_issue(number for number in used if number is not None)
    if issue > LAST_ISSUE:
        return None
    grammar = next(one for one in MemoGrammar if len(one.groups) == prefix.count(".") + 1)
    return Memo(grammar, prefix, issue)


# --- Groups of posts -----------------------------------------------------------------------
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
