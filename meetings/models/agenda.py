"""The agenda of a meeting, and the topics a team always has on it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.columns import person
from teams.models import Office

from ..enums import COMPUTED, Confirmation, FollowUpOutcome, ItemKind, ItemState, MeetingStatus
from .meetings import LONGEST_LINE, Meeting

if TYPE_CHECKING:
    from teams.models import Viewer


class StandingTopicQuerySet(models.QuerySet["StandingTopic"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def own_of(self, user: Viewer) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)


class StandingTopic(models.Model):
    """A topic that stands on every agenda of a team (স্থায়ী আলোচ্য বিষয়)."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="standing_topics")
    title = models.CharField(_("আলোচ্য বিষয়"), max_length=LONGEST_LINE)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("চালু"), default=True)

    objects: ClassVar[StandingTopicQuerySet] = StandingTopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("স্থায়ী আলোচ্য বিষয়")
        verbose_name_plural = _("স্থায়ী আলোচ্য বিষয়")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "title"], name="standingtopic_title_unique_in_office"
            ),
            models.CheckConstraint(name="standingtopic_title_given", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: Viewer) -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def open(self) -> Self:
        """On the agenda: neither postponed nor dropped."""
        return self.filter(state=ItemState.OPEN)

    def discussed(self) -> Self:
        """Something was written down about it, or about a decision that it asks after."""
        from .decisions import Decision  # decisions belong to items

        decided = Exists(Decision.objects.kept().filter(item=OuterRef("pk")))
        asked = Exists(FollowUp.objects.filter(meeting=OuterRef("meeting")))
        followed = Q(kind=ItemKind.FOLLOW_UP) & asked
        return self.filter(~Q(discussion="") | ~Q(confirmation="") | decided | followed)

    def left_over(self) -> Self:
        """What a settled or cancelled meeting did not get to, and no later one has taken up.

        Postponed, or still open without a word written; of a cancelled meeting everything, for
        what was typed before it is no discussion. Topics that are looked up anew each month come
        back by themselves and are not meant here, nor what stands without words in old minutes
        that were taken in.
        """
        from .papers import MinutesImport  # papers are made of meetings

        talked_about = AgendaItem.objects.discussed().filter(pk=OuterRef("pk"))
        return (
            self.exclude(state=ItemState.DROPPED)
            .exclude(kind__in=COMPUTED)
            .exclude(meeting__status=MeetingStatus.DRAFT)
            .exclude(meeting__in=MinutesImport.objects.taken_in().values("meeting"))
            .filter(
                Q(state=ItemState.POSTPONED)
                | Q(meeting__status=MeetingStatus.CANCELLED)
                | ~Exists(talked_about)
            )
            .filter(taken_up__isnull=True)
        )


class AgendaItem(models.Model):
    """One topic of a meeting (আলোচ্য বিষয়) with what was said about it (আলোচনা).

    `confirms` is the meeting whose minutes a confirmation item is about. `carried_from` is the
    item of an earlier meeting that came back as this one; `times_put_off` says how often it was
    left over so far. `version` grows with each save, so that a save made from an old copy is
    noticed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("ধরন"), max_length=12, choices=ItemKind, default=ItemKind.OWN)
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(_("আলোচ্য বিষয়"), max_length=LONGEST_LINE)
    discussion = models.TextField(_("আলোচনা"), blank=True)
    state = models.CharField(_("অবস্থা"), max_length=10, choices=ItemState, default=ItemState.OPEN)
    confirms = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations"
    )
    confirmation = models.CharField(_("কার্যবিবরণী"), max_length=10, choices=Confirmation, blank=True)
    correction = models.TextField(_("যে সংশোধন করা হলো"), blank=True)
    standing = models.ForeignKey(
        StandingTopic, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_up"
    )
    times_put_off = models.PositiveSmallIntegerField(default=0)
    doubts = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The new item's own number: the same item sent twice on a bad line is one item.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()

    objects: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আলোচ্য বিষয়")
        verbose_name_plural = _("আলোচ্য বিষয়")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="agendaitem_topic_given", condition=~Q(topic="")),
            models.CheckConstraint(
                name="agendaitem_kind_known", condition=Q(kind__in=ItemKind.values)
            ),
            models.CheckConstraint(
                name="agendaitem_state_known", condition=Q(state__in=ItemState.values)
            ),
            models.CheckConstraint(
                name="agendaitem_confirms_a_meeting",
                condition=Q(confirmation="") | Q(confirms__isnull=False),
            ),
            models.CheckConstraint(
                name="agendaitem_correction_in_words",
                condition=~Q(confirmation=Confirmation.CORRECTED) | ~Q(correction=""),
            ),
            # What every meeting looks up anew stands on it once.
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=Q(kind__in=sorted(COMPUTED)),
                name="agendaitem_computed_once_per_meeting",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "position"], name="agendaitem_order")]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return f"{reverse('meetings:detail', args=[self.meeting_id])}?item={self.pk}"

    @property
    def correction_made(self) -> str:
        """The correction, unless the minutes were confirmed without one after all."""
        return self.correction if self.confirmation == Confirmation.CORRECTED else ""


class FollowUp(models.Model):
    """What a meeting said about a decision of an earlier one.

    `new_due_on` is the day until which it was extended.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="follow_ups")
    decision = models.ForeignKey(
        "meetings.Decision", on_delete=models.PROTECT, related_name="follow_ups"
    )
    note = models.TextField(_("সভায় যা বলা হলো"), blank=True)
    outcome = models.CharField(
        _("সভার কথা"), max_length=10, choices=FollowUpOutcome, default=FollowUpOutcome.CONTINUE
    )
    new_due_on = models.DateField(_("নতুন শেষ তারিখ"), null=True, blank=True)
    # Where the decision stood before this meeting moved it, so that a reopened meeting can put
    # it back: {"status": …, "due_on": …}; empty while the minutes are a draft.
    before = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = person()

    class Meta:
        verbose_name = _("সিদ্ধান্তের অনুসরণ")
        verbose_name_plural = _("সিদ্ধান্তের অনুসরণ")
        ordering = ("decision_id",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "decision"], name="followup_one_per_decision_in_meeting"
            ),
            models.CheckConstraint(
                name="followup_outcome_known", condition=Q(outcome__in=FollowUpOutcome.values)
            ),
            models.CheckConstraint(
                name="followup_extended_until",
                condition=~Q(outcome=FollowUpOutcome.EXTENDED) | Q(new_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="followup_dropped_for_a_reason",
                condition=~Q(outcome=FollowUpOutcome.DROPPED) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} → {self.decision_id}"
