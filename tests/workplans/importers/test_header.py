"""Labels of columns, as offices print them."""

import pytest

from workplans.importers.grid import Cell, Line
from workplans.importers.header import Column, column_of, find_header


def line(row, *texts):
    cells = tuple(Cell(text, row, column) for column, text in enumerate(texts))
    return Line(cells, row, f"সারি {row}")


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("ক্রঃ নং", Column.SERIAL),
        ("ক্র:নং", Column.SERIAL),
        ("ক্র. নং", Column.SERIAL),
        ("ক্রম", Column.SERIAL),
        ("ক্রমিক নম্বর", Column.SERIAL),
        ("Sl. No.", Column.SERIAL),
        ("বিষয়", Column.SUBJECT),
        ("বিষ\u09df", Column.SUBJECT),
        ("উদ্দেশ্য", Column.SUBJECT),
        ("উদ্ভাবনের ক্ষেত্র", Column.SUBJECT),
        ("Objective", Column.SUBJECT),
        ("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", Column.TITLE),
        ("গৃহীতব্য কাজ", Column.TITLE),
        ("কার্যক্রম", Column.TITLE),
        ("উদ্যোগের নাম", Column.TITLE),
        ("Activities", Column.TITLE),
        ("শুরুর তারিখ", Column.START),
        ("কাজ শুরুর তারিখ", Column.START),
        ("আরম্ভ", Column.START),
        ("Start date", Column.START),
        ("সমাপ্তির তারিখ", Column.END),
        ("শেষের তারিখ", Column.END),
        ("End Date", Column.END),
        ("বাস্তবায়নকাল", Column.PERIOD),
        ("বাস্তবায়ন কাল", Column.PERIOD),
        ("সময়সীমা", Column.PERIOD),
        ("বাস্তবায়নের সময়", Column.PERIOD),
        ("Time frame", Column.PERIOD),
        ("দায়িত্বপ্রাপ্ত কর্মকর্তা", Column.RESPONSIBLE),
        ("দায়িত্বপ্রা প্ত\nকর্মকর্তা", Column.RESPONSIBLE),
        ("বাস্তবায়নকারী", Column.RESPONSIBLE),
        ("Responsible officer", Column.RESPONSIBLE),
        ("প্রত্যাশিত ফলাফল (কাজটি শেষ হলে কী হবে)", Column.EXPECTED_RESULT),
        ("Expected result", Column.EXPECTED_RESULT),
        ("পরিমাপ (প্রত্যাশিত ফলাফল হলো কি না)", Column.MEASURE),
        ("মানদণ্ড", Column.MEASURE),
        ("মানদন্ড", Column.MEASURE),
        ("কর্মসম্পাদন সূচক", Column.MEASURE),
        ("অগ্রগতি", Column.PROGRESS),
        ("বাস্তবায়ন অগ্রগতি", Column.PROGRESS),
        ("মন্তব্য", Column.PROGRESS),
        ("বিশেষ মন্তব্য", Column.PROGRESS),
        ("সময় ২ দিন কমবে", None),
        ("বরাদ্দ", None),
        ("মোবাইল", None),
        ("", None),
    ],
)
def test_label_is_recognised_in_its_spellings(label, column):
    assert column_of(label) is column


def test_two_rows_of_head_name_start_and_end_under_one_label():
    upper = line(0, "ক্রম", "বিষয়", "কাজের নাম", "বাস্তবায়নকাল", "", "পরিমাপ")
    lower = line(1, "", "", "", "শুরু", "সমাপ্তি", "")
    header = find_header([upper, lower], 0)
    assert header.height == 2
    assert header.columns == {
        Column.SERIAL: 0,
        Column.SUBJECT: 1,
        Column.TITLE: 2,
        Column.START: 3,
        Column.END: 4,
        Column.MEASURE: 5,
    }


def test_period_label_over_two_unnamed_columns_is_start_and_end():
    upper = line(0, "ক্রম", "কাজের নাম", "বাস্তবায়নকাল", "", "পরিমাপ")
    header = find_header([upper], 0)
    assert (header.columns[Column.START], header.columns[Column.END]) == (2, 3)


def test_length_of_time_beside_dates_is_an_extra_column():
    header = find_header([line(0, "কার্যক্রম", "সময়কাল", "শুরু", "সমাপ্তি", "সূচক")], 0)
    assert Column.PERIOD not in header.columns
    assert header.extra == (1,)


def test_remarks_beside_progress_are_an_extra_column():
    header = find_header([line(0, "কার্যক্রম", "সময়সীমা", "সূচক", "অগ্রগতি", "মন্তব্য")], 0)
    assert header.columns[Column.PROGRESS] == 3
    assert header.extra == (4,)


def test_only_naming_column_called_subject_is_the_work():
    header = find_header([line(0, "ক্রম", "বিষয়", "সময়সীমা", "বাস্তবায়নকারী")], 0)
    assert header.columns[Column.TITLE] == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("ক্রম", "নাম", "পদবি", "মোবাইল"),
        ("ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী"),
        ("১", "সেবা", "কার্যক্রম গ্রহণ", "১ মার্চ", "২ মার্চ", "বাস্তবায়নকারী"),
    ],
)
def test_other_tables_and_rows_of_a_plan_are_no_head(texts):
    assert find_header([line(0, *texts)], 0) is None
