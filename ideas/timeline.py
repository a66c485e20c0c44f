"""The way an idea has come: each step with who took it, from which post, and on what ground."""

from dataclasses import dataclass
from datetime import datetime

from teams.models import AuditEntry, Post, User

from .enums import TRANSITIONS, IdeaStatus
from .models import Idea

STEPS = [f"idea.{step.name}" for step in TRANSITIONS]
# Sent on to another office, in the record of the office that sent it; its state stays.
FORWARD = "idea.forward"
# An idea that came with an old list came in the state the list says.
IMPORT = "idea.import"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: `status` is where it led; `reference` is empty for a step taken by hand."""

    at: datetime
    status: IdeaStatus
    by: User | None
    by_post: Post | None
    reference: str


def steps_taken(idea: Idea) -> list[StepTaken]:
    """The steps of an idea, the newest first, in one query."""
    entries = AuditEntry.objects.filter(
        object_type=idea._meta.label_lower, object_id=idea.pk, action__in=[*STEPS, IMPORT]
    ).select_related("by", "by_post")
    return [
        StepTaken(
            at=entry.at,
            status=IdeaStatus(entry.after["status"]),
            by=entry.by,
            by_post=entry.by_post,
            reference=entry.after.get("reference", ""),
        )
        for entry in entries
    ]
