"""How an idea comes in, where it is sent on to, and what its submitter is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from teams.models import AuditEntry, Office, User

from . import perms
from .actions.intake import why_not_forwarded
from .citizens import KNOWN_OF, Standing, related, standing_of
from .codes import spaced
from .enums import FORWARDABLE, FilePurpose, IdeaStatus
from .letters import site
from .models import Idea, Support
from .timeline import FORWARD

MOST_SUPPORTED = 50


def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """What the idea's page shows of this.

    The whole team sees the submitter's contact, not the leader alone: whoever works an idea out
    has to be able to ask what was meant. It is on this one page, and nowhere else.
    """
    leads = perms.can_review_held(user, idea)
    return {
        "contact": related(idea, "contact"),
        "appeal": related(idea, "appeal"),
        "attachments": idea.files.filter(purpose=FilePurpose.ATTACHMENT).select_related("document"),
        "code": spaced(idea.code),
        "can_mend_contact": perms.can_mend_contact(user, idea),
        "can_admit": leads and idea.status == IdeaStatus.HELD,
        "can_readmit": leads and idea.status == IdeaStatus.DISCARDED,
        "can_forward": perms.can_forward_idea(user, idea)
        and idea.status in FORWARDABLE
        and not why_not_forwarded(idea),
    }


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What hangs on the notice board for whoever put a slip into the box.

    The title is how they find theirs; one that is not to be shown to others has none.
    """

    title: str
    code: str
    office: str
    received_on: date
    address: str


def slips_of(ideas: Sequence[Idea]) -> list[PrintedSlip]:
    """The slips of some ideas, in order."""
    address = site(reverse("public:track"))
    return [
        PrintedSlip(
            title=idea.title if idea.is_shared else "",
            code=spaced(idea.code),
            office=idea.office.name,
            received_on=idea.received_on,
            address=address,
        )
        for idea in ideas
    ]


@dataclass(frozen=True, slots=True)
class SentOn:
    """An idea this office sent on: `title` as it was that day, `standing` what the public knows."""

    title: str
    at: datetime
    by: User | None
    to: Office | None
    standing: Standing | None


class SentOnEntries(Sequence[SentOn]):
    """Entries of the record, told a page at a time (for a Paginator)."""

    def __init__(self, entries: QuerySet[AuditEntry]) -> None:
        self.entries = entries

    def __len__(self) -> int:
        return self.entries.count()

    def __getitem__(self, part: Any) -> Any:
        return list(_sent_on(list(self.entries[part])))


def sent_on_by(user: User) -> SentOnEntries:
    """What the person's offices sent on, the newest first.

    The old office learns no more than anybody with the code: where it went and how it stands. It
    reads the record, not the idea, so that words mended elsewhere stay there.
    """
    return SentOnEntries(
        AuditEntry.objects.filter(action=FORWARD, office_id__in=user.scope.team_office_ids)
        .select_related("by")
        .order_by("-at", "-pk")
    )


def _sent_on(entries: list[AuditEntry]) -> Iterator[SentOn]:
    ideas = Idea.objects.select_related(*KNOWN_OF).in_bulk([entry.object_id for entry in entries])
    offices = Office.objects.in_bulk([entry.after["to"] for entry in entries])
    for entry in entries:
        idea = ideas.get(entry.object_id)
        yield SentOn(
            title=entry.after["title"],
            at=entry.at,
            by=entry.by,
            to=offices.get(entry.after["to"]),
            standing=standing_of(idea) if idea else None,
        )


def followed_by(user: User) -> list[Support]:
    """What the person stood by, the newest first."""
    supports = Support.objects.filter(supported_by=user).select_related(
        "idea", *(f"idea__{name}" for name in KNOWN_OF)
    )
    return list(supports[:MOST_SUPPORTED])
