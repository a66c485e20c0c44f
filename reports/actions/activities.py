"""Writes of the register of activities, and of the pictures that show them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import squeeze
from jobs.documents import store
from teams.audit import record
from teams.models import Office, User
from teams.templatetags.bangla_tags import digits
from teams.uploads import CleanFile, for_screens
from workplans.models import Task

from .. import perms
from ..models import Activity, ActivityPicture

MOST_PICTURES = 12  # of one activity


@dataclass(frozen=True, slots=True)
class ActivityText:
    """What is typed about an activity, normalised; the names are the model's."""

    title: str
    held_on: date
    ends_on: date | None = None
    place: str = ""
    batches: int = 1
    participants: int | None = None
    women: int | None = None
    quantity: int | None = None
    amount: int | None = None
    partner: str = ""
    result: str = ""
    link: str = ""
    task: Task | None = None

    @classmethod
    def of(cls, activity: Activity) -> Self:
        return cls(**{name: getattr(activity, name) for name in cls.__dataclass_fields__})

    def as_fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def as_json(self) -> dict[str, str]:
        """As the record keeps it: only what was said, a task by its number."""
        said = {**self.as_fields(), "task": self.task and self.task.pk}
        return {name: str(value) for name, value in said.items() if value not in (None, "")}


class StaleActivity(Exception):
    """Somebody saved the activity after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Activity) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_activity(
    *,
    office: Office,
    kind: str,
    text: ActivityText,
    by: User,
    pictures: Sequence[CleanFile] = (),
    form_key: UUID | None = None,
) -> Activity:
    """Write down what the office did, with pictures that `teams.uploads` has cleaned.

    The same `form_key` with the same words returns the activity it made; with other words, as
    typed into a form come back to, it makes another. Raises PermissionDenied; ValidationError
    when there are too many pictures.
    """
    if not perms.can_create_report(by, office.pk):
        raise PermissionDenied
    said = json.dumps([office.pk, kind, text.as_json()])
    activity, created = Activity.objects.get_or_create(
        form_key=uuid5(form_key, said) if form_key else uuid4(),
        defaults={**text.as_fields(), "office": office, "kind": kind, "created_by": by},
    )
    if created:
        after = {"kind": kind, **text.as_json()}
        record("activity.create", activity, by=by, office=office, after=after)
        add_activity_pictures(activity=activity, pictures=pictures, by=by)
    return activity


@transaction.atomic
def update_activity(*, activity: Activity, version: int, text: ActivityText, by: User) -> Activity:
    """Save words typed on copy `version`. Raises StaleActivity, PermissionDenied.

    One that was struck out meanwhile has moved on too; saved from the copy that says so, it comes
    back.
    """
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    before = ActivityText.of(activity)
    values = {**text.as_fields(), "removed_at": None, "removed_by": None, **_new_version(by)}
    saved = Activity.objects.filter(pk=activity.pk, version=version).update(**values)
    activity.refresh_from_db()
    if not saved:
        raise StaleActivity(activity)
    record(
        "activity.update",
        activity,
        by=by,
        office=activity.office,
        before=before.as_json(),
        after=text.as_json(),
    )
    return activity


@transaction.atomic
def remove_activity(*, activity: Activity, by: User) -> None:
    """Strike it from the register; restore_activity puts it back. Raises PermissionDenied."""
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    gone = Activity.objects.kept().filter(pk=activity.pk)
    if gone.update(removed_at=timezone.now(), removed_by=by, **_new_version(by)):
        before = ActivityText.of(activity).as_json()
        record("activity.remove", activity, by=by, office=activity.office, before=before)


@transaction.atomic
def restore_activity(*, activity: Activity, by: User) -> None:
    """Put a removed one back. Raises PermissionDenied."""
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    back = Activity.objects.filter(pk=activity.pk, removed_at__isnull=False)
    if back.update(removed_at=None, removed_by=None, **_new_version(by)):
        record("activity.restore", activity, by=by, office=activity.office)


# --- Pictures ----------------------------------------------------------------------------------
@transaction.atomic
def add_activity_pictures(
    *, activity: Activity, pictures: Sequence[CleanFile], by: User
) -> list[ActivityPicture]:
    """Put cleaned pictures beside an activity, as light as a page and a paper need them.

    The same one again is there once. Raises PermissionDenied; ValidationError with a sentence
    when there is no more room.
    """
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    Activity.objects.select_for_update().get(pk=activity.pk)
    there = set(activity.pictures.values_list("document__sha256", flat=True))
    new = {hashlib.sha256(light.content).hexdigest(): light for light in map(for_screens, pictures)}
    new = {sha256: light for sha256, light in new.items() if sha256 not in there}
    if len(there) + len(new) > MOST_PICTURES:
        raise ValidationError(
            _("একটি কার্যক্রমে সর্বোচ্চ %(most)sটি ছবি রাখা যায়। আগে একটি সরান বা কম ছবি দিন।")
            % {"most": digits(MOST_PICTURES)}
        )
    added = [_add_picture(activity, light, by) for light in new.values()]
    if added:
        after = {"pictures": [picture.pk for picture in added]}
        record("activity.add_pictures", activity, by=by, office=activity.office, after=after)
    return added


def _add_picture(activity: Activity, light: CleanFile, by: User) -> ActivityPicture:
    document = store(
        light.content,
        content_type=light.content_type,
        filename=f"activity.{light.extension}",
    )
    return ActivityPicture.objects.create(activity=activity, document=document, created_by=by)


@transaction.atomic
def update_activity_picture(*, picture: ActivityPicture, caption: str, by: User) -> None:
    """Say what a picture shows. Raises PermissionDenied."""
    activity = picture.activity
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    before, picture.caption = picture.caption, squeeze(caption)[:300]
    if before == picture.caption:
        return
    picture.save(update_fields=["caption"])
    record(
        "activity.picture",
        activity,
        by=by,
        office=activity.office,
        before={"picture": picture.pk, "caption": before},
        after={"picture": picture.pk, "caption": picture.caption},
    )


@transaction.atomic
def remove_activity_picture(*, picture: ActivityPicture, by: User) -> None:
    """Take a picture away. Raises PermissionDenied."""
    activity = picture.activity
    if not perms.can_write_activity(by, activity):
        raise PermissionDenied
    before = {"picture": picture.pk, "caption": picture.caption}
    record("activity.remove_picture", activity, by=by, office=activity.office, before=before)
    picture.delete()


def _new_version(by: User) -> dict[str, object]:
    return {"version": F("version") + 1, "updated_at": timezone.now(), "updated_by": by}
