"""What reviewers and superior offices say of a submission."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.enums import Role
from teams.models import Post

from ..enums import CommentSide, SectionKey, Verdict
from .reports import Report
from .rules import ReviewCriterion
from .submissions import Submission

if TYPE_CHECKING:
    from teams.models import Viewer


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Viewer) -> Self:
        """What was sent: whoever reads the report. What was not: its writer, and reviewers of
        each other."""
        if not user.is_authenticated:
            return self.none()
        readable = self.filter(report__in=Report.objects.visible_to(user))
        own = Q(created_by=user)
        if user.scope.has_role(Role.CABINET_REVIEWER):
            own |= Q(side=CommentSide.REVIEW)
        return readable.filter(Q(sent_at__isnull=False) | own)

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)

    def drafts_of(self, user: Viewer) -> Self:
        return self.filter(sent_at__isnull=True, created_by_id=user.pk)

    def open(self) -> Self:
        """Sent and not settled yet."""
        return self.sent().filter(settled_at__isnull=True)


class Comment(models.Model):
    """A remark on a submission, on one of its sections, or on a row or a number of one.

    `section` is "" for the report as a whole. `row` is the key of a table row, `figure` that of
    a number; at most one of them. `quote` keeps what the place said then.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    side = models.CharField(max_length=8, choices=CommentSide)
    section = models.CharField(max_length=16, choices=SectionKey, blank=True)
    row = models.CharField(max_length=80, blank=True)
    figure = models.CharField(max_length=60, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("মন্তব্য"))
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = person()
    answer = models.TextField(_("জবাব"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = person()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = person()

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("মন্তব্য")
        verbose_name_plural = _("মন্তব্য")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="comment_text_given", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_side_known", condition=Q(side__in=CommentSide.values)
            ),
            models.CheckConstraint(
                name="comment_one_place",
                condition=Q(row="") | Q(figure=""),
            ),
            models.CheckConstraint(
                name="comment_place_in_a_section",
                condition=Q(row="", figure="") | ~Q(section=""),
            ),
            stamp("comment", "sent"),
            stamp("comment", "answered"),
            stamp("comment", "settled"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Viewer) -> Self:
        """Reviewers see reviews under way; everybody who reads the report sees a finished one."""
        if not user.is_authenticated:
            return self.none()
        readable = self.filter(submission__in=Submission.objects.visible_to(user))
        if user.scope.has_role(Role.CABINET_REVIEWER):
            return readable
        return readable.filter(decided_at__isnull=False)


class Review(models.Model):
    """The Cabinet Division's look at one submission: marks, words, and how it ended.

    `score` is the sum of the marks in per cent of what could be had, frozen with the verdict.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="review")
    summary = models.TextField(_("সার্বিক মন্তব্য"), blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = person()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = person()

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পর্যালোচনা")
        verbose_name_plural = _("পর্যালোচনা")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="review_decided_with_verdict",
                condition=Q(decided_at__isnull=True, verdict="")
                | (Q(decided_at__isnull=False) & ~Q(verdict="")),
            ),
            stamp("review", "decided"),
        ]

    def __str__(self) -> str:
        return str(self.submission_id)


class ReviewMark(models.Model):
    """The points one question of the checklist was given."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(ReviewCriterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.CharField(_("মন্তব্য"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("পর্যালোচনার নম্বর")
        verbose_name_plural = _("পর্যালোচনার নম্বর")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="reviewmark_once_per_criterion"
            ),
            models.CheckConstraint(name="reviewmark_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
