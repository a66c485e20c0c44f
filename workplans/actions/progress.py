"""Progress reported on a task."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from teams.audit import record
from teams.models import Post, User

from .. import perms
from ..models import ProgressEntry, Task
from .writing import key_in, lock_plan


@transaction.atomic
def add_progress(
    *,
    task: Task,
    by: User | None,
    on: date,
    text: str = "",
    percent: int | None = None,
    achieved_value: str = "",
    evidence: "File[bytes] | None" = None,
    form_key: UUID | None = None,
) -> ProgressEntry:
    """Write one dated entry. The same `form_key` again returns the entry it made.

    `percent` is 0–100 or None for "no new figure". Raises PermissionDenied.
    """
    # Nobody closes the plan meanwhile, and a form's twin waits for the first with its file.
    task.plan = lock_plan(task.plan_id)
    if by is not None and not perms.can_add_progress(by, task.plan):
        raise PermissionDenied
    fields: dict[str, Any] = {
        "task": task,
        "on": on,
        "text": text,
        "percent": percent,
        "achieved_value": achieved_value,
        "created_by": by,
        "by_post": _post_in(by, task.plan.office_id) if by else None,
    }
    if evidence:
        fields |= {"evidence": evidence, "evidence_name": (evidence.name or "")[-255:]}
    if form_key is None:
        entry = ProgressEntry.objects.create(**fields)
    else:
        entry, created = ProgressEntry.objects.get_or_create(
            form_key=key_in(task, form_key), defaults=fields
        )
        if not created:
            return entry
    record(
        "progress.add",
        entry,
        by=by,
        office=task.plan.office,
        after={"task": task.pk, "on": on.isoformat(), "percent": percent, "text": text},
    )
    return entry


def _post_in(user: User, office_id: int) -> Post | None:
    return next((post for post in user.scope.posts if post.office_id == office_id), None)
