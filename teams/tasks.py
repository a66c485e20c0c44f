"""What the workers do for this room."""

from celery import shared_task
from django.utils import timezone

from .actions.office_changes import apply_due_changes
from .entry.throttling import forget_old_tries


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def apply_office_changes() -> None:
    """Carry out the changes of offices whose day has come; again and again does no harm."""
    apply_due_changes(today=timezone.localdate())


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def forget_tries() -> None:
    """Sweep away what the guard of the log-in no longer needs."""
    forget_old_tries()
