"""Plans, their subjects and tasks, dated progress, and tables waiting to be taken in."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.dates import Recurrence
from teams.columns import person, stamp
from teams.models import Office, Post
from teams.prints import Print

from .enums import SENT, PeriodKind, PlanForm, PlanStatus, TaskState
from .periods import Period

if TYPE_CHECKING:
    from teams.models import Viewer

HISTORY_DAYS = 365
LONGEST_LINE = 500  # characters of a subject and of a date cell
AT_RISK_DAYS = 7
AT_RISK_BEHIND = 30  # percentage points by which progress may lag behind the elapsed time


# --- Plans ---------------------------------------------------------------------------------
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
        tasks = Task.objects.filter(plan=OuterRef("pk")).kept().with_progress()

        def count(rows: TaskQuerySet) -> models.Expression:
            of_plan = rows.order_by().values("plan").annotate(n=models.Count("pk")).values("n")
            return models.functions.Coalesce(Subquery(of_plan), 0)

        return self.annotate(
            task_count=count(tasks),
            done_count=count(tasks.done()),
            late_count=count(tasks.late(today)),
        )


class WorkPlan(models.Model):
    """An office's yearly plan of innovation work (বাৎসরিক কর্মপরিকল্পনা)."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="workplans", verbose_name=_("দপ্তর")
    )
    period_kind = models.CharField(_("সময়কালের ধরন"), max_length=10, choices=PeriodKind)
    starts_on = models.DateField(_("সময়কালের শুরু"))
    ends_on = models.DateField(_("সময়কালের শেষ"))
    form = models.CharField(_("ছাপার ছক"), max_length=10, choices=PlanForm, default=PlanForm.PROGRESS)
    revision = models.PositiveSmallIntegerField(_("সংস্করণ"), default=1)
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
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = person()

    objects: ClassVar[WorkPlanQuerySet] = WorkPlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কর্মপরিকল্পনা")
        verbose_name_plural = _("কর্মপরিকল্পনা")
        ordering = ("-starts_on", "office__path", "-revision")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "starts_on", "ends_on", "revision"],
                name="workplan_one_per_office_period_revision",
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


