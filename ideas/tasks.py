"""What the queue's clock asks of the room."""

from celery import shared_task

from . import guard


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def forget_visitors() -> None:
    """Take what was counted of the public form's visitors off the disk once its hour is over."""
    guard.sweep()
