import atexit
import os
import shutil
from pathlib import Path

import pytest

from bangla.pdf import FontsMissing
from bangla.pdf.fonts import document_fonts, unpack


def test_fonts_are_unpacked_once(fonts: Path):
    assert unpack(fonts) is unpack(fonts)
    assert document_fonts(fonts) is document_fonts(fonts)
    assert all(path.is_file() for path in unpack(fonts))


def test_a_changed_folder_is_unpacked_again(fonts: Path, tmp_path: Path):
    folder = shutil.copytree(fonts, tmp_path / "fonts")
    before = unpack(folder)
    face = folder / "noto-serif-bengali-bengali-400-normal.woff2"
    os.utime(face, ns=(0, face.stat().st_mtime_ns + 1))
    assert unpack(folder) != before


def test_a_weight_that_is_not_required_may_be_absent(fonts: Path, tmp_path: Path):
    folder = shutil.copytree(fonts, tmp_path / "fonts")
    for path in folder.glob("*-600-*"):
        path.unlink()
    assert len(unpack(folder)) == 1 + 2 * 2 * 3


def test_every_absent_file_is_named(fonts: Path, tmp_path: Path):
    folder = shutil.copytree(fonts, tmp_path / "fonts")
    absent = [
        "noto-sans-bengali-latin-ext-400-normal.woff2",
        "noto-serif-bengali-bengali-700-normal.woff2",
    ]
    for name in absent:
        (folder / name).unlink()
    with pytest.raises(FontsMissing) as error:
        unpack(folder)
    assert all(name in str(error.value) for name in absent)


def test_files_of_a_parent_process_outlive_its_children(fonts: Path):
    files = unpack(fonts)
    child = os.fork()
    if not child:
        atexit._run_exitfuncs()
        os._exit(0)
    os.waitpid(child, 0)
    assert all(path.is_file() for path in files)
