"""What the Cabinet Division does with a submission."""

from datetime import date

from django.db import transaction

from teams.models import User
from teams.transitions import apply_transition

from .. import perms
from ..enums import ACCEPT, REOPEN, RETURN
from ..models import Report


@transaction.atomic
def return_report(*, report: Report, by: User, reason: str, resubmit_by: date) -> Report:
    """Back to the office, with a reason and a day. Raises PermissionDenied, WrongState."""
    apply_transition(
        report,
        RETURN,
        by=by,
        allowed=perms.can_review_report(by, report),
        office=report.office,
        changes={"return_reason": reason, "resubmit_by": resubmit_by},
    )
    return report


@transaction.atomic
def reopen_report(*, report: Report, by: User, reason: str, resubmit_by: date) -> Report:
    """A report that was taken goes back after all. Raises PermissionDenied, WrongState."""
    apply_transition(
        report,
        REOPEN,
        by=by,
        allowed=perms.can_review_report(by, report),
        office=report.office,
        changes={"return_reason": reason, "resubmit_by": resubmit_by},
    )
    return report


@transaction.atomic
def accept_report(*, report: Report, by: User) -> Report:
    """Taken: its figures count in the nation's. Raises PermissionDenied, WrongState."""
    apply_transition(
        report,
        ACCEPT,
        by=by,
        allowed=perms.can_review_report(by, report),
        office=report.office,
        changes={"return_reason": "", "resubmit_by": None},
    )
    return report
