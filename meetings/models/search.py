"""Settled minutes cut into the pieces that a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from teams.models import Office

from .agenda import AgendaItem
from .decisions import Decision
from .meetings import Meeting

if TYPE_CHECKING:
    from teams.models import Viewer


class EntryKind(models.TextChoices):
    """Which part of the minutes a piece is."""

    HEAD = "head", _("সভার পরিচিতি")
    TOPIC = "topic", _("আলোচ্য বিষয়")
    DISCUSSION = "discussion", _("আলোচনা")
    DECISION = "decision", _("সিদ্ধান্ত")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: Viewer) -> Self:
        """Pieces of those settled minutes that the person may read.

        Asked of each piece found: a list of all readable minutes would take longer than a search.
        """
        readable = Meeting.objects.visible_to(user).held()
        return self.filter(Exists(readable.filter(pk=OuterRef("meeting_id"))))


class SearchEntry(models.Model):
    """One piece of settled minutes: its words as shown, and as a search compares them.

    Written and removed with the minutes by meetings.search, never changed. `folded` is
    meetings.search.words.search_key of `text`; the index stands on it (meetings.search.index).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="search_entries")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    kind = models.CharField(max_length=10, choices=EntryKind)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    folded = models.TextField()

    objects: ClassVar[SearchEntryQuerySet] = SearchEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কার্যবিবরণীর খোঁজার অংশ")
        verbose_name_plural = _("কার্যবিবরণীর খোঁজার অংশ")
        constraints = [
            models.CheckConstraint(
                name="searchentry_kind_known", condition=models.Q(kind__in=EntryKind.values)
            ),
            models.CheckConstraint(name="searchentry_text_given", condition=~models.Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The decision's page; else the meeting's, with the item in view if there is one."""
        if self.decision_id:
            return Decision(pk=self.decision_id).get_absolute_url()
        if self.item_id:
            return AgendaItem(pk=self.item_id, meeting_id=self.meeting_id).get_absolute_url()
        return Meeting(pk=self.meeting_id).get_absolute_url()
