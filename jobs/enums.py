"""The states of a job and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobStatus(models.TextChoices):
    """Where a job stands. FAILED means parked: nothing more happens until a person retries."""

    QUEUED = "queued", _("অপেক্ষায় আছে")
    RUNNING = "running", _("কাজ চলছে")
    DONE = "done", _("সম্পন্ন হয়েছে")
    FAILED = "failed", _("থেমে আছে")


# From each state, where a job may go. Every write goes through JobQuerySet.move, which reads
# this table, so a move that is not here cannot be made.
TRANSITIONS: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.RUNNING}),
    # Back to QUEUED: the try failed and another is allowed, or the lease ran out.
    JobStatus.RUNNING: frozenset({JobStatus.DONE, JobStatus.QUEUED, JobStatus.FAILED}),
    JobStatus.DONE: frozenset(),
    JobStatus.FAILED: frozenset({JobStatus.QUEUED}),
}

ACTIVE = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})


def sources_of(target: JobStatus) -> frozenset[JobStatus]:
    """The states from which a job may move to `target`."""
    return frozenset(source for source, targets in TRANSITIONS.items() if target in targets)
