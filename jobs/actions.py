"""Every change to a job: asked for, claimed, shown, finished, put off, failed, retried, swept.

Three rules make the work survive; docs/adr/0004-durable-jobs.md gives the reasons.

* The row is written with the change it serves; the queue carries only its id, after commit.
* A claim is one conditional UPDATE that hands out a fresh token, and every later write names
  that token: a worker that was replaced can no longer touch the row.
* Whatever is lost on the way (message, worker, broker) leaves a row that the sweeper finds.

`now` is an aware datetime, given by the caller so that time can be tested.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from . import documents
from .enums import JobStatus
from .line import Lane, place
from .models import Job, JobQuerySet
from .publishing import publish, publish_on_commit
from .registry import LeaseLost, Payload, Produced, handler_for, listener_for

logger = logging.getLogger(__name__)

# How many ids one sweep puts in the queue; the next sweep goes on from there.
PUBLISH_BATCH = 500
# The end of a traceback says what happened; the database need not keep all of it.
ERROR_CHARACTERS = 6_000


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one job until its lease ends or is taken over.

    `attempt` counts from 1.
    """

    job_id: int
    kind: str
    key: str
    payload: Payload
    attempt: int
    token: UUID


class Swept(NamedTuple):
    """What one sweep did, in rows."""

    requeued: int
    parked: int
    published: int


@transaction.atomic
def enqueue(
    *,
    kind: str,
    key: str,
    payload: Payload,
    by: AbstractBaseUser | None = None,
    lane: Lane = Lane.PAPER,
    group: str = "",
    wanted_on: date | None = None,
) -> Job:
    """Ask for a piece of work, inside the transaction whose change needs it.

    `key` names the document and its revision (up to 220 characters): asking twice gives the
    same job, whether it waits, runs or is done; one that was parked waits again, with the
    new payload. `payload` is JSON, ids rather than contents. `lane`, `group` and `wanted_on` say
    where in the line it stands (see `jobs.line.place`). Raises UnknownKind.
    """
    handler_for(kind)
    now = timezone.now()
    job, created = Job.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "payload": payload,
            "created_by_id": by.pk if by else None,
            "group": group,
            "turn_at": place(lane=lane, group=group, wanted_on=wanted_on, now=now),
            **_waiting_from(now),
        },
    )
    if created:
        publish_on_commit(job.pk)
    elif _unpark(job, now=now, payload=payload):
        job.refresh_from_db()
    return job


@transaction.atomic
def enqueue_all(
    *,
    kind: str,
    payloads: Mapping[str, Payload],
    by: AbstractBaseUser | None = None,
    lane: Lane = Lane.PAPER,
) -> dict[str, Job]:
    """Ask for many pieces of work of one kind at once; the jobs by key (two queries).

    `payloads` are by key. A job that is known already is given back as it stands.
    """
    handler_for(kind)
    now = timezone.now()
    known = {job.key: job for job in Job.objects.filter(kind=kind, key__in=payloads)}
    turn_at = place(lane=lane, group="", wanted_on=None, now=now)
    created = Job.objects.bulk_create(
        Job(
            kind=kind,
            key=key,
            payload=payload,
            created_by_id=by.pk if by else None,
            turn_at=turn_at,
            **_waiting_from(now),
        )
        for key, payload in payloads.items()
        if key not in known
    )
    for job in created:
        publish_on_commit(job.pk)
    return known | {job.key: job for job in created}


@transaction.atomic
def retry(*, job: Job, by: AbstractBaseUser | None = None) -> bool:
    """Let a parked job try again from the first attempt.

    `by` is who asked, for the log; None is the operator's command line. Returns False, and
    changes nothing, when the job is not parked: someone else was faster.
    """
    retried = _unpark(job, now=timezone.now())
    if retried:
        logger.info("job %s (%s): retried by %s", job.pk, job, by.pk if by else "an operator")
    return retried


