"""Fifty workers hold the same message: one gets the job."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from jobs import actions
from jobs.enums import JobStatus
from jobs.models import Job
from tests.jobs.support import MakeJob

RACERS = 50

pytestmark = pytest.mark.django_db(transaction=True)

Attempt = Callable[[int, Barrier], bool]


def winners(job: Job, attempt: Attempt) -> int:
    """Let RACERS threads try at once, each with a connection of its own."""
    barrier = Barrier(RACERS)

    def try_once(_: int) -> bool:
        try:
            return attempt(job.pk, barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as pool:
        return sum(pool.map(try_once, range(RACERS)))


def claim(job_id: int, barrier: Barrier) -> bool:
    connection.ensure_connection()
    barrier.wait()
    return actions.claim(job_id=job_id, now=timezone.now()) is not None


def claim_naively(job_id: int, barrier: Barrier) -> bool:
    """Read first, write afterwards: what `claim` would be without its condition."""
    waiting = Job.objects.get(pk=job_id).status == JobStatus.QUEUED
    barrier.wait()
    return waiting and bool(Job.objects.filter(pk=job_id).update(attempts=1))


def test_claim_by_fifty_at_once_has_one_winner(make_job: MakeJob) -> None:
    job = make_job()
    assert winners(job, claim) == 1
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.RUNNING, 1)


def test_claim_without_its_condition_would_have_fifty_winners(make_job: MakeJob) -> None:
    """The control: this race does let everybody through when nothing stops them."""
    assert winners(make_job(), claim_naively) == RACERS
