"""How much of the list somebody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from .work import Entry, Group


class Shown(Enum):
    """Whoever works on the post follows links; whoever has left it reads words, and of those
    only what they left; from above one sees how much there is, for drafts are the team's own."""

    LINKS = "links"
    WORDS = "words"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """One group as it is shown; `hidden` counts what came or changed later."""

    key: str
    title: str
    empty: str
    count: int
    late: int
    hidden: int
    entries: Sequence[Entry]


def shown_groups(
    groups: Sequence[Group], shown: Shown, *, before: datetime | None = None
) -> list[ShownGroup]:
    """The live list. With `before` only what has not changed since that moment."""
    return [_shown(group, shown, before) for group in groups]


def _shown(group: Group, shown: Shown, before: datetime | None) -> ShownGroup:
    entries = group.entries
    if before is not None:
        entries = [one for one in entries if one.since is None or one.since < before]
    readable = [] if shown is Shown.COUNTS else entries
    if shown is Shown.WORDS:
        readable = [Entry(one.title, one.detail, "", is_late=one.is_late) for one in readable]
    return ShownGroup(
        key=group.key,
        title=group.title,
        empty=group.empty,
        count=len(entries),
        late=sum(one.is_late for one in entries),
        hidden=len(group.entries) - len(entries),
        entries=readable,
    )


def shown_content(content: Mapping[str, Any], shown: Shown) -> list[ShownGroup]:
    """The frozen list of a settled handover."""
    return [
        ShownGroup(
            key=group["key"],
            title=group["title"],
            empty="",
            count=len(group["items"]),
            late=0,
            hidden=0,
            entries=[Entry(item["title"], item["detail"], "") for item in group["items"]]
            if shown is not Shown.COUNTS
            else [],
        )
        for group in content.get("groups", [])
    ]
