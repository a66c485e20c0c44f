"""The memo numbers an office has given to its letters, and the file numbers it takes them from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_bangla

from .offices import Office

if TYPE_CHECKING:
    from . import Viewer


class MemoPrefixQuerySet(models.QuerySet["MemoPrefix"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def own_of(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class MemoPrefix(models.Model):
    """The file number (নথি নম্বর) under which an office issues letters.

    `number` is the part before the issue number, in ASCII digits with dots: seven groups
    (18 digits, সচিবালয় নির্দেশমালা ২০১৪) or eight (22 digits, D-Nothi). See teams.memo.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memo_prefixes")
    number = models.CharField(_("নথি নম্বর"), max_length=40)
    label = models.CharField(_("শাখা বা নথির নাম"), max_length=200, blank=True)
    is_active = models.BooleanField(_("চালু"), default=True)

    objects: ClassVar[MemoPrefixQuerySet] = MemoPrefixQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("নথি নম্বর")
        verbose_name_plural = _("নথি নম্বর")
        ordering = ("office_id", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"], name="memoprefix_number_unique_in_office"
            )
        ]

    def __str__(self) -> str:
        number = to_bangla(self.number)
        return f"{number} ({self.label})" if self.label else number


class MemoNumber(models.Model):
    """One memo number given to one letter; a second letter can never get it.

    `canonical` is the whole number in ASCII digits. `purpose` and `object_id` say what it was
    given to ("meetings.notice", 12), so that asking again for the same letter is no duplicate.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memo_numbers")
    canonical = models.CharField(_("স্মারক নম্বর"), max_length=60)
    prefix = models.CharField(max_length=40)
    issue = models.PositiveIntegerField(null=True)
    purpose = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("স্মারক নম্বর")
        verbose_name_plural = _("স্মারক নম্বর")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "canonical"], name="memonumber_unique_in_office"
            ),
            models.UniqueConstraint(
                fields=["purpose", "object_id"], name="memonumber_one_per_letter"
            ),
            models.CheckConstraint(name="memonumber_given", condition=~Q(canonical="")),
        ]
        indexes = [models.Index(fields=["office", "prefix"], name="memonumber_office_prefix")]

    def __str__(self) -> str:
        return to_bangla(self.canonical)
