"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import PLAN_PDF, draw_plan, plan_filename
from .models import PlanDocument


@handler(PLAN_PDF)
def plan_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen plan."""
    document = PlanDocument.objects.select_related("plan__office").get(pk=payload["print_id"])
    progress(20, _("ছক সাজানো হচ্ছে"))
    return Produced(
        content=draw_plan(document.content),
        content_type="application/pdf",
        filename=plan_filename(document.plan, "pdf"),
    )
