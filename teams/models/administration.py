"""Changes of offices with their day, the names they had, and lists of staff that come in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..columns import person, stamp
from ..enums import ChangeKind, ChangeStatus, Role
from .offices import Office

if TYPE_CHECKING:
    from . import Viewer


class OfficeChangeQuerySet(models.QuerySet["OfficeChange"]):
    def waiting(self, today: date) -> Self:
        """Planned changes whose day has come, in the order of their days."""
        return self.filter(status=ChangeStatus.PLANNED, effective_on__lte=today).order_by(
            "effective_on", "pk"
        )

    def ends_of_offices(self) -> Self:
        """Closures that have taken place."""
        return self.filter(kind=ChangeKind.CLOSE, status=ChangeStatus.APPLIED)


class OfficeChange(models.Model):
    """A rename, merger, split, move, new office or closure, from a day, by an order.

    `details` says what will be, in the shape teams.office_changes reads for each kind. `office`
    is the one it is about: the one renamed, moved or closed; the one that others merge into; the
    one that is split; of a new office the one above it.
    """

    kind = models.CharField(_("কী"), max_length=10, choices=ChangeKind)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="changes")
    others = models.ManyToManyField(Office, blank=True, related_name="+")
    effective_on = models.DateField(_("কার্যকরের তারিখ"))
    source = models.CharField(_("সূত্র (প্রজ্ঞাপন বা আদেশ)"), max_length=300)
    details = models.JSONField(default=dict)
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=ChangeStatus, default=ChangeStatus.PLANNED
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = person()

    objects: ClassVar[OfficeChangeQuerySet] = OfficeChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("দপ্তরের পরিবর্তন")
        verbose_name_plural = _("দপ্তরের পরিবর্তন")
        ordering = ("-effective_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="officechange_kind_known", condition=Q(kind__in=ChangeKind.values)
            ),
            models.CheckConstraint(
                name="officechange_status_known", condition=Q(status__in=ChangeStatus.values)
            ),
            models.CheckConstraint(
                name="officechange_applied_stamped",
                condition=Q(status=ChangeStatus.APPLIED, applied_at__isnull=False)
                | (~Q(status=ChangeStatus.APPLIED) & Q(applied_at__isnull=True)),
            ),
            stamp("officechange", "cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.office_id} {self.effective_on}"


class OfficeName(models.Model):
    """The names an office had up to a day; today's are its own columns."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="former_names")
    name_bn = models.CharField(_("নাম (বাংলা)"), max_length=250)
    name_en = models.CharField(_("নাম (ইংরেজি)"), max_length=250)
    place_bn = models.CharField(_("সংক্ষিপ্ত নাম (বাংলা)"), max_length=150)
    place_en = models.CharField(_("সংক্ষিপ্ত নাম (ইংরেজি)"), max_length=150)
    valid_to = models.DateField(_("যে তারিখ পর্যন্ত"))
    change = models.ForeignKey(
        OfficeChange, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("দপ্তরের আগের নাম")
        verbose_name_plural = _("দপ্তরের আগের নাম")
        ordering = ("office_id", "-valid_to")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "valid_to"], name="officename_one_until_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name_bn


class StaffImportQuerySet(models.QuerySet["StaffImport"]):
    def visible_to(self, user: Viewer) -> Self:
        """Lists of the offices one heads, and all for the system administrator."""
        if not user.is_authenticated:
            return self.none()
        if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
            return self.all()
        return self.filter(user.scope.headed("office__"))


class StaffImport(models.Model):
    """A list of an office's staff that was read and waits to be looked over (teams.importers)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="staff_imports")
    filename = models.CharField(max_length=255)
    rows = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = person()

    objects: ClassVar[StaffImportQuerySet] = StaffImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আনা জনবলের তালিকা")
        verbose_name_plural = _("আনা জনবলের তালিকা")
        ordering = ("-created_at", "-pk")
        constraints = [stamp("staffimport", "applied")]

    def __str__(self) -> str:
        return f"{self.filename} ({self.office_id})"
