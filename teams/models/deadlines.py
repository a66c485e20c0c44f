"""By when what is owed, as dated rules, and who was given more time or let off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..columns import person, stamp
from ..enums import DueKind
from ..rules import DatedRule, in_order
from .offices import Office

if TYPE_CHECKING:
    from . import Viewer


class DueRuleQuerySet(models.QuerySet["DueRule"]):
    def next_due(self, kind: str, today: date) -> date | None:
        """The next day, today included, on which this kind is due; None without a rule.

        By the rule in force on that day; of two that cover a day the later one is.
        """
        from ..deadlines import Rules  # the calculation leans on this module

        return Rules(self.filter(kind=kind)).next_due(kind, today)


class DueRule(DatedRule):
    """By which day something is owed, and under which order.

    Each year on day `day` of `month`; each month on `day` (its last day in shorter months) when
    `month` is empty; or `days_after` days after what brought it about (a review after the
    sending). The annual report is due on 31 July by duty 5 of the Cabinet Division's gazette of
    16 November 2023.
    """

    kind = models.CharField(_("কী"), max_length=20, choices=DueKind)
    month = models.PositiveSmallIntegerField(_("মাস"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("দিন"), null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(_("কত দিনের মধ্যে"), null=True, blank=True)

    objects: ClassVar[DueRuleQuerySet] = DueRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("সময়সীমার নিয়ম")
        verbose_name_plural = _("সময়সীমার নিয়ম")
        ordering = ("kind", "valid_from", "month")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "month", "valid_from"], name="duerule_one_per_month_and_start"
            ),
            models.CheckConstraint(
                name="duerule_day_exists",
                condition=Q(month__isnull=True, day__gte=1, day__lte=31, days_after__isnull=True)
                | Q(month__isnull=True, day__isnull=True, days_after__gt=0)
                | Q(month=2, day__gte=1, day__lte=28, days_after__isnull=True)
                | Q(month__in=[4, 6, 9, 11], day__gte=1, day__lte=30, days_after__isnull=True)
                | Q(
                    month__in=[1, 3, 5, 7, 8, 10, 12],
                    day__gte=1,
                    day__lte=31,
                    days_after__isnull=True,
                ),
            ),
            in_order("duerule"),
        ]

    def __str__(self) -> str:
        when = f"+{self.days_after}" if self.days_after else f"{self.day}/{self.month or '*'}"
        return f"{self.get_kind_display()} {when}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: Viewer) -> Self:
        """What was granted to all; to one's own offices; to those below."""
        if not user.is_authenticated:
            return self.none()
        scope = user.scope
        own = Q(office_id__in=scope.team_office_ids) | scope.below("office__")
        return self.filter(Q(office__isnull=True) | own)

    def in_force(self) -> ExtensionQuerySet:
        return self.filter(revoked_at__isnull=True)


class Extension(models.Model):
    """More time for one thing owed (`new_due_on`), or none of it owed at all (no new date).

    `office` is empty for all offices. `starts_on` is the first day of the period it is about: the
    year of a plan or report, the month of a meeting.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    kind = models.CharField(_("কী"), max_length=20, choices=DueKind)
    starts_on = models.DateField(_("যে সময়কালের জন্য, তার প্রথম দিন"))
    new_due_on = models.DateField(_("নতুন শেষ তারিখ"), null=True, blank=True)
    reason = models.TextField(_("কারণ"))
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    granted_by = person()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = person()

    objects: ClassVar[ExtensionQuerySet] = ExtensionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("সময় বৃদ্ধি বা অব্যাহতি")
        verbose_name_plural = _("সময় বৃদ্ধি ও অব্যাহতি")
        ordering = ("-granted_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "starts_on"],
                condition=Q(revoked_at__isnull=True, office__isnull=False),
                name="extension_one_per_office",
            ),
            models.UniqueConstraint(
                fields=["kind", "starts_on"],
                condition=Q(revoked_at__isnull=True, office__isnull=True),
                name="extension_one_for_all",
            ),
            models.CheckConstraint(name="extension_reason_given", condition=~Q(reason="")),
            stamp("extension", "revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    @property
    def is_exemption(self) -> bool:
        return self.new_due_on is None
