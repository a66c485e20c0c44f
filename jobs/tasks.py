"""The two messages workers understand. An id comes in; the row says the rest."""

from celery import shared_task
from django.utils import timezone

from . import actions, line, runner


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def run_job(job_id: int) -> None:
    """Serve whoever is next in line.

    A message is a turn, not a ticket: there is one for each job, so all are served, and in the
    order of jobs/line.py whatever the order of the messages. The job it was sent for comes last
    of all, in case that others were faster.
    """
    now = timezone.now()
    for next_id in (*line.next_in_line(now), job_id):
        if runner.run(job_id=next_id):
            return


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Set lost work going again; the clock in config/celery.py calls this."""
    now = timezone.now()
    actions.sweep(now=now)
    line.publish_state(now)
