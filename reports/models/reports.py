"""A team's report of a period, its parts as they are being written, and prints of the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import StoredDocument
from teams.columns import person, stamp
from teams.models import Office, Post
from teams.prints import Print
from workplans.enums import PeriodKind
from workplans.models import WorkPlan
from workplans.periods import Period

from ..enums import SENT_ONCE, TRANSITIONS, ReportKind, ReportStatus, SectionKey

if TYPE_CHECKING:
    from teams.models import Viewer

REPORT_STAMPS = sorted({step.stamp for step in TRANSITIONS})


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Viewer) -> Self:
        """One's own team's reports; of offices below, those that were sent at least once.

        What an office above may *read* of them is what was sent: its submissions, never the
        sections, in which the team may be writing again.
        """
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        return self.filter(
            Q(office_id__in=scope.team_office_ids)
            | (scope.below("office__") & Q(status__in=SENT_ONCE))
        )

    def own_of(self, user: Viewer) -> Self:
        """Reports of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def for_period(self, period: Period) -> Self:
        return self.filter(starts_on=period.starts_on, ends_on=period.ends_on)

    def with_newest_submission(self) -> Self:
        """Each with the id of what was sent last as `newest_submission_id`."""
        from .submissions import Submission  # submissions belong to reports

        newest = Submission.objects.filter(report=OuterRef("pk")).order_by("-number")
        return self.annotate(newest_submission_id=Subquery(newest.values("pk")[:1]))

    def waiting_for_review(self) -> Self:
        """Sent and not decided upon, the one that waits longest first; `waiting_days` of each
        says for how long. Those of a person: `.of_reviewer(user)`; of nobody: `.unassigned()`."""
        return self.filter(status=ReportStatus.SUBMITTED).order_by("submitted_at", "pk")

    def of_reviewer(self, user: Viewer) -> Self:
        """Those a post of the person is answerable for."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(reviewer__in=user.scope.post_ids)

    def unassigned(self) -> Self:
        """Those that no reviewer has taken yet."""
        return self.filter(reviewer__isnull=True)


class Report(models.Model):
    """An office's report on a year or a half-year (বাৎসরিক প্রতিবেদন).

    Duty 5 of the gazette of 16 November 2023 asks for it by 31 July. `plan` is the plan whose
    progress it shows; an office may have had none. `due_on` is frozen when it is sent first.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="reports", verbose_name=_("দপ্তর")
    )
    kind = models.CharField(_("ধরন"), max_length=12, choices=ReportKind)
    period_kind = models.CharField(_("সময়কালের ধরন"), max_length=10, choices=PeriodKind)
    starts_on = models.DateField(_("সময়কালের শুরু"))
    ends_on = models.DateField(_("সময়কালের শেষ"))
    plan = models.ForeignKey(
        WorkPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("কর্মপরিকল্পনা"),
    )
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    # The team lays it before the head, who alone can send it.
    presented_at = models.DateTimeField(null=True, blank=True)
    presented_by = person()
    first_sent_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("শেষ তারিখ"), null=True, blank=True)
    reviewer = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resubmit_by = models.DateField(_("আবার পাঠানোর শেষ তারিখ"), null=True, blank=True)
    return_reason = models.TextField(_("ফেরতের কারণ"), blank=True)
    withdraw_reason = models.TextField(_("প্রত্যাহারের কারণ"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = person()
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = person()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = person()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person()

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদন")
        verbose_name_plural = _("প্রতিবেদন")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "starts_on", "ends_on"], name="report_one_per_period"
            ),
            models.CheckConstraint(
                name="report_kind_known", condition=Q(kind__in=ReportKind.values)
            ),
            models.CheckConstraint(
                name="report_status_known", condition=Q(status__in=ReportStatus.values)
            ),
            models.CheckConstraint(
                name="report_period_in_order", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="report_sent_once_known",
                condition=Q(status=ReportStatus.DRAFT, first_sent_at__isnull=True)
                | (~Q(status=ReportStatus.DRAFT) & Q(first_sent_at__isnull=False)),
            ),
            stamp("report", "presented"),
            *(stamp("report", name) for name in REPORT_STAMPS),
        ]
        indexes = [
            models.Index(fields=["kind", "starts_on", "status"], name="report_period_status")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.period_kind, self.starts_on, self.ends_on)  # type: ignore[arg-type]

    @property
    def waiting_days(self) -> int:
        """For how many whole days it waits for a review; 0 when it does not."""
        if self.status != ReportStatus.SUBMITTED or self.submitted_at is None:
            return 0
        return (timezone.localdate() - timezone.localtime(self.submitted_at).date()).days


