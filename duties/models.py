"""Due dates as dated rules: the day of the year by which something is owed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .enums import DueKind


class DueRuleQuerySet(models.QuerySet["DueRule"]):
    def next_due(self, kind: str, today: date) -> date | None:
        """The next day on which this kind is due, by the rule in force on that day.

        Of two rules that cover a day the later one is in force.
        """
        rules = list(self.filter(kind=kind).order_by("-valid_from"))
        dues = [
            due
            for rule in rules
            for due in (date(year, rule.month, rule.day) for year in (today.year, today.year + 1))
            if due >= today and rule is next((r for r in rules if r.covers(due)), None)
        ]
        return min(dues, default=None)


class DueRule(models.Model):
    """By which day of each year something is owed, and under which order.

    The annual report is due on 31 July by duty 5 of the Cabinet Division's gazette of
    16 November 2023. A new gazette is a new row, never a change of code.
    """

    kind = models.CharField(_("কী"), max_length=20, choices=DueKind)
    month = models.PositiveSmallIntegerField(_("মাস"))
    day = models.PositiveSmallIntegerField(_("দিন"))
    valid_from = models.DateField(_("যে তারিখ থেকে"))
    valid_to = models.DateField(_("যে তারিখ পর্যন্ত"), null=True, blank=True)
    source = models.CharField(_("সূত্র (প্রজ্ঞাপন বা পরিপত্র)"), max_length=300)

    objects: ClassVar[DueRuleQuerySet] = DueRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("সময়সীমার নিয়ম")
        verbose_name_plural = _("সময়সীমার নিয়ম")
        ordering = ("kind", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="duerule_one_per_start"),
            models.CheckConstraint(
                name="duerule_day_exists",
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=28)
                | Q(month__in=[4, 6, 9, 11], day__gte=1, day__lte=30)
                | Q(month__in=[1, 3, 5, 7, 8, 10, 12], day__gte=1, day__lte=31),
            ),
            models.CheckConstraint(
                name="duerule_period_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}/{self.month}"

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
