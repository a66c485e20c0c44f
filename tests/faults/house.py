"""A running system for the fault tests: the test's own database and queue, and real workers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import redis
from django.conf import settings

from jobs import actions
from jobs.enums import JobStatus
from jobs.models import Job, StoredDocument
from tests.faults.app.jobhandlers import KIND, trail

ROOT = Path(__file__).resolve().parents[2]
QUEUE = "celery"
WAIT_SECONDS = 60


class Worker:
    """One Celery worker with its own clock, in a process group of its own."""

    def __init__(self, environment: dict[str, str], *, concurrency: int) -> None:
        folder = Path(settings.DATA_DIR)
        name = uuid4().hex[:8]
        self._log = folder / f"worker-{name}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                    *("--beat", "--schedule", str(folder / f"clock-{name}")),
                    *("--concurrency", str(concurrency), "--hostname", f"{name}@%h"),
                    *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
                ],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def words(self) -> str:
        """Everything this worker has logged."""
        return self._log.read_text()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the worker, its children and its clock at once."""
        os.killpg(self._process.pid, number)

    def kill(self) -> None:
        """`kill -9`, as the kernel does when memory runs out; twice does no harm."""
        if self._process.poll() is None:
            self.send(signal.SIGKILL)
            self._process.wait()


class House:
    """What a fault test does to the system, and what it sees of it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._workers: list[Worker] = []

    def enqueue(self, count: int) -> None:
        """Ask for this many letters."""
        for number in range(count):
            actions.enqueue(kind=KIND, key=f"letter:{number}", payload={})

    def start_worker(self, *, concurrency: int = 2) -> Worker:
        """A new worker; `kill_all` ends it at the latest."""
        worker = Worker(self._environment, concurrency=concurrency)
        self._workers.append(worker)
        return worker

    def kill_all(self) -> None:
        """End every worker still alive."""
        for worker in self._workers:
            worker.kill()

    @property
    def started(self) -> int:
        """How many times a handler was begun, by any worker."""
        return len(trail().read_text().splitlines()) if trail().exists() else 0

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Look again and again. Fails with the workers' last words after WAIT_SECONDS."""
        end = time.monotonic() + WAIT_SECONDS
        while not condition():
            if time.monotonic() > end:
                words = "\n\n".join(worker.words[-2000:] for worker in self._workers)
                raise AssertionError(f"{what}: not after {WAIT_SECONDS} s\n{words}")
            time.sleep(0.05)

    def wait_until_over(self) -> None:
        """Until no job waits or runs."""
        self.wait_until(lambda: not Job.objects.active().exists(), "every job is over")

    def assert_each_done_once(self) -> None:
        """Every job has a paper of its own, and no other run left one.

        Each run of the handler makes other bytes, so a run that finished a job a second time,
        or finished one that had been given away, would have left one row too many.
        """
        jobs = list(Job.objects.all())
        assert {job.status for job in jobs} == {JobStatus.DONE}, [job.error for job in jobs]
        assert len({job.document_id for job in jobs}) == len(jobs)
        assert StoredDocument.objects.count() == len(jobs)

    def waiting_messages(self) -> int:
        """How many messages are in the queue now."""
        if settings.REDIS_URL:
            with redis.Redis.from_url(settings.REDIS_URL) as client:
                return int(client.llen(QUEUE))
        return len(list(queue_folder().rglob("*.msg")))

    def lose_queue(self) -> None:
        """The queue vanishes with all its messages, as after an operator's mistake."""
        if settings.REDIS_URL:
            with redis.Redis.from_url(settings.REDIS_URL) as client:
                client.flushdb()
        elif queue_folder().exists():
            # Renamed away first: a worker that is writing cannot make the removal fail.
            shutil.rmtree(queue_folder().rename(queue_folder().with_name(uuid4().hex)))


def queue_folder() -> Path:
    """Where the embedded queue keeps its messages."""
    return Path(settings.DATA_DIR) / "queue"
