"""What stands above the items: title, labels in their many spellings, dates and the memo number."""

from dataclasses import replace
from datetime import date, time

import docx
import pytest

from meetings.enums import Confirmation
from meetings.importers import read_minutes
from tests.meetings.importers.build import PLAIN, as_docx, as_text, fill_table, saved


def paper(**changes):
    """The plain paper with some labels given other words, or taken out (None)."""
    labels = dict(PLAIN.labels) | {
        label: changes.pop(label) for label in set(changes) & set(LABELS)
    }
    kept = tuple((label, value) for label, value in labels.items() if value is not None)
    return replace(PLAIN, labels=kept, **changes)


LABELS = dict(PLAIN.labels)


def read(above, *, memo="", below=()):
    """Minutes with these lines above one item."""
    item = "ক্রম\tআলোচ্য বিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী\n১\tই-নথি\tচালু করতে হবে।\tসকলে"
    return read_minutes("\n".join(filter(None, [memo, *above, item, *below])))


def reasons(minutes, field):
    return [doubt.reason for doubt in minutes.doubts if doubt.field == field]


@pytest.mark.parametrize(
    "lines",
    [
        ["সভাপতি : জনাব ফারুক আহমেদ, ইউএনও", "স্থান : সভাকক্ষ", "তারিখ : ২৬/০৪/২০২২", "সময় : সকাল ১০টা"],
        ["সভাপতিঃ জনাব ফারুক আহমেদ, ইউএনও", "স্থানঃ সভাকক্ষ", "তারিখঃ ২৬/০৪/২০২২", "সময়ঃ সকাল ১০টা"],
        ["সভাপতি- জনাব ফারুক আহমেদ, ইউএনও", "স্থান- সভাকক্ষ", "তারিখ- ২৬/০৪/২০২২", "সময়- সকাল ১০টা"],
        ["সভাপতি\tজনাব ফারুক আহমেদ, ইউএনও", "স্থান\tসভাকক্ষ", "তারিখ\t২৬/০৪/২০২২", "সময়\tসকাল ১০টা"],
        ["সভাপতি জনাব ফারুক আহমেদ, ইউএনও", "স্থান সভাকক্ষ", "তারিখ ২৬/০৪/২০২২", "সময় সকাল ১০টা"],
        ["ক) সভাপতি: জনাব ফারুক আহমেদ, ইউএনও", "(খ) স্থান: সভাকক্ষ", "গ) তারিখ: ২৬/০৪/২০২২", "সময়: সকাল ১০টা"],
        ["সভাপতী: জনাব ফারুক আহমেদ, ইউএনও", "স্হান: সভাকক্ষ", "তারিখ ও সময়: ২৬/০৪/২০২২, সকাল ১০টা"],
        ["সভাপতি: জনাব ফারুক আহমেদ,", "ইউএনও", "স্থান: সভাকক্ষ", "তারিখ: ২৬/০৪/২০২২ সময়: সকাল ১০টা"],
        ["সভাপতি: জনাব ফারুক আহমেদ, ইউএনও", "সময়: সকাল ১০টা", "তারিখ: ২৬/০৪/২০২২   সভার স্থান: সভাকক্ষ"],
    ],
)  # fmt: skip
def test_labels_are_read_whatever_stands_behind_them(lines):
    minutes = read(["সভার কার্যবিবরণী", *lines, "সভাপতি সবাইকে স্বাগত জানান।"])
    assert minutes.chair == "জনাব ফারুক আহমেদ, ইউএনও"
    assert minutes.place == "সভাকক্ষ"
    assert (minutes.held_on, minutes.time) == (date(2022, 4, 26), time(10))
    assert minutes.opening == "সভাপতি সবাইকে স্বাগত জানান।"


def test_sentence_about_the_chair_is_no_label():
    opening = "সভাপতি উপস্থিত সকলকে স্বাগত জানান।"
    minutes = read(["সভার কার্যবিবরণী", opening])
    assert (minutes.chair, minutes.opening) == ("", opening)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("সকাল ১০.০০ ঘটিকা", time(10)),
        ("বেলা ১১টা", time(11)),
        ("দুপুর ১:৩০ টায়", time(13, 30)),
        ("বিকাল ৩টা থেকে ৪টা", time(15)),
    ],
)
def test_times_are_read_as_written(words, expected):
    minutes = read_minutes(as_text(paper(সময়=words)))
    assert (minutes.time, minutes.time_text) == (expected, words)


