"""Laying open: reports that were accepted, plans and decisions an office releases."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import SENT as MINUTES_SENT
from meetings.models import Meeting
from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState, apply_transition
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

from .. import perms
from ..enums import PUBLISH, ReportStatus
from ..models import Publication, Report
from ..publishing.contents import (
    Release,
    decisions_release,
    plan_release,
    report_release,
    seen,
)

SETTLED_PLANS = frozenset({PlanStatus.APPROVED, PlanStatus.CLOSED})


class StaleRelease(Exception):
    """What would be laid open is no longer what the person looked at."""


@transaction.atomic
def release_plan(*, plan: WorkPlan, looked_at: str, by: User) -> Publication:
    """Lay an approved plan open; an earlier version says that it was replaced.

    `looked_at` is `contents.seen` of the page that asked. The same plan released twice is one
    publication. Raises PermissionDenied, WrongState, StaleRelease.
    """
    if not perms.can_release(by, plan.office_id):
        raise PermissionDenied
    if plan.status not in SETTLED_PLANS:
        raise WrongState(_("কেবল অনুমোদিত কর্মপরিকল্পনা প্রকাশ করা যায়।"))
    return _lay_open(plan_release(plan), by=by, looked_at=looked_at)


@transaction.atomic
def release_decisions(
    *, meeting: Meeting, chosen: Collection[int], looked_at: str, by: User
) -> Publication:
    """Lay these decisions of circulated minutes open (by primary key), and nothing else of them.

    Raises PermissionDenied, WrongState, StaleRelease.
    """
    if not perms.can_release(by, meeting.office_id):
        raise PermissionDenied
    if meeting.status not in MINUTES_SENT:
        raise WrongState(_("কার্যবিবরণী জারি হওয়ার আগে কোনো সিদ্ধান্ত প্রকাশ করা যায় না।"))
    release = decisions_release(meeting, chosen)
    if not release.content["decisions"]:
        raise WrongState(_("অন্তত একটি সিদ্ধান্ত বেছে নিন।"))
    return _lay_open(release, by=by, looked_at=looked_at)


@transaction.atomic
def publish_report(*, report: Report, by: User, looked_at: str = "") -> Publication:
    """Lay the accepted report open to everybody; an earlier version says that it was replaced.

    A report that the office itself withdrew from its page is laid open again the same way.
    Without `looked_at` nobody is asked to have seen it: reviewers have read what they accept.
    Raises PermissionDenied, WrongState, StaleRelease.
    """
    if report.status == ReportStatus.PUBLISHED and not _standing_of(report_release(report)):
        if not perms.can_publish_report(by, report):
            raise PermissionDenied
    else:
        apply_transition(
            report,
            PUBLISH,
            by=by,
            allowed=perms.can_publish_report(by, report),
            office=report.office,
        )
    return _lay_open(report_release(report), by=by, looked_at=looked_at)


@transaction.atomic
def withdraw_publication(*, publication: Publication, reason: str, by: User) -> None:
    """Take back what was laid open, with everything it had replaced: the same may be wrong there.

    Its address goes on answering, with the reason. Raises PermissionDenied, and WrongState when
    it was withdrawn already.
    """
    if not perms.can_withdraw_publication(by, publication):
        raise PermissionDenied
    if not _withdraw(publication, reason=reason, by=by):
        raise WrongState(_("এটি আগেই প্রত্যাহার করা হয়েছে।"))


def withdraw_published(*, report: Report, reason: str, by: User) -> None:
    """The report itself was withdrawn, and what was laid open of it goes with it.

    For `withdraw_report`, which has asked for the permission; in its transaction.
    """
    laid_open = Publication.objects.public().filter(submission__report=report)
    for publication in laid_open:
        _withdraw(publication, reason=reason, by=by)


def _withdraw(publication: Publication, *, reason: str, by: User) -> bool:
    """Whether this publication was still to be withdrawn."""
    earlier = Publication.objects.versions_of(publication).filter(
        withdrawn_at__isnull=True, published_at__lte=publication.published_at
    )
    withdrawn = list(earlier.values_list("pk", flat=True))
    if publication.pk not in withdrawn:
        return False
    Publication.objects.filter(pk__in=withdrawn).update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdraw_reason=reason
    )
    publication.refresh_from_db()
    record(
        "publication.withdraw",
        publication,
        by=by,
        office=publication.office,
        after={"reason": reason, "versions": len(withdrawn)},
    )
    return True


def lay_open(release: Release, *, by: User) -> Publication:
    """Make the publication; the caller has asked for the permission, in its own transaction."""
    return _lay_open(release, by=by, looked_at="")


def _lay_open(release: Release, *, by: User, looked_at: str) -> Publication:
    # One at a time for an office: of two people who press at once, the second finds the first's.
    Office.objects.select_for_update(no_key=True).get(pk=release.office.pk)
    standing = _standing_of(release)
    if standing and standing.content == release.content and _is_of(standing, release):
        return standing
    if looked_at and looked_at != seen(release, standing):
        raise StaleRelease
    if standing:
        Publication.objects.filter(pk=standing.pk).update(replaced_at=timezone.now())
    publication = release.draft
    publication.folded, publication.published_by = release.folded, by
    publication.save()
    if standing:
        Publication.objects.filter(pk=standing.pk).update(replaced_by=publication)
    record(
        "publication.release",
        publication,
        by=by,
        office=release.office,
        after={"kind": release.kind.value, "title": release.title},
    )
    return publication


def _standing_of(release: Release) -> Publication | None:
    """The version that everybody reads now."""
    return Publication.objects.versions_of(release.draft).public().first()


def _is_of(publication: Publication, release: Release) -> bool:
    """From the very same paper: the same words may be sent twice, with two receipts."""
    return all(getattr(publication, name) == paper for name, paper in release.about.items())
