"""No browser takes the pages, and no office the papers, of all others."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jobs.line import MOST_WAITING
from jobs.models import Job
from teams import middleware
from teams.buckets import Buckets
from teams.views import directory as team_views
from tests.factories import PASSWORD, Team, client_of, make_plan, make_team
from tests.pages import texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


def test_bucket_empties_and_fills_again_for_each_by_itself() -> None:
    buckets = Buckets(per_second=2, size=3)
    assert [buckets.take("a", now=0) for _ in range(5)] == [True, True, True, False, False]
    assert buckets.take("b", now=0)
    assert not buckets.take("a", now=0.4)
    assert buckets.take("a", now=0.5)
    # A pause fills it to its size, no further.
    assert [buckets.take("a", now=1000) for _ in range(4)] == [True, True, True, False]


def test_bucket_switched_off_holds_nobody_back() -> None:
    assert all(Buckets(per_second=0, size=1).take("a", now=0) for _ in range(50))


def test_hasty_browser_is_asked_to_wait_and_others_are_not(team: Team, settings: Settings) -> None:
    settings.PAGES_PER_SECOND, settings.PAGES_AT_ONCE = 1, 5
    hasty, patient = client_of(team.member), client_of(team.head)
    home = reverse("duties:home")
    answers = [hasty.get(home) for _ in range(8)]
    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    refused = answers[-1]
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert "একটু পরে আবার চেষ্টা করুন" in texts_of(refused, "h1")[0]
    # Words that were sent are always taken, and the next desk behind the same address works on.
    assert hasty.post(reverse("set_language"), {"language": "en"}).status_code == 302
    assert patient.get(home).status_code == 200


def test_visitors_behind_one_address_share_a_bucket(settings: Settings) -> None:
    settings.PAGES_PER_SECOND, settings.PAGES_AT_ONCE = 1, 2
    browser, page = Client(), reverse("account_login")
    assert [browser.get(page).status_code for _ in range(3)] == [200, 200, 429]


def test_office_with_many_papers_waiting_orders_no_more(team: Team) -> None:
    plans = [
        make_plan(team.office, by=team.head, period=str(2000 + number))
        for number in range(MOST_WAITING + 1)
    ]
    client = client_of(team.head)
    answers = [client.post(reverse("workplans:print", args=[plan.pk])) for plan in plans]
    assert [answer.status_code for answer in answers] == [302] * MOST_WAITING + [429]
    assert "আগের নথিগুলো তৈরি হোক" in texts_of(answers[-1], "h1")[0]
    assert Job.objects.filter(group=f"office:{team.office.pk}").count() == MOST_WAITING


def test_log_in_is_not_refused_to_whoever_hurries(team: Team, settings: Settings) -> None:
    settings.PAGES_PER_SECOND, settings.PAGES_AT_ONCE = 1, 1
    browser, page = Client(), reverse("account_login")
    browser.get(page)
    words = {"login": team.head.email, "password": PASSWORD}
    assert browser.post(page, words).status_code == 302


# --- A database that is away for a moment ----------------------------------------------------
def test_request_waits_for_a_database_that_comes_back(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, False, True])
    monkeypatch.setattr(middleware, "_is_connected", lambda: next(answers))
    monkeypatch.setattr(middleware.time, "sleep", lambda seconds: None)
    assert client_of(team.member).get(reverse("duties:home")).status_code == 200
    assert next(answers, None) is None


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (ValueError, 500)])
def test_broken_connection_is_told_from_a_fault_of_ours(
    team: Team, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise error

    client = client_of(team.member)
    client.raise_request_exception = False
    monkeypatch.setattr(team_views, "OfficeFilter", fail)
    answer = client.get(reverse("teams:office_list"))
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("3" if status == 503 else None)
