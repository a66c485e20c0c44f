"""A meeting from its calling to its confirmed minutes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.columns import person, stamp
from teams.models import Office, Post
from teams.templatetags.bangla_tags import month_label

from ..enums import (
    HELD,
    SENT,
    CopyKind,
    MeetingKind,
    MeetingStatus,
    MinutesForm,
    NoticeKind,
    Presence,
)

if TYPE_CHECKING:
    from teams.models import Viewer

LONGEST_LINE = 300  # characters of a place, a topic, a name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Viewer) -> Self:
        """All meetings of one's own office; of offices below, those whose minutes were sent."""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        return self.filter(
            Q(office_id__in=scope.team_office_ids) | (scope.below("office__") & Q(status__in=SENT))
        )

    def own_of(self, user: Viewer) -> Self:
        """Meetings of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def kept(self) -> Self:
        """Without the cancelled ones."""
        return self.exclude(status=MeetingStatus.CANCELLED)

    def held(self) -> Self:
        """Their minutes are settled."""
        return self.filter(status__in=HELD)

    def in_year(self, starts_on: date) -> Self:
        """Meetings of the year of count that begins on that day."""
        return self.filter(year_starts_on=starts_on)

    def before(self, meeting: Meeting) -> Self:
        """The office's meetings that came earlier than this one, the latest first."""
        earlier = Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk)
        return self.filter(earlier, office=meeting.office_id).order_by("-held_on", "-pk")

    def after(self, meeting: Meeting) -> Self:
        """The office's meetings that came later than this one."""
        later = Q(held_on__gt=meeting.held_on) | Q(held_on=meeting.held_on, pk__gt=meeting.pk)
        return self.filter(later, office=meeting.office_id)

    def with_attendance(self) -> Self:
        """Annotate invited_count and attending_count (members of the team; not guests)."""
        rows = Attendance.objects.filter(meeting=OuterRef("pk"), post__isnull=False)

        def count(found: models.QuerySet[Attendance]) -> models.Expression:
            grouped = found.order_by().values("meeting").annotate(n=models.Count("pk"))
            return models.functions.Coalesce(Subquery(grouped.values("n")), 0)

        return self.annotate(
            invited_count=count(rows),
            attending_count=count(rows.exclude(presence=Presence.ABSENT)),
        )


class Meeting(models.Model):
    """One meeting of an innovation team (সভা) and its minutes (কার্যবিবরণী).

    The gazette of 16 November 2023 asks for one a month (duty 2). `month` is the first day of
    the month it belongs to; `number` counts the year's meetings from 1. The chair is a post:
    whoever holds it on the day presides. `chair_text` is for old minutes whose chair was none
    of today's posts.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("দপ্তর")
    )
    kind = models.CharField(
        _("ধরন"), max_length=10, choices=MeetingKind, default=MeetingKind.MONTHLY
    )
    month = models.DateField(_("মাস"))
    year_starts_on = models.DateField()
    number = models.PositiveSmallIntegerField(_("বছরের কততম সভা"))
    title = models.CharField(_("সভার নাম"), max_length=LONGEST_LINE, blank=True)
    held_on = models.DateField(_("তারিখ"))
    starts_at = models.TimeField(_("সময়"))
    place = models.CharField(_("স্থান"), max_length=LONGEST_LINE)
    chair_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("সভাপতি"),
    )
    chair_text = models.CharField(_("সভাপতি (পুরোনো সভার)"), max_length=LONGEST_LINE, blank=True)
    # Who signs the letters by which notice and minutes go out.
    issuer_post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("পত্রে স্বাক্ষরকারী"),
    )
    form = models.CharField(
        _("ছাপার রূপ"), max_length=10, choices=MinutesForm, default=MinutesForm.TABLE
    )
    # Empty: the usual words, made from the records when the paper is.
    opening = models.TextField(_("সূচনা অনুচ্ছেদ"), blank=True)
    closing = models.TextField(_("সমাপ্তি অনুচ্ছেদ"), blank=True)
    memo_number = models.CharField(_("স্মারক নম্বর"), max_length=60, blank=True)
    issued_on = models.DateField(_("জারির তারিখ"), null=True, blank=True)
    # Doubts of the import that nobody has settled yet: [{"field": …, "reason": …}]
    doubts = models.JSONField(default=list, blank=True)

    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=MeetingStatus, default=MeetingStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    finalised_at = models.DateTimeField(null=True, blank=True)
    finalised_by = person()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = person()
    reopen_reason = models.TextField(_("আবার খোলার কারণ"), blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = person()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = person()
    unconfirmed_at = models.DateTimeField(null=True, blank=True)
    unconfirmed_by = person()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = person()
    cancel_reason = models.TextField(_("বাতিলের কারণ"), blank=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    # Set by with_attendance()
    invited_count: int
    attending_count: int

    class Meta:
        verbose_name = _("সভা")
        verbose_name_plural = _("সভা")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                condition=Q(kind=MeetingKind.MONTHLY) & ~Q(status=MeetingStatus.CANCELLED),
                name="meeting_one_monthly_per_month",
            ),
            models.UniqueConstraint(
                fields=["office", "year_starts_on", "number"],
                condition=~Q(status=MeetingStatus.CANCELLED),
                name="meeting_number_unique_in_year",
            ),
            models.CheckConstraint(
                name="meeting_status_known", condition=Q(status__in=MeetingStatus.values)
            ),
            models.CheckConstraint(name="meeting_month_is_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="meeting_final_has_issue_date",
                condition=~Q(status__in=sorted(HELD)) | Q(issued_on__isnull=False),
            ),
            stamp("meeting", "finalised"),
            stamp("meeting", "reopened"),
            stamp("meeting", "circulated"),
            stamp("meeting", "confirmed"),
            stamp("meeting", "unconfirmed"),
            stamp("meeting", "cancelled"),
        ]
        indexes = [
            models.Index(fields=["office", "-held_on"], name="meeting_office_held"),
            models.Index(fields=["status", "held_on"], name="meeting_status_held"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])

    @property
    def month_label(self) -> str:
        """ "নভেম্বর ২০২৬", in the language of the page."""
        return month_label(self.month)

    @property
    def name(self) -> str:
        """What the meeting is called on screen and on paper."""
        if self.title:
            return self.title
        if self.kind == MeetingKind.SPECIAL:
            return gettext("%(month)s মাসের বিশেষ সভা") % {"month": self.month_label}
        return gettext("%(month)s মাসের সভা") % {"month": self.month_label}

    @property
    def begins_at(self) -> datetime:
        """Day and time together, in Asia/Dhaka."""
        return timezone.make_aware(datetime.combine(self.held_on, self.starts_at))

    @property
    def is_held(self) -> bool:
        return self.status in HELD

    @property
    def is_past(self) -> bool:
        return self.held_on < timezone.localdate()


class NoMeeting(models.Model):
    """A month in which the team did not meet, and why."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="months_unmet")
    month = models.DateField(_("মাস"))
    reason = models.TextField(_("সভা না হওয়ার কারণ"))
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = person()

    class Meta:
        verbose_name = _("সভাহীন মাস")
        verbose_name_plural = _("সভাহীন মাস")
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint(fields=["office", "month"], name="nomeeting_one_per_month"),
            models.CheckConstraint(name="nomeeting_reason_given", condition=~Q(reason="")),
            models.CheckConstraint(name="nomeeting_month_is_first", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.month:%Y-%m}"


