"""A post passing from one person to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..columns import person, stamp
from .people import Post, PostHolding

if TYPE_CHECKING:
    from . import Viewer


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those of one's posts and of the offices one heads; of a post one has left, until it
        is settled: whoever hands over signs, too. (In words only, see duties.handover.)"""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        headed = [pk for pk in scope.team_office_ids if scope.heads(pk)]
        leaving = Q(outgoing__person=user.pk, settled_at__isnull=True)
        return self.filter(Q(post__in=scope.post_ids) | Q(post__office_id__in=headed) | leaving)

    def unsettled(self) -> Self:
        return self.filter(settled_at__isnull=True)


class Handover(models.Model):
    """What was open on a post on the day it passed on, and who signed for it (দায়িত্ব হস্তান্তর).

    `outgoing` is the holding that ended, `incoming` the one that began; either may be missing: a
    new post has had nobody, a vacant one has nobody yet. `content` is the list as it was when it
    was settled (duties.handover), empty before. It is settled when both have signed, or the head.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    outgoing = models.ForeignKey(
        PostHolding, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    incoming = models.ForeignKey(
        PostHolding, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    happens_on = models.DateField(_("দায়িত্ব হস্তান্তরের তারিখ"))
    note = models.TextField(_("পরবর্তীজনের জন্য কথা"), blank=True)
    content = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = person()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = person()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = person()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[HandoverQuerySet] = HandoverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("দায়িত্ব হস্তান্তর")
        verbose_name_plural = _("দায়িত্ব হস্তান্তর")
        ordering = ("-happens_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(settled_at__isnull=True),
                name="handover_one_open_per_post",
            ),
            models.CheckConstraint(
                name="handover_settled_with_content",
                condition=Q(settled_at__isnull=True) | Q(content__isnull=False),
            ),
            stamp("handover", "given"),
            stamp("handover", "taken"),
            stamp("handover", "settled"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.happens_on}"

    def get_absolute_url(self) -> str:
        return reverse("duties:handover_detail", args=[self.pk])
