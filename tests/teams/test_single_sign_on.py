"""The government's single sign-on, against a real OpenID Connect server on this machine."""

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from teams.entry import single_sign_on
from teams.models import User
from tests.factories import Team, make_person, make_team
from tests.pages import find, texts_of
from tests.teams.second_proof import who_is_in
from tests.teams.sso_server import Server, sso_server

pytestmark = pytest.mark.django_db

SSO = "/account/sso/"
BACK = f"{SSO}back/"
REFUSED = "এই একক লগ-ইন দিয়ে ঢোকা যায়নি"
FAILED = "একক লগ-ইন হলো না"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sso_server() as running:
        yield running


def use(settings: Settings, url: str) -> None:
    app = {
        "provider_id": "sso",
        "name": "ই-জিপি একক লগ-ইন",
        "client_id": "udbhabon",
        "secret": "only-for-tests",
        "settings": {"server_url": url},
    }
    provider = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**provider, "APPS": [app]}}


@pytest.fixture(autouse=True)
def _set_up(settings: Settings, server: Server) -> None:
    use(settings, server.url)


@pytest.fixture
def person() -> User:
    return make_person()


def begin(client: Client, following: str = "") -> str:
    """To the server; the address that the browser asks there."""
    response = client.get(SSO, {"next": following} if following else {})
    assert response.status_code == 302
    return response.url


def come_back(client: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    assert parts.path == BACK
    return client.get(f"{parts.path}?{parts.query}")


def log_in(client: Client, server: Server, sub: str, **claims: Any) -> HttpResponse:
    """The whole way, as somebody of whom the server says this."""
    server.knows(sub, **claims)
    return come_back(client, server.answer_to(begin(client), sub=sub))


def verified(person: User) -> dict[str, Any]:
    return {"email": person.email.upper(), "email_verified": True}


def says_no(response: HttpResponse) -> bool:
    return response.status_code == 403 and texts_of(response, "h1") == [REFUSED]


# --- The way in ------------------------------------------------------------------------------
def test_known_person_comes_in_and_goes_where_they_wanted(client, server, person) -> None:
    page = client.get("/account/login/?next=/plans/")
    [button] = [a for a in find(page, "main a") if a.get("href").startswith(SSO)]
    assert "ই-জিপি একক লগ-ইন" in button.text_content()
    server.knows("a1", **verified(person))
    question = client.get(button.get("href")).url
    response = come_back(client, server.answer_to(question, sub="a1"))
    assert (response.status_code, response.url) == (302, "/plans/")
    assert who_is_in(client) == str(person.pk)
    tie = SocialAccount.objects.get()
    assert (tie.user, tie.uid, tie.extra_data) == (person, "a1", {})
    assert User.objects.get(pk=person.pk).has_usable_password()


def test_question_carries_state_nonce_and_pkce(client, server, person, monkeypatch) -> None:
    sent: list[str] = []
    exchange = OAuth2Client.get_access_token

    def watched(self: OAuth2Client, code: str, pkce_code_verifier: str = "") -> Any:
        sent.append(pkce_code_verifier)
        return exchange(self, code, pkce_code_verifier=pkce_code_verifier)

    monkeypatch.setattr(OAuth2Client, "get_access_token", watched)
    server.knows("a2", **verified(person))
    question = begin(client)
    asked = {name: value for name, [value] in parse_qs(urlsplit(question).query).items()}
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) >= 32
    assert asked["code_challenge_method"] == "S256"
    come_back(client, server.answer_to(question, sub="a2"))
    digest = hashlib.sha256(sent[0].encode()).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]


def test_address_cannot_change_what_is_asked(client: Client) -> None:
    question = client.get(
        SSO, {"scope": "everything", "auth_params": "prompt=none", "process": "connect"}
    ).url
    assert "everything" not in question
    assert "prompt" not in question
    assert client.get(SSO, {"next": "https://evil.example/"}).status_code == 302
    assert "evil" not in str(dict(client.session))


def test_second_log_in_goes_by_the_servers_number(client, server, person) -> None:
    log_in(client, server, "a3", **verified(person))
    client = Client()
    log_in(client, server, "a3", email="new@office.test", email_verified=True)
    assert who_is_in(client) == str(person.pk)


def test_mobile_number_can_be_what_people_are_known_by(client, server, person, settings) -> None:
    settings.OIDC_MATCH_CLAIM = "mobile"
    log_in(client, server, "a4", mobile=f"+88{person.mobile}")
    assert who_is_in(client) == str(person.pk)


# --- Who does not come in ----------------------------------------------------------------------
@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "nobody@office.test", "email_verified": True},
        {"email": "EMAIL"},
        {"email": "EMAIL", "email_verified": False},
        {"email": "EMAIL", "email_verified": "true"},
        {"email": "EMAIL", "email_verified": 1},
        {"email": "", "email_verified": True},
        {"phone_number": "MOBILE", "phone_number_verified": True},
    ],
)
def test_unknown_and_unverified_read_the_same_page(client, server, person, claims) -> None:
    real = {"EMAIL": person.email, "MOBILE": person.mobile}
    told = {name: real.get(value, value) for name, value in claims.items()}
    response = log_in(client, server, "b1", **told)
    assert says_no(response)
    assert person.email not in response.content.decode()
    assert who_is_in(client) is None
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_claims_of_an_odd_kind_give_a_page(client, server, person) -> None:
    response = log_in(client, server, "b2", email=[person.email], email_verified=True)
    assert response.status_code in (401, 403)
    assert who_is_in(client) is None


