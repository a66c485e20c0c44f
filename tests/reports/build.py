"""Reports taken through their real steps."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from reports.actions import (
    accept_report,
    add_comment,
    create_report,
    publish_report,
    reopen_report,
    return_report,
    save_marks,
    submit_report,
    withdraw_report,
)
from reports.enums import ReportKind, ReportStatus
from reports.models import Comment, Report, Review
from reports.review.places import Place
from reports.review.scoring import MarkWords, criteria_of
from teams.models import Office, User
from workplans.models import WorkPlan
from workplans.periods import Period

YEAR = "2025-2026"  # over, and due on 31 July 2026
WHOLE = Place()
REASON = "প্রশিক্ষণের সংখ্যার উৎস দিন"


def make_report(
    office: Office,
    *,
    by: User,
    reviewer: User | None = None,
    status: str = ReportStatus.DRAFT,
    period: str = YEAR,
    kind: str = ReportKind.ANNUAL,
) -> Report:
    """A report in any state; `by` is the office's head, `reviewer` the Cabinet Division's."""
    report = create_report(office=office, kind=ReportKind(kind), period=Period.parse(period), by=by)
    return take_report_to(report, status, by=by, reviewer=reviewer)


def take_report_to(
    report: Report, status: str, *, by: User, reviewer: User | None = None
) -> Report:
    """Walk a draft through its real steps."""
    if status == ReportStatus.DRAFT:
        return report
    submit_report(report=report, by=by)
    if status == ReportStatus.SUBMITTED:
        return report
    assert reviewer is not None, "only a reviewer takes it further"
    if status == ReportStatus.RETURNED:
        return return_report(report=report, by=reviewer, reason=REASON, resubmit_by=soon())
    accept(report, reviewer=reviewer)
    if status == ReportStatus.WITHDRAWN:
        return withdraw_report(report=report, by=reviewer, reason="ভুল সংখ্যা")
    if status == ReportStatus.PUBLISHED:
        publish_report(report=report, by=reviewer)
    return report


def report_of(plan: WorkPlan, *, by: User | None) -> Report:
    """The report of just the plan's period."""
    kind = ReportKind.HALF_YEARLY if plan.period.kind == "half" else ReportKind.ANNUAL
    return create_report(office=plan.office, kind=kind, period=plan.period, by=by)


def mark_fully(report: Report, *, reviewer: User, share: str = "1") -> Review:
    """Fill in the whole checklist of what was sent last: `share` of each question's points."""
    submission = report.submissions.latest("number")
    points = {one.pk: Decimal(share) * one.points for one in criteria_of(report)}
    words = MarkWords(points)
    version = Review.objects.filter(submission=submission).values_list("version", flat=True)
    return save_marks(submission=submission, version=version.first() or 0, words=words, by=reviewer)


def accept(report: Report, *, reviewer: User) -> Report:
    """Marked and taken, as a reviewer must."""
    mark_fully(report, reviewer=reviewer)
    return accept_report(report=report, by=reviewer)


def draft_comment(
    report: Report, *, by: User, text: str = "সংখ্যার উৎস দিন", place: Place = WHOLE
) -> Comment:
    """A comment on what was sent last, not sent itself."""
    submission = report.submissions.latest("number")
    return add_comment(submission=submission, place=place, text=text, form_key=uuid4(), by=by)


def reopen(report: Report, *, reviewer: User) -> Report:
    return reopen_report(report=report, by=reviewer, reason=REASON, resubmit_by=soon())


def soon() -> date:
    return timezone.localdate() + timedelta(days=10)
