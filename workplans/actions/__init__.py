"""Every write to a plan. Keyword-only, atomic, with the person who does it, and recorded."""

from .decided import add_decided_task, reschedule_decided_task
from .imports import UnwritableRow, apply_import, keep_import
from .plans import (
    DuplicatePlan,
    approve_workplan,
    close_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from .progress import add_progress
from .rows import (
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
from .writing import TEXT_FIELDS

__all__ = [
    "TEXT_FIELDS",
    "DuplicatePlan",
    "StaleTask",
    "UnwritableRow",
    "add_decided_task",
    "add_progress",
    "add_task",
    "apply_import",
    "approve_workplan",
    "close_workplan",
    "create_workplan",
    "delete_task",
    "duplicate_task",
    "keep_import",
    "move_task",
    "rename_subject",
    "reschedule_decided_task",
    "restore_task",
    "return_workplan",
    "settle_doubts",
    "step_task",
    "submit_workplan",
    "update_task",
]
