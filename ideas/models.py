"""Ideas, each in the register of the office that received it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise
from teams.columns import person, stamp
from teams.models import Office
from teams.scope import any_of

from .enums import TRANSITIONS, WAITING, IdeaChannel, IdeaStatus

if TYPE_CHECKING:
    from teams.models import Viewer

LONGEST_TITLE = 300  # characters
LONGEST_NAME = 200


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: Viewer) -> Self:
        """All of one's own team's; nobody above reads a register."""
        return self.own_of(user)

    def own_of(self, user: Viewer) -> Self:
        """Ideas of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def waiting_for_screening(self) -> Self:
        """What the next meeting has to say yes or no to."""
        return self.filter(status__in=WAITING)

    def piloting(self) -> Self:
        return self.filter(status=IdeaStatus.PILOTING)

    def search(self, words: str) -> Self:
        """Ideas that say every one of the words, with their digits in either script."""
        found = self
        for word in normalise(words).split():
            found = found.filter(
                any_of(
                    [
                        Q(**{f"{name}__icontains": spelling})
                        for name in ("title", "description", "benefit", "submitter_name")
                        for spelling in {word, to_ascii(word), to_bangla(word)}
                    ]
                )
            )
        return found


class Idea(models.Model):
    """An idea for doing the office's work better (উদ্ভাবনী ধারণা).

    `reference` names what decided the last step (the minutes of a meeting), and is empty when
    somebody took the step by hand; those of earlier steps are in the record. `version` grows
    with each save and each step, so that a save made from an old copy is noticed.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("দপ্তর")
    )
    title = models.CharField(_("শিরোনাম"), max_length=LONGEST_TITLE)
    description = models.TextField(_("সমস্যা ও সমাধান"))
    benefit = models.TextField(_("কে কীভাবে উপকৃত হবেন"), blank=True)
    channel = models.CharField(
        _("যেভাবে এসেছে"), max_length=12, choices=IdeaChannel, default=IdeaChannel.STAFF
    )
    submitter_name = models.CharField(_("প্রস্তাবকের নাম"), max_length=LONGEST_NAME, blank=True)
    received_on = models.DateField(_("প্রাপ্তির তারিখ"), default=timezone.localdate)
    status = models.CharField(
        _("অবস্থা"), max_length=12, choices=IdeaStatus, default=IdeaStatus.RECEIVED
    )
    reference = models.TextField(_("সিদ্ধান্তের সূত্র"), blank=True)
    decline_reason = models.TextField(_("গৃহীত না হওয়ার কারণ"), blank=True)
    version = models.PositiveIntegerField(default=1)
    # The form's own number: the same form sent twice on a bad line makes one idea.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    shortlisted_at = models.DateTimeField(null=True, blank=True)
    shortlisted_by = person()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = person()
    piloted_at = models.DateTimeField(null=True, blank=True)
    piloted_by = person()
    showcased_at = models.DateTimeField(null=True, blank=True)
    showcased_by = person()
    replicated_at = models.DateTimeField(null=True, blank=True)
    replicated_by = person()
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = person()

    objects: ClassVar[IdeaQuerySet] = IdeaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আইডিয়া")
        verbose_name_plural = _("আইডিয়া")
        ordering = ("-received_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="idea_status_known", condition=Q(status__in=IdeaStatus.values)
            ),
            models.CheckConstraint(
                name="idea_channel_known", condition=Q(channel__in=IdeaChannel.values)
            ),
            models.CheckConstraint(
                name="idea_text_given", condition=~Q(title="") & ~Q(description="")
            ),
            models.CheckConstraint(
                name="idea_declined_with_reason",
                condition=(Q(status=IdeaStatus.DECLINED) & ~Q(decline_reason=""))
                | (~Q(status=IdeaStatus.DECLINED) & Q(decline_reason="")),
            ),
            stamp("idea", "updated"),
            *(stamp("idea", step.stamp) for step in TRANSITIONS),
        ]
        indexes = [models.Index(fields=["office", "status"], name="idea_office_status")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:detail", args=[self.pk])
