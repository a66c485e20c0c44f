"""The one place that writes the record of who did what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from .history.versions import keep_versions
from .history.whence import whence
from .models import AuditEntry, Office, Post

if TYPE_CHECKING:
    from .models import User


@transaction.atomic(savepoint=False)
def record(
    action: str,
    obj: models.Model,
    *,
    by: "User | None",
    office: Office | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    at: datetime | None = None,
    rows: Sequence[models.Model] = (),
) -> AuditEntry:
    """Write one entry in the caller's transaction, and a version of each row that has changed.

    `action` is a dotted name such as "workplan.submit"; the room's `record_words.py` says it in
    Bengali. `rows` are what the action has changed beside `obj`. `by` is None for work done from
    the command line and for people without an account. The post recorded is the one held in
    `office`, if any. `at` is now, unless the exact moment must not be known; then, and of people
    without an account, the address is not kept either.
    """
    here = whence()
    is_known = by is not None and at is None
    entry = AuditEntry.objects.create(
        by=by,
        by_post=_post_of(by, office),
        office=office,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        before=dict(before or {}),
        after=dict(after or {}),
        at=at or timezone.now(),
        origin=here.origin,
        address=here.address if is_known else None,
    )
    keep_versions(entry, [obj, *rows])
    return entry


def _post_of(by: "User | None", office: Office | None) -> Post | None:
    """The post from which somebody acts: one held in this office or the one it was merged into,
    else in the nearest above it, else the main one."""
    if by is None:
        return None
    if office is None:
        return by.scope.main_post
    own = [one for one in by.scope.posts if office.pk in (one.office_id, *one.office.absorbed_ids)]
    above = [one for one in by.scope.posts if office.path.startswith(one.office.path)]
    nearest = sorted(above, key=lambda one: -len(one.office.path))
    return next(iter([*own, *nearest]), by.scope.main_post)
