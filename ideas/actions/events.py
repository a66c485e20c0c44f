"""Writes of showcase events (শোকেসিং): the event, what is shown there, its publishing."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.audit import record
from teams.models import Office, User
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..enums import PageStatus
from ..models import Event, EventEntry, Initiative
from .showcase import change_places

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class EventText:
    """What is typed about a showcase event, normalised; the names are the model's."""

    title: str
    held_on: date
    place: str = ""
    text: str = ""

    @classmethod
    def of(cls, event: Event) -> Self:
        return cls(**{name: getattr(event, name) for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


class StaleEvent(Exception):
    """Somebody saved the event after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Event) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_event(
    *, office: Office, text: EventText, by: User, form_key: UUID | None = None
) -> Event:
    """Prepare a showcase of an office. Raises PermissionDenied.

    The same `form_key` with the same words again returns the event it made; with other words, as
    typed into a form come back to, it makes another one.
    """
    if not perms.can_create_event(by, office.pk):
        raise PermissionDenied
    event, created = Event.objects.get_or_create(
        form_key=key_of(form_key, office.pk, text.as_json()) if form_key else uuid4(),
        defaults={**asdict(text), "office": office, "created_by": by},
    )
    if created:
        record("event.create", event, by=by, office=office, after=text.as_json())
    return event


def key_of(form_key: UUID, *sent: object) -> UUID:
    """A form's key bound to what was sent with it."""
    return uuid5(form_key, json.dumps(sent))


@transaction.atomic
def update_event(*, event: Event, version: int, text: EventText, by: User) -> Event:
    """Save words typed on copy `version`. Raises StaleEvent, PermissionDenied."""
    if not perms.can_write_event(by, event):
        raise PermissionDenied
    before = EventText.of(event)
    saved = Event.objects.filter(pk=event.pk, version=version).update(
        **asdict(text), version=F("version") + 1, updated_at=timezone.now(), updated_by=by
    )
    event.refresh_from_db()
    if not saved:
        raise StaleEvent(event)
    record(
        "event.update",
        event,
        by=by,
        office=event.office,
        before=before.as_json(),
        after=text.as_json(),
    )
    return event


@transaction.atomic
def publish_event(*, event: Event, is_published: bool, by: User) -> bool:
    """Show the event to everybody, or take it back; False if it already was so.

    Only an event with something to show is published. Raises WrongState, PermissionDenied.
    """
    if not perms.can_publish_event(by, event.office_id):
        raise PermissionDenied
    if is_published and not event.entries.exists():
        raise WrongState(_("আগে অন্তত একটি উদ্যোগ বেছে নিন, তারপর প্রকাশ করুন।"))
    changed = Event.objects.filter(pk=event.pk, is_published=not is_published).update(
        is_published=is_published,
        version=F("version") + 1,
        updated_at=timezone.now(),
        updated_by=by,
    )
    event.refresh_from_db()
    if changed:
        name = "event.publish" if is_published else "event.withdraw"
        record(name, event, by=by, office=event.office)
    return bool(changed)


# --- What is shown there -----------------------------------------------------------------------
@transaction.atomic
def add_entry(*, event: Event, initiative: Initiative, by: User) -> EventEntry:
    """Select a published initiative, of whatever office, after the others; twice is once.

    Raises WrongState, PermissionDenied.
    """
    if not perms.can_write_event(by, event):
        raise PermissionDenied
    if initiative.status != PageStatus.PUBLISHED:
        raise WrongState(_("উদ্যোগটির পাতা এখন প্রকাশিত নয়, তাই বেছে নেওয়া যায়নি।"))
    Event.objects.select_for_update().get(pk=event.pk)
    count, last = event.entries.count(), event.entries.aggregate(last=Max("position"))["last"] or 0
    if count >= MOST_ENTRIES:
        raise WrongState(
            _("একটি অনুষ্ঠানে সর্বোচ্চ %(most)sটি উদ্যোগ রাখা যায়।") % {"most": digits(MOST_ENTRIES)}
        )
    entry, created = EventEntry.objects.get_or_create(
        event=event, initiative=initiative, defaults={"position": last + 1}
    )
    if created:
        after = {"initiative": initiative.pk}
        record("event.add_entry", event, by=by, office=event.office, after=after)
    return entry


@transaction.atomic
def update_entry(*, entry: EventEntry, remark: str, by: User) -> None:
    """Write what is said of an initiative at the event. Raises PermissionDenied."""
    if not perms.can_write_event(by, entry.event):
        raise PermissionDenied
    before, entry.remark = entry.remark, squeeze(remark)[:300]
    if entry.remark == before:
        return
    entry.save(update_fields=["remark"])
    record(
        "event.update_entry",
        entry.event,
        by=by,
        office=entry.event.office,
        before={"initiative": entry.initiative_id, "remark": before},
        after={"initiative": entry.initiative_id, "remark": entry.remark},
    )


@transaction.atomic
def move_entry(*, entry: EventEntry, up: bool, by: User) -> None:
    """Let an initiative change places with its neighbour; at an end it stays, and nothing is
    written. Raises PermissionDenied."""
    if not perms.can_write_event(by, entry.event):
        raise PermissionDenied
    Event.objects.select_for_update().get(pk=entry.event_id)
    if not change_places(list(EventEntry.objects.filter(event=entry.event_id)), entry, up=up):
        return
    after = {"initiative": entry.initiative_id, "place": entry.position}
    record("event.move_entry", entry.event, by=by, office=entry.event.office, after=after)


@transaction.atomic
def remove_entry(*, entry: EventEntry, by: User) -> None:
    """Leave an initiative out. Raises PermissionDenied."""
    event = entry.event
    if not perms.can_write_event(by, event):
        raise PermissionDenied
    before = {"initiative": entry.initiative_id, "remark": entry.remark}
    entry.delete()
    record("event.remove_entry", event, by=by, office=event.office, before=before)
