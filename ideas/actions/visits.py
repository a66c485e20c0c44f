"""Writes of visits to a pilot: what was seen, what was advised, pictures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..enums import FilePurpose
from ..models import IdeaFile, Pilot, Visit
from .files import add_file, remove_file

if TYPE_CHECKING:
    from teams.uploads import CleanFile


@dataclass(frozen=True, slots=True)
class VisitText:
    """What is typed about a visit, normalised; the names are the model's."""

    visited_on: date
    visitor: str
    notes: str
    advice: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Self:
        return cls(**{name: getattr(visit, name) for name in cls.__dataclass_fields__})

    def as_fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.as_fields().items()}


@transaction.atomic
def add_visit(
    *,
    pilot: Pilot,
    words: VisitText,
    by: User,
    pictures: Sequence[CleanFile] = (),
    form_key: UUID | None = None,
) -> Visit:
    """Write down a visit with its pictures, which `teams.uploads.clean_upload` has cleaned.

    The same `form_key` with the same words returns the visit it made, and adds no picture twice.
    Raises WrongState, PermissionDenied.
    """
    _check_open(pilot, by)
    _check_day(words)
    said = json.dumps([pilot.pk, words.as_json()])
    visit, created = Visit.objects.get_or_create(
        form_key=uuid5(form_key, said) if form_key else uuid4(),
        defaults={**words.as_fields(), "pilot": pilot, "created_by": by},
    )
    if created:
        record("visit.add", visit, by=by, office=pilot.idea.office, after=words.as_json())
        _add_pictures(visit, pictures, by=by)
    return visit


@transaction.atomic
def update_visit(
    *, visit: Visit, words: VisitText, by: User, pictures: Sequence[CleanFile] = ()
) -> Visit:
    """Mend what was written about a visit, and add pictures; the earlier words stay in the record.

    Only its author may: it says what one person saw. Raises WrongState, PermissionDenied.
    """
    _check_open(visit.pilot, by)
    if not perms.can_update_visit(by, visit):
        raise PermissionDenied
    _check_day(words)
    before = VisitText.of(visit)
    if before != words:
        Visit.objects.filter(pk=visit.pk).update(**words.as_fields())
        visit.refresh_from_db()
        record(
            "visit.update",
            visit,
            by=by,
            office=visit.pilot.idea.office,
            before=before.as_json(),
            after=words.as_json(),
        )
    _add_pictures(visit, pictures, by=by)
    return visit


def remove_visit_picture(*, file: IdeaFile, by: User) -> None:
    """Take a picture off its visit. Raises PermissionDenied; ValueError for any other file."""
    if file.visit is None:
        raise ValueError("not a picture of a visit")
    if not perms.can_remove_picture(by, file.visit):
        raise PermissionDenied
    remove_file(file=file, by=by)


def _add_pictures(visit: Visit, pictures: Sequence[CleanFile], *, by: User) -> None:
    """The pictures that the visit does not have yet: the same one again is no second picture."""
    there = set(visit.files.values_list("document__sha256", flat=True))
    for clean in pictures:
        sha256 = hashlib.sha256(clean.content).hexdigest()
        if sha256 not in there:
            there.add(sha256)
            add_file(
                idea=visit.pilot.idea, clean=clean, purpose=FilePurpose.VISIT, by=by, visit=visit
            )


def _check_open(pilot: Pilot, by: User) -> None:
    if not by.scope.is_in_team(pilot.idea.office_id):
        raise PermissionDenied
    if not perms.can_follow_pilot(by, pilot):
        raise WrongState(
            _("পাইলটটি এখন “%(status)s”, তাই পরিদর্শন আর লেখা যায় না।")
            % {"status": pilot.get_status_display()}
        )


def _check_day(words: VisitText) -> None:
    if words.visited_on > timezone.localdate():
        raise WrongState(_("পরিদর্শনের তারিখ আজকের পরে হতে পারে না।"))
