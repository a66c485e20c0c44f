"""What a change of an office says, what stands against it, and what it will touch.

`OfficeChange.details`, by kind:

    create   code, tier, name_bn, name_en, place_bn, place_en; `office` is the one above
    rename   name_bn, name_en, place_bn, place_en
    move     parent: the id of the new office above
    merge    nothing; `others` go into `office`
    split    as create, of the same tier and under the same office, and posts: ids that go along
    close    nothing

and, after an attempt that failed, `trouble`: why, as a list of sentences. A change that made an
office keeps its id as `made`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .enums import ChangeKind, ChangeStatus, Tier
from .models import Office, OfficeChange, Post, PostHolding
from .offices import TIER_PARENTS
from .open_papers import count_open

NAMES = ("name_bn", "name_en", "place_bn", "place_en")
# Kinds after which the office is no longer where or what it was; the root stays.
UPROOTING = frozenset({ChangeKind.MOVE, ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.CLOSE})
MAKING = frozenset({ChangeKind.CREATE, ChangeKind.SPLIT})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that is asked for: one that was planned, or one not yet written down."""

    kind: str
    office: Office
    effective_on: date
    source: str
    details: dict[str, Any] = field(default_factory=dict)
    others: tuple[Office, ...] = ()

    @classmethod
    def of(cls, change: OfficeChange) -> Wanted:
        """What a planned change asks for; a query for the others."""
        return cls(
            kind=change.kind,
            office=change.office,
            effective_on=change.effective_on,
            source=change.source,
            details=change.details,
            others=tuple(change.others.order_by("path")),
        )

    @property
    def touched(self) -> tuple[Office, ...]:
        """The offices that will not be what they were."""
        if self.kind == ChangeKind.CREATE:
            return ()
        return self.others if self.kind == ChangeKind.MERGE else (self.office,)


# --- What stands against it --------------------------------------------------------------------
def objections(wanted: Wanted) -> list[str]:
    """Why this change cannot take place as the offices stand now; nothing if it can."""
    offices = (wanted.office, *wanted.others)
    closed = [office.name for office in offices if not office.is_active]
    if closed:
        return [_("“%(name)s” আর চালু নেই।") % {"name": name} for name in closed]
    if wanted.kind in UPROOTING and any(office.parent_id is None for office in offices):
        return [_("সবার ওপরের দপ্তরটি সরানো, ভাগ বা বিলুপ্ত করা যায় না।")]
    return list(_AGAINST[ChangeKind(wanted.kind)](wanted))


def is_planned_already(wanted: Wanted) -> bool:
    """Whether just this change waits for its day: a form sent twice plans one."""
    alike = OfficeChange.objects.filter(
        kind=wanted.kind,
        office=wanted.office,
        effective_on=wanted.effective_on,
        status=ChangeStatus.PLANNED,
    )
    others = {office.pk for office in wanted.others}
    return any(
        {**change.details, "trouble": None} == {**wanted.details, "trouble": None}
        and {office.pk for office in change.others.all()} == others
        for change in alike.prefetch_related("others")
    )


def _against_new_office(wanted: Wanted) -> Iterator[str]:
    told = {"code": wanted.details["code"], "name": wanted.details["name_bn"]}
    if Office.objects.filter(code=wanted.details["code"]).exists():
        yield _("“%(code)s” কোডটি আরেকটি দপ্তরের। অন্য একটি কোড দিন।") % told
    if Office.objects.active().filter(name_bn=wanted.details["name_bn"]).exists():
        yield _("“%(name)s” নামে একটি দপ্তর আছে। জেলার নাম যোগ করে আলাদা করুন।") % told


def _against_create(wanted: Wanted) -> Iterator[str]:
    if TIER_PARENTS.get(wanted.details["tier"]) != wanted.office.tier:
        yield _wrong_tier(wanted.details["tier"], wanted.office)
    yield from _against_new_office(wanted)


def _against_rename(wanted: Wanted) -> Iterator[str]:
    office = wanted.office
    if all(getattr(office, name) == wanted.details[name] for name in NAMES):
        yield _("নামগুলো এখন যা আছে তা-ই; কিছু বদলায়নি।")
    name = wanted.details["name_bn"]
    if Office.objects.active().filter(name_bn=name).exclude(pk=office.pk).exists():
        yield _("“%(name)s” নামে আরেকটি দপ্তর আছে। জেলার নাম যোগ করে আলাদা করুন।") % {"name": name}


def _against_move(wanted: Wanted) -> Iterator[str]:
    office = wanted.office
    above = Office.objects.active().filter(pk=wanted.details["parent"]).first()
    if above is None:
        yield _("নতুন ঊর্ধ্বতন দপ্তরটি আর চালু নেই।")
    elif above.pk == office.parent_id:
        yield _("দপ্তরটি এখনই ওই দপ্তরের অধীন।")
    elif above.path.startswith(office.path):
        yield _("নিজের বা নিজের অধীন কোনো দপ্তরের নিচে নেওয়া যায় না।")
    elif TIER_PARENTS[office.tier] != above.tier:
        yield _wrong_tier(office.tier, above)


