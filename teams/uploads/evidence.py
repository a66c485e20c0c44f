"""Evidence: pictures and papers that show what was done, for the team and the offices above."""

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from .kinds import EVIDENCE_KINDS, FileKind, kind_of
from .pdf import refuse_active_pdf
from .pictures import PICTURES, redrawn

LOOKED_AT = frozenset({*PICTURES, "pdf"})


def check_evidence(upload: UploadedFile) -> UploadedFile:
    """The upload as it may be kept, under the extension of what it really is.

    A picture is drawn anew: what is hidden behind, beside or within it does not come along, nor
    where and with which telephone it was taken. Papers stay as they came, so that a signature in
    them stays valid.

    Raises ValidationError, with a sentence for the officer, for an empty or too large file, for any
    kind not in EVIDENCE_KINDS, whatever its name says, and for what is broken or acts by itself.
    """
    kind = kind_of(upload)
    if kind is None:
        raise ValidationError(
            _("এই ধরনের ফাইল নেওয়া হয় না। ছবি (JPG, PNG, WebP), PDF, Word বা Excel দিন।")
        )
    if kind.extension in PICTURES:
        upload = _as_upload(redrawn(upload, kind.extension), upload, kind)
    elif kind.extension == "pdf":
        refuse_active_pdf(upload)
    name = upload.name or ""
    upload.name = f"{name.rpartition('.')[0] or name}.{kind.extension}"
    return upload


def _as_upload(content: bytes, came: UploadedFile, kind: FileKind) -> UploadedFile:
    return InMemoryUploadedFile(
        io.BytesIO(content), None, came.name, kind.content_type, len(content), None
    )


def serve_evidence(file: FieldFile, *, filename: str) -> FileResponse:
    """Hand over a checked upload: pictures and PDF to look at, the rest to save.

    The content type is the one found when it came in; the browser may not guess another.
    """
    extension = str(file.name).rpartition(".")[2]
    response = FileResponse(
        file.open("rb"),
        filename=filename,
        as_attachment=extension not in LOOKED_AT,
        content_type=EVIDENCE_KINDS[extension],
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    # A PDF or picture may carry links and scripts of its own; it gets no rights on this site.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
