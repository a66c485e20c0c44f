"""Two officers in one plan at the same time: who writes where, what came from the other, the way
back from one's own last change. What happens to two texts of one row is in test_two_officers.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Upazila
from tests.browser.support import Grid, NewPage, Troubles, log_in
from tests.factories import make_plan
from workplans.actions import add_task, update_task
from workplans.actions.writing import TEXT_FIELDS
from workplans.models import Presence, Task, WorkPlan

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    return make_plan(upazila.office, by=upazila.head, tasks=3)


@pytest.fixture
def tasks(plan: WorkPlan) -> list[Task]:
    return list(plan.tasks.in_order())


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila) -> Page:
    page = new_page()
    log_in(page, upazila.officer)
    return page


@pytest.fixture
def grid(page: Page, plan: WorkPlan) -> Grid:
    grid = Grid(page)
    grid.open(plan)
    return grid


def hurry(page: Page) -> None:
    """Let the page know at once what it would ask for within twenty seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def save_as(task: Task, upazila: Upazila, **cells: str) -> None:
    """The other member of the team saves the row."""
    task = Task.everything.get(pk=task.pk)
    fields = {name: getattr(task, name) for name in TEXT_FIELDS} | cells
    update_task(task=task, version=task.version, fields=fields, by=upazila.member)


def test_the_other_is_seen_at_the_row_and_below_the_table(
    grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task], upazila: Upazila, new_page: NewPage
) -> None:
    colleague = new_page()
    log_in(colleague, upazila.member)
    other = Grid(colleague)
    other.open(plan)
    number = other.row(tasks[1]).locator("td.num a").inner_text()
    with colleague.expect_response("**/presence/"):
        other.cell(tasks[1], "measure").click()
    line = page.locator("[data-together-line]")
    hurry(page)
    expect(line).to_have_text(f"{upazila.member.name_bn} এখন {number} লিখছেন")
    sign = grid.row(tasks[1]).get_by_role("img")
    expect(sign).to_have_attribute("title", f"{upazila.member.name_bn} এখন এই সারি লিখছেন")

    with colleague.expect_response("**/presence/"):
        other.leave()
    hurry(page)
    expect(line).to_have_text(f"{upazila.member.name_bn} এই পরিকল্পনায় আছেন")
    expect(sign).to_have_count(0)
    colleague.close(run_before_unload=True)
    while Presence.objects.filter(user=upazila.member).exists():
        page.wait_for_timeout(20)
    hurry(page)
    expect(line).to_be_empty()


def test_what_the_other_saved_comes_by_itself_and_spares_what_one_writes(
    grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task], upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409")
    mine, theirs, _last = tasks
    grid.write(mine, "title", "আমার অর্ধেক লেখা")
    save_as(theirs, upazila, measure="সহকর্মীর পরিমাপ")
    save_as(mine, upazila, title="সহকর্মীর কাজের নাম")
    hurry(page)
    expect(grid.cell(theirs, "measure")).to_have_text("সহকর্মীর পরিমাপ")
    expect(grid.row(mine)).to_contain_text("এর মধ্যে বদলেছে")
    expect(grid.box(mine, "title")).to_have_value("আমার অর্ধেক লেখা")

    words = {"subject": "উন্মুক্ত তথ্য", "title": "সহকর্মীর নতুন কাজ"}
    add_task(
        workplan=plan,
        fields=dict.fromkeys(TEXT_FIELDS, "") | words,
        by=upazila.member,
    )
    hurry(page)
    expect(grid.rows).to_have_count(4)
    expect(page.get_by_role("rowheader", name="উন্মুক্ত তথ্য")).to_be_visible()
    expect(grid.box(mine, "title")).to_be_focused()
    expect(grid.box(mine, "title")).to_have_value("আমার অর্ধেক লেখা")

    grid.leave()
    dialog = page.get_by_role("dialog", name="সারিটি এর মধ্যে আরেকজন বদলেছেন")
    expect(dialog).to_contain_text("আমার অর্ধেক লেখা")
    expect(dialog).to_contain_text("সহকর্মীর কাজের নাম")


def test_last_changes_are_taken_back_by_key_and_by_link(
    grid: Grid, page: Page, tasks: list[Task], troubles: Troubles
) -> None:
    troubles.expect("422")
    row, title, measure = tasks[0], tasks[0].title, tasks[0].measure
    back = page.get_by_title("নিজের শেষ পরিবর্তন")
    expect(back).to_be_hidden()
    grid.write(row, "title", "ভুল নাম")
    grid.leave()
    grid.expect_saved()
    grid.write(row, "measure", "ভুল পরিমাপ")
    grid.leave()
    expect(grid.cell(row, "measure")).to_have_text("ভুল পরিমাপ")

    page.keyboard.press("Control+z")
    expect(grid.cell(row, "measure")).to_have_text(measure)
    expect(page.get_by_role("status").filter(has_text="আগের লেখা ফিরেছে")).to_be_visible()
    expect(grid.cell(row, "title")).to_have_text("ভুল নাম")
    back.click()
    expect(grid.cell(row, "title")).to_have_text(title)
    back.click()
    expect(grid.status).to_contain_text("সাম্প্রতিক পরিবর্তন নেই")

    # In a box the key is the box's own.
    grid.write(row, "measure", "লেখা চলছে")
    page.keyboard.press("Control+z")
    expect(grid.row(row)).to_have_attribute("data-editing", "yes")


def test_name_of_a_subject_that_the_other_renamed_shows_both(
    grid: Grid, page: Page, plan: WorkPlan, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409")
    page.get_by_role("button", name="প্রশিক্ষণ").click()
    page.get_by_role("rowheader").get_by_role("combobox").fill("আমার দেওয়া নাম")
    subject = plan.subjects.get(name="প্রশিক্ষণ")
    subject.name = "সহকর্মীর দেওয়া নাম"
    subject.save()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="বিষয়ের নাম এর মধ্যে বদলেছে")
    expect(dialog).to_contain_text("সহকর্মীর দেওয়া নাম")
    dialog.get_by_role("radio", name="আপনার লেখা").check()
    dialog.get_by_role("button", name="বাছাই করা নাম রাখুন").click()
    expect(page.get_by_role("rowheader", name="আমার দেওয়া নাম")).to_be_visible()
    subject.refresh_from_db()
    assert subject.name == "আমার দেওয়া নাম"
