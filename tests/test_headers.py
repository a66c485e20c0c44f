"""What every answer tells the browser, and whom a request may claim to be or to come from.

One walk over every address: what somebody with the right to it sees, what comes back for a form
without anything in it, and what everybody sees. All of it over HTTPS, as it is deployed.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from lxml import html
from pytest_django import DjangoDbBlocker, Settings

from config import urls
from teams.requests import client_address
from tests.access_rules import DONE, OK, PEOPLE
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone
from tests.pages import texts_of

pytestmark = pytest.mark.django_db

# The one page that other sites may show inside their own.
FRAMED = {"open:widget"}
# A passkey belongs to the name by which one came, as browsers demand.
BOUND_TO_THE_NAME = {"mfa_add_webauthn"}
ELSEWHERE = "evil.example"
CALLED = "second-name.example"  # a name of ours that nobody should be led to
OWN_SCRIPTS = re.compile(r"^/static/")
DATA_SCRIPTS = {"application/json", "application/ld+json"}
# In a fragment inside JSON the quotes are escaped.
INLINE = re.compile(r"""<[^>]*\s(?:on[a-z]+|style)\s*=\s*\\?["']""")


# --- Faults of ours, on purpose ----------------------------------------------------------------
@login_not_required
def fault(request: HttpRequest, kind: str) -> HttpResponse:
    raise {
        "400": SuspiciousOperation,
        "403": PermissionDenied,
        "500": ZeroDivisionError,
        "503": OperationalError,
    }[kind]


urlpatterns = [*urls.urlpatterns, path("fault/<str:kind>/", fault)]
handler500 = urls.handler500


@pytest.fixture
def https(settings: Settings) -> None:
    """The settings of HTTPS=true; middleware reads them at the first request of a client."""
    settings.SITE_URL = "https://udbhabon.example"
    settings.ALLOWED_HOSTS = ["udbhabon.example", CALLED]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "udbhabon.example"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, https: None) -> World:
    _world.browser = secure_client()
    return _world


def secure_client(host: str = CALLED, **headers: str) -> Client:
    """As our proxy passes a request on, with what somebody else might have put in it."""
    forged = {"X-Forwarded-Host": ELSEWHERE, "Forwarded": f"host={ELSEWHERE}"}
    return Client(
        raise_request_exception=False,
        headers={"Host": host, "X-Forwarded-Proto": "https", **forged, **headers},
    )


# --- What is wrong with an answer --------------------------------------------------------------
def faults_of(response: HttpResponse, *, framed: bool = False, person: str = "") -> Iterator[str]:
    yield from policy_faults(response, framed=framed)
    yield from header_faults(response, framed=framed)
    yield from cache_faults(response, person)
    set_here = {name: cookie for name, cookie in response.cookies.items() if cookie.value}
    for name, cookie in set_here.items():
        is_read_by_scripts = name == "csrftoken"  # by its nature
        if not (cookie["secure"] and cookie["samesite"] in {"Lax", "Strict"}):
            yield f"cookie {name}: {cookie.OutputString()}"
        if not (cookie["httponly"] or is_read_by_scripts):
            yield f"cookie {name} is for scripts"
    body = b"".join(response) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if kind.startswith("text/html"):
        yield from inline_parts(body.decode())
    elif kind.startswith("application/json") and INLINE.search(body.decode()):
        yield "an inline handler or style in a fragment"
    for name in (ELSEWHERE, CALLED):
        if not kind.startswith("application/pdf") and name.encode() in body:
            yield f"leads to {name}"


def policy_faults(response: HttpResponse, *, framed: bool) -> Iterator[str]:
    policy = response.get("Content-Security-Policy", "")
    if policy == "sandbox; default-src 'none'":
        return
    parts = (part.split() for part in policy.split(";") if part.strip())
    rules = {name: set(sources) for name, *sources in parts}
    if rules.get("default-src") != {"'none'"} or rules.get("base-uri") != {"'none'"}:
        yield f"policy: {policy}"
    for name, allowed in {
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "font-src": {"'self'"},
        "connect-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "frame-ancestors": {"*"} if framed else {"'none'"},
    }.items():
        found = {one for one in rules.get(name, set()) if not one.startswith("'nonce-")}
        if not found <= allowed or (name == "frame-ancestors" and found != allowed):
            yield f"policy: {name} {found}"
    if "form-action" not in rules:
        yield "policy: forms go anywhere"


def header_faults(response: HttpResponse, *, framed: bool) -> Iterator[str]:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }
    if not framed:
        wanted["X-Frame-Options"] = "DENY"
    for name, value in wanted.items():
        if response.get(name) != value:
            yield f"{name}: {response.get(name)}"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        if f"{feature}=()" not in response.get("Permissions-Policy", ""):
            yield f"{feature} is allowed"
    is_open = "public" in response.get("Cache-Control", "")
    if response.get("Cross-Origin-Resource-Policy") != (
        "cross-origin" if is_open else "same-origin"
    ):
        yield f"embedded by others: {response.get('Cross-Origin-Resource-Policy')}"


def cache_faults(response: HttpResponse, person: str) -> Iterator[str]:
    kept = response.get("Cache-Control", "")
    has_page = response.status_code not in {301, 302}
    if "public" in kept:
        if response.cookies:
            yield "a cookie in what caches keep"
    elif (
        has_page
        and person not in {"", "anonymous"}
        and not {"private", "no-store"} & set(re.split(r"[, ]+", kept))
    ):
        yield f"Cache-Control: {kept}"


