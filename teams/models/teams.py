"""Innovation teams: who is in one, by which rule and which office order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import columns
from ..columns import stamp
from ..enums import Seat, TeamStatus, Tier
from ..language import in_bengali
from ..prints import Print
from ..rules import DatedRule, in_order
from .offices import Office
from .people import Post

if TYPE_CHECKING:
    from . import Viewer

LONGEST_LINE = 300


class Background(models.Model):
    """What somebody knows or is, for which a gazette wants them in a team: ICT, planning, …"""

    code = models.SlugField(_("কোড"), max_length=40, unique=True)
    name_bn = models.CharField(_("নাম (বাংলা)"), max_length=200)
    name_en = models.CharField(_("নাম (ইংরেজি)"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("পূর্বদক্ষতা বা পটভূমি")
        verbose_name_plural = _("পূর্বদক্ষতা বা পটভূমি")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name_bn if in_bengali() else self.name_en


class CompositionRuleQuerySet(models.QuerySet["CompositionRule"]):
    def covering(self, day: date) -> Self:
        """Rules in force on that day."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def of(self, tier: str, day: date) -> CompositionRule | None:
        """The rule a team of that tier is formed under on that day; the latest if two cover it."""
        found = self.covering(day).filter(tier=tier).order_by("-valid_from")
        return found.prefetch_related("requirements__backgrounds").first()


class CompositionRule(DatedRule):
    """Who heads a team of one tier and how many are nominated, under one gazette.

    `leader_bn` says in words who may head it; `leader_is_head` that it is the head of the office.
    `nominated_min` and `nominated_max` count the members chosen freely; members that the rule
    names by their post (AC Land, programmer) are requirements with `is_seat`. `formed_by` is the
    tier of the office whose head forms the team: a district forms those of its upazilas.
    """

    tier = models.CharField(_("পর্যায়"), max_length=10, choices=Tier)
    leading_seat = models.CharField(_("টিম প্রধানের নাম"), max_length=10, choices=Seat)
    leader_bn = models.CharField(_("কে প্রধান হবেন (বাংলা)"), max_length=LONGEST_LINE)
    leader_en = models.CharField(_("কে প্রধান হবেন (ইংরেজি)"), max_length=LONGEST_LINE)
    leader_is_head = models.BooleanField(_("দপ্তর প্রধানই টিম প্রধান"), default=False)
    nominated_min = models.PositiveSmallIntegerField(_("মনোনীত সদস্য, অন্তত"))
    nominated_max = models.PositiveSmallIntegerField(_("মনোনীত সদস্য, সর্বোচ্চ"))
    formed_by = models.CharField(_("কোন পর্যায়ের প্রধান গঠন করেন"), max_length=10, choices=Tier)

    objects: ClassVar[CompositionRuleQuerySet] = CompositionRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("টিম গঠনের নিয়ম")
        verbose_name_plural = _("টিম গঠনের নিয়ম")
        ordering = ("tier", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "valid_from"], name="compositionrule_one_per_tier_and_start"
            ),
            models.CheckConstraint(
                name="compositionrule_count_in_order",
                condition=Q(nominated_max__gte=models.F("nominated_min")),
            ),
            in_order("compositionrule"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.valid_from}"

    @property
    def leader(self) -> str:
        return self.leader_bn if in_bengali() else self.leader_en


