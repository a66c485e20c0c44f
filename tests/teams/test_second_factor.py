"""The second factor: who is asked for one, what counts once, and how one gets back in."""

import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from bangla.digits import to_bangla
from jobs.models import Letter
from jobs.sealing import opened
from teams.enums import Role, Tier
from teams.models import AuditEntry, PostHolding, User
from tests.factories import (
    PASSWORD,
    Team,
    client_of,
    make_office,
    make_officer,
    make_person,
    make_plan,
    make_post,
    make_team,
)
from tests.pages import find, texts_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from tests.teams.second_proof import (
    NOON,
    App,
    give_code,
    give_password,
    recovery_codes_of,
    who_is_in,
)

pytestmark = pytest.mark.django_db

PAGE = "/account/second-factor/"
ADD_APP = f"{PAGE}app/"
AGAIN = f"{PAGE}again/"
CODES = "/account/recovery-codes/"
WORDS = "ফরম এক পাতায় নামানো হয়েছে; আবেদনকারী এখন একবারই আসেন।"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as stopped:
        yield stopped


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def team() -> Team:
    return make_team()


def set_up_app(client: Client, clock: time_machine.Traveller) -> tuple[App, HttpResponse]:
    """Go through the page as a person with a telephone does."""
    page = client.get(ADD_APP)
    app = App("".join(texts_of(page, ".secret span")), clock)
    return app, client.post(ADD_APP, {"code": to_bangla(app.code())})


# --- Setting it up ---------------------------------------------------------------------------
def test_app_is_set_up_from_the_page_and_asked_for_at_log_in(
    team: Team, clock, django_capture_on_commit_callbacks
) -> None:
    client = Client()
    give_password(client, team.member)
    page = client.get(ADD_APP)
    assert find(page, "svg.qr path")
    with django_capture_on_commit_callbacks(execute=True):
        app, response = set_up_app(client, clock)
    assert response.url == CODES
    app.wait()

    elsewhere = Client()
    assert give_password(elsewhere, team.member).url == f"{PAGE}code/"
    assert who_is_in(elsewhere) is None
    assert elsewhere.get("/").url.startswith("/account/login/")
    assert give_code(elsewhere, "000000").status_code == 200
    assert who_is_in(elsewhere) is None
    spelt = to_bangla(f"{app.code()[:3]} {app.code()[3:]}")
    assert give_code(elsewhere, spelt).status_code == 302
    assert who_is_in(elsewhere) == str(team.member.pk)
    [entry] = AuditEntry.objects.filter(action="second_factor.add_app")
    assert entry.by == team.member
    assert "চালু করা হয়েছে" in Letter.objects.get(to_address=team.member.email).body


def test_secret_and_codes_are_not_readable_in_the_database(team: Team, clock) -> None:
    app = App.given_to(team.member, clock)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert app.secret not in stored
    assert not any(code in stored for code in recovery_codes_of(team.member))


def test_secret_sealed_with_a_lost_key_lets_nobody_in(team: Team, clock, settings) -> None:
    app = App.given_to(team.member, clock)
    codes = recovery_codes_of(team.member)
    settings.SECRET_KEY = "another-" + "0123456789" * 5
    client = Client()
    give_password(client, team.member)
    for code in (app.code(), codes[0]):
        assert give_code(client, code).status_code == 200
    assert who_is_in(client) is None


def test_setting_up_ends_sessions_that_began_with_a_password_alone(team: Team, clock) -> None:
    earlier, here = Client(), Client()
    for client in (earlier, here):
        give_password(client, team.member)
    set_up_app(here, clock)
    assert here.get("/").status_code == 200
    assert earlier.get("/").status_code == 302


def test_setting_up_later_asks_for_the_password_again(team: Team, clock) -> None:
    client = Client()
    give_password(client, team.member)
    clock.shift(600)
    assert client.get(ADD_APP).url.startswith("/account/reauthenticate/")
    back = client.post(f"/account/reauthenticate/?next={ADD_APP}", {"password": PASSWORD})
    assert back.url == ADD_APP


