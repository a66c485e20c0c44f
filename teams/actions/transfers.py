"""Posts pass from one person to the next."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit import record
from ..enums import HoldingKind, Role
from ..models import Handover, Post, PostHolding, User
from ..perms import can_change_post
from ..templatetags.bangla_tags import day
from .people import Newcomer, find_or_add_person
from .posts import is_last_administrator

ONE_DAY = timedelta(days=1)
Incoming = User | Newcomer | None


class TransferRefused(Exception):
    """The post cannot pass on so; the text is for the user."""


@transaction.atomic
def transfer_post(
    *,
    post: Post,
    to: Incoming,
    starts_on: date,
    by: User,
    kind: str = HoldingKind.REGULAR,
    reference: str = "",
) -> Handover | None:
    """From the day `starts_on` on, `to` holds the post (None: nobody) and nobody else.

    The predecessor's last day is the day before. The day may lie ahead, then nothing happens
    before it, or behind, if the predecessor came earlier still. Opens the handover and returns
    it; None on a post that has had nobody, or for a person who stays. The same transfer again is
    the same one. Raises PermissionDenied, TransferRefused.
    """
    post = _locked(post, by)
    person = find_or_add_person(to) if isinstance(to, Newcomer) else to
    if (done := _done_already(post, person, starts_on, kind)) is not None:
        return done.handover
    leaving = post.holdings.filter(ends_on__isnull=True).select_related("person").first()
    _refuse_collision(post, leaving, starts_on)
    if leaving is None and person is None:
        raise TransferRefused(_("পদটি আগে থেকেই শূন্য।"))
    if leaving is not None and leaving.person_id == (person and person.pk) and leaving.kind == kind:
        raise TransferRefused(
            _("%(person)s আগে থেকেই এভাবে এই পদে আছেন।") % {"person": leaving.person}
        )
    _keep_an_administrator(post, person)
    if leaving is not None:
        leaving.ends_on = starts_on - ONE_DAY
        leaving.save(update_fields=["ends_on"])
    arriving = _begin(post, person, starts_on, kind) if person else None
    handover, changed = _open_handover(post, leaving, arriving, starts_on, by)
    record(
        "post.transfer",
        post,
        by=by,
        office=post.office,
        before={"person": leaving.person_id if leaving else None},
        after={
            "person": person.pk if person else None,
            "starts_on": starts_on.isoformat(),
            "kind": str(kind) if person else "",
            "reference": reference,
        },
        rows=[row for row in (person, leaving, arriving, *changed) if row is not None],
    )
    return handover


@transaction.atomic
def call_off_transfer(*, handover: Handover, by: User) -> Post:
    """A transfer whose day has not come does not take place: whoever is on the post stays.

    Raises PermissionDenied, TransferRefused once the day has come.
    """
    post = _locked(handover.post, by)
    planned = Handover.objects.unsettled().filter(pk=handover.pk, post=post)
    found = planned.select_related("outgoing", "incoming").first()
    if found is None or found.happens_on <= timezone.localdate():
        raise TransferRefused(_("এই বদলির দিন এসে গেছে বা এটি আর নেই, তাই বাতিল করা যায়নি।"))
    outgoing, incoming = found.outgoing, found.incoming
    before = {
        "person": incoming.person_id if incoming else None,
        "starts_on": found.happens_on.isoformat(),
    }
    staying: list[Model] = []
    was_vacant = outgoing is None or outgoing.ends_on != found.happens_on - ONE_DAY
    if was_vacant and outgoing is not None and outgoing.ends_on is not None:
        found.incoming, found.happens_on = None, outgoing.ends_on + ONE_DAY
        found.save(update_fields=["incoming", "happens_on"])
        staying.append(found)
    else:
        found.delete()
    if incoming is not None:
        incoming.delete()
    if outgoing is not None and not was_vacant:
        outgoing.ends_on = None
        outgoing.save(update_fields=["ends_on"])
        staying.append(outgoing)
    record("post.call_off", post, by=by, office=post.office, before=before, rows=staying)
    return post


@transaction.atomic
def give_charge(
    *,
    post: Post,
    to: User | Newcomer,
    kind: str,
    starts_on: date,
    ends_on: date,
    by: User,
    reference: str = "",
) -> PostHolding:
    """Put somebody in charge of the post from a day to a day, beside whoever is on leave.

    Both reach the post's work on these days. A regular holding with both days is one of the
    past, written down later. Raises PermissionDenied, TransferRefused.
    """
    post = _locked(post, by)
    person = find_or_add_person(to) if isinstance(to, Newcomer) else to
    same = post.holdings.filter(person=person, starts_on=starts_on, ends_on=ends_on, kind=kind)
    if (known := same.first()) is not None:
        return known
    if kind == HoldingKind.REGULAR and ends_on >= timezone.localdate():
        raise TransferRefused(_("নিয়মিত দায়িত্ব চলতি বা আগামী হলে বদলির ফরমে লিখুন।"))
    beside = post.holdings.filter(starts_on__lte=ends_on).exclude(ends_on__lt=starts_on)
    if kind != HoldingKind.REGULAR:
        # Whoever is on leave keeps the post.
        beside = beside.exclude(kind=HoldingKind.REGULAR)
    _refuse_beside(beside.select_related("person").first())
    holding = PostHolding.objects.create(
        post=post, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    record(
        "post.charge",
        post,
        by=by,
        office=post.office,
        after={
            "person": person.pk,
            "kind": str(kind),
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "reference": reference,
        },
        rows=[holding],
    )
    return holding


@transaction.atomic
def release(*, holding: PostHolding, ends_on: date, by: User) -> PostHolding | None:
    """Give a charge from a day to a day another last day; None if it is not to begin at all.

    A charge without a last day ends by a transfer. Raises PermissionDenied, TransferRefused.
    """
    today = timezone.localdate()
    post = _locked(holding.post, by)
    holding = post.holdings.select_related("person").get(pk=holding.pk)
    if holding.ends_on is None:
        raise TransferRefused(_("এই দায়িত্বের শেষ দিন লেখা নেই; এটি বদলির ফরমে শেষ করুন।"))
    if holding.ends_on == ends_on:
        return holding
    if min(holding.ends_on, ends_on) < today - ONE_DAY:
        raise TransferRefused(_("অতীতের দায়িত্ব আর বদলায় না। গতকাল বা তার পরের একটি দিন দিন।"))
    before = {"person": holding.person_id, "ends_on": holding.ends_on.isoformat()}
    if ends_on < holding.starts_on:
        _refuse_begun(holding, today)
        holding.delete()
        record("post.release", post, by=by, office=post.office, before=before)
        return None
    beside = post.holdings.filter(starts_on__gt=holding.ends_on, starts_on__lte=ends_on)
    if holding.kind != HoldingKind.REGULAR:
        beside = beside.exclude(kind=HoldingKind.REGULAR)
    _refuse_beside(beside.select_related("person").first())
    holding.ends_on = ends_on
    holding.save(update_fields=["ends_on"])
    after = {"person": holding.person_id, "ends_on": ends_on.isoformat()}
    record(
        "post.release", post, by=by, office=post.office, before=before, after=after, rows=[holding]
    )
    return holding


# --- The rules ---------------------------------------------------------------------------------
def _locked(post: Post, by: User) -> Post:
    """The post, with nobody else changing its holders. Raises PermissionDenied, TransferRefused."""
    post = Post.objects.select_for_update(of=("self",)).select_related("office").get(pk=post.pk)
    if not can_change_post(by, post):
        raise PermissionDenied
    if not post.is_active:
        raise TransferRefused(_("পদটি বন্ধ করা হয়েছে। আগে পদটি আবার চালু করুন।"))
    return post


class _Done:
    """A transfer that was written already, with its handover if there is one."""

    def __init__(self, handover: Handover | None) -> None:
        self.handover = handover


def _done_already(post: Post, person: User | None, starts_on: date, kind: str) -> _Done | None:
    if person is None:
        ended = post.holdings.filter(ends_on=starts_on - ONE_DAY).exists()
        followed = post.holdings.filter(Q(starts_on__gte=starts_on) | Q(ends_on__isnull=True))
        same = ended and not followed.exists()
    else:
        same = post.holdings.filter(
            person=person, starts_on=starts_on, kind=kind, ends_on__isnull=True
        ).exists()
    return _Done(post.handovers.filter(happens_on=starts_on).first()) if same else None


def _refuse_collision(post: Post, leaving: PostHolding | None, starts_on: date) -> None:
    """No two people hold a post side by side, and nobody leaves before coming."""
    if leaving is not None and leaving.starts_on >= starts_on:
        if leaving.starts_on > timezone.localdate():
            sentence = _(
                "%(person)s এই পদে যোগ দেবেন %(day)s, তা আগেই লেখা আছে। আগে সেটি বাতিল করুন, "
                "নয়তো তার পরের একটি দিন দিন।"
            )
        else:
            sentence = _("%(person)s এই পদে আছেন %(day)s থেকে। তার পরের একটি দিন দিন।")
        raise TransferRefused(sentence % {"person": leaving.person, "day": day(leaving.starts_on)})
    # Who is leaving has no last day yet and is not among them.
    beside = post.holdings.filter(ends_on__gte=starts_on).select_related("person")
    _refuse_beside(beside.first())


def _refuse_beside(other: PostHolding | None) -> None:
    if other is None:
        return
    words = {"person": other.person, "start": day(other.starts_on)}
    if other.ends_on is None:
        raise TransferRefused(
            _("%(start)s থেকে এই পদে %(person)s আছেন; একই দিনে দুজন হতে পারেন না।") % words
        )
    raise TransferRefused(
        _(
            "%(start)s থেকে %(end)s পর্যন্ত এই পদে %(person)s আছেন; একই দিনে দুজন হতে পারেন না। "
            "পদের ইতিহাসে আগে তাঁর শেষ দিন ঠিক করুন, বা অন্য দিন দিন।"
        )
        % {**words, "end": day(other.ends_on)}
    )


def _refuse_begun(holding: PostHolding, today: date) -> None:
    if holding.starts_on <= today:
        raise TransferRefused(
            _("শেষ দিন শুরুর দিন %(day)s-এর আগে হতে পারে না।") % {"day": day(holding.starts_on)}
        )


def _keep_an_administrator(post: Post, person: User | None) -> None:
    """Somebody must be left who can let others in again."""
    stays = person is not None and person.is_active
    if not stays and post.role == Role.SYSTEM_ADMINISTRATOR and is_last_administrator(post):
        raise TransferRefused(
            _("এটি একমাত্র সিস্টেম অ্যাডমিনিস্ট্রেটরের পদ; শূন্য রাখা যায় না। আগে আরেকজনকে দায়িত্ব দিন।")
        )


def _begin(post: Post, person: User, starts_on: date, kind: str) -> PostHolding:
    try:
        with transaction.atomic():
            return PostHolding.objects.create(
                post=post, person=person, kind=kind, starts_on=starts_on
            )
    except IntegrityError as taken:
        raise TransferRefused(
            _("এর মধ্যে আরেকজন এই পদে কাউকে বসিয়েছেন। পাতাটি আবার খুলে দেখুন।")
        ) from taken


# --- Handovers ---------------------------------------------------------------------------------
def _open_handover(
    post: Post,
    leaving: PostHolding | None,
    arriving: PostHolding | None,
    happens_on: date,
    by: User,
) -> tuple[Handover | None, list[Handover]]:
    """The handover of this change, and the rows of handovers that were written.

    Of a vacancy that is filled now it is the one that waits.
    """
    if leaving and arriving and leaving.person_id == arriving.person_id:
        return None, []  # who was in charge is the regular one now: nothing changes hands
    waiting = post.handovers.unsettled().select_for_update().first()
    if waiting is not None and waiting.incoming_id is None and leaving is None:
        waiting.incoming, waiting.happens_on = arriving, happens_on
        waiting.version = F("version") + 1
        waiting.save(update_fields=["incoming", "happens_on", "version"])
        waiting.refresh_from_db()
        return waiting, [waiting]
    written = []
    if waiting is not None:
        _settle_unsigned(waiting, happens_on, by)
        written.append(waiting)
    if leaving is None and post.holdings.count() == 1:
        return None, written  # a new post: nobody hands over
    handover = Handover.objects.create(
        post=post, outgoing=leaving, incoming=arriving, happens_on=happens_on, created_by=by
    )
    return handover, [*written, handover]


def _settle_unsigned(handover: Handover, happens_on: date, by: User) -> None:
    """The post passes on before its last handover was signed; the new one lists what is open."""
    handover.settled_at, handover.settled_by = timezone.now(), by
    handover.content = {"superseded_on": happens_on.isoformat(), "groups": []}
    handover.version = F("version") + 1
    handover.save(update_fields=["settled_at", "settled_by", "content", "version"])
