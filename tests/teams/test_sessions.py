"""Where one is logged in: seen, ended, and really dead afterwards."""

from collections.abc import Iterator

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teams.entry.browsers import browser_in_words
from teams.models import AuditEntry, User
from tests.factories import PASSWORD, client_of, make_person
from tests.pages import find, texts_of
from tests.teams.second_proof import NOON, give_password, who_is_in

pytestmark = pytest.mark.django_db

SESSIONS = "/account/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as stopped:
        yield stopped


@pytest.fixture
def person() -> User:
    return make_person()


def browser(person: User, user_agent: str = CHROME, address: str = "10.1.2.3") -> Client:
    """Somebody's browser, logged in through the page."""
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    give_password(client, person)
    return client


def test_sessions_are_listed_in_plain_words_this_one_first(person: User, clock) -> None:
    here = browser(person)
    clock.shift(60)
    browser(person, PHONE, "10.9.9.9")
    browser(make_person())
    page = here.get(SESSIONS)
    assert texts_of(page, "tbody th") == ["Chrome, Windows এই ব্রাউজার", "Firefox, Android"]
    assert "10.9.9.9" in texts_of(page, "tbody tr")[1]
    assert len(find(page, "tbody form")) == 1


def test_ended_session_is_dead(person: User) -> None:
    here, there = browser(person), browser(person, PHONE)
    [address] = [form.get("action") for form in find(here.get(SESSIONS), "tbody form")]
    assert here.post(address).url == SESSIONS
    answer = there.get("/")
    assert (answer.status_code, who_is_in(there)) == (302, None)
    assert here.get("/").status_code == 200
    # Ended twice is ended once.
    here.post(address)
    assert AuditEntry.objects.filter(action="session.end", by=person).count() == 1


def test_all_others_are_ended_at_once(person: User) -> None:
    here, others = browser(person), [browser(person, PHONE) for _ in range(3)]
    stranger = browser(make_person())
    here.post(f"{SESSIONS}end-others/")
    assert [client.get("/").status_code for client in (here, stranger, *others)] == [
        *(200, 200),
        *(302, 302, 302),
    ]
    assert len(texts_of(here.get(SESSIONS), "tbody tr")) == 1
    [entry] = AuditEntry.objects.filter(action="session.end_others")
    assert entry.after == {"ended": 3}


def test_nobody_ends_the_sessions_of_somebody_else(person: User) -> None:
    theirs = browser(person)
    row = UserSession.objects.get(user=person)
    client_of(make_person()).post(f"{SESSIONS}{row.pk}/end/")
    assert theirs.get("/").status_code == 200
    assert not AuditEntry.objects.filter(action__startswith="session").exists()


def test_new_password_ends_the_other_sessions(person: User) -> None:
    here, there = browser(person), browser(person, PHONE)
    new = "নদীর ধারে কাশফুলের মেলা"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/account/password/change/", form).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert len(texts_of(here.get(SESSIONS), "tbody tr")) == 1


def test_activity_is_noted_at_most_once_in_ten_minutes(person: User, clock) -> None:
    def written(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(SESSIONS)
        return sum(
            not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE")) for query in queries
        )

    here = browser(person)
    assert written(here) == 0  # the log-in has noted it
    clock.shift(599)
    assert [written(here) for _ in range(5)] == [0] * 5
    clock.shift(2)
    here.cookies.pop("seen")  # as browsers do when its time is up
    assert [written(here) for _ in range(3)] == [1, 0, 0]
    assert UserSession.objects.get().last_seen_at.timestamp() == NOON.timestamp() + 601


def test_list_takes_as_many_queries_for_one_as_for_thirty(person: User) -> None:
    here = browser(person)
    here.get(SESSIONS)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            here.get(SESSIONS)
        return len(found)

    with_one = queries()
    for _ in range(29):
        browser(person, PHONE)
    assert len(texts_of(here.get(SESSIONS), "tbody tr")) == 30
    assert queries() == with_one


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/130.0", "Edge, Windows"),
        (PHONE, "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("", "অচেনা ব্রাউজার"),
        ("<script>", "অচেনা ব্রাউজার"),
    ],
)
def test_browser_is_named_in_words(user_agent: str, words: str) -> None:
    assert browser_in_words(user_agent) == words
