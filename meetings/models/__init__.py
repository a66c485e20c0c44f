"""Meetings, agendas, decisions, and the papers made of them."""

from .agenda import AgendaItem, AgendaItemQuerySet, FollowUp, StandingTopic
from .decisions import (
    Assignment,
    AssignmentQuerySet,
    AssignmentReport,
    Decision,
    DecisionQuerySet,
    Implementer,
)
from .meetings import (
    LONGEST_LINE,
    Attendance,
    CopyRecipient,
    Meeting,
    MeetingQuerySet,
    NoMeeting,
    Notice,
)
from .papers import (
    Delivery,
    MeetingDocument,
    MinutesBook,
    MinutesImport,
    MinutesVersion,
    Phrase,
    WordTemplate,
)
from .search import EntryKind, SearchEntry

__all__ = [
    "LONGEST_LINE",
    "AgendaItem",
    "AgendaItemQuerySet",
    "Assignment",
    "AssignmentQuerySet",
    "AssignmentReport",
    "Attendance",
    "CopyRecipient",
    "Decision",
    "DecisionQuerySet",
    "Delivery",
    "EntryKind",
    "FollowUp",
    "Implementer",
    "Meeting",
    "MeetingDocument",
    "MeetingQuerySet",
    "MinutesBook",
    "MinutesImport",
    "MinutesVersion",
    "NoMeeting",
    "Notice",
    "Phrase",
    "SearchEntry",
    "StandingTopic",
    "WordTemplate",
]
