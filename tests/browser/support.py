"""What the browser tests do again and again: log in, work in the grid, listen for complaints."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from django.contrib.sessions.models import Session
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Route,
    WebError,
    expect,
)

from meetings.models import AgendaItem, Meeting
from teams.models import User
from tests.factories import PASSWORD
from workplans.models import Task, WorkPlan

# Opens a page in a context of its own; see the fixture `new_page`.
NewPage = Callable[..., Page]

SAVED_AT = re.compile(r"[০-৯]{2}:[০-৯]{2}-এ সংরক্ষিত")


class Troubles:
    """Errors in the console (a refusal by the content security policy is one) and in scripts."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._expected: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of the context, also to those not yet open."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def expect(self, *words: str) -> None:
        """The test provokes complaints with any of these words in them."""
        self._expected += words

    def assert_none(self) -> None:
        """Fails with every complaint that was not expected."""
        unexpected = [
            found for found in self._found if not any(words in found for words in self._expected)
        ]
        assert not unexpected, "The browser complained:\n" + "\n".join(unexpected)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._found.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_error(self, error: WebError) -> None:
        self._found.append(f"uncaught: {error.error}")


def log_in(page: Page, user: User) -> None:
    """Through the form, by e-mail; ends on the home page."""
    page.goto("/account/login/")
    fill_log_in(page, user)
    expect(page.get_by_role("heading", level=1, name="আমার করণীয়")).to_be_visible()


def fill_log_in(page: Page, user: User) -> None:
    """On the log-in page already; ends wherever the log-in leads."""
    page.get_by_label("ই-মেইল বা মোবাইল নম্বর").fill(user.email)
    page.get_by_role("textbox", name="পাসওয়ার্ড").fill(PASSWORD)
    page.get_by_role("button", name="লগ-ইন করুন", exact=True).click()


def paste(page: Page, *, text: str, html: str = "") -> None:
    """Put a table on the clipboard, as Word or Excel would, and press Ctrl+V where the focus is.

    The context needs the permissions in `CLIPBOARD`.
    """
    # A heading can be seen before the scripts under it listen.
    page.wait_for_load_state()
    page.evaluate(
        """async ({ text, html }) => {
          const kinds = { "text/plain": new Blob([text], { type: "text/plain" }) };
          if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
          await navigator.clipboard.write([new ClipboardItem(kinds)]);
        }""",
        {"text": text, "html": html},
    )
    page.keyboard.press("Control+V")


# Starting a worker and drawing a paper take seconds; on a busy machine, many.
PAPER_SECONDS = 60

CLIPBOARD = ["clipboard-read", "clipboard-write"]


class Grid:
    """The plan's table on a page, addressed by task and field."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.status = page.locator("[data-grid-status]")
        self.rows = page.locator("tr[data-task]")

    def open(self, plan: WorkPlan) -> None:
        """Go to the plan's page."""
        self._page.goto(plan.get_absolute_url())

    def row(self, task: Task) -> Locator:
        return self._page.locator(f"#task-{task.pk}")

    def cell(self, task: Task, field: str) -> Locator:
        """The cell as it is shown."""
        return self.row(task).locator(f"[data-field='{field}']")

    def box(self, task: Task, field: str) -> Locator:
        """The text box a cell turns into."""
        return self.row(task).locator(f"textarea[name='{field}']")

    def write(self, task: Task, field: str, words: str) -> None:
        """Open a cell and change its words, without leaving the row."""
        self.cell(task, field).click()
        self.box(task, field).fill(words)

    def leave(self) -> None:
        """Go somewhere else on the page, which sends the row."""
        self._page.get_by_role("heading", level=1).click()

    def order(self) -> list[int]:
        """The ids of the tasks from top to bottom."""
        ids: list[str] = self.rows.evaluate_all("rows => rows.map(row => row.dataset.task)")
        return [int(task_id) for task_id in ids]

    def open_menu(self, task: Task) -> Locator:
        """Open the row's menu; what stands in it is found in the row."""
        self.row(task).get_by_label("আরও কাজ").click()
        return self.row(task)

    def choose(self, task: Task, tool: str) -> None:
        """Open the row's menu and press one of its buttons."""
        self.open_menu(task).get_by_role("button", name=tool).click()

    def expect_saved(self) -> None:
        """The page says when the words were saved."""
        expect(self.status).to_have_text(SAVED_AT)


