"""The papers that were made: rows that are added and read, never changed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


class ImmutableDocument(TypeError):
    """Someone tried to change a stored document; store the new content instead."""


class StoredDocumentQuerySet(models.QuerySet["StoredDocument"]):
    """Rows may be added and read, never changed."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse. Raises ImmutableDocument."""
        raise ImmutableDocument(f"stored documents never change: {sorted(values)}")


class StoredDocument(models.Model):
    """A paper kept under the hash of its own bytes; equal bytes are one row and one file.

    Made only by `jobs.documents.store`. `filename` is the name the content was first stored
    under; whoever serves it may give a better one.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("আকার (বাইট)"))
    content_type = models.CharField(_("ধরন"), max_length=120)
    filename = models.CharField(_("ফাইলের নাম"), max_length=255)
    file = models.FileField(_("ফাইল"), max_length=200)
    created_at = models.DateTimeField(_("সংরক্ষণের সময়"), auto_now_add=True)

    objects = StoredDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("সংরক্ষিত নথি")
        verbose_name_plural = _("সংরক্ষিত নথিসমূহ")
        constraints = [
            models.CheckConstraint(
                name="storeddocument_sha256_is_whole", condition=Exact(Length("sha256"), 64)
            ),
            models.CheckConstraint(name="storeddocument_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises ImmutableDocument when it is already there."""
        if not self._state.adding:
            raise ImmutableDocument(f"stored document {self.pk} never changes")
        super().save(*args, **kwargs)
