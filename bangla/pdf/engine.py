"""The one door to WeasyPrint.

The text layer leans on how WeasyPrint draws text (`weasyprint/draw/text.py`) and on how it
numbers glyphs (`weasyprint/pdf/fonts.py`). Neither is a public interface, so the version is
checked here, once, and any other version is refused in words instead of producing documents
whose text cannot be found. After an upgrade: read those two files again, run the tests of this
package, then change `SUPPORTED`.

WeasyPrint carries no type hints; everything this package uses of it is imported here.
"""

import warnings
from importlib.resources import files

from bangla.pdf.errors import UnsupportedEngine

SUPPORTED = "70."

with warnings.catch_warnings():
    # At import WeasyPrint warns when the machine has no fonts of its own. We bring ours.
    warnings.filterwarnings("ignore", message=".*Expect ugly output", category=UserWarning)
    import pydyf  # type: ignore[import-untyped, unused-ignore]
    import weasyprint
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped, unused-ignore]
    from PIL import ImageFile
    from weasyprint.document import Document, Page
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.logger import LOGGER
    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.ffi import (
        FROM_UNITS,
        ffi,
        fontconfig,
        gobject,
        pango,
        pangoft2,
    )
    from weasyprint.text.fonts import (
        FontConfiguration,
        get_pango_font_key,
    )
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = [
    "FROM_UNITS",
    "LOGGER",
    "AbsolutePlaceholder",
    "Document",
    "ElementWrapper",
    "Font",
    "FontConfiguration",
    "Page",
    "Stream",
    "URLFetcher",
    "URLFetcherResponse",
    "boxes",
    "check_version",
    "ffi",
    "fontconfig",
    "get_pango_font_key",
    "gobject",
    "pango",
    "pangoft2",
    "pydyf",
    "srgb_profile",
    "weasyprint",
]


def check_version(version: str) -> None:
    """Raise `UnsupportedEngine` unless `version` is one the text layer was written for."""
    if not version.startswith(SUPPORTED):
        raise UnsupportedEngine(
            f"bangla.pdf was written for WeasyPrint {SUPPORTED}x and found {version}: "
            "read bangla/pdf/engine.py before upgrading."
        )


def srgb_profile() -> bytes:
    """The colour profile of sRGB as the International Color Consortium gives it out."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


check_version(weasyprint.__version__)
# WeasyPrint tells Pillow, for the whole process, to take half a picture for a whole one. Who checks
# what was uploaded (teams.uploads) relies on the opposite, and our papers hold whole pictures only.
ImageFile.LOAD_TRUNCATED_IMAGES = False
