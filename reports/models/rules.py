"""What changes by gazette or circular: the year that is reported on, the parts, the checklist."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models import in_bengali
from teams.rules import DatedRule, in_order
from workplans.enums import PeriodKind

from ..enums import ReportKind, SectionKey


class DatedQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """The rows that count on that day."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class ReportingYear(DatedRule):
    """Whether a kind of report is about calendar or fiscal years, for periods from a day on."""

    kind = models.CharField(max_length=12, choices=ReportKind, default=ReportKind.ANNUAL)
    period_kind = models.CharField(_("বছরের ধরন"), max_length=10, choices=PeriodKind)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদনের বছর")
        verbose_name_plural = _("প্রতিবেদনের বছর")
        ordering = ("kind", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="reportingyear_one_per_start"
            ),
            in_order("reportingyear"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_period_kind_display()}"


class SectionRule(DatedRule):
    """One part of a kind of report, for periods that end while the rule is in force."""

    kind = models.CharField(max_length=12, choices=ReportKind)
    section = models.CharField(max_length=16, choices=SectionKey)
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(_("না থাকলে পাঠানো যাবে না"), default=False)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদনের অংশ")
        verbose_name_plural = _("প্রতিবেদনের অংশ")
        ordering = ("kind", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "section", "valid_from"], name="sectionrule_one_per_start"
            ),
            in_order("sectionrule"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_section_display()}"


class ReviewCriterion(DatedRule):
    """One question of the reviewer's checklist, with the points it is worth."""

    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name_bn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    help_bn = models.CharField(max_length=400, blank=True)
    help_en = models.CharField(max_length=400, blank=True)
    points = models.PositiveSmallIntegerField(_("পূর্ণমান"))

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পর্যালোচনার প্রশ্ন")
        verbose_name_plural = _("পর্যালোচনার প্রশ্ন")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"], name="reviewcriterion_one_per_start"
            ),
            models.CheckConstraint(name="reviewcriterion_has_points", condition=Q(points__gt=0)),
            in_order("reviewcriterion"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_bn if in_bengali() else self.name_en

    @property
    def help(self) -> str:
        return self.help_bn if in_bengali() else self.help_en
