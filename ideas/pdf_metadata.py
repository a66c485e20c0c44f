"""Take out of a PDF who made it, where and when; a program of its own.

`ideas.attachments` runs it for each PDF, with the file on standard input and the clean one on
standard output. A PDF of three kilobytes can unfold into gigabytes, and its reader is written in
C++: here it gets one gigabyte and twenty seconds, and takes nobody along when it falls.

Exit codes: 0 done, 3 locked with a password, 1 (or a signal) anything else.
"""

import io
import resource
import sys

import pikepdf

MOST_MEMORY = 1024**3  # bytes
MOST_SECONDS = 20
LOCKED = 3

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
    try:
        clean = without_metadata(sys.stdin.buffer.read())
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PdfError, MemoryError, ValueError, RuntimeError, TypeError):
        return 1
    sys.stdout.buffer.write(clean)
    return 0


if __name__ == "__main__":
    sys.exit(main())
