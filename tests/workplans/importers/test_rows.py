"""What stands between the rows of a printed plan, and what its layout leaves unsaid."""

from datetime import date

import pytest

from bangla.dates import DateDoubt, DoubtCode
from workplans.importers import UnreadablePlan, read_plan
from workplans.importers.schedule import told
from workplans.periods import Period

YEAR = Period.parse("2022")
HEAD = "ক্রঃ নং\tবিষয়\tকাজের নাম\tশুরুর তারিখ\tসমাপ্তির তারিখ\tদায়িত্বপ্রাপ্ত কর্মকর্তা\tপ্রত্যাশিত ফলাফল\tপরিমাপ"
START, END = "১০ মার্চ ২০২২", "২৫ মার্চ ২০২২"


def row(serial, title="ফরম সহজ করা।", *, subject="", start=START, end=END, rest=None):
    return "\t".join(
        [serial, subject, title, start, end, *(rest or ("ইউএনও", "সময় কমবে।", "ফরম।"))]
    )


def read(*lines, period=YEAR):
    return read_plan("\n".join([HEAD, *lines]), period=period)


def fields(imported):
    return [doubt.field for doubt in imported.doubts]


def reasons(plan):
    return [line.reason for line in plan.skipped]


def test_subject_is_carried_down_until_the_next_one():
    plan = read(row("১", subject="সেবা"), row("২"), row("৩", subject="প্রশিক্ষণ"), row("৪"))
    assert [found.subject for found in plan.rows] == ["সেবা", "সেবা", "প্রশিক্ষণ", "প্রশিক্ষণ"]


def test_subject_missing_from_the_first_row_is_doubted():
    plan = read(row("১"), row("২", subject="সেবা"))
    assert plan.rows[0].subject == ""
    assert fields(plan.rows[0]) == ["subject"]
    assert fields(plan.rows[1]) == []


def test_head_repeated_on_a_new_page_and_column_numbers_are_left_out():
    numbers = "\t".join(["১", "২", "৩", "৪(ক)", "৪(খ)", "৫", "৬", "৭"])
    plan = read(numbers, row("১", subject="সেবা"), "", HEAD, numbers, row("২"))
    assert [found.serial for found in plan.rows] == ["১", "২"]
    assert reasons(plan) == ["কলামের নম্বর।", "ছকের শিরোনাম আবার এসেছে।", "কলামের নম্বর।"]


def test_row_broken_over_a_page_is_joined_with_a_doubt():
    rest = "\t\tএক পাতায় আনা।\t\t\t\tসময় কমবে।\t"
    plan = read(
        row("১", "ফরমটি", subject="সেবা", rest=("ইউএনও", "নাগরিকের", "ফরম।")), HEAD, rest, row("২")
    )
    assert plan.rows[0].title == "ফরমটি এক পাতায় আনা।"
    assert plan.rows[0].expected_result == "নাগরিকের সময় কমবে।"
    assert fields(plan.rows[0]) == ["title", "expected_result"]
    assert [found.serial for found in plan.rows] == ["১", "২"]


def test_year_left_over_on_the_next_page_completes_the_date():
    plan = read(row("১", subject="সেবা", end="২৫ মার্চ"), "\t\t\t\t২০২২\t\t\t", row("২"))
    assert plan.rows[0].ends_on == date(2022, 3, 25)
    assert "ends_on" in fields(plan.rows[0])
    assert len(plan.rows) == 2


def test_sub_row_with_its_own_dates_is_kept_under_the_serial_above():
    plan = read(
        row("১", subject="সেবা"), row("", "চালু করা।", start="১ মে ২০২২", end="৫ মে ২০২২"), row("২")
    )
    assert [(found.serial, found.title) for found in plan.rows] == [
        ("১", "ফরম সহজ করা।"),
        ("১", "চালু করা।"),
        ("২", "ফরম সহজ করা।"),
    ]
    assert fields(plan.rows[1]) == ["serial"]


