"""What an idea's page shows besides its words: a part of the context from each part of the room."""

from typing import Any

from teams.models import User

from . import intake, pilots, replications, screening, showcase, similar
from .models import Idea


def detail_context(user: User, idea: Idea) -> dict[str, Any]:
    """The context of all parts; each takes a fixed number of queries."""
    parts = (intake, similar, screening, pilots, showcase, replications)
    return {name: value for part in parts for name, value in part.on_page(user, idea).items()}
