"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import REPORT_PDF, SUBMISSION_PDF, draw_report, report_filename
from .models import ReportDocument, Submission


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
    """Print a report as it was sent."""
    submission = Submission.objects.select_related("report__office").get(
        pk=payload["submission_id"]
    )
    progress(20, _("প্রতিবেদন সাজানো হচ্ছে"))
    _html, pdf = draw_report(submission.content)
    return Produced(
        content=pdf.content,
        content_type="application/pdf",
        filename=report_filename(submission.report, "pdf"),
    )
