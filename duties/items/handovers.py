"""Handovers that wait for somebody's signature."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from teams.models import Handover, User
from teams.templatetags.bangla_tags import day

from ..enums import Urgency
from .item import MOST_ITEMS, NEXT_DAYS, DutyItem


def handover_items(user: User, today: date) -> Iterator[DutyItem]:
    """For whoever comes, whoever has left, and the head of the office (one query)."""
    waiting = (
        Handover.objects.visible_to(user)
        .unsettled()
        .filter(happens_on__lte=today + timedelta(days=NEXT_DAYS))
        .select_related("post__office", "outgoing__person", "incoming__person")
        .order_by("happens_on")
    )
    for handover in waiting[:MOST_ITEMS]:
        if action := _action(user, handover, today):
            yield _item(handover, action, today)


def _action(user: User, handover: Handover, today: date) -> str:
    """What this person has to do with it now; "" for nothing."""
    outgoing, incoming = handover.outgoing, handover.incoming
    if outgoing and outgoing.person_id == user.pk and not handover.given_at:
        return _("বুঝিয়ে দিন")
    if handover.happens_on > today:
        return ""
    if incoming and incoming.person_id == user.pk and not handover.taken_at:
        return _("বুঝে নিন")
    # A vacant post has nobody to take it over yet, and nobody is to be hurried.
    return _("দেখুন") if incoming and user.scope.heads(handover.post.office_id) else ""


def _item(handover: Handover, action: str, today: date) -> DutyItem:
    names = " → ".join(
        holding.person.name if holding else "—"
        for holding in (handover.outgoing, handover.incoming)
    )
    is_ahead = handover.happens_on > today
    return DutyItem(
        urgency=Urgency.NEXT if is_ahead else Urgency.SOON,
        due=handover.happens_on if is_ahead else None,
        chip=day(handover.happens_on) if is_ahead else _("স্বাক্ষর বাকি"),
        chip_kind="" if is_ahead else "risk",
        title=_("দায়িত্ব হস্তান্তর: %(post)s") % {"post": handover.post.designation},
        detail=f"{names} · {handover.post.office.name}",
        url=handover.get_absolute_url(),
        action=action,
    )
