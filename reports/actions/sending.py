"""A report leaves its office: approved by the head, frozen, given a receipt."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise
from jobs.actions import enqueue
from jobs.line import Lane
from jobs.models import Job
from teams.audit import record
from teams.deadlines import Due, due_for
from teams.enums import DueKind, Role
from teams.models import Post, User
from teams.papers import fingerprint
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..approval import changed_parts
from ..documents import SUBMISSION_PDF, report_content
from ..enums import SUBMIT, WITHDRAW, ReportKind
from ..letters import post_receipts, post_withdrawal
from ..models import Report, ReportFigure, SigningCertificate, Submission
from ..models.submissions import new_submission_code
from ..receipts import receipt_number
from ..sections import is_ready
from .publications import withdraw_published

DUE_KINDS = {
    ReportKind.ANNUAL: DueKind.ANNUAL_REPORT,
    ReportKind.HALF_YEARLY: DueKind.HALF_YEAR,
}


class NotReady(Exception):
    """A part without which no report is sent is missing; `sections.checklist` says which."""


class ReportChanged(Exception):
    """The report is not as the head looked at it; `parts` are the keys of what differs."""

    def __init__(self, parts: list[str]) -> None:
        super().__init__(", ".join(parts))
        self.parts = parts


@transaction.atomic
def submit_report(*, report: Report, by: User, looked_at: str = "") -> Submission:
    """The head approves the report and sends it; what was sent is frozen for good.

    `looked_at` is `approval.looked_at` of what the head read; "" sends the report as it stands.
    The receipt is there at once; the PDF is made by the worker from what was frozen. Raises
    PermissionDenied, WrongState when it was sent already, NotReady, ReportChanged.
    """
    due = due_of(report)
    first = {} if report.first_sent_at else {"first_sent_at": timezone.now(), "due_on": due.on}
    apply_transition(
        report,
        SUBMIT,
        by=by,
        allowed=perms.can_submit_report(by, report),
        office=report.office,
        changes={**first, "presented_at": None, "presented_by": None},
    )
    if not is_ready(report):
        raise NotReady
    post = head_post_of(report, by)
    content = approved_content(report, by, post)
    if looked_at and (parts := changed_parts(looked_at, content)):
        raise ReportChanged(parts)
    submission = _freeze(report, content, by, post)
    submission.receipt_number = receipt_number(submission.created_at, submission.pk)
    submission.job = _order_pdf(submission, by)
    submission.save(update_fields=["receipt_number", "job"])
    record("submission.create", submission, by=by, office=report.office)
    post_receipts(submission, by=by)
    return submission


def due_of(report: Report) -> Due:
    """When the office owes this report, by the rules and by what it was granted."""
    return due_for(
        kind=DUE_KINDS[ReportKind(report.kind)],
        office_id=report.office_id,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
    )


def head_post_of(report: Report, by: User) -> Post | None:
    """The seat from which the person approves: of the office's head, on whatever terms held."""
    held = (post for post in by.scope.posts if post.office_id == report.office_id)
    return next((post for post in held if post.role == Role.HEAD), None)


def approved_content(report: Report, by: User, post: Post | None) -> dict[str, Any]:
    """What is sent if this person approves it now: signed by just this person."""
    content = report_content(report)
    if post is not None:
        content["signature"] = {
            "name": by.name_bn,
            "designation": post.designation_bn,
            "office": report.office.name_bn,
        }
    return content


def _freeze(report: Report, content: dict[str, Any], by: User, post: Post | None) -> Submission:
    """The row of this sending with its fingerprint, and its figures in columns of their own."""
    code = new_submission_code()
    submission = Submission.objects.create(
        report=report,
        number=report.submissions.count() + 1,
        content=content,
        fingerprint=fingerprint(content),
        code=code,
        receipt_number=code,  # until the row has its number
        by_post=post,
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
    return submission


def _order_pdf(submission: Submission, by: User) -> Job:
    """Ask for the PDF, signed if the office has a certificate by now."""
    report = submission.report
    certificate = SigningCertificate.objects.usable().filter(office=report.office_id).first()
    return enqueue(
        kind=SUBMISSION_PDF,
        key=str(submission.pk),
        payload={
            "submission_id": submission.pk,
            "certificate_id": certificate.pk if certificate else None,
        },
        by=by,
        lane=Lane.SENDING,
        group=f"office:{report.office_id}",
        wanted_on=report.due_on,
    )


@transaction.atomic
def withdraw_report(*, report: Report, by: User, reason: str) -> Report:
    """The Cabinet Division takes back its acceptance; the paper says so wherever it is checked.

    Raises PermissionDenied, WrongState (also without a reason).
    """
    if not (reason := normalise(reason)):
        raise WrongState(_("প্রতিবেদনটি কেন প্রত্যাহার করা হলো, লিখুন।"))
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
    withdraw_published(report=report, reason=reason, by=by)
    post_withdrawal(report.submissions.latest("number"), by=by)
    return report
