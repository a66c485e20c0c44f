"""`manage.py jobs`: how the background work stands, and what an operator can do about it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, QuerySet
from django.utils.timezone import localtime

from jobs import actions, documents
from jobs.enums import JobStatus, LetterStatus
from jobs.models import Job, JobQuerySet, Letter, StoredDocument


class Command(BaseCommand):
    """Counts the jobs, shows parked ones with their errors, retries, verifies papers."""

    help = (
        "Counts jobs and letters by state and shows the parked jobs with their errors. "
        "Exits with 1 when --verify finds a damaged document."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry",
            nargs="+",
            metavar="ID",
            help="let these parked jobs try again; `all` for every one",
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="read every stored document and compare it with its hash",
        )

    def handle(self, *, retry: list[str] | None, verify: bool, **options: Any) -> None:
        if retry:
            self._retry(retry)
        elif verify:
            self._verify()
        else:
            self._show()

    def _show(self) -> None:
        counts = _counted(Job.objects.all())
        self.stdout.write("  ".join(f"{s.value} {counts.get(s, 0)}" for s in JobStatus))
        if letters := _counted(Letter.objects.all()):
            sums = "  ".join(f"{s.value} {letters[s]}" for s in LetterStatus if s in letters)
            self.stdout.write(f"letters: {sums}")
        for job in Job.objects.parked().order_by("finished_at"):
            parked = f"{localtime(job.finished_at):%F %R}"
            self.stdout.write(
                f"\n#{job.pk}  {job}  {job.attempts} tries, parked {parked}\n{job.error.rstrip()}"
            )
        if counts.get(JobStatus.FAILED):
            self.stdout.write("\nOnce the cause is mended: manage.py jobs --retry ID … | all")

    def _retry(self, ids: list[str]) -> None:
        jobs = _parked(ids)
        for job in jobs:
            actions.retry(job=job)
        self.stdout.write(f"{len(jobs)} back in the queue")

    def _verify(self) -> None:
        damaged = 0
        stored = StoredDocument.objects.order_by("pk")
        for document in stored.iterator():
            try:
                documents.verify(document)
            except documents.DocumentDamaged as damage:
                damaged += 1
                self.stderr.write(str(damage))
        if damaged:
            raise CommandError(f"{damaged} of {stored.count()} documents are damaged")
        self.stdout.write(f"{stored.count()} documents are whole")


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows are in each status that occurs."""
    return dict(rows.order_by().values_list("status").annotate(Count("pk")))


def _parked(ids: list[str]) -> JobQuerySet:
    """The parked jobs of these ids, or every one for `all`. Raises CommandError."""
    if ids == ["all"]:
        return Job.objects.parked()
    if not all(word.isdecimal() for word in ids):
        raise CommandError("--retry takes the numbers of parked jobs, or `all`")
    jobs = Job.objects.parked().filter(pk__in=ids)
    missing = sorted({int(word) for word in ids} - set(jobs.values_list("pk", flat=True)))
    if missing:
        raise CommandError(f"not parked: {', '.join(map(str, missing))}")
    return jobs
