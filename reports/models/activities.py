"""What an office did that has no other record: trainings, workshops, visits, circles."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import StoredDocument
from teams.columns import person, stamp
from teams.models import Office
from workplans.models import Task
from workplans.periods import Period

from ..enums import ActivityKind

if TYPE_CHECKING:
    from teams.models import Viewer


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team's own; others read of them in the report that was sent."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def kept(self) -> Self:
        """Without the removed ones."""
        return self.filter(removed_at__isnull=True)

    def in_period(self, period: Period) -> Self:
        """Those that began within the period."""
        return self.filter(held_on__gte=period.starts_on, held_on__lte=period.ends_on)


class Activity(models.Model):
    """One thing an office did on a day (কার্যক্রম), to be counted in its report.

    What each kind uses: trainings, workshops and circles count `batches`, `participants` and
    `women` among them; social media counts `quantity` (posts, answers); funding has an `amount`
    in taka.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("ধরন"), max_length=12, choices=ActivityKind)
    title = models.CharField(_("বিষয়"), max_length=300)
    held_on = models.DateField(_("তারিখ"))
    ends_on = models.DateField(_("শেষ দিন"), null=True, blank=True)
    place = models.CharField(_("স্থান"), max_length=300, blank=True)
    batches = models.PositiveIntegerField(_("ব্যাচ"), default=1)
    participants = models.PositiveIntegerField(_("অংশগ্রহণকারী (জন)"), null=True, blank=True)
    women = models.PositiveIntegerField(_("তাঁদের মধ্যে নারী (জন)"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("সংখ্যা"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("টাকা"), null=True, blank=True)
    partner = models.CharField(_("আয়োজক, প্রশিক্ষক বা অর্থের উৎস"), max_length=300, blank=True)
    result = models.TextField(_("ফলাফল"), blank=True)
    link = models.URLField(_("ওয়েব ঠিকানা"), blank=True)
    task = models.ForeignKey(
        Task,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("কর্মপরিকল্পনার কাজ"),
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = person()

    objects: ClassVar[ActivityQuerySet] = ActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কার্যক্রম")
        verbose_name_plural = _("কার্যক্রম")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="activity_kind_known", condition=Q(kind__in=ActivityKind.values)
            ),
            models.CheckConstraint(name="activity_title_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="activity_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("held_on")),
            ),
            models.CheckConstraint(
                name="activity_women_among_participants",
                condition=Q(women__isnull=True)
                | Q(participants__isnull=False, women__lte=F("participants")),
            ),
            stamp("activity", "updated"),
            stamp("activity", "removed"),
        ]
        indexes = [models.Index(fields=["office", "held_on"], name="activity_office_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:activity_detail", args=[self.pk])


class ActivityPictureQuerySet(models.QuerySet["ActivityPicture"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(activity__in=Activity.objects.visible_to(user).kept())


class ActivityPicture(models.Model):
    """A picture of an activity; its bytes are as `teams.uploads` cleaned them."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="pictures")
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("ছবির কথা"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    objects: ClassVar[ActivityPictureQuerySet] = ActivityPictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কার্যক্রমের ছবি")
        verbose_name_plural = _("কার্যক্রমের ছবি")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "document"], name="activitypicture_once_per_activity"
            )
        ]

    def __str__(self) -> str:
        return self.caption
