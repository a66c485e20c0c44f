"""The contract of `render`: same bytes, own fonts, no strangers."""

import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from bangla.pdf import FontsMissing, IncompleteDocument, Pdf, UnsupportedEngine, render
from bangla.pdf.check import extract
from bangla.pdf.engine import check_version, weasyprint
from bangla.pdf.errors import FetchRefused
from bangla.pdf.fetch import NamedFiles

HEAD = "<html lang=bn><title>পরীক্ষা</title>"


def embedded_fonts(pdf: Pdf) -> dict[str, bool]:
    """Font names without their subset prefix, and whether the font file is inside."""
    found = {}
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        for page in opened.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                found[str(font.BaseFont).split("+")[1]] = "/FontFile2" in descriptor
    return found


def test_counts_pages_and_names_the_content(plan: Pdf):
    with pikepdf.open(BytesIO(plan.content)) as opened:
        assert plan.pages == len(opened.pages)
    assert plan.sha256 == hashlib.sha256(plan.content).hexdigest()
    assert plan.missing_characters == ""


def test_same_input_gives_the_same_bytes_in_another_process(
    plan: Pdf, plan_html: str, fonts: Path, tmp_path: Path
):
    page = tmp_path / "plan.html"
    page.write_text(plan_html)
    program = (
        "import sys; from pathlib import Path; from bangla.pdf import render;"
        "print(render(Path(sys.argv[1]).read_text(), fonts=Path(sys.argv[2])).sha256)"
    )
    command = [sys.executable, "-c", program, str(page), str(fonts)]
    root = Path(__file__).parents[2]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout
    assert printed.strip() == plan.sha256


def test_what_was_rendered_before_changes_nothing(plan: Pdf, plan_html: str, fonts: Path):
    render(f"{HEAD}<p style='font-size: 40pt'>অন্য দলিল ক্ষ্ম", fonts=fonts)
    assert render(plan_html, fonts=fonts).sha256 == plan.sha256


def test_fonts_are_embedded_and_ours(plan: Pdf):
    fonts = embedded_fonts(plan)
    assert all(fonts.values())
    assert all(name.startswith("Udbhabon-") for name in fonts)
    assert {"Udbhabon-Serif-bengali", "Udbhabon-Serif-latin", "Udbhabon-Serif-bengali-Bold"} <= set(
        fonts
    )


@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Serif", "monospace", "Arial"])
def test_fonts_of_the_machine_are_never_used(fonts: Path, family: str):
    pdf = render(f"{HEAD}<p style='font-family: {family}'>ক abc Ω", fonts=fonts)
    assert all(name.startswith("Udbhabon-") for name in embedded_fonts(pdf))


@pytest.mark.parametrize("family", ["Udbhabon Serif", "Udbhabon Sans"])
@pytest.mark.parametrize("weight", [400, 700])
def test_signs_that_documents_use_have_glyphs(fonts: Path, family: str, weight: int):
    signs = "◌ । ॥ ‘’ “” – — … ৳ % · • ◦ ▪ ✓ ✗ ☐ ☑ \u2010 A-z 0-9 ০-৯ é ñ @ / ( ) [ ]"
    style = f"font-family: '{family}'; font-weight: {weight}"
    pdf = render(f'{HEAD}<p style="{style}">{signs}', fonts=fonts)
    assert pdf.missing_characters == ""


def test_characters_without_a_glyph_are_reported_and_still_found(fonts: Path):
    pdf = render(f"{HEAD}<p>ক 漢 খ", fonts=fonts)
    assert pdf.missing_characters == "漢"
    assert "漢" in extract(pdf.content, reader="poppler")
    assert "漢" in extract(pdf.content, reader="pypdf")


