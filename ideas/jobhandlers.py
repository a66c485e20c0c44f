"""What the worker makes for this room."""

from django.utils.translation import gettext as _

from jobs.registry import Payload, Produced, Progress, handler

from .certificates import CERTIFICATE_PDF, certificate_filename, draw_certificate
from .models import Certificate, NewsletterDocument, RegisterDocument
from .newsletters import NEWSLETTER_PDF, draw_newsletter, newsletter_filename
from .registers import REGISTER_PDF, draw_register, register_filename


@handler(REGISTER_PDF)
def register_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen register or innovation database."""
    document = RegisterDocument.objects.select_related("office").get(pk=payload["print_id"])
    progress(10, _("ছক সাজানো হচ্ছে"))
    return Produced(
        content=draw_register(document.content),
        content_type="application/pdf",
        filename=register_filename(
            document.office, document.kind, document.starts_on, document.ends_on, "pdf"
        ),
    )


@handler(NEWSLETTER_PDF)
def newsletter_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print a frozen newsletter."""
    document = NewsletterDocument.objects.select_related("newsletter__office").get(
        pk=payload["print_id"]
    )
    progress(20, _("নিউজলেটার সাজানো হচ্ছে"))
    return Produced(
        content=draw_newsletter(document.content),
        content_type="application/pdf",
        filename=newsletter_filename(document.newsletter),
    )


@handler(CERTIFICATE_PDF)
def certificate_pdf(payload: Payload, progress: Progress) -> Produced:
    """Print the frozen certificate of an award."""
    certificate = Certificate.objects.select_related("award").get(pk=payload["print_id"])
    progress(20, _("সনদ সাজানো হচ্ছে"))
    return Produced(
        content=draw_certificate(certificate.content),
        content_type="application/pdf",
        filename=certificate_filename(certificate),
    )
