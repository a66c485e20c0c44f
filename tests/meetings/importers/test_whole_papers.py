"""One paper of every shape that offices use: all of it is found again, and nothing is made up."""

from dataclasses import replace
from datetime import date, time

import pytest

from meetings.enums import Confirmation, CopyKind
from meetings.importers import ImportedAttendee, read_minutes, read_minutes_paste
from tests.meetings.importers.build import (
    ITEMS,
    PLAIN,
    Paper,
    as_blocks,
    as_docx,
    as_docx_blocks,
    as_html,
    as_text,
)

PAPER = Paper()
SHAPES = {
    "text": as_text,
    "text without colons": lambda paper: as_text(paper, between=""),
    "blocks": as_blocks,
    "blocks under labels": lambda paper: as_blocks(paper, alone=True),
    "Word table": as_docx,
    "Word blocks": as_docx_blocks,
    "HTML": as_html,
}


def texts(minutes):
    """The texts of the items, without the line ends that plain text cannot keep in a cell."""
    return [
        tuple(" ".join(text.split()) for text in (i.topic, i.discussion, i.decision, i.implementer))
        for i in minutes.items
    ]


def expected_texts(items):
    return [tuple(" ".join(text.split()) for text in item.texts()) for item in items]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_part_is_found_in_every_shape(shape):
    minutes = read_minutes(SHAPES[shape](PAPER))
    assert minutes.title == PAPER.title
    assert minutes.chair == "জনাব রওশন আরা, অতিরিক্ত জেলা প্রশাসক (সাধারণ), মেঘপুর।"
    assert minutes.place == "জেলা প্রশাসকের সভাকক্ষ, মেঘপুর।"
    assert (minutes.held_on, minutes.time) == (date(2022, 4, 26), time(14, 30))
    assert minutes.memo_number == "05.47.3100.019.06.004.20.88"
    assert minutes.issued_on == date(2022, 4, 27)
    assert minutes.opening == "\n".join(PAPER.opening)
    assert minutes.closing == "\n".join(PAPER.closing)
    assert minutes.confirmation == Confirmation.CONFIRMED
    assert texts(minutes) == expected_texts(ITEMS)
    assert [item.serial for item in minutes.items] == ["১", "২", "৩"]


@pytest.mark.parametrize("shape", SHAPES)
def test_copies_and_signatories_are_found_in_every_shape(shape):
    minutes = read_minutes(SHAPES[shape](PAPER))
    assert [copy.text for copy in minutes.copies] == [
        "সচিব, পরিকল্পনা বিভাগ, ঢাকা।",
        "বিভাগীয় কমিশনার, দক্ষিণাঞ্চল।",
        "মাননীয় উপমন্ত্রীর একান্ত সচিব, ঢাকা। (মাননীয় উপমন্ত্রী মহোদয়ের সদয় অবগতির জন্য)",
    ]
    assert {copy.kind for copy in minutes.copies} == {CopyKind.INFORMATION}
    chair, officer = minutes.signatories
    assert (chair.name, chair.designation) == ("রওশন আরা", "অতিরিক্ত জেলা প্রশাসক (সাধারণ)")
    assert (chair.office, chair.phone) == ("মেঘপুর", "+৮৮-০৯৯-৫৫৫০১ (অফিস)")
    assert chair.email == "adc.general@meghpur.example"
    assert (officer.name, officer.office) == ("তানভীর-উল-হাসান", "সাধারণ শাখা")
    assert officer.phone == "০৯৯-৫৫৫০২"


@pytest.mark.parametrize("shape", SHAPES)
def test_only_what_is_odd_is_doubted(shape):
    minutes = read_minutes(SHAPES[shape](PAPER))
    assert [(doubt.field, doubt.item) for doubt in minutes.doubts] == [
        ("attendance", None),
        ("discussion", 3),
    ]
    assert "১৫/০৩/২০২২" in minutes.doubts[1].reason
    assert "আলোচ্য বিষয় ৩" in minutes.doubts[1].reason
    assert minutes.items[2].doubts == minutes.doubts[1:]


def test_paragraphs_of_a_cell_are_kept_as_lines():
    for shape in (as_docx, as_html, as_blocks):
        item = read_minutes(shape(PAPER)).items[1]
        assert (item.discussion, item.decision) == (ITEMS[1].discussion, ITEMS[1].decision)


def test_paste_prefers_html_and_falls_back_to_text():
    page, text = as_html(PAPER), as_text(PAPER)
    assert read_minutes_paste("", page) == read_minutes_paste("কিছু নয়", page)
    assert "\n" in read_minutes_paste(text, page).items[1].decision
    assert read_minutes_paste(text) == read_minutes(text)
    assert read_minutes_paste(text, "<p>ছবি</p>").items == read_minutes(text).items
    flat = "<p>" + as_text(PAPER).replace("\n", "</p><p>") + "</p>"
    assert len(read_minutes_paste(text, flat).items) == len(ITEMS)


