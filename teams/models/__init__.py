"""Offices in a tree, posts in offices, people on posts over dates, memo numbers, the record."""

from typing import TYPE_CHECKING, TypeAlias

from ..language import in_bengali
from .administration import OfficeChange, OfficeName, StaffImport
from .deadlines import DueRule, DueRuleQuerySet, Extension
from .groups import PostGroup, PostGroupMember
from .handovers import Handover, HandoverQuerySet
from .invitations import Invitation
from .memos import MemoNumber, MemoPrefix
from .offices import Office, OfficeQuerySet
from .people import (
    MOBILE,
    Post,
    PostHolding,
    PostHoldingQuerySet,
    PostQuerySet,
    User,
    UserManager,
    canonical_login,
    canonical_mobile,
)
from .record import AuditEntry, RecordIsClosed, RowVersion
from .teams import (
    Background,
    CompositionRequirement,
    CompositionRule,
    Membership,
    Team,
    TeamDocument,
    TeamQuerySet,
    TermOfReference,
)
from .throttles import TryCount

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Viewer: TypeAlias = User | AnonymousUser

__all__ = [
    "MOBILE",
    "AuditEntry",
    "Background",
    "CompositionRequirement",
    "CompositionRule",
    "DueRule",
    "DueRuleQuerySet",
    "Extension",
    "Handover",
    "HandoverQuerySet",
    "Invitation",
    "Membership",
    "MemoNumber",
    "MemoPrefix",
    "Office",
    "OfficeChange",
    "OfficeName",
    "OfficeQuerySet",
    "Post",
    "PostGroup",
    "PostGroupMember",
    "PostHolding",
    "PostHoldingQuerySet",
    "PostQuerySet",
    "RecordIsClosed",
    "RowVersion",
    "StaffImport",
    "Team",
    "TeamDocument",
    "TeamQuerySet",
    "TermOfReference",
    "TryCount",
    "User",
    "UserManager",
    "canonical_login",
    "canonical_mobile",
    "in_bengali",
]
