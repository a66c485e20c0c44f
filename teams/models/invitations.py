"""How a person comes to an account: by a code that works once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import columns
from ..enums import InvitationKind, Role
from .offices import Office

if TYPE_CHECKING:
    from . import Viewer


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Viewer) -> Self:
        """Those given by offices that one heads or that stand below one's own; of these
        `can_revoke_invitation` says which are one's business. The administrator sees all."""
        if not user.is_authenticated:
            return self.none()
        if user.scope.has_role(Role.SYSTEM_ADMINISTRATOR):
            return self.all()
        return self.filter(user.scope.headed("office__"))

    def open(self) -> Self:
        """Not used, not taken back, not too old."""
        return self.filter(
            used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )


class Invitation(models.Model):
    """A one-time code for one person, by e-mail or on a printed slip.

    Only a keyed hash of the code is kept. `office` is the one that invited.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("ধরন"), max_length=10, choices=InvitationKind)
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = columns.person()
    expires_at = models.DateTimeField(_("মেয়াদ"))
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = columns.person()

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আমন্ত্রণ")
        verbose_name_plural = _("আমন্ত্রণ")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_person",
            ),
            columns.stamp("invitation", "revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.created_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Neither used nor taken back; it may be too old."""
        return self.used_at is None and self.revoked_at is None
