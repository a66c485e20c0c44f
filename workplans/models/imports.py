"""Tables waiting to be taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person

from .plans import WorkPlan

if TYPE_CHECKING:
    from teams.models import Viewer


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def visible_to(self, user: Viewer) -> Self:
        """A table not yet taken in is the team's own draft, whatever the plan's state."""
        return self.filter(plan__in=WorkPlan.everything.own_of(user))

    def waiting(self) -> Self:
        return self.filter(applied_at__isnull=True)


class PlanImport(models.Model):
    """A read table on its way into a plan: shown and corrected first, written after.

    `rows` and `skipped` have the shapes of `ImportedPlan.as_json()`. `source` says of a file that
    was exported here which plan it is of, in which form, when it was made and with which versions
    of the rows (`PlanMark.as_json`); it is empty for any other. `notes` are sentences about the
    document as a whole.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=255, blank=True)
    rows = models.JSONField()
    skipped = models.JSONField(default=list)
    notes = models.JSONField(default=list, blank=True)
    source = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = person()

    objects: ClassVar[PlanImportQuerySet] = PlanImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ছক আনা")
        verbose_name_plural = _("ছক আনা")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.plan} ← {self.filename or '—'}"

    def get_absolute_url(self) -> str:
        return reverse("workplans:import_detail", args=[self.pk])

    @property
    def doubt_count(self) -> int:
        return sum(len(row["doubts"]) for row in self.rows)
