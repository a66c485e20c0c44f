"""Files an office would send, and files that only look like them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)
SCRIPT = b"<script>fetch('/plans/')</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind)
    return stream.getvalue()


def photograph() -> bytes:
    """A PNG that says where it was taken, with what, and by whom."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone of the officer"
    exif.get_ifd(0x8825)[1] = "N"
    remarks = PngInfo()
    remarks.add_text("Author", "Officer")
    stream = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(stream, "PNG", exif=exif, pnginfo=remarks)
    return stream.getvalue()


def scan() -> bytes:
    """A paper of one page."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PDF")
    return stream.getvalue()


def seen_in(content: bytes) -> tuple[str, tuple[int, int], bytes] | None:
    """What one sees of a picture; None for any other file."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            return opened.format or "", opened.size, opened.convert("RGB").tobytes()
    except UnidentifiedImageError:
        return None


def said_in(content: bytes) -> list[object]:
    """What a picture tells beside what one sees: its maker, its place, remarks."""
    with Image.open(io.BytesIO(content)) as opened:
        return [*opened.getexif().values(), *opened.info]


def word() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(office_file: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The Office file with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**parts, name: change(parts.get(name, b""))})


def with_macros(office_file: bytes) -> bytes:
    """A .docm that calls itself .docx."""
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    return with_part(office_file, "[Content_Types].xml", lambda xml: xml.replace(plain, macros))


def locked(office_file: bytes) -> bytes:
    """The zip with every member marked as encrypted."""
    changed = bytearray(office_file)
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = office_file.find(signature)
        while at >= 0:
            changed[at + flag] |= 1
            at = office_file.find(signature, at + 4)
    return bytes(changed)


def jpeg_comment(script: bytes) -> bytes:
    """A whole JPEG whose comment holds a script: a picture to a viewer, a page to a guesser."""
    jpeg = picture("JPEG")
    comment = b"\xff\xfe" + (len(script) + 2).to_bytes(2, "big") + script
    return jpeg[:2] + comment + jpeg[2:]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
