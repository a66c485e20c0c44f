"""Tables of items as offices print them: other labels, merged cells, columns joined or left out."""

import docx
import pytest

from meetings.importers import read_minutes
from tests.meetings.importers.build import PLAIN, as_text, fill_table, saved

TOP = "উপজেলা উদ্ভাবন টিমের সভার কার্যবিবরণী\nসভাপতি\t:\tজনাব ফারুক আহমেদ\nস্থান\t:\tসভাকক্ষ"
ITEM = "১\tই-নথি\tস্ক্যানার নেই।\tস্ক্যানার কিনতে হবে।\tসহকারী প্রোগ্রামার"


def read(*lines):
    return read_minutes("\n".join([TOP, *lines]))


def page(head, *rows):
    """The rows, whose cells may bring their own attributes, in an HTML table."""
    body = "".join(f"<tr>{row}</tr>" for row in (head, *rows))
    return read_minutes(f"<p>সভার কার্যবিবরণী</p><p>সভাপতি: ফারুক</p><table>{body}</table>")


def cells(*texts):
    return "".join(f"<td>{text}</td>" for text in texts)


HEAD = cells("ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী")


def words(item):
    return (item.topic, item.discussion, item.decision, item.implementer)


def doubted(minutes, place=1):
    return [doubt.field for doubt in minutes.items[place - 1].doubts]


@pytest.mark.parametrize(
    "head",
    [
        "ক্রঃ নং\tআলোচ্যসূচি\tআলোচনার সারসংক্ষেপ\tগৃহীত সিদ্ধান্তসমূহ\tবাস্তবায়নে",
        "নং\tআলোচনার বিষয়\tবিস্তারিত আলোচনা\tসিদ্ধান্ত\tবাস্তবায়নের দায়িত্ব",
        "ক্রমিক নম্বর\tবিষয়\tপর্যালোচনা\tসিদ্ধান্ত/সুপারিশ\tদায়িত্বপ্রাপ্ত কর্মকর্তা",
        "ক্রমিক\tআলোচ্চ বিষয়\tআলচনা\tসিদ্ধন্ত\tবাস্তবায়ণকারি",
        "ক্র.নং\tএজেন্ডা\tআলোচনা (সংক্ষেপে)\tসিদ্বান্ত\tসংশ্লিষ্ট দপ্তর",
        "SL\tAgenda\tDiscussion\tDecision\tImplemented by",
    ],
)
def test_labels_are_known_by_their_stems_and_misspellings(head):
    minutes = read(head, ITEM)
    assert [words(item) for item in minutes.items] == [tuple(ITEM.split("\t")[1:])]
    assert doubted(minutes) == []


def test_columns_are_found_in_any_order():
    minutes = read("ক্রম\tবাস্তবায়নকারী\tসিদ্ধান্ত\tআলোচনা\tবিষয়", "১\tঘাট\tগণনা\tখাতা\tকেন্দ্র")
    assert words(minutes.items[0]) == ("কেন্দ্র", "খাতা", "গণনা", "ঘাট")


def test_table_without_a_discussion_column():
    minutes = read("ক্রম\tআলোচ্য বিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tই-নথি\tচালু করতে হবে।\tসকলে")
    assert words(minutes.items[0]) == ("ই-নথি", "", "চালু করতে হবে।", "সকলে")
    assert doubted(minutes) == []


def test_table_without_an_implementer_column_is_doubted_item_by_item():
    minutes = read("ক্রম\tআলোচ্য বিষয়\tআলোচনা\tসিদ্ধান্ত", "১\tকেন্দ্র\tখাতা\tগণনা", "২\tঘাট\tউদ্যোগ\tচিঠি")
    assert [(doubt.field, doubt.item) for doubt in minutes.doubts if doubt.item] == [
        ("implementer", 1),
        ("implementer", 2),
    ]
    assert "আলোচ্য বিষয় ২" in minutes.items[1].doubts[0].reason


