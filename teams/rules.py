"""Rules that change by gazette or circular: each is a row in force from a day to a day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedRule(models.Model):
    """A rule in force from a day to a day, and the order it comes from.

    A new gazette or circular is a new row, never a change of code.
    """

    valid_from = models.DateField(_("যে তারিখ থেকে"))
    valid_to = models.DateField(_("যে তারিখ পর্যন্ত"), null=True, blank=True)
    source = models.CharField(_("সূত্র (প্রজ্ঞাপন বা পরিপত্র)"), max_length=300)

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def in_order(model: str) -> models.CheckConstraint:
    """The constraint, called <model>_period_in_order, that a rule does not end before it begins."""
    return models.CheckConstraint(
        name=f"{model}_period_in_order",
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
    )
