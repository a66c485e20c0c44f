"""Minutes without a table: labelled paragraphs one below the other."""

import pytest

from meetings.importers import UnreadableMinutes, read_minutes

TOP = ["সভার কার্যবিবরণী", "সভাপতি: ফারুক আহমেদ", "তারিখ: ২৬ এপ্রিল ২০২২", "সভাপতি সবাইকে স্বাগত জানান।"]
END = ["আর কোনো আলোচনা না থাকায় সভাপতি সভার সমাপ্তি ঘোষণা করেন।", "(ফারুক আহমেদ)", "ইউএনও"]


def read(*lines):
    return read_minutes("\n".join([*TOP, *lines, *END]))


def words(item):
    return (item.topic, item.discussion, item.decision, item.implementer)


ITEM = ("হেল্প ডেস্ক", "ভিড় বাড়ছে।", "ডেস্ক খুলতে হবে।", "সমাজসেবা অফিসার")


@pytest.mark.parametrize(
    "labels",
    [
        ("আলোচ্য বিষয়: ", "আলোচনা: ", "সিদ্ধান্ত: ", "বাস্তবায়নকারী: "),
        ("আলোচ্যসূচি-১: ", "আলোচনাঃ ", "সিদ্ধান্তসমূহঃ ", "বাস্তবায়নেঃ "),
        ("আলোচ্যসূচি নং-০১:\n", "আলোচনা:\n", "গৃহীত সিদ্ধান্ত:\n", "দায়িত্বপ্রাপ্ত কর্মকর্তা:\n"),
        ("১. আলোচ্য বিষয় - ", "(ক) আলোচনা - ", "(খ) সিদ্ধান্ত - ", "(গ) বাস্তবায়নকারী - "),
        ("১ নং আলোচ্যসূচি: ", "পর্যালোচনা: ", "সিদ্ধান্ত\n", "বাস্তবায়নকারী দপ্তর: "),
        ("১. বিষয়: ", "আলোচনা: ", "সিদ্ধান্ত: ", "বাস্তবায়নকারী: "),
        ("আলচ্য বিষয়: ", "আলোচোনা: ", "সিদ্ধন্ত: ", "বাস্তবায়নকারি: "),
    ],
)
def test_labels_of_blocks_may_differ(labels):
    minutes = read(*(label + text for label, text in zip(labels, ITEM, strict=True)))
    assert [words(item) for item in minutes.items] == [ITEM]
    assert minutes.opening == TOP[3]
    assert minutes.closing == END[0]
    assert minutes.signatories[0].name == "ফারুক আহমেদ"


def test_numbered_title_above_a_discussion_is_a_topic():
    minutes = read(
        "১। হেল্প ডেস্ক", "আলোচনা: ভিড় বাড়ছে।", "সিদ্ধান্ত: ডেস্ক খুলতে হবে।", "বাস্তবায়নে: সকলে",
        "২। ই-নথি", "আলোচনা: ধীর।", "সিদ্ধান্ত: দ্রুত করতে হবে।", "বাস্তবায়নে: সকলে",
    )  # fmt: skip
    assert [(item.serial, item.topic) for item in minutes.items] == [
        ("১", "১। হেল্প ডেস্ক"),
        ("২", "২। ই-নথি"),
    ]
    assert [item.implementer for item in minutes.items] == ["সকলে", "সকলে"]


def test_several_decisions_and_paragraphs_stay_with_their_item():
    minutes = read(
        "আলোচ্যসূচি-১: হেল্প ডেস্ক", "আলোচনা: ভিড় বাড়ছে।", "জায়গাও নেই।",
        "সিদ্ধান্ত ১: ডেস্ক খুলতে হবে।", "সিদ্ধান্ত ২: লোক দিতে হবে।", "বাস্তবায়নে: সকলে",
    )  # fmt: skip
    assert minutes.items[0].discussion == "ভিড় বাড়ছে।\nজায়গাও নেই।"
    assert minutes.items[0].decision == "সিদ্ধান্ত ১: ডেস্ক খুলতে হবে।\nসিদ্ধান্ত ২: লোক দিতে হবে।"


def test_sentence_that_announces_decisions_begins_them():
    minutes = read(
        "আলোচ্যসূচি-১: হেল্প ডেস্ক", "আলোচনা: ভিড় বাড়ছে।", "আলোচনা শেষে নিম্নরূপ সিদ্ধান্ত গৃহীত হয়:",
        "ক) ডেস্ক খুলতে হবে।", "বাস্তবায়নে: সকলে",
    )  # fmt: skip
    assert minutes.items[0].discussion.endswith("গৃহীত হয়:")
    assert minutes.items[0].decision == "ক) ডেস্ক খুলতে হবে।"