class Notice(models.Model):
    """A letter that called, moved or cancelled a meeting, as it was issued.

    `sequence` counts a meeting's notices from 0, as calendars want it. `content` is the letter
    in plain data (meetings.documents.notice_content); it never changes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("ধরন"), max_length=10, choices=NoticeKind)
    sequence = models.PositiveSmallIntegerField()
    memo_number = models.CharField(_("স্মারক নম্বর"), max_length=60, blank=True)
    issued_on = models.DateField(_("জারির তারিখ"))
    content = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    issued_by = person()

    class Meta:
        verbose_name = _("নোটিশ")
        verbose_name_plural = _("নোটিশ")
        ordering = ("-sequence",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sequence"], name="notice_sequence_unique_in_meeting"
            ),
            models.CheckConstraint(
                name="notice_kind_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sequence + 1}"


class CopyRecipient(models.Model):
    """One line of a copy list (অনুলিপি); with an address, the minutes go there too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(_("ধরন"), max_length=12, choices=CopyKind)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("প্রাপক"), max_length=500)
    email = models.EmailField(_("ই-মেইল"), blank=True)

    class Meta:
        verbose_name = _("অনুলিপি")
        verbose_name_plural = _("অনুলিপি")
        ordering = ("kind", "position", "pk")
        constraints = [
            models.CheckConstraint(name="copyrecipient_text_given", condition=~Q(text="")),
            models.CheckConstraint(
                name="copyrecipient_kind_known", condition=Q(kind__in=CopyKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def members(self) -> Self:
        return self.filter(post__isnull=False)

    def guests(self) -> Self:
        return self.filter(post__isnull=True)

    def attending(self) -> Self:
        return self.exclude(presence=Presence.ABSENT)


class Attendance(models.Model):
    """Whether the holder of a post came, or who came as a guest (উপস্থিতি).

    A member's row names the post only: who held it is asked for the meeting's day, so it stays
    right when somebody was transferred since. `name` is whoever came on behalf of the member,
    or the guest. `contact` is a guest's own and for the team's eyes only.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presence = models.CharField(
        _("উপস্থিতি"), max_length=12, choices=Presence, default=Presence.PRESENT
    )
    name = models.CharField(_("নাম"), max_length=LONGEST_LINE, blank=True)
    designation = models.CharField(_("পদবি"), max_length=LONGEST_LINE, blank=True)
    office_name = models.CharField(_("দপ্তর"), max_length=LONGEST_LINE, blank=True)
    contact = models.CharField(_("ফোন বা ই-মেইল"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # The form's own number: the same guest sent twice on a bad line is one guest.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()

    objects: ClassVar[AttendanceQuerySet] = AttendanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("উপস্থিতি")
        verbose_name_plural = _("উপস্থিতি")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "post"], name="attendance_one_per_post_in_meeting"
            ),
            models.CheckConstraint(
                name="attendance_member_or_named_guest",
                condition=Q(post__isnull=False) | ~Q(name=""),
            ),
            models.CheckConstraint(
                name="attendance_presence_known", condition=Q(presence__in=Presence.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.name or self.post_id}"
