"""The rules of PDF/A-3 level A as far as a program can look them over: ISO 19005-3:2012.

Each rule is a function that yields what is wrong with an opened file, and says in its docstring
which clause it is. Together they are what a validator checks of files like ours, which have no
forms but for a signature, no layers, no multimedia and no JPEG 2000. That the tags make sense to a
reader is checked by `test_structure`, not here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from struct import unpack_from
from typing import Any
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont

FILTERS = {"/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode", "/DCTDecode"}


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLEND_MODES = _set_of(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight "
    "SoftLight Difference Exclusion Hue Saturation Color Luminosity"
)
OPERATORS = _set_of(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k "
    "l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W "
    "W* y ' \""
)
STRUCTURE_TYPES = _set_of(
    "Document Part Art Sect Div BlockQuote Caption P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH "
    "TD THead TBody TFoot Span Link Figure"
)
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
MIME = re.compile(r"/[-\w+.]+/[-\w+.]+")
NESTING = 28  # q and Q
PRINTED, HIDING = 4, 1 | 2 | 32 | 256  # flags of an annotation
DEVICE_CMYK = {"K", "k"}

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
KNOWN_SCHEMAS = {  # those of XMP that our files use, and PDF/A's own
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
}


@dataclass(frozen=True)
class Shown:
    """A code that some text shows: its font, and whether an ActualText stands around it."""

    font: tuple[int, int]
    code: int
    is_replaced: bool


class File:
    """A finished PDF: its bytes, its objects, and what its pages draw."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pikepdf.open(BytesIO(content))

    @cached_property
    def streams(self) -> list[tuple[pikepdf.Object, pikepdf.Object]]:
        """Every content stream with its resources: pages and forms."""
        pages = [(page.obj, page.obj.get("/Resources")) for page in self.pdf.pages]
        forms = [(each, each.get("/Resources")) for each in self.of_type("/Subtype", "/Form")]
        return [*pages, *forms]

    @cached_property
    def drawn(self) -> list[list[Any]]:
        """The instructions of each content stream."""
        return [list(pikepdf.parse_content_stream(stream)) for stream, _ in self.streams]

    def of_type(self, key: str, name: str) -> list[pikepdf.Object]:
        return [
            each
            for each in self.pdf.objects
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream) and each.get(key) == name
        ]

    @cached_property
    def packet(self) -> bytes:
        return self.pdf.Root.Metadata.read_bytes()

    @cached_property
    def rdf(self) -> list[ElementTree.Element]:
        """The RDF parts of the metadata; there must be one."""
        packet = re.sub(rb"<\?xpacket.*?\?>", b"", self.packet)
        return ElementTree.fromstring(packet).findall(f"{RDF}RDF")

    @cached_property
    def fonts(self) -> dict[tuple[int, int], pikepdf.Object]:
        return {
            each.objgen: each for each in self.of_type("/Type", "/Font") if "/ToUnicode" in each
        }

    @cached_property
    def shown(self) -> set[Shown]:
        """The codes that texts show, in two bytes each."""
        found: set[Shown] = set()
        for (_stream, resources), instructions in zip(self.streams, self.drawn, strict=True):
            font, marks = (0, 0), []
            for operands, operator in instructions:
                match str(operator):
                    case "Tf":
                        font = resources.Font[str(operands[0])].objgen
                    case "BMC":
                        marks.append(False)
                    case "BDC":
                        marks.append("/ActualText" in operands[1])
                    case "EMC":
                        marks.pop()
                    case "Tj" | "TJ":
                        for text in _strings(operands[0]):
                            codes = unpack_from(f">{len(text) // 2}H", text)
                            found.update(Shown(font, code, any(marks)) for code in codes)
        return found


def _strings(operand: Any) -> list[bytes]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


Rule = Callable[[File], Iterator[str]]


def faults(content: bytes) -> list[str]:
    """What is wrong with a file, each with the rule it breaks."""
    file = File(content)
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(file)]


