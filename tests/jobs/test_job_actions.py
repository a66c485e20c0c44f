"""Asking, claiming, finishing, failing, retrying and sweeping, one rule at a time."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from jobs import actions, publishing, tasks
from jobs.enums import JobStatus
from jobs.models import Job, StoredDocument
from jobs.registry import LeaseLost, UnknownKind
from tests.jobs.support import (
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    SWEEP_SECONDS,
    MakeJob,
    a_paper,
    claimed,
    content_of,
)

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=LEASE_SECONDS)
SWEEP = timedelta(seconds=SWEEP_SECONDS)
MOMENT = timedelta(seconds=1)


def worn_out(job: Job) -> datetime:
    """Let every worker but the last vanish; returns when the last one's lease ends."""
    for _ in range(MAX_ATTEMPTS - 1):
        claimed(job)
        job.refresh_from_db()
        actions.sweep(now=job.lease_until)
    claimed(job)
    job.refresh_from_db()
    return job.lease_until


def parked(job: Job) -> Job:
    actions.fail(claim=claimed(job), error="disk on fire", final=True, now=timezone.now())
    job.refresh_from_db()
    return job


# --- enqueue ---------------------------------------------------------------------------------
def test_enqueue_publishes_the_id_only_on_commit(
    django_capture_on_commit_callbacks, queue: list[int]
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        job = actions.enqueue(kind="test.letter", key="a", payload={"id": 7})
    assert (job.status, job.payload, job.attempts) == (JobStatus.QUEUED, {"id": 7}, 0)
    assert queue == []
    for callback in callbacks:
        callback()
    assert queue == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_enqueue_vanishes_with_the_callers_transaction(queue: list[int]) -> None:
    with transaction.atomic():
        actions.enqueue(kind="test.letter", key="a", payload={})
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert queue == []


@pytest.mark.parametrize("status", [JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.DONE])
def test_enqueue_again_returns_the_same_job(
    status: JobStatus, make_job: MakeJob, queue: list[int]
) -> None:
    job = make_job(text="one")
    if status != JobStatus.QUEUED:
        claim = claimed(job)
        if status == JobStatus.DONE:
            actions.finish(claim=claim, produced=a_paper("one"), now=timezone.now())
    again = make_job(text="two")
    assert (again.pk, again.status, again.payload) == (job.pk, status, {"text": "one"})
    assert queue == [job.pk]


def test_enqueue_again_revives_a_parked_job(make_job: MakeJob, queue: list[int]) -> None:
    job = parked(make_job(text="one"))
    again = make_job(text="two")
    assert again.pk == job.pk
    assert (again.status, again.payload, again.attempts, again.error) == (
        JobStatus.QUEUED,
        {"text": "two"},
        0,
        "",
    )
    assert queue == [job.pk, job.pk]


def test_enqueue_tells_kinds_and_keys_apart(make_job: MakeJob, register) -> None:
    register("test.other", lambda payload, progress: None)
    jobs = {make_job("a").pk, make_job("b").pk, make_job("a", kind="test.other").pk}
    assert len(jobs) == 3


def test_enqueue_unknown_kind_is_refused_in_the_request(make_job: MakeJob) -> None:
    with pytest.raises(UnknownKind, match=r"test\.leter.*test\.letter"):
        make_job(kind="test.leter")


def test_enqueue_remembers_who_asked() -> None:
    users = get_user_model()
    user = users.objects.create(
        **{users.USERNAME_FIELD: "asker@example.org"}, email="asker@example.org"
    )
    job = actions.enqueue(kind="test.letter", key="a", payload={}, by=user)
    user.delete()
    assert job.created_by_id is not None
    job.refresh_from_db()
    assert job.created_by is None


def test_enqueue_outlives_a_dead_broker(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**options: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(tasks.run_job, "apply_async", refuse)
    job = make_job()
    assert job.status == JobStatus.QUEUED
    assert "the sweeper will try again" in caplog.text


def test_enqueue_in_bulk_knocks_once_at_a_dead_broker(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, knocks = [100.0], []

    def refuse(*, args: list[int], **options: object) -> None:
        knocks.extend(args)
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(publishing.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tasks.run_job, "apply_async", refuse)
    first, _second = make_job("1"), make_job("2")
    assert knocks == [first.pk]
    clock[0] += publishing.QUEUE_REST_SECONDS
    third = make_job("3")
    assert knocks == [first.pk, third.pk]


# --- claim -----------------------------------------------------------------------------------
def test_claim_takes_the_lease(make_job: MakeJob) -> None:
    job = make_job(text="ক")
    now = job.due_at + MOMENT
    claim = actions.claim(job_id=job.pk, now=now)
    assert claim is not None
    assert (claim.job_id, claim.kind, claim.key, claim.payload, claim.attempt) == (
        job.pk,
        "test.letter",
        "letter:1",
        {"text": "ক"},
        1,
    )
    job.refresh_from_db()
    assert (job.status, job.started_at, job.lease_until) == (JobStatus.RUNNING, now, now + LEASE)


@pytest.mark.parametrize("status", [JobStatus.RUNNING, JobStatus.DONE, JobStatus.FAILED])
def test_claim_of_a_job_that_is_not_waiting_gives_nothing(
    status: JobStatus, make_job: MakeJob
) -> None:
    job = make_job()
    claim = claimed(job)
    if status == JobStatus.DONE:
        actions.finish(claim=claim, produced=None, now=timezone.now())
    elif status == JobStatus.FAILED:
        actions.fail(claim=claim, error="x", final=True, now=timezone.now())
    assert actions.claim(job_id=job.pk, now=timezone.now() + LEASE * 9) is None
    job.refresh_from_db()
    assert (job.status, job.attempts) == (status, 1)


def test_claim_waits_for_the_due_time(make_job: MakeJob) -> None:
    job = make_job()
    actions.fail(claim=claimed(job), error="x", now=timezone.now())
    job.refresh_from_db()
    assert actions.claim(job_id=job.pk, now=job.due_at - MOMENT) is None
    assert actions.claim(job_id=job.pk, now=job.due_at) is not None


def test_claim_of_a_job_that_is_gone_gives_nothing() -> None:
    assert actions.claim(job_id=404, now=timezone.now()) is None


# --- report_progress -------------------------------------------------------------------------
def test_report_progress_shows_and_renews(make_job: MakeJob) -> None:
    job = make_job()
    claim = claimed(job)
    later = timezone.now() + LEASE / 2
    actions.report_progress(claim=claim, percent=40, text="আঁকা হচ্ছে", now=later)
    job.refresh_from_db()
    assert (job.progress, job.progress_text, job.lease_until) == (40, "আঁকা হচ্ছে", later + LEASE)


@pytest.mark.parametrize(("given", "kept"), [(-3, 0), (140, 100)])
def test_report_progress_out_of_range_is_brought_in(
    given: int, kept: int, make_job: MakeJob
) -> None:
    job = make_job()
    actions.report_progress(claim=claimed(job), percent=given, text="ক" * 300, now=timezone.now())
    job.refresh_from_db()
    assert (job.progress, len(job.progress_text)) == (kept, 200)


# --- a worker that was replaced --------------------------------------------------------------
@pytest.fixture
def replaced(make_job: MakeJob) -> tuple[Job, actions.Claim, actions.Claim]:
    """A job whose first worker slept through its lease, and both claims on it."""
    job = make_job()
    first = claimed(job)
    job.refresh_from_db()
    actions.sweep(now=job.lease_until)
    second = claimed(job)
    return job, first, second


def test_finish_by_a_replaced_worker_leaves_no_trace(replaced) -> None:
    job, first, second = replaced
    with pytest.raises(LeaseLost):
        actions.finish(claim=first, produced=a_paper("late"), now=timezone.now())
    assert not StoredDocument.objects.exists()
    actions.finish(claim=second, produced=a_paper("good"), now=timezone.now())
    with pytest.raises(LeaseLost):
        actions.finish(claim=first, produced=a_paper("later"), now=timezone.now())
    job.refresh_from_db()
    assert content_of(job) == b"good"
    assert StoredDocument.objects.count() == 1


def test_progress_by_a_replaced_worker_is_stopped(replaced) -> None:
    job, first, _second = replaced
    with pytest.raises(LeaseLost):
        actions.report_progress(claim=first, percent=90, text="late", now=timezone.now())
    job.refresh_from_db()
    assert job.progress == 0


def test_fail_by_a_replaced_worker_changes_nothing(replaced) -> None:
    job, first, _second = replaced
    actions.fail(claim=first, error="late", final=True, now=timezone.now())
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.RUNNING, "")


def test_expired_lease_that_nobody_took_over_may_still_finish(make_job: MakeJob) -> None:
    job = make_job()
    claim = claimed(job)
    actions.finish(claim=claim, produced=a_paper("ok"), now=timezone.now() + LEASE * 2)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


# --- finish ----------------------------------------------------------------------------------
def test_finish_keeps_the_paper(make_job: MakeJob) -> None:
    job = make_job()
    now = timezone.now()
    actions.finish(claim=claimed(job), produced=a_paper("ok"), now=now)
    job.refresh_from_db()
    assert (job.status, job.progress, job.finished_at) == (JobStatus.DONE, 100, now)
    assert (job.lease_token, job.lease_until) == (None, None)
    assert content_of(job) == b"ok"


def test_finish_without_a_paper_is_done_too(make_job: MakeJob) -> None:
    job = make_job()
    actions.finish(claim=claimed(job), produced=None, now=timezone.now())
    job.refresh_from_db()
    assert (job.status, job.document) == (JobStatus.DONE, None)


def test_finish_forgets_the_errors_of_earlier_tries(make_job: MakeJob) -> None:
    job = make_job()
    actions.fail(claim=claimed(job), error="x", now=timezone.now())
    actions.finish(claim=claimed(job), produced=a_paper("ok"), now=timezone.now())
    job.refresh_from_db()
    assert (job.error, job.error_for_user, job.attempts) == ("", "", 2)


# --- fail and retry --------------------------------------------------------------------------
def test_fail_waits_longer_each_time_and_then_parks(make_job: MakeJob) -> None:
    job = make_job()
    waits = []
    for _ in range(MAX_ATTEMPTS - 1):
        now = timezone.now()
        actions.fail(claim=claimed(job), error="boom", now=now)
        job.refresh_from_db()
        assert job.status == JobStatus.QUEUED
        assert job.republish_at == job.due_at
        waits.append((job.due_at - now) / SWEEP)
    actions.fail(claim=claimed(job), error="boom at last", now=timezone.now())
    job.refresh_from_db()
    assert waits == [1, 2, 4, 8]
    assert (job.status, job.attempts, job.error) == (JobStatus.FAILED, 5, "boom at last")
    assert "সিস্টেম পরিচালককে" in job.error_for_user


def test_fail_final_parks_at_once_with_its_own_words(make_job: MakeJob) -> None:
    job = make_job()
    actions.fail(
        claim=claimed(job), error="x" * 9_000 + "end", error_for_user="পরিকল্পনা খালি।",
        final=True, now=timezone.now(),
    )  # fmt: skip
    job.refresh_from_db()
    assert (job.status, job.error_for_user) == (JobStatus.FAILED, "পরিকল্পনা খালি।")
    assert len(job.error) == actions.ERROR_CHARACTERS
    assert job.error.endswith("end")


def test_retry_starts_a_parked_job_afresh(
    make_job: MakeJob, queue: list[int], django_capture_on_commit_callbacks
) -> None:
    job = parked(make_job())
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.retry(job=job)
    job.refresh_from_db()
    assert (job.status, job.attempts, job.error, job.finished_at) == (
        JobStatus.QUEUED,
        0,
        "",
        None,
    )
    assert queue == [job.pk, job.pk]


def test_retry_pressed_twice_does_nothing_the_second_time(
    make_job: MakeJob, queue: list[int], django_capture_on_commit_callbacks
) -> None:
    job = parked(make_job())
    with django_capture_on_commit_callbacks(execute=True):
        actions.retry(job=job)
        claimed(job)
        assert not actions.retry(job=job)
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING
    assert len(queue) == 2


# --- sweep -----------------------------------------------------------------------------------
def test_sweep_leaves_healthy_jobs_alone(make_job: MakeJob, queue: list[int]) -> None:
    waiting, running = make_job("a"), make_job("b")
    claimed(running)
    queue.clear()
    assert actions.sweep(now=waiting.due_at + MOMENT) == (0, 0, 0)
    assert queue == []


def test_sweep_gives_an_expired_lease_to_another_worker(
    make_job: MakeJob, queue: list[int]
) -> None:
    job = make_job()
    claimed(job)
    queue.clear()
    job.refresh_from_db()
    assert actions.sweep(now=job.lease_until - MOMENT) == (0, 0, 0)
    assert actions.sweep(now=job.lease_until) == (1, 0, 1)
    assert queue == [job.pk]
    job.refresh_from_db()
    assert (job.status, job.attempts, job.lease_token) == (JobStatus.QUEUED, 1, None)


def test_sweep_parks_after_the_last_try_with_its_error(make_job: MakeJob, queue: list[int]) -> None:
    job = make_job()
    end = worn_out(job)
    queue.clear()
    assert actions.sweep(now=end) == (0, 1, 0)
    job.refresh_from_db()
    assert (job.status, job.attempts, job.finished_at) == (JobStatus.FAILED, 5, end)
    assert "try 5" in job.error
    assert job.error_for_user
    assert queue == []


def test_sweep_publishes_a_job_whose_message_was_lost(make_job: MakeJob, queue: list[int]) -> None:
    job = make_job()
    queue.clear()
    assert actions.sweep(now=job.republish_at - MOMENT).published == 0
    assert actions.sweep(now=job.republish_at).published == 1
    assert queue == [job.pk]


def test_sweep_publishes_after_the_pause_of_a_failed_try(
    make_job: MakeJob, queue: list[int]
) -> None:
    job = make_job()
    actions.fail(claim=claimed(job), error="x", now=timezone.now())
    queue.clear()
    job.refresh_from_db()
    assert actions.sweep(now=job.due_at - MOMENT).published == 0
    assert actions.sweep(now=job.due_at).published == 1


def test_sweep_every_period_for_an_hour_does_not_flood_the_queue(
    make_job: MakeJob, queue: list[int]
) -> None:
    job = make_job()
    queue.clear()
    sweeps = int(timedelta(hours=1) / SWEEP)
    for number in range(1, sweeps + 1):
        actions.sweep(now=job.due_at + SWEEP * number)
    assert sweeps == 120
    # At 30, 60, 120 and 240 seconds, then once per lease.
    assert len(queue) == 4 + int((3600 - 240) / LEASE_SECONDS)


def test_sweep_publishes_the_longest_unheard_first_and_in_batches(
    make_job: MakeJob, queue: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [make_job(str(number)) for number in range(5)]
    Job.objects.filter(pk=jobs[3].pk).update(republish_at=jobs[0].due_at)
    monkeypatch.setattr(actions, "PUBLISH_BATCH", 2)
    queue.clear()
    now = jobs[-1].republish_at
    assert [actions.sweep(now=now).published for _ in range(4)] == [2, 2, 1, 0]
    assert queue[0] == jobs[3].pk
    assert sorted(queue) == sorted(job.pk for job in jobs)


def test_sweep_stops_knocking_when_the_queue_is_dead(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [make_job(str(number)) for number in range(3)]
    knocks = []

    def refuse(*, args: list[int], **options: object) -> None:
        knocks.extend(args)
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.run_job, "apply_async", refuse)
    assert actions.sweep(now=jobs[-1].republish_at).published == 0
    assert knocks == [jobs[0].pk]


def test_sweep_racing_another_publishes_once(
    make_job: MakeJob, queue: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [make_job(str(number)) for number in range(3)]
    now = jobs[-1].republish_at
    queue.clear()
    publish = actions.publish

    def publish_while_another_sweeps(job_id: int) -> bool:
        monkeypatch.setattr(actions, "publish", publish)
        actions.sweep(now=now)
        return publish(job_id)

    monkeypatch.setattr(actions, "publish", publish_while_another_sweeps)
    actions.sweep(now=now)
    assert sorted(queue) == [job.pk for job in jobs]


def test_claims_never_share_a_token(make_job: MakeJob) -> None:
    first, second = claimed(make_job("a")), claimed(make_job("b"))
    assert first.token != second.token
    assert not Job.objects.held(first.job_id, uuid4()).exists()
