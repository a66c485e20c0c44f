"""Plain helpers for the tests of jobs."""

from collections.abc import Callable

from jobs import actions, documents
from jobs.actions import Claim
from jobs.models import Job
from jobs.registry import Handler, Produced

LEASE_SECONDS = 240
SWEEP_SECONDS = 30
MAX_ATTEMPTS = 5

Register = Callable[[str, Handler], None]
MakeJob = Callable[..., Job]


def a_paper(text: str) -> Produced:
    return Produced(content=text.encode(), content_type="application/pdf", filename="চিঠি.pdf")


def claimed(job: Job) -> Claim:
    """Claim a waiting job at the moment it is due."""
    job.refresh_from_db()
    claim = actions.claim(job_id=job.pk, now=job.due_at)
    assert claim is not None
    return claim


def content_of(job: Job) -> bytes:
    """The paper this job made."""
    assert job.document is not None
    with documents.open_document(job.document) as file:
        return file.read()
