"""The fonts of our documents, and nothing of the machine's.

npm delivers each weight of Noto Serif Bengali and Noto Sans Bengali cut into subsets (bengali,
latin, latin-ext), one woff2 file each. Here every file becomes a TrueType font with a family
name of its own besides the one that the subsets share, so that a document names
`Udbhabon Serif` or `Udbhabon Sans` and gets Bengali, Latin and digits of one design. The
fontconfig configuration starts empty: no system font can slip in, so a document is the same on
every machine.
"""

import atexit
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import cffi
from fontTools.ttLib import TTFont, woff2

from bangla.pdf.engine import LOGGER, FontConfiguration, ffi, fontconfig, gobject, pangoft2
from bangla.pdf.errors import FontsMissing
from bangla.pdf.marks import build_marks_font

SERIF = "Udbhabon Serif"
SANS = "Udbhabon Sans"

_NPM_NAMES = {SERIF: "noto-serif-bengali", SANS: "noto-sans-bengali"}
_SUBSETS = ("bengali", "latin", "latin-ext")
_REQUIRED_WEIGHTS = (400, 700)
_OPTIONAL_WEIGHTS = (600,)
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16  # identifiers in a font's name table
_HYPHENS = (0x2010, 0x2011)  # drawn by U+002D's glyph: the subsets leave them out

# WeasyPrint's binding has no call for an empty configuration, only for the machine's.
_ffi = cffi.FFI()
_ffi.include(ffi)
_ffi.cdef("FcConfig *FcConfigCreate(void);")
_libfontconfig = _ffi.dlopen("libfontconfig.so.1")


class Face(NamedTuple):
    """One file of the font folder: a subset of a family at one weight."""

    family: str
    subset: str
    weight: int

    @property
    def own_family(self) -> str:
        """The family name of this subset alone, as in `Udbhabon Serif latin`."""
        return f"{self.family} {self.subset}"

    def path(self, folder: Path) -> Path:
        """Where npm's name for this face is found in `folder`."""
        return folder / f"{_NPM_NAMES[self.family]}-{self.subset}-{self.weight}-normal.woff2"


def faces(weights: tuple[int, ...]) -> Iterator[Face]:
    """Every family and subset at the given weights (CSS weights, 400 is regular)."""
    for family in _NPM_NAMES:
        for weight in weights:
            for subset in _SUBSETS:
                yield Face(family, subset, weight)


def available_faces(folder: Path) -> list[Face]:
    """The faces in `folder`.

    Raises `FontsMissing`, naming the files, if a regular or bold one is not there.
    """
    missing = [face for face in faces(_REQUIRED_WEIGHTS) if not face.path(folder).is_file()]
    if missing:
        names = ", ".join(face.path(folder).name for face in missing)
        raise FontsMissing(f"No {names} in {folder}: run `make setup`.")
    optional = [face for face in faces(_OPTIONAL_WEIGHTS) if face.path(folder).is_file()]
    return [*faces(_REQUIRED_WEIGHTS), *optional]


def to_truetype(woff: bytes, face: Face) -> bytes:
    """Unpack a woff2 file into TrueType under the names and the weight of `face`.

    fontconfig lists the typographic family before the family. So the subset's own name comes
    first, by which WeasyPrint tells fonts apart, and the shared one second, by which documents
    ask for them.
    """
    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO(woff), unpacked)
    font = TTFont(unpacked, recalcTimestamp=False)
    font["name"].setName(face.own_family, _TYPOGRAPHIC_FAMILY, 3, 1, 0x409)
    font["name"].setName(face.family, _FAMILY, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight
    for table in font["cmap"].tables:
        for hyphen in _HYPHENS:
            if ord("-") in table.cmap:
                table.cmap.setdefault(hyphen, table.cmap[ord("-")])
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


class DocumentFonts(FontConfiguration):  # type: ignore[misc, unused-ignore]
    """A font configuration that knows the files of one folder and no others.

    Like WeasyPrint's own class it keeps Pango's font map alive, and like Pango's font map it is
    not thread-safe.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        # The parent's __init__ loads the machine's fonts, so its other steps are repeated here.
        self._config = _libfontconfig.FcConfigCreate()
        for path in files:
            if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path)):
                raise FontsMissing(f"{path.name} is not a font file: run `make setup`.")
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map holds its own reference
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: object) -> None:
        """Refuse `@font-face`: documents use the families of the font folder."""
        LOGGER.warning("@font-face %r is ignored", rule_descriptors["font_family"])


def document_fonts(folder: Path) -> DocumentFonts:
    """The fonts in `folder`, ready for rendering; kept for the next call in this process.

    Raises `FontsMissing` if a file is not there.
    """
    return _configuration(unpack(folder), os.getpid())


def unpack(folder: Path) -> tuple[Path, ...]:
    """The TrueType files made of `folder`, unpacked once for each state it is in.

    Takes most of a second the first time. A server that forks its workers can call this before,
    and they share the files. Raises `FontsMissing` if a file is not there.
    """
    found = tuple(available_faces(folder))
    state = tuple(face.path(folder).stat().st_mtime_ns for face in found)
    return _unpack(folder.resolve(), found, state)


@lru_cache(maxsize=2)
def _configuration(files: tuple[Path, ...], process: int) -> DocumentFonts:
    """Kept by process, because Pango's threads do not survive a fork."""
    return DocumentFonts(files)


@lru_cache(maxsize=2)
def _unpack(folder: Path, found: tuple[Face, ...], state: tuple[int, ...]) -> tuple[Path, ...]:
    """Write the TrueType files to a temporary folder that dies with this process."""
    unpacked = Path(mkdtemp(prefix="bangla-pdf-"))
    atexit.register(_remove, unpacked, os.getpid())
    marks = unpacked / "marks.ttf"
    marks.write_bytes(build_marks_font())
    files = [marks]
    for face in found:
        path = unpacked / f"{face.own_family} {face.weight}.ttf".replace(" ", "-")
        woff = face.path(folder).read_bytes()
        path.write_bytes(to_truetype(woff, face))
        files.append(path)
    return tuple(files)


def _remove(folder: Path, process: int) -> None:
    """Delete `folder`, unless this is a forked child: the files are still its parent's."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