def test_list_of_the_agenda_before_the_blocks_is_opening():
    minutes = read(
        "আলোচ্যসূচি-১: হেল্প ডেস্ক", "আলোচ্যসূচি-২: ই-নথি",
        "আলোচ্যসূচি-১: হেল্প ডেস্ক", "আলোচনা: ভিড়।", "সিদ্ধান্ত: খুলতে হবে।", "বাস্তবায়নে: সকলে",
        "আলোচ্যসূচি-২: ই-নথি", "আলোচনা: ধীর।", "সিদ্ধান্ত: দ্রুত।", "বাস্তবায়নে: সকলে",
    )  # fmt: skip
    assert [item.topic for item in minutes.items] == ["হেল্প ডেস্ক", "ই-নথি"]
    assert minutes.opening.endswith("আলোচ্যসূচি-২: ই-নথি")


def test_topic_without_anything_below_is_an_item_with_doubts():
    minutes = read(
        "আলোচ্যসূচি-১: ডেস্ক", "আলোচনা: ভিড়।", "সিদ্ধান্ত: খুলতে হবে।", "বাস্তবায়নে: সকলে", "আলোচ্যসূচি-২: বিবিধ"
    )
    assert [item.topic for item in minutes.items] == ["ডেস্ক", "বিবিধ"]
    assert [doubt.field for doubt in minutes.items[1].doubts] == ["decision", "implementer"]


def test_blocks_below_a_table_are_items_too():
    minutes = read(
        "ক্রম\tআলোচ্য বিষয়\tসিদ্ধান্ত\tবাস্তবায়নকারী", "১\tই-নথি\tচালু করতে হবে।\tসকলে",
        "আলোচ্য বিষয়-২: বিবিধ", "আলোচনা: কিছু নেই।", "সিদ্ধান্ত: পরে দেখা হবে।", "বাস্তবায়নে: নাজির",
    )  # fmt: skip
    assert [item.topic for item in minutes.items] == ["ই-নথি", "বিবিধ"]
    assert minutes.items[1].implementer == "নাজির"
    assert minutes.closing == END[0]


def test_minutes_without_items_keep_their_head_and_say_so():
    minutes = read("সভায় নানা বিষয়ে কথা হয়।")
    assert minutes.items == ()
    assert minutes.chair == "ফারুক আহমেদ"
    assert "items" in [doubt.field for doubt in minutes.doubts]
    assert minutes.signatories[0].name == "ফারুক আহমেদ"


def test_letter_that_is_no_minutes_is_refused_with_a_mend():
    with pytest.raises(UnreadableMinutes, match="‘আলোচনা:’ ও ‘সিদ্ধান্ত:’"):
        read_minutes("জনাব,\nআপনার পত্রের জন্য ধন্যবাদ।")


def test_addresses_and_brackets_in_a_discussion_do_not_end_the_items():
    minutes = read(
        "আলোচ্যসূচি-১: তালিকা", "আলোচনা: তালিকা নেই।", "(নতুন প্রস্তাব)", "ফোন: ০৯৯-৫৫৫০১",
        "সিদ্ধান্ত: তালিকা list@meghpur.example ঠিকানায় পাঠাতে হবে।", "বাস্তবায়নে: সকলে",
        "আলোচ্যসূচি-২: বিবিধ", "আলোচনা: মোবাইল ২০টি কেনা হয়েছে।",
        "সিদ্ধান্ত: বিতরণ করতে হবে, বিতরণের হিসাব admin@meghpur.example-এ দিতে হবে।", "বাস্তবায়নে: নাজির",
    )  # fmt: skip
    assert [item.topic for item in minutes.items] == ["তালিকা", "বিবিধ"]
    assert minutes.items[0].discussion == "তালিকা নেই।\n(নতুন প্রস্তাব)\nফোন: ০৯৯-৫৫৫০১"
    assert minutes.items[1].implementer == "নাজির"


def test_sentence_about_a_letter_does_not_end_the_last_item():
    minutes = read(
        "আলোচ্যসূচি-১: তালিকা", "আলোচনা:", "পত্র নং ৫ এখনো আসেনি বলে নাজির জানান।",
        "সিদ্ধান্ত: আনতে হবে।", "বাস্তবায়নে: সকলে",
    )  # fmt: skip
    assert minutes.items[0].discussion == "পত্র নং ৫ এখনো আসেনি বলে নাজির জানান।"
    assert minutes.items[0].implementer == "সকলে"


def test_due_time_of_a_block_has_its_own_words():
    minutes = read(
        "আলোচ্যসূচি-১: তালিকা", "আলোচনা: তালিকা নেই।", "সিদ্ধান্ত: তালিকা করতে হবে।", "বাস্তবায়নে: সকলে",
        "সময়সীমা: ৩০ মার্চ ২০২২",
    )  # fmt: skip
    assert (minutes.items[0].implementer, minutes.items[0].deadline) == ("সকলে", "৩০ মার্চ ২০২২")
    assert [doubt.field for doubt in minutes.items[0].doubts] == ["deadline"]
