"""Opening an office's template: a Word file and nothing that acts by itself.

What is drawn from a template is sent to other offices, so a file is refused that carries macros or
other programs, or that would make Word fetch something from elsewhere when it is opened.
"""

from io import BytesIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from docx.opc.package import OpcPackage

from workplans.importers.errors import UnreadableDocument
from workplans.importers.sources.archive import OfficeArchive, attribute

from .errors import TemplateFailed
from .render import TaggedDocument

_ZIP = b"PK\x03\x04"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The last step of the relationship types by which a file carries programs and other files.
_ACTIVE = frozenset(
    {"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument", "frame"}
)


def open_template(data: bytes) -> TaggedDocument:
    """The template, opened. Raises TemplateFailed for whatever is not a plain .docx."""
    if not data.startswith(_ZIP):
        raise _not_word()
    try:
        main_type = _main_type(OfficeArchive(data), data)
    except UnreadableDocument as error:
        raise TemplateFailed(str(error)) from error
    if "macroEnabled" in main_type:
        raise _with_macros()
    if main_type != _WORD:
        raise _not_word()
    document = TaggedDocument(BytesIO(data))
    document.render_init()
    _refuse_active(document.docx.part.package)
    return document


def _main_type(archive: OfficeArchive, data: bytes) -> str:
    """What the file says its main part is; every XML part has been read once, without entities."""
    with ZipFile(BytesIO(data)) as listing:
        for name in listing.namelist():
            if name.endswith((".xml", ".rels")):
                archive.xml(name)
    main = next(iter(archive.related("", "officeDocument").values()), "")
    types = {
        attribute(entry, "PartName"): attribute(entry, "ContentType") or ""
        for entry in archive.xml("[Content_Types].xml")
    }
    return types.get(f"/{main}", "") if main.endswith(".xml") else ""


def _refuse_active(package: OpcPackage) -> None:
    for relation in package.iter_rels():
        kind = relation.reltype.rpartition("/")[2]
        if kind == "vbaProject":
            raise _with_macros()
        if kind in _ACTIVE:
            raise TemplateFailed(
                _("ফাইলটির ভেতরে অন্য একটি ফাইল বা চালু হওয়ার মতো বস্তু বসানো আছে। সেটি মুছে আবার দিন।")
            )
        if relation.is_external and kind != "hyperlink":
            raise TemplateFailed(
                _(
                    "ফাইলটি খুললে বাইরের একটি ফাইল আনা হয়: “%(target)s”। সেই সংযোগ তুলে দিয়ে, অথবা ছবি "
                    "হলে ছবিটি ফাইলের ভেতরে বসিয়ে আবার দিন।"
                )
                % {"target": relation.target_ref[:100]}
            )


def _not_word() -> TemplateFailed:
    return TemplateFailed(
        _(
            "ফাইলটি Word-এর .docx নয়। Word-এ খুলে “Word Document (.docx)” হিসেবে সংরক্ষণ করে আবার দিন; "
            "পাসওয়ার্ড থাকলে তুলে নিন।"
        )
    )


def _with_macros() -> TemplateFailed:
    return TemplateFailed(
        _("ফাইলটিতে ম্যাক্রো আছে। ম্যাক্রো ছাড়া, “Word Document (.docx)” হিসেবে সংরক্ষণ করে আবার দিন।")
    )
