"""The half-yearly e-newsletter of an office (ই-নিউজলেটার), and who asked to have it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import StoredDocument
from teams.columns import person, stamp
from teams.models import Office
from teams.prints import Print

from ..enums import NEWSLETTER_TRANSITIONS, NewsletterStatus, PieceKind
from .ideas import LONGEST_NAME, LONGEST_TITLE
from .showcase import Initiative

if TYPE_CHECKING:
    from teams.models import Viewer


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def visible_to(self, user: Viewer) -> Self:
        """Newsletters, drafts included, of one's own office."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(status=NewsletterStatus.PUBLISHED)


class Newsletter(models.Model):
    """One number of an office's newsletter, about a half-year."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="newsletters")
    title = models.CharField(_("শিরোনাম"), max_length=LONGEST_TITLE)
    starts_on = models.DateField(_("সময়কাল: শুরু"))
    ends_on = models.DateField(_("সময়কাল: শেষ"))
    intro = models.TextField(_("সম্পাদকীয়"), blank=True)
    status = models.CharField(
        max_length=10, choices=NewsletterStatus, default=NewsletterStatus.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = person()

    objects: ClassVar[NewsletterQuerySet] = NewsletterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ই-নিউজলেটার")
        verbose_name_plural = _("ই-নিউজলেটার")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["office", "starts_on"], name="newsletter_once"),
            models.CheckConstraint(
                name="newsletter_period_in_order", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="newsletter_status_known", condition=Q(status__in=NewsletterStatus.values)
            ),
            stamp("newsletter", "updated"),
            *(stamp("newsletter", step.stamp) for step in NEWSLETTER_TRANSITIONS),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:newsletter_detail", args=[self.pk])


class Piece(models.Model):
    """One piece of a newsletter: taken from what was published, or news typed by the editor."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PieceKind, default=PieceKind.NEWS)
    title = models.CharField(_("শিরোনাম"), max_length=LONGEST_TITLE)
    text = models.TextField(_("লেখা"))
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    picture = models.ForeignKey(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("নিউজলেটারের লেখা")
        verbose_name_plural = _("নিউজলেটারের লেখা")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="piece_kind_known", condition=Q(kind__in=PieceKind.values)),
            models.CheckConstraint(name="piece_title_given", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class NewsletterDocumentQuerySet(models.QuerySet["NewsletterDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(newsletter__in=Newsletter.objects.visible_to(user))


class NewsletterDocument(Print):
    """A printed newsletter."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="documents")

    objects: ClassVar[NewsletterDocumentQuerySet] = NewsletterDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("নিউজলেটারের ছাপা")
        verbose_name_plural = _("নিউজলেটারের ছাপা")
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "fingerprint"], name="newsletterdocument_once_per_content"
            )
        ]

    def __str__(self) -> str:
        return str(self.newsletter)

    def get_absolute_url(self) -> str:
        return reverse("ideas:newsletter_document_detail", args=[self.pk])


class Subscription(models.Model):
    """Somebody outside who wants an office's newsletter by e-mail.

    Counts only once the link in the letter of asking was followed (`confirmed_at`); every number
    sent carries the link that ends it, with `token`.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="subscriptions")
    email = models.EmailField(_("ই-মেইল"))
    name = models.CharField(_("নাম"), max_length=LONGEST_NAME, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("গ্রাহক")
        verbose_name_plural = _("গ্রাহক")
        constraints = [
            models.UniqueConstraint(fields=["office", "email"], name="subscription_once")
        ]

    def __str__(self) -> str:
        return self.email
