"""Rules of plans, which change by circular: the usual subjects and tasks, the form of a year."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.enums import Tier
from teams.rules import DatedRule, in_order

from ..enums import PlanForm
from .plans import LONGEST_LINE


class DatedQuerySet(models.QuerySet[models.Model]):
    def covering(self, day: date) -> Self:
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class StandardSubject(models.Model):
    """A subject in common use, offered while typing; changes by circular, hence dated."""

    name = models.CharField(_("বিষয়"), max_length=300)
    valid_from = models.DateField(_("যে তারিখ থেকে"))
    valid_to = models.DateField(_("যে তারিখ পর্যন্ত"), null=True, blank=True)
    source = models.CharField(_("সূত্র (প্রজ্ঞাপন বা পরিপত্র)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("প্রচলিত বিষয়")
        verbose_name_plural = _("প্রচলিত বিষয়")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="standardsubject_unique")
        ]

    def __str__(self) -> str:
        return self.name


class PlanFormRule(DatedRule):
    """The printed form of plans whose period begins while the rule is in force."""

    form = models.CharField(_("ছাপার ছক"), max_length=10, choices=PlanForm)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ছাপার ছকের নিয়ম")
        verbose_name_plural = _("ছাপার ছকের নিয়ম")
        ordering = ("valid_from",)
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="planformrule_unique"),
            models.CheckConstraint(
                name="planformrule_form_known", condition=Q(form__in=PlanForm.values)
            ),
            in_order("planformrule"),
        ]

    def __str__(self) -> str:
        return str(self.get_form_display())


class CommonTask(DatedRule):
    """A task that many offices plan, in ready words to start from.

    `tier` is whose task it is; "" for offices of every tier. The cells are those of a task;
    `term_number` is the term of reference it serves, by its number in the gazette in force.
    """

    tier = models.CharField(_("স্তর"), max_length=10, choices=Tier, blank=True)
    subject = models.CharField(_("বিষয়"), max_length=LONGEST_LINE)
    title = models.TextField(_("গৃহীতব্য কাজ"))
    start_text = models.CharField(_("শুরু"), max_length=LONGEST_LINE, blank=True)
    end_text = models.CharField(_("সমাপ্তি"), max_length=LONGEST_LINE, blank=True)
    responsible_text = models.CharField(_("দায়িত্বপ্রাপ্ত"), max_length=LONGEST_LINE, blank=True)
    expected_result = models.TextField(_("প্রত্যাশিত ফলাফল"), blank=True)
    measure = models.TextField(_("পরিমাপ"), blank=True)
    term_number = models.PositiveSmallIntegerField(_("কার্যপরিধির ক্রম"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রচলিত কাজ")
        verbose_name_plural = _("প্রচলিত কাজ")
        ordering = ("subject", "pk")
        constraints = [in_order("commontask")]

    def __str__(self) -> str:
        return self.title