# --- File structure ------------------------------------------------------------------------------
def header(file: File) -> Iterator[str]:
    """6.1.2: the version first, then a comment of four bytes above 127."""
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", file.content):
        yield repr(file.content[:20])


def trailer(file: File) -> Iterator[str]:
    """6.1.3: an identifier, no encryption, nothing after the end."""
    identifier = file.pdf.trailer.get("/ID")
    if identifier is None or len(identifier) != 2 or not bytes(identifier[0]):
        yield "no /ID"
    if "/Encrypt" in file.pdf.trailer:
        yield "/Encrypt"
    if not re.search(rb"%%EOF\r?\n?\Z", file.content):
        yield "data after the end"


def streams(file: File) -> Iterator[str]:
    """6.1.7: lengths are true, nothing lies outside the file, filters are of the allowed ones."""
    for found in re.finditer(
        rb"obj\n?<<(?:(?!endobj).)*?/Length (\d+).*?>>\nstream\n", file.content, re.S
    ):
        end = found.end() + int(found[1])
        if not re.match(rb"\r?\n?endstream", file.content[end : end + 12]):
            yield f"length {int(found[1])} at {found.start()}"
    for each in file.pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if {"/F", "/FFilter", "/FDecodeParms"} & set(each.keys()):
                yield f"{each.objgen} lies outside"
            used = each.get("/Filter", [])
            names = {str(used)} if isinstance(used, pikepdf.Name) else {str(one) for one in used}
            if names - FILTERS:
                yield f"{each.objgen}: {names}"


def limits(file: File) -> Iterator[str]:
    """6.1.13: numbers, strings and names within bounds; pages of a sensible size."""
    for each in file.pdf.objects:
        for value in _values(each):
            if isinstance(value, pikepdf.String) and len(bytes(value)) > 32767:
                yield f"a string of {len(bytes(value))} bytes"
            elif isinstance(value, pikepdf.Name) and len(str(value).encode()) > 128:
                yield f"a long name: {value}"
            elif isinstance(value, int) and not -(2**31) <= value < 2**31:
                yield f"a large number: {value}"
    if len(file.pdf.objects) > 8388607:
        yield "too many objects"
    for page in file.pdf.pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        if not (3 <= right - left <= 14400 and 3 <= top - bottom <= 14400):
            yield f"page of {page.mediabox}"


def nesting(file: File) -> Iterator[str]:
    """6.1.13: q and Q stand within each other at most 28 deep."""
    for instructions in file.drawn:
        depth = deepest = 0
        for _operands, operator in instructions:
            depth += {"q": 1, "Q": -1}.get(str(operator), 0)
            deepest = max(deepest, depth)
        if deepest > NESTING:
            yield f"q nested {deepest} deep"


def _values(each: Any) -> Iterator[Any]:
    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in each.items():
            yield pikepdf.Name(key)
            if not getattr(value, "is_indirect", False):
                yield from _values(value)
    elif isinstance(each, pikepdf.Array):
        for value in each:
            if not getattr(value, "is_indirect", False):
                yield from _values(value)
    else:
        yield each


# --- Graphics ------------------------------------------------------------------------------------
def contents(file: File) -> Iterator[str]:
    """6.2.2: only operators of ISO 32000-1, and what they use is in resources of their own."""
    for (stream, resources), instructions in zip(file.streams, file.drawn, strict=True):
        unknown = {str(operator) for _, operator in instructions} - OPERATORS
        if unknown:
            yield f"{stream.objgen}: {unknown}"
        if resources is None and any(
            str(operator) in {"Tf", "Do", "gs"} for _, operator in instructions
        ):
            yield f"{stream.objgen} has no resources"


