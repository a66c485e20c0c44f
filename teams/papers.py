"""Official papers: content that is plain data, a template, and the PDF engine.

Every room's `documents.py` turns its records into content (JSON values only, so that it can be
frozen in a row) and asks here for the PDF.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from bangla.digits import to_bangla
from bangla.pdf import Archive, Pdf, render
from bangla.text import squeeze

from .enums import HoldingKind, Role

if TYPE_CHECKING:
    from .models import Office, Post, PostHolding

Content = Mapping[str, Any]

STYLESHEET = settings.BASE_DIR / "static" / "pdf" / "document.css"


def plain_json(content: Content) -> bytes:
    """The content in the one spelling whose SHA-256 is its fingerprint: JSON in UTF-8, keys in
    order, no white space between, no escapes that can be left out."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.encode()


def fingerprint(content: Content) -> str:
    """SHA-256 of the content, 64 hexadecimal characters; equal content, equal fingerprint."""
    return hashlib.sha256(plain_json(content)).hexdigest()


def paper_html(template: str, content: Content) -> str:
    """The paper as HTML. Government papers are in Bengali, whoever asks for them."""
    with translation.override("bn"):
        return render_to_string(template, {"content": content})


def make_pdf(
    html: str, *, files: Mapping[str, Path] | None = None, archive: Archive | None = None
) -> Pdf:
    """Draw the paper (PDF/UA-1); `files` are its pictures (`<img src="files:name.jpg">`).

    With an `archive` it is PDF/A-3a as well and carries those files. Raises bangla.pdf.PdfError.
    """
    fonts = settings.BUILD_DIR / "fonts"
    return render(html, fonts=fonts, stylesheets=[STYLESHEET], files=files, archive=archive)


def texts_of(html: str) -> list[str]:
    """Every string the paper places on its pages, in reading order."""
    body = lxml.html.document_fromstring(html).find("body")
    texts = (squeeze(str(text)) for text in body.itertext()) if body is not None else ()
    return [text for text in texts if text]


def head_signature(office: "Office", *, on: date | None = None) -> dict[str, str]:
    """The head of the office on that day (today), who signs; an empty seat leaves the name open."""
    head = office.posts.active().filter(role=Role.HEAD).first()
    holding = head.holding_on(on or timezone.localdate()) if head else None
    return {
        "name": holding.person.name_bn if holding else "",
        "designation": signing_designation(head, holding) if head else "",
        "office": office.name_bn,
        "phone": to_bangla(head.phone) if head else "",
        "email": head.email if head else "",
    }


def signing_designation(post: "Post", holding: "PostHolding | None") -> str:
    """A designation as papers write it: "সহকারী কমিশনার (ভূমি) (অতিরিক্ত দায়িত্ব)" of somebody who
    holds the post beside their own, or acts in it."""
    if holding is None or holding.kind == HoldingKind.REGULAR:
        return post.designation_bn
    with translation.override("bn"):
        return f"{post.designation_bn} ({holding.get_kind_display()})"
