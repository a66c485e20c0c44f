"""The jobs: what is to be done, who is at it, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ACTIVE, TRANSITIONS, JobStatus, sources_of
from .documents import StoredDocument


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs, and the one way to move them."""

    def for_key(self, kind: str, key: str) -> JobQuerySet:
        """The job, if any, that makes this document and revision."""
        return self.filter(kind=kind, key=key)

    def active(self) -> JobQuerySet:
        """Waiting or at work: a page showing these should look again."""
        return self.filter(status__in=ACTIVE)

    def parked(self) -> JobQuerySet:
        """Given up; a person has to look at the error and retry."""
        return self.filter(status=JobStatus.FAILED)

    def due(self, now: datetime) -> JobQuerySet:
        """Waiting, and allowed to start."""
        return self.filter(status=JobStatus.QUEUED, due_at__lte=now)

    def unheard(self, now: datetime) -> JobQuerySet:
        """Due, and unclaimed for so long that the message was probably lost."""
        return self.due(now).filter(republish_at__lte=now)

    def expired(self, now: datetime) -> JobQuerySet:
        """At work by a worker that has not been heard of in time."""
        return self.filter(status=JobStatus.RUNNING, lease_until__lte=now)

    def held(self, job_id: int, token: UUID) -> JobQuerySet:
        """The job, if the holder of `token` is still the one at work on it."""
        return self.filter(pk=job_id, status=JobStatus.RUNNING, lease_token=token)

    def move(self, to: JobStatus, *, now: datetime, **values: Any) -> int:
        """Move these jobs to another state in one conditional UPDATE.

        Rows whose state does not lead to `to` (see `enums.TRANSITIONS`) are left alone. The
        lease ends with RUNNING, and `finished_at` follows the state, so callers cannot
        forget either. `values` are further columns to set.

        Returns how many rows moved.
        """
        if to != JobStatus.RUNNING:
            values |= {"lease_token": None, "lease_until": None}
        return self.filter(status__in=sources_of(to, TRANSITIONS)).update(
            status=to, finished_at=None if to in ACTIVE else now, **values
        )


class Job(models.Model):
    """One piece of work, done once, whatever happens to the machines.

    `kind` names the handler and `key` the document and revision to make; together they are
    unique. The row is the truth; a message in the queue only says "look at row 12".
    """

    kind = models.CharField(_("কাজের ধরন"), max_length=80)
    key = models.CharField(_("নথি ও সংস্করণ"), max_length=220)
    payload = models.JSONField(_("উপাত্ত"), default=dict, blank=True)
    status = models.CharField(_("অবস্থা"), max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(_("অগ্রগতি (শতাংশ)"), default=0)
    progress_text = models.CharField(_("এখন যা হচ্ছে"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("চেষ্টার সংখ্যা"), default=0)
    due_at = models.DateTimeField(_("যখন থেকে শুরু করা যাবে"))
    # Its place in the line (jobs/line.py), and whose it is: "office:12", or "" for nobody's.
    turn_at = models.DateTimeField(_("যখন পালা আসবে"), default=timezone.now)
    group = models.CharField(_("যাঁদের কাজ"), max_length=60, blank=True)
    republish_at = models.DateTimeField(_("যখন আবার মনে করানো হবে"))
    lease_until = models.DateTimeField(_("ইজারার শেষ সময়"), null=True, blank=True)
    lease_token = models.UUIDField(_("ইজারার চিহ্ন"), null=True, blank=True)
    error = models.TextField(_("পরিচালকের জন্য ত্রুটির বিবরণ"), blank=True)
    error_for_user = models.CharField(_("ব্যবহারকারীর জন্য ত্রুটির কথা"), max_length=300, blank=True)
    document = models.ForeignKey(
        StoredDocument,
        verbose_name=_("তৈরি নথি"),
        on_delete=models.PROTECT,
        related_name="jobs",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("চাওয়ার সময়"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("যিনি চেয়েছেন"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # Of the latest try.
    started_at = models.DateTimeField(_("শুরুর সময়"), null=True, blank=True)
    finished_at = models.DateTimeField(_("শেষের সময়"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("কাজ")
        verbose_name_plural = _("কাজসমূহ")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="job_once_per_key", fields=["kind", "key"]),
            models.CheckConstraint(
                name="job_leased_while_running",
                condition=(
                    Q(status="running", lease_until__isnull=False, lease_token__isnull=False)
                    | Q(~Q(status="running"), lease_until=None, lease_token=None)
                ),
            ),
            # Names every state, so it refuses an unknown one too.
            models.CheckConstraint(
                name="job_finished_when_over",
                condition=(
                    Q(status__in=["done", "failed"], finished_at__isnull=False)
                    | Q(status__in=["queued", "running"], finished_at=None)
                ),
            ),
            # A job may be done without a paper (it sent a letter); never the other way round.
            models.CheckConstraint(
                name="job_document_only_when_done",
                condition=Q(status="done") | Q(document=None),
            ),
            models.CheckConstraint(
                name="job_failed_says_why",
                condition=~Q(status="failed") | (~Q(error="") & ~Q(error_for_user="")),
            ),
            # Not below 0 either: the database checks that for every positive field.
            models.CheckConstraint(name="job_progress_is_percent", condition=Q(progress__lte=100)),
        ]
        # What the sweeper asks every few seconds of a table that only grows. Whole indexes,
        # not partial ones: SQLite cannot match a partial index to a bound parameter.
        indexes = [
            models.Index(name="job_waiting", fields=["status", "republish_at"]),
            models.Index(name="job_leased", fields=["status", "lease_until"]),
            models.Index(name="job_in_line", fields=["status", "turn_at", "id"]),
            models.Index(name="job_of_group", fields=["group", "status"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_active(self) -> bool:
        """Whether there is something left to wait for."""
        return self.status in ACTIVE
