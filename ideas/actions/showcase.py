"""Writes of what is shown: the public page of an initiative, and its pictures."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.audit import record
from teams.models import User
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState, apply_transition
from teams.uploads import CleanFile, for_screens

from .. import perms
from ..enums import (
    PROVEN,
    PUBLIC_PURPOSES,
    PUBLISH,
    SHOWCASE,
    WITHDRAW,
    FilePurpose,
    IdeaStatus,
    PilotStatus,
)
from ..letters import tell_submitter
from ..models import EventEntry, Idea, IdeaFile, Initiative
from .files import add_file, remove_file
from .register import move_idea

MOST_PICTURES = 12
Placed = IdeaFile | EventEntry


@dataclass(frozen=True, slots=True)
class InitiativeText:
    """What is typed on the page of an initiative, normalised; the names are the model's."""

    title: str
    summary: str
    before: str = ""
    after: str = ""
    story: str = ""
    video_url: str = ""
    contact: str = ""

    @classmethod
    def of(cls, initiative: Initiative) -> Self:
        return cls(**{name: getattr(initiative, name) for name in cls.__dataclass_fields__})


class StaleInitiative(Exception):
    """Somebody saved the page after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Initiative) -> None:
        super().__init__("stale")
        self.current = current


# --- The page of an initiative -----------------------------------------------------------------
def why_no_page(idea: Idea) -> str:
    """Why the idea cannot have a page yet; "" if it can."""
    if idea.status in PROVEN:
        return ""
    if idea.status != IdeaStatus.PILOTING:
        return _("আইডিয়াটি এখন “%(status)s”; পাইলট সফল হলে এর পাতা তৈরি করা যায়।") % {
            "status": idea.get_status_display()
        }
    if not hasattr(idea, "pilot") or idea.pilot.status != PilotStatus.SUCCEEDED:
        return _("পাইলটটি এখনো সফলভাবে শেষ হয়নি। আগে পাইলটের ফলাফল লিখে শেষ করুন।")
    return ""


@transaction.atomic
def create_initiative(*, idea: Idea, text: InitiativeText, by: User) -> Initiative:
    """Write the page of a proven idea, as a draft.

    An idea has one page: the same words again return it. Raises StaleInitiative when somebody
    has written it meanwhile in other words, WrongState, PermissionDenied.
    """
    if not by.scope.is_in_team(idea.office_id):
        raise PermissionDenied
    if reason := why_no_page(idea):
        raise WrongState(reason)
    initiative, created = Initiative.objects.get_or_create(
        idea=idea, defaults={**asdict(text), "created_by": by}
    )
    if created:
        record("initiative.create", initiative, by=by, office=idea.office, after=asdict(text))
    elif InitiativeText.of(initiative) != text:
        raise StaleInitiative(initiative)
    return initiative


@transaction.atomic
def update_initiative(
    *, initiative: Initiative, version: int, text: InitiativeText, by: User
) -> Initiative:
    """Save words typed on copy `version`; on a published page they show at once.

    The check and the write are one UPDATE; publishing is a new version too, so a member's draft
    never reaches a page that went public meanwhile. Raises StaleInitiative, PermissionDenied.
    """
    if not perms.can_write_initiative(by, initiative):
        raise PermissionDenied
    before = InitiativeText.of(initiative)
    saved = Initiative.objects.filter(pk=initiative.pk, version=version).update(
        **asdict(text), version=F("version") + 1, updated_at=timezone.now(), updated_by=by
    )
    initiative.refresh_from_db()
    if not saved:
        raise StaleInitiative(initiative)
    record(
        "initiative.update",
        initiative,
        by=by,
        office=initiative.idea.office,
        before=asdict(before),
        after=asdict(text),
    )
    return initiative


@transaction.atomic
def publish_initiative(*, initiative: Initiative, by: User) -> None:
    """Show the page to everybody and tell the submitter; an idea still piloting counts as shown.

    Raises WrongState, PermissionDenied.
    """
    idea = initiative.idea
    if reason := why_no_page(idea):
        raise WrongState(reason)
    apply_transition(
        initiative,
        PUBLISH,
        by=by,
        allowed=perms.can_publish_initiative(by, idea.office_id),
        office=idea.office,
    )
    if idea.status == IdeaStatus.PILOTING:
        move_idea(idea=idea, step=SHOWCASE, by=by)
    tell_submitter(idea, by=by)


@transaction.atomic
def withdraw_initiative(*, initiative: Initiative, by: User) -> None:
    """Take the page back from the public; it can be published again.

    The idea stays shown, as it has been. Raises WrongState, PermissionDenied.
    """
    office = initiative.idea.office
    apply_transition(
        initiative,
        WITHDRAW,
        by=by,
        allowed=perms.can_publish_initiative(by, office.pk),
        office=office,
    )


# --- Its pictures------------------------------------------------------------------------------
@transaction.atomic
def add_picture(
    *, initiative: Initiative, clean: CleanFile, purpose: str, caption: str, by: User
) -> IdeaFile:
    """Put a cleaned picture on the page, after the others.

    The same one sent twice for the same place is there once. What it was called on the officer's
    machine is dropped, for the public reads a file's name too. Raises ValidationError with a
    sentence when the page is full, PermissionDenied.
    """
    if not perms.can_write_initiative(by, initiative):
        raise PermissionDenied
    clean = for_screens(clean)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    pictures = IdeaFile.objects.filter(idea=initiative.idea_id).on_page()
    sha256 = hashlib.sha256(clean.content).hexdigest()
    if double := pictures.filter(purpose=purpose, document__sha256=sha256).first():
        return double
    if pictures.count() >= MOST_PICTURES:
        raise ValidationError(
            _("একটি পাতায় সর্বোচ্চ %(most)sটি ছবি রাখা যায়। আগে একটি সরান।")
            % {"most": digits(MOST_PICTURES)}
        )
    last = pictures.aggregate(last=Max("position"))["last"] or 0
    picture = add_file(idea=initiative.idea, clean=clean, purpose=purpose, by=by, caption=caption)
    picture.position = last + 1
    picture.save(update_fields=["position"])
    return picture


@transaction.atomic
def update_picture(*, picture: IdeaFile, purpose: str, caption: str, by: User) -> None:
    """Say what a picture shows and what is written under it. Raises PermissionDenied."""
    initiative = _written_page(picture, by)
    before = {"purpose": picture.purpose, "caption": picture.caption}
    picture.purpose, picture.caption = FilePurpose(purpose), squeeze(caption)[:300]
    after = {"purpose": picture.purpose, "caption": picture.caption}
    if before == after:
        return
    picture.save(update_fields=["purpose", "caption"])
    record(
        "initiative.picture",
        initiative,
        by=by,
        office=initiative.idea.office,
        before={"file": picture.pk, **before},
        after={"file": picture.pk, **after},
    )


@transaction.atomic
def move_picture(*, picture: IdeaFile, up: bool, by: User) -> None:
    """Let a picture change places with its neighbour; at an end it stays, and nothing is written.

    Raises PermissionDenied.
    """
    initiative = _written_page(picture, by)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    rows = list(IdeaFile.objects.filter(idea=picture.idea_id).on_page())
    if not change_places(rows, picture, up=up):
        return
    after = {"picture": picture.pk, "place": picture.position}
    record("initiative.move_picture", initiative, by=by, office=initiative.idea.office, after=after)


@transaction.atomic
def remove_picture(*, picture: IdeaFile, by: User) -> None:
    """Take a picture off the page. Raises PermissionDenied."""
    _written_page(picture, by)
    remove_file(file=picture, by=by)


def change_places(rows: Sequence[Placed], moved: Placed, *, up: bool) -> bool:
    """Number the rows anew, with `moved` one place further up or down. False at an end."""
    order = list(rows)
    here = next((n for n, row in enumerate(order) if row.pk == moved.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    moved.position = there + 1
    return True


def _written_page(picture: IdeaFile, by: User) -> Initiative:
    """The page the picture is on, if the person may write there. Raises PermissionDenied."""
    initiative = Initiative.objects.select_related("idea__office").get(idea=picture.idea_id)
    if picture.purpose not in PUBLIC_PURPOSES or not perms.can_write_initiative(by, initiative):
        raise PermissionDenied
    return initiative