def test_finished_title_above_keeps_an_undated_row_apart():
    plan = read(row("১", subject="সেবা"), row("", "আলাদা একটি কাজ।", start="", end=""), row("২"))
    assert len(plan.rows) == 3
    assert plan.rows[0].title == "ফরম সহজ করা।"


def test_merged_serial_covers_its_sub_rows_without_a_doubt():
    html = (
        "<table><tr><th>ক্রম<th>কার্যক্রম<th>শুরু<th>শেষ<th>বাস্তবায়নকারী</tr>"
        "<tr><td rowspan=2>১<td>প্রথম ধাপ।<td>১ মার্চ ২০২২<td>৫ মার্চ ২০২২<td rowspan=2>ইউএনও</tr>"
        "<tr><td>দ্বিতীয় ধাপ।<td>৬ মার্চ ২০২২<td>৯ মার্চ ২০২২</tr></table>"
    )
    plan = read_plan(html, period=YEAR)
    assert [(found.serial, found.responsible, found.doubts) for found in plan.rows] == [
        ("১", "ইউএনও", ()),
        ("১", "ইউএনও", ()),
    ]


def test_dates_merged_over_two_columns_keep_their_words():
    html = (
        "<table><tr><td>ক্রম<td>কার্যক্রম<td>শুরু<td>শেষ<td>বাস্তবায়নকারী</tr>"
        "<tr><td>১<td>সভা করা।<td colspan=2>প্রতি মাসের ১৫ তারিখ<td>ইউএনও</tr></table>"
    )
    found = read_plan(html, period=YEAR).rows[0]
    assert (found.starts_on, found.ends_on) == (None, None)
    assert found.schedule_text == "প্রতি মাসের ১৫ তারিখ"
    assert found.recurrence == "month/1/15/"
    assert found.responsible == "ইউএনও"


def test_heading_across_the_table_becomes_the_subject_below_it():
    html = (
        "<table><tr><td>ক্রম<td>কার্যক্রম<td>শুরু<td>শেষ<td>বাস্তবায়নকারী</tr>"
        "<tr><td colspan=5>সেবা সহজীকরণ</tr>"
        "<tr><td>১<td>সভা করা।<td>১ মার্চ ২০২২<td>২ মার্চ ২০২২<td>ইউএনও</tr></table>"
    )
    plan = read_plan(html, period=YEAR)
    assert plan.rows[0].subject == "সেবা সহজীকরণ"
    assert plan.skipped[0].line == "টেবিল ১, সারি ২: সেবা সহজীকরণ"


def test_titles_signatures_and_other_tables_are_left_out_and_listed():
    plan = read_plan(
        "\n".join(
            [
                "কর্মপরিকল্পনা",
                HEAD,
                row("১", subject="সেবা"),
                "\t\t\t\t\t(মোছাঃ রেহানা পারভীন)\t\t",
                "উপজেলা নির্বাহী অফিসার",
                "ক্রম\tনাম\tপদবি",
                "১\tআবদুল করিম\tসদস্য",
            ]
        ),
        period=YEAR,
    )
    assert len(plan.rows) == 1
    assert reasons(plan) == [
        "ছকের বাইরের লেখা।",
        "স্বাক্ষর বা পাদটীকার লেখা।",
        "ছকের বাইরের লেখা।",
        "ছকটি কর্মপরিকল্পনার নয়।",
        "ছকটি কর্মপরিকল্পনার নয়।",
    ]


def test_table_going_on_without_a_head_is_read_on():
    plan = read(row("১", subject="সেবা"), "পৃষ্ঠা ২", row("২"))
    assert [found.serial for found in plan.rows] == ["১", "২"]
    assert plan.rows[1].subject == "সেবা"


def test_row_broken_inside_a_cell_is_joined_with_a_doubt():
    whole = row("২", "ফরমটি এক পাতায় আনা।")
    plan = read(row("১", subject="সেবা"), *whole.replace("ফরমটি ", "ফরমটি\n").split("\n"), row("৩"))
    assert [found.title for found in plan.rows][1] == "ফরমটি এক পাতায় আনা।"
    assert fields(plan.rows[1]) == ["row"]
    assert len(plan.rows) == 3


