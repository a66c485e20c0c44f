"""Columns and constraints that many tables share."""

from django.conf import settings
from django.db import models
from django.db.models import Q


def person() -> models.ForeignKey:
    """A "who did it" column; people are never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


def stamp(model: str, name: str) -> models.CheckConstraint:
    """A constraint, called <model>_<name>_paired, that keeps <name>_at and <name>_by together."""
    return models.CheckConstraint(
        name=f"{model}_{name}_paired",
        condition=Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
        | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
    )
