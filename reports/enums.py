"""Kinds of a report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportKind(TextChoices):
    ANNUAL = "annual", _("বার্ষিক প্রতিবেদন")
    HALF_YEARLY = "half_yearly", _("অর্ধবার্ষিক প্রতিবেদন")
