"""One job id in a worker: what each way of ending writes in the row."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from jobs import actions, jobhandlers, runner, tasks
from jobs.enums import JobStatus
from jobs.models import Job, StoredDocument
from jobs.registry import (
    JobRefused,
    NotYet,
    Payload,
    Produced,
    Progress,
    handler,
    handler_for,
    when_parked,
)
from tests.jobs.support import MakeJob, Register, a_paper, content_of

pytestmark = pytest.mark.django_db


def raising(error: BaseException):
    """A handler that always fails this way."""

    def fail(payload: Payload, progress: Progress) -> None:
        raise error

    return fail


def ran(job: Job) -> Job:
    tasks.run_job(job.pk)
    job.refresh_from_db()
    return job


def test_run_makes_the_paper(make_job: MakeJob) -> None:
    job = ran(make_job(text="শুভেচ্ছা"))
    assert (job.status, job.attempts) == (JobStatus.DONE, 1)
    assert content_of(job).decode() == "শুভেচ্ছা"
    assert job.document.filename == "চিঠি.pdf"


def test_run_of_a_doubled_message_does_nothing(make_job: MakeJob, register: Register) -> None:
    calls = []

    def count(payload: Payload, progress: Progress) -> Produced:
        calls.append(1)
        # The same message arrives at a second worker meanwhile, and once more afterwards.
        runner.run(job_id=job.pk)
        return a_paper("once")

    register("test.count", count)
    job = make_job(kind="test.count")
    ran(job)
    assert ran(job).status == JobStatus.DONE
    assert len(calls) == job.attempts == StoredDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_run_calls_the_handler_outside_any_transaction(
    make_job: MakeJob, register: Register
) -> None:
    seen = []

    def look(payload: Payload, progress: Progress) -> None:
        seen.append(transaction.get_connection().in_atomic_block)

    register("test.look", look)
    assert ran(make_job(kind="test.look")).status == JobStatus.DONE
    assert seen == [False]


def test_run_keeps_an_unexpected_error_for_the_operator(
    make_job: MakeJob, register: Register
) -> None:
    register("test.boom", raising(KeyError("report_id")))
    job = ran(make_job(kind="test.boom"))
    assert job.status == JobStatus.QUEUED
    assert job.due_at > timezone.now()
    assert "KeyError: 'report_id'" in job.error
    assert "report_id" not in job.error_for_user


def test_run_parks_a_refused_job_with_its_words(make_job: MakeJob, register: Register) -> None:
    register("test.no", raising(JobRefused("পরিকল্পনায় কোনো কাজ নেই।", "plan 7 is empty")))
    job = ran(make_job(kind="test.no"))
    assert job.status == JobStatus.FAILED
    assert (job.error, job.error_for_user) == (
        "Refused: plan 7 is empty",
        "পরিকল্পনায় কোনো কাজ নেই।",
    )


def test_run_puts_off_a_job_that_has_to_wait_as_if_not_tried(
    make_job: MakeJob, register: Register
) -> None:
    register("test.early", raising(NotYet(seconds=60)))
    job = make_job(kind="test.early")
    for _ in range(2):
        before = timezone.now()
        job = ran(job)
        assert (job.status, job.attempts, job.error) == (JobStatus.QUEUED, 0, "")
        assert job.due_at == job.republish_at >= before + timedelta(seconds=60)
        # Not before its time, whoever knocks.
        assert ran(job).started_at == job.started_at
        Job.objects.update(due_at=before)
    register("test.early", raising(KeyError("x")))
    assert ran(job).attempts == 1


def test_run_over_the_soft_limit_says_so(make_job: MakeJob, register: Register) -> None:
    register("test.slow", raising(SoftTimeLimitExceeded()))
    job = ran(make_job(kind="test.slow"))
    assert job.status == JobStatus.QUEUED
    assert job.error.startswith("Time limit: stopped after 0 s.")
    assert "নির্ধারিত সময়ের" in job.error_for_user


def test_run_survives_a_storage_that_refuses(
    make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*args: object, **kwargs: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("jobs.documents.write", no_space)
    job = ran(make_job())
    assert (job.status, job.document) == (JobStatus.QUEUED, None)
    assert "no space left" in job.error


def test_run_of_a_kind_removed_since_is_an_error_in_the_row(
    make_job: MakeJob, register: Register
) -> None:
    register("test.old", raising(AssertionError()))
    job = make_job(kind="test.old")
    Job.objects.filter(pk=job.pk).update(kind="test.older")
    assert "no handler for job kind 'test.older'" in ran(job).error


def test_run_discards_the_result_of_a_worker_that_was_replaced(
    make_job: MakeJob, register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    """The first worker sleeps past its lease inside the handler; the second does the job."""
    started = []

    def sleepy(payload: Payload, progress: Progress) -> Produced:
        started.append(1)
        if len(started) == 1:
            actions.sweep(now=timezone.now() + timedelta(hours=1))
            Job.objects.update(due_at=timezone.now())
            runner.run(job_id=job.pk)
            return a_paper("from the first worker, too late")
        return a_paper("from the second worker")

    register("test.sleepy", sleepy)
    job = make_job(kind="test.sleepy")
    assert ran(job).status == JobStatus.DONE
    assert content_of(job) == b"from the second worker"
    assert StoredDocument.objects.count() == 1
    # Being late is nobody's mistake: no warning for the operator.
    assert [r for r in caplog.records if r.levelname not in ("DEBUG", "INFO")] == []


def test_run_stops_a_replaced_worker_at_its_next_progress(
    make_job: MakeJob, register: Register
) -> None:
    reached = []

    def sleepy(payload: Payload, progress: Progress) -> None:
        actions.sweep(now=timezone.now() + timedelta(hours=1))
        progress(50, "half")
        reached.append(1)

    register("test.sleepy", sleepy)
    job = ran(make_job(kind="test.sleepy"))
    assert (job.status, job.error, reached) == (JobStatus.QUEUED, "", [])


def test_progress_writes_new_words_at_once_and_percentages_once_a_second(
    make_job: MakeJob, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(runner.time, "monotonic", lambda: clock[0])
    shown = []

    def work(payload: Payload, progress: Progress) -> None:
        for after, percent, text in [
            (0.0, 5, "পড়া"),
            (0.1, 9, "আঁকা"),
            (0.5, 30, "আঁকা"),
            (0.6, 60, "আঁকা"),
            (0.1, 61, "আঁকা"),
        ]:
            clock[0] += after
            progress(percent, text)
            shown.append(Job.objects.values_list("progress", "progress_text").get())

    register("test.work", work)
    ran(make_job(kind="test.work"))
    assert shown == [(5, "পড়া"), (9, "আঁকা"), (9, "আঁকা"), (60, "আঁকা"), (60, "আঁকা")]


def test_sweep_task_uses_the_clock(make_job: MakeJob, queue: list[int]) -> None:
    job = make_job()
    Job.objects.update(republish_at=timezone.now())
    queue.clear()
    tasks.sweep()
    assert queue == [job.pk]


def test_handler_kind_taken_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="already has a handler"):
        handler("test.letter")(handler_for("test.letter"))


def test_parked_kind_heard_of_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="heard of"):
        when_parked("jobs.send_letter")(jobhandlers.give_up)
