"""A newcomer's first day: from an empty plan to a PDF of the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bangla.pdf.check import extract, missing_words
from tests.browser.house import Upazila, WordTable, word_table
from tests.browser.support import CLIPBOARD, PAPER_SECONDS, Grid, NewPage, log_in, paste
from tests.factories import PNG
from tests.workplans.files import seen_in
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser


@pytest.fixture
def officer_page(new_page: NewPage, upazila: Upazila) -> Page:
    """The innovation officer, logged in, with a clipboard."""
    page = new_page(permissions=CLIPBOARD)
    log_in(page, upazila.officer)
    return page


def test_from_first_log_in_to_the_report(
    officer_page: Page, upazila: Upazila, start_worker: Callable[[], None]
) -> None:
    page, table = officer_page, word_table()
    create_plan(page)
    paste(page, text=table.text, html=table.html)
    mend_the_doubt(page, table)
    take_in(page, table)
    report_progress(page, Task.objects.get(title=table.titles[0]))

    page.goto(WorkPlan.objects.get().get_absolute_url())
    page.get_by_text("ছাপা ও ফাইল").click()
    page.get_by_role("button", name="বার্ষিক প্রতিবেদন").click()
    page.get_by_role("button", name="খসড়ার PDF").click()
    expect(page.get_by_role("progressbar", name="PDF তৈরি")).to_be_visible()
    start_worker()
    link = page.get_by_role("link", name="PDF নামান")
    expect(link).to_be_visible(timeout=PAPER_SECONDS * 1000)
    pdf = download(page, link)
    words = [upazila.office.name_bn, *table.subjects, *table.titles, "৬০%"]
    assert missing_words(pdf, words, reader="poppler") == []
    assert "পৃষ্ঠা" in extract(pdf, reader="poppler")


def test_plain_text_pasted_in_the_import_box(officer_page: Page) -> None:
    """Excel, or a mail program: no HTML on the clipboard."""
    page, table = officer_page, word_table()
    create_plan(page)
    page.get_by_role("link", name="ছক আটকান বা ফাইল দিন").click()
    page.get_by_label("ছক আটকান").focus()
    paste(page, text=table.text)
    page.get_by_role("button", name="সারিগুলো দেখান").click()
    mend_the_doubt(page, table)
    take_in(page, table)


def create_plan(page: Page) -> None:
    page.get_by_role("link", name="নতুন পরিকল্পনা").first.click()
    page.get_by_role("button", name="পরিকল্পনা খুলুন").click()
    expect(page.get_by_role("heading", name="এখনো কোনো কাজ লেখা হয়নি")).to_be_visible()


def mend_the_doubt(page: Page, table: WordTable) -> None:
    """Every row is shown; one cell is marked, with its reason, and is set right here."""
    expect(page.get_by_role("heading", name="সারিগুলো মিলিয়ে নিন")).to_be_visible()
    expect(page.get_by_text("৩টি সারি পড়া হয়েছে")).to_be_visible()
    cells = page.get_by_role("cell").filter(has=page.get_by_role("textbox", name="সমাপ্তির তারিখ"))
    expect(cells).to_have_count(3)
    doubtful, certain = cells.nth(1), cells.nth(2)
    expect(doubtful).to_contain_text("সাল লেখা নেই")
    assert background(doubtful) != background(certain)
    box = doubtful.get_by_role("textbox")
    expect(box).to_have_value(table.doubtful)
    box.fill(table.certain)


def take_in(page: Page, table: WordTable) -> None:
    """The rows stand in the plan under their subjects, and nothing is marked any more."""
    page.get_by_role("button", name="টিক দেওয়া সারি পরিকল্পনায় নিন").click()
    expect(page.get_by_role("status").filter(has_text="৩টি কাজ")).to_be_visible()
    rows = Grid(page).rows
    expect(rows).to_contain_text(table.titles)
    for subject in table.subjects:
        expect(page.get_by_role("rowheader", name=subject)).to_be_visible()
    tasks = Task.objects.select_related("subject")
    assert {task.title: task.subject.name for task in tasks} == {
        row[2]: row[1] for row in table.rows
    }
    assert all(task.has_dates and not task.doubts for task in tasks)


def report_progress(page: Page, task: Task) -> None:
    """Two taps from the grid: percent and a picture."""
    Grid(page).row(task).get_by_role("link", name="অগ্রগতি দিন").click()
    page.get_by_label("কী হয়েছে").fill("প্রথম ক্যাম্পে ১২০ জনকে রশিদ দেওয়া হয়েছে")
    page.get_by_label("অগ্রগতি (শতাংশ)").fill("৬০")
    page.get_by_label("প্রমাণ").set_input_files(
        {"name": "ক্যাম্পের ছবি.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("button", name="অগ্রগতি সংরক্ষণ করুন").click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()
    entry = page.get_by_role("listitem").filter(has_text="১২০ জনকে")
    expect(entry).to_contain_text("৬০%")
    evidence = entry.get_by_role("link", name="ক্যাম্পের ছবি.png").get_attribute("href")
    assert evidence is not None
    assert seen_in(page.request.get(evidence).body()) == seen_in(PNG)


def download(page: Page, link: Locator) -> bytes:
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".pdf")
    return Path(download.value.path()).read_bytes()


def background(cell: Locator) -> str:
    colour: str = cell.evaluate("cell => getComputedStyle(cell).backgroundColor")
    return colour