# --- Codes count once ------------------------------------------------------------------------
def test_code_of_the_app_counts_once_for_as_long_as_it_is_good(team: Team, clock) -> None:
    app = App.given_to(team.member, clock)
    code = app.code()
    first, second = Client(), Client()
    give_password(first, team.member)
    assert give_code(first, code).status_code == 302
    # Past allauth's own memory of thirty seconds the code is still within the tolerance.
    app.wait()
    clock.shift(1)
    give_password(second, team.member)
    for replayed in (code, to_bangla(code), app.code(-1)):
        answer = give_code(second, replayed)
        assert answer.status_code == 200
        assert "আগেই ব্যবহার হয়েছে" in answer.content.decode()
    assert who_is_in(second) is None
    clock.shift(60)
    assert give_code(second, app.code()).status_code == 302


def test_code_that_set_the_app_up_does_not_log_in(team: Team, clock) -> None:
    client, onlooker = Client(), Client()
    give_password(client, team.member)
    app, _response = set_up_app(client, clock)
    give_password(onlooker, team.member)
    assert give_code(onlooker, app.code()).status_code == 200
    assert who_is_in(onlooker) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_code_from_many_browsers_at_once_lets_one_in(kind: str, monkeypatch) -> None:
    """Also where the cache, which allauth asks, is of no help."""
    monkeypatch.setattr("django.core.cache.cache.add", lambda *args, **kwargs: True)
    monkeypatch.setattr("teams.forms.second_factor.count_try", lambda *args: _NoCount())
    with time_machine.travel(NOON, tick=False) as clock:
        person = make_team().member
        app = App.given_to(person, clock)
        code = app.code() if kind == "app" else recovery_codes_of(person)[0]
        browsers = [Client() for _ in range(6)]
        for browser in browsers:
            give_password(browser, person)
        answers = at_once(
            [lambda browser=browser: give_code(browser, code) for browser in browsers]
        )
        statuses = sorted(getattr(answer, "status_code", 500) for answer in answers)
        assert statuses == [200] * 5 + [302]
        assert sum(who_is_in(browser) is not None for browser in browsers) == 1


class _NoCount:
    def succeeded(self) -> None:
        """Guessing is slowed elsewhere; here all six come at once."""


def test_recovery_code_lets_in_once(team: Team, clock) -> None:
    App.given_to(team.member, clock)
    code = recovery_codes_of(team.member)[0]
    for expected in (302, 200):
        client = Client()
        give_password(client, team.member)
        assert give_code(client, to_bangla(f"{code[:4]}-{code[4:]}")).status_code == expected
        clock.shift(600)
    assert len(recovery_codes_of(team.member)) == 9
    assert code not in recovery_codes_of(team.member)


def test_guessing_is_slowed_and_tells_how_long(team: Team, clock) -> None:
    app = App.given_to(team.member, clock)
    client = Client()
    give_password(client, team.member)
    for _ in range(8):
        answer = give_code(client, "000000")
    assert "চেষ্টা করুন" in texts_of(answer, ".invalid-feedback")[0]
    assert give_code(client, app.code()).status_code == 200
    clock.shift(300)
    assert give_code(client, app.code()).status_code == 302


@pytest.mark.parametrize("code", ["", "০", "\0", "১২৩৪৫৬" * 5000, "abc", "😀", "-", "٣٤٥٦٧٨"])
def test_odd_codes_are_refused_with_a_sentence(team: Team, clock, code: str) -> None:
    App.given_to(team.member, clock)
    client = Client()
    give_password(client, team.member)
    answer = give_code(client, code)
    assert answer.status_code == 200
    assert texts_of(answer, ".invalid-feedback")


