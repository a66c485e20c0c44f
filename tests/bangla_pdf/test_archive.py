"""Archived documents: PDF/A-3a and PDF/UA-1 in one file, with its data inside.

No validator goes into this project's set-up; `pdfa` states the rules one by one instead.
"""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from PIL import Image

from bangla.pdf import Archive, Attachment, Pdf, render
from bangla.pdf.check import missing_words
from tests.bangla_pdf import pdfa
from tests.bangla_pdf.reading import drawn, tags

DATA = json.dumps({"শিরোনাম": "প্রতিবেদন", "সংখ্যা": 12}, ensure_ascii=False).encode()
MOMENT = datetime(2026, 7, 28, 10, 42, tzinfo=ZoneInfo("Asia/Dhaka"))
# Each thing that an archive has an opinion of: pictures with and without transparency, faded
# text, shapes, links within and out, letters that no font has, marks, a long table.
HTML = """
<html lang="bn"><head><title>বার্ষিক প্রতিবেদন — স্বর্ণগ্রাম</title>
<meta name="author" content="স্বর্ণগ্রাম দপ্তর">
<meta name="dcterms.created" content="2026-07-28T10:42:00+06:00">
<style>@page { @bottom-left { content: element(foot) } } .foot { position: running(foot) }
.faded { opacity: .4; transform: rotate(1deg) } b { font-family: "Udbhabon Sans" }</style></head>
<body><aside class="foot" aria-hidden="true">
<svg width="20" height="20" viewBox="0 0 4 4"><path d="M0 0h2v2h-2z"/></svg> পাদটীকা</aside>
<h1 id="top">জ্যোৎস্না কর্তৃপক্ষ</h1><p>লেখা <b>মোটা</b> ✓
<a href="https://example.org/x">বাইরে</a> <a href="#end">শেষে</a></p>
<p>যা কোনো হরফে নেই: 😀 中 Ω; যা চোখে পড়ে না: কা\ufeffজ \ufeff</p><p class="faded">ঝাপসা</p>
<p><img src="files:photo.jpg" alt="ছবি"><img src="files:clear.png" alt="স্বচ্ছ ছবি"></p>
<table><thead><tr><th>ক্রম</th><th>কাজ</th></tr></thead><tbody>ROWS</tbody></table>
<p id="end">শেষ</p></body></html>
""".replace("ROWS", "".join(f"<tr><td>{n}</td><td>নথি {n}</td></tr>" for n in range(70)))


@pytest.fixture(scope="session")
def make(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pdf]:
    """Draws an archive with one file in it."""
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (60, 40), "green").save(folder / "photo.jpg")
    Image.new("RGBA", (60, 40), (200, 0, 0, 90)).save(folder / "clear.png")
    files = {name: folder / name for name in ("photo.jpg", "clear.png")}
    data = Attachment("report.json", DATA, "application/json", "প্রতিবেদনের উপাত্ত", MOMENT)
    return lambda html: render(html, fonts=fonts, files=files, archive=Archive([data]))


@pytest.fixture(scope="session")
def archived(make: Callable[[str], Pdf]) -> Pdf:
    return make(HTML)


@pytest.fixture(scope="session")
def file(archived: Pdf) -> pdfa.File:
    return pdfa.File(archived.content)


@pytest.mark.parametrize("rule", pdfa.RULES, ids=lambda rule: rule.__name__)
def test_archive_keeps_the_rule(file: pdfa.File, rule: pdfa.Rule) -> None:
    assert list(rule(file)) == []


def test_archive_is_accessible_as_before(archived: Pdf, fonts: Path, file: pdfa.File) -> None:
    """PDF/UA-1 holds beside PDF/A: its mark, its tags, nothing drawn outside them."""
    assert file.pdf.open_metadata()["pdfuaid:part"] == "1"
    assert bool(file.pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert {"Table", "THead", "TH", "Link", "Figure", "H1"} <= set(tags(file.pdf))
    assert "Aside" not in tags(file.pdf)
    loose = [name for page in file.pdf.pages for name, marks in drawn(page) if len(marks) != 1]
    assert loose == ["Do"]  # the faded words, which are tagged inside their group


@pytest.mark.parametrize("reader", ["poppler", "pdfium", "mupdf"])
def test_words_of_an_archive_are_found(archived: Pdf, reader: str) -> None:
    texts = ["জ্যোৎস্না কর্তৃপক্ষ", "লেখা মোটা ✓ বাইরে শেষে", "ঝাপসা", "নথি 69 শেষ", "中 Ω; কাজ"]
    assert missing_words(archived.content, texts, reader=reader) == []


def test_letters_without_a_glyph_are_told(archived: Pdf) -> None:
    assert archived.missing_characters == "Ω中😀"


def test_data_comes_out_as_it_went_in(file: pdfa.File) -> None:
    attached = file.pdf.attachments["report.json"]
    assert attached.get_file().read_bytes() == DATA
    assert attached.description == "প্রতিবেদনের উপাত্ত"
    assert attached.get_file().mime_type == "application/json"
    assert attached.get_file().mod_date == MOMENT


def test_same_input_is_the_same_file(make: Callable[[str], Pdf], archived: Pdf) -> None:
    assert make(HTML).sha256 == archived.sha256
    assert make(HTML.replace("ঝাপসা", "স্পষ্ট")).sha256 != archived.sha256


def test_document_that_is_no_archive_does_not_claim_it(fonts: Path) -> None:
    plain = render("<html lang=bn><title>ক</title><p>লেখা", fonts=fonts)
    broken = {fault.partition(":")[0] for fault in pdfa.faults(plain.content)}
    assert broken == {"trailer", "colours", "identification", "agreement", "schemas"}


def _interpolate(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image":
            each.Interpolate = True


def _hide_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def _forget_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _forget_reason(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0]["/AFRelationship"]


def _say_otherwise(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "অন্য শিরোনাম"


def _show_nothing(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/CIDFontType2":
            each.CIDToGIDMap = pdf.make_stream(bytes(200_000))


def _widen(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/CIDFontType2":
            each.W = pikepdf.Array([0, pikepdf.Array([3] * 60_000)])


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"))


def _ask(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name("/Tx"), T="নাম")
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])


def _untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_interpolate, "objects_drawn"),
        (_hide_link, "annotations"),
        (_forget_profile, "colours"),
        (_forget_reason, "embedded"),
        (_say_otherwise, "agreement"),
        (_show_nothing, "glyphs"),
        (_widen, "glyphs"),
        (_script, "actions"),
        (_ask, "forms"),
        (_untag, "structure"),
    ],
)
def test_rules_notice_what_breaks_them(
    archived: Pdf, spoil: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    """The control: the rules do not pass everything."""
    spoiled = BytesIO()
    with pikepdf.open(BytesIO(archived.content)) as pdf:
        spoil(pdf)
        pdf.save(spoiled, fix_metadata_version=False)
    assert {fault.partition(":")[0] for fault in pdfa.faults(spoiled.getvalue())} == {rule}
