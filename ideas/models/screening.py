"""How ideas are weighed: criteria as dated rules, rounds of scoring, and the members' marks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.language import in_bengali
from teams.models import Post
from teams.rules import DatedRule, in_order

from .ideas import Idea

if TYPE_CHECKING:
    from teams.models import Viewer

MOST_POINTS = 5


class CriteriaQuerySet(models.QuerySet["Criteria"]):
    def in_force(self, day: date) -> Criteria:
        """The criteria of a day; of two that cover it, the later. Raises Criteria.DoesNotExist."""
        covering = self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )
        return covering.latest("valid_from")


class Criteria(DatedRule):
    """One set of criteria with weights (বাছাইয়ের মানদণ্ড), in force from a day to a day.

    No order fixes them; the set that comes with the system is its own proposal, in the terms the
    field uses (time, cost and visits of a service), and a circular replaces it by another row.
    """

    objects: ClassVar[CriteriaQuerySet] = CriteriaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("বাছাইয়ের মানদণ্ড")
        verbose_name_plural = _("বাছাইয়ের মানদণ্ড")
        ordering = ("valid_from",)
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="criteria_one_per_start"),
            in_order("criteria"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.source}"


class Criterion(models.Model):
    """One thing an idea is weighed by; the weights of a set add up to 100."""

    criteria = models.ForeignKey(Criteria, on_delete=models.CASCADE, related_name="criterion_set")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    name_bn = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    help_bn = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("মানদণ্ড")
        verbose_name_plural = _("মানদণ্ড")
        ordering = ("criteria", "position")
        constraints = [
            models.UniqueConstraint(fields=["criteria", "key"], name="criterion_once_in_a_set"),
            models.CheckConstraint(
                name="criterion_weight_is_percent",
                condition=Q(weight__gte=1, weight__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_bn if in_bengali() else self.name_en

    @property
    def help(self) -> str:
        return self.help_bn if in_bengali() else self.help_en


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def visible_to(self, user: Viewer) -> Self:
        """Rounds about the ideas of one's own team."""
        return self.filter(idea__in=Idea.objects.own_of(user))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def current(self) -> Self:
        """Rounds that count for what the idea waits for now; of one life there is only one.

        What was scored before a refusal was said of the idea as it was then: after an appeal the
        team scores anew. A round cut short before anybody had finished said nothing.
        """
        done = Score.objects.done().filter(screening=OuterRef("pk"))
        return self.filter(
            Q(idea__declined_at__isnull=True) | Q(opened_at__gte=F("idea__declined_at")),
            Q(closed_at__isnull=True) | Exists(done),
        )


class Screening(models.Model):
    """One round of scoring of an idea (যাচাই-বাছাই); an appeal opens another.

    While it is open nobody sees another's marks; closing shows them all at once.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="screenings")
    round = models.PositiveSmallIntegerField(default=1)
    criteria = models.ForeignKey(Criteria, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = person()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = person()

    objects: ClassVar[ScreeningQuerySet] = ScreeningQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("যাচাই-বাছাই")
        verbose_name_plural = _("যাচাই-বাছাই")
        ordering = ("-round",)
        constraints = [
            models.UniqueConstraint(fields=["idea", "round"], name="screening_round_once"),
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(closed_at__isnull=True),
                name="screening_one_open_per_idea",
            ),
            stamp("screening", "closed"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} ({self.round})"


class ScoreQuerySet(models.QuerySet["Score"]):
    def visible_to(self, user: Viewer) -> Self:
        """One's own at any time; what others stood by, once the round is closed."""
        if not user.is_authenticated:
            return self.none()
        shown = Q(screening__closed_at__isnull=False, done_at__isnull=False)
        own_rounds = self.filter(screening__in=Screening.objects.visible_to(user))
        return own_rounds.filter(Q(scorer=user) | shown)

    def done(self) -> Self:
        return self.filter(done_at__isnull=False)


class Score(models.Model):
    """What one member thinks of an idea in one round; `done_at` is when they stood by it.

    The record of who did what says that somebody scored, never how: the marks are here alone.
    """

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="scores")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("মন্তব্য"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScoreQuerySet] = ScoreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("নম্বর")
        verbose_name_plural = _("নম্বর")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["screening", "scorer"], name="score_once_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.screening_id}: {self.scorer_id}"


class Mark(models.Model):
    """The points, 0 to MOST_POINTS, that a score gives for one criterion."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("মানদণ্ডের নম্বর")
        verbose_name_plural = _("মানদণ্ডের নম্বর")
        ordering = ("criterion__position",)
        constraints = [
            models.UniqueConstraint(fields=["score", "criterion"], name="mark_once_per_criterion"),
            models.CheckConstraint(
                name="mark_points_in_range", condition=Q(points__gte=0, points__lte=MOST_POINTS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
