"""What cannot be read as minutes: each refused with a sentence that says what to do."""

# ruff: noqa: RUF001 -- Bijoy writes with these very signs

import io
import zipfile

import openpyxl
import pytest
from PIL import Image

from meetings.importers import UnreadableMinutes, read_minutes, read_minutes_paste
from tests.meetings.importers.build import Paper, as_docx, as_text, saved


def refusal(content, **options):
    with pytest.raises(UnreadableMinutes) as caught:
        read_minutes(content, **options)
    return str(caught.value)


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def foreign_archive():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "কোনো লেখা নেই"),
        (b" \n\t\n", "কোনো লেখা নেই"),
        (b"%PDF-1.7\n", "পিডিএফ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ".docx"),
        (picture(), "ছবি"),
        (foreign_archive(), ".docx"),
        (as_docx(Paper())[:3000], "ক্ষতিগ্রস্ত"),
        ("নাম\tমোবাইল\nকরিম\t০১৭".encode(), "কার্যবিবরণী পাওয়া যায়নি"),
    ],
)
def test_foreign_file_is_refused_with_advice(content, advice):
    assert advice in refusal(content)


def test_refusals_speak_of_no_other_paper():
    for content in (picture(), foreign_archive(), b"\x1f\x8b\x08" + bytes(40)):
        assert "কর্মপরিকল্পনা" not in refusal(content)
    assert "কর্মপরিকল্পনা" not in refusal(as_docx(Paper()), max_bytes=1000)


def test_bijoy_text_is_converted_and_that_is_said():
    bijoy = "mfvi Kvh©weeiYx\nµt bs\tAv‡jvP¨ welq\tAv‡jvPbv\twm×všÍ\n1\t‡mev\tmnR Kiv\tKi‡Z n‡e|"
    for content in (bijoy, bijoy.encode("cp1252", "replace")):
        minutes = read_minutes(content)
        assert [(item.topic, item.decision) for item in minutes.items] == [("সেবা", "করতে হবে।")]
        assert any("বিজয়" in doubt.reason for doubt in minutes.doubts)


def test_bijoy_text_amid_unicode_is_converted():
    item = "১\tই-নথি\tAv‡jvPbv Kiv nq, wm×všÍ M„nxZ nq\tচালু করতে হবে।\tসকলে"
    minutes = read_minutes(f"সভার কার্যবিবরণী\nক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী\n{item}")
    assert minutes.items[0].discussion == "আলোচনা করা হয়, সিদ্ধান্ত গৃহীত হয়"
    assert any("বিজয়" in doubt.reason for doubt in minutes.doubts)


def test_file_above_the_limit_is_refused():
    content = as_text(Paper()).encode()
    assert "মেগাবাইটের চেয়ে বড়" in refusal(content, max_bytes=len(content) - 1)
    assert read_minutes(content, max_bytes=len(content)).items


def test_empty_paste_is_refused():
    with pytest.raises(UnreadableMinutes, match="কোনো লেখা নেই"):
        read_minutes_paste("", "")
    with pytest.raises(UnreadableMinutes, match="কোনো লেখা নেই"):
        read_minutes_paste("", "<p> </p>")


def test_workbook_with_minutes_on_its_second_sheet_is_read():
    book = openpyxl.Workbook()
    book.active.append(["ক্রম", "নাম", "মোবাইল"])
    sheet = book.create_sheet("সভা")
    for line in as_text(Paper()).split("\n"):
        sheet.append(line.split("\t"))
    minutes = read_minutes(saved(book))
    assert len(minutes.items) == len(Paper().items)
    assert minutes.memo_number == "05.47.3100.019.06.004.20.88"
    assert [signatory.name for signatory in minutes.signatories] == ["রওশন আরা", "তানভীর-উল-হাসান"]
