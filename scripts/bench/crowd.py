"""Many annual reports ordered at once: what more workers bring, and that each is made once.

BENCH_REPORTS (48) is how many reports are ordered; the figure of record is taken with 1000.
"""

import math
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db.models import Max, Min

from jobs.models import Job, JobQuerySet, StoredDocument
from reports.models import Report
from scripts.bench.measure import heading, line
from scripts.bench.reports import ordered_prints
from scripts.processes import Service

REPORTS = int(os.environ.get("BENCH_REPORTS") or 48)
RECORD = 1000
LOOK_SECONDS = 0.2
# So long without one finished job means that the rest is lost: longer than a lease, after which
# the sweeper sends a lost job to the workers again.
PATIENCE_SECONDS = 400
# How jobs.runner logs it.
FAILED_TRY = re.compile(r"job \d+: attempt \d+ failed: ")
LAST_WORDS = 3_000


class Outcome(NamedTuple):
    """How one batch of reports went.

    `seconds` run from the first claim to the last finish. `lost` are reports that have no paper
    of their own; `failed` are tries that went wrong and were followed by another; `doubled` are
    tries beyond that, and papers, that nobody asked for.
    """

    seconds: float
    lost: int
    failed: int
    doubled: int


def measure(where: str) -> list[str]:
    """Order the reports twice, for one worker process and for one per CPU; print and compare.

    Once each: many reports are many repetitions. `where` names the database and the queue.
    Returns what went wrong.
    """
    processes = os.cpu_count() or 1
    heading(f"{REPORTS} annual reports ordered at once, {where}")
    if REPORTS < RECORD:
        print(f"  (the figure of record is taken with BENCH_REPORTS={RECORD}, which takes long)")
    alone, crowd = batch(1), batch(processes)
    speed_up = alone.seconds / crowd.seconds
    line(f"speed-up of {processes} worker processes over 1", f"{speed_up:8.2f}")
    for count, outcome in ((1, alone), (processes, crowd)):
        figures = f"{outcome.lost:8} lost, {outcome.doubled} doubled, {outcome.failed} failed tries"
        line(f"with {count}: of {REPORTS} reports", figures)
    return [
        f"{where}, {count} worker processes: {outcome.lost} lost, {outcome.doubled} doubled"
        for count, outcome in ((1, alone), (processes, crowd))
        if outcome.lost or outcome.doubled
    ]


def batch(processes: int) -> Outcome:
    """Order the reports, let a worker with so many processes make them, and look what came."""
    papers = StoredDocument.objects.count()
    jobs = Job.objects.filter(pk__in=order(REPORTS))
    log = Path(settings.DATA_DIR) / f"worker-{uuid4().hex}.log"
    with worker(processes, log) as service:
        _wait_until_over(jobs, service)
    span = jobs.aggregate(begin=Min("started_at"), end=Max("finished_at"))
    own = set(jobs.exclude(document=None).values_list("document", flat=True))
    made = StoredDocument.objects.count() - papers
    again = sum(max(attempts, 1) - 1 for attempts in jobs.values_list("attempts", flat=True))
    words = log.read_text()
    # A job that is done no longer says what went wrong before; its worker's log does.
    failed = min(again, len(FAILED_TRY.findall(words)))
    if again or len(own) < REPORTS:
        print(words[-LAST_WORDS:], file=sys.stderr)
    return Outcome(
        seconds=(span["end"] - span["begin"]).total_seconds() if span["end"] else math.inf,
        lost=REPORTS - len(own),
        failed=failed,
        doubled=again - failed + made - len(own),
    )


def order(count: int) -> list[int]:
    """Order so many reports, from every office that has one, each with words of its own.

    Returns the ids of the jobs.
    """
    reports = list(Report.objects.select_related("created_by"))
    shares = [len(range(first, count, len(reports))) for first in range(len(reports))]
    mark = uuid4().hex
    return [
        printed.job_id
        for report, share in zip(reports, shares, strict=True)
        for printed in ordered_prints(report, by=report.created_by, count=share, mark=mark)
    ]


@contextmanager
def worker(processes: int, log: Path) -> Iterator[Service]:
    """One Celery worker with its clock and so many processes, as `make run` starts it."""
    command = [
        sys.executable, "-m", "celery", "--quiet", "-A", "config", "worker",
        "--hostname", f"{log.stem}@%h", "--concurrency", str(processes),
        "--loglevel", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat",
        "-B", "--schedule", str(log.with_suffix(".clock")),
    ]  # fmt: skip
    with log.open("w") as output:
        service = Service("worker", command, os.environ, output=output)
        try:
            yield service
        finally:
            service.stop()


def _wait_until_over(jobs: JobQuerySet, service: Service) -> None:
    """Until no job waits or runs, the worker has ended, or none was done for PATIENCE_SECONDS."""
    left, since = jobs.active().count(), time.monotonic()
    while left and service.exit_code is None and time.monotonic() - since < PATIENCE_SECONDS:
        time.sleep(LOOK_SECONDS)
        if (now := jobs.active().count()) < left:
            left, since = now, time.monotonic()