class CompositionRequirement(models.Model):
    """Somebody the team must have: `minimum` members with any of the backgrounds.

    `is_seat` for a member the gazette names beside the nominated ones, who does not count
    towards their number.
    """

    rule = models.ForeignKey(CompositionRule, on_delete=models.CASCADE, related_name="requirements")
    name_bn = models.CharField(_("কাকে চাই (বাংলা)"), max_length=LONGEST_LINE)
    name_en = models.CharField(_("কাকে চাই (ইংরেজি)"), max_length=LONGEST_LINE)
    backgrounds = models.ManyToManyField(Background, related_name="+")
    minimum = models.PositiveSmallIntegerField(_("অন্তত কতজন"), default=1)
    is_seat = models.BooleanField(_("মনোনীতদের বাইরে, পদাধিকারবলে"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("টিমে যাঁকে থাকতে হবে")
        verbose_name_plural = _("টিমে যাঁদের থাকতে হবে")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name_bn if in_bengali() else self.name_en


class TermOfReferenceQuerySet(models.QuerySet["TermOfReference"]):
    def covering(self, day: date) -> Self:
        """The duties of teams on that day, in their order."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class TermOfReference(DatedRule):
    """One duty of every innovation team (কার্যপরিধি); the gazette of 2023 has 21."""

    number = models.PositiveSmallIntegerField(_("ক্রম"))
    text_bn = models.TextField(_("কাজ (বাংলা)"))
    text_en = models.TextField(_("কাজ (ইংরেজি)"))

    objects: ClassVar[TermOfReferenceQuerySet] = TermOfReferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("কার্যপরিধি")
        verbose_name_plural = _("কার্যপরিধি")
        ordering = ("valid_from", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "valid_from"], name="termofreference_number_unique"
            ),
            in_order("termofreference"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def text(self) -> str:
        return self.text_bn if in_bengali() else self.text_en


class TeamQuerySet(models.QuerySet["Team"]):
    def own_of(self, user: Viewer) -> Self:
        """Teams of one's own offices, drafts included."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(office_id__in=user.scope.team_office_ids)

    def visible_to(self, user: Viewer) -> Self:
        """One's own, drafts included; of offices below, those that were ordered."""
        if not user.is_authenticated:
            return self.none()
        own = Q(office_id__in=user.scope.team_office_ids) | Q(
            issuing_office_id__in=user.scope.team_office_ids
        )
        return self.filter(own | (user.scope.below("office__") & ~Q(status=TeamStatus.DRAFT)))

    def in_force(self) -> Self:
        return self.filter(status=TeamStatus.ISSUED)

    def current(self) -> Self:
        """The team in force and the draft of the next one, without their papers."""
        alive = self.filter(status__in=(TeamStatus.ISSUED, TeamStatus.DRAFT))
        return alive.defer("content")

    def on(self, day: date) -> Self:
        """The team of each office on that day."""
        return (
            self.exclude(status=TeamStatus.DRAFT)
            .filter(formed_on__lte=day)
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        )


class Team(models.Model):
    """An innovation team as one office order forms it.

    A change of members is a new team with its own order, which replaces the old one. `rule` is
    the one of the day of the order and stays with the team. `deviations` are, frozen with the
    order, the sentences that say where the team differs from the rule; then `deviation_reason`
    says why. `content` is the paper, frozen (teams.documents).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="teams")
    issuing_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=TeamStatus, default=TeamStatus.DRAFT
    )
    rule = models.ForeignKey(CompositionRule, on_delete=models.PROTECT, related_name="teams")
    formed_on = models.DateField(_("আদেশের তারিখ"))
    ended_on = models.DateField(_("যে তারিখে শেষ"), null=True, blank=True)
    memo_number = models.CharField(_("স্মারক নম্বর"), max_length=60, blank=True)
    subject = models.CharField(_("বিষয়"), max_length=LONGEST_LINE, blank=True)
    preamble = models.TextField(_("সূচনা"), blank=True)
    closing = models.TextField(_("শেষ কথা"), blank=True)
    copies = models.TextField(_("অনুলিপি"), blank=True)
    deviation_reason = models.TextField(_("নিয়মের ব্যতিক্রমের কারণ"), blank=True)
    deviations = models.JSONField(default=list, blank=True)
    content = models.JSONField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = columns.person()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = columns.person()
    dissolved_at = models.DateTimeField(null=True, blank=True)
    dissolved_by = columns.person()
    dissolved_reason = models.TextField(_("বিলুপ্তির কারণ"), blank=True)

    objects: ClassVar[TeamQuerySet] = TeamQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("ইনোভেশন টিম")
        verbose_name_plural = _("ইনোভেশন টিম")
        ordering = ("-formed_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(status=TeamStatus.ISSUED),
                name="team_one_in_force_per_office",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(status=TeamStatus.DRAFT),
                name="team_one_draft_per_office",
            ),
            models.CheckConstraint(
                name="team_status_known", condition=Q(status__in=TeamStatus.values)
            ),
            models.CheckConstraint(
                name="team_deviation_explained",
                condition=Q(deviations=[]) | ~Q(deviation_reason="") | Q(status=TeamStatus.DRAFT),
            ),
            models.CheckConstraint(
                name="team_ordered_with_content",
                condition=Q(status=TeamStatus.DRAFT) | Q(content__isnull=False),
            ),
            models.CheckConstraint(
                name="team_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("formed_on")),
            ),
            stamp("team", "issued"),
            stamp("team", "dissolved"),
        ]
        indexes = [models.Index(fields=["office", "formed_on"], name="team_office_formed")]

    def __str__(self) -> str:
        return str(_("%(office)s ইনোভেশন টিম")) % {"office": self.office.name}

    def get_absolute_url(self) -> str:
        return reverse("teams:team_detail", args=[self.pk])


class Membership(models.Model):
    """A post in a team, with who held it when the order was made.

    `person` is who is named in the order; the seat stays with the post when people change.
    `backgrounds` are what the member is in the team for.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    person = columns.person()
    seat = models.CharField(_("টিমে পদবি"), max_length=10, choices=Seat, default=Seat.MEMBER)
    is_nominated = models.BooleanField(_("মনোনীত"), default=True)
    backgrounds = models.ManyToManyField(Background, blank=True, related_name="memberships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("টিমের সদস্য")
        verbose_name_plural = _("টিমের সদস্য")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["team", "post"], name="membership_post_once_in_team"),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(seat__in=[Seat.CHIEF, Seat.LEADER]),
                name="membership_one_leader_per_team",
            ),
            models.CheckConstraint(name="membership_seat_known", condition=Q(seat__in=Seat.values)),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.post}"


class TeamDocumentQuerySet(models.QuerySet["TeamDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """Printed drafts stay with those who write the order; the order is read by whoever sees
        the team."""
        if not user.is_authenticated:
            return self.none()
        own = user.scope.team_office_ids
        writers = Q(team__office_id__in=own) | Q(team__issuing_office_id__in=own)
        return self.filter(writers | Q(is_draft=False, team__in=Team.objects.visible_to(user)))


class TeamDocument(Print):
    """A printed office order, or the draft of one."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="documents")
    is_draft = models.BooleanField(default=True)

    objects: ClassVar[TeamDocumentQuerySet] = TeamDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("ছাপানো অফিস আদেশ")
        verbose_name_plural = _("ছাপানো অফিস আদেশ")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "is_draft", "fingerprint"], name="teamdocument_content_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.created_at:%Y-%m-%d}"