def claim(*, job_id: int, now: datetime) -> Claim | None:
    """Take a due job for this worker, or None: taken, done, not yet due, or gone.

    One UPDATE decides, so of any number of workers that hold the same message exactly one
    gets the job.
    """
    token = uuid4()
    taken = (
        Job.objects.due(now)
        .filter(pk=job_id)
        .move(
            JobStatus.RUNNING,
            now=now,
            lease_token=token,
            lease_until=_lease_end(now),
            attempts=F("attempts") + 1,
            started_at=now,
            progress=0,
            progress_text="",
        )
    )
    # By token: a worker held up between the two statements may have lost the job already.
    job = Job.objects.held(job_id, token).first() if taken else None
    if job is None:
        return None
    return Claim(job.pk, job.kind, job.key, job.payload, job.attempts, token)


def report_progress(*, claim: Claim, percent: int, text: str, now: datetime) -> None:
    """Show how far the work is and renew its lease.

    `percent` is brought into 0 to 100 and `text` cut to its column: neither is worth losing
    a paper for. Raises LeaseLost when the job belongs to another worker by now.
    """
    updated = Job.objects.held(claim.job_id, claim.token).update(
        progress=min(max(percent, 0), 100),
        progress_text=text[:200],
        lease_until=_lease_end(now),
    )
    if not updated:
        raise LeaseLost(f"job {claim.job_id}: attempt {claim.attempt} was replaced")


def finish(*, claim: Claim, produced: Produced | None, now: datetime) -> None:
    """Keep what was made and mark the job done.

    The file is written first and outside the transaction; the document's row and the job's
    new state appear together. Raises LeaseLost, leaving no row, when the job belongs to
    another worker by now: its result is the one that counts.
    """
    written = (
        documents.write(
            produced.content, content_type=produced.content_type, filename=produced.filename
        )
        if produced
        else None
    )
    with transaction.atomic():
        document = documents.record(written) if written else None
        kept = Job.objects.held(claim.job_id, claim.token).move(
            JobStatus.DONE,
            now=now,
            document=document,
            progress=100,
            progress_text="",
            error="",
            error_for_user="",
        )
        if not kept:
            raise LeaseLost(f"job {claim.job_id}: attempt {claim.attempt} finished too late")


def postpone(*, claim: Claim, seconds: float, now: datetime) -> None:
    """Put off a job whose time has not come, as if this try had not been.

    It is due again after `seconds`; the sweeper wakes it, so in practice up to
    JOB_SWEEP_SECONDS later. Does nothing when the job belongs to another worker by now.
    """
    due_at = now + timedelta(seconds=seconds)
    Job.objects.held(claim.job_id, claim.token).move(
        JobStatus.QUEUED,
        now=now,
        due_at=due_at,
        republish_at=due_at,
        attempts=F("attempts") - 1,
    )


def fail(
    *,
    claim: Claim,
    error: str,
    now: datetime,
    error_for_user: str = "",
    final: bool = False,
) -> None:
    """Record that a try failed: wait for another one, or park.

    `error` is for the operator (its end is kept), `error_for_user` for the person who waits
    (default: a general sentence). `final` parks at once. Without it the job is due again
    after `retry_delay`, until it has had JOB_MAX_ATTEMPTS tries. Does nothing when the job
    belongs to another worker by now.
    """
    held = Job.objects.held(claim.job_id, claim.token)
    if final or claim.attempt >= settings.JOB_MAX_ATTEMPTS:
        _park(held, claim.kind, claim.payload, error=error, for_user=error_for_user, now=now)
        return
    due_at = now + retry_delay(claim.attempt)
    reasons = _reasons(error, error_for_user)
    held.move(JobStatus.QUEUED, now=now, due_at=due_at, republish_at=due_at, **reasons)