def end_sessions() -> None:
    """As when the server forgets them over the night."""
    Session.objects.all().delete()


def lose_answer(route: Route) -> None:
    """The request arrives at the server, its answer nowhere."""
    route.fetch()
    route.abort()


def reconnect(page: Page) -> None:
    """The line is gone for a moment and comes back."""
    page.context.set_offline(True)
    page.context.set_offline(False)


def wait_until_kept(page: Page, words: str) -> None:
    """Until the browser has put words that were just typed aside."""
    kept = "words => Object.values(localStorage).some(text => text.includes(words))"
    page.wait_for_function(kept, arg=words)


def close_tab(page: Page, words: str) -> None:
    """Close it as a person does, a moment after these words were typed."""
    wait_until_kept(page, words)
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def crash(page: Page) -> None:
    """The tab dies before any of its scripts can do a thing."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


class Minutes:
    """The page of a draft on which one types, addressed by agenda item."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.status = page.locator("[data-saving]")
        self.conflict = page.locator("[data-conflict]")
        self.picker = page.get_by_role("dialog", name="কারা বাস্তবায়ন করবেন")

    def open(self, meeting: Meeting) -> None:
        """Go to the meeting's page."""
        self.page.goto(meeting.get_absolute_url())

    def box(self, item: AgendaItem) -> Locator:
        """Everything that is typed on an item."""
        return self.page.locator(f"#item-{item.pk}")

    def choose(self, item: AgendaItem) -> Locator:
        """Turn to an item by its line in the agenda."""
        self.page.locator(f"[data-agenda] a[href='#item-{item.pk}']").click()
        return self.box(item)

    def discussion(self, item: AgendaItem) -> Locator:
        return self.box(item).get_by_role("textbox", name="আলোচনা", exact=True)

    def discuss(self, item: AgendaItem, words: str) -> None:
        """Write what was said about an item; it is saved a moment later."""
        self.choose(item)
        self.discussion(item).fill(words)

    def new_decision(self, item: AgendaItem) -> Locator:
        """Open the empty form under an item."""
        self.choose(item)
        form = self.box(item).locator("[data-new-decision]")
        if form.get_attribute("open") is None:
            form.get_by_text("+ সিদ্ধান্ত যোগ করুন").click()
        return form

    def decisions(self, item: AgendaItem) -> Locator:
        """The forms of the decisions the item has."""
        return self.box(item).locator("[data-decision]")

    def decision_text(self, item: AgendaItem, number: int = 0) -> Locator:
        """The words of one of them, counted from 0."""
        return self.decisions(item).nth(number).get_by_role("textbox", name="সিদ্ধান্ত")

    def implementer(self, item: AgendaItem, number: int = 0) -> Locator:
        """Who carries one of them out, as it will be printed."""
        return self.decisions(item).nth(number).get_by_role("textbox", name="বাস্তবায়নকারী")

    def expect_chips(self, item: AgendaItem, *names: str) -> None:
        """Under the item's decision stand those in whose to-do list it will appear."""
        expect(self.decisions(item).locator("[data-chip]")).to_have_text(list(names))

    def settle(self) -> None:
        """Two texts are shown: keep what is chosen."""
        self.conflict.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
        expect(self.conflict).to_be_hidden()

    def choose_tool(self, item: AgendaItem, tool: str) -> None:
        """Open an item's menu and press one of its buttons."""
        box = self.choose(item)
        box.get_by_label("আরও কাজ").click()
        box.get_by_role("button", name=tool).click()

    def leave(self) -> None:
        """Go somewhere else on the page, which sends the words at once."""
        self.page.get_by_role("heading", level=1).click()

    def expect_saved(self) -> None:
        """Leave what one is writing in; then the page says when everything was saved."""
        self.leave()
        expect(self.status).to_have_text(SAVED_AT)


class SlowLine:
    """Requests of a page to addresses that match a pattern hang until they are let go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page = page
        self._is_slow = True
        self._hanging: list[Route] = []
        page.route(pattern, self._hold)

    def wait_for_request(self) -> None:
        """Until the page has sent one."""
        while not self._hanging:
            self._page.wait_for_timeout(20)

    def let_go(self) -> None:
        """What hangs goes on, and so does whatever comes later."""
        self.wait_for_request()
        self._is_slow = False
        for route in self._hanging:
            route.continue_()

    def _hold(self, route: Route) -> None:
        if self._is_slow:
            self._hanging.append(route)
        else:
            route.continue_()
