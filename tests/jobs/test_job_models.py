"""What the database itself refuses, and which moves exist at all."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jobs.enums import ACTIVE, TRANSITIONS, JobStatus
from jobs.models import ImmutableDocument, Job, StoredDocument

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LEASE: dict[str, Any] = {"lease_until": NOW, "lease_token": uuid4()}
COLUMNS: dict[JobStatus, dict[str, Any]] = {
    JobStatus.QUEUED: {},
    JobStatus.RUNNING: LEASE,
    JobStatus.DONE: {"finished_at": NOW},
    JobStatus.FAILED: {"finished_at": NOW, "error": "x", "error_for_user": "y"},
}


def a_job(status: JobStatus = JobStatus.QUEUED, **changes: Any) -> Job:
    """A row in a state that the constraints accept, apart from `changes`."""
    columns = {"kind": "k", "key": "1", "due_at": NOW, "republish_at": NOW, **COLUMNS[status]}
    return Job.objects.create(status=status, **(columns | changes))


def a_document(sha256: str = "a" * 64, size: int = 3) -> StoredDocument:
    return StoredDocument.objects.create(
        sha256=sha256, size=size, content_type="text/plain", filename="a.txt", file="a"
    )


@pytest.mark.parametrize("status", JobStatus)
def test_job_in_each_state_is_accepted(status: JobStatus) -> None:
    assert a_job(status).get_status_display()


@pytest.mark.parametrize(
    ("constraint", "status", "changes"),
    [
        ("job_finished_when_over", JobStatus.QUEUED, {"status": "lost"}),
        ("job_leased_while_running", JobStatus.RUNNING, {"lease_until": None}),
        ("job_leased_while_running", JobStatus.RUNNING, {"lease_token": None}),
        ("job_leased_while_running", JobStatus.QUEUED, LEASE),
        ("job_leased_while_running", JobStatus.DONE, {"lease_token": uuid4()}),
        ("job_finished_when_over", JobStatus.DONE, {"finished_at": None}),
        ("job_finished_when_over", JobStatus.QUEUED, {"finished_at": NOW}),
        ("job_failed_says_why", JobStatus.FAILED, {"error": ""}),
        ("job_failed_says_why", JobStatus.FAILED, {"error_for_user": ""}),
        ("job_progress_is_percent", JobStatus.QUEUED, {"progress": 101}),
        ("progress", JobStatus.QUEUED, {"progress": -1}),
        ("attempts", JobStatus.QUEUED, {"attempts": -1}),
    ],
)
def test_job_constraint_refuses(
    constraint: str, status: JobStatus, changes: dict[str, Any]
) -> None:
    columns = changes if "status" in changes else {"status": status, **changes}
    job = a_job(status)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**columns)


def test_job_with_a_document_must_be_done() -> None:
    document = a_document()
    assert a_job(JobStatus.DONE, document=document).document == document
    with pytest.raises(IntegrityError, match="job_document_only_when_done"), transaction.atomic():
        a_job(key="2", document=document)


def test_job_is_unique_per_kind_and_key() -> None:
    a_job()
    a_job(key="2")
    a_job(kind="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_job()


@pytest.mark.parametrize(("sha256", "size"), [("a" * 63, 3), ("a" * 64, 0)])
def test_document_constraint_refuses(sha256: str, size: int) -> None:
    with pytest.raises(IntegrityError, match="storeddocument"), transaction.atomic():
        a_document(sha256, size)


def test_document_is_never_changed() -> None:
    document = a_document()
    document.filename = "b.txt"
    with pytest.raises(ImmutableDocument):
        document.save()
    with pytest.raises(ImmutableDocument):
        StoredDocument.objects.update(filename="b.txt")


@pytest.mark.parametrize(("source", "target"), list(product(JobStatus, repeat=2)))
def test_move_follows_the_table(source: JobStatus, target: JobStatus) -> None:
    """From every state to every state: moved when the table says so, untouched when not."""
    job = a_job(source)
    later = NOW + timedelta(minutes=1)
    moved = Job.objects.filter(pk=job.pk).move(
        target, now=later, **{k: v for k, v in COLUMNS[target].items() if k != "finished_at"}
    )
    allowed = target in TRANSITIONS[source]
    job.refresh_from_db()
    assert moved == int(allowed)
    assert job.status == (target if allowed else source)
    if allowed:
        assert job.finished_at == (None if target in ACTIVE else later)
        assert (job.lease_token is None) == (target != JobStatus.RUNNING)


def test_querysets_tell_the_states_apart() -> None:
    jobs = {status: a_job(status, key=status) for status in JobStatus}
    waiting, running = jobs[JobStatus.QUEUED], jobs[JobStatus.RUNNING]
    early, now = NOW - timedelta(seconds=1), NOW
    assert set(Job.objects.active()) == {waiting, running}
    assert {job for job in jobs.values() if job.is_active} == {waiting, running}
    assert list(Job.objects.parked()) == [jobs[JobStatus.FAILED]]
    assert list(Job.objects.due(now)) == list(Job.objects.unheard(now)) == [waiting]
    assert list(Job.objects.expired(now)) == [running]
    assert not (Job.objects.due(early) | Job.objects.expired(early))
    assert Job.objects.for_key("k", JobStatus.DONE).get() == jobs[JobStatus.DONE]
    assert not Job.objects.for_key("other", JobStatus.DONE)


def test_sweeper_questions_use_their_indexes() -> None:
    """Asked of a queue with a few jobs to sweep among many that are well."""
    later = NOW + timedelta(days=1)
    well: list[tuple[JobStatus, dict[str, Any]]] = [
        (JobStatus.QUEUED, {"republish_at": later}),
        (JobStatus.RUNNING, {**LEASE, "lease_until": later, "republish_at": later}),
    ]
    times = {"due_at": NOW, "republish_at": NOW}
    Job.objects.bulk_create(
        Job(kind="k", key=f"{status}-{number}", status=status, **(times | columns))
        for status, columns in well
        for number in range(200)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE jobs_job")
        if connection.vendor == "postgresql":
            # So few rows are scanned faster than looked up; here the question is whether the
            # index fits at all.
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "job_waiting" in Job.objects.unheard(NOW).order_by("republish_at", "pk").explain()
    assert "job_leased" in Job.objects.expired(NOW).order_by().explain()
