"""The states of a job and of a letter, and the moves between them."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Status = TypeVar("Status", bound=TextChoices)


class JobStatus(TextChoices):
    """Where a job stands. FAILED means parked: nothing more happens until a person retries."""

    QUEUED = "queued", _("অপেক্ষায় আছে")
    RUNNING = "running", _("কাজ চলছে")
    DONE = "done", _("সম্পন্ন হয়েছে")
    FAILED = "failed", _("থেমে আছে")


# From each state, where a job may go. Every write goes through JobQuerySet.move, which reads
# this table, so a move that is not here cannot be made.
TRANSITIONS: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.RUNNING}),
    # Back to QUEUED: the try failed and another is allowed, what it needs is not there yet, or
    # the lease ran out.
    JobStatus.RUNNING: frozenset({JobStatus.DONE, JobStatus.QUEUED, JobStatus.FAILED}),
    JobStatus.DONE: frozenset(),
    JobStatus.FAILED: frozenset({JobStatus.QUEUED}),
}

ACTIVE = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})


class LetterStatus(TextChoices):
    """Where a letter stands.

    REFUSED is about the address and for the sender to mend. FAILED is about everything else
    (the mail server out of reach, an attachment that could not be made) and for the operator:
    a letter is FAILED exactly as long as its job is parked.
    """

    WAITING = "waiting", _("পাঠানোর অপেক্ষায়")
    SENT = "sent", _("পাঠানো হয়েছে")
    REFUSED = "refused", _("ঠিকানা নেয়নি")
    FAILED = "failed", _("পাঠানো যায়নি")
    NO_ADDRESS = "no_address", _("ই-মেইল ঠিকানা নেই")
    EXPIRED = "expired", _("সময় পেরিয়ে গেছে")


# Read by LetterQuerySet.move, as TRANSITIONS is by JobQuerySet.move. What was sent stays sent;
# everything else that came to an end may be posted again.
LETTER_TRANSITIONS: dict[LetterStatus, frozenset[LetterStatus]] = {
    LetterStatus.WAITING: frozenset(
        {LetterStatus.SENT, LetterStatus.REFUSED, LetterStatus.FAILED, LetterStatus.EXPIRED}
    ),
    LetterStatus.SENT: frozenset(),
    LetterStatus.REFUSED: frozenset({LetterStatus.WAITING}),
    LetterStatus.FAILED: frozenset({LetterStatus.WAITING}),
    LetterStatus.NO_ADDRESS: frozenset({LetterStatus.WAITING}),
    LetterStatus.EXPIRED: frozenset({LetterStatus.WAITING}),
}

# States that come with a reason.
UNDELIVERED_FOR_A_REASON = frozenset({LetterStatus.REFUSED, LetterStatus.FAILED})


class CalendarMethod(TextChoices):
    """What a calendar part asks the reader's calendar to do (RFC 5546)."""

    REQUEST = "REQUEST", _("আমন্ত্রণ")
    CANCEL = "CANCEL", _("বাতিল")


def sources_of(target: Status, table: Mapping[Status, frozenset[Status]]) -> frozenset[Status]:
    """The states from which `table` leads to `target`."""
    return frozenset(source for source, targets in table.items() if target in targets)
