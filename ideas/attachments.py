"""Files that anybody may hand in: checked by their content, and freed of whoever made them.

A photo knows where it was taken and on which telephone; a document knows who wrote it. Neither
is wanted, and of an anonymous submission neither may be kept. So nothing is stored as it came:
a picture is drawn anew and written without a word beside it, a PDF goes through
`ideas.pdf_metadata`. Word and Excel files name their authors in a dozen places (every comment,
every tracked change), so instead of a promise that cannot be kept there is a request for a PDF.
"""

import io
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from teams.uploads import EVIDENCE_KINDS, kind_of

from . import pdf_metadata

PICTURES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
# A telephone of today takes 12 to 50 million points. A JPEG is made smaller while it is read;
# the others are held whole, four bytes a point.
MOST_PIXELS = {"jpg": 52_000_000, "png": 25_000_000, "webp": 25_000_000}
SCREEN_EDGE = 1200  # points; twice what a telephone shows
LONGEST_EDGE = 2400  # points; a page photographed at this size can still be read
SAVED_AS: dict[str, dict[str, Any]] = {
    "jpg": {"quality": 85, "optimize": True},
    "png": {"optimize": True},
    "webp": {"quality": 85},
}
PDF_SECONDS = 30


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
        content = _clean_picture(upload, extension)
    elif pictures_only:
        raise ValidationError(_("এখানে শুধু ছবি (JPG, PNG বা WebP) দেওয়া যায়।"))
    elif extension == "pdf":
        content = _clean_pdf(upload)
    elif not extension:
        raise ValidationError(_("এই ধরনের ফাইল নেওয়া হয় না। ছবি (JPG, PNG, WebP) বা PDF দিন।"))
    else:
        raise ValidationError(
            _("Word বা Excel ফাইলে লেখকের পরিচয় থেকে যায়, তাই নেওয়া হয় না। PDF করে দিন।")
        )
    return CleanFile(content, EVIDENCE_KINDS[extension], extension)


def _clean_picture(upload: UploadedFile, extension: str) -> bytes:
    """The points of the first picture in the file, and nothing else."""
    try:
        with Image.open(upload, formats=[PICTURES[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS[extension]:
                raise _too_large()
            picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            return _drawn_anew(picture, extension)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except Exception as broken:
        # Pillow tells of a broken picture by a dozen kinds of exception, struct.error among them.
        raise ValidationError(_("ছবিটি পড়া গেল না; ফাইলটি ভাঙা হতে পারে। অন্য ছবি দিন।")) from broken


def _drawn_anew(picture: Image.Image, extension: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if upright.has_transparency_data and extension != "jpg" else "RGB"
    upright = upright.convert(mode)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # A new sheet: a picture that was read keeps remarks and profiles, and some are written again.
    sheet = Image.new(mode, upright.size)
    sheet.paste(upright)
    out = io.BytesIO()
    sheet.save(out, PICTURES[extension], **SAVED_AS[extension])
    return out.getvalue()


def for_screens(clean: CleanFile) -> CleanFile:
    """A cleaned picture as light as a page on a slow line needs it: a JPEG on white."""
    with Image.open(io.BytesIO(clean.content), formats=list(PICTURES.values())) as picture:
        seen = picture.convert("RGBA")
    seen.thumbnail((SCREEN_EDGE, SCREEN_EDGE))
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=75, optimize=True, progressive=True)
    return CleanFile(out.getvalue(), "image/jpeg", "jpg")


def _too_large() -> ValidationError:
    return ValidationError(_("ছবিটির মাপ অনেক বড়। ছোট মাপে তুলে বা ছোট করে আবার দিন।"))


def _clean_pdf(upload: UploadedFile) -> bytes:
    upload.seek(0)
    command = [sys.executable, "-I", pdf_metadata.__file__]
    try:
        done = subprocess.run(
            command, input=upload.read(), capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as endless:
        raise _unreadable_pdf() from endless
    if done.returncode == pdf_metadata.LOCKED:
        raise ValidationError(_("PDF ফাইলটি পাসওয়ার্ড দিয়ে আটকানো। পাসওয়ার্ড ছাড়া ফাইল দিন।"))
    if done.returncode or not done.stdout:
        raise _unreadable_pdf()
    if len(done.stdout) > 2 * settings.MAX_UPLOAD_BYTES:
        raise _unreadable_pdf()
    return done.stdout


def _unreadable_pdf() -> ValidationError:
    return ValidationError(_("PDF ফাইলটি পড়া গেল না; ভাঙা হতে পারে। আবার তৈরি করে দিন।"))
