"""A paper of a meeting as a Word file, in the shape its office has chosen."""

import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from teams.models import Office

from .models import WordTemplate
from .word import TemplateFailed, render_word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

logger = logging.getLogger(__name__)


def paper_docx(kind: str, content: Mapping[str, Any], *, office: Office) -> BytesIO:
    """The paper as a .docx, ready to be read: in the office's own template, else in ours.

    `kind` is a TemplateKind; `content` has the shape of meetings.documents.minutes_content or
    notice_content. An own template that is lost or broken costs the office its shape, never the
    paper: ours takes its place, and the log says why.
    """
    own = office.word_templates.filter(kind=kind).first()
    if own is not None:
        try:
            return BytesIO(render_word(kind, content, _bytes_of(own)))
        except (OSError, TemplateFailed):
            logger.warning("Word template %s cannot be used; ours serves", own.pk, exc_info=True)
    return BytesIO(render_word(kind, content))


def _bytes_of(template: WordTemplate) -> bytes:
    with template.file.open("rb") as file:
        content: bytes = file.read()
    return content