@pytest.mark.parametrize("label", ["আলোচনা ও সিদ্ধান্ত", "আলোচনা/সিদ্ধান্ত", "আলোচনা এবং গৃহীত সিদ্ধান্ত"])
def test_discussion_and_decision_in_one_cell_are_parted_where_it_says_so(label):
    head = f"ক্রম\tবিষয়\t{label}\tবাস্তবায়নকারী"
    minutes = read(head, "১\tই-নথি\tআলোচনা: স্ক্যানার নেই। সিদ্ধান্ত: স্ক্যানার কিনতে হবে।\tসকলে")
    assert words(minutes.items[0]) == ("ই-নথি", "স্ক্যানার নেই।", "স্ক্যানার কিনতে হবে।", "সকলে")
    assert doubted(minutes) == []


def test_discussion_and_decision_that_cannot_be_parted_stay_whole_with_a_doubt():
    minutes = read("ক্রম\tবিষয়\tআলোচনা ও সিদ্ধান্ত\tবাস্তবায়নকারী", "১\tকেন্দ্র\tনেই, তাই কিনতে হবে।\tসকলে")
    assert words(minutes.items[0]) == ("কেন্দ্র", "", "নেই, তাই কিনতে হবে।", "সকলে")
    assert doubted(minutes) == ["decision"]


def test_due_times_have_their_own_words():
    minutes = read(
        "তারিখ\t:\t২৬ এপ্রিল ২০২২",
        "ক্রম\tবিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী\tসময়সীমা",
        "১\tকেন্দ্র\tখাতা\tগণনা\t৩০ মে ২০২২",
        "২\tঘাট\tউদ্যোগ\tচিঠি\t৩০ মার্চ ২০২২",
    )
    assert [item.deadline for item in minutes.items] == ["৩০ মে ২০২২", "৩০ মার্চ ২০২২"]
    assert (doubted(minutes, 1), doubted(minutes, 2)) == ([], ["deadline"])


def test_table_without_serials_has_no_doubt_about_them():
    minutes = read(
        "আলোচ্য বিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১. কেন্দ্র\tখাতা\tগণনা\tঘাট", "২. উদ্যোগ\tচিঠি\tছক\tজরিপ"
    )
    assert [(item.serial, item.topic) for item in minutes.items] == [
        ("১", "১. কেন্দ্র"),
        ("২", "২. উদ্যোগ"),
    ]
    assert doubted(minutes) == []


def test_implementer_spanning_several_items_is_said_for_each():
    minutes = page(
        HEAD,
        cells("১", "কেন্দ্র", "খাতা", "গণনা") + "<td rowspan=2>সহকারী<br>প্রোগ্রামার</td>",
        cells("২", "ঘাট", "উদ্যোগ", "চিঠি"),
        cells("৩", "ছক", "জরিপ", "ঝড়", "সকলে"),
    )
    assert [item.implementer for item in minutes.items] == ["সহকারী\nপ্রোগ্রামার"] * 2 + ["সকলে"]
    assert [doubt for item in minutes.items for doubt in item.doubts] == []


def test_decisions_in_rows_of_their_own_belong_to_the_item_that_spans_them():
    minutes = page(
        HEAD,
        "<td rowspan=2>১</td><td rowspan=2>কেন্দ্র</td><td rowspan=2>খাতা</td>"
        + cells("গণনা ১", "ঘাট ১"),
        cells("গণনা ২", "ঘাট ২"),
        cells("২", "উদ্যোগ", "চিঠি", "ছক", "জরিপ"),
    )
    assert [words(item) for item in minutes.items] == [
        ("কেন্দ্র", "খাতা", "গণনা ১\nগণনা ২", "ঘাট ১\nঘাট ২"),
        ("উদ্যোগ", "চিঠি", "ছক", "জরিপ"),
    ]
    assert doubted(minutes) == []


def test_topic_spanning_numbered_items_is_said_for_each():
    minutes = page(
        HEAD,
        "<td>১</td><td rowspan=2>কেন্দ্র</td>" + cells("খাতা", "গণনা", "ঘাট"),
        "<td>২</td>" + cells("চিঠি", "ছক", "জরিপ"),
    )
    assert [(item.serial, item.topic, item.decision) for item in minutes.items] == [
        ("১", "কেন্দ্র", "গণনা"),
        ("২", "কেন্দ্র", "ছক"),
    ]


