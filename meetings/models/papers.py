"""What is frozen, printed, sent and kept: versions of minutes, prints, deliveries, templates."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import Letter
from teams.columns import person, stamp
from teams.models import Office, Post
from teams.prints import Print

from ..enums import SENT, DocumentKind, PhrasePlace, TemplateKind
from .meetings import Meeting, Notice

if TYPE_CHECKING:
    from teams.models import Viewer


class MinutesVersion(models.Model):
    """The minutes as they were settled; a version never changes.

    `content` has the shape of meetings.documents.minutes_content. Opening the minutes again
    closes the version, with the reason, and finalising them anew makes the next one.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    finalised_at = models.DateTimeField(default=timezone.now, editable=False)
    finalised_by = person()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = person()
    reopen_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("কার্যবিবরণীর সংস্করণ")
        verbose_name_plural = _("কার্যবিবরণীর সংস্করণ")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="minutesversion_number_unique_in_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(reopened_at__isnull=True),
                name="minutesversion_one_current_per_meeting",
            ),
            stamp("minutesversion", "reopened"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class MeetingDocumentQuerySet(models.QuerySet["MeetingDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """The team's own all; from above, the minutes that were sent; an extract also by the
        office it was made for."""
        if not user.is_authenticated:
            return self.none()
        current = Q(version__isnull=False, version__reopened_at__isnull=True)
        sent = Q(kind=DocumentKind.MINUTES) & current
        extract = Q(
            kind=DocumentKind.EXTRACT,
            for_office_id__in=user.scope.team_office_ids,
            meeting__status__in=SENT,
        )
        return self.filter(
            Q(meeting__in=Meeting.objects.own_of(user))
            | (sent & Q(meeting__in=Meeting.objects.visible_to(user), meeting__status__in=SENT))
            | (extract & current)
        )


class MeetingDocument(Print):
    """A printed paper of a meeting: a notice, the draft, the settled minutes, an extract."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind)
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    version = models.ForeignKey(
        MinutesVersion, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    for_office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[MeetingDocumentQuerySet] = MeetingDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("সভার কাগজ")
        verbose_name_plural = _("সভার কাগজ")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "fingerprint"], name="meetingdocument_one_per_content"
            ),
            models.CheckConstraint(
                name="meetingdocument_belongs",
                condition=Q(kind=DocumentKind.NOTICE, notice__isnull=False)
                | Q(kind=DocumentKind.DRAFT, version__isnull=True)
                | Q(kind=DocumentKind.MINUTES, version__isnull=False)
                | Q(kind=DocumentKind.EXTRACT, version__isnull=False, for_office__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"


class MinutesBookQuerySet(models.QuerySet["MinutesBook"]):
    def visible_to(self, user: Viewer) -> Self:
        """A book is bound by a team for itself."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class MinutesBook(Print):
    """The settled minutes of a year in one volume."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="minutes_books")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects: ClassVar[MinutesBookQuerySet] = MinutesBookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("কার্যবিবরণীর বই")
        verbose_name_plural = _("কার্যবিবরণীর বই")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "fingerprint"], name="minutesbook_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.starts_on.year}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Viewer) -> Self:
        """Whom a team has written to is the team's own."""
        return self.filter(meeting__in=Meeting.objects.own_of(user))


class Delivery(models.Model):
    """One person's copy of a notice or of the minutes, and the letter that carries it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="deliveries")
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    version = models.ForeignKey(
        MinutesVersion, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("প্রাপক"), max_length=500)
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("বিতরণ")
        verbose_name_plural = _("বিতরণ")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="delivery_of_notice_or_minutes",
                condition=Q(notice__isnull=False, version__isnull=True)
                | Q(notice__isnull=True, version__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def own_of(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class Phrase(models.Model):
    """Words used often, offered while typing; without an office they are offered to all."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="phrases"
    )
    place = models.CharField(_("কোথায়"), max_length=12, choices=PhrasePlace)
    text = models.TextField(_("বাক্য"))

    objects: ClassVar[PhraseQuerySet] = PhraseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রচলিত বাক্য")
        verbose_name_plural = _("প্রচলিত বাক্য")
        ordering = ("place", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "place", "text"], name="phrase_unique_in_office"
            ),
            models.CheckConstraint(name="phrase_text_given", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


def template_path(template: WordTemplate, filename: str) -> str:
    return f"templates/{uuid.uuid4().hex}.docx"


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    def own_of(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class WordTemplate(models.Model):
    """An office's own Word shape of a paper, used instead of ours."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="word_templates")
    kind = models.CharField(max_length=10, choices=TemplateKind)
    file = models.FileField(_("Word টেমপ্লেট"), upload_to=template_path)
    filename = models.CharField(max_length=255)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    uploaded_by = person()

    objects: ClassVar[WordTemplateQuerySet] = WordTemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("Word টেমপ্লেট")
        verbose_name_plural = _("Word টেমপ্লেট")
        ordering = ("kind",)
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind"], name="wordtemplate_one_per_kind_in_office"
            )
        ]

    def __str__(self) -> str:
        return self.filename


class MinutesImportQuerySet(models.QuerySet["MinutesImport"]):
    def visible_to(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def waiting(self) -> Self:
        return self.filter(applied_at__isnull=True)

    def taken_in(self) -> Self:
        """A meeting was made of them."""
        return self.filter(meeting__isnull=False)

    def unfollowed(self) -> Self:
        """Taken in to be read and found, not to chase anybody."""
        return self.taken_in().filter(content__follow=False)


class MinutesImport(models.Model):
    """Old minutes as they were read, waiting to be taken in.

    `content` is as_json() with what actions.imports adds to it; once the minutes are taken in
    its "follow" says whether those who did so want the decisions followed up.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="minutes_imports")
    filename = models.CharField(max_length=255, blank=True)
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = person()
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[MinutesImportQuerySet] = MinutesImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("পুরোনো কার্যবিবরণী আনা")
        verbose_name_plural = _("পুরোনো কার্যবিবরণী আনা")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.filename or f"import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:import_detail", args=[self.pk])

    @property
    def is_followed(self) -> bool:
        return bool(self.content.get("follow"))
