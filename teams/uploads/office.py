"""Word and Excel files that are kept: what they are, and that nothing in them acts by itself.

Such a file is handed to other offices, so one is refused that carries macros, programs or other
files, or that would make Word or Excel fetch something from elsewhere when it is opened.
"""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from .archive import OfficeArchive, attribute, damaged
from .errors import UnreadableDocument

_OPENXML = "application/vnd.openxmlformats-officedocument."
WORD = f"{_OPENXML}wordprocessingml.document.main+xml"
EXCEL = f"{_OPENXML}spreadsheetml.sheet.main+xml"
# How an Office file without macros declares its main part.
KINDS = {WORD: "docx", EXCEL: "xlsx"}
_LISTING = "[Content_Types].xml"
# The last step of the relationship types by which a file carries programs and other files.
_ACTIVE = frozenset(
    {
        *("oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument"),
        *("frame", "ctrlProp", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "customUI"),
    }
)
# What a Word or Excel file is made of; a chart brings the figures it was drawn from as a sheet.
_PARTS = frozenset(
    {
        *("xml", "rels", "vml", "png", "jpg", "jpeg", "jfif", "gif", "bmp", "dib", "tif", "tiff"),
        *("emf", "wmf", "svg", "webp", "wdp", "odttf", "xlsx", "txt"),
    }
)
_MACROS = frozenset({"vbaProject", "wordVbaData", "keyMapCustomizations"})


class Link(NamedTuple):
    """Where a part points to; `kind` is the last step of the relationship's type."""

    folder: str
    kind: str
    target: str
    is_external: bool


def office_kind(content: bytes) -> str:
    """ "docx", "xlsx", or "" for any other zip.

    Raises UnreadableDocument for one that is damaged, locked, too large inside, or acts by itself.
    """
    archive = OfficeArchive(content, is_read=False)
    if _LISTING not in archive:
        return ""
    kind = KINDS.get(main_type(archive), "")
    if kind:
        refuse_active(archive)
        _refuse_odd_parts(archive.names)
    return kind


def main_type(archive: OfficeArchive) -> str:
    """What the file says its main part is; "" when it does not say."""
    main = next(iter(archive.related("", "officeDocument").values()), "")
    types = {
        attribute(entry, "PartName"): attribute(entry, "ContentType") or ""
        for entry in archive.xml(_LISTING)
    }
    if any("macroEnabled" in kind for kind in types.values()):
        raise _with_macros()
    return types.get(f"/{main}", "") if main in archive and main.endswith(".xml") else ""


def refuse_active(archive: OfficeArchive) -> None:
    """Raises UnreadableDocument, with what to take out, unless the file only lies there."""
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in archive.names):
        raise _with_macros()
    for link in _links(archive):
        if link.kind in _MACROS:
            raise _with_macros()
        # A chart brings the figures it was drawn from.
        is_of_chart = link.kind == "package" and posixpath.basename(link.folder) == "charts"
        if link.kind in _ACTIVE and not is_of_chart:
            raise _with_another_file()
        if link.is_external and link.kind != "hyperlink":
            raise UnreadableDocument(
                _(
                    "ফাইলটি খুললে বাইরের একটি ফাইল আনা হয়: “%(target)s”। সেই সংযোগ তুলে দিয়ে, অথবা ছবি "
                    "হলে ছবিটি ফাইলের ভেতরে বসিয়ে আবার দিন।"
                )
                % {"target": link.target[:100]}
            )


def _links(archive: OfficeArchive) -> Iterator[Link]:
    for name in archive.names:
        if not name.lower().endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in archive.xml(name):
            kind = (attribute(link, "Type") or "").rpartition("/")[2]
            is_external = (attribute(link, "TargetMode") or "").lower() == "external"
            yield Link(folder, kind, attribute(link, "Target") or "", is_external)


def _refuse_odd_parts(names: list[str]) -> None:
    """No part twice, which readers would take for different files, none outside the package, and
    none that is no part at all but a file on its own."""
    if len({name.lower() for name in names}) < len(names):
        raise damaged()
    if any(name.startswith("/") or ".." in name.split("/") or "\0" in name for name in names):
        raise damaged()
    for name in names:
        is_of_printer = posixpath.basename(name).startswith("printerSettings")
        if not (name.endswith("/") or is_of_printer or _extension(name) in _PARTS):
            raise _with_another_file()


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _with_macros() -> UnreadableDocument:
    return UnreadableDocument(
        _("ফাইলটিতে ম্যাক্রো আছে। ম্যাক্রো ছাড়া, .docx বা .xlsx হিসেবে সংরক্ষণ করে আবার দিন।")
    )


def _with_another_file() -> UnreadableDocument:
    return UnreadableDocument(
        _("ফাইলটির ভেতরে অন্য একটি ফাইল বা চালু হওয়ার মতো বস্তু বসানো আছে। সেটি মুছে আবার দিন।")
    )
