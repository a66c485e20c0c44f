"""Bengali typed in Latin letters, in a real browser under the real Content-Security-Policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ideas.models import Idea
from tests.browser.house import Upazila
from tests.browser.support import log_in

pytestmark = pytest.mark.browser

SWITCH = "ইংরেজি অক্ষরে বাংলা লিখুন"


def test_words_become_bengali_once_it_is_switched_on(page: Page, upazila: Upazila) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    log_in(page, upazila.officer)
    page.goto("/ideas/create/")
    title = page.locator("#id_title")
    title.press_sequentially("SMS ")
    expect(title).to_have_value("SMS ")
    assert not any("avro" in address for address in fetched)
    title.fill("")

    with page.expect_response(lambda response: "avro" in response.url):
        page.get_by_label(SWITCH).check()
    title.press_sequentially("ami SMS ")
    expect(title).to_have_value("আমি শ্মশ ")
    # Backspace right after a word gives its letters back.
    title.press("Backspace")
    expect(title).to_have_value("আমি SMS")
    title.press_sequentially(" dei ")
    expect(title).to_have_value("আমি SMS দেই ")

    text = page.locator("#id_description")
    text.press_sequentially("banglay likhi")
    text.press("Tab")
    expect(text).to_have_value("বাংলায় লিখি")

    # The browser remembers on the next page; a word at the end is converted by sending.
    with page.expect_response(lambda response: "avro" in response.url):
        page.goto("/ideas/create/")
    expect(page.get_by_label(SWITCH)).to_be_checked()
    page.locator("#id_description").fill("লেখা")
    title.fill("")
    title.press_sequentially("upojela")
    title.press("Enter")
    expect(page.locator("h1")).to_contain_text("উপজেলা")
    assert Idea.objects.get().title == "উপজেলা"
