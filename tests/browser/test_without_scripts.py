"""The whole way with JavaScript switched off, as behind an old proxy or on a dying line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jobs.enums import JobStatus
from jobs.models import Job
from tests.browser.house import Upazila, word_table
from tests.browser.support import PAPER_SECONDS, Grid, NewPage, Troubles, log_in
from tests.factories import make_plan
from workplans.actions import TEXT_FIELDS, update_task
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    return make_plan(upazila.office, by=upazila.head)


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila, plan: WorkPlan) -> Page:
    """The innovation officer on the plan's page, without scripts."""
    page = new_page(java_script_enabled=False)
    log_in(page, upazila.officer)
    page.goto(plan.get_absolute_url())
    return page


def test_row_is_added_changed_deleted_and_taken_back(page: Page) -> None:
    grid = Grid(page)
    page.get_by_role("link", name="কাজ যোগ করুন").click()
    page.get_by_label("বিষয়", exact=True).fill("উন্মুক্ত তথ্য")
    page.get_by_label("গৃহীতব্য কাজের নাম").fill("বাজেটের তথ্য ওয়েবসাইটে প্রকাশ")
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(page.get_by_role("rowheader", name="উন্মুক্ত তথ্য")).to_be_visible()
    task = Task.objects.get(title="বাজেটের তথ্য ওয়েবসাইটে প্রকাশ")

    grid.open_menu(task).get_by_role("link", name="সব ঘর সম্পাদনা").click()
    page.get_by_label("শুরুর তারিখ").fill("১৫/০৯/২০২৬")
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(grid.cell(task, "start_text")).to_have_text("১৫ সেপ্টেম্বর ২০২৬")

    grid.choose(task, "মুছে ফেলুন")
    expect(page.get_by_role("status").filter(has_text="মুছে ফেলা হয়েছে")).to_be_visible()
    expect(grid.row(task)).to_have_count(0)
    page.get_by_role("button", name="ফিরিয়ে নিন").click()
    expect(grid.row(task)).to_be_visible()


def test_stale_row_is_settled_on_a_page(
    page: Page, plan: WorkPlan, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409")
    task = plan.tasks.get()
    Grid(page).open_menu(task).get_by_role("link", name="সব ঘর সম্পাদনা").click()
    theirs = {name: getattr(task, name) for name in TEXT_FIELDS}
    theirs |= {"title": "প্রথম জনের কাজের নাম", "measure": "প্রথম জনের পরিমাপ"}
    update_task(task=task, version=task.version, fields=theirs, by=upazila.member)

    page.get_by_label("গৃহীতব্য কাজের নাম").fill("দ্বিতীয় জনের কাজের নাম")
    page.get_by_label("পরিমাপ").fill("দ্বিতীয় জনের পরিমাপ")
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    title = page.get_by_role("group", name="গৃহীতব্য কাজের নাম")
    expect(title).to_contain_text("প্রথম জনের কাজের নাম")
    expect(title).to_contain_text("দ্বিতীয় জনের কাজের নাম")
    title.get_by_role("radio", name=upazila.member.name_bn).check()
    page.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
    expect(Grid(page).cell(task, "measure")).to_contain_text("দ্বিতীয় জনের পরিমাপ")
    task.refresh_from_db()
    assert (task.title, task.measure) == ("প্রথম জনের কাজের নাম", "দ্বিতীয় জনের পরিমাপ")


def test_from_a_pasted_table_to_the_paper(
    page: Page, plan: WorkPlan, start_worker: Callable[[], None]
) -> None:
    table = word_table()
    page.get_by_text("পরিকল্পনার কাজ").click()
    page.get_by_role("link", name="Word/Excel থেকে আনুন").click()
    page.get_by_label("ছক আটকান").fill(table.text)
    page.get_by_role("button", name="সারিগুলো দেখান").click()
    page.get_by_role("textbox", name="সমাপ্তির তারিখ").nth(1).fill(table.certain)
    page.get_by_role("button", name="টিক দেওয়া সারি পরিকল্পনায় নিন").click()
    expect(page.get_by_role("status").filter(has_text="৩টি কাজ")).to_be_visible()

    task = Task.objects.get(title=table.titles[0])
    Grid(page).row(task).get_by_role("link", name="অগ্রগতি দিন").click()
    page.get_by_label("অগ্রগতি (শতাংশ)").fill("৬০")
    page.get_by_role("button", name="অগ্রগতি সংরক্ষণ করুন").click()
    expect(page.get_by_role("listitem").filter(has_text="৬০%")).to_be_visible()

    page.goto(plan.get_absolute_url())
    page.get_by_text("ছাপা ও ফাইল").click()
    page.get_by_role("button", name="PDF তৈরি করুন").click()
    expect(page.get_by_role("progressbar", name="PDF তৈরি")).to_be_visible()
    start_worker()
    wait_for_paper()
    page.get_by_role("link", name="অবস্থা দেখুন").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF নামান").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def wait_for_paper() -> None:
    """Until the only job is done; the page itself stands still."""
    end = time.monotonic() + PAPER_SECONDS
    while Job.objects.get().status != JobStatus.DONE:
        assert time.monotonic() < end, Job.objects.get().error
        time.sleep(0.1)
