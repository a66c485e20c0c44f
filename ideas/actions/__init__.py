"""Every write of the room. Keyword-only, atomic, with the person who does it, and recorded."""

from .intake import admit_idea, appeal_idea, discard_idea
from .pilots import begin_pilot_of, finish_pilot, stop_pilot
from .register import (
    IdeaText,
    StaleIdea,
    move_idea,
    receive_idea,
    update_idea,
    why_settled,
)
from .similar import merge_idea

__all__ = [
    "IdeaText",
    "StaleIdea",
    "admit_idea",
    "appeal_idea",
    "begin_pilot_of",
    "discard_idea",
    "finish_pilot",
    "merge_idea",
    "move_idea",
    "receive_idea",
    "stop_pilot",
    "update_idea",
    "why_settled",
]
