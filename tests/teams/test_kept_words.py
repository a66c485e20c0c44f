"""A form sent after the session had ended: its words wait for their owner and for nobody else."""

import uuid
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams import kept_words
from teams.models import User
from tests.factories import PASSWORD, PNG, Team, make_plan, make_team
from tests.pages import find, texts_of
from workplans.models import ProgressEntry, Task

pytestmark = pytest.mark.django_db

WORDS = "ফরম এক পাতায় নামানো হয়েছে; আবেদনকারী এখন একবারই আসেন।"
KEPT = "/kept-words/"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def task(team: Team) -> Task:
    return make_plan(team.office, by=team.head, status="approved").tasks.get()


@pytest.fixture
def browser(team: Team) -> Client:
    """The member's browser on a shared computer, the session just expired."""
    client = Client(enforce_csrf_checks=True)
    log_in(client, team.member)
    client.get("/")
    Session.objects.all().delete()
    return client


def send(client: Client, url: str, fields: dict[str, object]) -> HttpResponse:
    """Post a form as a page of this browser would, with its token."""
    return client.post(url, {**fields, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})


def log_in(client: Client, person: User, at: str = "/account/login/") -> HttpResponse:
    page = client.get(at)
    way_back = {
        field.get("name"): field.get("value") for field in find(page, "main input[name='next']")
    }
    form = {"login": person.email, "password": PASSWORD, **way_back}
    return send(client, "/account/login/", form)


def progress_form(**more: object) -> dict[str, object]:
    return {"form_key": uuid.uuid4(), "text": WORDS, "percent": "৫০", "on": "২০২৬-১০-০১", **more}


def late(client: Client, task: Task, **more: object) -> HttpResponse:
    """Report progress on a page that was left open too long."""
    url = reverse("workplans:progress_create", args=[task.pk])
    return send(client, url, progress_form(**more))


