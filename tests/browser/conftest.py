"""A real Chromium on a real server; at the end of every test: did the browser complain?"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from scripts.processes import Service
from scripts.run import worker_command
from tests.browser.house import Upazila, make_upazila
from tests.browser.support import NewPage, Troubles

CHROMIUM = "/usr/bin/chromium"
# The last four keep the browser from calling its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"width": 1280, "height": 800}
PATIENCE_MS = 10_000


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this folder; each test has contexts of its own in it.

    It is closed when the process goes on to another folder: until then Playwright's event loop
    runs, and nobody else could run one (those who sign a paper do).
    """
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def troubles() -> Troubles:
    """What the browser complains of; a test that causes a complaint on purpose says so here."""
    return Troubles()


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer, troubles: Troubles) -> Iterator[NewPage]:
    """Opens a page in a context of its own, as on another machine: `new_page(**options)`.

    `options` are those of Playwright's `new_context`. All contexts are closed at the end, before
    the database is emptied under the server; then nothing may be left to complain of.
    """
    contexts = []

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"base_url": live_server.url, "viewport": DESK, **options})
        context.set_default_timeout(PATIENCE_MS)
        troubles.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    troubles.assert_none()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on a desk's screen."""
    return new_page()


@pytest.fixture(autouse=True)
def no_limit_of_log_ins(settings: Settings) -> None:
    """All tests log in from one address; a fast machine would reach the limit of a minute.

    The limits themselves are tested in tests/teams/test_accounts.py.
    """
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def upazila(transactional_db: None) -> Upazila:
    """An upazila's office with its team; no plan yet."""
    return make_upazila()


@pytest.fixture
def start_worker(process_env: dict[str, str]) -> Iterator[Callable[[], None]]:
    """Starts the worker that `make run` would start, on this test's database and queue."""
    workers = []

    def start() -> None:
        log = Path(django_settings.DATA_DIR) / "browser-worker.log"
        with log.open("w") as output:
            workers.append(
                Service("worker", worker_command("browser@%h", 0), process_env, output=output)
            )

    yield start
    for worker in workers:
        worker.stop(sign=signal.SIGKILL)
