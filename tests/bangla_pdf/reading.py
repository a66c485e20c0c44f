"""Reading a finished PDF as the tests of every paper do: the text of its pages, and its tags."""

from collections.abc import Iterator

import pikepdf
import pypdfium2

from bangla.pdf.check import squeeze

TEXT_OPERATORS = {"TJ", "Tj", "'", '"'}
PAINT_OPERATORS = {"f", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"}


def page_texts(content: bytes) -> list[str]:
    """The text of each page as pdfium copies it, without white space, in NFC."""
    with pypdfium2.PdfDocument(content) as document:
        return [squeeze(page.get_textpage().get_text_range()) for page in document]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element at and below `node`, in reading order."""
    yield node
    for kid in node.get("/K", []):
        if "/S" in kid:
            yield from elements(kid)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot.K[0])]


def find(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    return [e for e in elements(pdf.Root.StructTreeRoot.K[0]) if f"/{tag}" == e.S]


def marked_contents(element: pikepdf.Dictionary) -> list[tuple[int, int]]:
    """(page object number, MCID) of the marks directly in an element."""
    return [(kid.Pg.objgen[0], int(kid.MCID)) for kid in element.K if kid.get("/Type") == "/MCR"]


def drawn(page: pikepdf.Page) -> Iterator[tuple[str, list[str | int]]]:
    """Each operator that leaves ink, with the marks it stands in: `Artifact` or an MCID."""
    stack: list[str | int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BMC":
            stack.append(str(operands[0])[1:])
        elif name == "BDC":
            properties = operands[1]
            stack.append(int(properties.MCID) if "/MCID" in properties else None)
        elif name == "EMC":
            stack.pop()
        elif name in TEXT_OPERATORS | PAINT_OPERATORS:
            yield name, [mark for mark in stack if mark is not None]
    assert stack == []
