"""The one place that writes the record of who did what."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from .models import AuditEntry, Office

if TYPE_CHECKING:
    from .models import User


def record(
    action: str,
    obj: models.Model,
    *,
    by: "User | None",
    office: Office | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """Write one entry in the caller's transaction.

    `action` is a dotted name such as "workplan.submit". `by` is None for work done from the
    command line and for people without an account. The post recorded is the one held in
    `office`, if any. `at` is now, unless the exact moment must not be known.
    """
    post = None
    if by is not None:
        held = [p for p in by.scope.posts if office is None or p.office_id == office.pk]
        post = held[0] if held else by.scope.main_post
    return AuditEntry.objects.create(
        by=by,
        by_post=post,
        office=office,
        action=action,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        before=dict(before or {}),
        after=dict(after or {}),
        at=at or timezone.now(),
    )
