"""Registers as printed, and lists brought in from files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Office
from teams.prints import Print

from ..enums import RegisterKind

if TYPE_CHECKING:
    from teams.models import Viewer


class RegisterDocumentQuerySet(models.QuerySet["RegisterDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team's own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class RegisterDocument(Print):
    """A printed register or innovation database of an office, for a span of days."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RegisterKind)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects: ClassVar[RegisterDocumentQuerySet] = RegisterDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("ছাপা নিবন্ধন")
        verbose_name_plural = _("ছাপা নিবন্ধন")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "starts_on", "ends_on", "fingerprint"],
                name="registerdocument_once_per_content",
            ),
            models.CheckConstraint(
                name="registerdocument_kind_known", condition=Q(kind__in=RegisterKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("ideas:register_document_detail", args=[self.pk])


class IdeaImportQuerySet(models.QuerySet["IdeaImport"]):
    def visible_to(self, user: Viewer) -> Self:
        """Lists that were read for one's own office."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def waiting(self) -> Self:
        return self.filter(applied_at__isnull=True)


class IdeaImport(models.Model):
    """A list of ideas read from a file or a paste, to be looked over before it is taken in."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="idea_imports")
    filename = models.CharField(max_length=255, blank=True)
    rows = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = person()

    objects: ClassVar[IdeaImportQuerySet] = IdeaImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আনা তালিকা")
        verbose_name_plural = _("আনা তালিকা")
        ordering = ("-created_at", "-pk")
        constraints = [stamp("ideaimport", "applied")]

    def __str__(self) -> str:
        return self.filename or str(self.created_at.date())

    def get_absolute_url(self) -> str:
        return reverse("ideas:import_detail", args=[self.pk])
