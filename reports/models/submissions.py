"""What was sent: frozen content with its fingerprint, its PDF, its figures and its seal."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Office, Post
from teams.prints import Print

from ..enums import SETTLED
from .reports import Report

if TYPE_CHECKING:
    from teams.models import Viewer

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that reads like another
CODE_LENGTH = 16


def new_submission_code() -> str:
    """Sixteen letters and digits by which anybody who holds the paper checks it (79 bits)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: Viewer) -> Self:
        """What was sent is read by the team and by every office above it."""
        return self.filter(report__in=Report.objects.visible_to(user))

    def newest(self) -> Self:
        """Of each report the last one sent."""
        newer = Submission.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def counted(self) -> Self:
        """Those whose figures count in the nation's: the last of each report that was accepted."""
        return self.newest().filter(report__status__in=SETTLED)


class Submission(Print):
    """One sending of a report. Nothing here changes, but for a withdrawal and the finished job.

    `content` is what `reports.documents.report_content` gave at that moment, `fingerprint` its
    SHA-256; `created_at` and `created_by` say when it was sent and which head approved it.
    `code` stands in the QR code on each page of the PDF; `receipt_number` on the receipt.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(
        max_length=CODE_LENGTH, unique=True, default=new_submission_code, editable=False
    )
    receipt_number = models.CharField(max_length=40, unique=True)
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person()
    withdraw_reason = models.TextField(blank=True)

    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("পাঠানো প্রতিবেদন")
        verbose_name_plural = _("পাঠানো প্রতিবেদন")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="submission_numbered_in_report"
            ),
            stamp("submission", "withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("reports:submission", args=[self.pk])


class ReportFigure(models.Model):
    """One number of what was sent, in a column of its own so that the nation can be summed.

    `key` is "<section>.<figure>", such as "training.participants".
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        verbose_name = _("প্রতিবেদনের সংখ্যা")
        verbose_name_plural = _("প্রতিবেদনের সংখ্যা")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "key"], name="reportfigure_once_per_submission"
            )
        ]
        indexes = [models.Index(fields=["key", "submission"], name="reportfigure_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class SigningCertificateQuerySet(models.QuerySet["SigningCertificate"]):
    def own_of(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def usable(self) -> Self:
        """Not removed and within its dates."""
        now = timezone.now()
        return self.filter(removed_at__isnull=True, valid_from__lte=now, valid_to__gte=now)


class SigningCertificate(models.Model):
    """An office's certificate with its key, by which sent reports are signed (PAdES).

    `sealed` is the PKCS#12 file encrypted with a key derived from the installation's own secret.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="signing_certificates"
    )
    subject = models.CharField(_("যাঁর নামে"), max_length=500)
    issuer = models.CharField(_("যে কর্তৃপক্ষের দেওয়া"), max_length=500)
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    sealed = models.BinaryField(editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = person()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = person()

    objects: ClassVar[SigningCertificateQuerySet] = SigningCertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("স্বাক্ষরের সনদ")
        verbose_name_plural = _("স্বাক্ষরের সনদ")
        ordering = ("-added_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(removed_at__isnull=True),
                name="signingcertificate_one_per_office",
            ),
            stamp("signingcertificate", "removed"),
        ]

    def __str__(self) -> str:
        return self.subject
