"""Coming in: who is let in and how, what the browser is told, and in which language."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bangla.digits import to_bangla
from jobs.models import Letter
from jobs.sealing import opened
from teams.models import User, canonical_login
from tests.factories import PASSWORD, client_of, make_person, make_plan, make_team
from tests.pages import find, page_of, texts_of

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    """Failed tries are counted in the cache, which tests share."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person() -> User:
    return make_person()


def log_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": login, "password": password, **more})


def who_is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


# --- Log-in --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "spell",
    [
        lambda person: person.email,
        lambda person: person.email.upper(),
        lambda person: f"  {person.email} ",
        lambda person: person.mobile,
        lambda person: to_bangla(person.mobile),
        lambda person: f"+88{person.mobile}",
        lambda person: to_bangla(f"+৮৮{person.mobile}"),
        lambda person: f"88 {person.mobile[:5]}-{person.mobile[5:]}",
    ],
)
def test_log_in_by_email_or_mobile_however_written(client, person, spell) -> None:
    response = log_in(client, spell(person))
    assert (response.status_code, response.url) == (302, "/")
    assert who_is_in(client) == str(person.pk)


def test_email_with_a_mobile_number_in_it_is_an_email(client: Client) -> None:
    """ "rahim01712345678@…" is Rahim's address, not the number of whoever has that number."""
    owner = make_person("অ")
    User.objects.filter(pk=owner.pk).update(mobile="01712345678")
    rahim = User.objects.create_user(
        name_bn="রহিম", email="rahim01712345678@office.test", password="another pass phrase"
    )
    log_in(client, rahim.email, "another pass phrase")
    assert who_is_in(client) == str(rahim.pk)
    client.logout()
    log_in(client, rahim.email, PASSWORD)
    assert who_is_in(client) is None


def test_wrong_password_and_unknown_person_read_the_same(client: Client, person: User) -> None:
    def answer(login: str, password: str) -> tuple[int, list[str]]:
        response = log_in(client, login, password)
        return response.status_code, texts_of(response, "form .alert")

    wrong = answer(person.email, "not the pass phrase")
    assert wrong == answer("nobody@office.test", PASSWORD) == answer("01999999999", PASSWORD)
    assert "পাসওয়ার্ড ঠিক নয়" in wrong[1][0]
    assert who_is_in(client) is None


def test_nobody_is_found_by_an_empty_identifier(person: User) -> None:
    User.objects.filter(pk=person.pk).update(mobile="")
    assert User.objects.by_identifier("") is None
    assert User.objects.by_identifier("   ") is None


def test_limit_on_failed_tries_counts_all_spellings_together(client: Client, person: User) -> None:
    mobile = person.mobile
    spellings = [mobile, f"+88{mobile}", to_bangla(mobile), f"{mobile[:3]}-{mobile[3:]}"]
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False):
        for spelling in spellings:
            log_in(client, spelling, "not the pass phrase")
        response = log_in(client, f"{mobile[:6]}-{mobile[6:]}", PASSWORD)
    assert "অনেকবার চেষ্টা হয়েছে" in texts_of(response, "form .alert")[0]
    assert who_is_in(client) is None


@pytest.mark.parametrize(
    ("typed", "one_spelling"),
    [
        (" Rahim@Office.Test ", "rahim@office.test"),
        ("+৮৮ ০১৭১২-৩৪৫৬৭৮", "01712345678"),
        ("rahim01712345678@office.test", "rahim01712345678@office.test"),
        ("Rahim", "rahim"),
    ],
)
def test_identifier_has_one_spelling(typed: str, one_spelling: str) -> None:
    assert canonical_login(typed) == one_spelling


def test_inactive_person_is_told_so_only_with_the_right_password(
    client: Client, person: User
) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert log_in(client, person.email).url == reverse("account_inactive")
    assert who_is_in(client) is None
    wrong = log_in(client, person.email, "not the pass phrase")
    assert "পাসওয়ার্ড ঠিক নয়" in texts_of(wrong, "form .alert")[0]


