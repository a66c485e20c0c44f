"""PDF/A-3a beside PDF/UA-1, in one file: what lasts, with its data inside (ISO 19005-3:2012).

Both standards can hold together: the tags that PDF/UA asks for are level A of PDF/A, and a file
may name two standards if it describes the marks of one to the other (`metadata`). What is left is
a colour profile, an identifier, links that print, pictures drawn point for point, and files
embedded with their type and their reason. `tests/bangla_pdf/test_archive.py` goes through the
standard clause by clause.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangla.pdf.engine import pydyf, srgb_profile

_SRGB = "sRGB IEC61966-2.1"
_PRINTED = 4  # the one flag of an annotation: it is printed with its page


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed. `mime` is its type, such as `application/json`; `modified` has a zone."""

    name: str
    content: bytes
    mime: str
    description: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Archive:
    """That a document is to be PDF/A-3a as well, and the files of its data."""

    files: Sequence[Attachment] = ()


def write_archive(pdf: Any, archive: Archive) -> None:
    """Make a drawn PDF/UA-1 document hold to PDF/A-3a, but for its metadata and identifier."""
    for drawn in pdf.objects:
        if isinstance(drawn, pydyf.Stream) and drawn.extra.get("Subtype") == "/Image":
            drawn.extra["Interpolate"] = "false"
        elif isinstance(drawn, dict) and drawn.get("Type") == "/Annot":
            drawn["F"] = _PRINTED
    pdf.catalog["OutputIntents"] = pydyf.Array([_output_intent(pdf)])
    if archive.files:
        _embed(pdf, archive.files)


def _output_intent(pdf: Any) -> Any:
    """What the colours mean: those of a screen, sRGB."""
    profile = pydyf.Stream([srgb_profile()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(_SRGB),
            "Info": pydyf.String(_SRGB),
            "DestOutputProfile": profile.reference,
        }
    )


def _embed(pdf: Any, files: Sequence[Attachment]) -> None:
    specifications = {file.name: _specification(pdf, file) for file in files}
    names = pydyf.Array()
    for name in sorted(specifications):  # a name tree is in order
        names += [pydyf.String(name), specifications[name]]
    pdf.catalog.setdefault("Names", pydyf.Dictionary())
    pdf.catalog["Names"]["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["AF"] = pydyf.Array(specifications.values())


def _specification(pdf: Any, file: Attachment) -> bytes:
    """Embed one file; returns the reference to its specification."""
    content = pydyf.Stream(
        [file.content],
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{file.mime.replace('/', '#2f')}",
            "Params": pydyf.Dictionary(
                {
                    "Size": len(file.content),
                    "ModDate": pydyf.String(_pdf_date(file.modified)),
                    "CheckSum": f"<{hashlib.md5(file.content, usedforsecurity=False).hexdigest()}>",
                }
            ),
        },
        compress=True,
    )
    pdf.add_object(content)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(file.name),
            "UF": pydyf.String(file.name),
            "EF": pydyf.Dictionary({"F": content.reference, "UF": content.reference}),
            "Desc": pydyf.String(file.description),
            "AFRelationship": "/Data",
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference


def _pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it: D:20260731104200+06'00'."""
    zone = moment.strftime("%z")
    return f"{moment:D:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
