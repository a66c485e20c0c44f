"""The two messages workers understand. An id comes in; the row says the rest."""

from celery import shared_task
from django.utils import timezone

from . import actions, runner


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def run_job(job_id: int) -> None:
    """Do one job, if it is still there to be done."""
    runner.run(job_id=job_id)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Set lost work going again; the clock in config/celery.py calls this."""
    actions.sweep(now=timezone.now())