def test_short_row_above_a_numbered_one_stays_apart():
    plan = read(
        row("১", subject="সেবা"), "২\t\tফরম ছাপা।", "৩\t\tফরম বিলি।\t১ মে ২০২২\t২ মে ২০২২\tইউএনও"
    )
    assert [found.title for found in plan.rows] == ["ফরম সহজ করা।", "ফরম ছাপা।", "ফরম বিলি।"]


def test_cells_in_quotes_keep_their_line_ends():
    plan = read(row("১", '"ফরম ""ক""\nসহজ করা।"', subject="সেবা"), row("২"))
    assert plan.rows[0].title == 'ফরম "ক"\nসহজ করা।'
    assert plan.rows[1].location == "লাইন ৪"


def test_quote_that_is_never_closed_is_an_ordinary_character():
    plan = read(row("১", '"উদ্ভাবন দিবস পালন।', subject="সেবা"), row("২"))
    assert [found.title for found in plan.rows] == ['"উদ্ভাবন দিবস পালন।', "ফরম সহজ করা।"]


@pytest.mark.parametrize(
    ("serials", "doubted"),
    [
        (["১", "২", "৩"], []),
        (["১", "৩"], [(1, "এর আগে ক্রমিক ২ নেই।")]),
        (["১", "৫"], [(1, "এর আগে ক্রমিক ২ থেকে ৪ নেই।")]),
        (["১", "১"], [(1, "এই ক্রমিক আগেও এসেছে বা ক্রম উল্টো।")]),
        (["(1)", "2."], []),
        (["১", "১.১", "২"], []),
    ],
)
def test_gaps_and_repeats_of_serials_are_doubted(serials, doubted):
    lines = [row(serial, subject="" if at else "সেবা") for at, serial in enumerate(serials)]
    plan = read(*lines)
    assert [
        (at, doubt.reason)
        for at, found in enumerate(plan.rows)
        for doubt in found.doubts
        if doubt.field == "serial"
    ] == doubted


def test_serials_may_begin_again_under_a_new_subject():
    plan = read(row("১", subject="সেবা"), row("২"), row("১", subject="প্রশিক্ষণ"))
    assert [found.doubts for found in plan.rows] == [(), (), ()]


def test_missing_title_is_doubted():
    plan = read(row("১", "", subject="সেবা"))
    assert fields(plan.rows[0]) == ["title"]


@pytest.mark.parametrize("text", ["২০ কর্মকর্তা ও", "প্রশিক্ষণ সংক্রান্ত", "সময় (যেমন- ফরম", "তালিকা,"])
def test_text_cut_off_in_the_middle_is_doubted(text):
    plan = read(row("১", subject="সেবা", rest=("ইউএনও", text, "ফরম।")))
    assert fields(plan.rows[0]) == ["expected_result"]


def test_words_beyond_the_columns_are_doubted_not_dropped():
    plan = read(row("১", subject="সেবা") + "\t\tবাজেট ৫ লক্ষ")
    assert fields(plan.rows[0]) == ["row"]
    assert "বাজেট ৫ লক্ষ" in plan.rows[0].doubts[0].reason


def test_unknown_column_is_doubted_with_its_words():
    head = HEAD.replace("পরিমাপ", "পরিমাপ\tবরাদ্দ")
    text = f"{head}\n{row('১', subject='সেবা')}\tপাঁচ লক্ষ"
    found = read_plan(text, period=YEAR).rows[0]
    assert [doubt.reason for doubt in found.doubts] == ["‘বরাদ্দ’ কলামের লেখা নেওয়া হয়নি: পাঁচ লক্ষ"]


def test_row_with_too_few_cells_is_doubted():
    plan = read(row("১", subject="সেবা"), "২\t\tফরম ছাপা।\t১ মে ২০২২\t২ মে ২০২২")
    assert fields(plan.rows[1]) == ["row"]
    assert plan.rows[1].starts_on == date(2022, 5, 1)