# --- The parts, while they are written ------------------------------------------------------
class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: Viewer) -> Self:
        """What is being written is the team's own; others read submissions."""
        return self.filter(report__in=Report.objects.own_of(user))


class Section(models.Model):
    """One part of a report as the team writes it.

    `words` are the office's own as soon as somebody has changed them (`is_own_words`); until then
    they follow the figures. `figures` maps a figure's key to what the report says of it:
    {"value": "12", "is_own": false, "reason": ""}, where the value is a plain decimal and an own
    value (typed, not counted) has a reason. `tables` are the part's tables as they were taken
    from the records, in the shape of `reports.sections.Table.as_json()`. Both change only when
    somebody takes what the records say now.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=16, choices=SectionKey)
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=False)
    words = models.TextField(_("কথা"), blank=True)
    is_own_words = models.BooleanField(default=False)
    figures = models.JSONField(default=dict, blank=True)
    tables = models.JSONField(default=list, blank=True)
    is_left_out = models.BooleanField(_("অংশটি থাকবে না"), default=False)
    left_out_reason = models.CharField(_("না থাকার কারণ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()

    objects: ClassVar[SectionQuerySet] = SectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদনের অংশ")
        verbose_name_plural = _("প্রতিবেদনের অংশ")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="section_once_per_report"),
            models.CheckConstraint(
                name="section_key_known", condition=Q(key__in=SectionKey.values)
            ),
            stamp("section", "updated"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:section", args=[self.report_id, self.key])

    @property
    def title(self) -> str:
        return str(self.get_key_display())


class ScoreLine(models.Model):
    """One line of the score an office was given for a period, where its year has scores."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="score_lines")
    position = models.PositiveSmallIntegerField()
    objective = models.CharField(_("উদ্দেশ্য"), max_length=300, blank=True)
    indicator = models.CharField(_("কর্মসম্পাদন সূচক"), max_length=300)
    unit = models.CharField(_("একক"), max_length=60, blank=True)
    weight = models.DecimalField(_("মান"), max_digits=6, decimal_places=2)
    target = models.CharField(_("লক্ষ্যমাত্রা"), max_length=120, blank=True)
    achieved = models.CharField(_("অর্জন"), max_length=120, blank=True)
    score = models.DecimalField(_("প্রাপ্ত নম্বর"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("নম্বরের সারি")
        verbose_name_plural = _("নম্বরের সারি")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="scoreline_within_weight",
                condition=Q(score__gte=0, weight__gt=0) & Q(score__lte=F("weight")),
            )
        ]

    def __str__(self) -> str:
        return self.indicator


class ReportPictureQuerySet(models.QuerySet["ReportPicture"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team's own, until a submission carries it."""
        return self.filter(report__in=Report.objects.own_of(user))


class ReportPicture(models.Model):
    """A picture of the annex; its bytes are as `teams.uploads` cleaned them."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="pictures")
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("ছবির কথা"), max_length=300)
    position = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    objects: ClassVar[ReportPictureQuerySet] = ReportPictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রতিবেদনের ছবি")
        verbose_name_plural = _("প্রতিবেদনের ছবি")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "document"], name="reportpicture_once_per_report"
            )
        ]

    def __str__(self) -> str:
        return self.caption


# --- Prints of the draft ----------------------------------------------------------------------
class ReportDocumentQuerySet(models.QuerySet["ReportDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """A print of the draft is the team's own, whatever became of the report."""
        return self.filter(report__in=Report.objects.own_of(user))


class ReportDocument(Print):
    """A printed state of a report that was not sent: what a reviewer would see."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="documents")

    objects: ClassVar[ReportDocumentQuerySet] = ReportDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("মুদ্রিত প্রতিবেদন")
        verbose_name_plural = _("মুদ্রিত প্রতিবেদন")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "fingerprint"], name="reportdocument_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.fingerprint[:8]}"
