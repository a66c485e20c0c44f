"""Invented offices at work: people on posts, plans in every state, ideas, and a year of meetings.

Written through the same actions as everything else, so that what a newcomer sees is what the
application makes. The words are in duties/demo/; every date in them follows today.
"""

from dataclasses import dataclass

from django.db import transaction

from .handovers import load_handovers
from .people import PASSWORD, load_people, load_posts
from .plans import load_plans
from .story import load_story
from .teams import load_teams

__all__ = ["PASSWORD", "Loaded", "load_demo"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was added; `people` are all of them."""

    people: int
    plans: int
    meetings: int
    ideas: int


def load_demo() -> Loaded:
    """Load what is not there yet. The offices must be loaded."""
    with transaction.atomic():
        people = load_people()
        posts = load_posts(people)
    plans = load_plans()
    told = load_story(posts)
    load_teams(posts)
    load_handovers(people, posts)
    return Loaded(len(people), plans, told.meetings, told.ideas)
