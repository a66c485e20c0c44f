"""Opening an office's template: a Word file and nothing that acts by itself.

What is drawn from a template is sent to other offices, so `teams.uploads.office` looks it through
as it does every file that is kept.
"""

from io import BytesIO

from django.utils.translation import gettext as _

from teams.uploads import OfficeArchive, UnreadableDocument
from teams.uploads.office import WORD, main_type, refuse_active

from .errors import TemplateFailed
from .render import TaggedDocument

_ZIP = b"PK\x03\x04"


def open_template(data: bytes) -> TaggedDocument:
    """The template, opened. Raises TemplateFailed for whatever is not a plain .docx."""
    if not data.startswith(_ZIP):
        raise _not_word()
    try:
        is_word = _looked_through(OfficeArchive(data))
    except UnreadableDocument as error:
        raise TemplateFailed(str(error)) from error
    if not is_word:
        raise _not_word()
    document = TaggedDocument(BytesIO(data))
    document.render_init()
    return document


def _looked_through(archive: OfficeArchive) -> bool:
    """Whether it is a Word file; every XML part has been read once, without entities."""
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            archive.xml(name)
    if main_type(archive) != WORD:
        return False
    refuse_active(archive)
    return True


def _not_word() -> TemplateFailed:
    return TemplateFailed(
        _(
            "ফাইলটি Word-এর .docx নয়। Word-এ খুলে “Word Document (.docx)” হিসেবে সংরক্ষণ করে আবার দিন; "
            "পাসওয়ার্ড থাকলে তুলে নিন।"
        )
    )
