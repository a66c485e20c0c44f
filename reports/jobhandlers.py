"""What the worker makes for this room."""

import logging

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import REPORT_PDF, SUBMISSION_PDF, draw_report, report_filename
from .models import NationalDocument, ReportDocument, SigningCertificate, Submission
from .nation.papers import NATIONAL_PDF, draw_national, national_filename
from .receipts import seal_of, submission_filename
from .signing import CannotSign, sign_pdf

logger = logging.getLogger(__name__)

# On the signature, as PDF programs show it; papers are in Bengali.
SIGNING_REASON = "দপ্তর প্রধানের অনুমোদন"


@handler(REPORT_PDF)
def draft_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print the frozen draft of a report."""
    printed = ReportDocument.objects.select_related("report__office").get(pk=payload["print_id"])
    progress(20, _("প্রতিবেদন সাজানো হচ্ছে"))
    _html, pdf = draw_report(printed.content)
    return Produced(
        content=pdf.content,
        content_type="application/pdf",
        filename=report_filename(printed.report, "pdf"),
    )


@handler(SUBMISSION_PDF)
def submission_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a report as it was sent, and sign it if its office had a certificate by then.

    Everything is taken from what was frozen, so the paper is the same however late it is made.
    """
    submission = Submission.objects.get(pk=payload["submission_id"])
    progress(20, _("প্রতিবেদন সাজানো হচ্ছে"))
    seal = seal_of(submission)
    _html, pdf = draw_report(submission.content, seal, sent_at=submission.created_at)
    progress(80, _("প্রতিবেদন মিলিয়ে দেখা হচ্ছে"))
    return Produced(
        content=_signed(pdf.content, submission, payload.get("certificate_id")),
        content_type="application/pdf",
        filename=submission_filename(submission),
    )


def _signed(pdf: bytes, submission: Submission, certificate_id: int | None) -> bytes:
    """The PDF with the office's signature. A certificate that ended or cannot be read holds no
    report up: it stays unsigned, and its page says so."""
    usable = SigningCertificate.objects.usable()
    certificate = usable.filter(pk=certificate_id).first() if certificate_id else None
    if certificate is None:
        return pdf
    try:
        return sign_pdf(
            pdf,
            sealed=bytes(certificate.sealed),
            reason=SIGNING_REASON,
            location=submission.content["office"],
        )
    except CannotSign as why:
        logger.warning("certificate %s did not sign %s: %s", certificate.pk, submission.pk, why)
        return pdf


@handler(NATIONAL_PDF)
def national_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print the frozen consolidated report of the nation."""
    printed = NationalDocument.objects.select_related("report").get(pk=payload["print_id"])
    progress(20, _("প্রতিবেদন সাজানো হচ্ছে"))
    _html, pdf = draw_national(printed.content)
    return Produced(
        content=pdf.content,
        content_type="application/pdf",
        filename=national_filename(printed.report, "pdf"),
    )
