"""The record of who did what, and the versions of rows. Written by actions, never edited."""

from __future__ import annotations

from typing import ClassVar, NoReturn, TypeVar

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Origin
from .offices import Office
from .people import Post


class RecordIsClosed(Exception):
    """Somebody tried to change or remove what the record says."""


Row = TypeVar("Row", bound=models.Model)


class ClosedQuerySet(models.QuerySet[Row]):
    """Rows that are added and read, and nothing else."""

    def update(self, **fields: object) -> NoReturn:
        raise RecordIsClosed

    def delete(self) -> NoReturn:
        raise RecordIsClosed

    def bulk_update(self, *args: object, **kwargs: object) -> NoReturn:
        raise RecordIsClosed


class ClosedModel(models.Model):
    """A row that stands as it was written."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise RecordIsClosed
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise RecordIsClosed


def open_the_record() -> None:
    """Let the rest of this transaction change the record: for the demonstration's past only.

    PostgreSQL refuses it otherwise, whoever asks (the migration closed_record).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('udbhabon.telling_the_past', 'on', true)")


class AuditEntryQuerySet(ClosedQuerySet["AuditEntry"]):
    """Who reads what of it is in perms.record: it depends on the kind of row, too."""


class AuditEntry(ClosedModel):
    """Who did what to which object, from which post, when and from where."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.COMMAND)
    # Of people with an account only: who hands in an idea unnamed leaves no address anywhere.
    address = models.GenericIPAddressField(null=True)

    objects: ClassVar[AuditEntryQuerySet] = AuditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কাজের নথি")
        verbose_name_plural = _("কাজের নথি")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="auditentry_object"),
            models.Index(fields=["office", "at"], name="auditentry_office_at"),
            models.Index(fields=["by", "at"], name="auditentry_by_at"),
            models.Index(fields=["at"], name="auditentry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}:{self.object_id}"


class RowVersion(ClosedModel):
    """A row as it stood after one entry of the record.

    `fields` are its kept columns ({column: plain value}, teams.history.versions says which);
    `number` counts the versions of that row from 1.
    """

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="versions")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    fields = models.JSONField()

    objects: ClassVar[ClosedQuerySet[RowVersion]] = ClosedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("সারির সংস্করণ")
        verbose_name_plural = _("সারির সংস্করণ")
        ordering = ("object_type", "object_id", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "number"], name="rowversion_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.object_type}:{self.object_id} v{self.number}"