def test_end_before_start_is_doubted_and_kept_as_written():
    found = read(row("১", subject="সেবা", start=END, end=START)).rows[0]
    assert (found.starts_on, found.ends_on) == (date(2022, 3, 25), date(2022, 3, 10))
    assert found.doubts


def test_ditto_takes_the_words_above_with_a_doubt():
    plan = read(row("১", subject="সেবা"), row("২", rest=("ঐ", "আরও সহজ হবে।", "ফরম।")))
    assert plan.rows[1].responsible == "ইউএনও"
    assert fields(plan.rows[1]) == ["responsible"]


def test_numbered_row_without_words_is_left_out():
    plan = read(row("১", subject="সেবা"), "২\t\t\t\t\t\t\t")
    assert len(plan.rows) == 1
    assert reasons(plan) == ["ক্রমিক ছাড়া কিছু লেখা নেই।"]


def test_excel_day_number_in_a_date_cell_is_read_with_a_doubt():
    found = read(row("১", subject="সেবা", start="44630")).rows[0]
    assert found.starts_on == date(2022, 3, 10)
    assert fields(found) == ["starts_on"]


def test_bijoy_words_in_one_cell_are_converted():
    plan = read(row("১", "Avwg evsjvq Mvb MvB, †`‡ki gvbyl‡K fvjevwm", subject="সেবা"))
    assert plan.rows[0].title == "আমি বাংলায় গান গাই, দেশের মানুষকে ভালবাসি"
    assert "বিজয়" in plan.notes[0]


def test_bijoy_codes_that_draw_nothing_are_doubted():
    found = read(row("১", "Avwg evsjvq Mvb MvB, †`‡ki gvbžyl‡K fvjevwm", subject="সেবা")).rows[0]
    assert fields(found) == ["title"]
    assert found.doubts[0].reason.endswith(": ž")


def test_short_words_that_read_like_labels_are_still_a_row():
    labels_like = ("কর্মকর্তা", "সময় কমবে।", "নতুন সূচক।")
    plan = read(row("১", subject="সেবা"), row("", "কার্যক্রম গ্রহণ।", rest=labels_like), row("২"))
    assert [found.title for found in plan.rows][1] == "কার্যক্রম গ্রহণ।"


def test_english_form_is_read():
    text = (
        "Sl. No.\tObjective\tActivity\tStart date\tEnd date\tResponsible officer\tIndicator\n"
        "1\tSimpler service\tShorten the form.\t10 March 2022\t25 March 2022\tUNO\tThe new form.\n"
    )
    found = read_plan(text, period=YEAR).rows[0]
    assert (found.subject, found.title) == ("Simpler service", "Shorten the form.")
    assert (found.starts_on, found.ends_on) == (date(2022, 3, 10), date(2022, 3, 25))
    assert (found.responsible, found.measure, found.doubts) == ("UNO", "The new form.", ())


@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_of_a_date_has_a_sentence(code):
    doubt = told(DateDoubt("schedule", code, "৩১ জুন"))
    assert doubt.field == "schedule_text"
    assert doubt.reason.endswith(": ৩১ জুন")


def test_head_without_any_task_is_refused_with_its_own_sentence():
    with pytest.raises(UnreadablePlan, match="কোনো কাজ লেখা নেই"):
        read()


def test_table_that_is_no_plan_is_refused():
    with pytest.raises(UnreadablePlan, match="ছক পাওয়া যায়নি"):
        read_plan("ক্রম\tআলোচ্য বিষয়\tআলোচনা\tসিদ্ধান্ত\n১\tসেবা\tকথা হলো\tহবে", period=YEAR)


def test_date_outside_the_period_is_doubted_and_kept():
    found = read(row("১", subject="সেবা"), period=Period.parse("2023")).rows[0]
    assert found.starts_on == date(2022, 3, 10)
    assert set(fields(found)) == {"starts_on", "ends_on"}
