"""Printed plans and progress tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.prints import Print

from ..enums import SENT, PlanStatus
from .plans import WorkPlan

if TYPE_CHECKING:
    from teams.models import Viewer


class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    def visible_to(self, user: Viewer) -> Self:
        """Of a plan one may see; from outside the team, only prints of what had been sent.

        A draft printed in January stays the team's own when the plan is submitted in February.
        """
        return self.filter(
            Q(plan__in=WorkPlan.everything.own_of(user))
            | Q(plan__in=WorkPlan.everything.visible_to(user), plan_status__in=SENT)
        )


class PlanDocument(Print):
    """A printed state of a plan; `plan_status` is where the plan stood then."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="documents")
    plan_status = models.CharField(max_length=10, choices=PlanStatus)

    objects: ClassVar[PlanDocumentQuerySet] = PlanDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Print.Meta):
        verbose_name = _("ছাপার রূপ")
        verbose_name_plural = _("ছাপার রূপ")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fingerprint"], name="plandocument_one_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.fingerprint[:8]}"
