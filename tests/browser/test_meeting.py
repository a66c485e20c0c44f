"""A whole meeting of 2019, typed by hand, and what its papers make of every word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from docx.table import Table
from playwright.sync_api import Locator, Page, expect

from bangla.pdf.check import missing_words
from jobs import runner
from meetings.enums import DocumentKind, MeetingStatus, Presence
from meetings.models import AgendaItem, Meeting, MeetingDocument
from teams.models import Post
from tests.bangla_pdf.reading import page_texts
from tests.browser.house import District, make_district
from tests.browser.support import Minutes, NewPage, log_in
from tests.meetings.papers import in_order

pytestmark = pytest.mark.browser

PLACE = "জেলা প্রশাসকের সম্মেলন কক্ষ (তৃতীয় তলা), শেরপুর।"
HELD_ON, HELD_ON_BANGLA = "২৫ আগস্ট ২০১৯", "১০ ভাদ্র ১৪২৬"
ISSUED_ON, ISSUED_ON_BANGLA = "২৬ আগস্ট ২০১৯", "১১ ভাদ্র ১৪২৬"
TIME = "দুপুর ১:৩০"
MEMO = "০৫.৪৫.৮৯০০.০১৪.০৬.০০৭.১৮.৫১৩"
OPENING = (
    "সভাপতি সবাইকে শুভেচ্ছা জানিয়ে সভা আরম্ভ করেন। জুলাই মাসের কার্যবিবরণী পড়া হয়; কারও আপত্তি না থাকায় "
    "তা দৃঢ়ীকৃত হয়। পরে আগের সিদ্ধান্তগুলোর অগ্রগতি শুনে নিচের সিদ্ধান্তগুলো নেওয়া হয়:"
)
CLOSING = "আলোচনার আর কিছু না থাকায় সভাপতি সকলকে ধন্যবাদ দিয়ে সভা শেষ করেন।"
COPIES = (
    "সচিব, সমন্বয় ও সংস্কার, মন্ত্রিপরিষদ বিভাগ, বাংলাদেশ সচিবালয়, ঢাকা।",
    "সচিব, তথ্য ও যোগাযোগ প্রযুক্তি বিভাগ, আইসিটি টাওয়ার (৬ষ্ঠ তলা), ই-১৪/এক্স, আগারগাঁও, ঢাকা-১২০৭।",
    "মহাপরিচালক, গভর্নেন্স ইনোভেশন ইউনিট, প্রধানমন্ত্রীর কার্যালয়, তেজগাঁও, ঢাকা।",
    "প্রকল্প পরিচালক, এটুআই প্রোগ্রাম, আগারগাঁও, ঢাকা।",
    "বিভাগীয় কমিশনার, ময়মনসিংহ বিভাগ, ময়মনসিংহ।",
    "একান্ত সচিব, মাননীয় মন্ত্রীর দপ্তর (মাননীয় মন্ত্রী মহোদয়ের সদয় অবগতির জন্য)।",
)
DEPUTY = "মোঃ রুবেল মিয়া"
GUEST = ("জাহিদ হাসান", "সভাপতি", "শেরপুর প্রেস ক্লাব")


@dataclass(frozen=True)
class Row:
    """A line of the official table as it is typed."""

    topic: str
    discussion: str
    decision: str
    implementer: str


GROUP = "সংশ্লিষ্ট দপ্তর প্রধান (সকল)"
BY_ALL = f"{GROUP}, শেরপুর।"
ROWS = (
    Row(
        "সেবা পদ্ধতি সহজ করা",
        "সভাপতি প্রতিটি দপ্তরকে এমন একটি সেবা বেছে নিতে বলেন, যা মানুষ প্রায়ই নেন এবং যার ধাপ কমানো যায়। "
        "সফটওয়্যারে করা সম্ভব হলে সে উদ্যোগও নিতে অনুরোধ করেন।",
        "প্রতি দপ্তর একটি করে সেবা সহজ করবে।",
        BY_ALL,
    ),
    Row(
        "দপ্তরের ভেতরের কাজের উন্নয়ন",
        "উপপরিচালক, জেলা সমাজসেবা জানান, ভাতাভোগীদের তথ্য নিয়ে একটি অনলাইন তথ্যভাণ্ডার হচ্ছে; কোন গ্রামে কতজন "
        "ভাতা পান তা এক নজরে জানা যাবে।\nসভাপতি অন্যদেরও দৃষ্টান্তটি কাজে লাগাতে নির্দেশ দেন।",
        "অভ্যন্তরীণ কর্মপ্রক্রিয়া উন্নয়নের কাজ চালিয়ে যেতে হবে।",
        BY_ALL,
    ),
    Row(
        "উদ্ভাবন-সহায়ক পরিবেশ",
        "কর্মচারীদের সচেতন ও দক্ষ করতে প্রশিক্ষণ ও সেমিনার এবং অন্য দপ্তরের উদ্যোগ দেখার ওপর জোর দেওয়া হয়।",
        "ঊর্ধ্বতন-অধস্তন সবাইকে নিয়ে প্রশিক্ষণ আয়োজন করতে হবে।",
        BY_ALL,
    ),
    Row(
        "পার্টনারশিপ ও নেটওয়ার্কিং",
        "জেলা ও উপজেলা টিমের যোগাযোগ আরও দৃঢ় করা এবং অংশীদার দপ্তরের সঙ্গে অভিজ্ঞতা বিনিময়ের কথা বলা হয়।",
        "উপজেলা টিমের সঙ্গে প্রতি মাসে যোগাযোগ রাখতে হবে।",
        BY_ALL,
    ),
    Row(
        "সামাজিক যোগাযোগ মাধ্যম",
        "দপ্তরের কাজ মানুষকে জানাতে এবং কর্মকর্তাদের মধ্যে যোগাযোগ বাড়াতে ফেসবুক পেজ সচল রাখার অনুরোধ করা হয়।",
        "প্রতি সপ্তাহে অন্তত একটি লেখা প্রকাশ করতে হবে।",
        BY_ALL,
    ),
    Row(
        "২০১৯-২০২০ অর্থবছরের কর্মপরিকল্পনা",
        "সকল দপ্তর প্রধানকে ০৫/০৯/২০১৯ তারিখের মধ্যে বার্ষিক উদ্ভাবনী কর্মপরিকল্পনার তালিকা এ কার্যালয়ে পাঠাতে বলা হয়।",
        "কর্মপরিকল্পনা প্রণয়ন ও বাস্তবায়ন করতে হবে।",
        BY_ALL,
    ),
    Row(
        "পাইলট প্রকল্প",
        "জেলার পাইলট প্রকল্পগুলো টিম ঘুরে দেখবে এবং কতটা ফল দিল তা পর্যবেক্ষণ করবে বলে সভাপতি জানান।",
        "চলমান পাইলট প্রকল্প পরিদর্শন করতে হবে।",
        BY_ALL,
    ),
)
HEADINGS = ["ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী"]


@pytest.fixture
def district(transactional_db: None) -> District:
    return make_district()


@pytest.fixture
def page(new_page: NewPage, district: District) -> Page:
    """The innovation officer, logged in."""
    page = new_page()
    log_in(page, district.officer.holder)
    return page


def test_old_meeting_typed_by_hand_stands_word_for_word_in_its_papers(
    page: Page, district: District
) -> None:
    meeting = start_meeting(page)
    write_head(page, district)
    for row in ROWS:
        write_item(page, meeting, row)
    take_attendance(page, district)
    settle_and_send(page, meeting)

    assert_pdf_tells_all(download_pdf(page, meeting), district)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    assert download.value.suggested_filename == "কার্যবিবরণী শেরপুর 2019-08-25.docx"
    assert_word_file_tells_all(Path(download.value.path()), district)


# --- Typing --------------------------------------------------------------------------------
def start_meeting(page: Page) -> Meeting:
    """From the year's list, in the line of a month long past."""
    page.goto(f"{reverse('meetings:list')}?year=2019-2020")
    page.get_by_role("row", name="আগস্ট ২০১৯").get_by_role("button", name="কার্যবিবরণী লিখুন").click()
    expect(page.get_by_role("heading", level=1, name="আগস্ট ২০১৯ মাসের সভা")).to_be_visible()
    return Meeting.objects.get()


