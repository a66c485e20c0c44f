"""From the slip in one's hand to one's own work, on a telephone and on an old PC."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bangla.digits import to_bangla
from teams.actions.invitations import Issued, invite_person
from teams.entry.invitations import spaced
from teams.enums import InvitationKind
from tests.browser.house import Upazila
from tests.browser.support import NewPage
from tests.browser.test_every_page import WIDTHS, faults_of

pytestmark = pytest.mark.browser

PHRASE = "পুকুর পাড়ে তিনটি হাঁস"
PHONE = {"width": 360, "height": 760}


@pytest.fixture
def slip(upazila: Upazila) -> Issued:
    upazila.member.set_unusable_password()
    upazila.member.save()
    return invite_person(
        person=upazila.member, office=upazila.office, kind=InvitationKind.SLIP, by=upazila.head
    )


def choose_password(page: Page, upazila: Upazila) -> None:
    expect(page.get_by_text(upazila.member.name_bn)).to_be_visible()
    for box in page.locator("input[autocomplete='new-password']").all():
        box.fill(PHRASE)
    page.get_by_role("button", name="পাসওয়ার্ড রেখে ঢুকুন").click()
    expect(page.get_by_role("heading", name="আমার করণীয়")).to_be_visible()


def test_picture_on_the_slip_brings_the_code_and_leaves_no_trace(
    new_page: NewPage, upazila: Upazila, slip: Issued
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"/welcome/#{slip.code}")
    expect(page.get_by_label("এককালীন কোড")).to_have_value(spaced(slip.code))
    expect(page).to_have_url(re.compile(r"/welcome/$"))
    page.get_by_role("button", name="এগিয়ে যান").click()
    expect(page.get_by_role("heading", name="নিজের পাসওয়ার্ড রাখুন")).to_be_visible()
    assert list(faults_of(page, WIDTHS)) == []
    choose_password(page, upazila)


def test_code_is_typed_in_bengali_where_no_script_runs(
    new_page: NewPage, upazila: Upazila, slip: Issued
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/welcome/")
    page.get_by_label("এককালীন কোড").fill(to_bangla(spaced(slip.code)))
    page.get_by_role("button", name="এগিয়ে যান").click()
    choose_password(page, upazila)
