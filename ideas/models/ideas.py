"""Ideas, each in the register of the office that received it."""

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
from teams.scope import any_of

from ..codes import CODE_DIGITS, new_code
from ..enums import (
    OPEN_TO_ALL,
    OUTSIDE,
    PROVEN,
    TRANSITIONS,
    WAITING,
    IdeaChannel,
    IdeaStatus,
)

if TYPE_CHECKING:
    from teams.models import User, Viewer

LONGEST_TITLE = 300  # characters
LONGEST_NAME = 200
# Each once: an idea is admitted by two steps.
STAMPS = list(dict.fromkeys(step.stamp for step in TRANSITIONS if step.stamp))


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: Viewer) -> Self:
        """All of one's own team's; nobody above reads a register."""
        return self.own_of(user)

    def own_of(self, user: Viewer) -> Self:
        """Ideas of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def handed_in_by(self, user: User) -> Self:
        """What the person handed in under their own name, wherever it went."""
        return self.filter(submitted_by=user)

    def registered(self) -> Self:
        """In the register: neither held for a look nor discarded."""
        return self.exclude(status__in=OUTSIDE)

    def held(self) -> Self:
        """Handed in under circumstances that a person of the team should look at first."""
        return self.filter(status=IdeaStatus.HELD)

    def open_to_all(self) -> Self:
        """Ideas that everybody may know of: read by a team, and not kept back by the submitter."""
        return self.filter(status__in=OPEN_TO_ALL, is_shared=True)

    def proven(self) -> Self:
        """Tried, shown, and still on show: what another office may take over."""
        from .showcase import Initiative  # a page stands on an idea

        return self.filter(
            status__in=PROVEN, pk__in=Initiative.objects.published().values("idea_id")
        )

    def waiting_for_screening(self) -> Self:
        """What the next meeting has to say yes or no to."""
        return self.filter(status__in=WAITING)

    def with_open_appeal(self) -> Self:
        """Declined once, and to be looked at again because the submitter asked."""
        return self.filter(status__in=WAITING, appeal__isnull=False)

    def with_appeal_marked(self) -> Self:
        """Each with `has_appeal`: it waits for a second look."""
        waiting = self.model._default_manager.filter(
            pk=models.OuterRef("pk"), status__in=WAITING, appeal__isnull=False
        )
        return self.annotate(has_appeal=models.Exists(waiting))

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
                        for name in SEARCHED
                        for spelling in {word, to_ascii(word), to_bangla(word)}
                    ]
                )
            )
        return found


SEARCHED = ("title", "problem", "description", "benefit", "submitter_name")


class Idea(models.Model):
    """An idea for doing the office's work better (উদ্ভাবনী ধারণা).

    `code` follows the idea from outside: whoever knows it sees what became of the idea, and
    nothing else. `reference` names what decided the last step (the minutes of a meeting), and is
    empty when somebody took the step by hand; those of earlier steps are in the record.
    `version` grows with each save and each step, so that a save made from an old copy is noticed.

    An anonymous idea has no `submitted_by`, no name, no Contact, and `created_at` is cut to the
    day, so that it cannot be laid beside the log of a web server.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("দপ্তর")
    )
    code = models.CharField(
        _("অনুসরণ কোড"), max_length=CODE_DIGITS, unique=True, default=new_code, editable=False
    )
    title = models.CharField(_("শিরোনাম"), max_length=LONGEST_TITLE)
    problem = models.TextField(_("সমস্যা"), blank=True)
    description = models.TextField(_("প্রস্তাব"))
    benefit = models.TextField(_("কে কীভাবে উপকৃত হবেন"), blank=True)
    channel = models.CharField(
        _("যেভাবে এসেছে"), max_length=12, choices=IdeaChannel, default=IdeaChannel.STAFF
    )
    submitter_name = models.CharField(_("প্রস্তাবকের নাম"), max_length=LONGEST_NAME, blank=True)
    submitter_detail = models.CharField(
        _("পদবি ও দপ্তর, বা পেশা ও ঠিকানা"), max_length=LONGEST_NAME, blank=True
    )
    submitted_by = person()
    # May others, here and elsewhere, see title and text once the team has shortlisted it?
    is_shared = models.BooleanField(_("অন্যদের দেখানো যাবে"), default=True)
    received_on = models.DateField(_("প্রাপ্তির তারিখ"), default=timezone.localdate)
    status = models.CharField(
        _("অবস্থা"), max_length=12, choices=IdeaStatus, default=IdeaStatus.RECEIVED
    )
    # Why a submission was held, for whoever looks at it; never who or from where.
    held_reason = models.CharField(_("আটকে রাখার কারণ"), max_length=200, blank=True)
    reference = models.TextField(_("সিদ্ধান্তের সূত্র"), blank=True)
    decline_reason = models.TextField(_("গৃহীত না হওয়ার কারণ"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("যে আইডিয়ার সঙ্গে মিলেছে"),
    )
    forwarded_from = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    # The form's own number: the same form sent twice on a bad line makes one idea.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = person()
    admitted_at = models.DateTimeField(null=True, blank=True)
    admitted_by = person()
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = person()
    shortlisted_at = models.DateTimeField(null=True, blank=True)
    shortlisted_by = person()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = person()
    piloted_at = models.DateTimeField(null=True, blank=True)
    piloted_by = person()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = person()
    showcased_at = models.DateTimeField(null=True, blank=True)
    showcased_by = person()
    replicated_at = models.DateTimeField(null=True, blank=True)
    replicated_by = person()
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = person()
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = person()

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
            models.CheckConstraint(
                name="idea_merged_into_another",
                condition=Q(status=IdeaStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=IdeaStatus.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="idea_not_merged_into_itself", condition=~Q(merged_into=models.F("pk"))
            ),
            stamp("idea", "updated"),
            *(stamp("idea", name) for name in STAMPS),
        ]
        indexes = [
            models.Index(fields=["office", "status"], name="idea_office_status"),
            models.Index(fields=["status", "is_shared"], name="idea_open_to_all"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.code = unused_code(self.code)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("ideas:detail", args=[self.pk])

    @property
    def public_title(self) -> str:
        """What other offices read: the title of the page; the own one while there is no page."""
        page = getattr(self, "initiative", None)
        return page.title if page else self.title

    @property
    def is_open_to_all(self) -> bool:
        """As IdeaQuerySet.open_to_all asks it."""
        return self.is_shared and self.status in OPEN_TO_ALL

    @property
    def is_anonymous(self) -> bool:
        """Nobody is known to have handed it in, by account or by name."""
        return self.submitted_by_id is None and not self.submitter_name


class Contact(models.Model):
    """Where the submitter of an idea wants to hear from us; kept apart from the idea's words.

    No list, paper, export or record takes it along: only the letters to the submitter, and the
    idea's own page for the team.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("ই-মেইল"), blank=True)
    phone = models.CharField(_("মোবাইল"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("প্রস্তাবকের ঠিকানা")
        verbose_name_plural = _("প্রস্তাবকের ঠিকানা")
        constraints = [
            models.CheckConstraint(
                name="contact_has_something", condition=~Q(email="") | ~Q(phone="")
            )
        ]

    def __str__(self) -> str:
        return self.email or self.phone


class Support(models.Model):
    """Somebody had the same thought, and stood by an idea instead of handing in another.

    `code` shows the supporter what becomes of the idea, as the idea's own code does.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    code = models.CharField(max_length=CODE_DIGITS, unique=True, default=new_code, editable=False)
    note = models.TextField(_("যা যোগ করতে চান"), blank=True)
    name = models.CharField(_("নাম"), max_length=LONGEST_NAME, blank=True)
    email = models.EmailField(_("ই-মেইল"), blank=True)
    supported_on = models.DateField(default=timezone.localdate, editable=False)
    supported_by = person()
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("সমর্থন")
        verbose_name_plural = _("সমর্থন")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "supported_by"],
                condition=Q(supported_by__isnull=False),
                name="support_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.name or '—'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.code = unused_code(self.code)
        super().save(*args, **kwargs)


def unused_code(code: str) -> str:
    """The code, or another if somebody follows an idea by it already.

    An idea's and a supporter's are one kind of key: of two alike one would open the other's idea.
    """
    while any(rows.objects.filter(code=code).exists() for rows in (Idea, Support)):
        code = new_code()
    return code


class Appeal(models.Model):
    """The one time a submitter asked for a second look at a declined idea.

    `declined_reason` and `declined_reference` are what the submitter had been told.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("কেন আবার বিবেচনা করা উচিত"))
    declined_reason = models.TextField(_("আগে জানানো কারণ"))
    declined_reference = models.TextField(blank=True)
    made_on = models.DateField(default=timezone.localdate, editable=False)
    made_by = person()

    class Meta:
        verbose_name = _("পুনর্বিবেচনার আবেদন")
        verbose_name_plural = _("পুনর্বিবেচনার আবেদন")
        constraints = [
            models.CheckConstraint(name="appeal_text_given", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.text[:40]}"
