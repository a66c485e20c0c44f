"""An approved idea tried out in one place: its plan, what it measures, who looks after it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Post
from workplans.models import Task

from ..enums import (
    PILOT_TRANSITIONS,
    MeasureKind,
    MeasureUnit,
    PilotStatus,
)
from .ideas import LONGEST_NAME, Idea
from .replications import Replication

if TYPE_CHECKING:
    from teams.models import Viewer

LONGEST_PLACE = 300
PILOT_STAMPS = [step.stamp for step in PILOT_TRANSITIONS]


class PilotQuerySet(models.QuerySet["Pilot"]):
    def visible_to(self, user: Viewer) -> Self:
        """Pilots of the ideas of one's own team."""
        return self.filter(idea__in=Idea.objects.own_of(user))


class Pilot(models.Model):
    """The trial of an approved idea (পাইলট); duty 13 of the gazette of 16 November 2023."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="pilot")
    status = models.CharField(max_length=12, choices=PilotStatus, default=PilotStatus.PLANNED)
    place = models.CharField(_("পাইলটের স্থান"), max_length=LONGEST_PLACE, blank=True)
    starts_on = models.DateField(_("শুরু"), null=True, blank=True)
    ends_on = models.DateField(_("শেষ"), null=True, blank=True)
    owner_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("দায়িত্বপ্রাপ্ত পদ"),
    )
    mentor = models.CharField(_("মেন্টর"), max_length=LONGEST_NAME, blank=True)
    budget = models.PositiveBigIntegerField(_("বাজেট (টাকা)"), null=True, blank=True)
    budget_source = models.CharField(_("অর্থের উৎস"), max_length=LONGEST_NAME, blank=True)
    expected = models.TextField(_("প্রত্যাশিত ফলাফল"), blank=True)
    people_per_year = models.PositiveBigIntegerField(_("বছরে সেবাগ্রহীতা (জন)"), null=True, blank=True)
    people_source = models.CharField(_("সংখ্যাটির উৎস"), max_length=300, blank=True)
    results = models.TextField(_("ফলাফল"), blank=True)
    lessons = models.TextField(_("যা শেখা গেল"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = person()
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = person()
    halted_at = models.DateTimeField(null=True, blank=True)
    halted_by = person()

    objects: ClassVar[PilotQuerySet] = PilotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পাইলট")
        verbose_name_plural = _("পাইলট")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="pilot_status_known", condition=Q(status__in=PilotStatus.values)
            ),
            models.CheckConstraint(
                name="pilot_dates_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="pilot_stopped_with_lessons",
                condition=~Q(status=PilotStatus.STOPPED) | ~Q(lessons=""),
            ),
            models.CheckConstraint(
                name="pilot_succeeded_with_results",
                condition=~Q(status=PilotStatus.SUCCEEDED) | ~Q(results=""),
            ),
            stamp("pilot", "updated"),
            *(stamp("pilot", name) for name in PILOT_STAMPS),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("ideas:pilot_detail", args=[self.pk])


class Measure(models.Model):
    """What one delivery of the service takes before and after: a row of the TCV table.

    Belongs to a pilot or to a replication, one of the two. The values are in `unit`, per person
    served.
    """

    pilot = models.ForeignKey(
        Pilot, on_delete=models.CASCADE, null=True, blank=True, related_name="measures"
    )
    replication = models.ForeignKey(
        Replication, on_delete=models.CASCADE, null=True, blank=True, related_name="measures"
    )
    kind = models.CharField(max_length=8, choices=MeasureKind)
    unit = models.CharField(max_length=8, choices=MeasureUnit)
    before = models.DecimalField(_("আগে"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("পরে"), max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("কীভাবে মাপা হলো"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("পরিমাপ")
        verbose_name_plural = _("পরিমাপ")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "kind"],
                condition=Q(pilot__isnull=False),
                name="measure_once_per_pilot",
            ),
            models.UniqueConstraint(
                fields=["replication", "kind"],
                condition=Q(replication__isnull=False),
                name="measure_once_per_replication",
            ),
            models.CheckConstraint(
                name="measure_of_one_thing",
                condition=Q(pilot__isnull=False, replication__isnull=True)
                | Q(pilot__isnull=True, replication__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_kind_known", condition=Q(kind__in=MeasureKind.values)
            ),
            models.CheckConstraint(
                name="measure_unit_fits_kind",
                condition=Q(kind=MeasureKind.TIME, unit__in=["minute", "hour", "day"])
                | Q(kind=MeasureKind.COST, unit="taka")
                | Q(kind=MeasureKind.VISITS, unit="visit"),
            ),
            models.CheckConstraint(
                name="measure_not_negative",
                condition=Q(before__gte=0) & (Q(after__isnull=True) | Q(after__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.before} → {self.after}"


class Risk(models.Model):
    """What could go wrong with a pilot, and what is done about it."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="risks")
    text = models.CharField(_("ঝুঁকি"), max_length=300)
    mitigation = models.TextField(_("মোকাবিলার উপায়"), blank=True)
    is_over = models.BooleanField(_("কেটে গেছে"), default=False)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("ঝুঁকি")
        verbose_name_plural = _("ঝুঁকি")
        ordering = ("is_over", "pk")
        constraints = [models.CheckConstraint(name="risk_text_given", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text


class Visit(models.Model):
    """Somebody went to see the pilot (পরিদর্শন)."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("পরিদর্শনের তারিখ"))
    visitor = models.CharField(_("পরিদর্শক"), max_length=LONGEST_NAME)
    notes = models.TextField(_("যা দেখা গেল"))
    advice = models.TextField(_("পরামর্শ"), blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    class Meta:
        verbose_name = _("পরিদর্শন")
        verbose_name_plural = _("পরিদর্শন")
        ordering = ("-visited_on", "-pk")
        constraints = [models.CheckConstraint(name="visit_notes_given", condition=~Q(notes=""))]

    def __str__(self) -> str:
        return f"{self.visited_on}: {self.visitor}"


class LinkedTask(models.Model):
    """A task of the work plan that carries out a pilot or a replication, one of the two."""

    pilot = models.ForeignKey(
        Pilot, on_delete=models.CASCADE, null=True, blank=True, related_name="linked_tasks"
    )
    replication = models.ForeignKey(
        Replication, on_delete=models.CASCADE, null=True, blank=True, related_name="linked_tasks"
    )
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="idea_link")

    class Meta:
        verbose_name = _("যুক্ত কাজ")
        verbose_name_plural = _("যুক্ত কাজ")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="linkedtask_of_one_thing",
                condition=Q(pilot__isnull=False, replication__isnull=True)
                | Q(pilot__isnull=True, replication__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.task_id)
