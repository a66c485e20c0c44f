"""Lists of ideas read: which column is what, which lines are ideas, what is doubtful."""

from datetime import date

import pytest

from ideas.importers import FoundIdea, UnreadableList, read_list, read_paste
from ideas.importers.header import column_of
from tests.ideas.importers.lists import (
    NAMES,
    PLAIN,
    SPLIT,
    TODAY,
    WRITERS,
    as_csv,
    bare_docx,
    lines,
    read,
    yearly_xlsx,
)
from tests.workplans.importers.build import as_html, as_tsv, as_xlsx

HEAD = "ক্রমিক | উদ্ভাবনী ধারণার শিরোনাম | বিবরণ | প্রস্তাবকারী | অবস্থা | অর্থবছর"


def reasons(row: FoundIdea, field: str) -> list[str]:
    return [doubt.reason for doubt in row.doubts if doubt.field == field]


def one(*rows: str, head: str = HEAD) -> FoundIdea:
    [row] = read(lines(head, *rows)).rows
    return row


# --- Labels ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("ক্রঃ নং", "serial"),
        ("উদ্ভাবনী উদ্যোগের নাম", "title"),
        ("ইনোভেশনের নাম", "title"),
        ("Innovation Title", "title"),
        ("উদ্যোগের সংক্ষিপ্ত বিবরণ", "description"),
        ("সমাধানের প্রস্তাব", "description"),
        ("বিদ্যমান সমস্যা", "problem"),
        ("সেবাগ্রহীতার প্রাপ্ত সুবিধা", "benefit"),
        ("উদ্ভাবকের নাম, পদবী ও মোবাইল", "submitter_name"),
        ("প্রস্তাবকারী কর্মকর্তা", "submitter_name"),
        ("নাম ও পদবি", "submitter_name"),
        ("Name of innovator", "submitter_name"),
        ("Innovator's designation", "submitter_detail"),
        ("পদবি", "submitter_detail"),
        ("প্রস্তাবকারীর দপ্তর", "office"),
        ("দপ্তর/সংস্থার নাম", "office"),
        ("বর্তমান অবস্থা (চালু/বন্ধ)", "status"),
        ("বাস্তবায়ন অগ্রগতি", "status"),
        ("অর্থ বছর", "received_text"),
        ("জমাদানের তারিখ", "received_text"),
        ("গৃহীত না হওয়ার কারণ", "remarks"),
        ("মোবাইল নম্বর", "contact"),
        ("ইমেইল", "contact"),
        ("উদ্ভাবনের ক্ষেত্র", None),
        ("উদ্ভাবনটি রেপ্লিকেট হয়েছে কি না", None),
        ("২০১৭-১৮", None),
    ],
)
def test_label_says_what_its_column_holds(label: str, column: str | None) -> None:
    assert column_of(label) == column


# --- Kinds of files ------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [*WRITERS, "csv"])
def test_plain_list_is_read_from_any_file(kind: str) -> None:
    write, name = WRITERS.get(kind, (as_csv, "list.csv"))
    found = read(write(PLAIN), name)
    first, second, third = found.rows
    assert (first.title, first.description) == (
        "নামজারির শুনানির তারিখ মোবাইলে",
        "তারিখ ঠিক হলেই এসএমএস যাবে।",
    )
    assert (first.submitter_name, first.submitter_detail) == (
        "মো. রফিকুল ইসলাম",
        "সহকারী কমিশনার (ভূমি)",
    )
    assert (second.submitter_name, second.submitter_detail) == ("শাহিনুর বেগম", "উদ্যোক্তা")
    assert [row.status for row in found.rows] == ["shortlisted", "piloting", "declined"]
    assert [row.received_on for row in found.rows] == [
        date(2017, 7, 1),
        date(2018, 1, 1),
        date(2019, 3, 1),
    ]
    assert [row.serial for row in found.rows] == ["১", "২", "৩"]
    assert third.remarks == "বাজেট নেই"
    assert not any(row.doubts for row in found.rows)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_head_in_two_rows_and_merged_cells_are_read(kind: str) -> None:
    write, name = WRITERS[kind]
    first, second = read(write(SPLIT), name).rows
    assert (first.title, first.problem, first.description) == (
        "এক পাতার ফরম",
        "৩২ ঘরের ফরম",
        "১৮ ঘরে নামানো",
    )
    assert (first.submitter_name, first.submitter_detail) == (
        "রেহানা পারভীন",
        "উপজেলা সমাজসেবা অফিসার",
    )
    assert (second.submitter_name, second.submitter_detail) == ("", "")
    assert first.received_on == second.received_on == date(2016, 1, 1)
    assert (first.status, second.status) == ("showcased", "stopped")
    assert reasons(first, "status") == [
        "“বাস্তবায়িত” লেখা আছে; “প্রদর্শিত” ধরা হয়েছে। ঠিক না হলে বদলে দিন।"
    ]


