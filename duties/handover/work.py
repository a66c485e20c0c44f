"""What stands open on a post: the words of one list, the same for the page and the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from teams.enums import LEAD_ROLES, Role
from teams.models import Office, Post, User


@dataclass(frozen=True, slots=True)
class Entry:
    """One open thing. `since` is when its words were last changed, None if that is unknown
    or they say nothing of the office's drafts. `url` is its page within the site."""

    title: str
    detail: str
    url: str
    since: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Open things of one kind. `key` is kept in frozen lists, `title` is what is shown."""

    key: str
    title: str
    empty: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(entry.is_late for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Desk:
    """A post on a day, with whoever has left it: what the parts of the list ask about.

    Whoever leads a team takes over all of its papers; a member those that the predecessor
    began. A post outside the team has tasks and decisions, and no papers.
    """

    post: Post
    person: User | None
    today: date

    @property
    def office(self) -> Office:
        return self.post.office

    @property
    def offices(self) -> list[int]:
        """The post's office, and those merged into it."""
        return [self.office.pk, *self.office.absorbed_ids]

    @property
    def leads(self) -> bool:
        return self.post.role in LEAD_ROLES

    @property
    def heads(self) -> bool:
        return self.post.role == Role.HEAD

    def papers(self, *authors: str) -> Q:
        """Which of the team's papers belong to the desk; `authors` are the columns of who began
        one ("created_by")."""
        if self.leads:
            return Q()
        mine = Q(pk__in=[])
        for author in authors if self.person else ():
            mine |= Q(**{author: self.person})
        return mine


def latest_of(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are known."""
    return max((moment for moment in moments if moment is not None), default=None)


def late_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: not entry.is_late)


def joined(*parts: str) -> str:
    """What is said of something in one line: "ফেরত এসেছে · ৫ কাজ"."""
    return " · ".join(_given(parts))


def _given(parts: Iterable[str]) -> Iterator[str]:
    return (str(part) for part in parts if part)