def write_head(page: Page, district: District) -> None:
    page.get_by_text("আরও", exact=True).click()
    page.get_by_role("link", name="সভার তথ্য ও অনুলিপি").click()
    page.get_by_label("তারিখ").fill(HELD_ON)
    page.get_by_label("সময়").fill(TIME)
    page.get_by_label("স্থান").fill(PLACE)
    choose(page.get_by_label("সভাপতি"), district.chair.designation_bn)
    choose(page.get_by_label("পত্রে স্বাক্ষরকারী"), district.officer.designation_bn)
    page.get_by_label("সূচনা অনুচ্ছেদ").fill(OPENING)
    page.get_by_label("সমাপ্তি অনুচ্ছেদ").fill(CLOSING)
    page.get_by_label("অনুলিপি সদয় জ্ঞাতার্থে").fill("\n".join(COPIES))
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()


def choose(box: Locator, words: str) -> None:
    """The option of a list that begins with these words."""
    box.select_option(box.locator("option").filter(has_text=words).get_attribute("value"))


def write_item(page: Page, meeting: Meeting, row: Row) -> None:
    minutes = Minutes(page)
    page.get_by_label("নতুন আলোচ্য বিষয়").fill(row.topic)
    page.get_by_role("button", name="যোগ করুন", exact=True).click()
    expect(page.get_by_role("heading", level=2).filter(has_text=row.topic)).to_be_visible()
    item = AgendaItem.objects.get(meeting=meeting, topic=row.topic)
    minutes.discuss(item, row.discussion)
    new = minutes.new_decision(item)
    new.get_by_role("textbox", name="সিদ্ধান্ত").fill(row.decision)
    new.get_by_role("textbox", name="বাস্তবায়নকারী").fill(row.implementer)
    minutes.leave()
    expect(minutes.decision_text(item)).to_have_value(row.decision)
    minutes.expect_chips(item, GROUP)
    minutes.expect_saved()


