"""The state of an idea in a citizen's words, for lists."""

from django import template

from ..citizens import standing_of
from ..models import Idea

register = template.Library()


@register.filter
def plain_state(idea: Idea) -> str:
    """Where the idea stands, in plain words (fetch it with citizens.KNOWN_OF)."""
    return standing_of(idea).title
