"""Can the words of a document be found in its PDF? The question search and copying depend on.

The readers are development dependencies; each is loaded when it is asked for.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

Reader = Literal["poppler", "pdfium", "mupdf", "pypdf"]


def missing_words(pdf: bytes, texts: Iterable[str], *, reader: Reader) -> list[str]:
    """The distinct words of `texts` that `reader` does not find in `pdf`, in order of appearance.

    Words are separated by white space. Both sides are compared after NFC and without any white
    space, because readers put line breaks and spaces where they think best.
    """
    found = squeeze(extract(pdf, reader=reader))
    return [word for word in distinct_words(texts) if squeeze(word) not in found]


def distinct_words(texts: Iterable[str]) -> list[str]:
    """The words of `texts`, each once, in order of first appearance."""
    return list(dict.fromkeys(word for text in texts for word in text.split()))


def squeeze(text: str) -> str:
    """`text` in NFC with all white space taken out, and soft hyphens, which are no letters."""
    return normalize("NFC", "".join(text.split())).replace("\N{SOFT HYPHEN}", "")


def extract(pdf: bytes, *, reader: Reader) -> str:
    """All text of `pdf` as `reader` copies it."""
    return _READERS[reader](pdf)


def _poppler(pdf: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftotext", "-enc", "UTF-8", str(Path(file.name)), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def _pdfium(pdf: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _mupdf(pdf: bytes) -> str:
    import pymupdf

    opener: Any = pymupdf.open  # only partly typed
    with opener(stream=pdf, filetype="pdf") as document:
        return "\n".join(page.get_text() for page in document)


def _pypdf(pdf: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


_READERS: dict[Reader, Callable[[bytes], str]] = {
    "poppler": _poppler,
    "pdfium": _pdfium,
    "mupdf": _mupdf,
    "pypdf": _pypdf,
}
