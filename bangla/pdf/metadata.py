"""The metadata stream (XMP): what the file is, by whom, and which standards it keeps.

PDF/A knows the properties of its own standard and those of XMP. The mark of PDF/UA is neither, so
an archived file describes it first (ISO 19005-3, 6.6.2.3), in one and the same RDF.
"""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

from bangla.pdf.engine import pydyf

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PDFA = "http://www.aiim.org/pdfa/ns/id/"
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_HEAD = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
_TAIL = b'</x:xmpmeta>\n<?xpacket end="r"?>'

for _prefix, _uri in (
    ("pdfaid", _PDFA),
    ("pdfaExtension", _EXTENSION),
    ("pdfaSchema", _SCHEMA),
    ("pdfaProperty", _PROPERTY),
):
    register_namespace(_prefix, _uri)


def write_metadata(document: Any, pdf: Any, *, is_archive: bool) -> None:
    """Give the catalogue its metadata: PDF/UA-1, and PDF/A-3a for an archive."""
    written = document.metadata.generate_rdf_metadata("ua", 1, None)
    rdf = fromstring(written)  # noqa: S314 - our own  # nosec B314
    if is_archive:
        _describe(rdf).attrib.update({f"{{{_PDFA}}}part": "3", f"{{{_PDFA}}}conformance": "A"})
        _add_schema_of_pdfua(_describe(rdf))
    packet = b"\n".join((_HEAD, tostring(rdf, encoding="utf-8"), _TAIL))
    stream = pydyf.Stream([packet], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _describe(rdf: Element) -> Element:
    return SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})


def _add_schema_of_pdfua(description: Element) -> None:
    schemas = SubElement(description, f"{{{_EXTENSION}}}schemas")
    schema = _item(schemas, "Bag")
    _say(schema, _SCHEMA, schema="PDF/UA identification schema", namespaceURI=_PDFUA)
    _say(schema, _SCHEMA, prefix="pdfuaid")
    part = _item(SubElement(schema, f"{{{_SCHEMA}}}property"), "Seq")
    _say(part, _PROPERTY, name="part", valueType="Integer", category="internal")
    _say(part, _PROPERTY, description="The part of ISO 14289 to which the file conforms")


def _item(parent: Element, container: str) -> Element:
    """The one item of a container in `parent`, holding properties of its own."""
    inside = SubElement(parent, f"{{{_RDF}}}{container}")
    return SubElement(inside, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})


def _say(parent: Element, namespace: str, **words: str) -> None:
    for name, text in words.items():
        SubElement(parent, f"{{{namespace}}}{name}").text = text