def take_attendance(page: Page, district: District) -> None:
    """All came but one, whose deputy came; one more did not; there was a guest."""
    page.get_by_role("link", name="উপস্থিতি").click()
    page.get_by_role("button", name="বাকি সবাই উপস্থিত").click()
    minutes = Minutes(page)
    *_others, represented, absent = district.members
    seat = page.get_by_role("group", name=represented.holder.name_bn)
    seat.get_by_text(str(Presence.REPRESENTED.label), exact=True).click()
    seat.get_by_label("প্রতিনিধির নাম").fill(DEPUTY)
    minutes.expect_saved()
    seat = page.get_by_role("group", name=absent.holder.name_bn)
    seat.get_by_text(str(Presence.ABSENT.label), exact=True).click()
    minutes.expect_saved()
    add = page.get_by_role("button", name="অতিথি যোগ করুন")
    form = page.locator("form").filter(has=add)
    for label, words in zip(("নাম", "পদবি", "দপ্তর"), GUEST, strict=True):
        form.get_by_label(label).fill(words)
    add.click()
    expect(page.get_by_role("listitem").filter(has_text=GUEST[0])).to_be_visible()
    page.get_by_role("link", name="লেখায় ফিরুন").click()


def settle_and_send(page: Page, meeting: Meeting) -> None:
    page.get_by_role("link", name="চূড়ান্ত করুন").click()
    page.get_by_label("স্মারক নম্বর").fill(MEMO)
    page.get_by_label("জারির তারিখ").fill(ISSUED_ON)
    page.get_by_role("button", name="চূড়ান্ত করুন").click()
    page.get_by_role("link", name="জারি করুন").click()
    page.get_by_role("button", name="জারি করুন ও পাঠান").click()
    expect(page.get_by_role("status").filter(has_text="জারি হয়েছে")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CIRCULATED
    given = [decision.assignments.count() for decision in meeting.decisions.all()]
    assert given == [4] * len(ROWS)


# --- The papers ----------------------------------------------------------------------------
def signature_of(post: Post) -> list[str]:
    """The block under which the holder of the post signs, line by line."""
    return [
        f"({post.holder.name_bn})",
        post.designation_bn,
        post.office.name_bn,
        f"ফোন: {post.phone}",
        f"ই-মেইল: {post.email}",
    ]


def download_pdf(page: Page, meeting: Meeting) -> bytes:
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_role("progressbar", name="PDF তৈরি")).to_be_visible()
    runner.run(job_id=MeetingDocument.objects.get(kind=DocumentKind.MINUTES).job_id)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF নামান").click()
    content = Path(download.value.path()).read_bytes()
    page.goto(meeting.get_absolute_url())
    return content


