"""What the clock in config/celery.py asks of this room."""

from celery import shared_task
from django.utils import timezone

from . import reminders


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def remind() -> None:
    """Write the morning's reminders."""
    reminders.remind(today=timezone.localdate())
