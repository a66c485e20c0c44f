"""The plan as a table one writes in, with keyboard, mouse and finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Upazila
from tests.browser.support import Grid, NewPage, SlowLine, log_in
from tests.factories import make_plan
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FIRST, SECOND, THIRD = range(3)


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    """Two rows under "সেবা সহজীকরণ", then one under "প্রশিক্ষণ"."""
    return make_plan(upazila.office, by=upazila.head, tasks=3)


@pytest.fixture
def tasks(plan: WorkPlan) -> list[Task]:
    """The plan's tasks in the order of the grid."""
    return sorted(plan.tasks.all(), key=lambda task: (task.subject.name == "প্রশিক্ষণ", task.pk))


@pytest.fixture
def grid(page: Page, upazila: Upazila, plan: WorkPlan) -> Grid:
    """The plan's grid, open before the innovation officer."""
    log_in(page, upazila.officer)
    grid = Grid(page)
    grid.open(plan)
    return grid


def test_row_is_written_with_the_keyboard(grid: Grid, page: Page, tasks: list[Task]) -> None:
    row, below = tasks[FIRST], tasks[SECOND]
    grid.write(row, "title", "অনলাইনে ট্রেড লাইসেন্স নবায়ন")
    page.keyboard.press("Tab")
    expect(grid.box(row, "start_text")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    grid.box(row, "start_text").fill("১৫/০৯/২০২৬")
    page.keyboard.press("Enter")
    expect(grid.cell(below, "start_text")).to_be_focused()
    grid.expect_saved()

    page.reload()
    expect(grid.cell(row, "title")).to_have_text("অনলাইনে ট্রেড লাইসেন্স নবায়ন")
    expect(grid.cell(row, "start_text")).to_have_text("১৫ সেপ্টেম্বর ২০২৬")
    row.refresh_from_db()
    assert (row.title, row.start_text) == ("অনলাইনে ট্রেড লাইসেন্স নবায়ন", "১৫/০৯/২০২৬")


def test_arrows_move_and_escape_takes_back(grid: Grid, page: Page, tasks: list[Task]) -> None:
    row, below = tasks[FIRST], tasks[SECOND]
    grid.cell(row, "measure").click()
    page.keyboard.press("Escape")
    expect(grid.cell(row, "measure")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(grid.cell(below, "measure")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(grid.cell(below, "expected_result")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(grid.cell(row, "measure")).to_be_focused()

    page.keyboard.type("5 days")
    expect(grid.box(row, "measure")).to_have_value("5 days")
    page.keyboard.press("Escape")
    expect(grid.cell(row, "measure")).to_have_text(row.measure)
    page.reload()
    expect(grid.cell(row, "measure")).to_have_text(row.measure)
    expect(grid.status).to_be_empty()


def test_row_is_added_under_a_new_subject(grid: Grid, page: Page, tasks: list[Task]) -> None:
    page.get_by_role("link", name="কাজ যোগ করুন").click()
    new = page.get_by_role("row").filter(has=page.get_by_role("textbox", name="গৃহীতব্য কাজ"))
    expect(new.get_by_role("textbox", name="গৃহীতব্য কাজ")).to_be_focused()
    page.get_by_role("rowheader").get_by_label("বিষয়").fill("উন্মুক্ত তথ্য")
    new.get_by_role("textbox", name="গৃহীতব্য কাজ").fill("বাজেটের তথ্য ওয়েবসাইটে প্রকাশ")
    new.get_by_role("textbox", name="পরিমাপ").fill("প্রকাশিত ছকের সংখ্যা")
    page.keyboard.press("Enter")
    grid.expect_saved()
    expect(page.get_by_role("rowheader", name="উন্মুক্ত তথ্য")).to_be_visible()
    expect(grid.rows).to_have_count(4)
    added = Task.objects.select_related("subject").latest("pk")
    assert (added.subject.name, added.title) == ("উন্মুক্ত তথ্য", "বাজেটের তথ্য ওয়েবসাইটে প্রকাশ")
    expect(grid.cell(added, "title")).to_be_focused()


def test_row_is_deleted_and_taken_back(grid: Grid, page: Page, tasks: list[Task]) -> None:
    row = tasks[SECOND]
    grid.choose(row, "মুছে ফেলুন")
    expect(grid.row(row)).to_have_count(0)
    assert row not in WorkPlan.objects.get().tasks.kept()
    page.get_by_role("status").get_by_role("button", name="ফিরিয়ে নিন").click()
    expect(grid.cell(row, "title")).to_be_focused()
    assert grid.order() == [task.pk for task in tasks]
    assert row in WorkPlan.objects.get().tasks.kept()


def test_row_is_copied_and_moved(grid: Grid, page: Page, tasks: list[Task]) -> None:
    first, second, third = (task.pk for task in tasks)
    grid.write(tasks[FIRST], "measure", "নিষ্পত্তির গড় দিন")
    grid.choose(tasks[FIRST], "অনুলিপি করুন")
    expect(grid.rows).to_have_count(4)
    copy = Task.objects.latest("pk")
    expect(grid.cell(copy, "title")).to_be_focused()
    assert (copy.title, copy.measure) == (tasks[FIRST].title, "নিষ্পত্তির গড় দিন")
    assert grid.order() == [first, copy.pk, second, third]

    page.keyboard.press("Alt+ArrowDown")
    grid.expect_saved()
    expect(grid.cell(copy, "title")).to_be_focused()
    assert grid.order() == [first, second, copy.pk, third]


def test_subject_is_renamed(grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task]) -> None:
    page.get_by_role("button", name="প্রশিক্ষণ").click()
    box = page.get_by_role("rowheader").get_by_role("combobox")
    expect(box).to_have_value("প্রশিক্ষণ")
    box.fill("দক্ষতা উন্নয়ন")
    page.keyboard.press("Enter")
    grid.expect_saved()
    expect(page.get_by_role("rowheader", name="দক্ষতা উন্নয়ন")).to_be_visible()
    assert tasks[THIRD].pk in plan.tasks.filter(subject__name="দক্ষতা উন্নয়ন").values_list(
        "pk", flat=True
    )


def test_writing_goes_on_while_the_subject_gets_another_name(
    grid: Grid, page: Page, tasks: list[Task]
) -> None:
    """The name moves the row's version on; nobody is shown their own text as somebody else's."""
    row = tasks[THIRD]
    slow_line = SlowLine(page, "**/rename/")
    page.get_by_role("button", name="প্রশিক্ষণ").click()
    page.get_by_role("rowheader").get_by_role("combobox").fill("দক্ষতা উন্নয়ন")
    page.keyboard.press("Enter")
    slow_line.wait_for_request()
    grid.write(row, "measure", "প্রশিক্ষিত কর্মীর সংখ্যা")
    slow_line.let_go()
    expect(page.get_by_role("rowheader", name="দক্ষতা উন্নয়ন")).to_be_visible()
    grid.leave()
    expect(grid.cell(row, "measure")).to_have_text("প্রশিক্ষিত কর্মীর সংখ্যা")
    grid.expect_saved()
    row.refresh_from_db()
    assert (row.measure, row.subject.name) == ("প্রশিক্ষিত কর্মীর সংখ্যা", "দক্ষতা উন্নয়ন")


def test_writing_goes_on_in_a_row_that_is_being_sent(
    grid: Grid, page: Page, tasks: list[Task]
) -> None:
    row = tasks[FIRST]
    slow_line = SlowLine(page, "**/update/")
    grid.write(row, "title", "জন্ম নিবন্ধনে এক দিনের সেবা")
    grid.leave()
    slow_line.wait_for_request()
    box = grid.box(row, "measure")
    box.fill("এক দিনে নিষ্পত্তির হার")
    slow_line.let_go()
    grid.expect_saved()
    expect(box).to_be_focused()
    expect(box).to_have_value("এক দিনে নিষ্পত্তির হার")

    grid.leave()
    grid.expect_saved()
    expect(grid.cell(row, "measure")).to_have_text("এক দিনে নিষ্পত্তির হার")
    row.refresh_from_db()
    assert (row.title, row.measure) == ("জন্ম নিবন্ধনে এক দিনের সেবা", "এক দিনে নিষ্পত্তির হার")


def test_writing_goes_on_while_the_table_comes_anew(
    grid: Grid, page: Page, tasks: list[Task]
) -> None:
    """A new row's answer brings the whole table while the next row is being written already."""
    row = tasks[SECOND]
    slow_line = SlowLine(page, "**/tasks/create/")
    page.get_by_role("link", name="কাজ যোগ করুন").click()
    page.get_by_role("textbox", name="গৃহীতব্য কাজ").fill("ভূমি মেলার আয়োজন")
    grid.write(row, "measure", "মেলায় দেওয়া সেবার সংখ্যা")
    slow_line.let_go()
    expect(grid.rows).to_contain_text(["", "", "", "ভূমি মেলার আয়োজন"])
    expect(grid.box(row, "measure")).to_be_focused()
    expect(grid.box(row, "measure")).to_have_value("মেলায় দেওয়া সেবার সংখ্যা")

    page.keyboard.press("Enter")
    grid.expect_saved()
    expect(grid.cell(row, "measure")).to_have_text("মেলায় দেওয়া সেবার সংখ্যা")
    row.refresh_from_db()
    assert row.measure == "মেলায় দেওয়া সেবার সংখ্যা"


def test_row_is_written_with_a_finger(
    new_page: NewPage, upazila: Upazila, plan: WorkPlan, tasks: list[Task]
) -> None:
    page = new_page(**PHONE)
    log_in(page, upazila.member)
    grid, row = Grid(page), tasks[FIRST]
    grid.open(plan)
    grid.cell(row, "expected_result").tap()
    box = grid.box(row, "expected_result")
    expect(box).to_be_focused()
    box.fill("একবারেই সেবা পাওয়া যাবে")
    page.get_by_role("heading", level=1).tap()
    grid.expect_saved()
    expect(grid.cell(row, "expected_result")).to_contain_text("একবারেই সেবা পাওয়া যাবে")
    row.refresh_from_db()
    assert row.expected_result == "একবারেই সেবা পাওয়া যাবে"
