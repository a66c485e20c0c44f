"""Files that cannot or must not be opened: each refused with a sentence, none with a crash."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from PIL import Image

from teams.uploads import archive
from tests.workplans.importers.build import FORM_2016, as_docx, as_tsv, as_xlsx, saved, table
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import UnreadablePlan, read_plan
from workplans.periods import Period

YEAR = Period.parse("2022")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
WORD_PART = "word/document.xml"


@pytest.fixture(scope="module")
def word():
    return as_docx(table(FORM_2016, make_tasks()))


@pytest.fixture(scope="module")
def workbook():
    return as_xlsx(table(FORM_2016, make_tasks()))


def picture(kind):
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind)
    return stream.getvalue()


def rewritten(office_file, parts):
    """The file with some parts replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_file)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def refusal(content, **options):
    with pytest.raises(UnreadablePlan) as caught:
        read_plan(content, period=YEAR, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (OLE, ".docx"),
        (OLE + "Workbook".encode("utf-16-le"), ".xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "পাসওয়ার্ড"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "পিডিএফ"),
        (rb"{\rtf1\ansi hello}", ".docx"),
        (b"\x1f\x8b\x08" + bytes(40), ".gz"),
        (b"", "কোনো লেখা নেই"),
        (b"   \n\t\n", "কোনো লেখা নেই"),
        (bytes(range(128, 256)) * 4, "ছক পাওয়া যায়নি"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("Größe der Straße: hübsch".encode("utf-16-le")[1:], "UTF-8"),
    ],
)
def test_foreign_file_is_refused_with_advice(content, advice):
    assert advice in refusal(content)


def test_text_that_begins_like_a_picture_is_read():
    text = "BMDA plan\n" + as_tsv(table(FORM_2016, make_tasks()))
    assert len(read_plan(text.encode(), period=YEAR).rows) == 21


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_is_refused_with_advice(kind):
    assert "ছবি" in refusal(picture(kind))


@pytest.mark.parametrize(
    "text",
    [
        "µwgK bs\twelq\tM„nxZe¨ KvR\tïiæi ZvwiL\tmgvwßi ZvwiL\n"
        "1\t†mev\tdig mnR Kiv\t10 gvP©\t12 gvP©",
        "bs\twelq\tKvR\tZvwiL\n1\tmfv\tmfv Kiv\t10",
    ],
)
def test_bijoy_text_is_read_in_unicode_and_that_is_said(text):
    for content in (text, text.encode("cp1252")):
        plan = read_plan(content, period=YEAR)
        assert plan.rows[0].title.endswith("করা")
        assert [note for note in plan.notes if "বিজয়" in note]


def test_english_without_a_plan_is_not_taken_for_bijoy():
    assert "বিজয়" not in refusal("Name\tDesignation\tMobile\nAbdul Karim\tOfficer\t01700000000")


def test_file_above_the_limit_is_refused(word):
    assert "মেগাবাইটের চেয়ে বড়" in refusal(word, max_bytes=len(word) - 1)
    assert read_plan(word, period=YEAR, max_bytes=len(word)).rows


def test_limit_holds_for_text_too():
    text = as_tsv(table(FORM_2016, make_tasks()))
    assert "মেগাবাইটের চেয়ে বড়" in refusal(text, max_bytes=1000)


def test_empty_and_foreign_archives_are_refused():
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert ".docx" in refusal(empty.getvalue())
    assert ".docx" in refusal(rewritten(empty.getvalue(), {"mimetype": "application/epub+zip"}))


def test_locked_archive_is_refused(word):
    # Bit 0 of the flags, in the local header and in the directory, marks a member as encrypted.
    locked = bytearray(word)
    locked[6] |= 1
    locked[word.index(b"PK\x01\x02") + 8] |= 1
    assert "পাসওয়ার্ড" in refusal(bytes(locked))


def test_zip_bomb_is_refused_before_unpacking(word):
    bomb = rewritten(word, {"word/media/image1.bmp": bytes(20 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert "অস্বাভাবিক বড়" in refusal(bomb)


def test_crowd_of_members_is_refused(word):
    crowd = {f"word/media/{number}.txt": b"x" for number in range(archive.MAX_MEMBERS)}
    assert "অস্বাভাবিক বড়" in refusal(rewritten(word, crowd))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(word, workbook, declaration):
    word_part = f"{declaration}<document><body><p><r><t>&a;</t></r></p></body></document>"
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(word, {WORD_PART: word_part}))
    sheet_part = f"{declaration}<worksheet><sheetData/></worksheet>"
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(workbook, {"xl/worksheets/sheet1.xml": sheet_part}))


def test_deeply_nested_elements_are_refused(word):
    deep = "<document><body>" + "<sdt>" * 5000 + "</sdt>" * 5000 + "</body></document>"
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(word, {WORD_PART: deep}))
    assert refusal("<table>" + "<tr><td><table>" * 3000)


def test_damaged_archive_is_refused(word, workbook):
    for office_file in (word, workbook):
        for kept in (100, len(office_file) // 2, len(office_file) - 10):
            assert "ক্ষতিগ্রস্ত" in refusal(office_file[:kept])


def test_missing_and_empty_parts_are_refused(word, workbook):
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(word, {WORD_PART: ""}))
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(word, {WORD_PART: "<document/>"}))
    assert "ক্ষতিগ্রস্ত" in refusal(rewritten(workbook, {"xl/workbook.xml": "<workbook/>"}))


