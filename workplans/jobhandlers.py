"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import PLAN_PDF, document_filename, draw_plan
from .models import PlanDocument
from .timeline_paper import TIMELINE_PDF, draw_timeline


@handler(PLAN_PDF)
def plan_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen plan."""
    document = PlanDocument.objects.select_related("plan__office").get(pk=payload["print_id"])
    progress(20, _("ছক সাজানো হচ্ছে"))
    return Produced(
        content=draw_plan(document.content),
        content_type="application/pdf",
        filename=document_filename(document),
    )


@handler(TIMELINE_PDF)
def timeline_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen timeline."""
    document = PlanDocument.objects.select_related("plan__office").get(pk=payload["print_id"])
    progress(20, _("সময়রেখা আঁকা হচ্ছে"))
    return Produced(
        content=draw_timeline(document.content),
        content_type="application/pdf",
        filename=document_filename(document),
    )
