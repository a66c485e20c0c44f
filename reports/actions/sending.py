"""A report leaves its office: approved by the head, frozen, given a receipt."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from jobs.actions import enqueue
from teams.audit import record
from teams.deadlines import due_for
from teams.enums import DueKind
from teams.models import Post, User
from teams.papers import fingerprint
from teams.transitions import apply_transition

from .. import perms
from ..documents import SUBMISSION_PDF, report_content
from ..enums import SUBMIT, WITHDRAW, ReportKind
from ..models import Report, ReportFigure, Submission

DUE_KINDS = {
    ReportKind.ANNUAL: DueKind.ANNUAL_REPORT,
    ReportKind.HALF_YEARLY: DueKind.HALF_YEAR,
}


@transaction.atomic
def submit_report(*, report: Report, by: User) -> Submission:
    """The head approves the report and sends it; what was sent is frozen for good.

    The PDF is made by the worker; the receipt does not wait for it. Raises PermissionDenied, and
    WrongState when it was sent already.
    """
    due = due_for(
        kind=DUE_KINDS[ReportKind(report.kind)],
        office_id=report.office_id,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
    )
    first = {} if report.first_sent_at else {"first_sent_at": timezone.now(), "due_on": due.on}
    apply_transition(
        report,
        SUBMIT,
        by=by,
        allowed=perms.can_submit_report(by, report),
        office=report.office,
        changes={**first, "presented_at": None, "presented_by": None},
    )
    submission = _freeze(report, by)
    job = enqueue(
        kind=SUBMISSION_PDF,
        key=str(submission.pk),
        payload={"submission_id": submission.pk},
        by=by,
    )
    submission.job = job
    submission.save(update_fields=["job"])
    return submission


def _freeze(report: Report, by: User) -> Submission:
    """What the report says at this moment, with its fingerprint and its figures."""
    number = report.submissions.count() + 1
    content = report_content(report)
    submission = Submission.objects.create(
        report=report,
        number=number,
        content=content,
        fingerprint=fingerprint({**content, "submission": number}),
        receipt_number=f"{report.pk}-{number}",
        by_post=_post_of(report, by),
        due_on=report.due_on,
        created_by=by,
    )
    ReportFigure.objects.bulk_create(
        ReportFigure(
            submission=submission,
            key=f"{section['key']}.{figure['key']}",
            value=Decimal(figure["value"]),
        )
        for section in content["sections"]
        for figure in section["figures"]
    )
    record("submission.create", submission, by=by, office=report.office)
    return submission


def _post_of(report: Report, by: User) -> Post | None:
    """The post of this office in which the person sends."""
    return next((post for post in by.scope.posts if post.office_id == report.office_id), None)


@transaction.atomic
def withdraw_report(*, report: Report, by: User, reason: str) -> Report:
    """The Cabinet Division takes back its acceptance; the paper says so wherever it is checked.

    Raises PermissionDenied, WrongState.
    """
    apply_transition(
        report,
        WITHDRAW,
        by=by,
        allowed=perms.can_withdraw_report(by, report),
        office=report.office,
        changes={"withdraw_reason": reason},
    )
    report.submissions.filter(withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdraw_reason=reason
    )
    return report
