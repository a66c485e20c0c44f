"""Writes of the register: an idea written in, its text mended, its plain steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.audit import record
from teams.models import Office, User
from teams.transitions import Transition, WrongState, apply_transition

from .. import perms
from ..enums import DECLINE, PLAIN_STEPS, START_PILOT, WAITING, FilePurpose, IdeaChannel
from ..letters import tell_submitter
from ..models import Contact, Idea
from ..similar import index_idea
from .files import add_file
from .pilots import begin_pilot_of

if TYPE_CHECKING:
    from teams.uploads import CleanFile
from .screening import close_round_of


@dataclass(frozen=True, slots=True)
class IdeaText:
    """What is typed about an idea, normalised; the names are the model's."""

    title: str
    description: str
    received_on: date
    problem: str = ""
    benefit: str = ""
    channel: str = IdeaChannel.STAFF
    submitter_name: str = ""
    submitter_detail: str = ""

    @classmethod
    def of(cls, idea: Idea) -> Self:
        return cls(**{name: getattr(idea, name) for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class ContactText:
    """Where a submitter wants to hear from us; both may be empty."""

    email: str = ""
    phone: str = ""


class StaleIdea(Exception):
    """Somebody saved or moved the idea after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Idea) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def receive_idea(
    *,
    office: Office,
    text: IdeaText,
    by: User,
    form_key: UUID | None = None,
    contact: ContactText | None = None,
    files: Sequence[CleanFile] = (),
) -> Idea:
    """Write an idea into the office's register. Raises PermissionDenied.

    The same `form_key` with the same words again returns the idea it made; with other words, as
    typed into a form come back to, it makes another one. Who left a `contact` is told the code.
    """
    if not perms.can_receive_idea(by, office.pk):
        raise PermissionDenied
    idea, created = Idea.objects.get_or_create(
        form_key=_key_of(office, form_key, text) if form_key else uuid4(),
        defaults={**asdict(text), "office": office, "created_by": by},
    )
    if created:
        index_idea(idea)
        record("idea.receive", idea, by=by, office=office, after=text.as_json())
        if contact and (contact.email or contact.phone):
            Contact.objects.create(idea=idea, **asdict(contact))
        for clean in files:
            add_file(idea=idea, clean=clean, purpose=FilePurpose.ATTACHMENT, by=by)
        tell_submitter(idea, by=by)
    return idea


@transaction.atomic
def update_idea(*, idea: Idea, version: int, text: IdeaText, by: User) -> Idea:
    """Save words typed on copy `version`. Raises StaleIdea, WrongState, PermissionDenied.

    The check and the write are one UPDATE, so of two saves at once only one can win, and none
    reaches a text that has been decided upon meanwhile.
    """
    if not by.scope.is_in_team(idea.office_id):
        raise PermissionDenied
    before = IdeaText.of(idea)
    saved = Idea.objects.filter(pk=idea.pk, version=version, status__in=WAITING).update(
        **asdict(text), version=F("version") + 1, updated_at=timezone.now(), updated_by=by
    )
    idea.refresh_from_db()
    if not saved:
        raise StaleIdea(idea) if idea.status in WAITING else WrongState(why_settled(idea))
    index_idea(idea)
    record(
        "idea.update",
        idea,
        by=by,
        office=idea.office,
        before=before.as_json(),
        after=text.as_json(),
    )
    return idea


@transaction.atomic
def move_idea(
    *, idea: Idea, step: Transition, by: User, reason: str = "", reference: str = ""
) -> None:
    """Take one step of enums.PLAIN_STEPS (ValueError for any other, which has its own action).

    `reason` is what a declined idea is told, and goes with DECLINE alone (ValueError otherwise);
    `reference` names the decision behind the step, such as a meeting's minutes, and stays in the
    record of the step. Raises WrongState (also for a refusal without a reason), PermissionDenied.
    """
    if step not in PLAIN_STEPS:
        raise ValueError(f"{step.name} has an action of its own")
    reason = normalise(reason)
    changes: dict[str, object] = {"reference": squeeze(reference)}
    if step == DECLINE:
        if not reason:
            raise WrongState(_("আইডিয়াটি কেন গৃহীত হয়নি, লিখুন।"))
        changes["decline_reason"] = reason
    elif reason:
        raise ValueError(f"{step.name} takes no reason")
    apply_transition(
        idea,
        step,
        by=by,
        allowed=perms.can_move_idea(by, idea),
        office=idea.office,
        changes=changes,
    )
    close_round_of(idea, by=by)
    if step == START_PILOT:
        begin_pilot_of(idea, by=by)
    tell_submitter(idea, by=by)


def why_settled(idea: Idea) -> str:
    """The sentence for whoever opens a text that is no longer open."""
    return _("আইডিয়াটি এখন “%(status)s”, তাই এর লেখা আর বদলানো যায় না।") % {
        "status": idea.get_status_display()
    }


def _key_of(office: Office, form_key: UUID, text: IdeaText) -> UUID:
    """A form's key bound to the office and to the words sent with it.

    The words as sent, not the idea's: the idea may have been changed since it was received.
    """
    return uuid5(form_key, json.dumps([office.pk, text.as_json()]))
