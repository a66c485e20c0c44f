"""What the world sees of a proven idea: its public page, showcase events, awards."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise
from teams.columns import person, stamp
from teams.models import Office
from teams.prints import Print
from teams.scope import any_of

from ..codes import CODE_DIGITS, new_code
from ..enums import PAGE_TRANSITIONS, PageStatus
from .ideas import LONGEST_NAME, LONGEST_TITLE, Idea

if TYPE_CHECKING:
    from teams.models import Viewer


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def visible_to(self, user: Viewer) -> Self:
        """Pages, drafts included, of the ideas of one's own team."""
        return self.filter(idea__in=Idea.objects.own_of(user))

    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(status=PageStatus.PUBLISHED)

    def search(self, words: str) -> Self:
        """Pages that say every one of the words, with their digits in either script."""
        found = self
        for word in normalise(words).split():
            spellings = {word, to_ascii(word), to_bangla(word)}
            found = found.filter(
                any_of([Q(**{f"{name}__icontains": one}) for name in SEARCHED for one in spellings])
            )
        return found


SEARCHED = ("title", "summary", "before", "after", "story", "idea__office__name_bn")


class Initiative(models.Model):
    """The public page of a successful idea (উদ্যোগ)."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="initiative")
    status = models.CharField(max_length=10, choices=PageStatus, default=PageStatus.DRAFT)
    title = models.CharField(_("উদ্যোগের নাম"), max_length=LONGEST_TITLE)
    summary = models.TextField(_("এক নজরে"))
    before = models.TextField(_("আগে যেমন ছিল"), blank=True)
    after = models.TextField(_("এখন যেমন"), blank=True)
    story = models.TextField(_("যেভাবে হলো"), blank=True)
    video_url = models.URLField(_("ভিডিওর ঠিকানা"), blank=True)
    contact = models.CharField(_("যোগাযোগ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person()

    objects: ClassVar[InitiativeQuerySet] = InitiativeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("উদ্যোগ")
        verbose_name_plural = _("উদ্যোগ")
        ordering = ("-published_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="initiative_status_known", condition=Q(status__in=PageStatus.values)
            ),
            models.CheckConstraint(
                name="initiative_text_given", condition=~Q(title="") & ~Q(summary="")
            ),
            stamp("initiative", "updated"),
            *(stamp("initiative", step.stamp) for step in PAGE_TRANSITIONS),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page everybody sees, once it is published."""
        return reverse("public:initiative_detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.status == PageStatus.PUBLISHED


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Viewer) -> Self:
        """Events of one's own office."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def published(self) -> Self:
        return self.filter(is_published=True)

    def with_counts(self) -> Self:
        """With `entry_count`, what is shown there."""
        return self.annotate(entry_count=models.Count("entries")).order_by("-held_on", "-pk")


class Event(models.Model):
    """A showcase of selected initiatives (শোকেসিং)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="events")
    title = models.CharField(_("অনুষ্ঠানের নাম"), max_length=LONGEST_TITLE)
    held_on = models.DateField(_("তারিখ"))
    place = models.CharField(_("স্থান"), max_length=300, blank=True)
    text = models.TextField(_("বিবরণ"), blank=True)
    is_published = models.BooleanField(_("সবার জন্য প্রকাশিত"), default=False)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("শোকেসিং অনুষ্ঠান")
        verbose_name_plural = _("শোকেসিং অনুষ্ঠান")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(name="event_title_given", condition=~Q(title="")),
            stamp("event", "updated"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:event_detail", args=[self.pk])


class EventEntry(models.Model):
    """An initiative selected for an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="entries")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField(default=1)
    remark = models.CharField(_("মন্তব্য"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("প্রদর্শিত উদ্যোগ")
        verbose_name_plural = _("প্রদর্শিত উদ্যোগ")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["event", "initiative"], name="evententry_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.initiative_id}"


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user: Viewer) -> Self:
        """Awards that one's own office gave."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Award(models.Model):
    """A recognition that an office gave (স্বীকৃতি), with a certificate that anybody can verify.

    `code` is on the certificate, as digits and as a QR picture.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="awards")
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    idea = models.ForeignKey(
        Idea, on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    code = models.CharField(max_length=CODE_DIGITS, unique=True, default=new_code, editable=False)
    title = models.CharField(_("স্বীকৃতির নাম"), max_length=LONGEST_TITLE)
    recipient_name = models.CharField(_("যিনি পেলেন"), max_length=LONGEST_NAME)
    recipient_detail = models.CharField(_("পদবি ও দপ্তর"), max_length=300, blank=True)
    citation = models.TextField(_("যে জন্য"))
    given_on = models.DateField(_("প্রদানের তারিখ"))
    memo_number = models.CharField(_("স্মারক নম্বর"), max_length=60, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = person()
    revoke_reason = models.TextField(_("বাতিলের কারণ"), blank=True)

    objects: ClassVar[AwardQuerySet] = AwardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("স্বীকৃতি")
        verbose_name_plural = _("স্বীকৃতি")
        ordering = ("-given_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="award_words_given",
                condition=~Q(title="") & ~Q(recipient_name="") & ~Q(citation=""),
            ),
            models.CheckConstraint(
                name="award_revoked_with_reason",
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
            ),
            stamp("award", "revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.recipient_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        while self._state.adding and Award.objects.filter(code=self.code).exists():
            self.code = new_code()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("ideas:award_detail", args=[self.pk])


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(award__in=Award.objects.visible_to(user))


class Certificate(Print):
    """The certificate of an award, frozen (সনদ)."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates")

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("সনদ")
        verbose_name_plural = _("সনদ")
        constraints = [
            models.UniqueConstraint(
                fields=["award", "fingerprint"], name="certificate_once_per_content"
            )
        ]

    def __str__(self) -> str:
        return str(self.award)

    def get_absolute_url(self) -> str:
        return reverse("ideas:certificate_detail", args=[self.pk])
