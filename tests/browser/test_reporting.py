"""Progress from a phone: two taps, small pictures, a line that breaks, a session that ends."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.house import Upazila
from tests.browser.support import NewPage, Troubles, fill_log_in, log_in
from tests.factories import make_plan, make_task, take_plan_to
from workplans.enums import PlanStatus
from workplans.models import ProgressEntry, Task
from workplans.periods import Period

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
WORDS = "ইউনিয়ন পরিষদে সভা হয়েছে"
KEPT = "এই যন্ত্রে রাখা আছে"


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila) -> Page:
    """The member's phone, logged in."""
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    log_in(page, upazila.member)
    return page


@pytest.fixture
def task(upazila: Upazila) -> Task:
    """A monthly task of the member's, the first occurrence of which is late."""
    period = Period.fiscal_year_of(timezone.localdate() - timedelta(days=31))
    plan = make_plan(upazila.office, by=upazila.head, tasks=0, period=period.code)
    make_task(
        plan,
        by=upazila.head,
        start_text="প্রতি মাসের ১ তারিখ",
        end_text="",
        responsible_text="সহকারী প্রোগ্রামার",
    )
    return take_plan_to(plan, PlanStatus.APPROVED, by=upazila.head).tasks.get()


def photo() -> dict[str, object]:
    """A picture as large as a telephone takes it, with the place where it was taken."""
    picture = Image.effect_noise((2400, 1800), 60).convert("RGB")
    exif = picture.getexif()
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 59.0, 30.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, exif=exif)
    return {"name": "সভা.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def entries_of(task: Task) -> list[ProgressEntry]:
    return list(task.progress.order_by("pk"))


def test_two_taps_from_home_report_what_is_due(page: Page, task: Task) -> None:
    page.reload()
    page.get_by_role("link", name="অগ্রগতি দিন").first.tap()
    button = page.get_by_role("button", name="হয়ে গেছে (১০০%)")
    expect(button).to_be_in_viewport()  # without scrolling
    button.tap()
    expect(page.get_by_role("status").filter(has_text="অগ্রগতি সংরক্ষিত হয়েছে")).to_be_visible()
    [entry] = entries_of(task)
    assert (entry.part, entry.part_percent) == (f"{task.plan.starts_on:%Y-%m-%d}", 100)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_enter_in_a_box_does_not_say_that_all_is_done(page: Page, task: Task) -> None:
    page.goto(task.get_absolute_url())
    page.get_by_label("অগ্রগতি (শতাংশ)").fill("৩০")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="অগ্রগতি সংরক্ষিত হয়েছে")).to_be_visible()
    assert entries_of(task)[0].part_percent == 30


def test_picture_is_made_small_on_the_phone_and_arrives_once_over_a_bad_line(
    page: Page, task: Task, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    sent: list[int] = []

    def lose(route: Route) -> None:
        """The first answer is lost on its way back."""
        sent.append(len(route.request.post_data_buffer or b""))
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/progress/create/", lose)
    page.goto(task.get_absolute_url())
    page.get_by_label("কী হয়েছে").fill(WORDS)
    taken = photo()
    page.get_by_label("ছবি তুলুন").set_input_files(taken)  # type: ignore[arg-type]
    expect(page.locator("[data-report-picture]")).to_contain_text("→")
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").tap()
    expect(page.locator("[data-waiting]")).to_contain_text(KEPT)
    saved = page.get_by_role("status").filter(has_text="অগ্রগতি সংরক্ষিত হয়েছে")
    expect(saved.first).to_be_visible()  # said for each time it came, and written once
    [entry] = entries_of(task)
    assert (entry.text, entry.part_percent, entry.evidence_name) == (WORDS, 100, "সভা.jpg")
    with entry.evidence.open() as file, Image.open(file) as kept:
        assert (max(kept.size), dict(kept.getexif())) == (1600, {})
    assert len(sent) == 2
    assert max(sent) < len(taken["buffer"])  # type: ignore[arg-type]
    expect(page.get_by_label("কী হয়েছে")).to_be_empty()


def test_report_without_a_line_waits_through_a_closed_tab(
    page: Page, task: Task, troubles: Troubles
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    page.goto(task.get_absolute_url())
    page.context.set_offline(True)
    page.get_by_label("ছবি তুলুন").set_input_files(photo())  # type: ignore[arg-type]
    expect(page.locator("[data-report-picture]")).to_contain_text("→")
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").tap()
    expect(page.locator("[data-waiting]")).to_contain_text(KEPT)
    page.close()
    assert not entries_of(task)

    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto("/")
    expect(again.locator("[data-waiting]")).to_contain_text("রাখা অগ্রগতি পৌঁছে গেছে")
    [entry] = entries_of(task)
    assert entry.evidence
    again.reload()
    expect(again.locator("[data-waiting]")).to_be_hidden()


def test_report_with_a_picture_outlives_the_session(
    page: Page, task: Task, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("401")
    page.goto(task.get_absolute_url())
    page.get_by_label("কী হয়েছে").fill(WORDS)
    page.get_by_label("ছবি তুলুন").set_input_files(photo())  # type: ignore[arg-type]
    expect(page.locator("[data-report-picture]")).to_contain_text("→")
    Session.objects.all().delete()
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").tap()
    expect(page.locator("[data-waiting]")).to_contain_text("লগ-ইন করলেই যাবে")
    assert not entries_of(task)
    page.goto("/account/login/")
    fill_log_in(page, upazila.member)
    expect(page.locator("[data-waiting]")).to_contain_text("রাখা অগ্রগতি পৌঁছে গেছে")
    [entry] = entries_of(task)
    assert (entry.text, bool(entry.evidence), entry.created_by) == (WORDS, True, upazila.member)


def test_picture_that_was_chosen_is_still_there_after_a_reload(
    page: Page, task: Task, troubles: Troubles
) -> None:
    troubles.expect("422")
    page.goto(task.get_absolute_url())
    page.get_by_label("কী হয়েছে").fill(WORDS)
    page.get_by_label("ছবি তুলুন").set_input_files(photo())  # type: ignore[arg-type]
    expect(page.locator("[data-report-picture]")).to_contain_text("→")
    page.reload()
    expect(page.locator("[data-report-picture]")).to_contain_text(KEPT)
    page.get_by_label("তারিখ").fill("৩০ ফেব্রুয়ারি ২০২৬")
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").tap()
    # What is wrong is said by the server on its page, and the picture need not be chosen again.
    expect(page.get_by_text("তারিখ হিসেবে পড়া গেল না").first).to_be_visible()
    expect(page.locator("[data-report-picture]")).to_contain_text(KEPT)
    page.get_by_label("তারিখ").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").tap()
    expect(page.get_by_role("status").filter(has_text="অগ্রগতি সংরক্ষিত হয়েছে")).to_be_visible()
    [entry] = entries_of(task)
    assert (entry.text, bool(entry.evidence)) == (WORDS, True)


def test_report_with_a_picture_needs_no_scripts(
    new_page: NewPage, upazila: Upazila, task: Task
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    log_in(page, upazila.member)
    page.goto(task.get_absolute_url())
    page.get_by_label("ছবি তুলুন").set_input_files(photo())  # type: ignore[arg-type]
    page.get_by_role("button", name="হয়ে গেছে (১০০%)").click()
    expect(page.get_by_role("status").filter(has_text="অগ্রগতি সংরক্ষিত হয়েছে")).to_be_visible()
    [entry] = entries_of(task)
    assert (entry.part_percent, entry.evidence_name) == (100, "সভা.jpg")