def inline_parts(page: str) -> Iterator[str]:
    """What a strict policy would stop: scripts and styles that stand in the page itself."""
    if not page.strip():
        return
    tree = html.fromstring(f"<div>{page}</div>" if "<html" not in page[:500] else page.encode())
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style":
            yield "<style>"
        source = element.get("src")
        is_ours = OWN_SCRIPTS.match(source) if source else element.get("type") in DATA_SCRIPTS
        if element.tag == "script" and not is_ours:
            yield f"<script>: {source or (element.text or '')[:40]}"
        for name, value in element.attrib.items():
            if (
                name == "style"
                or name.startswith("on")
                or value.strip().lower().startswith("javascript:")
            ):
                yield f"<{element.tag} {name}={value[:40]!r}>"


# --- The walk ----------------------------------------------------------------------------------
def someone_for(name: str, method: str) -> tuple[str, str] | None:
    """A state and a person for whom the address answers; anonymous last."""
    address = ADDRESSES[name]
    return next(
        (
            (state, person)
            for person in PEOPLE
            for state in address.states
            if address.outcome(method, state, person) in (OK, DONE)
        ),
        None,
    )


def requests_of(world: World) -> Iterator[tuple[str, str, HttpResponse]]:
    """The name of every address, who asked, and the answer."""
    for name, address in ADDRESSES.items():
        asked = {("GET", *found)} if (found := someone_for(name, "GET")) else set()
        if asked and address.outcome("GET", found[0], "anonymous") == OK:
            asked.add(("GET", found[0], "anonymous"))
        if found := someone_for(name, "POST"):
            asked.add(("POST", *found))
        for method, state, person in sorted(asked or {("GET", address.states[0], "head")}):
            with undone():
                url = world.url(name, address.about, state)
                client = world.client(person)
                # Nothing of what the form asks for: the page that comes back is shown too.
                yield name, person, client.get(url) if method == "GET" else client.post(url, {})


def test_every_answer_tells_the_browser_what_it_may_not_do(world: World) -> None:
    found, kinds = set(), set()
    for name, person, response in requests_of(world):
        kinds.add(response.get("Content-Type", "").partition(";")[0])
        is_framed = name in FRAMED and response.status_code == 200
        faults = set(faults_of(response, framed=is_framed, person=person))
        if name in BOUND_TO_THE_NAME:
            faults.discard(f"leads to {CALLED}")
        found |= {f"{name} by {person} ({response.status_code}): {each}" for each in faults}
        if response.status_code >= 500:
            found.add(f"{name} by {person}: {response.status_code}")
    assert not found, "\n".join(sorted(found))
    # Pages, files, the API and feeds were all among them.
    assert {"text/html", "application/pdf", "application/json", "text/csv"} <= kinds
    assert {"application/atom+xml", "application/xml", "text/calendar"} & kinds


def test_walk_notices_what_a_policy_would_stop() -> None:
    page = (
        "<html><script>1</script><script src='https://evil.example/a.js'></script>"
        "<p style='color: red' onclick='x()'><a href=' JavaScript:x()'>a</a><style>p {}</style>"
    )
    assert len(list(inline_parts(page))) == 6
    assert list(inline_parts("<script type='application/json'>{}</script><p hidden>x")) == []
    assert INLINE.search(json.dumps({"grid": '<p style="width: 1px">'}))
    assert len(list(faults_of(HttpResponse("<p>")))) > 8


@pytest.mark.parametrize("kind", ["400", "403", "404", "500", "503"])
def test_page_for_a_fault_has_them_as_well(world: World, settings: Settings, kind: str) -> None:
    settings.ROOT_URLCONF = __name__
    for person in ("head", "anonymous"):
        response = world.client(person).get(
            f"/fault/{kind}/" if kind != "404" else "/no/such/page/"
        )
        assert response.status_code == int(kind) or (kind, person) == ("404", "anonymous")
        assert list(faults_of(response, person="")) == []
        assert response["Content-Language"] == "bn"


# --- Who a request says we are, and where it says it comes from ---------------------------------
def test_host_that_is_not_ours_gets_a_page_that_says_so(https: None) -> None:
    response = secure_client(ELSEWHERE).get(reverse("account_login"))
    assert response.status_code == 400
    assert texts_of(response, "h1") == ["অনুরোধটি বোঝা যায়নি"]
    assert list(faults_of(response)) == []


@pytest.mark.parametrize("host", ["udbhabon.example", CALLED, ELSEWHERE])
def test_plain_http_leads_to_our_address_whatever_the_request_calls_us(
    https: None, host: str
) -> None:
    response = Client().get("/portal/?q=1", headers={"Host": host})
    assert response.status_code == 301
    assert response["Location"] == "https://udbhabon.example/portal/?q=1"


@pytest.mark.parametrize(
    ("proxies", "claimed", "believed"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (1, "<script>", ""),
        (1, "", "127.0.0.1"),
    ],
)
def test_claimed_address_is_believed_of_our_own_proxies_only(
    settings: Settings, proxies: int, claimed: str, believed: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": claimed} if claimed else {}
    assert client_address(RequestFactory().get("/", headers=headers)) == believed


def test_scripts_and_styles_come_from_here_alone(https: None) -> None:
    page = html.fromstring(secure_client().get(reverse("account_login")).content)
    sources = page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
    assert sources
    assert not [source for source in sources if urlsplit(source).netloc]
