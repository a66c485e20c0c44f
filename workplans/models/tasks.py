"""The tasks of a plan: what is to be done, by when, by whom, and where each stands."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.dates import RecurrenceUnit
from teams.columns import person
from teams.models import Post, TermOfReference

from ..enums import TaskState
from ..parts import parts_of
from .plans import LONGEST_LINE, Subject, WorkPlan

if TYPE_CHECKING:
    from teams.models import Viewer

# The cells of a row that an officer types, beside its subject.
TEXT_FIELDS = (
    "title",
    "start_text",
    "end_text",
    "responsible_text",
    "expected_result",
    "measure",
)
AT_RISK_DAYS = 7
AT_RISK_BEHIND = 30  # percentage points by which progress may lag behind the elapsed time


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(plan__in=WorkPlan.everything.visible_to(user))

    def kept(self) -> Self:
        """Without the deleted ones."""
        return self.filter(deleted_at__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("subject__position", "subject_id", "position", "pk")

    def with_progress(self, until: date | None = None) -> Self:
        """Annotate `percent` (latest known, 0–100 or None) and `last_progress_text`.

        Of a task with parts, `percent` is the mean of what was last reported of each, or what was
        last reported of the whole if that is more; `whole_percent` is the latter alone. With
        `until`, as they stood at the end of that day.
        """
        from .progress import ProgressEntry

        entries = ProgressEntry.objects.filter(task=_reported_on()).order_by("-on", "-pk")
        if until is not None:
            entries = entries.filter(on__lte=until)
        return self.annotate(
            whole_percent=Subquery(entries.exclude(percent=None).values("percent")[:1]),
            last_progress_on=Subquery(entries.values("on")[:1]),
            last_progress_text=Subquery(entries.exclude(text="").values("text")[:1]),
        ).annotate(
            percent=Case(
                When(part_count=0, then=F("whole_percent")),
                default=_more_of(F("whole_percent"), _mean_of_parts(until)),
                output_field=models.IntegerField(),
            )
        )

    def with_posts(self, today: date) -> Self:
        """Prefetch the responsible posts with whoever holds them."""
        return self.prefetch_related(
            Prefetch("responsible", queryset=Post.objects.with_holders(today))
        )

    def done(self) -> Self:
        """Needs with_progress()."""
        return self.filter(percent=100)

    def undone(self) -> Self:
        """Needs with_progress()."""
        return self.filter(Q(percent=None) | Q(percent__lt=100))

    def late(self, today: date) -> Self:
        """Something is past its day and not reported done; needs with_progress()."""
        return self.undone().filter(Q(due_on__lt=today) | Q(due_on__isnull=True, ends_on__lt=today))

    def responsibility_of(self, post_ids: list[int]) -> Self:
        mine = Task.responsible.through.objects.filter(post_id__in=post_ids)
        return self.filter(pk__in=mine.values("task_id"))


# For databases do not agree which is greater, a number or nothing.
_NOTHING = Value(-1)


def _reported_on() -> models.Expression:
    """The task on which progress is reported: of a copy in a revision, the plan's own."""
    return Coalesce(OuterRef("revises"), OuterRef("pk"), output_field=models.BigIntegerField())


def _mean_of_parts(until: date | None) -> models.Expression:
    """The mean of the latest per cents of a task's parts, rounded down; _NOTHING without any.

    A part that was reported before its day was changed is no part any more. So that it never
    makes up for one that is still due, less than everything is said while something is.
    """
    from .progress import ProgressEntry

    told = ProgressEntry.objects.exclude(part="").exclude(part_percent=None)
    if until is not None:
        told = told.filter(on__lte=until)
    later = told.filter(task=OuterRef("task"), part=OuterRef("part")).filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
    )
    of_task = told.filter(~Exists(later), task=_reported_on()).order_by().values("task")
    total = Subquery(of_task.annotate(total=Sum("part_percent")).values("total"))
    is_due = Q(due_on__isnull=False) if until is None else Q(pk__in=[])
    most = Case(When(is_due, then=Value(99)), default=Value(100))
    return Least(Coalesce(total / F("part_count"), _NOTHING), most)


def _more_of(one: models.F, other: models.Expression) -> models.Expression:
    """The greater of two per cents; None if there is neither."""
    return NullIf(Greatest(Coalesce(one, _NOTHING), other), _NOTHING)


