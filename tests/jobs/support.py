"""Plain helpers for the tests of jobs."""

from collections.abc import Callable

from django.utils import timezone

from jobs import actions, documents, runner
from jobs.actions import Claim
from jobs.enums import JobStatus
from jobs.models import Job, Letter, StoredDocument
from jobs.registry import Handler, Produced

LEASE_SECONDS = 240
SWEEP_SECONDS = 30
MAX_ATTEMPTS = 5

ADDRESS = "shirin@upazila.test"
OTHER = "kamal@district.test"
SUBJECT = "উপজেলা উদ্ভাবন দলের নভেম্বর মাসের সভার নোটিশ ও আলোচ্যসূচি সংযুক্ত আছে"
# A lone dot ends a message in SMTP, "From" begins one in a mailbox, and the last line is longer
# than a line may be.
BODY = "জনাব শিরীন,\n\nসভাটি ২৫ নভেম্বর।\n.\nFrom the office\n" + "দীর্ঘ " * 300 + "শেষ"
PDF = b"%PDF-1.7\n\r\r\n\x00\xff\n.\n%%EOF"
FILE = "সভার নোটিশ (নভেম্বর ২০২৬).pdf"

Register = Callable[[str, Handler], None]
MakeJob = Callable[..., Job]
Post = Callable[..., Letter]


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


def worked(job: Job) -> None:
    """Let a worker have this job, whether its time has come or not; refreshes `job`."""
    Job.objects.filter(pk=job.pk, status=JobStatus.QUEUED).update(due_at=timezone.now())
    runner.run(job_id=job.pk)
    job.refresh_from_db()


def carried(letter: Letter) -> Letter:
    """Let a worker have the letter's job, whether its time has come or not."""
    letter.refresh_from_db()
    assert letter.job is not None
    worked(letter.job)
    letter.refresh_from_db()
    return letter


def a_pdf() -> StoredDocument:
    return documents.store(PDF, content_type="application/pdf", filename="notice.pdf")