def test_too_many_rows_are_refused():
    rows = "১\tক\n" * 2_001
    assert "২০০০টির বেশি সারি" in refusal(rows)


def test_too_many_columns_are_refused():
    assert "৬০টির বেশি কলাম" in refusal("\t" * 60 + "ক\n১\tক")
    assert "৬০টির বেশি কলাম" in refusal(f"<table><tr>{'<td>ক' * 61}</table>")


def test_overlong_cell_is_refused_with_its_place():
    message = refusal("ক\tখ\n১\t" + "ক" * 20_001)
    assert message.startswith("লাইন ২:")
    assert "২০০০০টির বেশি অক্ষর" in message


def test_endless_spans_are_harmless():
    html = (
        "<table><tr><td rowspan=99999999>ক<td colspan=99999999>খ</tr>"
        "<tr><td colspan=-3 rowspan=x>গ</tr></table>"
    )
    assert "ছক পাওয়া যায়নি" in refusal(html)


def test_merged_cells_over_a_whole_sheet_are_harmless(workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    part = "xl/worksheets/sheet1.xml"
    content = zipfile.ZipFile(io.BytesIO(saved(book))).read(part).decode()
    huge = content.replace("</mergeCells>", '<mergeCell ref="J1:XFD1048576"/></mergeCells>')
    assert len(read_plan(rewritten(workbook, {part: huge}), period=YEAR).rows) == 21


def test_words_far_below_in_a_sheet_are_refused():
    book = openpyxl.Workbook()
    book.active["A20000"] = "ক"
    assert "২০০০০ নম্বর সারি" in refusal(saved(book))


def test_crowd_of_elements_is_refused(word, workbook):
    strings = "<sst>" + "<si/>" * 900_000 + "</sst>"
    assert "অস্বাভাবিক বড়" in refusal(rewritten(workbook, {"xl/sharedStrings.xml": strings}))
    assert "অস্বাভাবিক বড়" in refusal("<table>" + "<td>" * 900_000)
    assert "অস্বাভাবিক বড়" in refusal("\n" * 50_000 + "ক")
    assert "অস্বাভাবিক বড়" in refusal("\t" * 200_000 + "ক")


def test_macros_are_ignored(word):
    with_macro = rewritten(word, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    assert len(read_plan(with_macro, period=YEAR).rows) == 21


def test_outer_gridspan_beyond_the_limit_is_harmless():
    document = docx.Document()
    grid = document.add_table(rows=1, cols=2)
    span = OxmlElement("w:gridSpan")
    span.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "999999999999")
    grid.cell(0, 0)._tc.get_or_add_tcPr().append(span)
    assert refusal(saved(document))