def sweep(*, now: datetime) -> Swept:
    """Find what was lost and set it going again; run every JOB_SWEEP_SECONDS.

    Jobs whose lease ran out wait again, or are parked when they have had JOB_MAX_ATTEMPTS
    tries. Then the ids of due jobs that nobody claimed go to the queue again, longest
    unheard first, until the queue refuses one. Each statement stands on its own, so two
    sweeps at the same time, or one killed half-way, do no harm.
    """
    parked = _park_exhausted(now)
    requeued = Job.objects.expired(now).move(
        JobStatus.QUEUED, now=now, due_at=now, republish_at=now
    )
    published = 0
    unheard = Job.objects.unheard(now).order_by("republish_at", "pk")
    for job_id, due_at in unheard.values_list("pk", "due_at")[:PUBLISH_BATCH]:
        # Asked again in the UPDATE: of two sweepers, one publishes this id.
        ours = Job.objects.unheard(now).filter(pk=job_id)
        if ours.update(republish_at=now + patience(now - due_at)):
            if not publish(job_id):
                break
            published += 1
    return Swept(requeued=requeued, parked=parked, published=published)


def retry_delay(attempt: int) -> timedelta:
    """The pause after this failed try (1, 2, …): one sweep, then twice as long each time."""
    return timedelta(seconds=settings.JOB_SWEEP_SECONDS * 2 ** (attempt - 1))


def patience(waited: timedelta) -> timedelta:
    """How long the sweeper waits for a worker before it publishes a job's id once more.

    As long as the job has waited already: a long but healthy queue gets a handful of doubled
    messages an hour instead of one per job per sweep. Never longer than a lease, so a queue
    that was emptied late is noticed too.
    """
    shortest = timedelta(seconds=settings.JOB_SWEEP_SECONDS)
    longest = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    return min(max(waited, shortest), longest)


def general_apology() -> str:
    """What a user reads when the cause is not theirs to mend."""
    return _("কাজটি সম্পন্ন করা যায়নি। কিছুক্ষণ পর আবার চেষ্টা করুন; তাতেও না হলে সিস্টেম পরিচালককে জানান।")


def _waiting_from(now: datetime) -> dict[str, datetime]:
    """Due now, and told to the workers again if nobody came by the next sweep."""
    return {
        "due_at": now,
        "republish_at": now + timedelta(seconds=settings.JOB_SWEEP_SECONDS),
    }


def _unpark(job: Job, *, now: datetime, **values: object) -> bool:
    """A parked job waits again with a clean record; False when it was not parked."""
    moved = (
        Job.objects.parked()
        .filter(pk=job.pk)
        .move(
            JobStatus.QUEUED,
            now=now,
            attempts=0,
            error="",
            error_for_user="",
            progress=0,
            progress_text="",
            **_waiting_from(now),
            **values,
        )
    )
    if moved:
        publish_on_commit(job.pk)
    return bool(moved)


def _reasons(error: str, for_user: str) -> dict[str, str]:
    """The two columns that say why a try failed, fitted to their size."""
    return {
        "error": error[-ERROR_CHARACTERS:],
        "error_for_user": (for_user or general_apology())[:300],
    }


@transaction.atomic
def _park(
    jobs: JobQuerySet, kind: str, payload: Payload, *, error: str, for_user: str, now: datetime
) -> int:
    """Park the one job of `jobs`, if it still fits, and tell whoever listens for its kind.

    Returns how many were parked: 1 or 0.
    """
    parked = jobs.move(JobStatus.FAILED, now=now, **_reasons(error, for_user))
    listener = listener_for(kind)
    if parked and listener:
        listener(payload, error=error, for_user=for_user)
    return parked


def _park_exhausted(now: datetime) -> int:
    """Park the jobs whose workers vanished on the last allowed try; returns how many."""
    exhausted = Job.objects.expired(now).filter(attempts__gte=settings.JOB_MAX_ATTEMPTS)
    error = (
        f"The worker vanished on try {settings.JOB_MAX_ATTEMPTS}, the last one allowed: "
        "killed, out of memory, or over the hard time limit. Its log says more."
    )
    return sum(
        _park(exhausted.filter(pk=pk), kind, payload, error=error, for_user="", now=now)
        for pk, kind, payload in exhausted.values_list("pk", "kind", "payload")
    )


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
