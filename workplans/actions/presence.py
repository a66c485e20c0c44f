"""Who has a plan open and which row they are writing. Not recorded: it is gone within a minute."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from teams.models import User

from ..models import Presence, WorkPlan

STALE = timedelta(seconds=60)
FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody else who has the plan open; `task` is the row being written."""

    user: User
    task: int | None


@transaction.atomic
def note_presence(*, plan: WorkPlan, by: User, task: int | None, has_left: bool = False) -> None:
    """Note that somebody has the plan open, writing in the row `task` or in none.

    One person may have the plan open twice. The window in which nobody writes must not wipe out
    the row of the other, unless it says that its row was left (`has_left`).
    """
    now = timezone.now()
    if task is None:
        mine = Presence.objects.filter(plan=plan, user=by)
        if not has_left:
            mine = mine.filter(Q(task=None) | Q(seen_at__lt=now - STALE))
        if mine.update(seen_at=now, task=None):
            return
        new = Presence(plan=plan, user=by, seen_at=now)
        Presence.objects.bulk_create([new], ignore_conflicts=True)
        Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    else:
        new = Presence(plan=plan, user=by, task_id=task, seen_at=now)
        Presence.objects.bulk_create(
            [new],
            update_conflicts=True,
            unique_fields=["plan", "user"],
            update_fields=["task", "seen_at"],
        )


@transaction.atomic
def end_presence(*, plan: WorkPlan, by: User) -> None:
    """The page was closed."""
    Presence.objects.filter(plan=plan, user=by).delete()


def others_in(plan: WorkPlan, user: User) -> list[Seen]:
    """Who else has the plan open now (one query)."""
    fresh = Presence.objects.filter(plan=plan, seen_at__gte=timezone.now() - STALE)
    return [
        Seen(row.user, row.task_id)
        for row in fresh.exclude(user=user).select_related("user").order_by("pk")
    ]