@pytest.mark.parametrize("words", ["১:৩০", "দুপুরে"])
def test_time_that_could_be_either_half_of_the_day_is_doubted(words):
    minutes = read_minutes(as_text(paper(সময়=words)))
    assert minutes.time is None
    assert words in reasons(minutes, "time")[0]


@pytest.mark.parametrize(
    "words",
    [
        "২৬ এপ্রিল, ২০২২ খ্রি.",
        "26.04.2022",
        "১৩ বৈশাখ ১৪২৯",
        "১৩ বৈশাখ ১৪২৯/২৬ এপ্রিল ২০২২",
        "মঙ্গলবার, ২৬ এপ্রিল ২০২২",
        "২৬ এপ্রিল ২০২২ খ্রি. রোজ মঙ্গলবার অপরাহ্ন",
    ],
)
def test_dates_are_read_in_either_calendar(words):
    minutes = read_minutes(as_text(paper(তারিখ=words)))
    assert (minutes.held_on, minutes.held_on_text) == (date(2022, 4, 26), words)
    assert reasons(minutes, "held_on") == []


@pytest.mark.parametrize("words", ["৩১ এপ্রিল ২০২২", "২৫ ও ২৬ এপ্রিল ২০২২", "এপ্রিল ২০২২"])
def test_date_that_is_no_day_is_doubted_with_its_words(words):
    minutes = read_minutes(as_text(paper(তারিখ=words)))
    assert (minutes.held_on, minutes.held_on_text) == (None, words)
    assert "ঠিক করুন" in reasons(minutes, "held_on")[0]


@pytest.mark.parametrize("field", ["chair", "place", "held_on", "time", "memo_number", "issued_on"])
def test_missing_fact_is_doubted(field):
    labels = {"chair": "সভাপতি", "place": "স্থান", "held_on": "তারিখ", "time": "সময়"}
    if field in labels:
        minutes = read_minutes(as_text(paper(**{labels[field]: None})))
    elif field == "memo_number":
        minutes = read_minutes(as_text(paper(memo="")))
    else:
        minutes = read_minutes(as_text(paper(issued=())))
    assert len(reasons(minutes, field)) == 1
    assert not getattr(minutes, field)


def test_opening_before_a_late_label_is_no_value_of_an_earlier_one():
    lines = ["সময়: সকাল ১০টা", "সভাপতি সবাইকে স্বাগত জানান।", "উপস্থিতি: পরিশিষ্ট-ক"]
    minutes = read(["সভার কার্যবিবরণী", *lines])
    assert minutes.time_text == "সকাল ১০টা"
    assert minutes.opening == "সভাপতি সবাইকে স্বাগত জানান।"


def test_page_mark_above_the_items_is_no_opening():
    minutes = read(["সভার কার্যবিবরণী", "সভাপতি: ফারুক", "সবাইকে স্বাগত জানান।", "চলমান পাতা-২", "- ২ -"])
    assert minutes.opening == "সবাইকে স্বাগত জানান।"


def test_title_missing_is_doubted():
    minutes = read_minutes(as_text(paper(title="")))
    assert minutes.title == ""
    assert len(reasons(minutes, "title")) == 1
    assert minutes.opening == "\n".join(PLAIN.opening)


def test_title_over_two_lines_below_a_letterhead_is_put_together():
    above = [
        "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
        "উপজেলা পরিষদ, শালবন",
        "উদ্ভাবন টিমের মে ২০২২ মাসের সভার",
        "কার্যবিবরণী",
        "সভাপতি: ফারুক",
    ]
    minutes = read(above)
    assert minutes.title == "উদ্ভাবন টিমের মে ২০২২ মাসের সভার কার্যবিবরণী"
    assert minutes.opening == ""


def test_title_after_the_word_subject_is_read():
    minutes = read(["বিষয়: মে ২০২২ মাসের সভার কার্যবিবরণী।", "সভাপতি: ফারুক"])
    assert minutes.title == "মে ২০২২ মাসের সভার কার্যবিবরণী।"


