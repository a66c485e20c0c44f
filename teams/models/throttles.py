"""How often something secret was tried of late."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class TryCount(models.Model):
    """Tries under one key, and when the next one is taken.

    A row and not a count in the cache: two tries at the same moment must count as two, and
    neither of our caches promises that on its own and survives being emptied as well. Only
    `teams.entry.throttling` reads and writes here. The key is a keyed hash, so that the table tells
    nobody which addresses logged in.
    """

    key = models.CharField(max_length=64, unique=True)
    tries = models.PositiveIntegerField(default=0)
    free_at = models.DateTimeField()
    forget_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[TryCount]] = models.Manager()

    class Meta:
        verbose_name = _("চেষ্টার হিসাব")
        verbose_name_plural = _("চেষ্টার হিসাব")

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.tries}"
