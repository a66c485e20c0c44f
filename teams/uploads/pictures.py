"""Pictures: drawn anew, so that of a file only its points are left."""

import io
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

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


def redrawn(upload: UploadedFile | IO[bytes], extension: str) -> bytes:
    """The points of the first picture in the file, upright, at most LONGEST_EDGE long, and nothing
    else. Raises ValidationError with a sentence for whoever chose the file."""
    upload.seek(0)
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
    mode = "RGBA" if picture.has_transparency_data and extension != "jpg" else "RGB"
    small: Image.Image = picture
    if picture.mode != mode:
        small = picture.convert(mode)  # keeps what the file says of which side is up
    small.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    upright = ImageOps.exif_transpose(small)
    # A new sheet: a picture that was read keeps remarks and profiles, and some are written again.
    sheet = Image.new(mode, upright.size)
    sheet.paste(upright)
    out = io.BytesIO()
    sheet.save(out, PICTURES[extension], **SAVED_AS[extension])
    return out.getvalue()


def as_light_jpeg(content: bytes) -> bytes:
    """A redrawn picture as light as a page on a slow line needs it: a JPEG on white."""
    with Image.open(io.BytesIO(content), formats=list(PICTURES.values())) as picture:
        seen = picture.convert("RGBA")
    seen.thumbnail((SCREEN_EDGE, SCREEN_EDGE))
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=75, optimize=True, progressive=True)
    return out.getvalue()


def _too_large() -> ValidationError:
    return ValidationError(_("ছবিটির মাপ অনেক বড়। ছোট মাপে তুলে বা ছোট করে আবার দিন।"))
