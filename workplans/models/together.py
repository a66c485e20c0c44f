"""Who is writing where just now, and calendars that follow a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person
from teams.models import Post

from .plans import WorkPlan
from .tasks import Task

if TYPE_CHECKING:
    from teams.models import Viewer


class Presence(models.Model):
    """One person with a plan open, and the row being written. Of no lasting interest."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(
        Task, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("উপস্থিতি")
        verbose_name_plural = _("উপস্থিতি")
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], name="presence_one_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.plan_id}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def own_of(self, user: Viewer) -> Self:
        """The person's own, whoever else held the post."""
        return self.filter(made_for_id=user.pk) if user.is_authenticated else self.none()

    def in_use(self) -> Self:
        return self.filter(ended_at__isnull=True)


class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads the due days of a post.

    Kept is a keyed hash of the secret. It answers only while `made_for` holds the post.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    made_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    secret_hash = models.CharField(max_length=128, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = person()

    objects: ClassVar[CalendarFeedQuerySet] = CalendarFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ক্যালেন্ডারের ঠিকানা")
        verbose_name_plural = _("ক্যালেন্ডারের ঠিকানা")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "made_for"],
                condition=Q(ended_at__isnull=True),
                name="calendarfeed_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.made_for_id}"
