"""The list as it was on the day it was signed for: plain data, in Bengali."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_date
from teams.models import Handover, PostHolding, User

from .parts import groups_of
from .work import Desk, Group


def frozen_content(handover: Handover) -> dict[str, Any]:
    """The paper of a handover as it stands now, with its signatures.

    {"post", "office", "outgoing", "incoming", "happens_on", "note": str,
     "groups": [{"key", "title", "items": [{"title", "detail"}]}],
     "signatures": {"given" | "taken" | "settled": {"by", "on"}}}; days are written out.
    """
    post = handover.post
    with translation.override("bn"):
        desk = Desk(post, leaver_of(handover), timezone.localdate())
        return {
            "post": post.designation_bn,
            "office": post.office.name_bn,
            "outgoing": _name(handover.outgoing),
            "incoming": _name(handover.incoming),
            "happens_on": format_date(handover.happens_on, lang="bn"),
            "note": handover.note,
            "groups": _as_plain(groups_of(desk)),
            "signatures": {
                step: {"by": _called(person), "on": format_date(timezone.localdate(at), lang="bn")}
                for step in ("given", "taken", "settled")
                if (at := getattr(handover, f"{step}_at"))
                and (person := getattr(handover, f"{step}_by"))
            },
        }


def leaver_of(handover: Handover) -> User | None:
    return handover.outgoing.person if handover.outgoing else None


def _as_plain(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [
        {
            "key": group.key,
            "title": group.title,
            "items": [{"title": entry.title, "detail": entry.detail} for entry in group.entries],
        }
        for group in groups
    ]


def _name(holding: PostHolding | None) -> str:
    return _called(holding.person) if holding else ""


def _called(person: User) -> str:
    return person.name_bn
