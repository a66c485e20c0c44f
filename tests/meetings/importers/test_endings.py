"""What stands below the items: closing, signatures without brackets, lists of copies."""

from dataclasses import replace

import docx
import pytest

from meetings.enums import CopyKind
from meetings.importers import ImportedSignatory, read_minutes
from tests.meetings.importers.build import PLAIN, as_blocks, as_text, fill_table, saved


def read(**changes):
    return read_minutes(as_text(replace(PLAIN, **changes)))


def fields(minutes):
    return [doubt.field for doubt in minutes.doubts]


def copies(minutes):
    return [(copy.kind, copy.text) for copy in minutes.copies]


@pytest.mark.parametrize("write", [as_text, as_blocks])
def test_signature_without_brackets_is_read_with_a_doubt(write):
    lines = ("মোঃ আব্দুল করিম", "অতিরিক্ত জেলা প্রশাসক", "ফোন: ০৯৯-৫৫৫০১")
    minutes = read_minutes(write(replace(PLAIN, chair_signature=lines)))
    assert minutes.signatories[0] == ImportedSignatory(
        "মোঃ আব্দুল করিম", "অতিরিক্ত জেলা প্রশাসক", phone="০৯৯-৫৫৫০১"
    )
    assert minutes.closing == "\n".join(PLAIN.closing)
    assert "signatories" in fields(minutes)


def test_signed_mark_names_who_stands_below_it():
    lines = (
        "স্বাক্ষরিত/-",
        "তারিখ: ২৬.০৪.২০২২",
        "(রওশন আরা)",
        "জেলা প্রশাসক",
        "ও",
        "সভাপতি, উদ্ভাবন কমিটি",
        "মেঘপুর",
    )
    minutes = read(chair_signature=lines)
    assert minutes.signatories[0] == ImportedSignatory(
        "রওশন আরা", "জেলা প্রশাসক ও সভাপতি, উদ্ভাবন কমিটি", "মেঘপুর"
    )
    assert "signatories" not in fields(minutes)


def test_telephone_and_mail_on_one_line_are_parted():
    lines = ("(রওশন আরা)", "জেলা প্রশাসক", "ফোন: ০৯৯-৫৫৫০১, ই-মেইল: dc@meghpur.example")
    chair = read(chair_signature=lines).signatories[0]
    assert (chair.phone, chair.email, chair.office) == ("০৯৯-৫৫৫০১", "dc@meghpur.example", "")


def test_two_signatures_side_by_side_in_a_table():
    document = docx.Document()
    document.add_paragraph("সভার কার্যবিবরণী")
    fill_table(document, [("বিষয়", "সিদ্ধান্ত"), ("ই-নথি", "চালু হবে।")])
    document.add_paragraph("সভাপতি সভার সমাপ্তি ঘোষণা করেন।")
    fill_table(document, [("(তানভীর হাসান)\nসদস্য সচিব", "(রওশন আরা)\nসভাপতি")])
    minutes = read_minutes(saved(document))
    assert minutes.signatories == (
        ImportedSignatory("তানভীর হাসান", "সদস্য সচিব"),
        ImportedSignatory("রওশন আরা", "সভাপতি"),
    )


def test_nobody_signed_is_doubted():
    minutes = read(chair_signature=(), officer_signature=(), signed=())
    assert minutes.signatories == ()
    assert fields(minutes) == ["signatories", "attendance"]


def test_no_copies_are_doubted():
    minutes = read_minutes(as_text(PLAIN).split(PLAIN.copies_heading)[0])
    assert minutes.copies == ()
    assert "copies" in fields(minutes)


def test_name_of_a_branch_in_brackets_under_a_letterhead_is_no_signature():
    minutes = read(letterhead=("গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", "মেঘপুর জেলা", "(মাঠ সেবা)"))
    assert [signatory.name for signatory in minutes.signatories] == ["রওশন আরা", "তানভীর-উল-হাসান"]


