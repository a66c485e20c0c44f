"""The PDF engine: Bengali HTML in, PDF/UA-1 with a right text layer out.

    from bangla.pdf import render
    pdf = render(html, fonts=Path("static/build/fonts"))

See `render` for the parameters, and `bangla.pdf.check` for finding out whether the words of a
document can be found in it.
"""

from bangla.pdf.archive import Archive, Attachment
from bangla.pdf.errors import FontsMissing, IncompleteDocument, PdfError, UnsupportedEngine
from bangla.pdf.fonts import SANS, SERIF
from bangla.pdf.render import Pdf, render

__all__ = [
    "SANS",
    "SERIF",
    "Archive",
    "Attachment",
    "FontsMissing",
    "IncompleteDocument",
    "Pdf",
    "PdfError",
    "UnsupportedEngine",
    "render",
]