def colours(file: File) -> Iterator[str]:
    """6.2.3, 6.2.4: one output intent with a profile of RGB, and no device colours but its own."""
    intents = file.pdf.Root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1":
        yield "no output intent of PDF/A"
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    if profile[12:16] not in (b"mntr", b"prtr") or profile[16:20] != b"RGB " or profile[8] >= 5:
        yield f"profile: {profile[8]} {profile[12:20]!r}"
    if int.from_bytes(profile[:4]) != len(profile) or intents[0].DestOutputProfile.N != 3:
        yield "the profile's size"
    for instructions in file.drawn:
        if {str(operator) for _, operator in instructions} & DEVICE_CMYK:
            yield "colours of CMYK"
        intents_named = {str(o[0]) for o, operator in instructions if str(operator) == "ri"}
        if intents_named - INTENTS:
            yield f"6.2.6: {intents_named}"
    for image in file.of_type("/Subtype", "/Image"):
        if image.get("/ColorSpace") == "/DeviceCMYK":
            yield f"{image.objgen} in CMYK"


def states(file: File) -> Iterator[str]:
    """6.2.5, 6.2.10: no transfer functions or halftones; blend modes that are known."""
    for _, resources in file.streams:
        for state in (resources or {}).get("/ExtGState", {}).values():
            if {"/TR", "/HTP", "/HT"} & set(state.keys()) or state.get(
                "/TR2", "/Default"
            ) != "/Default":
                yield f"{state.keys()}"
            mode = state.get("/BM", pikepdf.Name("/Normal"))
            if str(mode)[1:] not in BLEND_MODES:
                yield f"{mode}"


def objects_drawn(file: File) -> Iterator[str]:
    """6.2.8, 6.2.9: pictures are drawn point for point; no PostScript, nothing from elsewhere."""
    for image in file.of_type("/Subtype", "/Image"):
        if bool(image.get("/Interpolate", False)) or {"/Alternates", "/OPI"} & set(image.keys()):
            yield f"{image.objgen} {image.keys()}"
    for form in file.of_type("/Subtype", "/Form"):
        if {"/OPI", "/PS", "/Subtype2", "/Ref"} & set(form.keys()):
            yield f"{form.objgen} {form.keys()}"
    if file.of_type("/Subtype", "/PS"):
        yield "PostScript"


# --- Fonts ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OpenedFont:
    """An embedded font: its glyphs' widths in thousandths, and how codes find glyphs and texts."""

    glyphs: list[float]
    outlined: int
    map: bytes | None
    widths: dict[int, float]
    texts: dict[int, str]

    @classmethod
    def of(cls, font: pikepdf.Object) -> "OpenedFont":
        inner = font.DescendantFonts[0]
        embedded = TTFont(BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
        upem = embedded["head"].unitsPerEm
        order = embedded.getGlyphOrder()
        widths: dict[int, float] = {}
        for first, run in zip(list(inner.W)[::2], list(inner.W)[1::2], strict=True):
            widths.update({int(first) + n: float(width) for n, width in enumerate(run)})
        to_unicode = font.ToUnicode.read_bytes().decode("ascii")
        texts = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>\n", to_unicode)
            if code != "0000" or text != "ffff"
        }
        mapping = inner.CIDToGIDMap
        return cls(
            glyphs=[embedded["hmtx"][name][0] * 1000 / upem for name in order],
            outlined=len(order),
            map=None if isinstance(mapping, pikepdf.Name) else mapping.read_bytes(),
            widths=widths,
            texts=texts,
        )

    def glyph(self, code: int) -> int:
        if self.map is None:
            return code
        return int.from_bytes(self.map[2 * code : 2 * code + 2])


def font_kinds(file: File) -> Iterator[str]:
    """6.2.11.2 to 6.2.11.4: composite fonts of TrueType outlines, whole, found by identity."""
    for font in file.fonts.values():
        inner = font.DescendantFonts[0]
        if (font.get("/Subtype"), inner.get("/Subtype")) != ("/Type0", "/CIDFontType2"):
            yield f"{font.BaseFont}: {font.get('/Subtype')} {inner.get('/Subtype')}"
        if font.get("/Encoding") != "/Identity-H" or "/CIDToGIDMap" not in inner:
            yield f"{font.BaseFont}: {font.get('/Encoding')}"
        if "/FontFile2" not in inner.FontDescriptor:
            yield f"{font.BaseFont} is not embedded"
        if "/CIDSet" in inner.FontDescriptor:
            yield f"{font.BaseFont} lists its glyphs, perhaps not all"
    if len(file.fonts) != len(
        [f for f in file.of_type("/Type", "/Font") if "/DescendantFonts" in f]
    ):
        yield "a font without texts"


