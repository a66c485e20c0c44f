"""Files that anybody may hand in: checked by their content, and freed of whoever made them.

A photo knows where it was taken and on which telephone; a document knows who wrote it. Neither
is wanted, and of an anonymous submission neither may be kept. So nothing is stored as it came:
a picture is drawn anew and written without a word beside it, a PDF goes through
`pdf_program`. Word and Excel files name their authors in a dozen places (every comment,
every tracked change), so instead of a promise that cannot be kept there is a request for a PDF.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .kinds import EVIDENCE_KINDS, kind_of
from .pdf import clean_pdf
from .pictures import LONGEST_EDGE, PICTURES, as_light_jpeg, redrawn

__all__ = ["LONGEST_EDGE", "CleanFile", "clean_upload", "for_screens"]


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is left of a file once nothing but its content is."""

    content: bytes
    content_type: str
    extension: str


def clean_upload(upload: UploadedFile, *, pictures_only: bool = False) -> CleanFile:
    """Check what was handed in and take out who made it, where, when and with what.

    Pictures (JPG, PNG, WebP) come back upright, at most LONGEST_EDGE points long; PDF unless
    `pictures_only`. Raises ValidationError with a sentence for whoever chose the file.
    """
    kind = kind_of(upload)
    extension = kind.extension if kind else ""
    if extension in PICTURES:
        content = redrawn(upload, extension)
    elif pictures_only:
        raise ValidationError(_("এখানে শুধু ছবি (JPG, PNG বা WebP) দেওয়া যায়।"))
    elif extension == "pdf":
        content = clean_pdf(upload)
    elif not extension:
        raise ValidationError(_("এই ধরনের ফাইল নেওয়া হয় না। ছবি (JPG, PNG, WebP) বা PDF দিন।"))
    else:
        raise ValidationError(
            _("Word বা Excel ফাইলে লেখকের পরিচয় থেকে যায়, তাই নেওয়া হয় না। PDF করে দিন।")
        )
    return CleanFile(content, EVIDENCE_KINDS[extension], extension)


def for_screens(clean: CleanFile) -> CleanFile:
    """A cleaned picture as light as a page on a slow line needs it."""
    return CleanFile(as_light_jpeg(clean.content), "image/jpeg", "jpg")
