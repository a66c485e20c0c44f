"""What a plan said when it was sent or approved, and what is said about its cells."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Post

from ..enums import SENT, Occasion
from .plans import WorkPlan
from .tasks import Task

if TYPE_CHECKING:
    from teams.models import Viewer


# How a remark names the cell it is about.
CELL_LABELS = {
    "subject": _("বিষয়"),
    "title": _("গৃহীতব্য কাজ"),
    "start_text": _("শুরুর তারিখ"),
    "end_text": _("সমাপ্তির তারিখ"),
    "responsible_text": _("দায়িত্বপ্রাপ্ত কর্মকর্তা"),
    "expected_result": _("প্রত্যাশিত ফলাফল"),
    "measure": _("পরিমাপ"),
}


class PlanSnapshotQuerySet(models.QuerySet["PlanSnapshot"]):
    def visible_to(self, user: Viewer) -> Self:
        """One's own office's all; from above, what was approved.

        What was submitted is read from above on the plan itself while it stands so; a snapshot
        of it may show words that were sent back since.
        """
        return self.filter(
            Q(plan__in=WorkPlan.everything.own_of(user))
            | Q(
                plan__in=WorkPlan.objects.visible_to(user),
                occasion__in=(Occasion.APPROVED, Occasion.DECIDED),
            )
        )

    def approved(self) -> Self:
        """The numbered revisions: what was approved, or added by a settled decision."""
        return self.filter(occasion__in=(Occasion.APPROVED, Occasion.DECIDED))


class PlanSnapshot(models.Model):
    """What a plan or a revision of it said at a step of its life.

    `rows` has the shape of `workplans.snapshots.plan_rows`. What was approved is numbered by
    `revision` and stands for good; snapshots of a submission are what a later one is compared
    with.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="snapshots")
    occasion = models.CharField(_("উপলক্ষ"), max_length=10, choices=Occasion)
    revision = models.PositiveSmallIntegerField(_("সংস্করণ"))
    reason = models.TextField(_("সংশোধনের কারণ"), blank=True)
    meeting_on = models.DateField(_("সমন্বয় সভার তারিখ"), null=True, blank=True)
    reference = models.CharField(_("সভার সূত্র বা স্মারক"), max_length=200, blank=True)
    rows = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = person()

    objects: ClassVar[PlanSnapshotQuerySet] = PlanSnapshotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পরিকল্পনার রূপ")
        verbose_name_plural = _("পরিকল্পনার রূপ")
        ordering = ("-taken_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revision"],
                condition=~Q(occasion=Occasion.SUBMITTED),
                name="plansnapshot_revision_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} r{self.revision} {self.occasion}"


class PlanCommentQuerySet(models.QuerySet["PlanComment"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team's own talk stays with the team; from above one reads what is shared."""
        return self.filter(
            Q(plan__in=WorkPlan.everything.own_of(user))
            | Q(
                plan__in=WorkPlan.everything.visible_to(user).filter(status__in=SENT),
                is_shared=True,
            )
        )

    def of_thread(self, pk: int) -> Self:
        """A remark and the answers to it."""
        return self.filter(Q(pk=pk) | Q(parent=pk))

    def open(self) -> Self:
        """Threads that nobody has settled yet."""
        return self.filter(parent__isnull=True, settled_at__isnull=True)


class PlanComment(models.Model):
    """A remark on a plan, on a row or on one cell of it, and the answers to it.

    `cell` is a name of TEXT_FIELDS, "subject" or "" for the row as a whole. A remark from an
    office above is shared, and so are the answers to it.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="comments")
    task = models.ForeignKey(
        Task, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    cell = models.CharField(_("ঘর"), max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("মন্তব্য"))
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = person()

    objects: ClassVar[PlanCommentQuerySet] = PlanCommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("মন্তব্য")
        verbose_name_plural = _("মন্তব্য")
        ordering = ("created_at", "pk")
        constraints = [
            stamp("plancomment", "settled"),
            models.CheckConstraint(name="plancomment_text_given", condition=~Q(text="")),
            models.CheckConstraint(
                name="plancomment_cell_of_a_row", condition=Q(cell="") | Q(task__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["plan", "task"], name="plancomment_plan_task")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def cell_label(self) -> str:
        return str(CELL_LABELS.get(self.cell, ""))


class CommentMention(models.Model):
    """A post named in a remark; it is on that post's list of duties until it has been seen."""

    comment = models.ForeignKey(PlanComment, on_delete=models.CASCADE, related_name="mentions")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = person()

    class Meta:
        verbose_name = _("উল্লেখ")
        verbose_name_plural = _("উল্লেখ")
        constraints = [
            stamp("commentmention", "seen"),
            models.UniqueConstraint(fields=["comment", "post"], name="commentmention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.post_id}"