def _against_merge(wanted: Wanted) -> Iterator[str]:
    if not wanted.others:
        yield _("কোন দপ্তর একীভূত হবে, অন্তত একটি বেছে নিন।")
    for other in wanted.others:
        told = {"name": other.name}
        if other.tier != wanted.office.tier or other.parent_id != wanted.office.parent_id:
            yield _("“%(name)s” একই ঊর্ধ্বতন দপ্তরের নয়; আগে এর ঊর্ধ্বতন দপ্তর বদলান।") % told
        if other.pk == wanted.office.pk:
            yield _("দপ্তরটি নিজের সঙ্গে একীভূত হতে পারে না।")


def _against_split(wanted: Wanted) -> Iterator[str]:
    posts = set(wanted.details["posts"])
    own = set(wanted.office.posts.active().values_list("pk", flat=True))
    if not posts:
        yield _("নতুন দপ্তরে কোন কোন পদ যাবে, অন্তত একটি বেছে নিন।")
    elif not posts <= own:
        yield _("বেছে নেওয়া কোনো একটি পদ এই দপ্তরে আর নেই। পদগুলো আবার বেছে নিন।")
    elif posts == own:
        yield _("সব পদ নতুন দপ্তরে গেলে পুরোনোটিতে কেউ থাকে না; তাহলে নাম পরিবর্তন করুন।")
    yield from _against_new_office(wanted)


def _against_close(wanted: Wanted) -> Iterator[str]:
    below = wanted.office.children.active().count()
    if below:
        yield _("দপ্তরটির অধীনে চালু দপ্তর আছে। আগে সেগুলো সরান, একীভূত বা বিলুপ্ত করুন।")
    administering = Post.objects.administering()
    here = administering.filter(office=wanted.office)
    if here.exists() and not administering.exclude(office=wanted.office).exists():
        yield _("একমাত্র সিস্টেম অ্যাডমিনিস্ট্রেটরের পদ এই দপ্তরে। আগে অন্য দপ্তরে আরেকজনকে দায়িত্ব দিন।")


def _wrong_tier(tier: str, above: Office) -> str:
    told = {"tier": Tier(tier).label, "above": above.get_tier_display()}
    return _("%(tier)s পর্যায়ের দপ্তর %(above)s পর্যায়ের নিচে থাকে না।") % told


_AGAINST = {
    ChangeKind.CREATE: _against_create,
    ChangeKind.RENAME: _against_rename,
    ChangeKind.MOVE: _against_move,
    ChangeKind.MERGE: _against_merge,
    ChangeKind.SPLIT: _against_split,
    ChangeKind.CLOSE: _against_close,
}


# --- What it will touch ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Impact:
    """How much a change touches: posts, people who hold them today, offices below, papers."""

    posts: int
    people: int
    below: int
    papers: list[tuple[str | Promise, int]]


def impact_of(wanted: Wanted) -> Impact:
    """Counted now, with a fixed number of queries."""
    ids: Collection[int] = [office.pk for office in wanted.touched]
    posts = Post.objects.active().filter(office__in=ids)
    if wanted.kind == ChangeKind.SPLIT:
        posts = posts.filter(pk__in=wanted.details["posts"])
    held = PostHolding.objects.on(timezone.localdate()).filter(post__in=posts)
    return Impact(
        posts=posts.count(),
        people=held.values("person").distinct().count(),
        below=Office.objects.active().filter(parent__in=ids).count(),
        papers=count_open(ids) if ids else [],
    )


def told_as_words(wanted: Wanted) -> list[tuple[str, str]]:
    """The change as (label, words) for its pages."""
    details = wanted.details
    lines = [(str(_("দপ্তর")), wanted.office.name)]
    if wanted.kind in (*MAKING, ChangeKind.RENAME):
        labels = (_("নাম (বাংলা)"), _("নাম (ইংরেজি)"), _("সংক্ষিপ্ত (বাংলা)"), _("সংক্ষিপ্ত (ইংরেজি)"))
        lines += [
            (_("নতুন %(what)s") % {"what": label}, details[name])
            for label, name in zip(labels, NAMES, strict=True)
        ]
    if wanted.kind in MAKING:
        lines += [(_("কোড"), details["code"]), (_("পর্যায়"), str(Tier(details["tier"]).label))]
    if wanted.kind == ChangeKind.MOVE:
        above = Office.objects.filter(pk=details["parent"]).first()
        lines.append((_("নতুন ঊর্ধ্বতন দপ্তর"), above.name if above else "—"))
    if wanted.others:
        lines.append((_("যেগুলো একীভূত হবে"), "; ".join(one.name for one in wanted.others)))
    if wanted.kind == ChangeKind.SPLIT:
        posts = Post.objects.filter(pk__in=details["posts"])
        lines.append((_("যে পদগুলো যাবে"), "; ".join(str(post) for post in posts)))
    return lines
