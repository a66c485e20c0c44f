"""Certificates of awards: records to content, in Bengali, frozen, sealed, drawn, checked.

The seal is a keyed digest of the frozen content, made with the installation's own key: whoever
writes into the database without that key cannot make a certificate that passes for issued.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla
from teams.memo import Memo
from teams.papers import fingerprint, head_signature, make_pdf, paper_html
from teams.qr import qr_of

from .codes import spaced
from .models import Award, Certificate

Content = dict[str, Any]

CERTIFICATE_PDF = "ideas.certificate_pdf"
TEMPLATE = "pdf/certificate.html"
# Half of SHA-256 is enough against forgery and still short enough to be compared by eye.
SEAL_LENGTH = 32
SET_IN_THE_MIDDLE = ("title", "recipient", "recipient_detail", "citation", "idea", "event")
SIZES = ((900, "longest"), (450, "long"))  # from so many characters on


def certificate_content(award: Award, memo: Memo | None) -> Content:
    """Everything the certificate says, with its seal."""
    with translation.override("bn"):
        signature = head_signature(award.office)
        content = {
            "office": award.office.name_bn,
            "title": award.title,
            "recipient": award.recipient_name,
            "recipient_detail": award.recipient_detail,
            "citation": award.citation,
            "idea": award.idea.public_title if award.idea else "",
            "event": award.event.title if award.event else "",
            "event_on": format_date(award.event.held_on) if award.event else "",
            "given_on": format_date(award.given_on),
            "given_on_bangla": format_bangla_date(award.given_on),
            "memo": memo.bengali if memo else "",
            "signature": {key: signature[key] for key in ("name", "designation", "office")},
            "code": award.code,
            "code_shown": to_bangla(spaced(award.code)),
            "address": verify_address(award.code),
            "address_shown": verify_address("").split("://", 1)[-1],
        }
    return {**content, "seal": seal_of(content)}


def verify_address(code: str) -> str:
    """Where anybody checks a certificate; with no code, where the code is typed."""
    path = reverse("public:verify_code", args=[code]) if code else reverse("public:verify")
    return settings.SITE_URL.rstrip("/") + path


def seal_of(content: Content) -> str:
    """The installation's seal over a content that has none yet, in hexadecimal."""
    return _sealed(content, settings.SECRET_KEY)


def is_sealed(content: Content) -> bool:
    """Whether the content is as it was sealed here, with the key of today or an earlier one."""
    unsealed = {name: value for name, value in content.items() if name != "seal"}
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return content.get("seal") in {_sealed(unsealed, key) for key in keys}


def _sealed(content: Content, key: str) -> str:
    digest = salted_hmac("ideas.certificate", fingerprint(content), secret=key, algorithm="sha256")
    return digest.hexdigest()[:SEAL_LENGTH]


def draw_certificate(content: Content) -> bytes:
    """The PDF of a frozen certificate."""
    return make_pdf(certificate_html(content)).content


def certificate_html(content: Content) -> str:
    """The certificate as HTML; what only its looks need is worked out from the frozen content."""
    drawn = {**content, "qr": qr_of(content["address"]), "size": _size_of(content)}
    return paper_html(TEMPLATE, drawn)


def _size_of(content: Content) -> str:
    """The class by which longer words are set smaller, so that all stays on one sheet."""
    length = sum(len(content[name]) for name in SET_IN_THE_MIDDLE)
    return next((name for least, name in SIZES if length >= least), "")


def certificate_filename(certificate: Certificate) -> str:
    """What the file is called on the officer's machine; the code tells two of them apart."""
    return f"সনদ {certificate.award.code}.pdf"