def test_address_that_passed_to_a_successor_is_not_the_way_in(client, server, person) -> None:
    log_in(client, server, "c1", **verified(person))
    other = Client()
    assert says_no(log_in(other, server, "c2", **verified(person)))
    assert who_is_in(other) is None


def test_account_that_was_closed_stays_closed(client, server, person) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = log_in(client, server, "d1", **verified(person))
    assert response.url == "/account/inactive/"
    assert who_is_in(client) is None


def test_answer_without_our_question_is_refused(client, server, person) -> None:
    server.knows("e1", **verified(person))
    answer = server.answer_to(begin(client), sub="e1")
    for tampered in (answer.replace("state=", "state=x"), f"{BACK}?code=abc", BACK):
        response = client.get(tampered)
        assert (response.status_code, texts_of(response, "h1")) == (401, [FAILED])
    # The answer to one browser's question is worth nothing in another, and counts once.
    assert come_back(Client(), answer).status_code == 401
    assert come_back(client, answer).status_code == 302
    client.logout()
    assert come_back(client, answer).status_code == 401
    assert who_is_in(client) is None


def test_answer_to_another_question_is_refused(client, server, person) -> None:
    """Somebody else's code in our own address: the nonce in the token is not the one we sent."""
    server.knows("f1", **verified(person))
    mine, theirs = begin(client), begin(Client())
    code = parse_qs(urlsplit(server.answer_to(theirs, sub="f1")).query)["code"][0]
    state = parse_qs(urlsplit(mine).query)["state"][0]
    assert says_no(client.get(BACK, {"code": code, "state": state}))
    assert who_is_in(client) is None


def test_whoever_stops_half_way_is_told_so(client, server) -> None:
    response = come_back_cancelled(client, server)
    assert response.url == f"{SSO}cancelled/"
    assert "থামানো হয়েছে" in texts_of(client.get(response.url), "h1")[0]


def come_back_cancelled(client: Client, server: Server) -> HttpResponse:
    question = begin(client)
    state = parse_qs(urlsplit(question).query)["state"][0]
    answer = server.answer_to(question, sub=None)
    assert "error=access_denied" in answer
    # The server leaves the state out of this answer; the standard wants it in.
    return client.get(BACK, {"error": "access_denied", "state": state})


def test_server_that_is_away_gives_a_page(client, settings) -> None:
    use(settings, "http://127.0.0.1:1")
    response = client.get(SSO)
    assert (response.status_code, texts_of(response, "h1")) == (401, [FAILED])


def test_nothing_is_offered_where_it_is_not_set_up(client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": []}
    }
    assert [client.get(address).status_code for address in (SSO, BACK)] == [404, 404]
    assert not [a for a in find(client.get("/account/login/"), "a") if SSO in a.get("href")]


# --- The second factor ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("strong", "led_away"),
    [
        ({}, True),
        ({"acr": "weak", "amr": ["pwd"]}, True),
        ({"acr": "loa3"}, False),
        ({"amr": ["pwd", "otp"]}, False),
    ],
)
def test_guarded_post_still_needs_one_unless_the_server_had_its_own(
    client, server, settings, strong, led_away
) -> None:
    settings.SECOND_FACTOR = "required"
    settings.OIDC_STRONG_ACR, settings.OIDC_STRONG_AMR = ["loa3"], ["otp", "mfa"]
    head = make_team().head
    log_in(client, server, "g1", **verified(head), **strong)
    assert who_is_in(client) == str(head.pk)
    assert client.get("/plans/").status_code == (302 if led_away else 200)


def test_one_strong_log_in_vouches_for_nobody_else(client, server, settings) -> None:
    settings.SECOND_FACTOR, settings.OIDC_STRONG_ACR = "required", ["loa3"]
    team: Team = make_team()
    other = make_team("kapasia", parent=team.office).head
    log_in(client, server, "h1", **verified(team.head), acr="loa3")
    client.post("/account/logout/")
    log_in(client, server, "h2", **verified(other))
    assert client.get("/plans/").status_code == 302


# --- Setting it up -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"OIDC_SERVER_URL": "https://sso.test"}, "OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: not set"),
        ({"OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}, "OIDC_SERVER_URL: not set"),
        ({"SECOND_FACTOR": "no"}, "SECOND_FACTOR: 'no'"),
    ],
)
def test_half_a_configuration_stops_the_start(given: dict[str, str], said: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert result.returncode != 0
    assert said in result.stderr


def test_claims_of_the_token_are_read_as_the_standard_writes_them() -> None:
    for token in ({}, {"amr": "otp"}, {"acr": None, "amr": None}, {"amr": [1, {}]}):
        assert not single_sign_on.is_strong(token)