def test_nobody_signs_up(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert "নিজে অ্যাকাউন্ট খোলা যায় না" in texts_of(page, "h1")[0]
    client.post(
        reverse("account_signup"),
        {"username": "me@office.test", "login": "me", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert User.objects.count() == 0


def test_log_out_needs_a_click(client: Client, person: User) -> None:
    """A picture with the address of the log-out page must not log anybody out."""
    client.force_login(person)
    client.get(reverse("account_logout"))
    assert who_is_in(client) == str(person.pk)
    client.post(reverse("account_logout"))
    assert who_is_in(client) is None


def test_password_reset_reads_the_same_for_everybody(client: Client, person: User) -> None:
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@office.test"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    link, none = Letter.objects.order_by("pk")
    assert (link.to_address, none.to_address) == (person.email, "nobody@office.test")
    assert "/password/reset/key/" in opened(link.body)
    assert "/password/reset/key/" not in link.body  # nobody who reads the database comes in by it
    assert "/password/reset/key/" not in opened(none.body)


def test_changed_password_ends_the_other_sessions(person: User) -> None:
    here, there = client_of(person), client_of(person)
    new = "a quite different phrase"
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert here.get("/").status_code == 200
    assert there.get("/").url.startswith(LOGIN)


# --- The way back --------------------------------------------------------------------------
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "\thttps://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_no_form_leads_off_the_site(client: Client, person: User, target: str) -> None:
    client.post(reverse("set_language"), {"language": "bn", "next": target})
    for response in (
        client.post(reverse("set_language"), {"language": "bn", "next": target}),
        log_in(client, person.email, next=target),
        client.get(f"{LOGIN}?next={target}"),
        client.post(reverse("account_logout"), {"next": target}),
    ):
        assert response.url in ("/", LOGIN)


def test_log_in_leads_back_to_the_page_asked_for(client: Client, person: User) -> None:
    asked = client.get(reverse("workplans:list"))
    page = client.get(asked.url)
    hidden = find(page, "main form input[name='next']")[0]
    assert log_in(client, person.email, next=hidden.get("value")).url == reverse("workplans:list")


def test_foreign_host_is_refused(client: Client, person: User) -> None:
    response = client.post(
        reverse("account_reset_password"),
        {"email": person.email},
        headers={"Host": "evil.example"},
    )
    assert response.status_code == 400
    assert not Letter.objects.exists()
    client.post(
        reverse("account_reset_password"),
        {"email": person.email},
        headers={"X-Forwarded-Host": "evil.example"},
    )
    assert "evil.example" not in opened(Letter.objects.get().body)


# --- Language ------------------------------------------------------------------------------
ENGLISH_BROWSER = {"Accept-Language": "en-US,en;q=0.9"}


def test_pages_are_bengali_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get(LOGIN, headers=ENGLISH_BROWSER)
    assert page_of(page).get("lang") == "bn"
    assert page["Content-Language"] == "bn"
    assert texts_of(page, "h1") == ["লগ-ইন"]


def test_switch_leads_to_english_and_back(client: Client) -> None:
    for language, other in (("en", "bn"), ("bn", "en")):
        client.post(reverse("set_language"), {"language": language, "next": LOGIN})
        page = client.get(LOGIN, headers=ENGLISH_BROWSER)
        assert page_of(page).get("lang").startswith(language)
        assert [button.get("value") for button in find(page, "button[name='language']")] == [other]


def test_unknown_language_changes_nothing(client: Client) -> None:
    client.cookies["django_language"] = "../../etc"
    assert page_of(client.get(LOGIN)).get("lang") == "bn"


# --- What the browser is told --------------------------------------------------------------
@pytest.fixture
def pages() -> dict[str, HttpResponse]:
    """One page of each kind: public, a person's own, the grid, a refusal, a missing one."""
    team = make_team()
    plan = make_plan(team.office, by=team.head)
    client = client_of(team.head)
    return {
        "log-in": Client().get(LOGIN),
        "home": client.get("/"),
        "plan": client.get(plan.get_absolute_url()),
        "import": client.get(reverse("workplans:import_create", args=[plan.pk])),
        "refused": client_of(team.member).post(reverse("workplans:submit", args=[plan.pk])),
        "missing": client.get("/plans/999999/"),
        "csrf": Client(enforce_csrf_checks=True).post(LOGIN, {"login": "x"}),
    }


def test_every_page_carries_the_protecting_headers(pages: dict[str, HttpResponse]) -> None:
    for name, page in pages.items():
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe-inline" not in policy, name
        assert "unsafe-eval" not in policy, name
        assert page["X-Content-Type-Options"] == "nosniff", name
        assert page["X-Frame-Options"] == "DENY", name
        assert page["Referrer-Policy"] == "same-origin", name
        assert "camera=()" in page["Permissions-Policy"], name


def test_pages_hold_nothing_the_policy_would_block(pages: dict[str, HttpResponse]) -> None:
    for name, page in pages.items():
        policy = page["Content-Security-Policy"]
        for element in page_of(page).iter():
            handlers = [key for key in element.attrib if key.startswith("on") or key == "style"]
            assert handlers == [], name
            assert element.tag != "style", name
            if element.tag == "script" and not element.get("src"):
                assert f"'nonce-{element.get('nonce')}'" in policy, name


def test_pages_load_nothing_from_elsewhere(pages: dict[str, HttpResponse]) -> None:
    for name, page in pages.items():
        for element in page_of(page).iter("script", "link", "img", "iframe", "form"):
            for key in ("src", "href", "action"):
                assert not re.match(r"\w+:|//", element.get(key, "")), name


def test_cookies_are_closed_to_scripts_and_other_sites(client: Client, person: User) -> None:
    log_in(client, person.email)
    client.get("/")
    for name in ("sessionid", "last_person"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_pages_with_words_are_kept_by_no_cache_in_between(pages: dict[str, HttpResponse]) -> None:
    for name in ("home", "plan"):
        assert "Cookie" in pages[name]["Vary"], name


def test_form_without_its_token_is_answered_kindly() -> None:
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert texts_of(response, "h1") == ["ফরমটি আরেকবার পাঠাতে হবে"]
    assert "কিছুই মুছে যায়নি" in response.content.decode()
