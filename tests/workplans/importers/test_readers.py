"""Lists, headings over tables, tables in plain text, and what is told of progress."""

# ruff: noqa: E501 -- some lines are several examples

import io
import zipfile
from datetime import date

import docx
import pytest

from tests.workplans.importers.build import FORM_2016, as_docx, as_html, saved, table
from tests.workplans.importers.corpus import shapes
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import UnreadablePlan, read_paste, read_plan
from workplans.importers.lists import leading_dates
from workplans.importers.progress import end_of_span, percent_in, read_entries
from workplans.importers.scored import unit_of
from workplans.periods import Period

YEAR = Period.parse("2025-26")


# --- Lists -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "when", "rest"),
    [
        ("১৫ আগস্ট ২০২৫: ফরম চালু", "১৫ আগস্ট ২০২৫", "ফরম চালু"),
        ("২০/০৮/২০২৫ তারিখের মধ্যে ফরম চালু", "২০/০৮/২০২৫ তারিখের মধ্যে", "ফরম চালু"),
        (
            "১০/০৮/২০২৫ থেকে ২০/০৮/২০২৫ পর্যন্ত – প্রশিক্ষণ",
            "১০/০৮/২০২৫ থেকে ২০/০৮/২০২৫ পর্যন্ত",
            "প্রশিক্ষণ",
        ),
        ("প্রতি মাসের ৫ তারিখ: সভা", "প্রতি মাসের ৫ তারিখ", "সভা"),
        ("২৫ জন কর্মচারীর প্রশিক্ষণ", "", "২৫ জন কর্মচারীর প্রশিক্ষণ"),
        ("ফরম চালু ১৫ আগস্ট ২০২৫", "", "ফরম চালু ১৫ আগস্ট ২০২৫"),
    ],
)
def test_the_words_that_say_when_lead_an_item(text, when, rest):
    assert leading_dates(text) == (when, rest)


def test_list_keeps_what_stands_behind_labels_and_says_it_was_a_list():
    text = (
        "উদ্ভাবন কর্মপরিকল্পনা\n"
        "ক. সেবা সহজীকরণ\n"
        "১। ১৫ আগস্ট ২০২৫: নতুন ফরম চালু — দায়িত্বে: সহকারী কমিশনার (ভূমি); ফলাফল: সময় কমবে\n"
        "২। ৩১/১২/২০২৫ তারিখের মধ্যে সব ইউনিয়নে চালু\n"
        "দায়িত্ব: উপজেলা নির্বাহী অফিসার\n"
        "খ. প্রশিক্ষণ\n"
        "৩। প্রতি মাসের ৫ তারিখ: কর্মশালা (দায়িত্বে: প্রোগ্রামার)\n"
    )
    plan = read_plan(text, period=YEAR)
    found = [
        (r.subject, r.title, r.responsible, r.starts_on, r.ends_on, r.recurrence) for r in plan.rows
    ]
    assert found == [
        ("সেবা সহজীকরণ", "নতুন ফরম চালু", "সহকারী কমিশনার (ভূমি)", date(2025, 8, 15), None, ""),
        ("সেবা সহজীকরণ", "সব ইউনিয়নে চালু", "উপজেলা নির্বাহী অফিসার", None, date(2025, 12, 31), ""),
        ("প্রশিক্ষণ", "কর্মশালা", "প্রোগ্রামার", None, None, "month/1/5/"),
    ]  # fmt: skip
    assert plan.rows[0].expected_result == "সময় কমবে"
    assert "তালিকা" in plan.notes[0]
    assert plan.skipped[0].reason == "ছকের বাইরের লেখা।"


@pytest.mark.parametrize(
    "text",
    [
        "১। সভাপতি মহোদয় সভা শুরু করেন।\n২। কার্যবিবরণী পাঠ করা হয়।\n৩। সভা শেষ হয়।",
        "স্মারক নং ১২৩\nতারিখ: ১৫ আগস্ট ২০২৫\nবিষয়: সভার নোটিশ",
        "১৫ আগস্ট ২০২৫",
    ],
)
def test_prose_is_no_plan(text):
    with pytest.raises(UnreadablePlan, match="ছক পাওয়া যায়নি"):
        read_plan(text, period=YEAR)


# --- Headings ----------------------------------------------------------------------------------
def test_title_of_the_paper_is_no_subject():
    columns = [column for column in FORM_2016 if column.attribute != "subject"]
    plan = read_plan(as_docx(table(columns, make_tasks(2025)[:3]), title="সেবার তালিকা"), period=YEAR)
    assert {row.subject for row in plan.rows} == {""}


