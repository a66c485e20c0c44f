"""Decisions, who has to carry them out, and what they report."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from teams.columns import person, stamp
from teams.models import Office, Post, PostGroup
from workplans.models import Task

from ..enums import FOLLOWED, HELD, SENT, DecisionStatus, IdeaEffect, TaskEffect
from .agenda import AgendaItem
from .meetings import LONGEST_LINE, Meeting

if TYPE_CHECKING:
    from teams.models import Viewer


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Viewer) -> Self:
        """Of a meeting one may see; and those one's own office has to carry out, once sent."""
        if not user.is_authenticated:
            return self.none()
        of_meeting = Q(meeting__in=Meeting.objects.visible_to(user))
        addressed = Assignment.objects.filter(
            decision=OuterRef("pk"),
            office_id__in=user.scope.team_office_ids,
            withdrawn_at__isnull=True,
        )
        return self.kept().filter(of_meeting | (Exists(addressed) & Q(meeting__status__in=SENT)))

    def kept(self) -> Self:
        """Without those struck out while the minutes were a draft."""
        return self.filter(removed_at__isnull=True)

    def in_force(self) -> Self:
        """Of settled minutes."""
        return self.kept().filter(meeting__status__in=HELD)

    def followed(self) -> Self:
        """In force, and somebody still owes something."""
        return self.in_force().filter(status__in=FOLLOWED)

    def late(self, today: date) -> Self:
        return self.followed().filter(due_on__lt=today)

    def in_order(self) -> Self:
        return self.order_by("item__position", "item_id", "position", "pk")

    def for_register(self) -> Self:
        """The longest waiting first."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "meeting__held_on", "pk")

    def with_assignments(self, today: date) -> Self:
        """Prefetch who owes what, with the posts, their holders of today and the last report."""
        return self.prefetch_related(
            models.Prefetch(
                "assignments",
                queryset=Assignment.objects.kept()
                .select_related("office")
                .with_last_report()
                .prefetch_related(
                    models.Prefetch("post", queryset=Post.objects.with_holders(today))
                ),
                to_attr="kept_assignments",
            )
        )


class Decision(models.Model):
    """What a meeting decided (সিদ্ধান্ত).

    `implementer_text` is the cell of the printed minutes (বাস্তবায়নকারী); `implementers` are
    the posts, offices and groups it means. `due_text` keeps the words of the due date when they
    are no single day. A decision chases itself from the day its minutes are final.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("সিদ্ধান্ত"))
    implementer_text = models.TextField(_("বাস্তবায়নকারী"), blank=True)
    due_text = models.CharField(_("শেষ তারিখ"), max_length=LONGEST_LINE, blank=True)
    due_on = models.DateField(null=True, blank=True)
    task = models.ForeignKey(
        Task,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("কর্মপরিকল্পনার কাজ"),
    )
    task_effect = models.CharField(
        _("কর্মপরিকল্পনায়"), max_length=10, choices=TaskEffect, default=TaskEffect.NONE, blank=True
    )
    idea = models.ForeignKey(
        Idea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("আইডিয়া"),
    )
    idea_effect = models.CharField(
        _("আইডিয়ার বিষয়ে"), max_length=12, choices=IdeaEffect, default=IdeaEffect.NONE, blank=True
    )
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=DecisionStatus, default=DecisionStatus.OPEN
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = person()
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = person()
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = person()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = person()
    resumed_at = models.DateTimeField(null=True, blank=True)
    resumed_by = person()
    # The last step's reason: why it was dropped, or what is missing in what was reported.
    reason = models.TextField(_("কারণ"), blank=True)

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    # Set by with_assignments()
    kept_assignments: list[Assignment]

    class Meta:
        verbose_name = _("সিদ্ধান্ত")
        verbose_name_plural = _("সিদ্ধান্ত")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="decision_text_given", condition=~Q(text="")),
            models.CheckConstraint(
                name="decision_status_known", condition=Q(status__in=DecisionStatus.values)
            ),
            models.CheckConstraint(
                name="decision_effect_on_a_task",
                condition=Q(task_effect__in=[TaskEffect.NONE, TaskEffect.CREATE])
                | Q(task__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_effect_on_an_idea",
                condition=Q(idea_effect=IdeaEffect.NONE) | Q(idea__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_dropped_for_a_reason",
                condition=~Q(status=DecisionStatus.DROPPED) | ~Q(reason=""),
            ),
            stamp("decision", "reported"),
            stamp("decision", "completed"),
            stamp("decision", "dropped"),
            stamp("decision", "resumed"),
        ]
        indexes = [
            models.Index(fields=["meeting", "removed_at"], name="decision_meeting"),
            models.Index(fields=["status", "due_on"], name="decision_status_due"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("meetings:decision_detail", args=[self.pk])

    @property
    def is_followed(self) -> bool:
        return self.status in FOLLOWED

    def late_days(self, today: date) -> int:
        """Days past the due date of a decision still followed; 0 when it is not past."""
        if self.due_on is None or not self.is_followed:
            return 0
        return max(0, (today - self.due_on).days)


class Implementer(models.Model):
    """A post, an office or a group that a decision names."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="implementers")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        PostGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("বাস্তবায়নকারী")
        verbose_name_plural = _("বাস্তবায়নকারী")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="implementer_names_exactly_one",
                condition=Q(post__isnull=False, office__isnull=True, group__isnull=True)
                | Q(post__isnull=True, office__isnull=False, group__isnull=True)
                | Q(post__isnull=True, office__isnull=True, group__isnull=False),
            ),
            models.UniqueConstraint(fields=["decision", "post"], name="implementer_post_once"),
            models.UniqueConstraint(fields=["decision", "office"], name="implementer_office_once"),
            models.UniqueConstraint(fields=["decision", "group"], name="implementer_group_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return str(self.post or self.office or self.group)

    @property
    def code(self) -> str:
        """How a form names it: "post-12", "office-7", "group-3"."""
        if self.post_id:
            return f"post-{self.post_id}"
        return f"office-{self.office_id}" if self.office_id else f"group-{self.group_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team that decided sees all; the office that has to act sees its own, once sent."""
        if not user.is_authenticated:
            return self.none()
        mine = user.scope.team_office_ids
        return self.filter(
            Q(decision__meeting__office_id__in=mine)
            | Q(office_id__in=mine, decision__meeting__status__in=SENT, withdrawn_at__isnull=True)
        ).filter(decision__in=Decision.objects.in_force())

    def kept(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def owed(self) -> Self:
        """In force, still followed, and this implementer has not said it is done."""
        return self.kept().filter(
            reported_at__isnull=True,
            decision__status__in=FOLLOWED,
            decision__removed_at__isnull=True,
            decision__meeting__status__in=HELD,
        )

    def owed_by(self, user: Viewer) -> Self:
        """What the posts of this person owe: of the own office from the day the minutes are
        final, of another from the day they were sent."""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        headless = [post.office_id for post in scope.posts if scope.heads(post.office_id)]
        return (
            self.owed()
            .filter(Q(post_id__in=scope.post_ids) | Q(post__isnull=True, office_id__in=headless))
            .filter(
                Q(decision__meeting__status__in=SENT)
                | Q(decision__meeting__office_id__in=scope.team_office_ids)
            )
        )

    def with_last_report(self) -> Self:
        """Annotate last_report_on and last_report_text."""
        reports = AssignmentReport.objects.filter(assignment=OuterRef("pk")).order_by("-on", "-pk")
        return self.annotate(
            last_report_on=models.Subquery(reports.values("on")[:1]),
            last_report_text=models.Subquery(reports.values("text")[:1]),
        )


class Assignment(models.Model):
    """What one post owes on one decision: the fan-out of its implementers on the day.

    An office without a head's post owes it as an office. `reported_at` is set once the
    implementer says it is done; `withdrawn_at` when the reopened minutes no longer name it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    assigned_on = models.DateField()
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    # Set by with_last_report()
    last_report_on: date | None
    last_report_text: str | None

    class Meta:
        verbose_name = _("অর্পিত সিদ্ধান্ত")
        verbose_name_plural = _("অর্পিত সিদ্ধান্ত")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="assignment_one_per_post"),
            models.UniqueConstraint(
                fields=["decision", "office"],
                condition=Q(post__isnull=True),
                name="assignment_one_per_headless_office",
            ),
            stamp("assignment", "reported"),
        ]
        indexes = [models.Index(fields=["post", "reported_at"], name="assignment_post_open")]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.post_id or self.office_id}"


def evidence_path(report: AssignmentReport, filename: str) -> str:
    """A name that tells nothing; the given name is kept in the row."""
    suffix = filename.rpartition(".")[2].lower()
    return f"evidence/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{suffix}"


class AssignmentReportQuerySet(models.QuerySet["AssignmentReport"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


class AssignmentReport(models.Model):
    """What an implementer says was done on a decision by a day, with what proves it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField(_("তারিখ"), default=timezone.localdate)
    text = models.TextField(_("কী করা হয়েছে"))
    is_done = models.BooleanField(_("সিদ্ধান্তটি পুরোপুরি বাস্তবায়িত"), default=False)
    evidence = models.FileField(_("প্রমাণ (ছবি বা ফাইল)"), upload_to=evidence_path, blank=True)
    evidence_name = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar[AssignmentReportQuerySet] = AssignmentReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("বাস্তবায়ন প্রতিবেদন")
        verbose_name_plural = _("বাস্তবায়ন প্রতিবেদন")
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(name="assignmentreport_says_something", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.on}"
