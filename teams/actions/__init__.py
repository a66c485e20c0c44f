"""Every write to offices, posts and people. Keyword-only, atomic, and recorded."""

from .groups import TEAMS_SINCE, make_group, set_group_members
from .memos import MemoTaken, claim_memo, propose_memo
from .offices import LoadedOffices, load_offices
from .posts import give_post

__all__ = [
    "TEAMS_SINCE",
    "LoadedOffices",
    "MemoTaken",
    "claim_memo",
    "give_post",
    "load_offices",
    "make_group",
    "propose_memo",
    "set_group_members",
]
