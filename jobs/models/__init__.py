"""The papers that were made, the jobs that make them, the letters that carry them."""

from .documents import ImmutableDocument, StoredDocument, StoredDocumentQuerySet
from .jobs import Job, JobQuerySet
from .letters import Letter, LetterAttachment, LetterQuerySet

__all__ = [
    "ImmutableDocument",
    "Job",
    "JobQuerySet",
    "Letter",
    "LetterAttachment",
    "LetterQuerySet",
    "StoredDocument",
    "StoredDocumentQuerySet",
]
