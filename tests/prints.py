"""Printed papers for tests, their job at an end as if a worker had been there."""

from typing import TypeVar

from django.utils import timezone

from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job
from teams.models import User
from teams.prints import Print, order_print

Paper = TypeVar("Paper", bound=Print)


def printed(
    model: type[Paper], job_kind: str, *, done: bool, by: User, **belongs_to: object
) -> Paper:
    """A print of words that stand on no paper yet: made, or its job parked."""
    content = {"words": f"{job_kind} {done}"}
    paper = order_print(
        model._default_manager.all(), job_kind=job_kind, content=content, by=by, **belongs_to
    )
    job = Job.objects.filter(pk=paper.job_id)
    now = timezone.now()
    if done:
        file = store(
            f"%PDF-1.7 {job_kind} {paper.pk}".encode(),
            content_type="application/pdf",
            filename="paper.pdf",
        )
        job.update(status=JobStatus.DONE, finished_at=now, document=file)
    else:
        job.update(status=JobStatus.FAILED, finished_at=now, error="broken", error_for_user="হয়নি")
    return paper