@pytest.mark.parametrize(
    "body",
    [
        "<img src='http://example.org/a.png' alt='ক'>",
        "<img src='file:///etc/hostname' alt='ক'>",
        "<img src='data:image/svg+xml,<svg/>' alt='ক'>",
        "<link rel=stylesheet href='https://example.org/a.css'>",
        "<style>@import url('file:///etc/hostname')</style>",
        "<p style='background: url(http://example.org/a.png)'>",
        "<style>@font-face { font-family: x; src: url(http://example.org/x.woff2) }</style>",
        "<object data='http://example.org/a.svg'></object>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<base href='http://example.org/'><img src='a.png' alt='ক'>",
        "<img srcset='http://example.org/a.png 2x' alt='ক'>",
        "<svg><image href='http://example.org/a.png' width='9' height='9'/></svg>",
        "<svg><use href='http://example.org/a.svg#x'/></svg>",
        "<svg><style>@import url(http://example.org/a.css)</style></svg>",
        "<embed src='file:///etc/hostname'>",
        "<iframe src='http://169.254.169.254/latest/meta-data/'></iframe>",
        "<a rel=attachment href='file:///etc/hostname'>ক</a>",
        "<style>p::before { content: url(file:///etc/hostname) }</style><p>",
        "<style>li { list-style-image: url(http://example.org/a.png) }</style><ul><li>ক</ul>",
        "<style>@page { background: url(FILE:///etc/hostname) }</style>",
        "<img src='files:../../etc/hostname' alt='ক'>",
        "<img src='//example.org/a.png' alt='ক'>",
        "<img src='ftp://example.org/a.png' alt='ক'>",
        f"<img src='data:image/png;base64,{'A' * 100_000}' alt='ক'>",
    ],
    ids=lambda body: body[:60],
)
def test_strange_addresses_are_not_opened(fonts: Path, monkeypatch: pytest.MonkeyPatch, body: str):
    opened: list[str] = []
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda self, url, *args: opened.append(url)
    )
    pdf = render(f"{HEAD}{body}<p>লেখা থাকে", fonts=fonts)
    assert opened == []
    assert "থাকে" in extract(pdf.content, reader="poppler")
    with pikepdf.open(BytesIO(pdf.content)) as document:
        assert "/Names" not in document.Root
        assert not document.attachments


def test_named_files_are_served_and_others_refused(tmp_path: Path):
    path = tmp_path / "ছবি.svg"
    path.write_text("<svg/>")
    fetcher = NamedFiles({"files:ছবি.svg": path})
    assert fetcher.fetch("files:ছবি.svg").read() == b"<svg/>"
    assert fetcher.fetch("files:%E0%A6%9B%E0%A6%AC%E0%A6%BF.svg").content_type == "image/svg+xml"
    for url in ("files:other.svg", "files:../ছবি.svg", path.as_uri(), "http://example.org/"):
        with pytest.raises(FetchRefused):
            fetcher.fetch(url)
    assert len(fetcher.refused) == 4


def test_stylesheets_apply(fonts: Path, tmp_path: Path):
    sheet = tmp_path / "sheet.css"
    sheet.write_text("@page { size: 100mm 50mm } p { font-family: 'Udbhabon Sans' }")
    pdf = render(f"{HEAD}<p>ক", fonts=fonts, stylesheets=[sheet])
    assert set(embedded_fonts(pdf)) == {"Udbhabon-Sans-bengali"}
    with pikepdf.open(BytesIO(pdf.content)) as document:
        assert [round(float(edge)) for edge in document.pages[0].MediaBox] == [0, 0, 283, 142]


def test_missing_fonts_tell_how_to_get_them(tmp_path: Path):
    with pytest.raises(FontsMissing, match=r"noto-serif-bengali-latin-700.*make setup"):
        render(f"{HEAD}<p>ক", fonts=tmp_path)


@pytest.mark.parametrize(
    ("html", "absent"),
    [("<html lang=bn><p>ক", "<title>"), ("<title>ক</title><p>ক", "<html lang>")],
)
def test_a_document_without_title_or_language_is_refused(fonts: Path, html: str, absent: str):
    with pytest.raises(IncompleteDocument, match=absent):
        render(html, fonts=fonts)


def test_another_version_of_the_engine_is_refused():
    check_version(weasyprint.__version__)
    with pytest.raises(UnsupportedEngine, match=r"WeasyPrint 70\.x and found 71\.0"):
        check_version("71.0")
