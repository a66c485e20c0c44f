"""Which kind of file an upload is, told by its content."""

from dataclasses import dataclass

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import filesize

from .errors import UnreadableDocument
from .office import office_kind

# Kinds of evidence an office has: pictures, scans and office papers. What a browser could run
# (SVG, HTML) is not among them.
EVIDENCE_KINDS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ZIPPED = {"zip", "docx", "xlsx", "pptx"}


@dataclass(frozen=True, slots=True)
class FileKind:
    extension: str
    content_type: str


def kind_of(upload: UploadedFile) -> FileKind | None:
    """What an uploaded file is; None for all that is not in EVIDENCE_KINDS.

    Leaves the file at its start. Raises ValidationError for an empty or too large file, and for an
    Office file that is damaged, locked or acts by itself.
    """
    if not upload.size:
        raise ValidationError(_("ফাইলটি খালি। আবার বেছে নিন।"))
    refuse_too_large(upload)
    extension = _extension(upload)
    return FileKind(extension, EVIDENCE_KINDS[extension]) if extension in EVIDENCE_KINDS else None


def refuse_too_large(upload: UploadedFile) -> None:
    """Raises ValidationError for a file of more than MAX_UPLOAD_BYTES."""
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("ফাইলটি %(size)s; সর্বোচ্চ %(most)s পর্যন্ত দেওয়া যায়। ছোট করে আবার দিন।")
            % {"size": filesize(upload.size or 0), "most": filesize(settings.MAX_UPLOAD_BYTES)}
        )


def _extension(upload: UploadedFile) -> str:
    """What the content is, "" if unknown. Leaves the file at its start."""
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    upload.seek(0)
    if guess is None:
        return ""
    if guess.extension not in ZIPPED:
        return str(guess.extension)
    try:
        return office_kind(upload.read())
    except UnreadableDocument as why:
        raise ValidationError(str(why)) from why
    finally:
        upload.seek(0)
