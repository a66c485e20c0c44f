"""What an office, or the Cabinet Division, has laid open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.search.words import search_terms
from teams.columns import person, stamp
from teams.enums import Role
from teams.models import Office
from workplans.models import WorkPlan

from ..enums import PublicationKind
from ..publishing.index import says
from .nation import NationalDocument
from .submissions import Submission

if TYPE_CHECKING:
    from teams.models import Viewer


# Of each thing one version stands: the plan or the report of a period, the decisions of a meeting.
STANDING = Q(withdrawn_at__isnull=True, replaced_at__isnull=True)
OF_A_PERIOD = (PublicationKind.PLAN, PublicationKind.REPORT, PublicationKind.NATIONAL)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def public(self) -> Self:
        """What stands: neither withdrawn nor replaced by a newer one."""
        return self.filter(STANDING)

    def kept_by(self, user: Viewer) -> Self:
        """Those a person looks after: of one's own team; of all offices for a reviewer."""
        if not user.is_authenticated:
            return self.none()
        if user.scope.has_role(Role.CABINET_REVIEWER):
            return self.all()
        return self.own_of(user)

    def versions_of(self, publication: Publication) -> Self:
        """All versions of the same thing, itself included, the newest first."""
        same = self.filter(office=publication.office_id, kind=publication.kind)
        if publication.kind == PublicationKind.DECISIONS:
            same = same.filter(meeting=publication.meeting_id)
        else:
            same = same.filter(starts_on=publication.starts_on, ends_on=publication.ends_on)
        return same.order_by("-published_at", "-pk")

    def search(self, words: str) -> Self:
        """Those that say every one of the words, in whichever encoding or digits."""
        found = self
        for term in search_terms(words):
            found = found.filter(says(term))
        return found

    def own_of(self, user: Viewer) -> Self:
        """Those of the offices whose team the person is in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class Publication(models.Model):
    """A plan, the released decisions of a meeting, or a report, as it was laid open.

    `content` is frozen, in Bengali, and holds no personal contact data. A later version does not
    change this row: it is a row of its own, and this one points to it (`replaced_by`), so that an
    old address still answers and says so. `folded` is its words as meetings.search.words.search_key
    compares them.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=PublicationKind)
    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, related_name="+"
    )
    national = models.ForeignKey(
        NationalDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(_("শিরোনাম"), max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField()
    folded = models.TextField(blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = person()
    # Filled just before the newer row exists, which then becomes `replaced_by`.
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = person()
    withdraw_reason = models.TextField(_("প্রত্যাহারের কারণ"), blank=True)

    objects: ClassVar[PublicationQuerySet] = PublicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("প্রকাশনা")
        verbose_name_plural = _("প্রকাশনা")
        ordering = ("-published_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="publication_of_one_thing",
                condition=Q(
                    kind=PublicationKind.PLAN,
                    plan__isnull=False,
                    meeting__isnull=True,
                    submission__isnull=True,
                    national__isnull=True,
                )
                | Q(
                    kind=PublicationKind.DECISIONS,
                    plan__isnull=True,
                    meeting__isnull=False,
                    submission__isnull=True,
                    national__isnull=True,
                )
                | Q(
                    kind=PublicationKind.REPORT,
                    plan__isnull=True,
                    meeting__isnull=True,
                    submission__isnull=False,
                    national__isnull=True,
                )
                | Q(
                    kind=PublicationKind.NATIONAL,
                    plan__isnull=True,
                    meeting__isnull=True,
                    submission__isnull=True,
                    national__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["office", "kind", "starts_on", "ends_on"],
                condition=STANDING & Q(kind__in=OF_A_PERIOD),
                name="publication_one_standing_per_period",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=STANDING & Q(kind=PublicationKind.DECISIONS),
                name="publication_one_standing_per_meeting",
            ),
            models.CheckConstraint(
                name="publication_replaced_since",
                condition=Q(replaced_by__isnull=True) | Q(replaced_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason="")),
            ),
            stamp("publication", "withdrawn"),
        ]
        indexes = [
            models.Index(fields=["office", "kind", "-published_at"], name="publication_office_kind")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page everybody sees."""
        return reverse("open:publication", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None and self.replaced_at is None
