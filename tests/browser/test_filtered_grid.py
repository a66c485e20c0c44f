"""Writing in the grid while only some of its rows are looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Upazila
from tests.browser.support import Grid, close_tab, log_in
from tests.factories import make_plan, make_task
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser

UNSENT = "যে কথা পৌঁছায়নি"


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    return make_plan(upazila.office, by=upazila.head, tasks=0)


@pytest.fixture
def shown(plan: WorkPlan, upazila: Upazila) -> Task:
    """The row without a date, at which the tests look."""
    return make_task(plan, by=upazila.head, start_text="চলমান", end_text="")


@pytest.fixture
def hidden(plan: WorkPlan, upazila: Upazila) -> Task:
    return make_task(plan, by=upazila.head, number=3)


def test_rows_looked_at_are_written_copied_and_added_to(
    page: Page, upazila: Upazila, plan: WorkPlan, shown: Task, hidden: Task
) -> None:
    log_in(page, upazila.officer)
    grid = Grid(page)
    page.goto(f"{plan.get_absolute_url()}?state=undated")
    assert grid.order() == [shown.pk]
    expect(page.locator(".narrowed")).to_contain_text("২টির মধ্যে ১টি")

    grid.write(shown, "measure", "নতুন পরিমাপ")
    grid.leave()
    grid.expect_saved()
    # Places among rows that are out of sight mean nothing.
    expect(grid.open_menu(shown).get_by_role("button", name="ওপরে নিন")).to_have_count(0)
    page.keyboard.press("Escape")

    page.get_by_role("link", name="কাজ যোগ করুন").click()
    page.get_by_role("textbox", name="গৃহীতব্য কাজ").fill("ছাঁকনির বাইরের কাজ")
    page.get_by_role("textbox", name="সমাপ্তির তারিখ").fill("৩০ জুন ২০২৭")
    grid.leave()
    expect(page.locator(".narrowed")).to_contain_text("৩টির মধ্যে ২টি")
    expect(grid.rows).to_have_count(2)

    grid.choose(shown, "অনুলিপি করুন")
    expect(page.locator(".narrowed")).to_contain_text("৪টির মধ্যে ২টি")
    expect(grid.row(hidden)).to_have_count(0)
    page.get_by_role("link", name="সব দেখুন").click()
    expect(grid.rows).to_have_count(4)


def test_unsent_words_of_a_row_out_of_sight_wait_for_it(
    page: Page, upazila: Upazila, plan: WorkPlan, shown: Task, hidden: Task
) -> None:
    log_in(page, upazila.officer)
    first = Grid(page)
    first.open(plan)
    first.write(hidden, "measure", UNSENT)
    context = page.context
    close_tab(page, UNSENT)

    later = context.new_page()
    grid = Grid(later)
    later.goto(f"{plan.get_absolute_url()}?state=undated")
    assert grid.order() == [shown.pk]  # and no new row made of them
    later.get_by_role("link", name="সব দেখুন").click()
    grid.expect_saved()
    expect(grid.cell(hidden, "measure")).to_have_text(UNSENT)
    assert plan.tasks.count() == 2
