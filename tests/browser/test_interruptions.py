"""A session that ends, a line that breaks, a tab that is closed: what was typed is never lost."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from reports.actions import update_section
from tests.browser.house import Upazila, word_table
from tests.browser.support import Grid, NewPage, Troubles, fill_log_in, log_in
from tests.factories import make_plan
from tests.reports.build import report_of
from workplans.actions import delete_task
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser

WORDS = "গ্রাম আদালতের নথি অনলাইনে খোঁজার ব্যবস্থা"
EXPIRED = "লগ-ইনের মেয়াদ শেষ হয়েছে"


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    return make_plan(upazila.office, by=upazila.head, tasks=2)


@pytest.fixture
def task(plan: WorkPlan) -> Task:
    return plan.tasks.order_by("pk")[0]


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila) -> Page:
    """The innovation officer, logged in."""
    page = new_page()
    log_in(page, upazila.officer)
    return page


@pytest.fixture
def grid(page: Page, plan: WorkPlan) -> Grid:
    """The plan's grid, open."""
    grid = Grid(page)
    grid.open(plan)
    return grid


def end_sessions() -> None:
    """As when the server forgets them over the night."""
    Session.objects.all().delete()


def test_grid_words_survive_the_end_of_the_session(
    grid: Grid, page: Page, task: Task, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("401")
    end_sessions()
    grid.write(task, "title", WORDS)
    grid.leave()
    expect(page.get_by_role("alert").filter(has_text=EXPIRED)).to_be_visible()
    expect(grid.box(task, "title")).to_have_value(WORDS)

    grid.open(task.plan)
    fill_log_in(page, upazila.officer)
    grid.expect_saved()
    expect(grid.cell(task, "title")).to_contain_text(WORDS)
    task.refresh_from_db()
    assert task.title == WORDS


def test_grid_goes_on_after_a_log_in_in_another_tab(
    grid: Grid, page: Page, task: Task, upazila: Upazila, troubles: Troubles
) -> None:
    """What the bar proposes: the row is sent as soon as the officer comes back to its tab."""
    troubles.expect("401")
    end_sessions()
    grid.write(task, "title", WORDS)
    grid.leave()
    bar = page.get_by_role("alert").filter(has_text=EXPIRED)
    with page.expect_popup() as popup:
        bar.get_by_role("link", name="আবার লগ-ইন করুন").click()
    fill_log_in(popup.value, upazila.officer)
    expect(popup.value.get_by_role("heading", level=1, name="আমার করণীয়")).to_be_visible()
    # Its scripts tell this tab of the log-in.
    popup.value.wait_for_load_state()
    popup.value.close()

    page.bring_to_front()
    grid.expect_saved()
    expect(bar).to_be_hidden()
    expect(grid.cell(task, "title")).to_contain_text(WORDS)
    task.refresh_from_db()
    assert task.title == WORDS


def test_words_of_a_form_are_offered_after_the_log_in(
    page: Page, task: Task, upazila: Upazila
) -> None:
    page.goto(task.get_absolute_url())
    page.get_by_label("কী হয়েছে").fill(WORDS)
    page.get_by_label("অগ্রগতি (শতাংশ)").fill("২৫")
    end_sessions()
    page.get_by_role("button", name="অগ্রগতি সংরক্ষণ করুন").click()
    fill_log_in(page, upazila.officer)
    expect(page.get_by_role("heading", level=1, name="আপনার লেখা রাখা আছে")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    assert not task.progress.exists()
    page.get_by_role("button", name="এখন জমা দিন").click()
    expect(page.get_by_role("listitem").filter(has_text=WORDS)).to_contain_text("২৫%")
    assert task.progress.get().text == WORDS
    # They have arrived, so the browser offers them no more.
    expect(page.get_by_label("কী হয়েছে")).to_be_empty()


def test_grid_words_survive_a_broken_line(
    grid: Grid, page: Page, task: Task, troubles: Troubles
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="ইন্টারনেট সংযোগ নেই")).to_be_visible()
    grid.write(task, "title", WORDS)
    grid.leave()
    expect(grid.status).to_contain_text("সংযোগ নেই")
    expect(grid.box(task, "title")).to_have_value(WORDS)

    page.context.set_offline(False)
    grid.expect_saved()
    expect(grid.cell(task, "title")).to_contain_text(WORDS)
    task.refresh_from_db()
    assert task.title == WORDS


def test_row_whose_answer_was_lost_is_not_in_conflict_with_itself(
    grid: Grid, page: Page, task: Task, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page.route("**/update/", lose_answer, times=1)
    grid.write(task, "title", WORDS)
    grid.leave()
    expect(grid.status).to_contain_text("সংযোগ নেই")
    reconnect(page)
    grid.expect_saved()
    expect(grid.cell(task, "title")).to_contain_text(WORDS)
    task.refresh_from_db()
    assert (task.title, task.version) == (WORDS, 2)


def test_new_row_whose_answer_was_lost_is_added_once_with_all_words(
    grid: Grid, page: Page, plan: WorkPlan, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page.route("**/tasks/create/", lose_answer, times=1)
    page.get_by_role("link", name="কাজ যোগ করুন").click()
    page.get_by_role("textbox", name="গৃহীতব্য কাজ").fill(WORDS)
    grid.leave()
    expect(grid.status).to_contain_text("সংযোগ নেই")
    page.get_by_role("textbox", name="পরিমাপ").fill("খোঁজা নথির সংখ্যা")
    page.reload()
    grid.expect_saved()
    expect(grid.rows).to_have_count(3)
    expect(grid.rows.last).to_contain_text("খোঁজা নথির সংখ্যা")
    added = plan.tasks.get(title=WORDS)
    assert added.measure == "খোঁজা নথির সংখ্যা"


def lose_answer(route: Route) -> None:
    """The request arrives at the server, its answer nowhere."""
    route.fetch()
    route.abort()


def reconnect(page: Page) -> None:
    """The line is gone for a moment and comes back."""
    page.context.set_offline(True)
    page.context.set_offline(False)


def test_words_nobody_came_back_for_are_forgotten(grid: Grid, page: Page, task: Task) -> None:
    keep = """([name, days]) => {
      const at = Date.now() - days * 24 * 60 * 60 * 1000;
      localStorage.setItem(name, JSON.stringify({ at, words: {} }));
    }"""
    for name, days in {"row:1:older": 31, "row:1:newer": 29, "theme": 31}.items():
        page.evaluate(keep, [name, days])
    grid.open(task.plan)
    expect(grid.row(task).locator("td[tabindex='0']")).to_have_count(1)
    names = page.evaluate("Object.keys(localStorage).sort()")
    assert names == ["row:1:newer", "theme"]


def test_grid_words_survive_a_closed_tab(grid: Grid, page: Page, task: Task) -> None:
    grid.write(task, "title", WORDS)
    page.close(run_before_unload=True)
    task.refresh_from_db()
    assert task.title != WORDS

    again = page.context.new_page()
    grid = Grid(again)
    grid.open(task.plan)
    grid.expect_saved()
    expect(grid.cell(task, "title")).to_contain_text(WORDS)
    task.refresh_from_db()
    assert task.title == WORDS


def test_grid_words_for_a_row_deleted_meanwhile_come_back_as_a_new_row(
    grid: Grid, page: Page, task: Task, upazila: Upazila
) -> None:
    grid.write(task, "title", WORDS)
    page.close(run_before_unload=True)
    delete_task(task=task, by=upazila.officer)

    again = page.context.new_page()
    grid = Grid(again)
    grid.open(task.plan)
    grid.expect_saved()
    expect(grid.rows).to_contain_text([WORDS])
    assert Task.objects.kept().get(title=WORDS).pk != task.pk


def test_unsent_words_meet_what_a_colleague_has_saved_meanwhile(
    page: Page, plan: WorkPlan, upazila: Upazila, troubles: Troubles
) -> None:
    """A draft comes back with the version it was typed on, so nobody's text is written over."""
    troubles.expect("409")
    section = report_of(plan, by=upazila.officer).sections.get(key="problems")
    page.goto(section.get_absolute_url())
    page.get_by_label("কথা", exact=True).fill(WORDS)
    update_section(section=section, version=1, words="প্রধানের লেখা", by=upazila.head)
    page.reload()
    expect(page.get_by_label("কথা", exact=True)).to_have_value(WORDS)
    page.get_by_role("button", name="সংরক্ষণ করুন", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("প্রধানের লেখা")
    expect(page.get_by_label("কথা", exact=True)).to_have_value(WORDS)
    section.refresh_from_db()
    assert section.words == "প্রধানের লেখা"


def test_words_of_a_report_outlive_the_session(
    page: Page, plan: WorkPlan, upazila: Upazila
) -> None:
    """Sent after the session has ended, they are kept through the log-in and offered again."""
    section = report_of(plan, by=upazila.officer).sections.get(key="problems")
    page.goto(section.get_absolute_url())
    page.get_by_label("কথা", exact=True).fill(WORDS)
    end_sessions()
    page.get_by_role("button", name="সংরক্ষণ করুন", exact=True).click()
    fill_log_in(page, upazila.officer)
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    section.refresh_from_db()
    assert section.words != WORDS
    page.get_by_role("button", name="এখন জমা দিন").click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()
    expect(page.get_by_label("কথা", exact=True)).to_have_value(WORDS)
    section.refresh_from_db()
    assert section.words == WORDS


def test_pasted_table_is_not_offered_again_once_it_was_read(page: Page, plan: WorkPlan) -> None:
    page.goto(reverse("workplans:import_create", args=[plan.pk]))
    page.get_by_label("ছক আটকান").fill(word_table().text)
    page.get_by_role("button", name="সারিগুলো দেখান").click()
    expect(page.get_by_role("heading", name="সারিগুলো মিলিয়ে নিন")).to_be_visible()
    page.goto(reverse("workplans:import_create", args=[plan.pk]))
    expect(page.get_by_label("ছক আটকান")).to_be_empty()


def test_row_of_the_form_is_not_offered_again_once_it_was_added(page: Page, plan: WorkPlan) -> None:
    add = reverse("workplans:task_create", args=[plan.pk])
    page.goto(add)
    page.get_by_label("প্রস্তাবিত বিষয়").fill(WORDS)
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()
    page.goto(add)
    expect(page.get_by_label("প্রস্তাবিত বিষয়")).to_be_empty()
