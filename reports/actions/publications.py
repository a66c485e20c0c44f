"""Laying open: reports that were accepted, plans and decisions an office releases."""

from django.db import transaction

from teams.models import User
from teams.transitions import apply_transition

from .. import perms
from ..enums import PUBLISH, PublicationKind
from ..models import Publication, Report


@transaction.atomic
def publish_report(*, report: Report, by: User) -> Publication:
    """Lay the accepted report open to everybody; an earlier version says that it was replaced.

    Raises PermissionDenied, WrongState.
    """
    apply_transition(
        report,
        PUBLISH,
        by=by,
        allowed=perms.can_publish_report(by, report),
        office=report.office,
    )
    submission = report.submissions.latest("number")
    publication = Publication.objects.create(
        office=report.office,
        kind=PublicationKind.REPORT,
        submission=submission,
        title=f"{submission.content['title']}, {submission.content['period']}",
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        content=submission.content,
        published_by=by,
    )
    earlier = Publication.objects.public().filter(submission__report=report)
    earlier.exclude(pk=publication.pk).update(replaced_by=publication)
    return publication
