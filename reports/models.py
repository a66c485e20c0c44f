"""A team's report of a period, and its printed states."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person
from teams.models import Office
from teams.prints import Print
from workplans.models import WorkPlan
from workplans.periods import Period

from .enums import ReportKind

if TYPE_CHECKING:
    from teams.models import Viewer


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Viewer) -> Self:
        """A report is its team's own; nobody above sees it until reports can be sent."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class Report(models.Model):
    """An office's report on one plan's period (বাৎসরিক প্রতিবেদন).

    Duty 5 of the gazette of 16 November 2023 asks for it by 31 July.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="reports", verbose_name=_("দপ্তর")
    )
    plan = models.OneToOneField(
        WorkPlan, on_delete=models.PROTECT, related_name="report", verbose_name=_("কর্মপরিকল্পনা")
    )
    kind = models.CharField(_("ধরন"), max_length=12, choices=ReportKind)
    introduction = models.TextField(_("ভূমিকা"), blank=True)
    closing = models.TextField(_("সমস্যা, শিক্ষা ও সুপারিশ"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদন")
        verbose_name_plural = _("প্রতিবেদন")
        ordering = ("-plan__starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="report_kind_known", condition=models.Q(kind__in=ReportKind.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return self.plan.period


class ReportDocumentQuerySet(models.QuerySet["ReportDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(report__in=Report.objects.visible_to(user))


class ReportDocument(Print):
    """A printed state of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="documents")

    objects: ClassVar[ReportDocumentQuerySet] = ReportDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("মুদ্রিত প্রতিবেদন")
        verbose_name_plural = _("মুদ্রিত প্রতিবেদন")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "fingerprint"], name="reportdocument_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.fingerprint[:8]}"
