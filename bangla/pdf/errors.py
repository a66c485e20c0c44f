"""Errors that the PDF engine raises itself."""


class PdfError(Exception):
    """Base of every error raised by `bangla.pdf`."""


class UnsupportedEngine(PdfError):
    """The installed WeasyPrint is not the version this package was written against."""


class FontsMissing(PdfError):
    """The font folder lacks files that every document needs."""


class IncompleteDocument(PdfError):
    """The HTML lacks something that PDF/UA requires, such as a title."""


class FetchRefused(PdfError):
    """A document asked for an address outside the files it was given."""
