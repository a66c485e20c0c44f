"""The write of the public form: an idea handed in by anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.audit import record
from teams.models import Office, User

from ..enums import FilePurpose, IdeaChannel, IdeaStatus
from ..letters import tell_submitter
from ..models import LONGEST_TITLE, Contact, Idea
from ..similar import index_idea
from .files import add_file

if TYPE_CHECKING:
    from teams.uploads import CleanFile

TITLE_WORDS = 12
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class HandIn:
    """What was written into the public form, normalised; the names are those of the models."""

    description: str
    title: str = ""
    problem: str = ""
    benefit: str = ""
    submitter_name: str = ""
    submitter_detail: str = ""
    email: str = ""
    phone: str = ""
    is_shared: bool = True

    @property
    def words(self) -> str:
        """All that is said of the idea itself."""
        return "\n".join([self.title, self.problem, self.description, self.benefit]).strip()

    @property
    def of_the_idea(self) -> dict[str, object]:
        """The idea's own columns; the contact stands apart."""
        columns = asdict(self)
        for contact in ("email", "phone"):
            del columns[contact]
        return columns | {"title": self.title or _title_of(self)}


@transaction.atomic
def hand_in_idea(
    *,
    office: Office,
    hand_in: HandIn,
    by: User | None,
    form_key: UUID,
    files: Sequence[CleanFile] = (),
    admit: Callable[[], str] = lambda: "",
) -> Idea:
    """Write into an office's register what somebody handed in by themselves.

    `by` is None for whoever has no account or does not want to be named: then nothing that is
    kept says who, and when only by the day. `admit` is asked once no other submission to the
    office is being written; what it returns is why this one is held ("" if it is not), and what
    it raises is passed on. The same `form_key` again returns the idea it made. Raises
    ValidationError for an office that is closed.
    """
    # On PostgreSQL this queues up the submissions to one office; on SQLite the transaction does.
    office = Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if not office.is_active:
        raise ValidationError(_("এই দপ্তর এখন আর আইডিয়া নেয় না। অন্য দপ্তর বেছে নিন।"))
    if known := Idea.objects.filter(form_key=form_key).first():
        return known
    held_reason = admit()[:LONGEST_REASON]
    at = timezone.now() if by else start_of_today()
    idea, created = Idea.objects.get_or_create(
        form_key=form_key,
        defaults={
            **hand_in.of_the_idea,
            "office": office,
            "channel": IdeaChannel.ONLINE,
            "status": IdeaStatus.HELD if held_reason else IdeaStatus.RECEIVED,
            "held_reason": held_reason,
            "submitted_by": by,
            "created_by": by,
            "created_at": at,
        },
    )
    if not created:  # by the same form, sent to another office in the same instant
        return idea
    index_idea(idea)
    if hand_in.email or hand_in.phone:
        Contact.objects.create(idea=idea, email=hand_in.email, phone=hand_in.phone)
    after = {"title": idea.title, "description": idea.description, "status": idea.status}
    record("idea.hand_in", idea, by=by, office=office, after=after, at=at)
    for clean in files:
        add_file(idea=idea, clean=clean, purpose=FilePurpose.ATTACHMENT, by=by)
    tell_submitter(idea, by=by)
    return idea


def _title_of(hand_in: HandIn) -> str:
    """The first words of the proposal, up to the end of its first sentence."""
    first = re.split(r"[।?!\n]", hand_in.description.lstrip("।?! \n"), maxsplit=1)[0]
    words = squeeze(first or hand_in.description).split()
    title = " ".join(words[:TITLE_WORDS])[: LONGEST_TITLE - 1]
    return f"{title}…" if title != " ".join(words) else title


def start_of_today() -> datetime:
    """When somebody without an account did something: the moment could be laid beside a log."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
