"""Two officers in one row: the second save is refused, shown beside the first, and settled."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import Upazila
from tests.browser.support import Grid, NewPage, Troubles, log_in
from tests.factories import make_plan
from workplans.actions import rename_subject

pytestmark = pytest.mark.browser


def test_stale_row_is_settled_field_by_field(
    new_page: NewPage, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409")
    plan = make_plan(upazila.office, by=upazila.head)
    task = plan.tasks.get()
    grids = []
    for person in (upazila.officer, upazila.member):
        page = new_page()
        log_in(page, person)
        grids.append(Grid(page))
        grids[-1].open(plan)
    first, second = grids

    first.write(task, "title", "প্রথম জনের কাজের নাম")
    first.box(task, "measure").fill("প্রথম জনের পরিমাপ")
    first.leave()
    first.expect_saved()

    second.write(task, "title", "দ্বিতীয় জনের কাজের নাম")
    second.box(task, "measure").fill("দ্বিতীয় জনের পরিমাপ")
    second.leave()
    dialog = page.get_by_role("dialog", name="সারিটি এর মধ্যে আরেকজন বদলেছেন")
    for words in ("প্রথম জনের", "দ্বিতীয় জনের"):
        expect(dialog).to_contain_text(f"{words} কাজের নাম")
        expect(dialog).to_contain_text(f"{words} পরিমাপ")
    task.refresh_from_db()
    assert (task.title, task.measure) == ("প্রথম জনের কাজের নাম", "প্রথম জনের পরিমাপ")

    title = dialog.get_by_role("group", name="গৃহীতব্য কাজের নাম")
    title.get_by_role("radio", name=upazila.officer.name_bn).check()
    measure = dialog.get_by_role("group", name="পরিমাপ")
    expect(measure.get_by_role("radio", name="আপনার লেখা")).to_be_checked()
    dialog.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
    second.expect_saved()
    expect(second.cell(task, "title")).to_contain_text("প্রথম জনের কাজের নাম")
    task.refresh_from_db()
    assert (task.title, task.measure) == ("প্রথম জনের কাজের নাম", "দ্বিতীয় জনের পরিমাপ")
    page.reload()
    expect(second.cell(task, "measure")).to_contain_text("দ্বিতীয় জনের পরিমাপ")
    expect(second.status).to_be_empty()


def test_row_of_a_renamed_subject_does_not_bring_the_old_name_back(
    new_page: NewPage, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409")
    plan = make_plan(upazila.office, by=upazila.head)
    task = plan.tasks.get()
    page = new_page()
    log_in(page, upazila.officer)
    grid = Grid(page)
    grid.open(plan)
    rename_subject(subject=task.subject, name="দক্ষতা উন্নয়ন", by=upazila.member)

    grid.write(task, "title", "এর মধ্যে লেখা কাজের নাম")
    grid.leave()
    dialog = page.get_by_role("dialog", name="সারিটি এর মধ্যে আরেকজন বদলেছেন")
    expect(dialog.get_by_role("group")).to_have_count(1)
    dialog.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
    grid.expect_saved()
    task = plan.tasks.select_related("subject").get()
    assert (task.subject.name, task.title) == ("দক্ষতা উন্নয়ন", "এর মধ্যে লেখা কাজের নাম")
