"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import ORDER_PDF, draw_order, order_filename
from .models import TeamDocument


@handler(ORDER_PDF)
def order_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print an office order, frozen or as a draft."""
    document = TeamDocument.objects.select_related("team__office").get(pk=payload["print_id"])
    progress(20, _("কাগজ সাজানো হচ্ছে"))
    return Produced(
        content=draw_order(document.content),
        content_type="application/pdf",
        filename=order_filename(document.team, "pdf", is_draft=document.is_draft),
    )