# --- Bijoy in documents --------------------------------------------------------------------------
def test_only_runs_in_the_font_are_converted():
    document = docx.Document()
    grid = document.add_table(rows=2, cols=4)
    heads = ("ক্রঃ নং", "গৃহীতব্য কাজ", "সময়সীমা", "দায়িত্বপ্রাপ্ত কর্মকর্তা")
    for cell, text in zip(grid.rows[0].cells, heads, strict=True):
        cell.text = text
    for cell, text in zip(grid.rows[1].cells, ("১", "", "মার্চ ২০২৬", "প্রোগ্রামার"), strict=True):
        cell.text = text
    paragraph = grid.cell(1, 1).paragraphs[0]
    for words, font in (
        ("Bangla KvR ", None),
        ("‡me", "SutonnyMJ"),
        ("v mnR Kiv", "SutonnyMJ"),
        (" ICT", None),
    ):
        run = paragraph.add_run(words)
        if font:
            shapes.set_font(run._r.get_or_add_rPr(), font)
    plan = read_plan(saved(document), period=YEAR)
    assert plan.rows[0].title == "Bangla KvR সেবা সহজ করা ICT"
    assert "বিজয়" in plan.notes[0]


def test_unicode_documents_are_told_nothing_of_bijoy():
    assert read_plan(as_docx(table(FORM_2016, make_tasks(2025))), period=YEAR).notes == ()
    page = as_html(table(FORM_2016, make_tasks(2025)))
    assert read_paste("", page, period=YEAR).notes == ()


# --- Progress ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("৬০%", 60), ("৬০ শতাংশ", 60), ("৬০% কাজ হয়েছে।", 60), ("কাজের ৬০ ভাগ শেষ", 60), ("অগ্রগতি: ৪০%", 40),
        ("সম্পন্ন", 100), ("কাজটি সম্পন্ন হয়েছে।", 100), ("শতভাগ বাস্তবায়িত", 100), ("Completed", 100),
        # Figures of something else, and words that only sound like the end.
        ("২০% সেবাগ্রহীতা অনলাইনে আবেদন করেন", None), ("৩০% থেকে ৬০% কাজ হয়েছে", None), ("আংশিক সম্পন্ন", None),
        ("১ম ধাপ সম্পন্ন", None), ("অসম্পন্ন", None), ("চলমান", None), ("১২০% কাজ হয়েছে", None), ("", None),
    ],
)  # fmt: skip
def test_per_cents_are_read_only_where_the_words_are_of_the_work(text, percent):
    assert percent_in(text) == percent


def test_lines_that_begin_with_a_day_are_entries_of_their_own():
    entries = read_entries("১৫/০৯/২০২৫: কমিটি গঠিত\nসভা হয়েছে\n৩০ অক্টোবর ২০২৫ তারিখে ৬০% কাজ হয়েছে")
    assert [(one.on, one.text, one.percent) for one in entries] == [
        (date(2025, 9, 15), "কমিটি গঠিত\nসভা হয়েছে", None),
        (date(2025, 10, 30), "৬০% কাজ হয়েছে", 60),
    ]


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("১ম ত্রৈমাসিকের অগ্রগতি", date(2025, 9, 30)),
        ("অগ্রগতি ২য় কোয়ার্টার", date(2025, 12, 31)),
        ("ডিসেম্বর ২০২৫ পর্যন্ত অগ্রগতি", date(2025, 12, 31)),
        ("মার্চ ২০২৬ মাসের অগ্রগতি", date(2026, 3, 31)),
        ("অগ্রগতি", None),
        ("মার্চ ২০১৯ পর্যন্ত অগ্রগতি", None),
    ],
)
def test_progress_of_a_stretch_of_time_is_of_its_last_day(label, day):
    assert end_of_span(label, YEAR) == day


# --- Scored ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "unit"),
    [("সংখ্যা", "number"), ("জন", "number"), ("%", "percent"), ("শতকরা", "percent"), ("তারিখ", "date"),
     ("হ্যাঁ/না", "yes_no"), ("কিলোমিটার", None), ("", None)],
)  # fmt: skip
def test_units_are_known_by_their_words(words, unit):
    assert unit_of(words) == unit


def test_scored_table_with_what_cannot_be_kept_is_doubted():
    lines = [
        "উদ্দেশ্য\tউদ্দেশ্যের মান\tকার্যক্রম\tকর্মসম্পাদন সূচক\tএকক\tসূচকের মান\tঅসাধারণ\tঅতি উত্তম\tউত্তম",
        "সেবা\tঅনেক\tফরম সহজ\tফরম\tকিলোমিটার\tদশ\t৫\t৪\t৩",
        "\t\t\t\tসংখ্যা\t৫\t৯\t৮\t৭",
    ]
    row = read_plan("\n".join(lines), period=YEAR).rows[0]
    assert {doubt.field for doubt in row.doubts} == {"subject_weight", "indicators"}
    assert [(one.name, one.unit, one.weight) for one in row.indicators] == [
        ("ফরম", "number", "দশ"),
        ("ফরম সহজ", "number", "৫"),
    ]
    assert row.indicators[0].targets == ("৫", "৪", "৩", "", "")
    assert {"indicator", "subject_weight"} <= set(row.columns)


def test_opendocument_is_refused_with_advice():

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(UnreadablePlan, match="Save As"):
        read_plan(stream.getvalue(), filename="plan.odt", period=YEAR)


def test_text_lined_up_with_blanks_is_a_table():
    text = shapes.lined_up(table(FORM_2016, make_tasks(2025)[:2]))
    assert len(read_plan(text, period=YEAR).rows) == 2