def test_two_row_head_pasted_as_text_is_read() -> None:
    rows = read(as_tsv(SPLIT)).rows
    assert [(row.title, row.submitter_name) for row in rows] == [
        ("এক পাতার ফরম", "রেহানা পারভীন"),
        ("ডিজিটাল হাজিরা", ""),
    ]


def test_paste_prefers_the_table_that_keeps_merged_cells() -> None:
    found = read_paste(as_tsv(SPLIT), as_html(SPLIT), names=NAMES, today=TODAY)
    assert [row.received_on for row in found.rows] == [date(2016, 1, 1)] * 2
    text = read_paste(as_tsv(PLAIN), "<p>ছক নেই</p>", names=NAMES, today=TODAY)
    assert len(text.rows) == 3


def test_every_sheet_of_a_workbook_is_read() -> None:
    found = read(yearly_xlsx(এক=PLAIN, দুই=SPLIT), "list.xlsx")
    assert len(found.rows) == 5


def test_real_numbers_and_dates_of_excel_are_words_here() -> None:
    rows = (("SL", "Title", "Description", "Year"), ("1", "Box", "Words", date(2018, 5, 3)))
    table = PLAIN.__class__(rows)
    [row] = read(as_xlsx(table, real_dates=True), "list.xlsx").rows
    assert (row.serial, row.received_on) == ("১", date(2018, 5, 3))


# --- Lines between the ideas ---------------------------------------------------------------
def test_lines_that_are_no_ideas_are_left_out_with_the_reason() -> None:
    found = read(
        lines(
            "কালীগঞ্জ উপজেলার ২০১৭-১৮ অর্থবছরের উদ্ভাবনী ধারণার তালিকা",
            HEAD,
            "১ | ২ | ৩ | ৪ | ৫ | ৬",
            "১ | প্রথম ধারণা | ক | রহিম | প্রাপ্ত | ",
            "মোট | ১টি | | | |",
            HEAD,
            "বাস্তবায়িত উদ্ভাবন | | | | |",
            "২ | দ্বিতীয় ধারণা | খ | করিম | | ২০১৯-২০",
            "সর্বমোট | ২টি | | | |",
            "(মো. কামরুল হাসান) | | | | |",
        )
    )
    assert [row.title for row in found.rows] == ["প্রথম ধারণা", "দ্বিতীয় ধারণা"]
    first, second = found.rows
    assert first.received_on == date(2017, 7, 1)
    assert reasons(first, "received_text") == ["ঘরে বছর নেই; উপরের শিরোনাম থেকে নেওয়া হয়েছে।"]
    assert second.status == "showcased"
    said = " ".join(line.reason for line in found.skipped)
    for reason in ("কলামের নম্বর", "মোটের সারি", "শিরোনাম আবার", "অবস্থা হিসেবে", "স্বাক্ষর"):
        assert reason in said


def test_year_over_the_rows_dates_them() -> None:
    head = "ক্রমিক | উদ্ভাবনী ধারণার শিরোনাম | বিবরণ | প্রস্তাবকারী | অবস্থা"
    rows = read(
        lines(
            head,
            "২০১৬-১৭ | | | |",
            "১ | ক | খ | গ | প্রাপ্ত",
            "অর্থবছর: ২০১৭-১৮ | | | |",
            "২ | ঘ | ঙ | চ | প্রাপ্ত",
        )
    ).rows
    assert [row.received_on for row in rows] == [date(2016, 7, 1), date(2017, 7, 1)]
    assert not any(row.doubts for row in rows)


def test_rest_of_an_idea_on_the_next_page_is_joined_with_a_mark() -> None:
    row = one("১ | ধারণা | প্রথম ভাগ | রহিম | প্রাপ্ত | ২০১৮", " | | দ্বিতীয় ভাগ | | |")
    assert row.description == "প্রথম ভাগ\nদ্বিতীয় ভাগ"
    assert "জোড়া দেওয়া হয়েছে: দ্বিতীয় ভাগ" in reasons(row, "description")[0]


def test_ditto_stands_for_the_words_above() -> None:
    rows = read(lines(HEAD, "১ | ক | খ | রহিম | অনুমোদিত | ২০১৮", "২ | গ | ঘ | ঐ | ঐ | ,,")).rows
    assert (rows[1].submitter_name, rows[1].status, rows[1].received_on) == (
        "রহিম",
        "approved",
        date(2018, 1, 1),
    )
    assert len(rows[1].doubts) == 3