def kept_form(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """Address and fields of the form that sends the kept words again."""
    form = find(page, "main form")[0]
    return form.get("action"), dict(form.form_values())


def test_late_words_are_offered_after_the_log_in_and_sent_again(
    browser: Client, team: Team, task: Task
) -> None:
    response = late(browser, task)
    assert response.url == f"/account/login/?next={KEPT}"
    assert not ProgressEntry.objects.exists()
    assert log_in(browser, team.member, at=response.url).url == KEPT
    page = browser.get(KEPT)
    assert WORDS in texts_of(page, ".words")
    assert not ProgressEntry.objects.exists()  # nothing is sent without the officer's click
    action, fields = kept_form(page)
    assert browser.post(action, fields).url == task.get_absolute_url()
    entry = ProgressEntry.objects.get()
    assert (entry.text, entry.percent, entry.created_by) == (WORDS, 50, team.member)


def test_words_can_be_thrown_away(browser: Client, team: Team, task: Task) -> None:
    late(browser, task)
    log_in(browser, team.member)
    page = browser.get(KEPT)
    assert WORDS in page.content.decode()
    send(browser, reverse("teams:kept_words_forget"), {})
    assert browser.get(KEPT).url == "/"


def test_another_person_on_the_same_browser_does_not_see_them(
    browser: Client, team: Team, task: Task
) -> None:
    late(browser, task)
    log_in(browser, team.innovation_officer)
    response = browser.get(KEPT, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert WORDS not in response.content.decode()


def test_words_do_not_come_back_under_another_log_in(
    browser: Client, team: Team, task: Task
) -> None:
    """Not even to their owner, once somebody else has been in between."""
    late(browser, task)
    log_in(browser, team.innovation_officer)
    send(browser, reverse("account_logout"), {})
    log_in(browser, team.member)
    assert browser.get(KEPT).url == "/"


def test_browser_that_knows_nobody_keeps_nothing(task: Task) -> None:
    """Otherwise anybody could fill the table of sessions."""
    client = Client()
    client.post(reverse("workplans:progress_create", args=[task.pk]), progress_form())
    assert not Session.objects.exists()


def test_forged_note_of_the_last_person_keeps_nothing(team: Team, task: Task) -> None:
    client = Client()
    client.cookies["last_person"] = f"{team.member.pk}:forged-signature"
    client.post(reverse("workplans:progress_create", args=[task.pk]), progress_form())
    assert not Session.objects.exists()


def test_passwords_are_never_kept(browser: Client, team: Team) -> None:
    secrets = dict.fromkeys(("oldpassword", "password1", "password2", "password"), PASSWORD)
    send(browser, reverse("account_change_password"), {**secrets, "note": WORDS})
    kept = browser.session[kept_words.SESSION_KEY]
    assert [name for name, _value in kept["fields"]] == ["note"]
    assert PASSWORD not in str(dict(browser.session))


def test_token_is_not_kept(browser: Client, task: Task) -> None:
    late(browser, task)
    token = browser.cookies["csrftoken"].value
    assert token not in str(dict(browser.session))


def test_too_many_words_are_not_kept(
    browser: Client, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_words, "MOST_CHARACTERS", 150)
    assert late(browser, task, text="ক" * 50).url.endswith(KEPT)
    Session.objects.all().delete()
    assert KEPT not in late(browser, task, text="ক" * 101).url
    assert not Session.objects.exists()


def test_files_are_not_kept_and_the_page_says_so(browser: Client, team: Team, task: Task) -> None:
    late(browser, task, evidence=SimpleUploadedFile("ছবি.png", PNG, "image/png"))
    log_in(browser, team.member)
    page = browser.get(KEPT)
    assert "ফাইল রাখা যায় না" in page.content.decode()
    assert "evidence" not in kept_form(page)[1]


def test_words_for_a_vanished_address_are_not_offered(
    browser: Client, team: Team, task: Task
) -> None:
    late(browser, task)
    log_in(browser, team.member)
    session = browser.session
    session[kept_words.SESSION_KEY] = {**session[kept_words.SESSION_KEY], "path": "/gone/for/good/"}
    session.save()
    assert browser.get(KEPT).url == "/"


def test_words_with_markup_stay_words(browser: Client, team: Team, task: Task) -> None:
    attack = '</textarea><script>alert("x")</script>'
    late(browser, task, text=attack)
    log_in(browser, team.member)
    page = browser.get(KEPT)
    assert attack not in page.content.decode()
    assert kept_form(page)[1]["text"] == attack


@pytest.mark.parametrize("headers", [{"X-Requested-With": "grid"}, {"HX-Request": "true"}])
def test_script_gets_an_answer_it_can_show(
    browser: Client, task: Task, headers: dict[str, str]
) -> None:
    url = reverse("workplans:progress_create", args=[task.pk])
    token = browser.cookies["csrftoken"].value
    response = browser.post(url, progress_form(csrfmiddlewaretoken=token), headers=headers)
    assert response.status_code == 401
    assert "আপনার লেখা রাখা আছে" in response.json()["message"]
    assert not Session.objects.exists()


def test_words_sent_again_are_not_offered_a_second_time(
    browser: Client, team: Team, task: Task
) -> None:
    late(browser, task)
    log_in(browser, team.member)
    action, fields = kept_form(browser.get(KEPT))
    browser.post(action, fields)
    assert browser.get(KEPT).url == "/"


def test_late_form_that_cannot_be_kept_leads_to_a_page_after_the_log_in(task: Task) -> None:
    """Its own address takes forms only; going back there would answer 405."""
    response = Client().post(reverse("workplans:progress_create", args=[task.pk]), {"text": WORDS})
    assert response.url == "/account/login/?next=/"


def test_pages_after_log_in_are_not_kept_by_the_browser(client: Client, team: Team) -> None:
    client.force_login(team.member)
    assert client.get("/")["Cache-Control"] == "private, no-cache"
