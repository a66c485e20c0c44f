"""A proven initiative in other offices: who took it from whom, and who was asked to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Office

from ..enums import REPLICATION_TRANSITIONS, Answer, ReplicationStatus
from .ideas import Idea

if TYPE_CHECKING:
    from teams.models import Viewer


class ReplicationQuerySet(models.QuerySet["Replication"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those of one's own team, and those others took of one's own team's ideas."""
        if not user.is_authenticated:
            return self.none()
        own = user.scope.team_office_ids
        return self.filter(Q(office_id__in=own) | Q(idea__office_id__in=own))

    def own_of(self, user: Viewer) -> Self:
        """Those that one's own team carries out."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def kept(self) -> Self:
        """All but those that were dropped."""
        return self.exclude(status=ReplicationStatus.DROPPED)

    def in_use(self) -> Self:
        return self.filter(status=ReplicationStatus.IN_USE)


class Replication(models.Model):
    """One office takes over a proven idea (রেপ্লিকেশন).

    `idea` is where it began; `taken_from` the replication it was learnt from, none when it was
    learnt from the first office. Together they are the tree of who took what from whom.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="replications")
    taken_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="replications")
    status = models.CharField(
        max_length=12, choices=ReplicationStatus, default=ReplicationStatus.TAKEN
    )
    starts_on = models.DateField(_("শুরু"), null=True, blank=True)
    ends_on = models.DateField(_("শেষ"), null=True, blank=True)
    adaptations = models.TextField(_("নিজের দপ্তরের জন্য যা বদলানো হলো"), blank=True)
    people_per_year = models.PositiveBigIntegerField(_("বছরে সেবাগ্রহীতা (জন)"), null=True, blank=True)
    people_source = models.CharField(_("সংখ্যাটির উৎস"), max_length=300, blank=True)
    drop_reason = models.TextField(_("বাদ দেওয়ার কারণ"), blank=True)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = person()
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = person()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = person()

    objects: ClassVar[ReplicationQuerySet] = ReplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("রেপ্লিকেশন")
        verbose_name_plural = _("রেপ্লিকেশন")
        ordering = ("taken_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="replication_status_known", condition=Q(status__in=ReplicationStatus.values)
            ),
            models.UniqueConstraint(
                fields=["idea", "office"],
                condition=~Q(status=ReplicationStatus.DROPPED),
                name="replication_once_per_office",
            ),
            models.CheckConstraint(
                name="replication_not_from_itself", condition=~Q(taken_from=F("pk"))
            ),
            models.CheckConstraint(
                name="replication_dropped_with_reason",
                condition=(Q(status=ReplicationStatus.DROPPED) & ~Q(drop_reason=""))
                | (~Q(status=ReplicationStatus.DROPPED) & Q(drop_reason="")),
            ),
            models.CheckConstraint(
                name="replication_dates_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            stamp("replication", "updated"),
            *(stamp("replication", step.stamp) for step in REPLICATION_TRANSITIONS),
        ]
        indexes = [models.Index(fields=["office", "status"], name="replication_office_status")]

    def __str__(self) -> str:
        return f"{self.idea_id} → {self.office_id}"

    def get_absolute_url(self) -> str:
        return reverse("ideas:replication_detail", args=[self.pk])


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those to one's own office and those one's own office made."""
        if not user.is_authenticated:
            return self.none()
        own = user.scope.team_office_ids
        return self.filter(Q(office_id__in=own) | Q(made_for_id__in=own))

    def waiting(self) -> Self:
        return self.filter(answer=Answer.WAITING)


class Recommendation(models.Model):
    """A superior office asks an office below to replicate an idea, by a decision of its meeting.

    `made_for` is the office that recommends; `reference` names its decision.
    """

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="recommendations")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    made_for = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    reference = models.TextField(_("সিদ্ধান্তের সূত্র"))
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING, blank=True)
    refuse_reason = models.TextField(_("না নেওয়ার কারণ"), blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = person()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = person()

    objects: ClassVar[RecommendationQuerySet] = RecommendationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("রেপ্লিকেশনের সুপারিশ")
        verbose_name_plural = _("রেপ্লিকেশনের সুপারিশ")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "office", "made_for"], name="recommendation_once"
            ),
            models.CheckConstraint(
                name="recommendation_answer_known", condition=Q(answer__in=Answer.values)
            ),
            models.CheckConstraint(
                name="recommendation_refused_with_reason",
                condition=(Q(answer=Answer.REFUSED) & ~Q(refuse_reason=""))
                | (~Q(answer=Answer.REFUSED) & Q(refuse_reason="")),
            ),
            stamp("recommendation", "answered"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} → {self.office_id}"