def test_unknown_columns_are_told_and_contacts_never_taken() -> None:
    head = f"{HEAD} | মোবাইল নম্বর | বাজেট"
    found = read(
        lines(head, "১ | ক | খ | রহিম, শিক্ষক ০১৭১২-৩৪৫৬৭৮ | প্রাপ্ত | ২০১৮ | 01712345678 | ৫০,০০০")
    )
    [row] = found.rows
    assert (row.submitter_name, row.submitter_detail) == ("রহিম", "শিক্ষক")
    assert reasons(row, "row") == ["‘বাজেট’ কলামের লেখা নেওয়া হয়নি: ৫০,০০০"]
    assert reasons(row, "submitter_name") == ["মোবাইল নম্বর বা ই-মেইল ছিল; তা আনা হয়নি।"]
    kept = str(found.as_json())
    assert "৩৪৫৬৭৮" not in kept
    assert "345678" not in kept


# --- States, years, people -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "status", "is_sure"),
    [
        ("বাছাইকৃত", "shortlisted", True),
        ("প্রাথমিকভাবে নির্বাচিত", "shortlisted", True),
        ("যাচাই-বাছাই চলমান", "received", True),
        ("অনুমোদিত", "approved", True),
        ("পাইলট চলমান", "piloting", True),
        ("পাইলটিং", "piloting", True),
        ("বাস্তবায়নাধীন", "piloting", True),
        ("Piloting", "piloting", True),
        ("পাইলট সম্পন্ন", "showcased", False),
        ("বাস্তবায়িত", "showcased", False),
        ("বাস্তবা\u09dfিত", "showcased", False),
        ("শোকেসিং-এ প্রদর্শিত", "showcased", True),
        ("জেলায় রেপ্লিকেট করা হয়েছে", "replicated", True),
        ("Scaled up", "replicated", True),
        ("পাইলট স্থগিত", "stopped", True),
        ("বাতিল", "declined", True),
        ("অনুমোদিত হয়নি", "declined", True),
        ("বাস্তবায়ন শুরু হয়নি", "received", False),
        ("দেখা যাক", "received", False),
        ("", "received", False),
    ],
)
def test_state_is_read_from_its_words(words: str, status: str, is_sure: bool) -> None:
    row = one(f"১ | ক | খ | রহিম | {words} | ২০১৮")
    assert (row.status, not reasons(row, "status")) == (status, is_sure)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("২০১৭-১৮", date(2017, 7, 1)),
        ("২০১৭–২০১৮ অর্থবছর", date(2017, 7, 1)),
        ("FY 2017-18", date(2017, 7, 1)),
        ("2018", date(2018, 1, 1)),
        ("২০১৮ সাল", date(2018, 1, 1)),
        ("০১/০৩/২০১৯", date(2019, 3, 1)),
        ("১৫ মার্চ ২০১৯ খ্রি.", date(2019, 3, 15)),
        ("43160", date(2018, 3, 1)),
        ("২০১৭-১৯", None),
        ("গত বছর", None),
        ("২০৩০", None),
        ("", None),
    ],
)
def test_year_or_date_is_read_from_its_words(words: str, day: date | None) -> None:
    row = one(f"১ | ক | খ | রহিম | প্রাপ্ত | {words}")
    assert row.received_on == day
    assert bool(reasons(row, "received_text")) == (day is None)


def test_year_given_beside_the_list_dates_what_has_none() -> None:
    found = read(lines(HEAD, "১ | ক | খ | রহিম | প্রাপ্ত | "), year="২০১৫-১৬")
    assert found.rows[0].received_on == date(2015, 7, 1)


# --- Whose rows ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("office", "outcome"),
    [
        ("", "own"),
        ("কালীগঞ্জ", "own"),
        ("উপজেলা নির্বাহী অফিসারের কার্যালয়, কালীগঞ্জ, গাজীপুর", "own"),
        ("ইউএনও অফিস, কালীগঞ্জ", "own"),
        ("kaliganj-gazipur", "own"),
        ("মধুপুর", "other"),
        ("জেলা প্রশাসকের কার্যালয়, গাজীপুর", "other"),
        ("কালীগঞ্জ, লালমনিরহাট", "unsure"),
        ("উপজেলা ভূমি অফিস", "unsure"),
    ],
)
def test_only_rows_of_the_own_office_are_taken(office: str, outcome: str) -> None:
    head = f"{HEAD} | দপ্তর"
    found = read(
        lines(head, f"১ | ক | খ | গ | প্রাপ্ত | ২০১৮ | {office}", "২ | ঘ | ঙ | চ | প্রাপ্ত | ২০১৮ |")
    )
    if outcome == "other":
        assert [row.title for row in found.rows] == ["ঘ"]
        assert "শুধু নিজের দপ্তরের সারি আনা যায়" in found.skipped[-1].reason
    else:
        assert len(found.rows) == 2
        assert bool(reasons(found.rows[0], "office")) == (outcome == "unsure")


