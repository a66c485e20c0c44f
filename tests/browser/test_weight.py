"""What a visit costs on a slow line, measured on the wire with everything as in production."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scripts.processes import ROOT, Service
from scripts.run import web_answers, web_command
from scripts.services import ADDRESS, free_port
from tests.browser.house import Upazila
from tests.browser.papers import make_busy_plan
from tests.browser.support import Grid, NewPage, log_in

pytestmark = pytest.mark.browser

KB = 1024
FIRST_VISIT = 300 * KB
PUBLIC_VISIT = 150 * KB
REPEAT_VISIT = 20 * KB
START_SECONDS = 60


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with collected, compressed files, which take a while."""
    folder = tmp_path_factory.mktemp("production")
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=os.environ | {"DATA_DIR": str(folder)}, check=True)
    return folder


@pytest.fixture
def production(process_env: dict[str, str], collected: Path) -> Iterator[str]:
    """The address of the web server `make run` would start."""
    env = process_env | {"DATA_DIR": str(collected)}
    port = free_port()
    log = collected / "web.log"
    with log.open("w") as output:
        server = Service("web server", web_command(ADDRESS, port), env, output=output)
    end = time.monotonic() + START_SECONDS
    while not web_answers(ADDRESS, port):
        assert server.exit_code is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)
    yield f"http://{ADDRESS}:{port}"
    server.stop(sign=signal.SIGINT)


def test_plan_page_is_light(production: str, new_page: NewPage, upazila: Upazila) -> None:
    plan = make_busy_plan(upazila)
    entrance = new_page(base_url=production)
    log_in(entrance, upazila.officer)
    page = new_page(base_url=production, storage_state=entrance.context.storage_state())
    first = weight_of_visit(page, plan.get_absolute_url())
    assert Grid(page).rows.count() == 38
    repeated = weight_of_visit(page, plan.get_absolute_url())
    assert 0 < repeated < REPEAT_VISIT
    assert repeated < first < FIRST_VISIT


def test_idea_box_is_lighter_still(production: str, new_page: NewPage, upazila: Upazila) -> None:
    page = new_page(base_url=production, viewport={"width": 360, "height": 740})
    first = weight_of_visit(page, "/idea-box/")
    expect(page.get_by_label("প্রস্তাব")).to_be_visible()
    repeated = weight_of_visit(page, "/idea-box/")
    assert 0 < repeated < REPEAT_VISIT
    assert repeated < first < PUBLIC_VISIT


def weight_of_visit(page: Page, address: str) -> int:
    """Bytes that come over the wire, headers included, until nothing more is asked for.

    The beats of an open plan are counted apart: they come for as long as it is looked at.
    """
    finished: list[dict[str, Any]] = []
    beats: set[str] = set()
    wire = page.context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: finished.append(event))
    wire.on("Network.requestWillBeSent", lambda event: note_beat(event, beats))
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    wire.detach()
    visit = (each for each in finished if each["requestId"] not in beats)
    return round(sum(each["encodedDataLength"] for each in visit))


def note_beat(event: dict[str, Any], beats: set[str]) -> None:
    if event["request"]["url"].endswith("/presence/"):
        beats.add(event["requestId"])
