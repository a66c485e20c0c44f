"""A post is handed over: a word for the successor, two signatures or the head's, a frozen list."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import Handover, User
from teams.transitions import WrongState

from ..handover import frozen_content
from ..perms import can_give, can_settle, can_take


class StaleNote(Exception):
    """Somebody saved the note after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Handover) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def save_note(*, handover: Handover, version: int, note: str, by: User) -> Handover:
    """What the predecessor, or the head, wants the successor to know.

    Raises PermissionDenied, WrongState once it is settled, StaleNote.
    """
    if not (can_give(by, handover) or can_settle(by, handover)):
        raise PermissionDenied
    before = handover.note
    open_ones = Handover.objects.unsettled().filter(pk=handover.pk, given_at__isnull=True)
    saved = open_ones.filter(version=version).update(note=note, version=F("version") + 1)
    handover.refresh_from_db()
    if handover.settled_at or handover.given_at:
        raise WrongState(_("হস্তান্তরে স্বাক্ষর হয়ে গেছে; এখন আর কথা বদলানো যায় না।"))
    if not saved:
        raise StaleNote(handover)
    if note != before:
        record(
            "handover.note",
            handover,
            by=by,
            office=handover.post.office,
            before={"note": before},
            after={"note": note},
        )
    return handover


@transaction.atomic
def give_handover(*, handover: Handover, by: User) -> Handover:
    """The predecessor says: given. Raises PermissionDenied, WrongState."""
    return _sign(handover, "given", can_give, by)


@transaction.atomic
def take_handover(*, handover: Handover, by: User) -> Handover:
    """The successor says: understood and taken over. Raises PermissionDenied, WrongState."""
    return _sign(handover, "taken", can_take, by)


@transaction.atomic
def settle_handover(*, handover: Handover, by: User) -> Handover:
    """Whoever manages the office ends it, with or without signatures.

    Raises PermissionDenied, WrongState.
    """
    return _sign(handover, "settled", can_settle, by)


def _sign(
    handover: Handover, step: str, allowed: Callable[[User, Handover], bool], by: User
) -> Handover:
    """Stamp one step, and freeze the list with the last of them: one entry of the record."""
    locked = Handover.objects.select_for_update(of=("self",)).select_related(
        "post__office", "outgoing__person", "incoming__person", "given_by", "taken_by"
    )
    handover = locked.get(pk=handover.pk)
    if handover.settled_at or getattr(handover, f"{step}_at"):
        raise WrongState(_("কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।"))
    if not allowed(by, handover):
        raise PermissionDenied
    now = timezone.now()
    _stamp(handover, step, now, by)
    both = handover.given_at is not None and handover.taken_at is not None
    if both and step != "settled":
        _stamp(handover, "settled", now, by)
    if handover.settled_at:
        handover.content = frozen_content(handover)
    handover.version += 1
    handover.save()
    record(
        f"handover.{step}",
        handover,
        by=by,
        office=handover.post.office,
        after={"settled": handover.settled_at is not None},
    )
    return handover


def _stamp(handover: Handover, step: str, at: object, by: User) -> None:
    setattr(handover, f"{step}_at", at)
    setattr(handover, f"{step}_by", by)