def test_row_without_serial_and_topic_is_the_rest_of_the_one_above():
    minutes = read(
        "ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী",
        "১\tকেন্দ্র\tখাতা\tগণনা\tঘাট",
        "\t\tবাকি কথা।\t\t",
        "২\tউদ্যোগ\tচিঠি\tছক\tজরিপ",
    )
    assert minutes.items[0].discussion == "খাতা\nবাকি কথা।"
    assert doubted(minutes) == ["row"]
    assert len(minutes.items) == 2


def test_short_row_that_reads_like_labels_is_no_head():
    minutes = read(
        "ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tই-নথি\tধীর।\tদ্রুত করতে হবে।\tসকলে",
        "\t\t\tসিদ্ধান্ত চলবে\tদায়িত্ব নাজিরের", "২\tডেস্ক\tভিড়।\tখুলতে হবে।\tসকলে",
    )  # fmt: skip
    assert minutes.items[0].decision == "দ্রুত করতে হবে।\nসিদ্ধান্ত চলবে"
    assert words(minutes.items[1]) == ("ডেস্ক", "ভিড়।", "খুলতে হবে।", "সকলে")


def test_rows_on_the_next_page_may_have_another_blank_cell():
    minutes = read(
        "ক্রম\tবিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tই-নথি\tচালু হবে।\tসকলে", "পাতা-২",
        "২\tডেস্ক\tখুলতে হবে।\tনাজির\t",
    )  # fmt: skip
    assert words(minutes.items[1]) == ("ডেস্ক", "", "খুলতে হবে।", "নাজির")


def test_lines_of_a_cell_broken_over_lines_of_text_are_joined():
    minutes = read(
        "ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী",
        "১\tকেন্দ্র\tপ্রথম কথা।",
        "দ্বিতীয় কথা।\tক) এক।",
        "খ) দুই।\tসকলে",
        "২\tউদ্যোগ\tচিঠি\tছক\tজরিপ",
    )
    assert words(minutes.items[0]) == ("কেন্দ্র", "প্রথম কথা। দ্বিতীয় কথা।", "ক) এক। খ) দুই।", "সকলে")
    assert doubted(minutes) == ["row"]
    assert words(minutes.items[1]) == ("উদ্যোগ", "চিঠি", "ছক", "জরিপ")


def test_words_between_rows_go_on_with_the_last_cell_under_a_doubt():
    minutes = read(
        "ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tকেন্দ্র\tখাতা\tগণনা\tসহকারী প্রোগ্রামার",
        "ও সকল দপ্তর প্রধান", "২\tউদ্যোগ\tচিঠি\tছক\tজরিপ",
    )  # fmt: skip
    assert minutes.items[0].implementer == "সহকারী প্রোগ্রামার\nও সকল দপ্তর প্রধান"
    assert doubted(minutes) == ["implementer"]


def test_line_across_the_table_is_told_and_no_item():
    minutes = page(
        HEAD,
        cells("১", "কেন্দ্র", "খাতা", "গণনা", "ঘাট"),
        "<td colspan=5>বিবিধ আলোচনা</td>",
        cells("২", "উদ্যোগ", "চিঠি", "ছক", "জরিপ"),
    )
    assert len(minutes.items) == 2
    assert doubted(minutes) == ["row"]
    assert "বিবিধ আলোচনা" in minutes.items[0].doubts[0].reason


def test_ditto_stands_for_the_words_above():
    minutes = read("ক্রম\tবিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tকেন্দ্র\tখাতা\tসহকারী প্রোগ্রামার", "২\tগণনা\tঘাট\t-ঐ-")
    assert minutes.items[1].implementer == "সহকারী প্রোগ্রামার"
    assert doubted(minutes, 2) == ["implementer"]


def test_words_under_an_unknown_label_are_told():
    minutes = read("ক্রম\tবিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী\tপ্রতিলিপি", "১\tকেন্দ্র\tখাতা\tগণনা\tহলুদ খাতা")
    assert doubted(minutes) == ["row"]
    assert "হলুদ খাতা" in minutes.items[0].doubts[0].reason


