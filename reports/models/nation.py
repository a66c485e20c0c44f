"""The consolidated report of the nation, compiled from the reports that were accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.enums import Role
from teams.prints import Print
from workplans.enums import PeriodKind
from workplans.periods import Period

from ..enums import NationalStatus, ReportKind

if TYPE_CHECKING:
    from teams.models import Viewer


class NationalReportQuerySet(models.QuerySet["NationalReport"]):
    def visible_to(self, user: Viewer) -> Self:
        """The Cabinet Division's reviewers write it; everybody reads what was published."""
        if not user.is_authenticated:
            return self.none()
        if user.scope.has_role(Role.CABINET_REVIEWER):
            return self.all()
        return self.filter(status=NationalStatus.PUBLISHED)


class NationalReport(models.Model):
    """One report on all offices' year, counted anew whenever it is looked at or printed.

    `words` maps a part (NationalPart) to what was written by hand, and how often it was saved:
    {"introduction": {"text": "…", "version": 2}}. A part without text has generated words.
    """

    kind = models.CharField(max_length=12, choices=ReportKind, default=ReportKind.ANNUAL)
    period_kind = models.CharField(max_length=10, choices=PeriodKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=NationalStatus, default=NationalStatus.DRAFT)
    words = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = person()

    objects: ClassVar[NationalReportQuerySet] = NationalReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("জাতীয় প্রতিবেদন")
        verbose_name_plural = _("জাতীয় প্রতিবেদন")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on", "ends_on"], name="nationalreport_one_per_period"
            ),
            models.CheckConstraint(
                name="nationalreport_status_known", condition=Q(status__in=NationalStatus.values)
            ),
            stamp("nationalreport", "updated"),
            stamp("nationalreport", "published"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:national_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.period_kind, self.starts_on, self.ends_on)  # type: ignore[arg-type]


class NationalDocumentQuerySet(models.QuerySet["NationalDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """Prints of the draft are the reviewers' own; what was published, everybody's."""
        if not user.is_authenticated:
            return self.none()
        if user.scope.has_role(Role.CABINET_REVIEWER):
            return self.all()
        return self.filter(is_published=True)


class NationalDocument(Print):
    """A printed state of the national report; `is_published` is the one that was laid open."""

    report = models.ForeignKey(NationalReport, on_delete=models.CASCADE, related_name="documents")
    is_published = models.BooleanField(default=False)

    objects: ClassVar[NationalDocumentQuerySet] = NationalDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("মুদ্রিত জাতীয় প্রতিবেদন")
        verbose_name_plural = _("মুদ্রিত জাতীয় প্রতিবেদন")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "fingerprint"], name="nationaldocument_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.fingerprint[:8]}"
