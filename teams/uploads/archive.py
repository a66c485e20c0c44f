"""Opening an Office file safely: a zip of XML parts that anyone may have sent.

Sizes are checked in the zip's directory before a byte is unpacked, and parts are parsed without
document types, entities or anything outside the file. Macros and embedded objects are never read.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .errors import UnreadableDocument

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_PART_BYTES = 8 * 1024 * 1024
# Counted as "<", so an element with content counts twice. 2,000 rows of 60 cells make 480,000.
MAX_TAGS = 800_000
# A long blank sheet packs about 60 to 1; a bomb packs about 1,000 to 1.
MAX_RATIO = 200
MAX_DEPTH = 200

_ENCRYPTED_FLAG = 0x1
# A document type, in the two encodings that Office files may have.
_DOCUMENT_TYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C|E\0?N\0?T)")
_DECLARED_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\w.:-]+)""")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}
_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")


class OfficeArchive:
    """The parts of a .docx or .xlsx file, by name.

    `is_read` says that its text will be taken out, so that parts must not be crowded with elements;
    a file that is only kept may be as long as its unpacked size allows.

    Raises UnreadableDocument when the file is damaged, locked with a password or unreasonably large
    inside, now or when a part is read.
    """

    def __init__(self, content: bytes, *, is_read: bool = True) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise damaged() from error
        _refuse_unsafe(self._zip.infolist(), len(content))
        self._refuse_crowded(MAX_PART_BYTES if is_read else MAX_UNPACKED_BYTES, is_read=is_read)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of one part. Raises UnreadableDocument."""
        try:
            return self._zip.read(name)
        except (
            KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError,
            zipfile.BadZipFile, zlib.error,
        ) as error:  # fmt: skip
            raise damaged() from error

    def xml(self, name: str) -> Element:
        """The root element of one XML part. Raises UnreadableDocument."""
        try:
            root: Element = ElementTree.fromstring(self.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise damaged() from error
        _refuse_deep(root)
        return root

    @property
    def names(self) -> list[str]:
        """The parts as the file lists them; one that is listed twice comes twice."""
        return self._zip.namelist()

    def _refuse_crowded(self, largest: int, *, is_read: bool) -> None:
        """Keep parsers from building millions of elements out of a few packed kilobytes, and every
        reader, ours or an officer's, from document types and entities."""
        tags = 0
        for member in self._zip.infolist():
            if not member.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            if member.file_size > largest:
                raise too_large()
            part = self.read(member.filename)
            if _is_disguised(part):
                raise damaged()
            tags += part.count(b"<")
        if is_read and tags > MAX_TAGS:
            raise too_large()

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that `part` ("" for the package) points to as `kind`: id to part name.

        `kind` is the last step of the relationship's type, such as "officeDocument".
        """
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return {}
        return {
            link.get("Id", ""): posixpath.normpath(
                posixpath.join("/", folder, link.get("Target", ""))
            ).lstrip("/")
            for link in self.xml(listing)
            if link.get("Type", "").rpartition("/")[2] == kind
            and link.get("TargetMode") != "External"
        }


def local_name(element: Element) -> str:
    """The element's name without its namespace: strict and transitional files differ only there."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute's value by its name without a namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def children(element: Element, name: str) -> Iterator[Element]:
    """The element's children called `name` in whichever namespace."""
    return (child for child in element if local_name(child) == name)


def first_child(element: Element | None, name: str) -> Element | None:
    """The first child called `name`, if there is one."""
    return None if element is None else next(children(element, name), None)


def damaged() -> UnreadableDocument:
    """The error for a file whose inside is broken."""
    return UnreadableDocument(
        _("ফাইলটি ক্ষতিগ্রস্ত বা অসম্পূর্ণ, তাই খোলা গেল না। মূল ফাইলটি খুলে নতুন নামে সংরক্ষণ করে আবার দিন।")
    )


def too_large() -> UnreadableDocument:
    """The error for a file that unpacks to more than a plan or minutes can hold."""
    return UnreadableDocument(
        _("ফাইলটির ভেতরের তথ্য অস্বাভাবিক বড়। দরকারি অংশটুকু নতুন একটি ফাইলে কপি করে আবার দিন।")
    )


def _is_disguised(part: bytes) -> bool:
    """Has the part a document type, or an encoding in which one would not be seen?"""
    if not part.lstrip(b" \t\r\n"):
        return False
    declared = _DECLARED_ENCODING.search(part[:200].partition(b"?>")[0])
    return (
        not part.lstrip(b" \t\r\n").startswith(_BEGINNINGS)
        or part.startswith(b"<\0\0\0")
        or (declared is not None and declared[1].lower() not in _ENCODINGS)
        or _DOCUMENT_TYPE.search(part) is not None
    )


def _refuse_unsafe(members: list[zipfile.ZipInfo], size: int) -> None:
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableDocument(_("ফাইলটি পাসওয়ার্ড দিয়ে বন্ধ করা। পাসওয়ার্ড তুলে সংরক্ষণ করে আবার দিন।"))
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if packed > size:  # members that lie over one another
        raise damaged()
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED_BYTES
        or unpacked > MAX_RATIO * max(packed, 10_000)
    ):
        raise too_large()


def _refuse_deep(root: Element) -> None:
    """Keep readers that walk into nested elements well inside Python's stack."""
    level = [root]
    for _depth in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise damaged()