# --- Texts ---------------------------------------------------------------------------------
def test_missing_texts_are_filled_from_what_there_is_and_marked() -> None:
    found = read(
        lines(
            HEAD,
            "১ | | প্রথম বাক্য। দ্বিতীয় বাক্য। | ক | প্রাপ্ত | ২০১৮",
            "২ | শুধু শিরোনাম | | খ | প্রাপ্ত | ২০১৮",
        )
    )
    first, second = found.rows
    assert (first.title, bool(reasons(first, "title"))) == ("প্রথম বাক্য", True)
    assert (second.description, bool(reasons(second, "description"))) == ("শুধু শিরোনাম", True)


def test_list_without_a_title_column_takes_the_first_sentence() -> None:
    row = one("১ | হাটে সেবা দেওয়া। বিস্তারিত পরে। | ২০১৮", head="ক্রমিক | ধারণার বিবরণ | সাল")
    assert (row.title, row.description) == ("হাটে সেবা দেওয়া", "হাটে সেবা দেওয়া। বিস্তারিত পরে।")


def test_same_title_twice_is_marked_and_bijoy_cells_are_converted() -> None:
    rows = read(
        lines(
            HEAD,
            "১ | এক ফরম | ক | রহিম | প্রাপ্ত | ২০১৮",
            "২ | এক  ফরম | খ | করিম | প্রাপ্ত | ২০১৮",
            "৩ | তিন | KvR‡Ki †mev mnwRKiY Kivi Rb¨ GKwU cÖ¯Íve | গ | প্রাপ্ত | ২০১৮",
        )
    ).rows
    assert "একই শিরোনাম" in reasons(rows[1], "title")[0]
    assert rows[2].description == "কাজকের সেবা সহজিকরণ করার জন্য একটি প্রস্তাব"
    assert "বিজয়" in reasons(rows[0], "description")[0]


# --- Refused -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        ("", "list.tsv", "কোনো লেখা নেই"),
        (b"", "list.xlsx", "কোনো লেখা নেই"),
        ("শুধু একটি বাক্য", "list.txt", "তালিকা পাওয়া যায়নি"),
        (bare_docx("কোনো ছক নেই"), "list.docx", "তালিকা পাওয়া যায়নি"),
        (HEAD.replace(" | ", "\t"), "list.tsv", "কোনো ধারণা লেখা নেই"),
        (b"%PDF-1.7", "list.pdf", "পিডিএফ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "list.xls", "পুরোনো"),
        (b"\x89PNG\r\n\x1a\n\0\0", "list.png", "ছবি"),
        (b"PK\x03\x04broken", "list.xlsx", ""),
        ("µwgK\twk‡ivbvg\twelq\n1\tKvR‡Ki †mev mnwRKiY\tcÖ¯Íve I djvdj", "list.tsv", "পাওয়া যায়নি"),
    ],
)
def test_what_is_no_list_is_refused_with_the_mend(
    source: bytes | str, name: str, said: str
) -> None:
    with pytest.raises(UnreadableList) as refused:
        read(source, name)
    assert said in str(refused.value)
    assert any("\u0980" <= sign <= "\u09ff" for sign in str(refused.value))


def test_file_that_is_too_large_or_too_long_is_refused() -> None:
    with pytest.raises(UnreadableList, match="বড়"):
        read_list(b"x" * 2_000, names=NAMES, today=TODAY, max_bytes=1_000)
    with pytest.raises(UnreadableList, match="সারি"):
        read(lines(HEAD, *(f"{n} | ক{n} | খ | গ | প্রাপ্ত | ২০১৮" for n in range(2_100))))


def test_list_longer_than_one_form_carries_is_refused() -> None:
    rows = [("শিরোনাম", "বিবরণ"), *((f"ধারণা {number}", "ক") for number in range(1_000))]
    table = PLAIN.__class__(tuple(rows))
    with pytest.raises(UnreadableList, match="১৯০০টির বেশি"):
        read(yearly_xlsx(এক=table, দুই=table), "list.xlsx")


def test_list_of_other_offices_alone_is_refused() -> None:
    with pytest.raises(UnreadableList, match="আপনার দপ্তরের কোনো ধারণা"):
        read(lines(f"{HEAD} | দপ্তর", "১ | ক | খ | গ | প্রাপ্ত | ২০১৮ | মধুপুর"))
