"""Who is served next when many wait, and how long that will take.

Every job gets a moment when it is asked for, its `turn_at`, and the workers take the earliest one
first. A paper with a deadline starts some minutes ahead of one without; each further paper of an
office that has some waiting already starts behind. So reports on the last day go before previews,
one office that prints a hundred papers holds nobody else up, and whatever has waited long enough
is next, for time passes for all alike. docs/adr/0019-the-last-day.md gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import JobStatus
from .models import Job


class Lane(models.TextChoices):
    """What kind of work a job is, for its place in the line."""

    SENDING = "sending", _("পাঠানো কাগজ")
    LETTER = "letter", _("চিঠি")
    PAPER = "paper", _("সাধারণ কাগজ")


# How far ahead of an ordinary paper asked for at the same moment.
HEAD_START = {
    Lane.SENDING: timedelta(minutes=20),
    Lane.LETTER: timedelta(minutes=5),
    Lane.PAPER: timedelta(0),
}
# More for what is due today or tomorrow: most offices send on the last day.
LAST_DAYS = 1
LAST_DAYS_START = timedelta(minutes=40)
# How far behind its own office's last one each further paper starts.
STEP_IN_GROUP = timedelta(minutes=1)
# A worker that finds the first taken tries so many of those behind it.
LOOK_AHEAD = 8
# Papers of one office that may wait; whoever wants more is asked to let those be made first.
MOST_WAITING = 40

# Of so many finished jobs the mean counts; older ones say nothing about today.
SAMPLE = 50
SAMPLE_AGE = timedelta(hours=2)
# Until the first jobs were timed, and for a machine that has been idle.
USUAL_SECONDS = 4.0
# A wait shorter than this is not worth a banner.
LONG_WAIT = timedelta(seconds=90)
STATE_KEY = "jobs.line"
STATE_SECONDS = 120


def place(*, lane: Lane, group: str, wanted_on: date | None, now: datetime) -> datetime:
    """The turn of a job asked for now.

    `group` tells whose it is ("office:12"; "" for nobody's), `wanted_on` the day it is due. What
    is already too late has no more haste than what is due later.
    """
    ahead = HEAD_START[lane]
    if wanted_on is not None:
        days = (wanted_on - timezone.localdate(now)).days
        ahead += LAST_DAYS_START if 0 <= days <= LAST_DAYS else timedelta(0)
    behind = STEP_IN_GROUP * waiting_of(group) if group else timedelta(0)
    return now - ahead + behind


def waiting_of(group: str) -> int:
    """How many jobs of this group are waiting or at work."""
    return Job.objects.active().filter(group=group).count()


def is_full(group: str) -> bool:
    """Whether so many papers of this group wait that another one should not be asked for."""
    return bool(group) and waiting_of(group) >= MOST_WAITING


def next_in_line(now: datetime) -> list[int]:
    """The ids of the jobs whose turn it is, first one first."""
    line = Job.objects.due(now).order_by("turn_at", "pk")
    return list(line.values_list("pk", flat=True)[:LOOK_AHEAD])


def ahead_of(job: Job) -> int:
    """How many waiting jobs will be taken before this one."""
    before = models.Q(turn_at__lt=job.turn_at) | models.Q(turn_at=job.turn_at, pk__lt=job.pk)
    return Job.objects.filter(before, status=JobStatus.QUEUED).count()


@dataclass(frozen=True, slots=True)
class LineState:
    """How the line stands: jobs that wait, workers at work, seconds one job takes a worker."""

    waiting: int
    workers: int
    seconds_each: float
    is_moving: bool = True

    def wait_for(self, ahead: int) -> timedelta:
        """How long a job with so many before it will be waited for, its own making included."""
        rounds = ahead / max(self.workers, 1) + 1
        return timedelta(seconds=rounds * self.seconds_each)

    @property
    def wait(self) -> timedelta:
        """For a paper asked for now."""
        return self.wait_for(self.waiting)

    @property
    def is_long(self) -> bool:
        return self.waiting > 0 and (not self.is_moving or self.wait > LONG_WAIT)


def measure(now: datetime) -> LineState:
    """Look how the line stands (four queries)."""
    recent = Job.objects.filter(
        status=JobStatus.DONE, finished_at__gte=now - SAMPLE_AGE, started_at__isnull=False
    ).order_by("-finished_at")
    spans = [
        (begin, end)
        for begin, end in recent.values_list("started_at", "finished_at")[:SAMPLE]
        if begin and end
    ]
    seconds = [(end - begin).total_seconds() for begin, end in spans]
    oldest = Job.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()
    last = max((end for _begin, end in spans), default=None)
    workers = Job.objects.filter(status=JobStatus.RUNNING).count()
    stuck = oldest is not None and now - max(oldest, last or oldest) > timedelta(minutes=5)
    return LineState(
        waiting=Job.objects.due(now).count(),
        workers=workers,
        seconds_each=sum(seconds) / len(seconds) if seconds else USUAL_SECONDS,
        is_moving=not (stuck and workers == 0),
    )


def publish_state(now: datetime) -> None:
    """Let every page know how the line stands; the sweep calls this, so no page has to count."""
    cache.set(STATE_KEY, measure(now), STATE_SECONDS)


def published_state() -> LineState | None:
    """What the last sweep saw, None when nothing is known or the cache is out of reach."""
    try:
        state = cache.get(STATE_KEY)
    except Exception:  # each cache raises its own kinds, and a banner is worth no page
        return None
    return state if isinstance(state, LineState) else None
