"""Reports as they are written, as they were sent, reviewed and laid open, and their rules."""

from .activities import Activity, ActivityPicture
from .nation import NationalDocument, NationalReport
from .publications import Publication, PublicationQuerySet
from .reports import Report, ReportDocument, ReportPicture, ScoreLine, Section
from .review import Comment, Review, ReviewMark
from .rules import ReportingYear, ReviewCriterion, SectionRule
from .submissions import ReportFigure, SigningCertificate, Submission

__all__ = [
    "Activity",
    "ActivityPicture",
    "Comment",
    "NationalDocument",
    "NationalReport",
    "Publication",
    "PublicationQuerySet",
    "Report",
    "ReportDocument",
    "ReportFigure",
    "ReportPicture",
    "ReportingYear",
    "Review",
    "ReviewCriterion",
    "ReviewMark",
    "ScoreLine",
    "Section",
    "SectionRule",
    "SigningCertificate",
    "Submission",
]