def assert_pdf_tells_all(pdf: bytes, district: District) -> None:
    cells = [cell for row in ROWS for cell in vars(row).values()]
    days = [HELD_ON, HELD_ON_BANGLA, ISSUED_ON, ISSUED_ON_BANGLA]
    *came, absent = [post.holder.name_bn for post in district.members]
    typed = [PLACE, TIME, MEMO, OPENING, CLOSING, *days, *cells, *COPIES, *GUEST, DEPUTY]
    assert missing_words(pdf, typed, reader="poppler") == []
    assert missing_words(pdf, typed, reader="pdfium") == []
    assert in_order(
        "".join(page_texts(pdf)),
        district.office.name_bn,
        district.chair.holder.name_bn,
        PLACE,
        f"{HELD_ON} খ্রিস্টাব্দ, {HELD_ON_BANGLA} বঙ্গাব্দ",
        TIME,
        OPENING,
        *HEADINGS,
        *(part for cell in cells for part in cell.split()),
        CLOSING,
        *signature_of(district.chair),
        f"স্মারক নং: {MEMO}",
        f"{ISSUED_ON_BANGLA} বঙ্গাব্দ",
        f"{ISSUED_ON} খ্রিস্টাব্দ",
        *COPIES,
        *signature_of(district.officer),
        "উপস্থিত সদস্যবৃন্দ",
        *came,
        *GUEST,
        "অনুপস্থিত সদস্যবৃন্দ",
        absent,
    )


def assert_word_file_tells_all(path: Path, district: District) -> None:
    file = Document(str(path))
    paragraphs = [paragraph.text for paragraph in file.paragraphs]
    facts, items, memo, *annex = (rows_of(table) for table in file.tables)
    chair = (district.chair.holder.name_bn, district.chair.designation_bn, district.office.name_bn)
    assert facts == [
        ["সভাপতি", ":", ", ".join(chair)],
        ["স্থান", ":", PLACE],
        ["তারিখ", ":", f"{HELD_ON} খ্রিস্টাব্দ, {HELD_ON_BANGLA} বঙ্গাব্দ, রবিবার"],
        ["সময়", ":", f"{TIME} টা"],
        ["উপস্থিত সদস্যবৃন্দ", ":", "পরিশিষ্ট ‘ক’ দ্রষ্টব্য"],
    ]
    assert items == [
        HEADINGS,
        list("১২৩৪৫"),
        *([serial, *vars(row).values()] for serial, row in zip("১২৩৪৫৬৭", ROWS, strict=True)),
    ]
    assert memo == [[f"স্মারক নং: {MEMO}", f"তারিখ: {ISSUED_ON_BANGLA} বঙ্গাব্দ\n{ISSUED_ON} খ্রিস্টাব্দ"]]
    for words in (OPENING, CLOSING, *signature_of(district.chair), *signature_of(district.officer)):
        assert words in paragraphs
    assert [text.split("\t")[1] for text in paragraphs if "।\t" in text] == list(COPIES)
    *came, represented, absent = [post.holder.name_bn for post in district.members]
    assert [[row[1] for row in rows[1:]] for rows in annex] == [
        [*came, f"{represented}\n(প্রতিনিধি: {DEPUTY})"],
        [GUEST[0]],
        [absent],
    ]


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]
