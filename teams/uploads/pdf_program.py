"""Open a PDF that somebody sent; a program of its own.

`teams.uploads.pdf` runs it for each PDF with the file on standard input. `clean` writes the pages
without who made them, where and when; `look` only says whether something in it acts by itself;
`data` writes the file of a given name that is embedded in it, as our own papers carry theirs. A
PDF of three kilobytes can unfold into gigabytes, and its reader is written in C++: here it gets one
gigabyte and twenty seconds, and takes nobody along when it falls.

Exit codes: 0 done, 3 locked with a password, 4 acts by itself, 5 no such file in it, 1 (or a
signal) anything else.
"""

import io
import resource
import sys
import zlib

import pikepdf

MOST_MEMORY = 1024**3  # bytes
MOST_SECONDS = 20
LOCKED, ACTIVE, MISSING = 3, 4, 5
CLEAN, LOOK, DATA = "clean", "look", "data"

# Wherever they stand, these hold an author, a machine, a time, another file, or a program.
UNWANTED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/CreatorInfo",
    "/AF",
    "/EF",
    "/EmbeddedFiles",
    "/JavaScript",
    "/JS",
    "/OpenAction",
    "/AA",
    "/XFA",
)
# Who wrote a note on the page, and when. (In a field to fill in, /T is the name of the field.)
OF_A_NOTE = ("/T", "/M", "/CreationDate", "/NM")
# A signature shows its owner's certificate, which without the original bytes proves nothing.
OF_A_SIGNATURE = ("/Contents", "/Name", "/Location", "/Reason", "/ContactInfo", "/M", "/Cert")
PROGRAMS = {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData"}
# What is not opened for others, and where it stands. Links and signatures are not among it.
ACTIONS = PROGRAMS | {"/GoToE", "/Rendition", "/RichMediaExecute", "/Movie", "/Sound"}
# The data inside a report of our own, an invoice, a table: text that nothing runs.
HARMLESS = (".json", ".csv", ".xml", ".txt")
# One stream of a scan in colour, unfolded, is 26 megabytes a page.
MOST_UNFOLDED = 256 * 1024 * 1024  # bytes
# Deflate makes at most a thousand bytes of one.
SURELY_SMALL = MOST_UNFOLDED // 1100


def refuse_floods(content: bytes) -> None:
    """Raises ValueError for what would fill the memory of whoever looks at the pages, and for
    another file behind the end of this one. Raises pikepdf.PdfError as well."""
    if content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \0"):
        raise ValueError("something follows the end")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if any(_unfolds(thing) for thing in pdf.objects if isinstance(thing, pikepdf.Stream)):
            raise ValueError("a stream unfolds without end")


def _unfolds(stream: pikepdf.Stream) -> bool:
    named = stream.get("/Filter", pikepdf.Array())
    filters = [str(one) for one in (named if isinstance(named, pikepdf.Array) else [named])]
    if filters.count("/FlateDecode") > 1:
        return True  # nobody packs twice but to unfold a million times
    if filters[:1] != ["/FlateDecode"] or int(stream.get("/Length", 0)) < SURELY_SMALL:
        return False
    packed, unfolded, reader = stream.read_raw_bytes(), 0, zlib.decompressobj()
    while packed and unfolded <= MOST_UNFOLDED:
        try:
            unfolded += len(reader.decompress(packed, 1024**2))
        except zlib.error:
            return False
        packed = reader.unconsumed_tail
    return unfolded > MOST_UNFOLDED


def without_metadata(content: bytes) -> bytes:
    """The same pages. Raises pikepdf.PdfError, of which PasswordError is one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        _scrub(pdf.Root)
        for thing in pdf.objects:
            _scrub(thing)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def embedded(content: bytes, name: str) -> bytes | None:
    """The embedded file of that name; None when there is none. Raises as above."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = pdf.attachments.get(name)
        return found.get_file().read_bytes() if found else None


def acts_by_itself(content: bytes) -> bool:
    """Whether the file runs a program or carries files other than data. Raises as above."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not pdf.pages or "/XFA" in pdf.Root.get("/AcroForm", {}):
            return True
        return any(_is_active(thing) for thing in (pdf.Root, *pdf.objects))


def _is_active(thing: pikepdf.Object) -> bool:
    """One object and the direct ones in it."""
    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        named = str(thing.get("/UF", thing.get("/F", ""))).lower()
        carries = "/EF" in thing and not named.endswith(HARMLESS)
        if "/JS" in thing or str(thing.get("/S", "")) in ACTIONS or carries:
            return True
        inner = [value for _, value in thing.items()]
    else:
        return False
    return any(
        _is_active(value)
        for value in inner
        if isinstance(value, pikepdf.Object) and not value.is_indirect
    )


def _scrub(thing: pikepdf.Object) -> None:
    """One object and the direct ones in it; those with a number of their own come by themselves."""
    if isinstance(thing, pikepdf.Array):
        inner = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in _unwanted_in(thing):
            if key in thing:
                del thing[key]
        if isinstance(thing, pikepdf.Stream):
            _scrub_photo(thing)
        inner = [value for _, value in thing.items()]
    else:
        return
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _scrub(value)


def _unwanted_in(thing: pikepdf.Object) -> tuple[str, ...]:
    if "/ByteRange" in thing:
        return UNWANTED + OF_A_SIGNATURE
    if "/Rect" in thing and thing.get("/Subtype") != pikepdf.Name.Widget:
        return UNWANTED + OF_A_NOTE
    if str(thing.get("/S", "")) in PROGRAMS:
        return (*UNWANTED, "/F", "/Win", "/Mac", "/Unix")
    return UNWANTED


def _scrub_photo(stream: pikepdf.Object) -> None:
    """Scanning programs put the photo in as the telephone made it, with place and device."""
    dct = pikepdf.Name.DCTDecode
    if stream.get("/Filter") in (dct, pikepdf.Array([dct])):
        parameters = stream.get("/DecodeParms")
        stream.write(jpeg_without_remarks(stream.read_raw_bytes()), filter=dct)
        if parameters is not None:
            stream["/DecodeParms"] = parameters


def jpeg_without_remarks(content: bytes) -> bytes:
    """A JPEG with the picture as it is, and nothing beside it.

    Of the segments before the picture, the application's own (EXIF, XMP, IPTC, profiles) and
    comments go; JFIF and Adobe's stay, for they say how colours are meant. What follows the end
    of the picture goes too. Anything that is not built like a JPEG is returned unchanged.
    """
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        marker = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself
            return b"".join([*kept, content[at : content.rfind(b"\xff\xd9") + 2 or None]])
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in (0xE0, 0xEE):
            kept.append(content[at:end])
        at = end
    return content


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    content, task = sys.stdin.buffer.read(), sys.argv[1]
    try:
        refuse_floods(content)
        if task == LOOK and acts_by_itself(content):
            return ACTIVE
        if task == DATA:
            answer = embedded(content, sys.argv[2])
        else:
            answer = without_metadata(content) if task == CLEAN else b"looked through"
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PdfError, MemoryError, ValueError, RuntimeError, TypeError):
        return 1
    if answer is None:
        return MISSING
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