@pytest.mark.parametrize(
    ("serials", "place"),
    [
        (["১", "৩"], 2),
        (["২", "১"], 1),
        (["১", "১"], 2),
        (["১", "খাতা"], 2),
        (["১", ""], 2),
    ],
)
def test_serial_out_of_order_is_doubted(serials, place):
    rows = (f"{serial}\tবিষয় {serial}\tকেন্দ্র\tখাতা\tগণনা" for serial in serials)
    minutes = read("ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী", *rows)
    assert len(minutes.items) == 2
    assert "serial" in doubted(minutes, place)


@pytest.mark.parametrize(("column", "field"), [(1, "topic"), (3, "decision"), (4, "implementer")])
def test_missing_text_is_doubted(column, field):
    row = ITEM.split("\t")
    row[column] = ""
    minutes = read("ক্রম\tবিষয়\tআলোচনা\tসিদ্ধান্ত\tবাস্তবায়নকারী", "\t".join(row))
    assert doubted(minutes) == [field]
    assert minutes.items[0].doubts[0] in minutes.doubts


def test_second_table_with_another_head_is_read_too():
    minutes = read(
        "ক্রম\tগত সভার সিদ্ধান্ত\tঅগ্রগতি\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tডেস্ক বসানো\tবসেছে।\tচালু রাখতে হবে।\tনাজির",
        "নতুন বিষয়:", "ক্রম\tবিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী", "২\tপ্রশিক্ষণ\tসূচি করতে হবে।\tসকলে",
    )  # fmt: skip
    assert [words(item) for item in minutes.items] == [
        ("ডেস্ক বসানো", "বসেছে।", "চালু রাখতে হবে।", "নাজির"),
        ("প্রশিক্ষণ", "", "সূচি করতে হবে।", "সকলে"),
    ]
    assert "নতুন বিষয়" in minutes.items[0].doubts[0].reason


def test_one_small_table_for_each_item():
    document = docx.Document()
    document.add_paragraph("সভার কার্যবিবরণী")
    for number in ("১", "২"):
        fill_table(
            document,
            [
                (f"আলোচ্য বিষয়-{number}", "অগ্রগতি পর্যালোচনা"),
                ("আলোচনা", "প্রথম কথা।\nদ্বিতীয় কথা।"),
                ("সিদ্ধান্ত", "১) এক।\n২) দুই।"),
                ("বাস্তবায়নকারী", "সকল সদস্য"),
            ],
        )
        document.add_paragraph("")
    minutes = read_minutes(saved(document))
    assert [item.serial for item in minutes.items] == ["১", "২"]
    assert words(minutes.items[1]) == (
        "অগ্রগতি পর্যালোচনা", "প্রথম কথা।\nদ্বিতীয় কথা।", "১) এক।\n২) দুই।", "সকল সদস্য",
    )  # fmt: skip


def test_numbers_written_by_word_become_serials():
    document = docx.Document()
    document.add_paragraph("সভার কার্যবিবরণী")
    table = fill_table(
        document,
        [
            ("ক্রম", "বিষয়", "সিদ্ধান্ত", "বাস্তবায়নকারী"),
            ("", "কেন্দ্র", "খাতা", "গণনা"),
            ("", "ঘাট", "উদ্যোগ", "চিঠি"),
        ],
    )
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = 1
    minutes = read_minutes(saved(document))
    assert [item.topic for item in minutes.items] == ["কেন্দ্র", "ঘাট"]


def test_signatures_and_copies_inside_the_table_are_no_items():
    """A workbook is one table from top to bottom."""
    lines = as_text(PLAIN, breaks=False).split("\n")
    widened = "\n".join(line if "\t" in line else f"{line}\t\t" for line in lines if line)
    minutes = read_minutes(widened)
    assert len(minutes.items) == len(PLAIN.items)
    assert [signatory.name for signatory in minutes.signatories] == ["রওশন আরা", "তানভীর-উল-হাসান"]
    assert len(minutes.copies) == 3
