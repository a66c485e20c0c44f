"""Reminders as dated rules, and who has been reminded of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.models import Letter
from teams.enums import DueKind
from teams.rules import DatedRule, in_order

from .enums import Reach

LONGEST_MATTER = 80


class ReminderRule(DatedRule):
    """How many days after its due date (before it: negative) something owed is reminded of, and
    how far up the reminder goes.

    No order fixes such days; the rows that come with the system are its own proposal, and an
    office order may replace them.
    """

    kind = models.CharField(_("কী"), max_length=20, choices=DueKind)
    offset_days = models.SmallIntegerField(_("শেষ তারিখের কত দিন পরে (আগে হলে ঋণাত্মক)"))
    reaches = models.CharField(_("যাঁদের কাছে যায়"), max_length=10, choices=Reach, default=Reach.OWNER)

    class Meta:
        verbose_name = _("মনে করিয়ে দেওয়ার নিয়ম")
        verbose_name_plural = _("মনে করিয়ে দেওয়ার নিয়ম")
        ordering = ("kind", "offset_days", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "offset_days", "valid_from"], name="reminderrule_one_per_start"
            ),
            models.CheckConstraint(
                name="reminderrule_kind_known", condition=Q(kind__in=DueKind.values)
            ),
            models.CheckConstraint(
                name="reminderrule_reach_known", condition=Q(reaches__in=Reach.values)
            ),
            in_order("reminderrule"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.offset_days:+}"


class Reminder(models.Model):
    """One person was told of one matter, for one offset from one due date.

    `matter` is the key of what is owed (`duties.matters.Matter.key`), such as
    "annual_report:12:2026-07-01" or "decision:345". A due date that was put off begins anew;
    whoever takes over the post is told anew. `letter` is the day's letter that said so, with all
    else this person had to hear that day.
    """

    matter = models.CharField(max_length=LONGEST_MATTER)
    due_on = models.DateField()
    offset_days = models.SmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="reminders")

    class Meta:
        verbose_name = _("মনে করিয়ে দেওয়া")
        verbose_name_plural = _("মনে করিয়ে দেওয়া")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "due_on", "offset_days", "person"],
                name="reminder_told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} → {self.person_id} ({self.offset_days:+})"
