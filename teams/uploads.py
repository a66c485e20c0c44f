"""What may come in as a file: checked by its content, never by its name alone."""

import zlib
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import filesize

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
# How an Office file without macros declares its main part.
OFFICE_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
ZIPPED = {"zip", "docx", "xlsx", "pptx"}
LONGEST_LISTING = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    extension: str
    content_type: str


def check_evidence(upload: UploadedFile) -> FileKind:
    """Find out what an uploaded file really is.

    Raises ValidationError, with a sentence for the officer, for an empty or too large file and
    for any kind not in EVIDENCE_KINDS, whatever its name says.
    """
    kind = kind_of(upload)
    if kind is None:
        raise ValidationError(
            _("এই ধরনের ফাইল নেওয়া হয় না। ছবি (JPG, PNG, WebP), PDF, Word বা Excel দিন।")
        )
    return kind


def kind_of(upload: UploadedFile) -> FileKind | None:
    """What an uploaded file is; None for all that is not in EVIDENCE_KINDS.

    Raises ValidationError for an empty or too large file.
    """
    if not upload.size:
        raise ValidationError(_("ফাইলটি খালি। আবার বেছে নিন।"))
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("ফাইলটি %(size)s; সর্বোচ্চ %(most)s পর্যন্ত দেওয়া যায়। ছোট করে আবার দিন।")
            % {"size": filesize(upload.size), "most": filesize(settings.MAX_UPLOAD_BYTES)}
        )
    extension = _extension(upload)
    return FileKind(extension, EVIDENCE_KINDS[extension]) if extension in EVIDENCE_KINDS else None


def _extension(upload: UploadedFile) -> str:
    """What the content is, "" if unknown. Leaves the file at its start."""
    guess = filetype.guess(upload.read(8192))
    upload.seek(0)
    if guess is None:
        return ""
    extension: str = _office_extension(upload) if guess.extension in ZIPPED else guess.extension
    upload.seek(0)
    return extension


def _office_extension(upload: UploadedFile) -> str:
    """Word or Excel, by what the zip's own list of contents says; "" for any other zip.

    The name of its first part is not enough: any zip can begin with "word/". Documents with
    macros declare another type and are not taken.
    """
    try:
        with ZipFile(upload) as archive, archive.open("[Content_Types].xml") as listing:
            declared = listing.read(LONGEST_LISTING)
    except (KeyError, ValueError, OSError, EOFError, RuntimeError, BadZipFile, zlib.error):
        return ""
    return next((kind for main, kind in OFFICE_MAIN_PARTS.items() if main in declared), "")


def serve_evidence(file: FieldFile, *, filename: str) -> FileResponse:
    """Hand over a checked upload: pictures and PDF to look at, the rest to save.

    The content type is the one found when it came in; the browser may not guess another.
    """
    extension = str(file.name).rpartition(".")[2]
    looked_at = extension in {"jpg", "png", "webp", "pdf"}
    response = FileResponse(
        file.open("rb"),
        filename=filename,
        as_attachment=not looked_at,
        content_type=EVIDENCE_KINDS[extension],
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    # A PDF or picture may carry links and scripts of its own; it gets no rights on this site.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
