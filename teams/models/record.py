"""The record of who did what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .offices import Office
from .people import Post


class AuditEntry(models.Model):
    """Who did what to which object, from which post; written by actions, never edited."""

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

    class Meta:
        verbose_name = _("কাজের নথি")
        verbose_name_plural = _("কাজের নথি")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="auditentry_object"),
            models.Index(fields=["office", "at"], name="auditentry_office_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}:{self.object_id}"