def test_fragment_of_html_without_a_page_is_read_as_html():
    fragment = "".join(f"<p>{line}</p>" for line in as_blocks(PAPER).split("\n"))
    assert texts(read_minutes_paste("", fragment)) == expected_texts(ITEMS)


def test_both_encodings_of_letters_read_the_same():
    text = as_text(PAPER)
    single = (
        text.replace("য\u09bc", "\u09df").replace("ড\u09bc", "\u09dc").replace("ঢ\u09bc", "\u09dd")
    )
    assert single != text
    assert read_minutes(single) == read_minutes(text)


def test_digits_of_either_script_read_the_same():
    text = as_text(PAPER)
    latin = text.translate(str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789"))
    bengali, ascii_digits = read_minutes(text), read_minutes(latin)
    for name in ("held_on", "time", "memo_number", "issued_on"):
        assert getattr(bengali, name) == getattr(ascii_digits, name)
    assert [item.serial for item in ascii_digits.items] == ["১", "২", "৩"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_file_is_read_in_any_unicode_encoding(encoding):
    text = as_text(PAPER)
    assert read_minutes(text.encode(encoding), filename="minutes.txt") == read_minutes(text)


def test_json_has_iso_dates_and_plain_lists():
    read = read_minutes(as_text(PAPER)).as_json()
    assert list(read) == [
        "title", "chair", "place", "held_on", "time", "memo_number", "issued_on", "items",
        "copies", "doubts", "signatories", "attendance", "opening", "closing",
    ]  # fmt: skip
    assert (read["held_on"], read["time"], read["issued_on"]) == (
        "2022-04-26", "14:30", "2022-04-27",
    )  # fmt: skip
    assert read["items"][0] == {
        "topic": ITEMS[0].topic,
        "discussion": ITEMS[0].discussion,
        "decision": ITEMS[0].decision,
        "implementer": ITEMS[0].implementer,
    }
    assert len(read["copies"]) == 3
    assert read["copies"][0].startswith("সচিব")
    assert set(read["doubts"][0]) == {"field", "item", "reason"}
    assert read["signatories"][1]["name"] == "তানভীর-উল-হাসান"


def test_attendance_annex_is_read_as_a_table():
    annex = (
        "\n\nপরিশিষ্ট ‘ক’\nক্রম\tনাম\tপদবি\tদপ্তর\tস্বাক্ষর\n"
        "১\tরওশন আরা\tঅতিরিক্ত জেলা প্রশাসক\tজেলা প্রশাসকের কার্যালয়\t\n"
        "২\tমাসুদ রানা\tউপপরিচালক\tসমাজসেবা অধিদপ্তর\t\n"
    )
    minutes = read_minutes(as_text(PLAIN) + annex)
    assert minutes.attendance == (
        ImportedAttendee("১", "রওশন আরা", "অতিরিক্ত জেলা প্রশাসক", "জেলা প্রশাসকের কার্যালয়"),
        ImportedAttendee("২", "মাসুদ রানা", "উপপরিচালক", "সমাজসেবা অধিদপ্তর"),
    )
    assert minutes.doubts == ()
    assert len(minutes.copies) == 3


def test_attendance_annex_is_read_as_numbered_lines():
    annex = "\nপরিশিষ্ট-ক\n(জ্যেষ্ঠতার ক্রমানুসারে নয়)\n১। মাসুদ রানা, উপপরিচালক, সমাজসেবা অধিদপ্তর, মেঘপুর"
    minutes = read_minutes(as_blocks(PLAIN) + annex)
    assert minutes.attendance == (
        ImportedAttendee("১", "মাসুদ রানা", "উপপরিচালক", "সমাজসেবা অধিদপ্তর, মেঘপুর"),
    )


def test_name_and_designation_in_one_column_are_parted_at_the_comma():
    annex = "\nপরিশিষ্ট-ক\nক্রমিক নং\tনাম ও পদবি\tকার্যালয়\n১\tমাসুদ রানা, উপপরিচালক\tসমাজসেবা"
    assert read_minutes(as_text(PLAIN) + annex).attendance == (
        ImportedAttendee("১", "মাসুদ রানা", "উপপরিচালক", "সমাজসেবা"),
    )


def test_paper_on_two_pages_with_the_head_again_is_one():
    lines = as_text(replace(PAPER, items=ITEMS + ITEMS), breaks=False).split("\n")
    head = next(at for at, line in enumerate(lines) if line.startswith("ক্রম\t"))
    lines[head + 4 : head + 4] = ["", "পাতা-২", lines[head], lines[head + 1]]
    minutes = read_minutes("\n".join(lines))
    assert texts(minutes) == expected_texts(ITEMS + ITEMS)