def test_labels_stacked_in_one_cell_of_a_table():
    document = docx.Document()
    document.add_paragraph("সভার কার্যবিবরণী")
    fill_table(document, [("সভাপতি\nস্থান", ":\n:", "ফারুক আহমেদ\nসভাকক্ষ")])
    fill_table(document, [("তারিখ", ":", "২৬ এপ্রিল ২০২২", "সময়", ":", "সকাল ১০টা")])
    fill_table(document, [("বিষয়", "সিদ্ধান্ত"), ("ই-নথি", "চালু হবে।")])
    minutes = read_minutes(saved(document))
    assert (minutes.chair, minutes.place) == ("ফারুক আহমেদ", "সভাকক্ষ")
    assert (minutes.held_on, minutes.time) == (date(2022, 4, 26), time(10))


def test_chair_and_day_told_only_in_sentences_are_taken_with_a_doubt():
    minutes = read(
        [
            "২৬ এপ্রিল ২০২২ তারিখে অনুষ্ঠিত সভার কার্যবিবরণী",
            "সভায় সভাপতিত্ব করেন জনাব ফারুক আহমেদ, ইউএনও।",
            "গত ১০ মার্চ ২০২২ তারিখের সভার কার্যবিবরণী অনুমোদিত হয়।",
        ]
    )
    assert minutes.chair == "জনাব ফারুক আহমেদ, ইউএনও"
    assert minutes.held_on == date(2022, 4, 26)
    assert len(reasons(minutes, "chair")) == len(reasons(minutes, "held_on")) == 1


def test_day_and_time_of_a_sentence_are_taken_together():
    minutes = read(
        [
            "সভার কার্যবিবরণী",
            "জনাব ফারুক আহমেদ এর সভাপতিত্বে গত ২৬ এপ্রিল ২০২২ তারিখ সকাল ১০.০০ ঘটিকায় সভা অনুষ্ঠিত হয়।",
        ]
    )
    assert minutes.chair == "জনাব ফারুক আহমেদ"
    assert (minutes.held_on, minutes.time) == (date(2022, 4, 26), time(10))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("বিগত সভার কার্যবিবরণী দৃঢ়ীকরণ করা হয়।", Confirmation.CONFIRMED),
        ("গত সভার কার্যবিবরণীতে কোন সংশোধনী না থাকায় তা দৃটীকরণ করা হয়।", Confirmation.CONFIRMED),
        ("পূর্ববর্তী সভার কার্যবিবরণী সর্বসম্মতভাবে অনুমোদিত হয়।", Confirmation.CONFIRMED),
        ("গত সভার কার্যবিবরণী ২ নম্বর সিদ্ধান্তে সংশোধনীসহ দৃঢ়ীকরণ করা হয়।", Confirmation.CORRECTED),
        ("গত সভার কার্যবিবরণী পড়া হয়। আপত্তি না থাকায় তা নিশ্চিত করা হয়।", Confirmation.CONFIRMED),
        ("গত সভার কার্যবিবরণী সংশোধন করে অনুমোদন করা হয়।", Confirmation.CORRECTED),
        ("গত সভার কার্যবিবরণী দৃঢ়ীকরণ করা হয়নি।", ""),
        ("গত সভার কার্যবিবরণী পড়ে শোনানো হয়।", ""),
        ("নতুন তালিকা অনুমোদন করা হয়।", ""),
    ],
)
def test_what_became_of_the_last_minutes(sentence, expected):
    assert (
        read_minutes(as_text(paper(opening=("সবাইকে স্বাগত জানানো হয়।", sentence)))).confirmation
        == expected
    )


# --- The memo number and its date ----------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮",
        "স্মারক নম্বর: 05.47.3100.019.06.004.20. 88",
        "স্মারক নং ০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০-৮৮",
        "স্বারক নং: ০৫.৪৭.৩১০০. ০১৯.০৬.০০৪.২০.৮৮",
        "নং- ০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮",
        "নম্বর: ০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮",
    ],
)
def test_memo_labels_and_blanks_inside_the_number(line):
    for minutes in (read_minutes(as_text(paper(memo=line))), read(["সভার কার্যবিবরণী"], memo=line)):
        assert minutes.memo_number == "05.47.3100.019.06.004.20.88"
        assert minutes.memo_text in line
        assert reasons(minutes, "memo_number") == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("স্মারক নং- জেপ্রমে/২০২২-৮৮", ""),
        ("স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪", ""),
        ("স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০", "05.47.3100.019.06.004.20"),
    ],
)
def test_broken_memo_number_is_kept_in_words_and_doubted(line, number):
    minutes = read_minutes(as_text(paper(memo=line)))
    assert minutes.memo_number == number
    assert minutes.memo_text == line.removeprefix("স্মারক নং-").strip()
    assert len(reasons(minutes, "memo_number")) == 1


