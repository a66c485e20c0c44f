"""Files and pictures of an idea, whatever they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import StoredDocument
from teams.columns import person

from ..enums import PUBLIC_PURPOSES, FilePurpose
from .ideas import Idea
from .pilots import Visit
from .showcase import Initiative

if TYPE_CHECKING:
    from teams.models import Viewer


class IdeaFileQuerySet(models.QuerySet["IdeaFile"]):
    def visible_to(self, user: Viewer) -> Self:
        """Files of the ideas of one's own team."""
        return self.filter(idea__in=Idea.objects.own_of(user))

    def public(self) -> Self:
        """The pictures of pages that are published."""
        return self.filter(
            purpose__in=PUBLIC_PURPOSES,
            idea__in=Initiative.objects.published().values("idea_id"),
        )

    def on_page(self) -> Self:
        """What the initiative's page shows, published or not."""
        return self.filter(purpose__in=PUBLIC_PURPOSES)


class IdeaFile(models.Model):
    """One file of an idea: an attachment, a picture of a visit, a picture for the public page.

    The bytes are as `teams.uploads` cleaned them: a picture carries no place, no device and
    no author. `filename` is what a reader's machine will call it.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=12, choices=FilePurpose, default=FilePurpose.ATTACHMENT)
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    caption = models.CharField(_("ছবির কথা"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()

    objects: ClassVar[IdeaFileQuerySet] = IdeaFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আইডিয়ার ফাইল")
        verbose_name_plural = _("আইডিয়ার ফাইল")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="ideafile_purpose_known", condition=Q(purpose__in=FilePurpose.values)
            ),
            models.CheckConstraint(
                name="ideafile_of_a_visit",
                condition=Q(purpose=FilePurpose.VISIT, visit__isnull=False)
                | (~Q(purpose=FilePurpose.VISIT) & Q(visit__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
