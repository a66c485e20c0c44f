"""The receipt of a report that was sent: its number, what it says, and the seal on the PDF.

Everything here is made of what was frozen, so that it says the same for ever, whoever holds the
post and whatever the office is called by then.
"""

from datetime import datetime

from django.utils import timezone, translation

from bangla.dates import format_date, format_time
from bangla.digits import to_bangla
from workplans.periods import Period

from .models import Submission
from .verification import spaced, verify_address


def receipt_number(sent: datetime, pk: int) -> str:
    """Fiscal year of the sending and a running number: "2026-2027/000123".

    The number is the row's own, which either database gives out without a lock and never twice;
    a sending that was taken back half-way leaves a gap.
    """
    year = Period.fiscal_year_of(timezone.localdate(sent))
    return f"{year.code}/{pk:06}"


def submission_filename(submission: Submission, extension: str = "pdf") -> str:
    """What the file is called on anybody's machine."""
    content = submission.content
    again = f" ({to_bangla(submission.number)})" if submission.number > 1 else ""
    return (
        f"{content['title']} {content['office_code']} {content['period_code']}{again}.{extension}"
    )


def seal_of(submission: Submission) -> dict[str, str]:
    """What each page of the PDF says beside the report, in Bengali: how to check it.

    Keys: code, code_shown, address (what the QR code holds), address_shown, receipt_number,
    sent_at, fingerprint.
    """
    return {
        "code": submission.code,
        "code_shown": spaced(submission.code),
        "address": verify_address(submission.code),
        "address_shown": verify_address().split("://", 1)[-1],
        "receipt_number": to_bangla(submission.receipt_number),
        "sent_at": sent_at_words(submission.created_at),
        "fingerprint": submission.fingerprint,
    }


def sent_at_words(sent: datetime) -> str:
    """Day and time in Dhaka as papers have them: ২২ নভেম্বর ২০২৬, সকাল ১০:৪২ টা."""
    local = timezone.localtime(sent)
    with translation.override("bn"):
        return f"{format_date(local.date())}, {format_time(local.time())}"
