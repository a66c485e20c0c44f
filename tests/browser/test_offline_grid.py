"""The grid on a bad line: cut in the middle of typing, hung, or answered by somebody else.

Whatever happens, each word arrives, and once. What a single row does on a lost line or after the
session has ended is in test_interruptions.py.
"""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from teams.models import AuditEntry
from tests.browser.house import Upazila
from tests.browser.support import (
    Grid,
    NewPage,
    Troubles,
    end_sessions,
    fill_log_in,
    log_in,
    wait_until_kept,
)
from tests.factories import make_plan
from workplans.actions import update_task
from workplans.actions.writing import TEXT_FIELDS
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.browser

NO_LINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
ALL_SENT = "আর কিছু বাকি নেই"


@pytest.fixture
def plan(upazila: Upazila) -> WorkPlan:
    return make_plan(upazila.office, by=upazila.head, tasks=3)


@pytest.fixture
def tasks(plan: WorkPlan) -> list[Task]:
    """The plan's tasks in the order of the grid."""
    return list(plan.tasks.in_order())


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila) -> Page:
    """The innovation officer, logged in."""
    page = new_page()
    log_in(page, upazila.officer)
    return page


@pytest.fixture
def grid(page: Page, plan: WorkPlan) -> Grid:
    grid = Grid(page)
    grid.open(plan)
    return grid


def saves(task: Task) -> int:
    """How often the row was saved."""
    return AuditEntry.objects.filter(action="task.update", object_id=task.pk).count()


def cut(page: Page) -> None:
    """No request gets through, and the browser knows nothing of it, as behind a dead proxy."""
    page.route("**/plans/**", lambda route: route.abort())


def mend(page: Page) -> None:
    page.unroute("**/plans/**")


def test_rows_written_without_a_line_arrive_in_order_and_once(
    grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task], troubles: Troubles
) -> None:
    troubles.expect(*NO_LINE)
    grid.write(tasks[0], "title", "কাটার আগে শুরু")
    page.context.set_offline(True)
    page.keyboard.type(", কাটার পরে শেষ")
    grid.leave()
    expect(grid.row(tasks[0])).to_contain_text("এই যন্ত্রে রাখা আছে")
    grid.write(tasks[1], "measure", "দ্বিতীয় সারির পরিমাপ")
    grid.leave()
    for title in ("নতুন সারি এক", "নতুন সারি দুই"):
        page.get_by_role("link", name="কাজ যোগ করুন").click()
        page.get_by_role("textbox", name="গৃহীতব্য কাজ").last.fill(title)
        grid.leave()
    expect(grid.status).to_have_text("সংযোগ নেই; ৪টি সারি এই যন্ত্রে রাখা আছে")
    assert not AuditEntry.objects.filter(action="task.update").exists()

    page.context.set_offline(False)
    expect(grid.status).to_contain_text(ALL_SENT)
    expect(grid.rows).to_have_count(5)
    expect(page.locator("tr.lost, tr.waits, tr[data-editing]")).to_have_count(0)
    assert [saves(task) for task in tasks] == [1, 1, 0]
    tasks[0].refresh_from_db()
    assert tasks[0].title == "কাটার আগে শুরু, কাটার পরে শেষ"
    added = plan.tasks.exclude(pk__in=[task.pk for task in tasks]).order_by("pk")
    assert [task.title for task in added] == ["নতুন সারি এক", "নতুন সারি দুই"]
    page.reload()
    expect(grid.status).to_be_empty()
    expect(grid.rows).to_have_count(5)


def test_page_tries_again_by_itself_when_nothing_tells_of_the_line(
    grid: Grid, page: Page, tasks: list[Task], troubles: Troubles
) -> None:
    troubles.expect(*NO_LINE)
    cut(page)
    grid.write(tasks[0], "title", "প্রক্সির ওপারে")
    grid.leave()
    expect(grid.status).to_have_text("সংযোগ নেই; ১টি সারি এই যন্ত্রে রাখা আছে")
    mend(page)
    expect(grid.status).to_contain_text(ALL_SENT)
    assert saves(tasks[0]) == 1


def test_page_of_a_network_is_not_taken_for_the_word_of_the_server(
    grid: Grid, page: Page, tasks: list[Task]
) -> None:
    """A hotel's or an office's log-in page answers everything with 200 and its own HTML."""

    def portal(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Log in to the network</h1>")

    page.route("**/update/", portal, times=1)
    grid.write(tasks[0], "title", "পোর্টালের পরে")
    grid.leave()
    expect(grid.row(tasks[0])).to_contain_text("এই যন্ত্রে রাখা আছে")
    expect(grid.status).to_contain_text(ALL_SENT)
    tasks[0].refresh_from_db()
    assert tasks[0].title == "পোর্টালের পরে"


def test_words_survive_a_page_opened_anew_after_the_cut(
    grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task], troubles: Troubles
) -> None:
    troubles.expect(*NO_LINE)
    cut(page)
    grid.write(tasks[0], "title", "বন্ধের আগের কথা")
    grid.leave()
    page.get_by_role("link", name="কাজ যোগ করুন").click()
    page.get_by_role("textbox", name="গৃহীতব্য কাজ").last.fill("অর্ধেক লেখা সারি")
    wait_until_kept(page, "অর্ধেক লেখা সারি")
    # Neither the page nor its scripts come again; the browser is closed and opened later.
    page.close(run_before_unload=True)

    again = page.context.new_page()
    grid = Grid(again)
    grid.open(plan)
    expect(grid.status).to_contain_text(ALL_SENT)
    expect(grid.cell(tasks[0], "title")).to_have_text("বন্ধের আগের কথা")
    assert saves(tasks[0]) == 1
    assert plan.tasks.filter(title="অর্ধেক লেখা সারি").count() == 1


