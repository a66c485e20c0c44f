"""What can be owed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReminderKind(TextChoices):
    DECISION = "decision", _("সভার সিদ্ধান্ত")


class Urgency(TextChoices):
    """How soon an item wants its owner; the order is the order on the page."""

    LATE = "late", _("দেরি")
    SOON = "soon", _("এই সপ্তাহে")
    NEXT = "next", _("এরপর")