class Subject(models.Model):
    """A heading (বিষয়) under which the tasks of a plan stand; empty for forms without one."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="subjects")
    name = models.CharField(_("বিষয়"), max_length=LONGEST_LINE, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("বিষয়")
        verbose_name_plural = _("বিষয়")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="subject_name_unique_in_plan")
        ]

    def __str__(self) -> str:
        return self.name


# --- Tasks ---------------------------------------------------------------------------------
class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(plan__in=WorkPlan.objects.visible_to(user))

    def kept(self) -> Self:
        """Without the deleted ones."""
        return self.filter(deleted_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("subject__position", "subject_id", "position", "pk")

    def with_progress(self, until: date | None = None) -> Self:
        """Annotate `percent` (latest known, 0–100 or None) and `last_progress_text`.

        With `until`, as they stood at the end of that day.
        """
        entries = ProgressEntry.objects.filter(task=OuterRef("pk")).order_by("-on", "-pk")
        if until is not None:
            entries = entries.filter(on__lte=until)
        return self.annotate(
            percent=Subquery(entries.exclude(percent=None).values("percent")[:1]),
            last_progress_on=Subquery(entries.values("on")[:1]),
            last_progress_text=Subquery(entries.exclude(text="").values("text")[:1]),
        )

    def with_posts(self, today: date) -> Self:
        """Prefetch the responsible posts with whoever holds them."""
        return self.prefetch_related(
            Prefetch("responsible", queryset=Post.objects.with_holders(today))
        )

    def done(self) -> Self:
        """Needs with_progress()."""
        return self.filter(Q(percent=100))

    def undone(self) -> Self:
        """Needs with_progress()."""
        return self.filter(Q(percent=None) | Q(percent__lt=100))

    def late(self, today: date) -> Self:
        """Needs with_progress()."""
        return self.undone().filter(ends_on__lt=today)

    def responsibility_of(self, post_ids: list[int]) -> Self:
        mine = Task.responsible.through.objects.filter(post_id__in=post_ids)
        return self.filter(pk__in=mine.values("task_id"))


class Task(models.Model):
    """One planned piece of work (গৃহীতব্য কাজ).

    `start_text` and `end_text` are the words of the two date cells as written; `starts_on` and
    `ends_on` are what is certain of them. `version` grows with each save, so that a save made
    from an old copy is noticed.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="tasks")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField()
    title = models.TextField(_("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"))
    start_text = models.CharField(_("শুরুর তারিখ"), max_length=LONGEST_LINE, blank=True)
    end_text = models.CharField(_("সমাপ্তির তারিখ"), max_length=LONGEST_LINE, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=60, blank=True)
    responsible_text = models.TextField(_("দায়িত্বপ্রাপ্ত কর্মকর্তা"), blank=True)
    responsible = models.ManyToManyField(Post, related_name="tasks", blank=True)
    expected_result = models.TextField(_("প্রত্যাশিত ফলাফল"), blank=True)
    measure = models.TextField(_("পরিমাপ"), blank=True)
    # Doubts of the import that nobody has settled yet: [{"field": …, "reason": …}]
    doubts = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The new row's own number: the same row sent twice on a bad line makes one task.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = person()

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    # Set by with_progress()
    percent: int | None
    last_progress_on: date | None
    last_progress_text: str | None

    class Meta:
        verbose_name = _("কাজ")
        verbose_name_plural = _("কাজ")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="task_deleted_paired",
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False),
            ),
            models.CheckConstraint(name="task_title_given", condition=~Q(title="")),
        ]
        indexes = [
            models.Index(fields=["plan", "deleted_at", "position"], name="task_plan_order"),
            models.Index(fields=["ends_on"], name="task_ends_on"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workplans:task_detail", args=[self.pk])

    @property
    def schedule_text(self) -> str:
        """The words of both date cells, as one phrase."""
        return " – ".join(text for text in (self.start_text, self.end_text) if text)

    @property
    def has_dates(self) -> bool:
        return self.starts_on is not None or self.ends_on is not None

    @property
    def late_days(self) -> int:
        """Days past the end date; 0 when it is not past."""
        today = timezone.localdate()
        return max(0, (today - self.ends_on).days) if self.ends_on else 0

    def next_occurrence(self, today: date) -> date | None:
        """The next due day of a recurring task, within its plan's period."""
        if not self.recurrence:
            return None
        recurrence = Recurrence.from_code(self.recurrence)
        # Counted from the plan's first day, whichever day it is: quarters begin where it begins.
        # What is due "in the next month" of the last month lies past the plan and belongs to it.
        months_past = (
            recurrence.start_month_offset if recurrence.start_day else recurrence.end_month_offset
        )
        until = self.plan.ends_on + timedelta(days=31 * months_past)
        days = [
            end or start
            for start, end in recurrence.occurrences(self.plan.starts_on, until)
            if (end or start) is not None
        ]
        return min((day for day in days if day is not None and day >= today), default=None)

    def state(self, today: date) -> TaskState:
        """Where the task stands; needs with_progress().

        At risk: it runs, and either seven days or fewer are left, or progress lags more than
        thirty points behind the share of the time that has passed.
        """
        percent = self.percent or 0
        if percent >= 100:
            return TaskState.DONE
        if self.ends_on and self.ends_on < today:
            return TaskState.LATE
        if self.starts_on and self.starts_on > today and not percent:
            return TaskState.UPCOMING
        if self.ends_on is None:
            return TaskState.RUNNING if percent or self.recurrence else TaskState.UNDATED
        if (self.ends_on - today).days <= AT_RISK_DAYS:
            return TaskState.AT_RISK
        if self.starts_on and self.starts_on < self.ends_on:
            elapsed = 100 * (today - self.starts_on).days / (self.ends_on - self.starts_on).days
            if elapsed - percent > AT_RISK_BEHIND:
                return TaskState.AT_RISK
        return TaskState.RUNNING


def evidence_path(entry: ProgressEntry, filename: str) -> str:
    """A name that tells nothing; the given name is kept in the row."""
    suffix = filename.rpartition(".")[2].lower()
    return f"evidence/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{suffix}"


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def visible_to(self, user: Viewer) -> Self:
        """Of the rows one may see; what was reported on a deleted row went with it."""
        return self.filter(task__in=Task.objects.visible_to(user).kept())


class ProgressEntry(models.Model):
    """What was achieved on a task by a day (অগ্রগতি), with what proves it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    on = models.DateField(_("তারিখ"), default=timezone.localdate)
    text = models.TextField(_("কী হয়েছে"), blank=True)
    percent = models.PositiveSmallIntegerField(
        _("অগ্রগতি (শতাংশ)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    achieved_value = models.CharField(_("অর্জিত মান"), max_length=200, blank=True)
    evidence = models.FileField(_("প্রমাণ (ছবি বা ফাইল)"), upload_to=evidence_path, blank=True)
    evidence_name = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The form's own number: the same form sent twice (a double click, a retry on a bad line)
    # makes one entry.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar[ProgressEntryQuerySet] = ProgressEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("অগ্রগতি")
        verbose_name_plural = _("অগ্রগতি")
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="progressentry_percent_range",
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
            ),
            models.CheckConstraint(
                name="progressentry_says_something",
                condition=~Q(text="") | Q(percent__isnull=False) | ~Q(achieved_value=""),
            ),
        ]
        indexes = [models.Index(fields=["task", "-on"], name="progressentry_task_on")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.on}"


# --- Tables waiting to be taken in ---------------------------------------------------------
class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def visible_to(self, user: Viewer) -> Self:
        """A table not yet taken in is the team's own draft, whatever the plan's state."""
        return self.filter(plan__in=WorkPlan.objects.own_of(user))

    def waiting(self) -> Self:
        return self.filter(applied_at__isnull=True)


class PlanImport(models.Model):
    """A read table on its way into a plan: shown and corrected first, written after.

    `rows` and `skipped` have the shapes of `ImportedPlan.as_json()`.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=255, blank=True)
    rows = models.JSONField()
    skipped = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = person()

    objects: ClassVar[PlanImportQuerySet] = PlanImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ছক আনা")
        verbose_name_plural = _("ছক আনা")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.plan} ← {self.filename or '—'}"

    def get_absolute_url(self) -> str:
        return reverse("workplans:import_detail", args=[self.pk])

    @property
    def doubt_count(self) -> int:
        return sum(len(row["doubts"]) for row in self.rows)


# --- Printed plans -------------------------------------------------------------------------
class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """Of a plan one may see; from outside the team, only prints of what had been sent.

        A draft printed in January stays the team's own when the plan is submitted in February.
        """
        return self.filter(
            Q(plan__in=WorkPlan.objects.own_of(user))
            | Q(plan__in=WorkPlan.objects.visible_to(user), plan_status__in=SENT)
        )


class PlanDocument(Print):
    """A printed state of a plan; `plan_status` is where the plan stood then."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="documents")
    plan_status = models.CharField(max_length=10, choices=PlanStatus)

    objects: ClassVar[PlanDocumentQuerySet] = PlanDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("ছাপার রূপ")
        verbose_name_plural = _("ছাপার রূপ")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fingerprint"], name="plandocument_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.fingerprint[:8]}"


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
