"""Passkeys and codes in a real browser with a made-up authenticator, under the real policy."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.house import Upazila
from tests.browser.support import NewPage, fill_log_in, log_in
from tests.browser.teams.second_factor import BEHIND_A_SECOND_FACTOR
from tests.browser.test_every_page import faults_of
from tests.teams.second_proof import give_passkey

pytestmark = pytest.mark.browser


def plug_in(page: Page) -> None:
    """An authenticator like that of a telephone, which says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("button", name="লগ-আউট করুন").click()
    expect(page.locator("h1")).to_have_text("লগ-ইন")


def test_guarded_officer_sets_up_a_passkey_and_comes_in_with_it(
    page: Page, upazila: Upazila, settings: Settings
) -> None:
    plug_in(page)
    settings.SECOND_FACTOR = "required"
    page.goto("/plans/")
    fill_log_in(page, upazila.head)
    expect(page.locator("h1")).to_have_text("দুই ধাপের লগ-ইন")
    page.get_by_role("link", name="পাসকি যোগ করুন").click()
    page.get_by_role("button", name="পাসকি তৈরি করুন").click()
    page.get_by_role("button", name="কোডগুলো দেখান").click()
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    expect(page.get_by_role("button", name="ছাপান")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="ফাইল হিসেবে রাখুন").click()
    lines = download.value.path().read_text().split()
    assert len(lines) == 10
    page.get_by_role("link", name="রেখেছি, কাজে যাই").click()
    expect(page).to_have_url(re.compile("/plans/$"))

    # The second step after the password.
    log_out(page)
    fill_log_in(page, upazila.head)
    page.get_by_role("button", name="পাসকি দিয়ে এগিয়ে যান").click()
    expect(page.locator(".who")).to_be_visible()

    # And instead of the password.
    log_out(page)
    page.get_by_role("button", name="পাসকি দিয়ে লগ-ইন করুন").click()
    expect(page.locator(".who")).to_be_visible()
    [passkey] = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)
    assert passkey.last_used_at

    # Before a final act.
    page.goto("/account/passkeys/again/?next=/account/sessions/")
    page.get_by_role("button", name="পাসকি ব্যবহার করুন").click()
    expect(page.locator("h1")).to_have_text("যেখানে লগ-ইন করা আছে")
    assert page.locator("tbody tr").count() == 1


def test_device_without_the_passkey_says_so_in_words(
    page: Page, new_page: NewPage, upazila: Upazila
) -> None:
    log_in(page, upazila.member)
    plug_in(page)
    page.goto("/account/passkeys/new/")
    page.get_by_role("button", name="পাসকি তৈরি করুন").click()
    expect(page.locator("h1")).to_have_text("উদ্ধার কোড")
    other = new_page()
    plug_in(other)
    other.goto("/account/login/")
    other.get_by_role("button", name="পাসকি দিয়ে লগ-ইন করুন").click()
    expect(other.locator("[data-passkey-failed]")).to_be_visible()
    expect(other.get_by_role("button", name="পাসকি দিয়ে লগ-ইন করুন")).to_be_enabled()


def test_pages_behind_a_second_factor_fit_and_can_be_used(
    new_page: NewPage, upazila: Upazila
) -> None:
    page, person = new_page(), upazila.member
    log_in(page, person)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    passkey = give_passkey(person, "দপ্তরের দোতলার কম্পিউটার, উইন্ডোজ")
    addresses = {
        "mfa_index": [],
        "mfa_deactivate_totp": [],
        "mfa_edit_webauthn": [passkey.pk],
        "mfa_reauthenticate": [],
        "mfa_reauthenticate_webauthn": [],
        "mfa_remove_webauthn": [passkey.pk],
        "mfa_view_recovery_codes": [],
    }
    assert {*addresses, "mfa_authenticate"} >= BEHIND_A_SECOND_FACTOR
    for name, args in addresses.items():
        page.goto(reverse(name, args=args))
        assert not list(faults_of(page)), name
    page.get_by_role("button", name="কোডগুলো দেখান").click()
    expect(page.locator(".recovery-codes")).to_be_visible()
    assert not list(faults_of(page)), "the codes"
    waiting = new_page()
    waiting.goto("/account/login/")
    fill_log_in(waiting, person)
    expect(waiting.locator("h1")).to_have_text("লগ-ইনের দ্বিতীয় ধাপ")
    assert not list(faults_of(waiting)), "mfa_authenticate"