def test_memo_number_and_date_on_one_line_above_the_title():
    minutes = read(
        ["মে ২০২২ মাসের সভার কার্যবিবরণী", "সভাপতি: ফারুক", "তারিখ: ২৬ এপ্রিল ২০২২"],
        memo="স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮   তারিখ: ২৮ এপ্রিল ২০২২",
    )
    assert (minutes.held_on, minutes.issued_on) == (date(2022, 4, 26), date(2022, 4, 28))
    assert minutes.memo_number.endswith(".88")


def test_day_of_the_meeting_right_below_the_memo_number_with_its_date():
    memo = "স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮   তারিখ: ২৮ এপ্রিল ২০২২"
    minutes = read(["তারিখ: ২৬ এপ্রিল ২০২২", "সভার কার্যবিবরণী"], memo=memo)
    assert (minutes.held_on, minutes.issued_on) == (date(2022, 4, 26), date(2022, 4, 28))


def test_memo_number_beside_its_dates_in_a_table():
    document = docx.Document()
    table = fill_table(
        document,
        [
            ("স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮", "তারিখ:", "১৪ বৈশাখ ১৪২৯ বঙ্গাব্দ"),
            ("", "", "২৭ এপ্রিল ২০২২ খ্রিস্টাব্দ"),
        ],
    )
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
    document.add_paragraph("সভার কার্যবিবরণী")
    document.add_paragraph("তারিখ: ২৬ এপ্রিল ২০২২")
    fill_table(document, [("বিষয়", "সিদ্ধান্ত"), ("ই-নথি", "চালু হবে।")])
    minutes = read_minutes(saved(document))
    assert (minutes.held_on, minutes.issued_on) == (date(2022, 4, 26), date(2022, 4, 27))


def test_two_memo_numbers_that_differ_are_doubted():
    other = "স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৯৯"
    minutes = read(["সভার কার্যবিবরণী"], memo=PLAIN.memo, below=["সভার সমাপ্তি ঘোষণা করা হয়।", other])
    assert minutes.memo_number == ""
    assert ".৯৯" in minutes.memo_text
    assert len(reasons(minutes, "memo_number")) == 1


def test_misspelt_bangla_month_beside_a_clear_date_is_told_with_its_mend():
    minutes = read_minutes(as_docx(paper(issued=("১৪ বৈশক, ১৪২৯", "২৭ এপ্রিল, ২০২২"))))
    assert minutes.issued_on == date(2022, 4, 27)
    (reason,) = reasons(minutes, "issued_on")
    assert "১৪ বৈশক, ১৪২৯" in reason
    assert "১৪ বৈশাখ ১৪২৯" in reason


@pytest.mark.parametrize("bangla", ["১৫ বৈশাখ, ১৪২৯", "২৪ বৈশক, ১৪২৯"])
def test_bangla_date_of_another_day_is_doubted(bangla):
    minutes = read_minutes(as_text(paper(issued=(bangla, "২৭ এপ্রিল, ২০২২"))))
    assert minutes.issued_on == date(2022, 4, 27)
    assert bangla in reasons(minutes, "issued_on")[0]


def test_two_different_dates_of_issue_are_not_chosen_between():
    minutes = read_minutes(as_text(paper(issued=("২৭ এপ্রিল, ২০২২", "২৯ এপ্রিল, ২০২২"))))
    assert minutes.issued_on is None
    assert len(reasons(minutes, "issued_on")) == 1


def test_issue_before_the_meeting_is_doubted():
    minutes = read_minutes(as_text(paper(issued=("১৯ এপ্রিল, ২০২২",), signed=())))
    assert minutes.issued_on == date(2022, 4, 19)
    assert "২৬ এপ্রিল ২০২২" in reasons(minutes, "issued_on")[0]


@pytest.mark.parametrize(
    ("scrap", "doubts"), [("২৭/০৪/২২", 0), ("26/০৪/২২", 0), ("২৯/০৪/২২", 1), ("২৫/০৪/২২", 1)]
)
def test_date_written_by_the_signature_only_has_to_agree(scrap, doubts):
    minutes = read_minutes(as_text(paper(signed=(scrap,))))
    assert minutes.issued_on == date(2022, 4, 27)
    assert len(reasons(minutes, "issued_on")) == doubts
    assert len(minutes.copies) == 3