# --- Recovery codes --------------------------------------------------------------------------
def test_recovery_codes_are_shown_once_and_made_anew(team: Team, clock) -> None:
    App.given_to(team.member, clock)
    client = confirmed_client_of(team.member)
    kept = recovery_codes_of(team.member)
    assert kept[0][:4] not in texts_of(client.get(CODES), "main")[0]
    shown = client.post(CODES)
    assert [code.replace(" ", "") for code in texts_of(shown, ".recovery-codes code")] == kept
    [file] = find(shown, "a[download]")
    assert all(code in file.get("href") for code in kept)
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.post(CODES).status_code == 302
    assert "১০টি কোড বাকি" in texts_of(client.get(CODES), "main")[0]

    assert client.post(f"{CODES}new/").url == CODES
    assert not set(recovery_codes_of(team.member)) & set(kept)
    assert client.post(CODES).status_code == 200
    assert Letter.objects.filter(to_address=team.member.email).count() == 1
    actions = AuditEntry.objects.filter(by=team.member).values_list("action", flat=True)
    assert sorted(actions) == ["recovery_codes.renew", *["recovery_codes.show"] * 2]


def test_codes_are_not_shown_without_proof_of_late(team: Team, clock) -> None:
    App.given_to(team.member, clock)
    client = client_of(team.member)
    for address in (CODES, f"{CODES}new/"):
        assert client.post(address).url.startswith("/account/reauthenticate/")


def test_no_recovery_codes_without_a_second_factor(team: Team) -> None:
    client = confirmed_client_of(team.member)
    assert client.post(f"{CODES}new/").url == PAGE
    assert client.get(CODES).url == PAGE
    assert not Authenticator.objects.exists()


# --- Who must have one -----------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_guarded_posts_are_led_to_set_it_up(required: None, clock, role: Role) -> None:
    person = make_officer(make_office("cabinet", Tier.CABINET), role)
    client = Client()
    give_password(client, person)
    guarded = role in {Role.HEAD, Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR}
    assert client.get("/plans/").status_code == (302 if guarded else 200)
    if not guarded:
        return
    assert client.get("/plans/").url == PAGE
    assert "আপনার পদে দুই ধাপের লগ-ইন লাগে" in texts_of(client.get(PAGE), "main")[0]
    for allowed in ("/account/", "/account/password/change/", "/idea-box/", "/account/sessions/"):
        assert client.get(allowed).status_code == 200
    set_up_app(client, clock)
    shown = client.post(CODES)
    assert "/plans/" in [link.get("href") for link in find(shown, "main a")]
    assert client.get("/plans/").status_code == 200


def test_person_held_up_can_leave_and_change_the_language(required: None, team: Team) -> None:
    client = client_of(team.head)
    assert client.post("/language/", {"language": "en", "next": PAGE}).status_code == 302
    assert client.post("/account/logout/").status_code == 302
    assert who_is_in(client) is None


def test_scripts_get_a_sentence(required: None, team: Team) -> None:
    client = client_of(team.head)
    for headers in ({"HX-Request": "true"}, {"X-Requested-With": "grid"}):
        answer = client.post("/plans/", headers=headers)
        assert answer.status_code == 403
        assert "দুই ধাপের লগ-ইন" in answer.json()["message"]


def test_words_sent_meanwhile_are_kept_until_it_is_set_up(team: Team, clock, settings) -> None:
    task = make_plan(team.office, by=team.head, status="approved").tasks.get()
    client = Client()
    give_password(client, team.head)
    client.get("/")
    settings.SECOND_FACTOR = "required"
    form = {"form_key": uuid.uuid4(), "text": WORDS, "percent": "৫০", "on": "২০২৬-১০-০১"}
    assert client.post(reverse("workplans:progress_create", args=[task.pk]), form).url == PAGE
    assert not task.progress.exists()
    set_up_app(client, clock)
    onward = [link.get("href") for link in find(client.post(CODES), "main a")]
    assert "/kept-words/" in onward
    assert WORDS in client.get("/kept-words/").content.decode()


def test_post_that_begins_tomorrow_asks_tomorrow(required: None, team: Team, clock) -> None:
    post = make_post(make_office("kapasia", parent=team.office), Role.HEAD)
    tomorrow = timezone.localdate() + timedelta(days=1)
    PostHolding.objects.create(post=post, person=team.member, starts_on=tomorrow)
    client = client_of(team.member)
    assert client.get("/plans/").status_code == 200
    clock.shift(24 * 3600)
    client = client_of(User.objects.get(pk=team.member.pk))
    assert client.get("/plans/").url == PAGE


