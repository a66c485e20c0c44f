"""Offices in a tree, posts in offices, people on posts over dates, memo numbers, the record."""

from typing import TYPE_CHECKING, TypeAlias

from ..language import in_bengali
from .deadlines import DueRule, DueRuleQuerySet, Extension
from .groups import PostGroup, PostGroupMember
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
from .record import AuditEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Viewer: TypeAlias = User | AnonymousUser

__all__ = [
    "MOBILE",
    "AuditEntry",
    "DueRule",
    "DueRuleQuerySet",
    "Extension",
    "MemoNumber",
    "MemoPrefix",
    "Office",
    "OfficeQuerySet",
    "Post",
    "PostGroup",
    "PostGroupMember",
    "PostHolding",
    "PostHoldingQuerySet",
    "PostQuerySet",
    "User",
    "UserManager",
    "canonical_login",
    "canonical_mobile",
    "in_bengali",
]
