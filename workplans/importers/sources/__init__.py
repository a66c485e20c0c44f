"""Bytes or text → sheets of grids: tells what a file is, checks it, and has it read.

What a file is comes from its content; its name only settles what the content leaves open.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import filetype
from django.utils.translation import gettext as _

from bangla.bijoy import is_bijoy, words_to_unicode
from teams.templatetags.bangla_tags import digits
from teams.uploads.archive import OfficeArchive, too_large
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import Sheet
from workplans.importers.sources.bijoy import in_unicode, kept_codes
from workplans.importers.sources.docx import read_docx
from workplans.importers.sources.html import looks_like_html, read_html
from workplans.importers.sources.text import decode, never_alone, read_text
from workplans.importers.sources.xlsx import read_xlsx

__all__ = ["read_bytes"]

_HEAD_BYTES = 20_000
_MOST_TYPED_CHARS = 1_000_000
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def read_bytes(
    content: bytes,
    *,
    filename: str,
    max_bytes: int,
    stands_alone: Callable[[str], bool] = never_alone,
    rewritten: Callable[[str], str] = str,
) -> list[Sheet]:
    """The sheets of a file of any kind. Raises UnreadableDocument.

    Plain text is read as `rewritten`, once it is in Unicode.

    `stands_alone` tells of a line's first words (“সভাপতি”) whether such a line of plain text is
    whole, so that it is not taken for a piece of a broken row.
    """
    if len(content) > max_bytes:
        raise UnreadableDocument(
            _("ফাইলটি %(limit)s মেগাবাইটের চেয়ে বড়। ছবি বাদ দিয়ে শুধু লেখা ও ছক রেখে আবার দিন।")
            % {"limit": digits(f"{max_bytes / 1024 / 1024:.3g}")}
        )
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return in_unicode(_read_archive(content))
    _refuse_foreign(content)
    if b"\0" not in content[:1024] and b"<" in content and looks_like_html(_loosely(content)):
        return in_unicode(read_html(kept_codes(_decoded_html(content))))
    return in_unicode(_read_words(_decoded_text(content), filename, stands_alone, rewritten))


def _read_words(
    text: str,
    filename: str,
    stands_alone: Callable[[str], bool],
    rewritten: Callable[[str], str],
) -> list[Sheet]:
    if looks_like_html(text):  # in UTF-16, where the bytes did not show it
        return read_html(kept_codes(text))
    if is_typed := is_bijoy(text):
        if len(text) > _MOST_TYPED_CHARS:
            raise too_large()
        text = words_to_unicode(text)
    text = rewritten(text)
    is_csv = filename.lower().endswith(".csv") and "\t" not in text
    sheets = read_text(text, delimiter="," if is_csv else "\t", stands_alone=stands_alone)
    return [replace(sheet, is_converted=True) for sheet in sheets] if is_typed else sheets


def _read_archive(content: bytes) -> list[Sheet]:
    archive = OfficeArchive(content)
    main = next(iter(archive.related("", "officeDocument").values()), "")
    if main.startswith("word/"):
        return read_docx(archive)
    if main.startswith("xl/") and not main.endswith(".bin"):
        return read_xlsx(content, archive)
    if "content.xml" in archive:
        raise UnreadableDocument(
            _(
                "ওপেনডকুমেন্ট (.odt, .ods) ফাইল পড়া যায় না। ফাইলটি খুলে ‘Save As’ দিয়ে .docx বা .xlsx "
                "হিসেবে সংরক্ষণ করে আবার দিন।"
            )
        )
    raise UnreadableDocument(
        _("এই ধরনের ফাইল পড়া যায় না। ওয়ার্ডে .docx বা এক্সেলে .xlsx হিসেবে সংরক্ষণ করে আবার দিন।")
    )


def _refuse_foreign(content: bytes) -> None:
    """Refuse what is known and cannot be read, each kind with its own advice."""
    if content.startswith(_OLE):
        raise _old_office(content)
    if content.startswith(b"{\\rtf"):
        raise UnreadableDocument(
            _("আরটিএফ (.rtf) ফাইল পড়া যায় না। ওয়ার্ডে খুলে .docx হিসেবে সংরক্ষণ করে আবার দিন।")
        )
    if content.startswith(b"%PDF"):
        raise UnreadableDocument(
            _("পিডিএফ থেকে ছক নির্ভুলভাবে পড়া যায় না। মূল ওয়ার্ড (.docx) বা এক্সেল (.xlsx) ফাইলটি দিন।")
        )
    # Two letters make a picture in some formats (“BM”), so text is not looked at as one.
    kind = filetype.guess(content) if _CONTROL.search(content[:_HEAD_BYTES]) else None
    if kind is None:
        return
    if kind.mime.startswith("image/"):
        raise UnreadableDocument(
            _("ছবি থেকে লেখা পড়া যায় না। মূল ওয়ার্ড (.docx) বা এক্সেল (.xlsx) ফাইলটি দিন, অথবা নিজে লিখুন।")
        )
    raise UnreadableDocument(
        _("‘%(kind)s’ ধরনের ফাইল পড়া যায় না। ওয়ার্ড (.docx) বা এক্সেল (.xlsx) ফাইল দিন।")
        % {"kind": f".{kind.extension}"}
    )


def _old_office(content: bytes) -> UnreadableDocument:
    if _ENCRYPTED_STREAM in content:
        return UnreadableDocument(_("ফাইলটি পাসওয়ার্ড দিয়ে বন্ধ করা। পাসওয়ার্ড তুলে সংরক্ষণ করে আবার দিন।"))
    if any(stream in content for stream in _EXCEL_STREAMS):
        return UnreadableDocument(
            _("পুরোনো এক্সেল (.xls) ফাইল পড়া যায় না। এক্সেলে খুলে .xlsx হিসেবে সংরক্ষণ করে আবার দিন।")
        )
    return UnreadableDocument(
        _("পুরোনো ওয়ার্ড (.doc) ফাইল পড়া যায় না। ওয়ার্ডে খুলে .docx হিসেবে সংরক্ষণ করে আবার দিন।")
    )


def _loosely(content: bytes) -> str:
    """The beginning of a file as far as its ASCII characters tell, to see what kind it is."""
    return content[:_HEAD_BYTES].decode("latin-1")


def _decoded_html(content: bytes) -> str:
    """A page's text. Word saves pages as Windows-1252 with Bengali in numeric entities."""
    try:
        return decode(content)
    except UnreadableDocument:
        return content.decode("cp1252", "replace")


def _decoded_text(content: bytes) -> str:
    try:
        return decode(content)
    except UnreadableDocument:
        codes = content.decode("cp1252", "replace")  # as Bijoy text is saved
        if b"\0" not in content and is_bijoy(codes):
            return codes
        raise