def glyphs(file: File) -> Iterator[str]:
    """6.2.11.4 to 6.2.11.8: each code shown has a glyph, a true width and a text of letters."""
    opened = {number: OpenedFont.of(font) for number, font in file.fonts.items()}
    for shown in sorted(file.shown, key=lambda each: (each.font, each.code)):
        font, glyph = opened[shown.font], opened[shown.font].glyph(shown.code)
        if not 0 < glyph < font.outlined:
            yield f"code {shown.code} shows glyph {glyph}"
            continue
        if abs(font.glyphs[glyph] - font.widths.get(shown.code, 1000)) > 1:
            yield f"code {shown.code}: {font.glyphs[glyph]} is not {font.widths.get(shown.code)}"
        text = font.texts.get(shown.code, "")
        if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
            yield f"code {shown.code} reads {text!r}"
        if any("\ue000" <= letter <= "\uf8ff" for letter in text) and not shown.is_replaced:
            yield f"code {shown.code} is private"


# --- Annotations, actions, forms -----------------------------------------------------------------
def annotations(file: File) -> Iterator[str]:
    """6.3: links that print, never hidden, each saying in words where it leads; a signature's
    field may be there as well, without a place on the page."""
    for page in file.pdf.pages:
        for each in page.get("/Annots", []):
            flags = int(each.get("/F", 0))
            if flags & PRINTED != PRINTED or flags & HIDING:
                yield f"{each.get('/Subtype')} {flags}"
            if each.get("/Subtype") == "/Link":
                if "/Contents" not in each or "/StructParent" not in each:
                    yield f"{each.objgen} is not tagged"
            elif each.get("/FT") != "/Sig" or each.Rect[0] != each.Rect[2]:
                yield f"{each.get('/Subtype')}"


def actions(file: File) -> Iterator[str]:
    """6.5, 6.9 to 6.11: no scripts, layers or presentations; links lead to addresses."""
    forbidden = {"/AA", "/OpenAction", "/OCProperties", "/Requirements", "/NeedsRendering"}
    if found := forbidden & set(file.pdf.Root.keys()):
        yield f"{found}"
    if {"/JavaScript", "/AlternatePresentations"} & set(file.pdf.Root.get("/Names", {}).keys()):
        yield "names of what must not be"
    for page in file.pdf.pages:
        if {"/AA", "/PresSteps"} & set(page.keys()):
            yield f"{page.keys()}"
        for each in page.get("/Annots", []):
            if each.get("/A", {}).get("/S", "/URI") != "/URI" or "/AA" in each:
                yield f"{each.objgen}"


def forms(file: File) -> Iterator[str]:
    """6.4: no fields but signatures, each over the whole file."""
    form = file.pdf.Root.get("/AcroForm", {})
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)):
        yield f"{form.keys()}"
    for field in form.get("/Fields", []):
        if field.get("/FT") != "/Sig":
            yield f"{field.T}"
            continue
        start, length, second, rest = (int(number) for number in field.V.ByteRange)
        if (start, second + rest) != (0, len(file.content)) or length >= second:
            yield f"{field.T} signs {length} and {rest} of {len(file.content)} bytes"