def test_brackets_between_numbered_recipients_go_with_the_one_above():
    minutes = read(copies=("১. ইউএনও", "(শালবন ও মেঘপুর)", "২. অফিস কপি"))
    assert [text for _kind, text in copies(minutes)] == ["ইউএনও (শালবন ও মেঘপুর)", "অফিস কপি"]
    assert len(minutes.signatories) == 2


def test_two_lists_of_copies_have_their_own_purpose():
    text = as_text(PLAIN) + "\nঅনুলিপি জ্ঞাতার্থে/কার্যার্থে:\n১. ইউএনও (সকল)\n২. অফিস কপি"
    minutes = read_minutes(text)
    assert {kind for kind, _text in copies(minutes)[:3]} == {CopyKind.INFORMATION}
    assert copies(minutes)[3:] == [(CopyKind.ACTION, "ইউএনও (সকল)"), (CopyKind.ACTION, "অফিস কপি")]
    assert len(minutes.signatories) == 2


def test_place_left_for_a_name_is_told_and_no_copy():
    minutes = read_minutes(as_text(PLAIN) + "\nঅনুলিপি জ্ঞাতার্থে/কার্যার্থে:\nজনাব,\n....., মেঘপুর")
    assert len(minutes.copies) == 3
    assert fields(minutes) == ["copies", "attendance"]


def test_unnumbered_recipients_are_a_line_each():
    minutes = read(
        copies_heading="কার্যার্থে অনুলিপি (জ্যেষ্ঠতার ক্রমানুসারে নয়):",
        copies=("উপপরিচালক, সমাজসেবা", "ইউএনও, শালবন", "(সকল ইউনিয়নকে জানানোর অনুরোধসহ)"),
    )
    assert copies(minutes) == [
        (CopyKind.ACTION, "উপপরিচালক, সমাজসেবা"),
        (CopyKind.ACTION, "ইউএনও, শালবন (সকল ইউনিয়নকে জানানোর অনুরোধসহ)"),
    ]


def test_recipients_in_a_table_with_serials_of_their_own():
    document = docx.Document()
    document.add_paragraph("সভার কার্যবিবরণী")
    fill_table(document, [("ক্রম", "বিষয়", "সিদ্ধান্ত"), ("১", "ই-নথি", "চালু হবে।")])
    document.add_paragraph("বিতরণ (জ্যেষ্ঠতার ক্রমানুসারে নয়):")
    fill_table(document, [("১.", "ইউএনও (সকল)"), ("২.", "অফিস কপি")])
    document.add_paragraph("(রওশন আরা)")
    document.add_paragraph("জেলা প্রশাসক")
    minutes = read_minutes(saved(document))
    assert copies(minutes) == [(CopyKind.ACTION, "ইউএনও (সকল)"), (CopyKind.ACTION, "অফিস কপি")]
    assert len(minutes.items) == 1
    assert minutes.signatories == (ImportedSignatory("রওশন আরা", "জেলা প্রশাসক"),)


def test_recipient_over_two_lines_is_one():
    long = "১. মহাপরিচালক, সেবা উদ্ভাবন অধিদপ্তর, নতুন প্রশাসনিক ভবন (সপ্তম তলা),"
    minutes = read(copies=(long, "আগারগাঁও, ঢাকা।", "২. অফিস কপি"))
    assert [text for _kind, text in copies(minutes)] == [f"{long[3:]} আগারগাঁও, ঢাকা।", "অফিস কপি"]


def test_name_below_short_recipients_is_a_signature_without_brackets():
    minutes = read(
        copies=("১. ইউএনও", "২. অফিস কপি"), officer_signature=("তানভীর হাসান", "সহকারী কমিশনার")
    )
    assert [text for _kind, text in copies(minutes)] == ["ইউএনও", "অফিস কপি"]
    assert minutes.signatories[1] == ImportedSignatory("তানভীর হাসান", "সহকারী কমিশনার")


def test_words_of_which_nothing_can_be_made_are_told():
    minutes = read(issued=(*PLAIN.issued, "প্রেরক: রওশন আরা"))
    assert "প্রেরক: রওশন আরা" in next(d.reason for d in minutes.doubts if d.field == "closing")
