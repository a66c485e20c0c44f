"""Every write to a plan. Keyword-only, atomic, with the person who does it, and recorded."""

from .decided import add_decided_task, reschedule_decided_task
from .details import UnwritableRow
from .feeds import end_feed, make_feed
from .forms import switch_form
from .imports import apply_import, keep_import
from .indicators import (
    IndicatorWords,
    Reviewing,
    StaleIndicator,
    StaleReviews,
    StaleWeights,
    Weighing,
    add_indicator,
    delete_indicator,
    restore_indicator,
    review_indicators,
    update_indicator,
    weigh_subjects,
)
from .plans import (
    DuplicatePlan,
    approve_workplan,
    close_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from .presence import Seen, end_presence, note_presence, others_in
from .progress import Report, add_progress, report_progress
from .remarks import add_comment, reply_to_comment, see_comment, settle_comment
from .revisions import RevisionOpen, open_revision, start_revision, withdraw_revision
from .rows import (
    StaleSubject,
    StaleTask,
    add_task,
    delete_task,
    duplicate_task,
    move_task,
    rename_subject,
    restore_task,
    settle_doubts,
    step_task,
    update_task,
)
from .starting import add_common_tasks, bring_tasks
from .terms import tag_task, tag_tasks
from .undoing import Undone, undo_last
from .updates import StaleUpdate, apply_update
from .writing import TEXT_FIELDS

__all__ = [
    "TEXT_FIELDS",
    "DuplicatePlan",
    "IndicatorWords",
    "Report",
    "Reviewing",
    "RevisionOpen",
    "Seen",
    "StaleIndicator",
    "StaleReviews",
    "StaleSubject",
    "StaleTask",
    "StaleUpdate",
    "StaleWeights",
    "Undone",
    "UnwritableRow",
    "Weighing",
    "add_comment",
    "add_common_tasks",
    "add_decided_task",
    "add_indicator",
    "add_progress",
    "add_task",
    "apply_import",
    "apply_update",
    "approve_workplan",
    "bring_tasks",
    "close_workplan",
    "create_workplan",
    "delete_indicator",
    "delete_task",
    "duplicate_task",
    "end_feed",
    "end_presence",
    "keep_import",
    "make_feed",
    "move_task",
    "note_presence",
    "open_revision",
    "others_in",
    "rename_subject",
    "reply_to_comment",
    "report_progress",
    "reschedule_decided_task",
    "restore_indicator",
    "restore_task",
    "return_workplan",
    "review_indicators",
    "see_comment",
    "settle_comment",
    "settle_doubts",
    "start_revision",
    "step_task",
    "submit_workplan",
    "switch_form",
    "tag_task",
    "tag_tasks",
    "undo_last",
    "update_indicator",
    "update_task",
    "weigh_subjects",
    "withdraw_revision",
]
