"""Plans, their subjects and tasks, dated progress, scores, and tables waiting to be taken in."""

from ..scoring import GRADES
from .documents import PlanDocument, PlanDocumentQuerySet
from .imports import PlanImport, PlanImportQuerySet
from .life import (
    CELL_LABELS,
    CommentMention,
    PlanComment,
    PlanCommentQuerySet,
    PlanSnapshot,
    PlanSnapshotQuerySet,
)
from .plans import HISTORY_DAYS, LONGEST_LINE, OPEN_REVISION, Subject, WorkPlan, WorkPlanQuerySet
from .progress import ProgressEntry, ProgressEntryQuerySet, evidence_path
from .rules import CommonTask, PlanFormRule, StandardSubject
from .scores import INDICATOR_CELLS, Indicator, IndicatorQuerySet, IndicatorReview, QuarterTarget
from .tasks import AT_RISK_BEHIND, AT_RISK_DAYS, TEXT_FIELDS, Task, TaskQuerySet
from .together import CalendarFeed, Presence

__all__ = [
    "AT_RISK_BEHIND",
    "AT_RISK_DAYS",
    "CELL_LABELS",
    "GRADES",
    "HISTORY_DAYS",
    "INDICATOR_CELLS",
    "LONGEST_LINE",
    "OPEN_REVISION",
    "TEXT_FIELDS",
    "CalendarFeed",
    "CommentMention",
    "CommonTask",
    "Indicator",
    "IndicatorQuerySet",
    "IndicatorReview",
    "PlanComment",
    "PlanCommentQuerySet",
    "PlanDocument",
    "PlanDocumentQuerySet",
    "PlanFormRule",
    "PlanImport",
    "PlanImportQuerySet",
    "PlanSnapshot",
    "PlanSnapshotQuerySet",
    "Presence",
    "ProgressEntry",
    "ProgressEntryQuerySet",
    "QuarterTarget",
    "StandardSubject",
    "Subject",
    "Task",
    "TaskQuerySet",
    "WorkPlan",
    "WorkPlanQuerySet",
    "evidence_path",
]
