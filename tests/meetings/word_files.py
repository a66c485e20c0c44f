"""Word files of a meeting as a test writes and reads them."""

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

# The smallest minutes an office can make do with.
FEW_TAGS = [
    "{% if is_draft %}খসড়া{% endif %}",
    "{{ title }}",
    "{{ held_on }}",
    "{%p for item in items %}",
    "{{ item.topic }}: {{ item.discussion }}",
    "{%p for follow in item.follow_up %}",
    "{{ follow.decision }} – {{ follow.outcome }}",
    "{%p endfor %}",
    "{%p for decision in item.decisions %}",
    "{{ decision.text }} – {{ decision.implementer }}",
    "{%p endfor %}",
    "{%p endfor %}",
    "{{ signature.name }}",
    "{{ memo }}",
]


def file_of(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def template(*paragraphs: str | Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """An office's template: paragraphs, each one text or several runs, and then a table."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in [runs] if isinstance(runs, str) else runs:
            paragraph.add_run(run).bold = True
    if rows:
        table = document.add_table(0, max(map(len, rows)))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    return file_of(document)


def opened(file: bytes) -> Document:
    return docx.Document(io.BytesIO(file))


def text_of(root: Any) -> str:
    """The text of a part as it is read: merged cells once, a line for each paragraph."""
    breaks = {qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:p"): "\n"}
    pieces = (
        element.text if element.tag == qn("w:t") else breaks.get(element.tag, "")
        for element in root.iter()
    )
    return "".join(piece or "" for piece in pieces)


def body_of(file: bytes) -> str:
    return text_of(opened(file).element.body)


def header_of(file: bytes) -> str:
    return text_of(opened(file).sections[0].header.part.element)


def tables_of(file: bytes) -> dict[str, list[list[str]]]:
    """The tables by their first row; a merged cell's text stands in each of its rows."""
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in opened(file).tables]
    return {" | ".join(rows[0]): rows[1:] for rows in tables}


def paragraphs_of(file: bytes) -> Iterator[Paragraph]:
    document = opened(file)
    return (Paragraph(p, document) for p in document.element.body.iter(qn("w:p")))


def with_element(file: bytes, xml: str) -> bytes:
    """The document with one more element at the beginning of its first paragraph's first run."""
    document = opened(file)
    document.paragraphs[0].runs[0]._r.insert(0, parse_xml(xml))
    return file_of(document)


def in_pieces(file: bytes) -> bytes:
    """The document with every run cut after each third letter, as Word leaves typed text."""
    document = opened(file)
    for run in list(document.element.body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        letters = texts[0].text if len(texts) == 1 else ""
        for start in range(0, len(letters), 3):
            piece = deepcopy(run)
            piece.set(qn("w:rsidR"), "00AB12CD")
            cut = piece.find(qn("w:t"))
            cut.text = letters[start : start + 3]
            cut.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(piece)
            run.addprevious(OxmlElement("w:proofErr", {qn("w:type"): "spellStart"}))
        if letters:
            run.getparent().remove(run)
    return file_of(document)


def with_footnote(file: bytes, text: str) -> bytes:
    document = opened(file)
    xml = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        "</w:footnote></w:footnotes>"
    )
    package = document.part.package
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return file_of(document)


def footnotes_of(file: bytes) -> str:
    part = opened(file).part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    return text_of(parse_xml(part.blob))
