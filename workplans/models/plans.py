"""Plans of a period, and the subjects their tasks stand under."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Office

from ..enums import SENT, PeriodKind, PlanForm, PlanStatus
from ..periods import Period

if TYPE_CHECKING:
    from teams.models import Viewer

    from .tasks import TaskQuerySet

HISTORY_DAYS = 365
LONGEST_LINE = 500  # characters of a subject and of a date cell
# A revision somebody is still working on, or that waits for the head.
OPEN_REVISION = (PlanStatus.DRAFT, PlanStatus.RETURNED, PlanStatus.SUBMITTED)


class WorkPlanQuerySet(models.QuerySet["WorkPlan"]):
    def visible_to(self, user: Viewer) -> Self:
        """All of one's own office's plans; of offices below, what was submitted."""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        return self.filter(
            Q(office_id__in=scope.team_office_ids) | (scope.below("office__") & Q(status__in=SENT))
        )

    def own_of(self, user: Viewer) -> Self:
        """Plans of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def for_period(self, period: Period) -> Self:
        return self.filter(starts_on=period.starts_on, ends_on=period.ends_on)

    def covering(self, day: date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def alive(self, today: date) -> Self:
        """Plans somebody still owes something on: not closed, and not ended over a year ago.

        An office brings its old plans in for the record; they must not fill the list of duties.
        """
        ended_long_ago = Q(ends_on__lt=today - timedelta(days=HISTORY_DAYS))
        return self.exclude(status=PlanStatus.CLOSED).exclude(ended_long_ago)

    def with_counts(self, today: date) -> Self:
        """Annotate task_count, done_count and late_count in the same query."""
        from .tasks import Task

        tasks = Task.everything.filter(plan=OuterRef("pk")).kept().with_progress()

        def count(rows: TaskQuerySet) -> models.Expression:
            of_plan = rows.order_by().values("plan").annotate(n=models.Count("pk")).values("n")
            return models.functions.Coalesce(Subquery(of_plan), 0)

        return self.annotate(
            task_count=count(tasks),
            done_count=count(tasks.done()),
            late_count=count(tasks.late(today)),
        )


class StandingPlans(models.Manager.from_queryset(WorkPlanQuerySet)):  # type: ignore[misc]
    """The plans of the offices, without the revisions that are being written of them."""

    def get_queryset(self) -> WorkPlanQuerySet:
        found: WorkPlanQuerySet = super().get_queryset().filter(revises__isnull=True)
        return found


class WorkPlan(models.Model):
    """An office's yearly plan of innovation work (বাৎসরিক কর্মপরিকল্পনা).

    An approved plan is changed only by a revision: a row of its own that `revises` the plan, with
    copies of its tasks, and goes the same way of submission and approval. When it is approved,
    its words are written into the plan, whose tasks keep their numbers, progress and decisions;
    what the plan said before stands in its snapshots. `objects` are the plans of offices, also
    for the other rooms; `everything` has the revisions as well.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="workplans", verbose_name=_("দপ্তর")
    )
    period_kind = models.CharField(_("সময়কালের ধরন"), max_length=10, choices=PeriodKind)
    starts_on = models.DateField(_("সময়কালের শুরু"))
    ends_on = models.DateField(_("সময়কালের শেষ"))
    form = models.CharField(_("ছাপার ছক"), max_length=10, choices=PlanForm, default=PlanForm.PROGRESS)
    revision = models.PositiveSmallIntegerField(_("সংস্করণ"), default=1)
    revises = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("যে পরিকল্পনার সংশোধন"),
    )
    reason = models.TextField(_("সংশোধনের কারণ"), blank=True)
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = person()
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = person()
    return_reason = models.TextField(_("ফেরতের কারণ"), blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = person()
    # Where it was approved: the monthly coordination meeting (duty 2 of the gazette of 2023).
    meeting_on = models.DateField(_("সমন্বয় সভার তারিখ"), null=True, blank=True)
    approval_reference = models.CharField(_("সভার সূত্র বা স্মারক"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = person()

    # The first is the one that related managers use: a revision finds its own tasks.
    everything: ClassVar[WorkPlanQuerySet] = WorkPlanQuerySet.as_manager()  # type: ignore[assignment]
    objects: ClassVar[WorkPlanQuerySet] = StandingPlans()

    class Meta:
        verbose_name = _("কর্মপরিকল্পনা")
        verbose_name_plural = _("কর্মপরিকল্পনা")
        ordering = ("-starts_on", "office__path", "-revision")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "starts_on", "ends_on"],
                condition=Q(revises__isnull=True),
                name="workplan_one_per_office_period",
            ),
            models.UniqueConstraint(
                fields=["revises"],
                condition=Q(status__in=OPEN_REVISION),
                name="workplan_one_open_revision",
            ),
            models.CheckConstraint(
                name="workplan_revision_has_reason",
                condition=Q(revises__isnull=True) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="workplan_only_revision_withdrawn",
                condition=Q(revises__isnull=False) | ~Q(status=PlanStatus.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="workplan_approved_in_meeting",
                condition=Q(approved_at__isnull=True) | Q(meeting_on__isnull=False),
            ),
            models.CheckConstraint(
                name="workplan_period_in_order", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="workplan_status_known", condition=Q(status__in=PlanStatus.values)
            ),
            stamp("workplan", "submitted"),
            stamp("workplan", "returned"),
            stamp("workplan", "approved"),
            stamp("workplan", "withdrawn"),
            stamp("workplan", "closed"),
        ]
        indexes = [models.Index(fields=["status", "starts_on"], name="workplan_status_start")]

    def __str__(self) -> str:
        return f"{self.office} — {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("workplans:detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.period_kind, self.starts_on, self.ends_on)  # type: ignore[arg-type]

    @property
    def is_revision(self) -> bool:
        return self.revises_id is not None


class Subject(models.Model):
    """A heading (বিষয়) under which the tasks of a plan stand; empty for forms without one."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="subjects")
    name = models.CharField(_("বিষয়"), max_length=LONGEST_LINE, blank=True)
    position = models.PositiveIntegerField()
    # What the objective counts for in the scored form, of 100.
    weight = models.DecimalField(
        _("উদ্দেশ্যের মান"), max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("বিষয়")
        verbose_name_plural = _("বিষয়")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="subject_name_unique_in_plan"),
            models.CheckConstraint(
                name="subject_weight_range",
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name
