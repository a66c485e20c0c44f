"""A citizen with an old telephone: no scripts, a narrow screen, an idea, and what became of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from ideas import guard
from ideas.actions import move_idea
from ideas.enums import DECLINE, SHORTLIST
from ideas.models import Idea
from tests.browser.house import Upazila
from tests.browser.support import NewPage, Troubles
from tests.ideas.public import photo
from tests.ideas.register import REASON

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila, monkeypatch: pytest.MonkeyPatch) -> Page:
    """A telephone without scripts. Its owner types faster than anybody can."""
    guard.forget()
    monkeypatch.setattr(guard, "FASTEST", 0)
    return new_page(java_script_enabled=False, viewport=PHONE)


def test_idea_is_handed_in_and_followed_to_its_decision(
    page: Page, upazila: Upazila, tmp_path: Path, troubles: Troubles
) -> None:
    troubles.expect("status of 422")
    picture = tmp_path / "IMG_20261121.jpg"
    picture.write_bytes(photo(remark="ACMEPHONE"))

    page.goto(reverse("public:idea_create"))
    page.get_by_role("link", name="নির্দিষ্ট দপ্তরকে দিন").click()
    page.get_by_label("দপ্তর বা এলাকার নাম").fill("শ্রীপুর")
    page.get_by_role("button", name="খুঁজুন").click()
    page.get_by_role("link", name=upazila.office.name_bn).click()
    page.get_by_label("সমস্যা").fill("জন্ম নিবন্ধনের কপির জন্য তিনবার যেতে হয়।")
    page.get_by_text("শিরোনাম, ছবি বা PDF যোগ করুন").click()
    page.get_by_label("ছবি বা PDF").set_input_files(picture)
    page.get_by_role("button", name="জমা দিন").click()
    # The proposal itself was forgotten: the words are still there, the file is not.
    expect(page.get_by_text("আপনার প্রস্তাবটি দু-এক বাক্যে লিখুন।")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("ফাইলগুলো আবার বেছে নিন")
    expect(page.get_by_label("সমস্যা")).to_have_value("জন্ম নিবন্ধনের কপির জন্য তিনবার যেতে হয়।")
    page.get_by_label("প্রস্তাব").fill("কপি প্রস্তুত হলে মোবাইলে জানানো হোক।")
    page.get_by_label("ছবি বা PDF").set_input_files(picture)
    assert_fits(page)
    page.get_by_role("button", name="জমা দিন").click()

    expect(page.get_by_role("heading", name="আইডিয়াটি জমা হয়েছে")).to_be_visible()
    assert_fits(page)
    code = page.locator(".receipt-code").inner_text()
    assert re.fullmatch("[০-৯]{4} [০-৯]{4} [০-৯]{4}", code)
    idea = Idea.objects.get()
    assert [file.filename for file in idea.files.all()] == ["ছবি-১.jpg"]

    follow(page, code)
    expect(page.get_by_text(upazila.office.name_bn)).to_be_visible()
    expect(page.get_by_text(REASON)).to_have_count(0)
    move_idea(idea=idea, step=SHORTLIST, by=upazila.officer)
    move_idea(idea=idea, step=DECLINE, by=upazila.officer, reason=REASON)
    follow(page, code)
    expect(page.get_by_text(REASON)).to_be_visible()
    assert_fits(page)


def follow(page: Page, code: str) -> None:
    """As from the slip of paper, weeks later."""
    page.get_by_role("link", name="কোড দিয়ে দেখুন").first.click()
    page.get_by_label("কোড").fill(code)
    page.get_by_role("button", name="খোঁজ নিন").click()


def test_receipt_can_be_read_by_everybody_and_printed(new_page: NewPage, page: Page) -> None:
    page = new_page(viewport=PHONE)
    page.goto(reverse("public:idea_create"))
    page.get_by_label("প্রস্তাব").fill("কপি প্রস্তুত হলে মোবাইলে জানানো হোক।")
    page.get_by_role("button", name="জমা দিন").click()
    code = page.locator(".receipt-code")
    expect(code).to_be_visible()
    grave = [
        each
        for each in Axe().run(page).response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert not grave
    page.emulate_media(media="print")
    expect(code).to_be_visible()
    for part in (".doors", ".form-actions", ".foot"):
        expect(page.locator(part)).to_be_hidden()


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the right."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
