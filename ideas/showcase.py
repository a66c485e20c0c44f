"""Initiatives, events and awards as shown."""

from typing import Any

from teams.models import User

from .models import Idea


def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """What the idea's page shows of this."""
    return {}
