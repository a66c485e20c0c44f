"""What was achieved on a task by a day, with what proves it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person
from teams.models import Post

from ..parts import Reported
from .scores import Indicator
from .tasks import Task

if TYPE_CHECKING:
    from teams.models import Viewer

    from .plans import WorkPlan

LONGEST_PART = 12
LONGEST_ACHIEVED = 200


def evidence_path(entry: ProgressEntry, filename: str) -> str:
    """A name that tells nothing; the given name is kept in the row."""
    suffix = filename.rpartition(".")[2].lower()
    return f"evidence/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{suffix}"


class ProgressEntryQuerySet(models.QuerySet["ProgressEntry"]):
    def visible_to(self, user: Viewer) -> Self:
        """Of the rows one may see; what was reported on a deleted row went with it."""
        return self.filter(task__in=Task.objects.visible_to(user).kept())

    def of_plan(self, plan: WorkPlan) -> Self:
        """On a plan's rows; of a revision, on the rows of the plan that it revises."""
        return self.filter(task__plan=plan.revises_id or plan.pk)

    def latest_of_parts(self, until: date | None = None) -> dict[int, dict[str, Reported]]:
        """Of each task, what was last reported of each of its parts (one query).

        With `until`, as it was known at the end of that day.
        """
        told = self.exclude(part="").exclude(part_percent=None).order_by("on", "pk")
        if until is not None:
            told = told.filter(on__lte=until)
        latest: dict[int, dict[str, Reported]] = {}
        for task, part, percent, on in told.values_list("task_id", "part", "part_percent", "on"):
            latest.setdefault(task, {})[part] = Reported(percent, on)
        return latest


class ProgressEntry(models.Model):
    """What was achieved on a task by a day (অগ্রগতি), with what proves it.

    `percent` is of the whole task. An entry about one occurrence or sub-step names it in `part`
    (an ISO day, "2026-08-15", or the letter of the step, "ক") and says in `part_percent` how far
    that part is. An achieved value may be of one `indicator`.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    on = models.DateField(_("তারিখ"), default=timezone.localdate)
    text = models.TextField(_("কী হয়েছে"), blank=True)
    percent = models.PositiveSmallIntegerField(
        _("অগ্রগতি (শতাংশ)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    part = models.CharField(_("কাজের অংশ"), max_length=LONGEST_PART, blank=True)
    part_percent = models.PositiveSmallIntegerField(
        _("অংশের অগ্রগতি (শতাংশ)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=_("সূচক"),
    )
    achieved_value = models.CharField(_("অর্জিত মান"), max_length=LONGEST_ACHIEVED, blank=True)
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

    part_name = ""  # what its part is called, where a page has looked that up

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
                condition=~Q(text="")
                | Q(percent__isnull=False)
                | Q(part_percent__isnull=False)
                | ~Q(achieved_value=""),
            ),
            models.CheckConstraint(
                name="progressentry_part_percent_of_a_part",
                condition=Q(part_percent__isnull=True)
                | (~Q(part="") & Q(part_percent__gte=0, part_percent__lte=100)),
            ),
        ]
        indexes = [models.Index(fields=["task", "-on"], name="progressentry_task_on")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.on}"
