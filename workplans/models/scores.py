"""The scored form: indicators with weights and targets, and what a reviewer makes of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person
from teams.models import Post

from ..enums import Unit
from ..scoring import GRADES
from .tasks import Task

if TYPE_CHECKING:
    from teams.models import Viewer

LONGEST_VALUE = 60
# The cells of an indicator as the form has them; the quarters' targets come after them.
INDICATOR_CELLS = (
    *("name", "unit", "weight", "previous"),
    *(f"target_{grade}" for grade in GRADES),
    "projection",
)


def value(label: Any) -> models.CharField:
    """A number, per cent, day, or yes/no as officers write it; `workplans.scoring` reads it."""
    return models.CharField(label, max_length=LONGEST_VALUE, blank=True)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(task__in=Task.everything.visible_to(user).kept())

    def kept(self) -> Self:
        return self.filter(deleted_at__isnull=True)


class Indicator(models.Model):
    """One performance indicator (কর্মসম্পাদন সূচক) of a task; a task may have several.

    What was achieved is not a column: it is the latest progress entry that names the indicator.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveIntegerField()
    name = models.TextField(_("কর্মসম্পাদন সূচক"))
    unit = models.CharField(_("একক"), max_length=10, choices=Unit, default=Unit.NUMBER)
    weight = models.DecimalField(
        _("সূচকের মান"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    previous = value(_("পূর্ববর্তী অর্জন"))
    target_100 = value(_("অসাধারণ (১০০%)"))
    target_90 = value(_("অতি উত্তম (৯০%)"))
    target_80 = value(_("উত্তম (৮০%)"))
    target_70 = value(_("চলতি মান (৭০%)"))
    target_60 = value(_("চলতি মানের নিম্নে (৬০%)"))
    projection = value(_("প্রক্ষেপণ"))
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # In a revision: the indicator of the plan that this one is a copy of.
    revises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = person()

    objects: ClassVar[IndicatorQuerySet] = IndicatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("সূচক")
        verbose_name_plural = _("সূচক")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="indicator_name_given", condition=~Q(name="")),
            models.CheckConstraint(name="indicator_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="indicator_weight_range",
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=100),
            ),
            models.CheckConstraint(
                name="indicator_deleted_paired",
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def targets(self) -> tuple[str, ...]:
        """The five targets as written, in the order of GRADES."""
        return tuple(getattr(self, f"target_{grade}") for grade in GRADES)


class QuarterTarget(models.Model):
    """What an indicator is to have reached by the end of a quarter of the plan's period.

    Quarters count from the first day of the period; a half-year has two. Targets add up: that of
    the third quarter is for the first three together.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="quarter_targets"
    )
    quarter = models.PositiveSmallIntegerField(_("ত্রৈমাসিক"))
    target = value(_("লক্ষ্যমাত্রা"))

    class Meta:
        verbose_name = _("ত্রৈমাসিক লক্ষ্যমাত্রা")
        verbose_name_plural = _("ত্রৈমাসিক লক্ষ্যমাত্রা")
        ordering = ("quarter",)
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "quarter"], name="quartertarget_one_per_quarter"
            ),
            models.CheckConstraint(
                name="quartertarget_quarter_range", condition=Q(quarter__gte=1, quarter__lte=4)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.target}"


class IndicatorReview(models.Model):
    """What the superior office accepts as achieved, beside the team's own figure."""

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="review")
    achieved = value(_("মূল্যায়নকারীর গৃহীত অর্জন"))
    remark = models.TextField(_("মূল্যায়নকারীর মন্তব্য"), blank=True)
    version = models.PositiveIntegerField(default=1)
    reviewed_at = models.DateTimeField(default=timezone.now)
    reviewed_by = person()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("সূচকের মূল্যায়ন")
        verbose_name_plural = _("সূচকের মূল্যায়ন")

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.achieved}"