# --- Metadata ------------------------------------------------------------------------------------
def packet(file: File) -> Iterator[str]:
    """6.6.2.1: one packet in UTF-8 without attributes of old, in one RDF."""
    if not file.packet.startswith(b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>'):
        yield repr(file.packet[:60])
    file.packet.decode()
    if len(file.rdf) != 1:
        yield f"{len(file.rdf)} times RDF"


def schemas(file: File) -> Iterator[str]:
    """6.6.2.3: properties that PDF/A does not know are described, with name, type and reason."""
    described = set()
    for item in file.rdf[0].iter(f"{RDF}li"):
        uri = item.findtext(f"{SCHEMA}namespaceURI")
        if uri is None:
            continue
        if not item.findtext(f"{SCHEMA}schema") or not item.findtext(f"{SCHEMA}prefix"):
            yield f"{uri} without a name"
        for each in item.findall(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            words = [
                each.findtext(f"{PROPERTY}{name}") for name in ("name", "valueType", "description")
            ]
            if not all(words) or each.findtext(f"{PROPERTY}category") not in (
                "internal",
                "external",
            ):
                yield f"{uri}: {words}"
            described.add(f"{{{uri}}}{words[0]}")
    for description in file.rdf[0]:
        for name in [*description.keys(), *(each.tag for each in description)]:
            space = name[1:].partition("}")[0]
            if name != f"{RDF}about" and space not in KNOWN_SCHEMAS and name not in described:
                yield name


def identification(file: File) -> Iterator[str]:
    """6.6.4: the file says that it is PDF/A-3, level A."""
    said = {
        key.removeprefix(PDFAID): value
        for description in file.rdf[0]
        for key, value in description.items()
        if key.startswith(PDFAID)
    }
    if said != {"part": "3", "conformance": "A"}:
        yield f"{said}"


def agreement(file: File) -> Iterator[str]:
    """6.6.3: what the information dictionary says too, it says alike."""
    metadata = file.pdf.open_metadata()  # read only: `with` would write it anew
    for key, name in (("/Title", "dc:title"), ("/Producer", "pdf:Producer")):
        if str(file.pdf.docinfo.get(key)) != metadata.get(name):
            yield f"{key}: {file.pdf.docinfo.get(key)} is not {metadata.get(name)}"
    if [str(file.pdf.docinfo.get("/Author"))] != list(metadata.get("dc:creator", [])):
        yield f"/Author: {file.pdf.docinfo.get('/Author')}"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        said = str(file.pdf.docinfo.get(key, ""))
        if re.sub(r"\D", "", said) != re.sub(r"\D", "", metadata.get(name) or ""):
            yield f"{key}: {said} is not {metadata.get(name)}"


# --- Structure and data --------------------------------------------------------------------------
def structure(file: File) -> Iterator[str]:
    """6.7: marked, with a tree of standard types in a named language."""
    if not bool(file.pdf.Root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "not marked"
    if "/StructTreeRoot" not in file.pdf.Root:
        yield "no tree"
    used = {str(each.S)[1:] for each in file.of_type("/Type", "/StructElem")}
    if used - STRUCTURE_TYPES:
        yield f"{used - STRUCTURE_TYPES}"
    if not LANGUAGE.fullmatch(str(file.pdf.Root.get("/Lang", ""))):
        yield "no language"


def embedded(file: File) -> Iterator[str]:
    """6.8: each file inside has a type, both names and a reason, and belongs to the document."""
    associated = {each.objgen for each in file.pdf.Root.get("/AF", [])}
    for each in file.of_type("/Type", "/Filespec"):
        if not {"/F", "/UF", "/EF", "/Desc", "/AFRelationship"} <= set(each.keys()):
            yield f"{each.keys()}"
        if each.objgen not in associated:
            yield f"{each.UF} belongs to nothing"
        inner = each.EF.F
        if not MIME.fullmatch(str(inner.get("/Subtype", ""))):
            yield f"{each.UF} is {inner.get('/Subtype')}"
        parameters = inner.get("/Params", {})
        if (
            int(parameters.get("/Size", -1)) != len(inner.read_bytes())
            or "/ModDate" not in parameters
        ):
            yield f"{each.UF}: {parameters}"


RULES: tuple[Rule, ...] = (
    header,
    trailer,
    streams,
    limits,
    nesting,
    contents,
    colours,
    states,
    objects_drawn,
    font_kinds,
    glyphs,
    annotations,
    actions,
    forms,
    packet,
    schemas,
    identification,
    agreement,
    structure,
    embedded,
)
