"""Every write to a meeting. Keyword-only, atomic, with the person who does it, and recorded."""

from .agenda import (
    ITEM_FIELDS,
    StaleItem,
    add_item,
    complete_agenda,
    move_item,
    set_item_state,
    step_item,
    update_item,
)
from .attendance import add_guest, mark_all_present, mark_attendance, remove_guest
from .decisions import (
    DecisionWords,
    StaleDecision,
    StaleFollowUp,
    add_decision,
    remove_decision,
    restore_decision,
    update_decision,
    write_follow_up,
)
from .following import (
    change_due_date,
    complete_decision,
    drop_decision,
    report_assignment,
    resume_decision,
)
from .meetings import (
    HEAD_FIELDS,
    StaleMeeting,
    cancel_meeting,
    create_meeting,
    explain_no_meeting,
    update_meeting,
)
from .minutes import circulate_minutes, finalise_minutes, reopen_minutes
from .notices import issue_notice, needs_notice, next_notice_kind

__all__ = [
    "HEAD_FIELDS",
    "ITEM_FIELDS",
    "DecisionWords",
    "StaleDecision",
    "StaleFollowUp",
    "StaleItem",
    "StaleMeeting",
    "add_decision",
    "add_guest",
    "add_item",
    "cancel_meeting",
    "change_due_date",
    "circulate_minutes",
    "complete_agenda",
    "complete_decision",
    "create_meeting",
    "drop_decision",
    "explain_no_meeting",
    "finalise_minutes",
    "issue_notice",
    "mark_all_present",
    "mark_attendance",
    "move_item",
    "needs_notice",
    "next_notice_kind",
    "remove_decision",
    "remove_guest",
    "reopen_minutes",
    "report_assignment",
    "restore_decision",
    "resume_decision",
    "set_item_state",
    "step_item",
    "update_decision",
    "update_item",
    "update_meeting",
    "write_follow_up",
]
