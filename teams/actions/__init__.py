"""Every write to offices, posts and people. Keyword-only, atomic, and recorded."""

from .groups import TEAMS_SINCE, make_group, set_group_members
from .memos import MemoTaken, claim_memo, propose_memo
from .offices import LoadedOffices, load_offices
from .people import ContactTaken, Newcomer, PersonWords, StalePerson, update_person
from .posts import (
    PostRefused,
    PostWords,
    StalePost,
    close_post,
    create_post,
    give_post,
    move_post,
    reopen_post,
    update_post,
)
from .teams import (
    StaleTeam,
    Unexplained,
    create_team,
    delete_team,
    dissolve_team,
    issue_team,
    update_team,
)
from .transfers import (
    TransferRefused,
    call_off_transfer,
    give_charge,
    release,
    transfer_post,
)

__all__ = [
    "TEAMS_SINCE",
    "ContactTaken",
    "LoadedOffices",
    "MemoTaken",
    "Newcomer",
    "PersonWords",
    "PostRefused",
    "PostWords",
    "StalePerson",
    "StalePost",
    "StaleTeam",
    "TransferRefused",
    "Unexplained",
    "call_off_transfer",
    "claim_memo",
    "close_post",
    "create_post",
    "create_team",
    "delete_team",
    "dissolve_team",
    "give_charge",
    "give_post",
    "issue_team",
    "load_offices",
    "make_group",
    "move_post",
    "propose_memo",
    "release",
    "reopen_post",
    "set_group_members",
    "transfer_post",
    "update_person",
    "update_post",
    "update_team",
]
