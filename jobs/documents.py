"""Papers kept for good: written once, under the hash of their bytes, and served with care.

The file always comes before the row that points at it. A crash in between leaves a file that
nothing mentions, which harms nobody; the other order would leave a row without its paper.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from .models import StoredDocument

# Types a browser shows without running anything in them. All else is saved, never opened.
INLINE_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class DocumentDamaged(OSError):
    """The stored file is missing, or is not the one that was stored."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file already in the storage that perhaps no row mentions yet."""

    name: str
    sha256: str
    size: int
    content_type: str
    filename: str


def store(content: bytes, *, content_type: str, filename: str) -> StoredDocument:
    """Keep these bytes; equal bytes give the same document, however often they come.

    The type and name of the first time are kept. Raises ValueError for empty content.
    """
    return record(write(content, content_type=content_type, filename=filename))


def write(content: bytes, *, content_type: str, filename: str) -> WrittenFile:
    """Put the bytes in the storage, whole or not at all, under `documents/ab/cd/<sha>.<ext>`.

    Writing the same bytes again repairs the file if it was damaged. Raises ValueError for
    empty content, OSError when the disk refuses.
    """
    if not content:
        raise ValueError("an empty document is not a document")
    sha256 = hashlib.sha256(content).hexdigest()
    known = StoredDocument.objects.filter(sha256=sha256).first()
    return WrittenFile(
        name=_put(str(known.file) if known else _address(sha256, filename), content),
        sha256=sha256,
        size=len(content),
        content_type=content_type,
        filename=filename,
    )


def record(written: WrittenFile) -> StoredDocument:
    """The row for a written file, made if these bytes have none yet."""
    document, _ = StoredDocument.objects.get_or_create(
        sha256=written.sha256,
        defaults={
            "size": written.size,
            "content_type": written.content_type,
            "filename": written.filename,
            "file": written.name,
        },
    )
    return document


def open_document(document: StoredDocument) -> FieldFile:
    """The stored file, open for reading in binary.

    Only its size is compared (a hash would read all of it on every view; `verify` does that).
    Raises DocumentDamaged when the file is missing or of another size.
    """
    try:
        file = document.file.open("rb")
        size = document.file.size
    except FileNotFoundError as missing:
        raise DocumentDamaged(f"{document}: {document.file.name} is missing") from missing
    if size != document.size:
        file.close()
        raise DocumentDamaged(f"{document}: {size} bytes instead of {document.size}")
    return file


def verify(document: StoredDocument) -> None:
    """Read the whole file and compare its hash. Raises DocumentDamaged."""
    with open_document(document) as file:
        found = hashlib.sha256()
        for chunk in file.chunks():
            found.update(chunk)
    if found.hexdigest() != document.sha256:
        raise DocumentDamaged(f"{document}: content hashes to {found.hexdigest()}")


def serve(
    document: StoredDocument,
    *,
    filename: str = "",
    as_attachment: bool = True,
    request: HttpRequest | None = None,
) -> HttpResponseBase:
    """The response that hands a document over; the caller has already checked who asks.

    `filename` is what the reader's machine will call it (default: as stored). With `request`,
    a browser that still has the paper gets an empty 304. It may keep a copy of its own but
    must ask each time, because permissions change. Types that could run script are always
    sent as attachments. Raises DocumentDamaged.
    """
    etag = f'"{document.sha256}"'
    unchanged = get_conditional_response(request, etag=etag) if request else None
    response = unchanged or FileResponse(
        open_document(document),
        filename=filename or document.filename,
        as_attachment=as_attachment or document.content_type not in INLINE_TYPES,
        content_type=document.content_type,
    )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _address(sha256: str, filename: str) -> str:
    """`documents/ab/cd/abcd….pdf`; two levels of folders keep each listing short."""
    suffix = PurePath(filename).suffix.lower()
    extension = suffix if SUFFIX.fullmatch(suffix) else ""
    return f"documents/{sha256[:2]}/{sha256[2:4]}/{sha256}{extension}"


def _put(name: str, content: bytes) -> str:
    """Write to the storage of `StoredDocument.file`; returns the name it was saved under."""
    storage = StoredDocument._meta.get_field("file").storage
    if isinstance(storage, FileSystemStorage):
        _replace_file(Path(storage.path(name)), content, mode=storage.file_permissions_mode)
        return name
    # An object store takes a file whole or not at all by itself.
    return name if storage.exists(name) else storage.save(name, ContentFile(content))


def _replace_file(path: Path, content: bytes, *, mode: int | None) -> None:
    """Write beside, flush to the disk, then rename.

    Django's own save writes under the final name, so a killed worker would leave half a
    paper there. Without the two fsync calls a power cut could keep the row and lose the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
