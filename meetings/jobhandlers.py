"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .documents import (
    BOOK_PDF,
    MEETING_PDF,
    book_filename,
    document_filename,
    draw_book,
    draw_document,
)
from .models import MeetingDocument, MinutesBook


@handler(MEETING_PDF)
def meeting_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen notice, minutes or extract."""
    document = MeetingDocument.objects.select_related("meeting__office").get(pk=payload["print_id"])
    progress(20, _("কাগজ সাজানো হচ্ছে"))
    return Produced(
        content=draw_document(document.kind, document.content),
        content_type="application/pdf",
        filename=document_filename(document.meeting, document.kind, "pdf"),
    )


@handler(BOOK_PDF)
def book_pdf(payload: Payload, progress: Progress) -> Produced:
    """Bind a year's settled minutes."""
    book = MinutesBook.objects.select_related("office").get(pk=payload["print_id"])
    progress(10, _("কার্যবিবরণীগুলো একসঙ্গে সাজানো হচ্ছে"))
    return Produced(
        content=draw_book(book.content),
        content_type="application/pdf",
        filename=book_filename(book.office, book.starts_on),
    )
