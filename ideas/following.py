"""What the holder of a code sees: the way of the idea, and nothing that is not theirs.

The code is a key that many hands may hold (it hangs on the notice board, it is read out on the
telephone), so this shows no words of the idea but its title, no contact, no names, no marks.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from teams.models import AuditEntry, Office

from .citizens import (
    KNOWN_OF,
    Standing,
    pilot_of,
    published_page_of,
    standing_of,
    what_became_of,
)
from .codes import spaced
from .enums import IdeaStatus, PilotStatus
from .models import Idea, Initiative, Pilot, Support
from .perms import can_appeal_idea
from .timeline import FORWARD, STEPS


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an idea as a citizen reads it; `reference` names the meeting that took it."""

    on: date
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class Followed:
    """An idea as the holder of a code sees it.

    `idea` is the one the code belongs to, `became` the one it goes on with (itself, mostly).
    `title` is empty when the code is a supporter's and the idea is not shown to others.
    """

    code: str
    idea: Idea
    became: Idea
    is_supporter: bool
    standing: Standing
    became_standing: Standing
    steps: list[Step]
    supporters: int
    can_appeal: bool

    @property
    def title(self) -> str:
        return "" if self.is_supporter and not self.idea.is_shared else self.idea.title

    @property
    def became_title(self) -> str:
        """Somebody else's words: shown once everybody may know of them."""
        return self.became.title if self.became.is_open_to_all else ""

    @property
    def spaced(self) -> str:
        return spaced(self.code)

    @property
    def is_merged(self) -> bool:
        return self.became != self.idea

    @property
    def pilot(self) -> Pilot | None:
        """The trial, once it has begun: a plan is the team's own."""
        pilot = pilot_of(self.became)
        return None if pilot is None or pilot.status == PilotStatus.PLANNED else pilot

    @property
    def page(self) -> Initiative | None:
        return published_page_of(self.became)


def follow(code: str) -> Followed | None:
    """What a code (as codes.read_code gives it) leads to; None if it leads nowhere."""
    ideas = Idea.objects.select_related(*KNOWN_OF)
    idea = ideas.filter(code=code).first()
    is_supporter = idea is None
    if idea is None:
        idea = ideas.filter(supports__code=code).first()
    if idea is None:
        return None
    became = what_became_of(idea)
    return Followed(
        code=code,
        idea=idea,
        became=became,
        is_supporter=is_supporter,
        standing=standing_of(idea),
        became_standing=standing_of(became),
        steps=_steps(idea),
        supporters=Support.objects.filter(idea=became).count(),
        can_appeal=not is_supporter and can_appeal_idea(idea),
    )


def _steps(idea: Idea) -> list[Step]:
    """The way of an idea, the newest first; the last is the day it was handed in."""
    entries = AuditEntry.objects.filter(
        object_type=idea._meta.label_lower, object_id=idea.pk, action__in=[*STEPS, FORWARD]
    ).values_list("action", "at", "after")
    found = list(entries)
    offices = _offices_of(found)
    steps = [
        Step(
            on=timezone.localdate(at),
            title=_title(action, after, offices),
            reference=after.get("reference", ""),
        )
        for action, at, after in found
    ]
    return [*steps, Step(idea.received_on, _("আইডিয়া দেওয়া হয়েছে"), "")]


def _offices_of(entries: list[tuple[str, datetime, dict[str, Any]]]) -> dict[int, Office]:
    """The offices an idea was sent to; asked for only if it was sent anywhere."""
    numbers = {int(after["to"]) for action, _at, after in entries if action == FORWARD}
    return Office.objects.in_bulk(numbers) if numbers else {}


def _title(action: str, after: dict[str, Any], offices: dict[int, Office]) -> str:
    """What a step was, in a citizen's words."""
    if action == FORWARD:
        office = offices.get(int(after["to"]))
        return _("%(office)s-এ পাঠানো হয়েছে") % {"office": office.name if office else "—"}
    own = {
        "idea.admit": _("নিবন্ধনে তোলা হয়েছে"),
        "idea.readmit": _("আবার দেখে নিবন্ধনে তোলা হয়েছে"),
        "idea.discard": _("নিবন্ধনে তোলা হয়নি"),
        "idea.shortlist": _("প্রথম বাছাইয়ে টিকেছে"),
        "idea.approve": _("করে দেখার সিদ্ধান্ত হয়েছে"),
        "idea.start_pilot": _("করে দেখা শুরু হয়েছে"),
        "idea.stop_pilot": _("করে দেখা থেমেছে"),
        "idea.showcase": _("সফল বলে সবার সামনে তুলে ধরা হয়েছে"),
        "idea.replicate": _("অন্য দপ্তরেও চালু হয়েছে"),
        "idea.decline": _("গৃহীত হয়নি"),
        "idea.appeal": _("আবার বিবেচনার আবেদন করা হয়েছে"),
        "idea.unmerge": _("আবার আলাদাভাবে দেখা হচ্ছে"),
        "idea.merge": _("একই রকম আরেকটি আইডিয়ার সঙ্গে মেলানো হয়েছে"),
    }
    return own.get(action) or str(IdeaStatus(after["status"]).label)