def test_conflict_among_waiting_rows_does_not_hold_up_the_rest(
    grid: Grid, page: Page, tasks: list[Task], upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("409", *NO_LINE)
    first, second = tasks[:2]
    page.context.set_offline(True)
    grid.write(first, "title", "আমার কাজের নাম")
    grid.leave()
    grid.write(second, "title", "দ্বিতীয় সারি")
    grid.leave()
    theirs = {name: getattr(first, name) for name in TEXT_FIELDS} | {"title": "সহকর্মীর নাম"}
    update_task(task=first, version=first.version, fields=theirs, by=upazila.member)

    page.context.set_offline(False)
    dialog = page.get_by_role("dialog", name="সারিটি এর মধ্যে আরেকজন বদলেছেন")
    for words in ("আমার কাজের নাম", "সহকর্মীর নাম"):
        expect(dialog).to_contain_text(words)
    expect(grid.cell(second, "title")).to_have_text("দ্বিতীয় সারি")
    assert saves(second) == 1
    dialog.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
    expect(grid.cell(first, "title")).to_have_text("আমার কাজের নাম")


def test_several_rows_written_after_the_session_ended_arrive_in_this_tab(
    grid: Grid, page: Page, plan: WorkPlan, tasks: list[Task], upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("401")
    grid.write(tasks[0], "title", "মেয়াদ শেষের")
    end_sessions()
    page.keyboard.type(" পরের কথা")
    grid.leave()
    grid.write(tasks[1], "title", "আরও একটি সারি")
    grid.leave()
    expect(grid.row(tasks[1])).to_contain_text("এই যন্ত্রে রাখা আছে")
    assert saves(tasks[0]) == saves(tasks[1]) == 0

    page.goto("/account/login/")
    fill_log_in(page, upazila.officer)
    expect(page.get_by_role("heading", level=1, name="আমার করণীয়")).to_be_visible()
    grid.open(plan)
    expect(grid.status).to_contain_text(ALL_SENT)
    assert [saves(task) for task in tasks] == [1, 1, 0]
    tasks[0].refresh_from_db()
    assert tasks[0].title == "মেয়াদ শেষের পরের কথা"


def test_subject_named_without_a_line_keeps_the_name(
    grid: Grid, page: Page, plan: WorkPlan, troubles: Troubles
) -> None:
    troubles.expect(*NO_LINE)
    page.context.set_offline(True)
    page.get_by_role("button", name="প্রশিক্ষণ").click()
    box = page.get_by_role("rowheader").get_by_role("combobox")
    box.fill("দক্ষতা উন্নয়ন")
    page.keyboard.press("Enter")
    expect(grid.status).to_contain_text("সংযোগ নেই")
    expect(box).to_have_value("দক্ষতা উন্নয়ন")
    page.context.set_offline(False)
    box.press("Enter")
    expect(page.get_by_role("rowheader", name="দক্ষতা উন্নয়ন")).to_be_visible()
    assert plan.subjects.filter(name="দক্ষতা উন্নয়ন").exists()


def test_beats_of_an_open_page_keep_no_session_alive(grid: Grid, page: Page) -> None:
    before = Session.objects.get().expire_date
    with page.expect_response(re.compile("/presence/")) as beat:
        page.keyboard.press("Escape")
    assert beat.value.status == 200
    assert Session.objects.get().expire_date == before


# --- Forms -----------------------------------------------------------------------------------
KEPT = "এখনো পাঠানো হয়নি"


def test_form_says_that_its_words_are_kept(page: Page, tasks: list[Task]) -> None:
    form = reverse("workplans:task_update", args=[tasks[0].pk])
    page.goto(form)
    expect(page.get_by_text(KEPT)).to_be_hidden()
    page.get_by_label("প্রত্যাশিত ফলাফল").fill("লাইনে দাঁড়াতে হবে না")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.reload()
    expect(page.get_by_label("প্রত্যাশিত ফলাফল")).to_have_value("লাইনে দাঁড়াতে হবে না")
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()
    page.goto(form)
    expect(page.get_by_text(KEPT)).to_be_hidden()


@pytest.mark.parametrize("is_grid", [True, False], ids=["grid", "form"])
def test_browser_without_room_asks_before_words_are_left(
    page: Page, plan: WorkPlan, tasks: list[Task], is_grid: bool
) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    if is_grid:
        Grid(page).open(plan)
        Grid(page).write(tasks[0], "title", "রাখার জায়গা নেই")
    else:
        page.goto(reverse("workplans:task_update", args=[tasks[0].pk]))
        page.get_by_label("প্রত্যাশিত ফলাফল").fill("রাখার জায়গা নেই")
        expect(page.get_by_text("লেখা রাখার জায়গা নেই")).to_be_visible()
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()
