"""HTML in, tagged PDF/UA-1 out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from bangla.pdf.archive import Archive, write_archive
from bangla.pdf.engine import ElementWrapper, Page, weasyprint
from bangla.pdf.errors import IncompleteDocument
from bangla.pdf.fetch import NamedFiles
from bangla.pdf.fonts import SERIF, document_fonts
from bangla.pdf.metadata import write_metadata
from bangla.pdf.rows import keep_rows_whole
from bangla.pdf.spans import continue_row_headers, pages_of_rows, repeat_row_headers
from bangla.pdf.stream import TextStream
from bangla.pdf.structure import BoxSet, artifacts, build_tree, line_ends
from bangla.pdf.tagging import write_structure
from bangla.pdf.textfont import TextFont, map_codes

_BASE_CSS = f'html {{ font-family: "{SERIF}" }}'
# A row moved whole, or made taller by a repeated header, moves a later one to the next page. After
# so many layouts rows are no longer moved, and after so many the document is printed as it is.
_LAYOUTS_FOR_ROWS = 4
_MOST_LAYOUTS = 7
_rendering = Lock()  # Pango's font maps are not thread-safe


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document.

    `sha256` is the hexadecimal digest of `content`. `missing_characters` are those for which no
    font has a glyph, drawn as empty boxes, in code point order.
    """

    content: bytes
    pages: int
    sha256: str
    missing_characters: str = ""


class _TaggedPage(Page):  # type: ignore[misc, unused-ignore]
    """A page that paints itself through a `TextStream` and keeps the marks it left."""

    def __init__(self, page_box: Any, repeated: set[int], continued: BoxSet) -> None:
        super().__init__(page_box)
        self.box = page_box
        self.artifacts = artifacts(page_box, repeated) | continued
        self.marks: dict[Any, dict[str, Any]] = {}

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint into `stream`, at `scale` PDF points per CSS pixel."""
        own = TextStream.over(stream, self.artifacts, line_ends(self.box))
        super().paint(own, scale)
        self.marks = own.marks


def _finish(document: Any, pdf: Any, *, archive: Archive | None) -> None:
    """What WeasyPrint calls when everything is drawn and nothing is written yet."""
    map_codes(document, pdf)
    tree = build_tree([(page.box, page.marks, page.artifacts) for page in document.pages])
    write_structure(document, pdf, tree)
    if archive is not None:
        write_archive(pdf, archive)
    write_metadata(document, pdf, is_archive=archive is not None)


def render(
    html: str,
    *,
    fonts: Path,
    stylesheets: Sequence[Path] = (),
    files: Mapping[str, Path] | None = None,
    archive: Archive | None = None,
) -> Pdf:
    """Render `html` as a tagged PDF/UA-1 document whose Bengali text is found and copied right.

    `fonts` is the folder of font files from npm; the document names them `Udbhabon Serif` and
    `Udbhabon Sans`. `stylesheets` are CSS files applied after the document's own. `files` maps
    the names that the HTML uses (`<img src="files:logo.svg">`) to files on disk; nothing else is
    ever opened, and what the HTML asks for besides is left out with a line in the `weasyprint` log.
    With an `archive` the document is PDF/A-3a too and carries the archive's files.

    Title, author, language and dates come from the HTML (`<title>`, `<meta name=author>`,
    `<html lang>`, `<meta name=dcterms.created>`). The same input gives the same bytes. Calls from
    several threads wait for each other.

    Raises `FontsMissing` if the font folder is incomplete and `IncompleteDocument` if the HTML
    has no title or no language, both of which PDF/UA demands.
    """
    with _rendering:
        configuration = document_fonts(fonts)
        fetcher = NamedFiles(files or {})
        source = weasyprint.HTML(string=html, url_fetcher=fetcher)
        css = [
            weasyprint.CSS(string=_BASE_CSS),
            *(
                weasyprint.CSS(filename=path, url_fetcher=fetcher, font_config=configuration)
                for path in stylesheets
            ),
        ]
        laid_out = _lay_out(source, font_config=configuration, stylesheets=css)
        _check_metadata(laid_out.metadata)
        page_boxes = [page._page_box for page in laid_out.pages]
        continued = continue_row_headers(page_boxes)
        repeated: set[int] = set()
        pages = [_TaggedPage(box, repeated, continued) for box in page_boxes]
        document = laid_out.copy(pages)
        content = document.write_pdf(
            finisher=partial(_finish, archive=archive),
            pdf_version="1.7",
            pdf_identifier=archive is not None,
        )
        drawn: list[TextFont] = list(document.fonts.values())
    missing = {codepoint for font in drawn for codepoint in font.undrawn}
    return Pdf(
        content=content,
        pages=len(document.pages),
        sha256=hashlib.sha256(content).hexdigest(),
        missing_characters="".join(map(chr, sorted(missing))),
    )


def _lay_out(source: Any, **options: Any) -> Any:
    """The document that WeasyPrint's `render` makes of `source`, mended where pages end in tables.

    `source` is changed. Headers wait until the rows have found their pages, or they would be
    repeated where no page begins any more.
    """
    laid_out = source.render(**options)
    for done in range(1, _MOST_LAYOUTS):
        moved = done <= _LAYOUTS_FOR_ROWS and keep_rows_whole(laid_out)
        if not moved and not repeat_row_headers(source.etree_element, pages_of_rows(laid_out)):
            break
        source.wrapper_element = ElementWrapper.from_html_root(source.etree_element)
        laid_out = source.render(**options)
    return laid_out


def _check_metadata(metadata: Any) -> None:
    absent = [
        name
        for name, value in (("<title>", metadata.title), ("<html lang>", metadata.lang))
        if not value
    ]
    if absent:
        raise IncompleteDocument(f"PDF/UA needs {' and '.join(absent)} in the HTML.")
