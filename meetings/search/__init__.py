"""Looking back: a search over all settled minutes that a person may read."""

from .entries import index_minutes, unindex_minutes
from .query import EntryHit, Found, Hit, search_minutes
from .snippets import snippet

__all__ = [
    "EntryHit",
    "Found",
    "Hit",
    "index_minutes",
    "search_minutes",
    "snippet",
    "unindex_minutes",
]