class StandingTasks(models.Manager.from_queryset(TaskQuerySet)):  # type: ignore[misc]
    """Tasks of the offices' plans, without the copies that a revision is written on."""

    def get_queryset(self) -> TaskQuerySet:
        found: TaskQuerySet = super().get_queryset().filter(plan__revises__isnull=True)
        return found


class Task(models.Model):
    """One planned piece of work (গৃহীতব্য কাজ).

    `start_text` and `end_text` are the words of the two date cells as written; `starts_on` and
    `ends_on` are what is certain of them. `version` grows with each save, so that a save made
    from an old copy is noticed.

    `part_count` and `due_on` are computed with the schedule: how many occurrences or sub-steps
    the work has (0: it is one piece), and the first day by which something not yet reported is
    due. `objects` and `everything` differ as those of WorkPlan do.
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
    terms = models.ManyToManyField(
        TermOfReference, related_name="tasks", blank=True, verbose_name=_("কার্যপরিধি")
    )
    part_count = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    # In a revision: the row of the plan that this one is a copy of; None for a new row.
    revises = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    # The task of an earlier plan that is carried on here, with its history.
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("যে কাজ থেকে আনা"),
    )
    # Doubts of the import that nobody has settled yet: [{"field": …, "reason": …}]
    doubts = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The new row's own number: the same row sent twice on a bad line makes one task.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = person()

    everything: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]
    objects: ClassVar[TaskQuerySet] = StandingTasks()

    # Set by with_progress()
    percent: int | None
    whole_percent: int | None
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
            models.UniqueConstraint(fields=["plan", "revises"], name="task_one_copy_per_revision"),
        ]
        indexes = [
            models.Index(fields=["plan", "deleted_at", "position"], name="task_plan_order"),
            models.Index(fields=["ends_on"], name="task_ends_on"),
            models.Index(fields=["due_on"], name="task_due_on"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workplans:task_detail", args=[self.pk])

    @property
    def reported_on_id(self) -> int:
        """The number of the task on which progress is reported: of a copy, the plan's own."""
        return int(self.revises_id or self.pk)

    @property
    def schedule_text(self) -> str:
        """The words of both date cells, as one phrase."""
        return " – ".join(text for text in (self.start_text, self.end_text) if text)

    @property
    def has_dates(self) -> bool:
        return self.starts_on is not None or self.ends_on is not None

    @property
    def next_due(self) -> date | None:
        """The first day by which something is due; of finished work its last day."""
        return self.due_on or self.ends_on

    @property
    def late_days(self) -> int:
        """Days past the day by which something is due; 0 when it is not past."""
        return self.late_days_on(timezone.localdate())

    def late_days_on(self, day: date) -> int:
        return max(0, (day - self.next_due).days) if self.next_due else 0

    def next_occurrence(self, today: date) -> date | None:
        """The next due day of a recurring task, within its plan's period."""
        if not self.recurrence:
            return None
        days = (part.due_on for part in parts_of(self))
        return min((day for day in days if day and day >= today), default=None)

    def state(self, today: date) -> TaskState:
        """Where the task stands; needs with_progress().

        Late and at risk look at the first part that is not reported done. At risk: it runs, and
        either seven days or fewer are left, or the progress of undivided work lags more than
        thirty points behind the share of the time that has passed.
        """
        percent, due = self.percent or 0, self.next_due
        if percent >= 100:
            return TaskState.DONE
        if due and due < today:
            return TaskState.LATE
        if self.starts_on and self.starts_on > today and not percent:
            return TaskState.UPCOMING
        if due is None:
            return TaskState.RUNNING if percent or self.recurrence else TaskState.UNDATED
        if (due - today).days <= self._risk_days or self._lags(percent, today):
            return TaskState.AT_RISK
        return TaskState.RUNNING

    @property
    def _risk_days(self) -> int:
        """What is due every week would always be at risk."""
        return 1 if self.recurrence.startswith(f"{RecurrenceUnit.WEEK}/1/") else AT_RISK_DAYS

    def _lags(self, percent: int, today: date) -> bool:
        """Whether progress lags behind the time that has passed; parts have days of their own."""
        if self.part_count or not (self.starts_on and self.ends_on):
            return False
        if self.starts_on >= self.ends_on:
            return False
        elapsed = 100 * (today - self.starts_on).days / (self.ends_on - self.starts_on).days
        return elapsed - percent > AT_RISK_BEHIND