def test_last_factor_stays_while_a_post_asks_for_one(required: None, team: Team, clock) -> None:
    App.given_to(team.head, clock)
    client = confirmed_client_of(team.head)
    page = client.get(f"{ADD_APP}remove/")
    assert "শেষ উপায়টি বাদ দেওয়া যায় না" in texts_of(page, "main")[0]
    client.post(f"{ADD_APP}remove/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()

    App.given_to(team.member, clock)
    client = confirmed_client_of(team.member)
    assert client.post(f"{ADD_APP}remove/").url == PAGE
    assert not Authenticator.objects.filter(user=team.member).exists()


def test_deployment_is_warned_when_a_password_is_enough(settings: Settings) -> None:
    for value, expected in (("offered", ["teams.W003"]), ("required", [])):
        settings.SECOND_FACTOR = value
        found = [message.id for message in run_checks(include_deployment_checks=True)]
        assert [name for name in found if name == "teams.W003"] == expected


# --- What does not get round it -----------------------------------------------------------------
def test_password_reset_does_not_bypass_it(team: Team, clock) -> None:
    app = App.given_to(team.member, clock)
    client = Client()
    client.post("/account/password/reset/", {"email": team.member.email})
    link = re.search(r"/account/password/reset/key/\S+", opened(Letter.objects.latest("pk").body))
    assert link
    new = "নদীর ধারে কাশফুলের মেলা"
    page = client.get(link.group(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert User.objects.get(pk=team.member.pk).check_password(new)
    assert who_is_in(client) is None
    assert give_password(client, team.member, new).url == f"{PAGE}code/"
    assert who_is_in(client) is None
    assert give_code(client, app.code()).status_code == 302


def test_second_step_cannot_be_asked_for_somebody_else(team: Team, clock) -> None:
    """The step belongs to the log-in that began in this browser."""
    app = App.given_to(team.member, clock)
    client = Client()
    assert client.get(f"{PAGE}code/").url == "/account/login/"
    assert give_code(client, app.code()).url == "/account/login/"
    give_password(client, team.member)
    other = App.given_to(team.head, clock)
    assert give_code(client, other.code()).status_code == 200
    assert who_is_in(client) is None


def test_final_act_takes_the_password_or_a_code(team: Team, clock) -> None:
    app = App.given_to(team.member, clock)
    client = client_of(team.member)
    page = client.get(f"/account/reauthenticate/?next={CODES}")
    assert "অ্যাপের কোড" in texts_of(page, "main")[0]
    assert client.post(f"{AGAIN}?next={CODES}", {"code": "000000"}).status_code == 200
    assert client.post(f"{AGAIN}?next={CODES}", {"code": to_bangla(app.code())}).url == CODES
    assert client.post(CODES).status_code == 200
    clock.shift(600)
    # And the same code, or one taken at log-in, is not taken here again.
    assert client.post(AGAIN, {"code": app.code()}).status_code == 302
    assert client.post(AGAIN, {"code": app.code()}).status_code == 200


# --- Everything lost -----------------------------------------------------------------------------
def reset(by: User, person: User) -> HttpResponse:
    return confirmed_client_of(by).post(f"/people/{person.pk}/second-factor/reset/")


def test_head_opens_the_way_for_somebody_who_lost_everything(team: Team, clock) -> None:
    App.given_to(team.member, clock)
    inside = Client()
    give_password(inside, team.member)
    give_code(inside, recovery_codes_of(team.member)[0])
    assert inside.get("/").status_code == 200
    page = client_of(team.head).get(f"/people/{team.member.pk}/second-factor/reset/")
    assert team.member.name in texts_of(page, "main")[0]
    response = reset(team.head, team.member)
    assert response.status_code == 302
    assert not Authenticator.objects.filter(user=team.member).exists()
    assert inside.get("/").status_code == 302
    [entry] = AuditEntry.objects.filter(action="second_factor.reset")
    assert (entry.by, entry.object_id) == (team.head, team.member.pk)
    assert entry.before == {"kinds": ["recovery_codes", "totp"]}
    [letter] = Letter.objects.all()
    assert letter.to_address == team.member.email
    client = Client()
    give_password(client, team.member)
    assert who_is_in(client) == str(team.member.pk)


def test_reset_asks_who_one_is_first(team: Team, clock) -> None:
    App.given_to(team.member, clock)
    address = f"/people/{team.member.pk}/second-factor/reset/"
    assert client_of(team.head).post(address).url.startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(user=team.member).exists()


def test_who_may_open_whose_way() -> None:
    cabinet = make_office("cabinet", Tier.CABINET)
    district = make_office("gazipur", Tier.DISTRICT, cabinet)
    upazila = make_office("kaliganj", Tier.UPAZILA, district)
    empty = make_office("kapasia", Tier.UPAZILA, district)
    people = {
        "administrator": make_officer(cabinet, Role.SYSTEM_ADMINISTRATOR),
        "administrator2": make_officer(cabinet, Role.SYSTEM_ADMINISTRATOR),
        "secretary": make_officer(cabinet, Role.HEAD),
        "reviewer": make_officer(cabinet, Role.CABINET_REVIEWER),
        "dc": make_officer(district, Role.HEAD),
        "uno": make_officer(upazila, Role.HEAD),
        "member": make_officer(upazila, Role.MEMBER),
        "headless": make_officer(empty, Role.MEMBER),
        "nobody": make_person(),
    }
    allowed = {
        ("uno", "member"),
        ("dc", "uno"),
        ("dc", "headless"),
        ("secretary", "dc"),
        *(("administrator", other) for other in people if other != "administrator"),
        *(("administrator2", other) for other in people if other != "administrator2"),
    }
    for by in people:
        for person in people:
            got = reset(people[by], people[person]).status_code
            expected = 302 if (by, person) in allowed else 403 if by == person else 404
            assert got == expected, (by, person)


def test_last_administrator_is_helped_from_the_command_line(clock, capsys) -> None:
    person = make_officer(make_office("cabinet", Tier.CABINET), Role.SYSTEM_ADMINISTRATOR)
    App.given_to(person, clock)
    call_command("resetsecondfactor", person.email)
    assert not Authenticator.objects.exists()
    [entry] = AuditEntry.objects.filter(action="second_factor.reset")
    assert entry.by is None


# --- Passkeys: what no device says ------------------------------------------------------------
NOTHING_SIGNED = {"clientDataJSON": "AA", "attestationObject": "AA", "authenticatorData": "AA"}
MADE_UP = [
    *("", "x", "[]", "1", "null", "{}", '{"id": 1}', '{"response": []}'),
    '{"response": {"userHandle": "AA"}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": NOTHING_SIGNED}),
    json.dumps({"id": "AA", "rawId": "AA", "response": {**NOTHING_SIGNED, "signature": "AA"}}),
]


@pytest.mark.parametrize("credential", MADE_UP)
def test_made_up_passkeys_are_refused(team: Team, clock, credential: str) -> None:
    App.given_to(team.member, clock)
    client = confirmed_client_of(team.member)
    client.get("/account/passkeys/new/")
    assert client.post("/account/passkeys/new/", {"credential": credential}).status_code == 200
    again = client.post("/account/passkeys/again/", {"credential": credential})
    assert again.status_code in (200, 302)
    stranger = Client()
    stranger.get("/account/passkeys/login/", headers={"Accept": "application/json"})
    assert stranger.post("/account/passkeys/login/", {"credential": credential}).status_code == 302
    give_password(stranger, team.member)
    stranger.get(f"{PAGE}code/")
    assert stranger.post(f"{PAGE}code/", {"credential": credential}).status_code == 200
    assert who_is_in(stranger) is None
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
