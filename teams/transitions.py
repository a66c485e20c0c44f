"""The one function that moves a paper from one state to the next.

A room writes its states as a table of `Transition` rows in its enums.py; its actions pass a row
here. The move is a conditional UPDATE, so of two people pressing at once exactly one moves it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from .audit import record
from .models import AuditEntry, Office, User
from .steps import Transition as Transition


class WrongState(Exception):
    """The paper is not in a state from which this step leads on; the text is for the user."""


@transaction.atomic
def apply_transition(
    obj: models.Model,
    step: Transition,
    *,
    by: User | None,
    allowed: bool,
    office: Office,
    changes: dict[str, object] | None = None,
    at: datetime | None = None,
    rows: Sequence[models.Model] = (),
) -> AuditEntry:
    """Move `obj` along `step`, stamp it and write the record, or change nothing.

    `allowed` is the answer of the step's permission function. `changes` are more fields to set
    in the same UPDATE. `by` is None for somebody without an account, whose steps leave no stamp;
    `at` is when the record says it was, if the exact moment must not be known; `rows` are others
    that the same action has changed. Returns the entry; an action that goes on changing rows
    adds their versions to it (`teams.history.versions.keep_versions`).
    Raises PermissionDenied, or WrongState when somebody was faster.
    """
    model = type(obj)
    before = str(obj.status)  # type: ignore[attr-defined]
    if before not in step.sources:
        # Before the permission: a button pressed twice deserves an answer, not a refusal.
        raise _too_late(before, step)
    if not allowed:
        raise PermissionDenied
    values = {
        "status": step.target,
        **_stamped(step, by),
        "version": F("version") + 1,
        **(changes or {}),
    }
    waiting = model._default_manager.filter(pk=obj.pk, status__in=step.sources)
    if not waiting.update(**values):
        current = model._default_manager.values_list("status", flat=True).get(pk=obj.pk)
        raise _too_late(current, step)
    obj.refresh_from_db()
    return record(
        f"{model._meta.model_name}.{step.name}",
        obj,
        by=by,
        office=office,
        before={"status": before},
        after={"status": step.target, **{k: _told(v) for k, v in (changes or {}).items()}},
        at=at,
        rows=rows,
    )


def _told(value: object) -> str:
    """A value as the record keeps it; of a row its number, for names change."""
    return str(value.pk if isinstance(value, models.Model) else value)


def _stamped(step: Transition, by: User | None) -> dict[str, object]:
    """The pair of fields that says when and by whom the step was taken."""
    if not step.stamp:
        return {}
    return {f"{step.stamp}_at": timezone.now(), f"{step.stamp}_by": by}


def _too_late(status: str, step: Transition) -> WrongState:
    """Why a step leads nowhere from this status."""
    if status == step.target:
        return WrongState(_("কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।"))
    return WrongState(_("এর মধ্যে অবস্থা বদলে গেছে, তাই কাজটি করা যায়নি। পাতাটি আবার খুলে দেখুন।"))
